//! Decisions of the network: drafted, handed to who decides, decided once and for all.

mod choosing;
mod decided;
mod drafting;
mod front;
mod lifecycle;
mod open;
mod refusals;

use crate::support::{Answer, Browser, Import, Line, NOW, TestApp, complete, lines};

/// A bank with people, `KB-0001` and `KB-0002` in force since a month, and a second version of each in preparation; and `KB-0003`,
/// new, in preparation.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    fill(&app).await;
    app
}

async fn fill(app: &TestApp) {
    let first = complete("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara fri från ftalater."]);
    let second = complete("Kläder utan PFAS").id("KB-0002").text(&["Plagget får inte innehålla PFAS."]);
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&[first, second])).await;
    let changed = changing("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara helt fri från ftalater."]);
    let other = changing("Kläder utan PFAS").id("KB-0002").text(&["Plagget får inte innehålla PFAS alls."]);
    let new = complete("Kanariekravet").id("KB-0003").text(&["Kanariefågeln sjunger."]);
    Import::preparation().at(NOW - time::Duration::days(10)).accepted(&app.db, lines(&[changed, other, new])).await;
}

/// A new version with all that a decision asks for of one.
fn changing(title: &str) -> Line {
    complete(title)
        .set("changes", serde_json::json!(["meaning"]))
        .set("change_note", "Gränsen skärps.")
        .set("running_contracts", "Gäller vid nästa avrop.")
}

/// Makes the open version of a requirement ready, as `lmc2` does.
async fn ready(app: &TestApp, number: i64) {
    use kravbank::{
        kernel::actor::{Actor, Role},
        requirements::{lifecycle::Step, lock_version, policy::Advance, workflow},
    };
    use sqlx::Connection;
    let person: uuid::Uuid = app.db.value("select id from person where example = 'lmc2'").await;
    let organisation: uuid::Uuid = app.db.value("select id from organisation where slug = 'lmc'").await;
    let actor = Actor::Person { id: person, organisation: Some(organisation), roles: vec![Role::LmcCoordinator] };
    let version = version(app, number).await.parse().expect("an id");
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let locked = lock_version(&mut tx, version).await.expect("read").expect("there");
    let permit = Advance::ask(&mut tx, &actor, version, locked.lock_version).await.expect("a permit");
    workflow::advance(&mut tx, &permit, Step::Submit, NOW).await.expect("ready");
    tx.commit().await.expect("kept");
}

/// The id of the open version of a requirement.
async fn version(app: &TestApp, number: i64) -> String {
    app.db
        .value(&format!(
            "select v.id::text from requirement_version v join requirement r on r.id = v.requirement_id
             where r.number = {number} and v.state in ('preparation', 'ready')"
        ))
        .await
}

/// Begins a draft with the open versions of these requirements; gives its address.
async fn begun(app: &TestApp, browser: &Browser<'_>, numbers: &[i64]) -> String {
    let mut fields = vec![("rubrik", "Skarpare gränser".to_owned())];
    for number in numbers {
        fields.push(("version", version(app, *number).await));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/lmc/beslut/nytt", &fields).await.expect(303).header("location").to_owned()
}

/// What the form of a page says that it has seen.
async fn lock(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.expect(200).attributes("input[name=las]", "value")[0].clone()
}

/// Fills in what the minutes say.
async fn filled(browser: &Browser<'_>, draft: &str) {
    let path = format!("{draft}/uppgifter");
    let seen = lock(browser, &path).await;
    let fields = [
        ("las", seen.as_str()),
        ("rubrik", "Skarpare gränser"),
        ("organ", "Styrgruppen"),
        ("dag", "2026-11-20"),
        ("paragraf", "§ 7"),
        ("dnr", "LMC 2026/0007"),
        ("skal", "Marknaden klarar det."),
    ];
    browser.post(&path, &fields).await.expect(303);
}

/// Hands the draft to who decides.
async fn submitted(browser: &Browser<'_>, draft: &str) {
    browser.post(&format!("{draft}/overlamning"), &[("gor", "lamna")]).await.expect(303);
}

/// Says what becomes of each item, in the order of the page: word, reason, day.
async fn said(browser: &Browser<'_>, draft: &str, outcomes: &[(&str, &str, &str)]) -> Answer {
    let path = format!("{draft}/utfall");
    let page = browser.get(&path).await.expect(200);
    let versions = page.attributes("input[name=version]", "value");
    let seen = page.attributes("input[name=las]", "value")[0].clone();
    let mut fields = vec![("las", seen.as_str())];
    for (version, (outcome, reason, day)) in versions.iter().zip(outcomes) {
        fields.extend([("version", version.as_str()), ("utfall", outcome), ("skal", reason), ("fran", day)]);
    }
    browser.post(&path, &fields).await
}

/// Presses the button.
async fn decide(browser: &Browser<'_>, draft: &str) -> Answer {
    let seen: String =
        browser.get(&format!("{draft}/besluta")).await.attributes("input[name=las]", "value").pop().unwrap_or_default();
    browser.post(&format!("{draft}/besluta"), &[("las", &seen)]).await
}

/// A draft of these requirements, ready and handed over by `lmc`; its address.
async fn waiting(app: &TestApp, lmc: &Browser<'_>, numbers: &[i64]) -> String {
    for number in numbers {
        ready(app, *number).await;
    }
    let draft = begun(app, lmc, numbers).await;
    filled(lmc, &draft).await;
    submitted(lmc, &draft).await;
    draft
}

/// What the database says to a statement.
async fn attempt(app: &TestApp, statement: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut app.db.connect().await).await;
    done.map(|_| ()).map_err(|error| error.to_string())
}
