//! Every step that there is, and none besides: what the code says and what the database says are the same. And texts that move
//! on, under every history.

use kravbank::{
    proposals::{
        adapting::{clashes, followed, touched},
        deadline::answer_by,
        lifecycle::{Outcome, State, Step, WhyNot},
    },
    requirements::{clause_form::WordedClause, clauses::Clause},
};
use proptest::prelude::*;
use time::{Date, Month};
use uuid::Uuid;

use super::{attempt, bank};

const STEPS: [Step<'static>; 17] = [
    Step::Submit,
    Step::Return("Skäl."),
    Step::Begin,
    Step::TakeIn,
    Step::TakeInPartly("Skäl."),
    Step::PutBack,
    Step::Rest("Skäl."),
    Step::Wake,
    Step::Silence,
    Step::Reject("Skäl."),
    Step::Merge("Skäl."),
    Step::Withdraw,
    Step::Overtake("Skäl."),
    Step::Grant,
    Step::Answer(Outcome::Accepted, ""),
    Step::Answer(Outcome::PartlyAccepted, "Skäl."),
    Step::Answer(Outcome::Rejected, "Skäl."),
];

#[tokio::test]
async fn the_database_knows_the_same_steps() {
    let app = bank().await;
    let person = "(select id from person where example = 'strateg')";
    let organisation = "(select id from organisation where slug = 'region-skane')";
    let mut refused = 0;
    let about = "(select r.id from requirement r where r.number = 1)";
    for (kind, from) in State::ALL.into_iter().flat_map(|from| [("new", from), ("repeal", from)]) {
        let (requirement, base) = match kind {
            "repeal" => (
                about,
                "(select v.id from requirement_version v join requirement r on r.id = v.requirement_id where r.number = 1)",
            ),
            _ => ("null", "null"),
        };
        for to in State::ALL.into_iter().filter(|to| *to != from) {
            // A repeal that is decided answers what asked for it, taken in or not; nothing else.
            let granted = |step: &Step<'_>| *step == Step::Grant && kind != "repeal";
            let may = STEPS.iter().any(|step| !granted(step) && from.after(step) == Ok(to));
            let into = if to == State::Merged { "(select id from proposal where number = 1)" } else { "null" };
            // Walked there past the guard, then one step with it.
            let script = format!(
                "do $$ declare p uuid := gen_random_uuid(); begin
                 insert into proposal (id, kind, requirement_id, base_version_id, state, audience, owner_org, author_id, group_id, title, created_at, changed_at, changed_by, state_since)
                 select p, '{kind}', {requirement}, {base}, 'draft', 100, {organisation}, {person}, (select product_group_id from requirement where number = 1), 'T', now(), now(), {person}, now();
                 alter table proposal disable trigger proposal_guarded;
                 alter table proposal disable trigger proposal_taken_guarded;
                 if '{from}' <> 'draft' then
                   update proposal set state = '{from}', audience = 0, number = (select coalesce(max(number), 0) + 1 from proposal), year = 2026,
                     submitted_at = now(), cc0_at = now(), answer_by = '2027-01-21', sent = '{{}}',
                     merged_into = case when '{from}' = 'merged' then (select id from proposal where number = 1) end,
                     taken_into = case when '{from}' in ({taken}) then (select min(id::text)::uuid from requirement_version) end,
                     taken_wholly = case when '{from}' in ({taken}) then true end,
                     answered_by = case when '{from}' like '%accepted' then (select min(id::text)::uuid from decision) end where id = p;
                 end if;
                 alter table proposal enable trigger proposal_guarded;
                 alter table proposal enable trigger proposal_taken_guarded;
                 update proposal set state = '{to}', merged_into = {into}, audience = case when '{to}' = 'draft' then 100 else 0 end,
                     number = coalesce(number, (select coalesce(max(number), 0) + 1 from proposal)), year = coalesce(year, 2026),
                     submitted_at = coalesce(submitted_at, now()),
                     taken_into = case when {given} then taken_into when '{to}' in ({taken}) then coalesce(taken_into, (select min(id::text)::uuid from requirement_version))
                         when '{to}' in ('rejected', 'withdrawn') then taken_into end,
                     taken_wholly = case when {given} then taken_wholly when '{to}' in ({taken}) then true when '{to}' in ('rejected', 'withdrawn') then taken_wholly end,
                     answered_by = case when '{to}' like '%accepted' then (select min(id::text)::uuid from decision) end, cc0_at = coalesce(cc0_at, now()), sent = coalesce(sent, '{{}}'), answer_by = '2027-01-21' where id = p;
                 end $$",
                from = from.code(),
                to = to.code(),
                given = kind == "repeal" && to == State::Accepted,
                taken = "'taken_in', 'accepted', 'partly_accepted'",
            );
            let answer = attempt(&app, &script).await;
            assert_eq!(answer.is_ok(), may, "{kind}, {} to {}: {answer:?}", from.code(), to.code());
            refused += usize::from(!may);
        }
    }
    assert!(refused > 160, "most pairs are no step: {refused}");
}

