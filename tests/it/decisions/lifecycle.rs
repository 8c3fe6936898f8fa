//! The steps that there are, and all that can stand in the way; numbers as they are written.

use kravbank::{
    decisions::{
        DecisionNumber,
        lifecycle::{Facts, Field, ItemFacts, ItemWhyNot, Kind, Outcome, State, Step, WhyNot, effective, why_not},
    },
    requirements::{
        RequirementNumber,
        lifecycle::{Missing, State as VersionState},
        ready::Reason,
    },
};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::support::NOW;

#[test]
fn there_are_three_steps() {
    let mut steps = Vec::new();
    for from in State::ALL {
        assert_eq!(State::from_code(from.code()), Some(from));
        for step in [Step::Submit, Step::TakeBack, Step::Decide] {
            steps.extend(from.after(step).map(|to| (from, to)));
        }
    }
    assert_eq!(steps, [(State::Draft, State::Waiting), (State::Waiting, State::Draft), (State::Waiting, State::Decided)]);
}

fn item(kind: Kind) -> ItemFacts {
    ItemFacts {
        requirement: RequirementNumber::from_db(7),
        kind,
        outcome: Some(Outcome::Adopted),
        has_reason: false,
        on: None,
        state: if kind == Kind::Adopt { VersionState::Ready } else { VersionState::Decided },
        lacks: Vec::new(),
        level_taken: false,
        repealed: false,
        current_since: Some(NOW - Duration::days(9)),
        is_current: kind == Kind::Repeal,
        to_come: (kind == Kind::Revoke).then(|| NOW + Duration::days(9)),
        submitted_by: None,
    }
}

fn of_item(item: ItemFacts) -> Vec<ItemWhyNot> {
    let facts = Facts { items: vec![item], ..Facts::default() };
    let of = |why| match why {
        WhyNot::Item(_, why) => why,
        other => panic!("{other:?}"),
    };
    why_not(&facts, None, NOW).into_iter().map(of).collect()
}

#[test]
fn each_thing_that_stands_in_the_way_is_told() {
    for kind in [Kind::Adopt, Kind::Repeal, Kind::Revoke] {
        assert_eq!(of_item(item(kind)), [], "{kind:?}");
    }
    let day = (NOW - Duration::days(2)).date();
    let (adopt, repeal, revoke) = (|| item(Kind::Adopt), || item(Kind::Repeal), || item(Kind::Revoke));
    let cases = [
        (ItemFacts { outcome: None, ..adopt() }, ItemWhyNot::NoOutcome),
        (ItemFacts { outcome: Some(Outcome::Returned), ..adopt() }, ItemWhyNot::NoReason),
        (ItemFacts { state: VersionState::Preparation, ..adopt() }, ItemWhyNot::NotReady(VersionState::Preparation)),
        (
            ItemFacts { lacks: vec![Reason::Missing(Missing::Evidence)], ..adopt() },
            ItemWhyNot::Incomplete(vec![Reason::Missing(Missing::Evidence)]),
        ),
        (ItemFacts { level_taken: true, ..adopt() }, ItemWhyNot::LevelTaken),
        (ItemFacts { repealed: true, ..adopt() }, ItemWhyNot::Repealed),
        (ItemFacts { to_come: Some(NOW + Duration::days(3)), ..adopt() }, ItemWhyNot::VersionToCome),
        (ItemFacts { on: Some(day), ..adopt() }, ItemWhyNot::DayPassed),
        (ItemFacts { is_current: false, ..repeal() }, ItemWhyNot::NotInForce),
        (ItemFacts { current_since: Some(NOW), ..repeal() }, ItemWhyNot::NotInForce),
        (ItemFacts { repealed: true, ..repeal() }, ItemWhyNot::Repealed),
        (ItemFacts { to_come: Some(NOW + Duration::days(3)), ..repeal() }, ItemWhyNot::VersionToCome),
        (ItemFacts { to_come: None, ..revoke() }, ItemWhyNot::InForceAlready),
        (ItemFacts { state: VersionState::Revoked, ..revoke() }, ItemWhyNot::NotReady(VersionState::Revoked)),
    ];
    for (facts, why) in cases {
        let shown = format!("{facts:?}");
        assert_eq!(of_item(facts), [why], "{shown}");
    }
    // What is sent back, with a reason, need not fit.
    let back = ItemFacts { outcome: Some(Outcome::Rejected), has_reason: true, level_taken: true, repealed: true, ..adopt() };
    assert_eq!(of_item(back), []);
    let empty = Facts { lacks: vec![Field::Met], ..Facts::default() };
    assert_eq!(why_not(&empty, None, NOW), [WhyNot::NothingChosen, WhyNot::Lacks(Field::Met)]);
    assert_eq!(why_not(&Facts { corrects: true, ..Facts::default() }, None, NOW), [], "words can be all that is corrected");
    let (me, other) = (Uuid::now_v7(), Uuid::now_v7());
    let one = |submitter, of_version| {
        let facts = Facts { items: vec![ItemFacts { submitted_by: of_version, ..item(Kind::Adopt) }], ..Facts::default() };
        why_not(&facts, Some((me, submitter)), NOW)
    };
    assert_eq!(one(Some(other), Some(other)), []);
    assert_eq!(one(Some(me), Some(other)), [WhyNot::SamePerson]);
    assert_eq!(one(Some(other), Some(me)), [WhyNot::SamePerson]);
}

#[test]
fn a_later_day_begins_at_midnight_in_sweden() {
    let date = |text: &str| kravbank::requirements::fields::iso_date_option::parse(text);
    assert_eq!(effective(None, NOW), NOW);
    assert_eq!(effective(date("2026-11-22"), NOW), NOW, "today is now");
    assert_eq!(effective(date("2026-11-23"), NOW), datetime!(2026-11-22 23:00 UTC));
    assert_eq!(effective(date("2027-07-01"), NOW), datetime!(2027-06-30 22:00 UTC), "in summer");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let number = |year, number| Some(DecisionNumber { year, number });
    for (text, read) in [
        ("B-2026-0011", number(Some(2026), 11)),
        ("b-2026-11", number(Some(2026), 11)),
        ("B2026-11", number(Some(2026), 11)),
        ("B-0007", number(None, 7)),
        ("b7", number(None, 7)),
        ("B-2026", number(None, 2026)),
        ("B-26-0011", None),
        ("B-2026-", None),
        ("B-2026-0", None),
        ("B--7", None),
        ("F-2026-0001", None),
        ("B-2026-0011-1", None),
    ] {
        assert_eq!(DecisionNumber::parse(text), read, "{text}");
    }
    assert_eq!(number(Some(2026), 11).map(|n| n.to_string()).as_deref(), Some("B-2026-0011"));
    assert_eq!(number(None, 12345).map(|n| n.to_string()).as_deref(), Some("B-12345"));
}
