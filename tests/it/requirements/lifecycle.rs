//! Every state with every step.

use kravbank::requirements::lifecycle::{Standing, State, Step, WhyNot};
use time::{Duration, OffsetDateTime};

use crate::support::NOW;

const LATER: OffsetDateTime = NOW.saturating_add(Duration::days(1));

fn steps(reason: &str) -> [Step<'_>; 7] {
    [
        Step::Submit,
        Step::Return(reason),
        Step::Discard(reason),
        Step::Decline(reason),
        Step::Decide,
        Step::Revoke { reason, takes_effect: LATER, now: NOW },
        Step::Revoke { reason, takes_effect: NOW, now: NOW },
    ]
}

#[test]
fn every_state_with_every_step() {
    use State::{Decided, Discarded, NotApproved, Preparation, Ready, Revoked};
    let no = |state| Err(WhyNot::NotFrom(state));
    // submit, return, discard, decline, decide, revoke before it takes effect, revoke after that
    let table = |state| match state {
        Preparation => [Ok(Ready), no(state), Ok(Discarded), no(state), no(state), no(state), no(state)],
        Ready => [no(state), Ok(Preparation), Ok(Discarded), Ok(NotApproved), Ok(Decided), no(state), no(state)],
        Decided => [no(state), no(state), no(state), no(state), no(state), Ok(Revoked), Err(WhyNot::AlreadyInForce)],
        Discarded | NotApproved | Revoked => [const { Ok(Preparation) }; 7].map(|_: Result<State, WhyNot>| no(state)),
    };
    for state in State::ALL {
        assert_eq!(steps("Skäl.").map(|step| state.after(&step)), table(state), "{state:?}");
    }
}

#[test]
fn a_step_that_takes_a_reason_does_not_go_without() {
    for state in State::ALL {
        for (with, without) in steps("Skäl.").iter().zip(steps(" \n")) {
            let expected = match state.after(with) {
                Ok(_) if with.reason().is_some() => Err(WhyNot::NoReason),
                other => other,
            };
            assert_eq!(state.after(&without), expected, "{state:?} {without:?}");
        }
    }
}

#[test]
fn a_reason_has_an_end() {
    assert_eq!(State::Ready.after(&Step::Return(&"å".repeat(4000))), Ok(State::Preparation));
    assert_eq!(State::Ready.after(&Step::Return(&"å".repeat(4001))), Err(WhyNot::ReasonTooLong(4000)));
}

#[test]
fn words_and_states_are_one_to_one() {
    for state in State::ALL {
        assert_eq!(State::from_code(state.code()), Some(state));
        assert_eq!(state.is_open(), matches!(state, State::Preparation | State::Ready));
    }
    assert_eq!(State::from_code("Decided"), None);
    for standing in Standing::PUBLIC {
        assert_eq!(Standing::from_code(standing.code()), Some(standing));
    }
    let mut events: Vec<&str> = steps("x").iter().map(Step::event).collect();
    events.dedup();
    assert_eq!(events.len(), 6);
}

#[test]
fn where_a_version_stands_follows_from_the_clock() {
    let (before, begin, middle, end) = (NOW - Duration::days(2), NOW - Duration::days(1), NOW, LATER);
    let at = |now, repealed| Standing::at(now, State::Decided, Some(begin), Some(end), repealed);
    assert_eq!(at(before, false), Standing::Coming);
    assert_eq!(at(begin - Duration::microseconds(1), false), Standing::Coming);
    assert_eq!(at(begin, false), Standing::Current, "from the first instant");
    assert_eq!(at(middle, true), Standing::Current, "a repeal to come changes nothing yet");
    assert_eq!(at(end - Duration::microseconds(1), true), Standing::Current);
    assert_eq!(at(end, false), Standing::Superseded, "the end is no more within");
    assert_eq!(at(end, true), Standing::Repealed);
    assert_eq!(Standing::at(NOW, State::Decided, Some(begin), None, false), Standing::Current);
    for state in [State::Preparation, State::Ready] {
        assert_eq!(Standing::at(NOW, state, None, None, false), Standing::InPreparation);
    }
    for state in [State::Discarded, State::NotApproved, State::Revoked] {
        assert_eq!(Standing::at(NOW, state, None, None, false), Standing::Dropped);
    }
}
