//! Selections, as a browser meets them.

mod base;
mod files;
mod guided;
mod instead;
mod lasting;
mod long_wording;
mod notices;
mod owned;
mod row;
mod strangers;
mod values;
mod wording;

use kravbank::{
    kernel::actor::{Actor, System},
    requirements::{
        self,
        lifecycle::Step,
        policy::{Advance, HideText, Repeal, Stop},
        workflow,
    },
};
use serde_json::json;
use sqlx::Connection;
use time::{Duration, OffsetDateTime};

use crate::support::{Import, Line, NOW, TestApp, TestDb, complete, lines};

const EXAMPLE: Actor = Actor::System(System::Example);

/// A bank with what the tests put into selections: a requirement with parameters and exemptions, a family of three levels, one
/// with two versions, one to come.
async fn bank() -> TestApp {
    filled(TestApp::spawn().await).await
}

async fn filled(app: TestApp) -> TestApp {
    let before = Import::current().at(NOW - Duration::days(60));
    before.accepted(&app.db, lines(&[with_parameters(), basic(), advanced(), spearhead(), twice_decided(), coming()])).await;
    let newer = Line::empty()
        .id("KB-0005")
        .text(&["Varan ska ha en märkning.", "Minst {{andel}} procent ska vara återvunnet.", "Ett helt nytt stycke."])
        .set("parameters", json!([share(50, 100)]));
    before.at(NOW - Duration::days(10)).accepted(&app.db, lines(&[newer])).await;
    app
}

fn share(min: i64, max: i64) -> serde_json::Value {
    json!({"key": "andel", "label": "Andel", "kind": "percent", "unit": "procent", "min": min, "max": max})
}

fn with_parameters() -> Line {
    complete("Krav med värden")
        .id("KB-0001")
        .text(&["Minst {{andel}} procent, högst {{vikt}} kg.", "Senast {{dag}}, per {{period}}, i {{omrade}}."])
        .set(
            "parameters",
            json!([
                share(10, 90),
                {"key": "vikt", "label": "Vikt", "kind": "number", "unit": "kg", "min": 0.5, "default": 2.5},
                {"key": "dag", "label": "Sista dag", "kind": "date", "min": "2027-01-01", "max": "2027-12-31", "default": "2027-06-30"},
                {"key": "period", "label": "Period", "kind": "choice", "options": ["år", "kvartal"], "default": "år"},
                {"key": "omrade", "label": "Område", "kind": "text", "default": "Skåne"}
            ]),
        )
        .set(
            "exemptions",
            json!([
                {"what": "Sterila varor", "reason": "Saknas.", "until": "2028-12-31"},
                {"what": "Latexvaror", "reason": "Fanns inte.", "until": "2025-12-31"},
                {"what": "Provvaror", "reason": "Små mängder."}
            ]),
        )
}

fn member(title: &str, id: &str, level: &str) -> Line {
    complete(title).id(id).set("family", "familj-ett").set("level", level)
}

fn basic() -> Line {
    member("Grundkrav", "KB-0002", "basic")
        .text(&["Varan ska klara provet.", "Minst {{andel}} procent ska vara återvunnet."])
        .set("parameters", json!([share(10, 100)]))
}

fn advanced() -> Line {
    member("Högre krav", "KB-0003", "advanced")
        .set("relation_to_lower", "replaces")
        .text(&["Varan ska klara provet två gånger.", "Minst {{andel}} procent ska vara återvunnet."])
        .set("parameters", json!([share(60, 100)]))
}

fn spearhead() -> Line {
    complete("Spetskrav").id("KB-0004").set("family", "familj-ett").set("level", "spearhead").set("relation_to_lower", "adds_to")
}

fn twice_decided() -> Line {
    complete("Krav i två versioner")
        .id("KB-0005")
        .text(&["Varan ska ha en märkning.", "Minst {{andel}} procent ska vara återvunnet."])
        .set("parameters", json!([share(10, 100)]))
}

fn coming() -> Line {
    complete("Krav som kommer").id("KB-0006").set("effective_from", "2027-06-01")
}

/// What is done to a requirement that stands in a selection already.
enum Deed {
    Stop,
    Hide,
    /// Taken back before its day.
    Revoke,
    /// Repealed from this time, for another one or for none.
    Repeal(OffsetDateTime, Option<i64>),
}

async fn becomes(db: &TestDb, number: i64, deed: Deed) {
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let stored = requirements::load(&mut tx, &[1, 2, 3, 4, 5, 6]).await.expect("requirements");
    let one = &stored[&number];
    let version = one.decided.as_ref().expect("a version").id;
    match deed {
        Deed::Stop => {
            let permit = Stop::ask(&mut tx, &EXAMPLE, one.id, NOW - Duration::DAY).await.expect("a permit");
            workflow::stop(&mut tx, &permit, "Mätningen är osäker.", NOW - Duration::DAY, NOW).await.expect("stopped");
        }
        Deed::Hide => {
            let permit = HideText::ask(&mut tx, &EXAMPLE, version).await.expect("a permit");
            workflow::hide_text(&mut tx, &permit, "Upphovsrätt.", NOW).await.expect("hidden");
        }
        Deed::Revoke => {
            let lock = sqlx::query_scalar("select lock_version from requirement_version where id = $1").bind(version);
            let lock = lock.fetch_one(&mut *tx).await.expect("a version");
            let permit = Advance::ask(&mut tx, &EXAMPLE, version, lock).await.expect("a permit");
            let step = Step::Revoke { reason: "Behövs inte.", takes_effect: NOW + Duration::DAY, now: NOW };
            workflow::advance(&mut tx, &permit, step, NOW).await.expect("revoked");
        }
        Deed::Repeal(at, successor) => {
            let permit = Repeal::ask(&mut tx, &EXAMPLE, one.id, at).await.expect("a permit");
            let successors: Vec<_> = successor.map(|other| (stored[&other].id, "replaced")).into_iter().collect();
            workflow::repeal(&mut tx, &permit, "Behövs inte.", at, &successors, NOW).await.expect("repealed");
        }
    }
    tx.commit().await.expect("kept");
}
