//! The steps that there are, in the code and in the database.

use kravbank::dialogue::lifecycle::{FREE_EDITS, State, Step, ThreadState, ThreadStep, WhyNot, keeps_version};
use time::Duration;

use super::{attempt, bank, id, question, replied};
use crate::support::{Browser, NOW};

#[test]
fn steps_take_reasons_and_lead_on() {
    for state in State::ALL {
        for step in [Step::Hide(""), Step::Mask(" "), Step::Restore(""), Step::Keep(""), Step::Dismiss("")] {
            assert!(matches!(state.after(step), Err(WhyNot::NoReason | WhyNot::NotNow)), "{state:?} {step:?}");
        }
        let long = "x".repeat(1001);
        assert!(matches!(state.after(Step::Dismiss(&long)), Err(WhyNot::ReasonTooLong)));
    }
    assert_eq!(State::Deleted.after(Step::Edit), Err(WhyNot::NotNow));
    assert_eq!(State::Hidden.after(Step::Delete), Err(WhyNot::NotNow));
    assert_eq!(State::Hidden.after(Step::Restore("Fel.")), Ok(State::Shown));
    assert_eq!(ThreadState::Solved.after(ThreadStep::Answer), Ok(ThreadState::Solved));
    assert_eq!(ThreadState::Open.after(ThreadStep::Reopen), Err(WhyNot::NotNow));
    assert!(!keeps_version(NOW, NOW + FREE_EDITS, false));
    assert!(keeps_version(NOW, NOW + FREE_EDITS + Duration::SECOND, false) && keeps_version(NOW, NOW, true));
}

#[tokio::test]
async fn the_database_knows_the_same_steps() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, "Gäller det även bisfenol?").await;
    replied(&author, &thread, &[("text", "Eller bara ftalater?")]).await;
    let first = id(&thread);
    for from in State::ALL {
        for to in State::ALL.into_iter().filter(|to| *to != from) {
            let steps = [Step::Delete, Step::Hide("Skäl."), Step::Restore("Skäl.")];
            let known = steps.into_iter().any(|step| from.after(step) == Ok(to));
            let why =
                |state: State| if state == State::Hidden { "'off_topic', reason = 'Skäl.'" } else { "null, reason = null" };
            app.db
                .execute(&format!(
                    "begin; set local session_replication_role = replica;
                     update dialogue_comment set state = '{}', rule = {} where id = '{first}'; commit",
                    from.code(),
                    why(from)
                ))
                .await;
            let statement =
                format!("update dialogue_comment set state = '{}', rule = {} where id = '{first}'", to.code(), why(to));
            let done = attempt(&app, &statement);
            assert_eq!(done.await.is_ok(), known, "{from:?} {to:?}");
        }
    }
    app.db.execute("begin; set local session_replication_role = replica; update dialogue_comment set state = 'shown', rule = null, reason = null; commit").await;
    for (refused, statement) in [
        ("dialogue_comment_kept", format!("delete from dialogue_comment where id = '{first}'")),
        ("dialogue_comment_kept", format!("update dialogue_comment set official = 'lmc' where id <> '{first}'")),
        ("dialogue_comment_kept", format!("update dialogue_comment set thread_id = id where id <> '{first}'")),
        ("dialogue_comment_step", format!("update dialogue_comment set text = 'Annat.' where id = '{first}'")),
        (
            "dialogue_comment_versions",
            format!(
                "update dialogue_comment set text = 'Annat.', edited_at = created_at + interval '31 minutes' where id = '{first}'"
            ),
        ),
        (
            "dialogue_comment_text_check",
            format!("update dialogue_comment set text = repeat('x', 4001), edited_at = created_at where id = '{first}'"),
        ),
        ("dialogue_thread_kept", "update dialogue_thread set audience = 10, owner_org = null".to_owned()),
        ("dialogue_thread_kept", "delete from dialogue_thread".to_owned()),
        (
            "dialogue_thread_step",
            "begin; update dialogue_thread set state = 'solved'; update dialogue_thread set state = 'answered'; commit"
                .to_owned(),
        ),
    ] {
        let error = attempt(&app, &statement).await.expect_err(&statement);
        let named = error.contains(refused) || ["kept", "stays", "shown", "step"].iter().any(|word| error.contains(word));
        assert!(named, "{statement}: {error}");
    }
}
