//! A requirement in each state, and what is answered at its addresses.

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
use time::Duration;

use crate::support::{Import, Line, NOW, TestDb, complete, lines};

const EXAMPLE: Actor = Actor::System(System::Example);
/// A word that stands in nothing that was published.
pub(super) const CANARY: &str = "kanariefågelvisning";
pub(super) const ENGLISH_CANARY: &str = "canarydisplaying";

/// A requirement in each state, by number and version: what it is called in the tables below.
pub(super) const STATES: [(&str, &str, &str); 14] = [
    ("in force", "KB-0001", "2"),
    ("superseded", "KB-0001", "1"),
    ("no such version", "KB-0001", "9"),
    ("to come, nothing before", "KB-0002", "1"),
    ("repealed", "KB-0003", "1"),
    ("stopped", "KB-0004", "1"),
    ("preparation only", "KB-0005", "1"),
    ("in force, text hidden", "KB-0006", "1"),
    ("superseded, text hidden", "KB-0007", "1"),
    ("in preparation beside one in force", "KB-0008", "2"),
    ("ready, nothing before", "KB-0009", "1"),
    ("revoked before its day", "KB-0010", "1"),
    ("discarded", "KB-0011", "1"),
    ("unknown", "KB-0999", "1"),
];

/// A bank with a requirement in each state; the open ones only if `prepared`.
pub async fn fill(db: &TestDb, prepared: bool) {
    let before = NOW - Duration::days(30);
    let past = Import::current().at(before);
    let first: Vec<Line> = [1, 3, 4, 6, 7, 8]
        .iter()
        .map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}")).set("family", "familj-ett"))
        .collect();
    past.accepted(db, lines(&first)).await;
    let coming: Vec<Line> = [2, 10]
        .iter()
        .map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}")).set("effective_from", "2027-06-01"))
        .collect();
    past.accepted(db, lines(&coming)).await;
    let second: Vec<Line> =
        [1, 7].iter().map(|n| Line::empty().id(&format!("KB-{n:04}")).set("text", json!([format!("Ny text {n}.")]))).collect();
    past.at(NOW - Duration::days(10)).accepted(db, lines(&second)).await;
    if prepared {
        Import::preparation().at(NOW - Duration::days(1)).accepted(db, canary()).await;
    }
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let stored = requirements::load(&mut tx, &[3, 4, 6, 7, 9, 10, 11]).await.expect("requirements");
    let version = |n: i64| stored[&n].open.as_ref().or(stored[&n].decided.as_ref()).expect("a version").id;
    let first_of_7 = requirements::version_id(&mut tx, stored[&7].id, 1).await.expect("read").expect("the first version");
    let end = NOW - Duration::days(5);
    let permit = Repeal::ask(&mut tx, &EXAMPLE, stored[&3].id, end).await.expect("a permit");
    workflow::repeal(&mut tx, &permit, "Behövs inte.", end, &[(stored[&4].id, "merged")], before).await.expect("repealed");
    let permit = Stop::ask(&mut tx, &EXAMPLE, stored[&4].id, end).await.expect("a permit");
    workflow::stop(&mut tx, &permit, "Mätningen är osäker.", end, before).await.expect("stopped");
    for id in [version(6), first_of_7] {
        let permit = HideText::ask(&mut tx, &EXAMPLE, id).await.expect("a permit");
        workflow::hide_text(&mut tx, &permit, "Upphovsrätt.", before).await.expect("hidden");
    }
    let revoke = Step::Revoke { reason: "Fel.", takes_effect: NOW + Duration::days(60), now: before };
    let steps = [(10, revoke), (9, Step::Submit), (11, Step::Discard("Behövs inte."))];
    for (n, step) in steps.into_iter().take(if prepared { 3 } else { 1 }) {
        let seen = sqlx::query_scalar("select lock_version from requirement_version where id = $1").bind(version(n));
        let seen = seen.fetch_one(&mut *tx).await.expect("a lock number");
        let permit = Advance::ask(&mut tx, &EXAMPLE, version(n), seen).await.expect("a permit");
        workflow::advance(&mut tx, &permit, step, before).await.expect("advanced");
    }
    tx.commit().await.expect("it is kept");
}

