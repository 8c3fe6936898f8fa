//! Whatever is written: no panic, spans that are what they quote, the same answer twice, and time in proportion to the text.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use requirement_checker::{
    Answer, AnswerKind, Award, Definition, Draft, Due, Effort, Evidence, EvidenceKind, FollowUp, Hint, Kind, Level, Near,
    Parameter, ParameterKind, Per, Place, Reference, ReferenceKind, Rule, check,
};

/// Words that the rules know, and what makes it hard to cut between them.
const PIECES: &[&str] = &[
    "ska",
    "ska inte",
    "får inte",
    "och ska",
    "Svanen",
    "SS-EN ISO 14001:2015",
    "eller likvärdigt",
    "Gore-Tex®",
    "Xyz™",
    "®",
    "god",
    "bra",
    "miljövänlig",
    "så långt möjligt",
    "högst 0,1",
    "högst {{a}}",
    "{{",
    "}}",
    "{{å}}",
    "55 dB(A)",
    "10 mg/kg",
    "t.ex.",
    "m.m.",
    "nr. 3",
    ".",
    "!",
    "…",
    ",",
    ";",
    ":",
    "\n",
    "\n- ",
    "\n1. ",
    "\u{a0}",
    "\u{301}",
    "å",
    "Å",
    "😀",
    "ﬁ",
    "İ",
    "ß",
    "\u{200d}",
    "ILO:s",
    "barnarbete",
    "följa gällande lagstiftning",
    "uppfylla kraven i Reach (EU)",
    "inte saknas",
    "Leverantören ska kunna visa",
    "produkten ska",
    "(",
    ")",
    "”",
    "till en del",
    "låg klimatpåverkan",
    "Energy Star",
    "högsta värde",
    "odlade i Norden",
    "1907/2006",
    "0.1",
    "1 000",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((prop::sample::select(PIECES), prop::bool::ANY), 0..24);
    let joined = |pieces: Vec<(&str, bool)>| {
        let with_space = pieces.into_iter().flat_map(|(piece, space)| [piece, if space { " " } else { "" }]);
        with_space.collect::<String>()
    };
    let known = pieces.prop_map(joined);
    prop_oneof![3 => known, 1 => "\\PC{0,80}", 1 => any::<String>()]
}

fn text_at<'a>(draft: &Draft<'a>, place: Place) -> &'a str {
    match place {
        Place::Clause(n) => draft.clauses[n - 1],
        Place::Rationale => draft.rationale,
        Place::Proportionality => draft.proportionality,
        Place::Evidence(n) => draft.evidence[n - 1].text,
        Place::Award => draft.award.expect("an award").explanation,
        Place::FollowUpFrequency => draft.follow_up.and_then(|one| one.frequency).expect("a frequency"),
        Place::Reference(n) => draft.references[n - 1].name,
        other => panic!("no text at {other}"),
    }
}

fn is_sound(draft: &Draft<'_>, hints: &[Hint]) {
    for hint in hints {
        if let Some(span) = &hint.span {
            assert_eq!(text_at(draft, hint.place).get(span.start..span.end), Some(span.quote.as_str()), "{hint:?}");
            assert!(!span.quote.is_empty(), "{hint:?}");
        }
    }
    let places: Vec<Place> = hints.iter().map(|hint| hint.place).collect();
    assert!(places.is_sorted(), "{places:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_read(
        texts in prop::collection::vec(texts(), 8..9),
        clauses in prop::collection::vec(texts(), 0..4),
        kind in prop::sample::select(Kind::ALL),
        level in prop::sample::select(Level::ALL),
        evidence in prop::sample::select(EvidenceKind::ALL),
        due in prop::option::of(prop::sample::select(Due::ALL)),
        equivalent_accepted in prop::option::of(any::<bool>()),
        per in prop::option::of(prop::sample::select(Per::ALL)),
        effort in prop::sample::select(Effort::ALL),
        reference in prop::sample::select(ReferenceKind::ALL),
        value in prop::sample::select(ParameterKind::ALL),
        answer in prop::sample::select(AnswerKind::ALL),
        likeness in any::<f32>(),
        is_full in any::<bool>(),
    ) {
        let mut draft = Draft::new(kind, level, clauses.iter().map(String::as_str).collect());
        draft.per = per;
        if is_full {
            draft.title = &texts[0];
            draft.rationale = &texts[1];
            draft.proportionality = &texts[2];
            draft.legal_floor = &texts[3];
            draft.evidence = vec![Evidence { kind: evidence, text: &texts[4], due, equivalent_accepted }];
            draft.follow_up = Some(FollowUp { method: &texts[5], frequency: Some(&texts[6]), by: None, effort });
            draft.references = vec![Reference { name: &texts[0], kind: reference, ticks: Some(Vec::new()) }];
            draft.award = Some(Award { explanation: &texts[7] });
            draft.answer = Some(Answer { kind: answer, unit: Some(&texts[1]) });
            draft.parameters = vec![Parameter { key: "a", kind: value, unit: None }];
            draft.definitions = vec![Definition { term: &texts[5], text: &texts[6] }];
            draft.near = vec![Near { id: &texts[2], likeness }];
        }
        let hints = check(&draft);
        is_sound(&draft, &hints);
        prop_assert_eq!(hints, check(&draft));
    }
}

/// Ten clauses of 4,000 characters each, of what costs most.
#[test]
fn takes_time_in_proportion_to_the_text() {
    let _ = check(&Draft::new(Kind::TechnicalSpecification, Level::Basic, vec!["Svanen."])); // the rules are read once
    let clause = |piece: &str| piece.chars().cycle().take(4_000).collect::<String>();
    let pieces = [
        "å",
        "a",
        " ",
        ".",
        "®",
        "Ab™",
        "bra ",
        "regelbundet ",
        "Svanen ",
        "SS-EN ",
        "SS-EN ISO 14001 eller ",
        "1 000 ",
        "högst 0,1 ",
        "{{a}} ",
        "alla gällande ",
        "följa alla gällande ",
        "ska och ska ",
        "t.ex. ",
        "1. ",
        "\n- ",
        "enligt direktiv ",
        "Leverantören ska, så långt möjligt, ",
    ];
    let mut slowest = (Duration::ZERO, "");
    for piece in pieces {
        let text = clause(piece);
        let start = Instant::now();
        let draft = Draft::new(Kind::TechnicalSpecification, Level::Basic, vec![text.as_str(); 10]);
        is_sound(&draft, &check(&draft));
        slowest = slowest.max((start.elapsed(), piece));
    }
    // a twentieth of 200 clauses, in a build without optimisation: what is not linear takes minutes
    assert!(slowest.0 < Duration::from_secs(10), "{slowest:?}");
    println!("slowest: {slowest:?}");
}

#[test]
fn every_rule_says_what_is_right_and_wrong() {
    for rule in Rule::ALL {
        let examples = rule.examples();
        assert!(examples.right.len() >= 3 && examples.wrong.len() >= 3, "{}", rule.code());
    }
}

#[test]
fn hints_are_json_with_stable_names() {
    let draft = Draft::new(Kind::TechnicalSpecification, Level::Basic, vec!["Varan ska vara märkt med Svanen."]);
    let hint = check(&draft).into_iter().find(|hint| hint.rule() == Rule::Equivalent).expect("one");
    let json = serde_json::to_value(&hint).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!({
            "code": "label_without_equivalent",
            "name": "Svanen",
            "place": { "field": "clause", "number": 1 },
            "span": { "start": 26, "end": 32, "quote": "Svanen" },
        })
    );
}