#[test]
fn a_reason_is_asked_for_where_one_is_needed() {
    for step in [Step::Return(" "), Step::Rest(""), Step::Reject(""), Step::Merge("")] {
        assert_eq!(State::Submitted.after(&step), Err(WhyNot::NoReason));
    }
    assert_eq!(State::TakenIn.after(&Step::Answer(Outcome::Accepted, "")), Ok(State::Accepted));
    assert_eq!(State::TakenIn.after(&Step::Answer(Outcome::Rejected, "")), Err(WhyNot::NoReason));
    assert_eq!(State::Submitted.after(&Step::Reject(&"x".repeat(4001))), Err(WhyNot::ReasonTooLong));
}

#[test]
fn july_does_not_count() {
    let date = |month, day| Date::from_calendar_date(2026, month, day).expect("a date");
    assert_eq!(answer_by(date(Month::January, 1)), date(Month::March, 2));
    assert_eq!(answer_by(date(Month::July, 15)), date(Month::September, 29), "as if it had come on the last of July");
    assert_eq!(answer_by(date(Month::May, 1)), date(Month::June, 30), "to the day before");
    assert_eq!(answer_by(date(Month::May, 2)), date(Month::August, 1));
}

fn base() -> Vec<Clause> {
    (0..4_u128).map(|n| Clause { id: Uuid::from_u128(n + 1), text: format!("Stycke {n}") }).collect()
}

/// What one side makes of each clause: leaves it, changes it in one of two ways, takes it away.
fn side() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(0_u8..4, 4)
}

fn made(what: &[u8]) -> Vec<Clause> {
    let one = |(clause, what): (Clause, &u8)| match what {
        0 => Some(clause),
        3 => None,
        n => Some(Clause { text: format!("{} ändrat {n}", clause.text), ..clause }),
    };
    base().into_iter().zip(what).filter_map(one).collect()
}

proptest! {
    #[test]
    fn only_clauses_that_both_sides_changed_are_to_be_chosen_between(ours in side(), theirs in side()) {
        let (base, current) = (base(), made(&theirs));
        let proposed: Vec<WordedClause> = made(&ours).into_iter().map(|clause| WordedClause { id: Some(clause.id), text: clause.text }).collect();
        let both = (0..4).filter(|n| ours[*n] != 0 && theirs[*n] != 0 && ours[*n] != theirs[*n]).count();
        prop_assert_eq!(clashes(&base, &current, &proposed).len(), both);
        prop_assert_eq!(touched(&base, &proposed).len(), ours.iter().filter(|what| **what != 0).count());
        // What nobody here touched is as it is in force; what was touched is as proposed.
        let followed = followed(&base, &current, &proposed);
        for (n, clause) in base.iter().enumerate() {
            let now = current.iter().find(|now| now.id == clause.id).map(|now| now.text.clone());
            let own = proposed.iter().find(|own| own.id == Some(clause.id)).map(|own| own.text.clone());
            let expected = if ours[n] == 0 { now } else { own };
            let got = followed.iter().find(|own| own.id == Some(clause.id)).map(|own| own.text.clone());
            prop_assert_eq!(got, expected);
        }
    }
}
