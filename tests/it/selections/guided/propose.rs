//! What the guide proposes: examples of each rule, and what holds whatever there is to choose among.

use std::collections::{BTreeMap, BTreeSet};

use kravbank::{
    kernel::config::EffortHours,
    requirements::fields::{Effort, Kind, Level, Relation},
    selections::guide::propose::{Candidate, MOST, Out, Proposal, Why, Wish, propose},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn alone(number: i64, level: Level, effort: Effort) -> Candidate {
    Candidate {
        number,
        kind: Kind::TechnicalSpecification,
        level,
        family: None,
        relation: None,
        effort: Some(effort),
        stopped: false,
    }
}

fn member(number: i64, level: Level, relation: Relation) -> Candidate {
    Candidate { family: Some("ftalater".to_owned()), relation: Some(relation), ..alone(number, level, Effort::Small) }
}

fn wish(ambition: Level) -> Wish {
    Wish { ambition, value: None, years: None, hours: None, each: EffortHours::default() }
}

/// What is proposed and what is left out, by number.
type ByNumber = (Vec<(i64, Why)>, Vec<(i64, Out)>);

fn by_number(candidates: &[Candidate], proposal: &Proposal) -> ByNumber {
    let rows = proposal.rows.iter().map(|(place, why)| (candidates[*place].number, *why)).collect();
    (rows, proposal.out.iter().map(|(place, out)| (candidates[*place].number, *out)).collect())
}

#[test]
fn the_highest_of_a_family_within_the_ambition_takes_the_place_of_the_lower() {
    let family = [
        member(1, Level::Basic, Relation::Replaces),
        member(2, Level::Advanced, Relation::Replaces),
        member(3, Level::Spearhead, Relation::Replaces),
    ];
    let at = |level| by_number(&family, &propose(&family, &wish(level)));
    assert_eq!(at(Level::Basic), (vec![(1, Why::Highest { replaces: None })], vec![(2, Out::Above), (3, Out::Above)]));
    assert_eq!(
        at(Level::Advanced),
        (vec![(2, Why::Highest { replaces: Some(1) })], vec![(1, Out::Replaced(2)), (3, Out::Above)])
    );
    assert_eq!(
        at(Level::Spearhead),
        (vec![(3, Why::Highest { replaces: Some(2) })], vec![(1, Out::Replaced(3)), (2, Out::Replaced(3))])
    );
}

#[test]
fn what_adds_to_the_lower_keeps_it() {
    let family = [
        member(1, Level::Basic, Relation::Replaces),
        member(2, Level::Advanced, Relation::Replaces),
        member(3, Level::Spearhead, Relation::AddsTo),
    ];
    let (rows, out) = by_number(&family, &propose(&family, &wish(Level::Spearhead)));
    assert_eq!(rows, [(2, Why::Kept(3)), (3, Why::Highest { replaces: None })]);
    assert_eq!(out, [(1, Out::Replaced(2))]);
}

#[test]
fn members_of_one_level_are_of_different_types_and_none_takes_the_place_of_another() {
    let criterion = |number, level, relation| Candidate { kind: Kind::AwardCriterion, ..member(number, level, relation) };
    let family = [
        member(1, Level::Basic, Relation::Replaces),
        criterion(2, Level::Basic, Relation::Replaces),
        member(3, Level::Advanced, Relation::Replaces),
        criterion(4, Level::Advanced, Relation::Replaces),
    ];
    let at = |level| by_number(&family, &propose(&family, &wish(level)));
    let (rows, out) = at(Level::Basic);
    assert_eq!(rows, [(1, Why::Highest { replaces: None }), (2, Why::Highest { replaces: None })]);
    assert_eq!(out, [(3, Out::Above), (4, Out::Above)]);
    let (rows, out) = at(Level::Advanced);
    assert_eq!(rows, [(3, Why::Highest { replaces: Some(1) }), (4, Why::Highest { replaces: Some(2) })]);
    assert_eq!(out, [(1, Out::Replaced(3)), (2, Out::Replaced(4))], "each by what is of its own type");
    let three = &family[..3];
    let (rows, out) = by_number(three, &propose(three, &wish(Level::Advanced)));
    assert_eq!(rows, [(3, Why::Highest { replaces: Some(1) })]);
    assert_eq!(out, [(1, Out::Replaced(3)), (2, Out::Replaced(3))], "a lower level is replaced whichever type it is of");
}

#[test]
fn members_that_say_nothing_of_the_lower_stand_beside_it() {
    let silent = |number, level| Candidate { relation: None, ..member(number, level, Relation::Replaces) };
    let family = [silent(1, Level::Basic), silent(2, Level::Advanced), silent(3, Level::Spearhead)];
    let (rows, out) = by_number(&family, &propose(&family, &wish(Level::Advanced)));
    assert_eq!(rows, [(1, Why::Level), (2, Why::Highest { replaces: None })]);
    assert_eq!(out, [(3, Out::Above)]);
    let family = [silent(1, Level::Basic), member(2, Level::Advanced, Relation::Replaces), silent(3, Level::Spearhead)];
    let (rows, out) = by_number(&family, &propose(&family, &wish(Level::Spearhead)));
    assert_eq!(rows, [(2, Why::Level), (3, Why::Highest { replaces: None })]);
    assert_eq!(out, [(1, Out::Replaced(2))]);
    let family = [silent(1, Level::Basic), Candidate { stopped: true, ..silent(2, Level::Advanced) }];
    let (rows, out) = by_number(&family, &propose(&family, &wish(Level::Advanced)));
    assert_eq!((rows, out), (vec![(1, Why::Level)], vec![(2, Out::Stopped)]), "it comes in for nothing, and is not the highest");
}

#[test]
fn what_is_stopped_leaves_its_place_to_the_lower() {
    let mut family = vec![member(1, Level::Basic, Relation::Replaces), member(2, Level::Advanced, Relation::Replaces)];
    family[1].stopped = true;
    let (rows, out) = by_number(&family, &propose(&family, &wish(Level::Spearhead)));
    assert_eq!((rows, out), (vec![(1, Why::Instead(2, Out::Stopped))], vec![(2, Out::Stopped)]));
}

#[test]
fn a_small_or_short_contract_is_spared_a_week_of_follow_up() {
    let candidates = [
        alone(1, Level::Basic, Effort::Large),
        alone(2, Level::Advanced, Effort::Large),
        Candidate { effort: Some(Effort::Large), ..member(4, Level::Advanced, Relation::Replaces) },
        member(3, Level::Basic, Relation::Replaces),
    ];
    let of = |value, years| propose(&candidates, &Wish { value, years, ..wish(Level::Advanced) });
    let (rows, out) = by_number(&candidates, &of(Some(1_999_999), Some(2)));
    assert_eq!(rows, [(1, Why::Level), (3, Why::Instead(4, Out::Disproportionate))], "what is basic stays");
    assert_eq!(out, [(2, Out::Disproportionate), (4, Out::Disproportionate)]);
    for (value, years, modest) in [
        (None, None, false),
        (Some(2_000_000), Some(2), false),
        (Some(999_999), None, true),
        (Some(1_000_000), None, false),
        (None, Some(1), true),
        (None, Some(2), false),
        (Some(900_000_000), Some(1), true),
    ] {
        let proposed = of(value, years).rows.len();
        assert_eq!(proposed, if modest { 2 } else { 3 }, "{value:?} {years:?}");
    }
}

#[test]
fn what_takes_most_goes_first_where_the_hours_are_too_few() {
    let criterion = |number, effort| Candidate { kind: Kind::AwardCriterion, ..alone(number, Level::Basic, effort) };
    let condition = |number, effort| Candidate { kind: Kind::ContractCondition, ..alone(number, Level::Basic, effort) };
    let candidates = [
        alone(1, Level::Basic, Effort::Large),
        criterion(2, Effort::Small),
        criterion(3, Effort::Large),
        condition(4, Effort::Large),
        condition(5, Effort::Medium),
    ];
    let of = |hours| {
        let proposal = propose(&candidates, &Wish { hours: Some(hours), ..wish(Level::Basic) });
        let numbers: Vec<i64> = proposal.rows.iter().map(|(place, _)| candidates[*place].number).collect();
        (numbers, proposal.hours, proposal.missing)
    };
    assert_eq!(of(130), (vec![1, 2, 3, 4, 5], 130, None));
    assert_eq!(of(129), (vec![1, 2, 4, 5], 90, None), "of equal ones the award criterion goes before the condition");
    assert_eq!(of(89), (vec![1, 2, 5], 50, None));
    assert_eq!(of(49), (vec![1, 2], 42, None));
    assert_eq!(of(40), (vec![1], 40, None));
    assert_eq!(of(39), (vec![1], 40, Some(1)), "what a tender is built on stays, and it is said");
    assert_eq!(of(0), (vec![1], 40, Some(40)));
}

#[test]
fn where_the_higher_takes_too_much_the_lower_comes_in_for_it() {
    let criterion = |number, level, effort| Candidate {
        kind: Kind::AwardCriterion,
        effort: Some(effort),
        ..member(number, level, Relation::Replaces)
    };
    let candidates = [criterion(1, Level::Basic, Effort::Small), criterion(2, Level::Advanced, Effort::Large)];
    let of = |hours| by_number(&candidates, &propose(&candidates, &Wish { hours: Some(hours), ..wish(Level::Advanced) }));
    assert_eq!(of(40).0, [(2, Why::Highest { replaces: Some(1) })]);
    assert_eq!(of(39), (vec![(1, Why::Instead(2, Out::OverBudget))], vec![(2, Out::OverBudget)]));
    assert_eq!(of(1), (vec![], vec![(1, Out::OverBudget), (2, Out::OverBudget)]));
}

#[test]
fn a_proposal_is_no_longer_than_anybody_reads() {
    let candidates: Vec<Candidate> = (1..=250).map(|number| alone(number, Level::Basic, Effort::Small)).collect();
    let proposal = propose(&candidates, &wish(Level::Basic));
    assert_eq!((proposal.rows.len(), proposal.hours), (MOST, 400));
    let (_, out) = by_number(&candidates, &proposal);
    assert_eq!(out, (201..=250).map(|number| (number, Out::Full)).collect::<Vec<_>>());
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (
        select(Kind::ALL),
        select(Level::ALL),
        option::of(0_u8..6),
        option::of(select(Relation::ALL)),
        option::of(select(Effort::ALL)),
        prop::bool::weighted(0.1),
    );
    vec(one, 0..260).prop_map(|all| {
        type One = ((Kind, Level, Option<u8>, Option<Relation>, Option<Effort>, bool), i64);
        let candidate = |((kind, level, family, relation, effort, stopped), number): One| Candidate {
            number,
            kind,
            level,
            family: family.map(|family| format!("familj-{family}")),
            relation,
            effort,
            stopped,
        };
        all.into_iter().zip(1..).map(candidate).collect()
    })
}

fn wishes() -> impl Strategy<Value = Wish> {
    let numbers = (option::of(1_i64..5_000_000), option::of(1_i64..6), option::of(0_i64..400));
    (select(Level::ALL), numbers).prop_map(|(ambition, (value, years, hours))| Wish { value, years, hours, ..wish(ambition) })
}

/// The hours that a requirement takes.
fn hours(candidate: &Candidate) -> i64 {
    match candidate.effort {
        None => 0,
        Some(Effort::Small) => 2,
        Some(Effort::Medium) => 8,
        Some(Effort::Large) => 40,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever there is to choose among: everything is either proposed or left out with a reason; nothing is proposed that
    /// is stopped or above the ambition; the hours are those of what is proposed, and if they are too many, nothing that may
    /// go is left that takes any.
    #[test]
    fn nothing_is_lost_and_the_budget_holds_unless_it_is_said(candidates in candidates(), wish in wishes()) {
        let proposal = propose(&candidates, &wish);
        let mut seen: Vec<usize> = proposal.rows.iter().map(|(place, _)| *place).collect();
        seen.extend(proposal.out.iter().map(|(place, _)| *place));
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..candidates.len()).collect::<Vec<_>>());
        prop_assert!(proposal.rows.len() <= MOST);
        for (place, _) in &proposal.rows {
            prop_assert!(!candidates[*place].stopped && candidates[*place].level <= wish.ambition);
        }
        let sum: i64 = proposal.rows.iter().map(|(place, _)| hours(&candidates[*place])).sum();
        prop_assert_eq!(proposal.hours, sum);
        let over = wish.hours.map(|given| sum - given).filter(|missing| *missing > 0);
        prop_assert_eq!(proposal.missing, over);
        if over.is_some() {
            let may_go = |kind| matches!(kind, Kind::AwardCriterion | Kind::ContractCondition);
            prop_assert!(!proposal.rows.iter().any(|(place, _)| may_go(candidates[*place].kind) && hours(&candidates[*place]) > 0));
        }
        if wish.hours.is_none() {
            prop_assert!(!proposal.out.iter().any(|(_, out)| *out == Out::OverBudget));
        }
    }

    /// Of a family nothing stands below what replaces it, and nothing else is left out for the family's sake.
    #[test]
    fn of_a_family_exactly_what_is_below_a_replacing_member_is_left_out(candidates in candidates(), wish in wishes()) {
        let proposal = propose(&candidates, &wish);
        let is_below = |lower: &Candidate, higher: &Candidate| {
            lower.family.is_some()
                && lower.family == higher.family
                && lower.level < higher.level
                && higher.relation == Some(Relation::Replaces)
        };
        let proposed: Vec<&Candidate> = proposal.rows.iter().map(|(place, _)| &candidates[*place]).collect();
        for lower in &proposed {
            prop_assert!(!proposed.iter().any(|higher| is_below(lower, higher)), "{:?}", lower);
        }
        for (place, out) in &proposal.out {
            if let Out::Replaced(by) = out {
                let by = proposed.iter().find(|higher| higher.number == *by);
                prop_assert!(by.is_some_and(|by| is_below(&candidates[*place], by)), "{:?}", candidates[*place]);
            }
        }
    }

    /// What is said to be replaced by something, kept for something or put in for something names what is there.
    #[test]
    fn reasons_name_what_is_there(candidates in candidates(), wish in wishes()) {
        let proposal = propose(&candidates, &wish);
        let proposed: BTreeSet<i64> = proposal.rows.iter().map(|(place, _)| candidates[*place].number).collect();
        let out: BTreeMap<i64, Out> = proposal.out.iter().map(|(place, out)| (candidates[*place].number, *out)).collect();
        let family = |number: i64| candidates.iter().find(|one| one.number == number).and_then(|one| one.family.clone());
        for (place, why) in &proposal.rows {
            let own = &candidates[*place].family;
            match why {
                Why::Level => {}
                Why::Highest { replaces } => {
                    let level = candidates[*place].level;
                    let is_lower = |number: i64| candidates.iter().any(|one| one.number == number && one.level < level);
                    let is_there = |lower| out.contains_key(&lower) && family(lower) == *own && is_lower(lower);
                    prop_assert!(own.is_some() && replaces.is_none_or(is_there));
                }
                Why::Kept(higher) => prop_assert!(family(*higher) == *own && (proposal.rows.len() == MOST || proposed.contains(higher))),
                Why::Instead(higher, because) => prop_assert!(family(*higher) == *own && out.get(higher) == Some(because)),
            }
        }
        for reason in out.values() {
            if let Out::Replaced(by) = reason {
                prop_assert!(proposed.contains(by));
            }
        }
    }

    /// The order in which requirements come is nothing to go by.
    #[test]
    fn the_same_requirements_give_the_same_proposal(candidates in candidates(), wish in wishes(), turn in 0_usize..260) {
        let mut turned = candidates.clone();
        turned.reverse();
        let middle = turn.min(turned.len());
        turned.rotate_left(middle);
        prop_assert_eq!(
            by_number(&candidates, &propose(&candidates, &wish)),
            by_number(&turned, &propose(&turned, &wish))
        );
    }
}
