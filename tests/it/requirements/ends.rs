//! Repeals, stops and hidden texts at their edges, and how the history tells of them.

use kravbank::{
    imports::Target,
    kernel::actor::{Actor, Role, System},
    requirements::{
        Stored,
        lifecycle::{Step, WhyNot},
        policy::{Advance, HideText, Publish, Refused, Repeal, Stop},
        workflow,
    },
};
use sqlx::{Connection, PgConnection};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::{Import, Line, NOW, TestApp, TestDb, complete, line, lines};

const EXAMPLE: Actor = Actor::System(System::Example);
const REASON: &str = "Skäl.";

fn person(role: Role) -> Actor {
    Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: vec![role] }
}

fn days(n: i64) -> OffsetDateTime {
    NOW + Duration::days(n)
}

async fn load(tx: &mut PgConnection, number: i64) -> Stored {
    kravbank::requirements::load(tx, &[number]).await.expect("read")[&number].clone()
}

fn why<T: std::fmt::Debug>(answer: Result<T, Refused>) -> WhyNot {
    match answer {
        Err(Refused::WhyNot(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_stop_says_why_it_cannot_be() {
    let db = TestDb::create();
    Import::current().at(days(-9)).accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let id = load(&mut tx, 1).await.id;
    let permit = Stop::ask(&mut tx, &EXAMPLE, id, NOW).await.expect("a permit");
    assert_eq!(why(workflow::lift(&mut tx, &permit, REASON, NOW).await), WhyNot::NotStopped);
    assert_eq!(why(workflow::stop(&mut tx, &permit, " ", NOW, NOW).await), WhyNot::NoReason);
    let long = "å".repeat(2001);
    assert_eq!(why(workflow::stop(&mut tx, &permit, &long, NOW, NOW).await), WhyNot::ReasonTooLong(2000));
    workflow::stop(&mut tx, &permit, &long[2..], days(-1), NOW).await.expect("stopped");
    assert_eq!(why(workflow::lift(&mut tx, &permit, &long, NOW).await), WhyNot::ReasonTooLong(2000));
    assert_eq!(why(workflow::stop(&mut tx, &permit, REASON, NOW, NOW).await), WhyNot::Stopped);
}

#[tokio::test]
async fn a_repeal_says_why_it_cannot_be() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001"), line("Två").id("KB-0002")])).await;
    let mut connection = db.connect().await;
    let (one, two) = (load(&mut connection, 1).await.id, load(&mut connection, 2).await.id);
    let mut tx = connection.begin().await.expect("a transaction");
    for at in [days(-1), NOW] {
        assert_eq!(why(Repeal::ask(&mut tx, &EXAMPLE, one, at).await), WhyNot::NothingInForce, "{at}");
    }
    let end = days(1);
    let permit = Repeal::ask(&mut tx, &EXAMPLE, one, end).await.expect("a permit");
    assert_eq!(why(workflow::repeal(&mut tx, &permit, &"å".repeat(4001), end, &[], NOW).await), WhyNot::ReasonTooLong(4000));
    assert_eq!(why(workflow::repeal(&mut tx, &permit, REASON, days(2), &[], NOW).await), WhyNot::NotAllowed, "another instant");
    let network = Repeal::ask(&mut tx, &person(Role::DecisionMaker), one, end).await.expect("a permit");
    assert_eq!(why(workflow::repeal(&mut tx, &network, REASON, end, &[], NOW).await), WhyNot::NoDecision);
    tx.rollback().await.expect("undone");
    for successors in
        [vec![(one, "merged")], vec![(two, "merged"), (two, "split")], vec![(two, "eaten")], vec![(Uuid::now_v7(), "replaced")]]
    {
        let mut tx = connection.begin().await.expect("a transaction");
        let permit = Repeal::ask(&mut tx, &EXAMPLE, one, end).await.expect("a permit");
        let answer = workflow::repeal(&mut tx, &permit, REASON, end, &successors, NOW).await;
        assert_eq!(why(answer), WhyNot::BadSuccessor, "{successors:?}");
        tx.rollback().await.expect("undone");
    }
    let mut tx = connection.begin().await.expect("a transaction");
    let permit = Repeal::ask(&mut tx, &EXAMPLE, one, end).await.expect("a permit");
    workflow::repeal(&mut tx, &permit, REASON, end, &[(two, "merged")], NOW).await.expect("repealed");
    assert_eq!(why(Repeal::ask(&mut tx, &EXAMPLE, one, end).await), WhyNot::Repealed);
}

/// From when a version holds is what the row says, not what somebody says who takes the step.
#[tokio::test]
async fn what_is_in_force_is_not_revoked() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let version = load(&mut tx, 1).await.decided.expect("decided").id;
    let seen = sqlx::query_scalar("select lock_version from requirement_version").fetch_one(&mut *tx).await.expect("a number");
    let permit = Advance::ask(&mut tx, &EXAMPLE, version, seen).await.expect("a permit");
    let step = Step::Revoke { reason: REASON, takes_effect: days(9), now: NOW };
    assert_eq!(why(workflow::advance(&mut tx, &permit, step, NOW).await), WhyNot::AlreadyInForce);
}

/// Those who decide decline and revoke, those who prepare submit and discard, either of them returns.
#[tokio::test]
async fn each_step_is_taken_by_these() {
    let db = TestDb::create();
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    Import::current().accepted(&db, lines(&[complete("Två").id("KB-0002").set("effective_from", "2027-06-01")])).await;
    let mut connection = db.connect().await;
    let open = load(&mut connection, 1).await.open.expect("open").id;
    let coming = load(&mut connection, 2).await.decided.expect("decided").id;
    let revoke = Step::Revoke { reason: REASON, takes_effect: days(100), now: NOW };
    let (coordinator, maker) = (Role::LmcCoordinator, Role::DecisionMaker);
    for (version, ready, step, may) in [
        (open, false, Step::Submit, vec![coordinator]),
        (open, true, Step::Discard(REASON), vec![coordinator]),
        (open, true, Step::Return(REASON), vec![coordinator, maker]),
        (open, true, Step::Decline(REASON), vec![maker]),
        (open, true, Step::Decide, vec![]),
        (coming, false, revoke, vec![maker]),
    ] {
        for role in Role::ALL {
            let mut tx = connection.begin().await.expect("a transaction");
            if ready {
                let permit = Advance::ask(&mut tx, &EXAMPLE, version, 1).await.expect("a permit");
                workflow::advance(&mut tx, &permit, Step::Submit, NOW).await.expect("submitted");
            }
            let seen = sqlx::query_scalar("select lock_version from requirement_version where id = $1").bind(version);
            let seen = seen.fetch_one(&mut *tx).await.expect("a number");
            let taken = match Advance::ask(&mut tx, &person(role), version, seen).await {
                Ok(permit) => workflow::advance(&mut tx, &permit, step, NOW).await,
                Err(refused) => Err(refused),
            };
            match taken {
                Ok(_) => assert!(may.contains(&role), "{role:?} {step:?}"),
                Err(Refused::WhyNot(WhyNot::NotAllowed)) => assert!(!may.contains(&role), "{role:?} {step:?}"),
                Err(error) => panic!("{role:?} {step:?}: {error}"),
            }
            tx.rollback().await.expect("undone");
        }
    }
}

/// Whoever publishes, advances or hides waits for the requirement before it takes a version.
#[tokio::test]
async fn the_requirement_is_locked_before_its_versions() {
    let db = TestDb::create();
    Import::preparation().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    let mut holder = db.connect().await;
    let stored = load(&mut holder, 1).await;
    let (id, version) = (stored.id, stored.open.expect("open").id);
    for which in 0..3 {
        let mut held = holder.begin().await.expect("a transaction");
        sqlx::query("select from requirement where id = $1 for update").bind(id).execute(&mut *held).await.expect("locked");
        let mut waiting = db.connect().await;
        let ask = async {
            let mut tx = waiting.begin().await.expect("a transaction");
            let _ = match which {
                0 => Publish::ask(&mut tx, &EXAMPLE, &[version]).await.map(|_| ()),
                1 => Advance::ask(&mut tx, &EXAMPLE, version, 1).await.map(|_| ()),
                _ => HideText::ask(&mut tx, &EXAMPLE, version).await.map(|_| ()),
            };
        };
        let free = async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let free = sqlx::query("select from requirement_version where id = $1 for update nowait").bind(version);
            let free = free.execute(&mut *held).await;
            assert!(free.is_ok(), "{which}: the version was locked first");
            held.rollback().await.expect("let go");
        };
        tokio::join!(ask, free);
    }
}

#[tokio::test]
async fn events_are_recorded_when_they_happen_and_told_at_the_day_they_hold() {
    let app = TestApp::spawn().await;
    app.import(&lines(&[line("Ett").id("KB-0001"), line("Två").id("KB-0002")]), Target::Current).await;
    let past = days(-9);
    let patch = lines(&[Line::empty().id("KB-0001").set("guidance", "Råd")]);
    app.import(&patch, Target::Current).await;
    let mut connection = app.db.connect().await;
    let (end, now) = (days(20), NOW + Duration::hours(1));
    let mut tx = connection.begin().await.expect("a transaction");
    let (one, two) = (load(&mut tx, 1).await, load(&mut tx, 2).await);
    let permit = Repeal::ask(&mut tx, &EXAMPLE, one.id, end).await.expect("a permit");
    workflow::repeal(&mut tx, &permit, REASON, end, &[], now).await.expect("repealed");
    let permit = Stop::ask(&mut tx, &EXAMPLE, two.id, now).await.expect("a permit");
    workflow::stop(&mut tx, &permit, REASON, past, now).await.expect("stopped");
    let permit = HideText::ask(&mut tx, &EXAMPLE, two.decided.expect("decided").id).await.expect("a permit");
    workflow::hide_text(&mut tx, &permit, REASON, now).await.expect("hidden");
    tx.commit().await.expect("kept");
    let recorded: Vec<(String, OffsetDateTime, i16)> = sqlx::query_as(
        "select kind, at, audience from event where kind in ('requirement.repealed', 'requirement.stopped', 'requirement.text_hidden')
         order by kind",
    )
    .fetch_all(&mut connection)
    .await
    .expect("events");
    let expected = ["repealed", "stopped", "text_hidden"].map(|kind| (format!("requirement.{kind}"), now, 0_i16));
    assert_eq!(recorded, expected);
    let repealed = app.get("/krav/KB-0001/historik").await.expect(200).text();
    let stopped = app.get("/krav/KB-0002/historik").await.expect(200).text();
    assert!(repealed.contains("2026-12-12"), "the day of the repeal: {repealed}");
    assert!(stopped.contains("2026-11-13"), "the day of the stop: {stopped}");
}
