//! Hours, what is served, and what stands in the notice: what is worked out without a database.

use kravbank::{
    kernel::{
        config::{EffortHours, GppCriteria},
        i18n::Lang,
    },
    requirements::fields::{Effort, Kind, Level},
    selections::{
        budget::{Budget, Verdict},
        coverage,
        eforms::{Described, MOST_DESCRIPTION, Titled, description, gpp, whole},
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};

#[test]
fn hours_are_added_up_by_class_of_work() {
    let rows = [Some(Effort::Small), None, Some(Effort::Large), Some(Effort::Small), Some(Effort::Medium)];
    let budget = Budget::of(rows, EffortHours::default(), Some(50), Some(4));
    let lines: Vec<(i64, i64, i64)> = budget.lines.iter().map(|line| (line.rows, line.each, line.hours())).collect();
    assert_eq!(lines, [(2, 2, 4), (1, 8, 8), (1, 40, 40)]);
    assert_eq!((budget.rows(), budget.without, budget.a_year(), budget.whole()), (4, 1, 52, Some(208)));
    assert_eq!(budget.verdict(), Verdict::Missing(2));
    let of = |given, years| Budget::of(rows, EffortHours { small: 1, medium: 1, large: 1 }, given, years);
    assert_eq!(of(None, None).verdict(), Verdict::NotSaid);
    assert_eq!(of(None, None).whole(), None);
    assert_eq!((of(Some(4), None).verdict(), of(Some(5), None).verdict()), (Verdict::Fits(0), Verdict::Fits(1)));
    assert_eq!(of(Some(0), None).verdict(), Verdict::Missing(4));
}

#[test]
fn what_is_served_is_counted_by_level_and_what_is_not_is_named() {
    let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let rows = [
        (Level::Basic, texts(&["luft", "vatten"])),
        (Level::Spearhead, texts(&["luft"])),
        (Level::Basic, texts(&["luft", "luft", "okänd"])),
        (Level::Advanced, texts(&[])),
    ];
    let each = rows.iter().map(|(level, serves)| (*level, serves.as_slice()));
    let (served, unserved) = coverage::count(["skog", "luft", "vatten"], |code| *code, &each);
    let counted: Vec<(&str, [i64; 3], i64)> = served.iter().map(|one| (one.what, one.levels, one.rows())).collect();
    assert_eq!(counted, [("luft", [2, 0, 1], 3), ("vatten", [1, 0, 0], 1)]);
    assert_eq!(served[0].by_level().collect::<Vec<_>>(), [(Level::Basic, 2), (Level::Spearhead, 1)]);
    assert_eq!(unserved, ["skog"]);
}

#[test]
fn what_a_requirement_counts_as_goes_before_what_the_bank_says() {
    use GppCriteria::{Eu, National, None as No, Other};
    assert_eq!(gpp([None, None], Other), [Other]);
    assert_eq!(gpp([Some("eu"), None, Some("eu")], National), [Eu, National]);
    // That there are no criteria is said only where there are none.
    assert_eq!(gpp([None, Some("other")], No), [Other]);
    assert_eq!(gpp([None, Some("none")], No), [No]);
    assert_eq!(gpp([Some("okänd")], Eu), [Eu], "what is no code says nothing");
    assert_eq!(gpp([], Eu), []);
}

#[test]
fn the_description_is_plain_and_tells_of_every_requirement() {
    let of = Described {
        rows: vec![
            (Kind::TechnicalSpecification, Level::Basic),
            (Kind::TechnicalSpecification, Level::Advanced),
            (Kind::AwardCriterion, Level::Basic),
        ],
        impacts: vec!["clim-mitig", "pollu-prev", "other"],
        objectives: vec!["Giftfri miljö"],
        titles: vec![titled("Handskar utan ftalater", "KB-0001:2"), titled("Lättare handskar", "KB-0009:1")],
    };
    assert_eq!(
        whole(&description(Lang::Sv, &of)),
        "Upphandlingen syftar till att minska miljöpåverkan. Den ställer 3 miljökrav ur Kravbanken, regionernas gemensamma bank \
         för miljökrav: teknisk specifikation (2) och tilldelningskriterium (1). Kravens nivåer: bas (2) och avancerad (1). \
         Kraven gäller begränsning av klimatförändringar och förebyggande och kontroll av föroreningar. De bidrar till \
         miljömålen Giftfri miljö. Krav: Handskar utan ftalater (KB-0001:2); Lättare handskar (KB-0009:1)."
    );
    let english = whole(&description(Lang::En, &of));
    assert!(english.starts_with("The procurement aims to reduce environmental impacts. It sets 3 environmental"), "{english}");
    assert!(
        english.contains("technical specification (2) and award criterion (1)") && english.contains("basic (2)"),
        "{english}"
    );
    let bare = Described { rows: vec![(Kind::Qualification, Level::Basic)], ..Described::default() };
    let bare = whole(&description(Lang::Sv, &bare));
    assert!(!bare.contains("miljömål") && !bare.contains("Krav:") && bare.ends_with("bas (1)."), "{bare}");
}

/// A title without English is said to be Swedish, and nothing else is.
#[test]
fn a_title_in_another_language_is_a_part_of_its_own() {
    let mut titles =
        vec![titled("Gloves", "KB-0001:2"), titled("Handskar och ärmar", "KB-0009:1"), titled("Sleeves", "KB-0010:1")];
    titles[1].foreign = true;
    let parts = description(Lang::En, &Described { titles, ..Described::default() });
    let foreign: Vec<&str> = parts.iter().filter(|part| part.foreign).map(|part| part.text.as_str()).collect();
    assert_eq!(foreign, ["Handskar och ärmar"]);
    assert!(whole(&parts).ends_with("Gloves (KB-0001:2); Handskar och ärmar (KB-0009:1); Sleeves (KB-0010:1)."));
}

fn titled<'a>(title: &'a str, cited: &str) -> Titled<'a> {
    Titled { title, foreign: false, cited: cited.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However many and long the titles are: it fits the field, ends with a full stop and counts what it leaves out.
    #[test]
    fn the_description_fits_the_field(lengths in vec(1_usize..300, 1..200), english in any::<bool>()) {
        let titles: Vec<String> = lengths.iter().map(|length| "å".repeat(*length)).collect();
        let of = Described {
            rows: vec![(Kind::TechnicalSpecification, Level::Basic); titles.len()],
            impacts: vec!["circ-econ", "water-mar", "biodiv-eco"],
            objectives: vec!["Ett rikt växt- och djurliv"; 16],
            titles: titles.iter().enumerate().map(|(n, title)| titled(title, &format!("KB-{n:04}:1"))).collect(),
        };
        let text = whole(&description(if english { Lang::En } else { Lang::Sv }, &of));
        prop_assert!(text.chars().count() <= MOST_DESCRIPTION, "{} characters", text.chars().count());
        prop_assert!(text.ends_with('.'));
        let told = text.matches(":1)").count();
        prop_assert!(told > 0);
        let left = titles.len() - told;
        let more = if english { format!("And {left} more requirement") } else { format!("Och {left} krav till.") };
        prop_assert_eq!(text.contains(&more), left > 0, "{} left: {}", left, text);
    }

    /// The sum is that of its parts, and what is given decides alone whether it fits.
    #[test]
    fn hours_add_up(
        rows in vec(option::of(select(Effort::ALL)), 0..60), hours in (0_u16..10, 0_u16..10, 0_u16..50), given in option::of(0_i32..500),
    ) {
        let each = EffortHours { small: hours.0, medium: hours.0 + hours.1, large: hours.0 + hours.1 + hours.2 };
        let budget = Budget::of(rows.iter().copied(), each, given, Some(3));
        let sum: i64 = rows.iter().flatten().map(|effort| i64::from(match effort {
            Effort::Small => each.small,
            Effort::Medium => each.medium,
            Effort::Large => each.large,
        })).sum();
        prop_assert_eq!(budget.a_year(), sum);
        prop_assert_eq!(budget.whole(), Some(3 * sum));
        prop_assert_eq!(usize::try_from(budget.rows() + budget.without).expect("a count"), rows.len());
        let expected = match given.map(i64::from) {
            None => Verdict::NotSaid,
            Some(given) if given >= sum => Verdict::Fits(given - sum),
            Some(given) => Verdict::Missing(sum - given),
        };
        prop_assert_eq!(budget.verdict(), expected);
    }
}