/// Preparations, with the canary in every text of their own.
fn canary() -> String {
    let secret = |line: Line, title: String| {
        line.set("title", title)
            .set("title_en", format!("Title {ENGLISH_CANARY}"))
            .set("text", json!([format!("Ett {CANARY} ska uppfyllas.")]))
            .set("text_en", json!([format!("A {ENGLISH_CANARY} shall be met.")]))
            .set("rationale", format!("Det ger {CANARY}."))
            .set("rationale_en", format!("It gives {ENGLISH_CANARY}."))
            .set("proportionality", format!("Ett {CANARY} räcker."))
            .set("legal_floor", format!("Lagen kräver {CANARY}."))
            .set("evidence", json!([{"kind": "epd", "text": format!("Intyg om {CANARY}."), "text_en": ENGLISH_CANARY}]))
            .set("follow_up", json!({"method": format!("Mät {CANARY}."), "effort": "large"}))
            .set("references", json!([{"name": format!("Lag om {CANARY}"), "kind": "law"}]))
            .set("change_note", format!("Nu med {CANARY}."))
            .set("running_contracts", format!("Avtal får {CANARY}."))
    };
    lines(&[
        secret(complete("x").set("guidance", CANARY), format!("Krav om {CANARY}")).id("KB-0005"),
        secret(Line::empty(), format!("Krav om {CANARY}")).id("KB-0008"),
        secret(complete("x"), format!("Annat krav om {CANARY}")).id("KB-0009"),
        secret(complete("x"), format!("Tredje krav om {CANARY}")).id("KB-0011"),
    ])
}

/// What a visitor is answered, state by state, for each address of a requirement; none for a route that is not known here.
pub(super) fn expected(pattern: &str) -> Option<[u16; 14]> {
    Some(match pattern {
        "/krav/{id}" | "/api/v1/requirements/{id}" => [200, 200, 200, 200, 200, 200, 404, 410, 200, 200, 404, 200, 404, 404],
        "/krav/{id}/v/{version}" | "/api/v1/requirements/{id}/versions/{version}" => {
            [200, 200, 404, 200, 200, 200, 404, 410, 410, 404, 404, 200, 404, 404]
        }
        // What people say of it is read with it.
        "/krav/{id}/historik" | "/api/v1/requirements/{id}/versions" | "/krav/{id}/dialog" | "/krav/{id}/erfarenhet" => {
            [200, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404, 200, 404, 404]
        }
        // Whatever may be seen may be reported, also that a text is hidden; the form and where it is sent. Without a version
        // it is the one that the requirement's page shows.
        "/krav/{id}/rapportera-fel" => [200, 200, 404, 200, 200, 200, 404, 200, 200, 404, 404, 200, 404, 404],
        "/krav/{id}/felrapporter" => [303, 303, 303, 303, 303, 303, 404, 303, 303, 303, 404, 303, 404, 404],
        // Of a thread that is not there, nothing. To write one signs in first.
        "/krav/{id}/dialog/{thread}" => [404; 14],
        "/krav/{id}/dialog/ny" | "/krav/{id}/erfarenhet/ny" => [303; 14],
        // Versions 1 and 2 are compared: both have to be decided, with texts that may be shown.
        "/krav/{id}/jamfor" => [200, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
        _ => return None,
    })
}

/// What is answered to those who prepare and decide, where it is another thing: what is in preparation is theirs to see.
pub(super) fn expected_of_preparers(pattern: &str) -> Option<[u16; 14]> {
    Some(match pattern {
        "/krav/{id}" => [200, 200, 200, 200, 200, 200, 200, 410, 200, 200, 200, 200, 200, 404],
        "/krav/{id}/v/{version}" => [200, 200, 404, 200, 200, 200, 200, 410, 410, 200, 200, 200, 200, 404],
        "/krav/{id}/historik" | "/krav/{id}/dialog" | "/krav/{id}/erfarenhet" => {
            [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404]
        }
        "/krav/{id}/rapportera-fel" => [200, 200, 404, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404],
        "/krav/{id}/felrapporter" => [303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 404],
        "/krav/{id}/jamfor" => [200, 200, 200, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404, 404],
        _ => return None,
    })
}
