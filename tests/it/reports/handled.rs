//! Reports as they are dealt with: who may, what is kept, what is sent.

use kravbank::{
    kernel::actor::{Actor, System},
    reports::lifecycle::{Entry, LONGEST, Outcome, State, WhyNot},
};
use proptest::prelude::*;

use super::{SITE, assert_faults, filled};
use crate::support::{Browser, TestApp};

const REPORT: &str = "/lmc/rapporter/FR-0001";

/// A bank with the people, and a report with an address to answer.
async fn reported() -> TestApp {
    let app = filled(TestApp::build().people().spawn().await).await;
    app.post(SITE, &[("text", "Rubriken läses inte."), ("epost", "bo@example.se"), ("plats", "/krav")]).await.expect(303);
    app
}

async fn count(app: &TestApp, of: &str) -> i64 {
    app.db.value(&format!("select count(*) from {of}")).await
}

#[tokio::test]
async fn a_coordinator_sees_all_of_it_and_notes_answers_and_closes() {
    let app = reported().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let page = lmc.get(REPORT).await.expect(200);
    assert_eq!(page.texts("h1"), ["Rapport FR-0001"]);
    let facts = page.texts(".facts dd").join(" ");
    for part in ["Väntar", "bo@example.se", "/krav", "svenska", "En besökare som inte var inloggad", "20 december 2026", "Ingen"]
    {
        assert!(facts.contains(part), "{part}: {facts}");
    }
    assert_eq!(page.header("cache-control"), "private, no-store");
    // A note is for those who deal with it; the same form twice is one.
    let key = page.attributes("input[name=nyckel]", "value")[0].clone();
    for _ in 0..2 {
        let sent = lmc.post(&format!("{REPORT}/anteckningar"), &[("anteckning", "Provat i Firefox."), ("nyckel", &key)]).await;
        assert_eq!(sent.expect(303).header("location"), REPORT);
    }
    assert_eq!(count(&app, "fault_report_entry").await, 1);
    assert_eq!(count(&app, "mail").await, 0, "a note is told nobody");
    lmc.post(&format!("{REPORT}/svar"), &[("svar", "Vi ser felet också.")]).await.expect(303);
    let letter: String = app.db.value("select concat_ws('|', address, language, kind, subject, parts::text) from mail").await;
    assert!(letter.starts_with("bo@example.se|sv|report_answer|Svar på din rapport FR-0001|"), "{letter}");
    assert!(letter.contains("Vi ser felet också."), "{letter}");
    let closing = [("utfall", "corrected"), ("skal", "Rubriken är en rubrik nu."), ("skicka", "ja")];
    lmc.post(&format!("{REPORT}/avslut"), &closing).await.expect(303);
    assert_eq!(count(&app, "mail").await, 2);
    let row: String = app.db.value("select concat_ws('|', state, outcome, closed_at is not null) from fault_report").await;
    assert_eq!(row, "closed|corrected|t");
    let page = lmc.get(REPORT).await.expect(200);
    assert_eq!(page.texts(".thread h3"), ["Anteckning", "Svar", "Avslutad: Rättat"]);
    assert!(page.texts(".thread__one--sent").len() == 2);
    // Closed is closed; what was typed stays on the page.
    let again = lmc.post(&format!("{REPORT}/avslut"), &[("utfall", "no_fault"), ("skal", "Ändrade mig.")]).await.expect(422);
    assert_eq!(again.texts("#fel li"), ["Rapporten är redan avslutad. Läs skälet nedan innan du går vidare."]);
    assert!(again.text().contains("Ändrade mig."));
    lmc.post(&format!("{REPORT}/ateroppning"), &[("ateroppna", "Felet är tillbaka.")]).await.expect(303);
    let row: String = app.db.value("select concat_ws('|', state, outcome, closed_at) from fault_report").await;
    assert_eq!(row, "new");
    let actions: String =
        app.db.value("select string_agg(action, ' ' order by id) from audit where object_kind = 'fault_report'").await;
    assert_eq!(actions, "report.send report.note report.answer report.close report.reopen");
    let logged: String = app.db.value("select string_agg(concat(new_value, old_value, reason), ' ') from audit").await;
    for secret in ["Firefox", "bo@example.se", "felet också", "tillbaka"] {
        assert!(!logged.contains(secret), "the log holds {secret}");
    }
}

#[tokio::test]
async fn the_thread_is_never_edited() {
    let app = reported().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post(&format!("{REPORT}/anteckningar"), &[("anteckning", "Ett.")]).await.expect(303);
    let mut connection = app.db.connect().await;
    for statement in ["update fault_report_entry set text = 'x'", "delete from fault_report_entry", "truncate fault_report_entry"]
    {
        sqlx::raw_sql(statement).execute(&mut connection).await.expect_err(statement);
    }
}

#[tokio::test]
async fn faults_keep_what_was_typed() {
    let app = reported().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    assert_faults(&lmc.post(&format!("{REPORT}/anteckningar"), &[]).await, 422, &[("anteckning", "Skriv en anteckning.")]);
    assert_faults(&lmc.post(&format!("{REPORT}/svar"), &[("svar", "  ")]).await, 422, &[("svar", "Skriv ett svar.")]);
    let faults = [("utfall", "Välj hur det slutade."), ("skal", "Skriv ett skäl.")];
    assert_faults(&lmc.post(&format!("{REPORT}/avslut"), &[("utfall", "bra")]).await, 422, &faults);
    let long = "ö".repeat(LONGEST + 1);
    let page = lmc.post(&format!("{REPORT}/avslut"), &[("utfall", "already"), ("skal", &long)]).await.expect(422);
    assert_eq!(page.attributes("input[name=utfall][checked]", "value"), ["already"]);
    assert!(page.text().contains(&long));
    let reopen = lmc.post(&format!("{REPORT}/ateroppning"), &[("ateroppna", "Varför inte.")]).await.expect(422);
    assert!(reopen.texts("#fel li")[0].contains("redan öppen"));
    assert_eq!(count(&app, "fault_report_entry").await, 0);
    // Without an address nothing can be sent, whatever the form says.
    app.db.execute("update fault_report set email = null, content_sha256 = null, email_erased_at = created_at").await;
    let page = lmc.get(REPORT).await.expect(200);
    assert!(page.attributes("#svar", "name").is_empty() && page.attributes("input[name=skicka]", "name").is_empty());
    for (rest, fields) in
        [("svar", vec![("svar", "Hej.")]), ("avslut", vec![("utfall", "no_fault"), ("skal", "Nej."), ("skicka", "ja")])]
    {
        let page = lmc.post(&format!("{REPORT}/{rest}"), &fields).await.expect(422);
        assert!(page.texts("#fel li")[0].starts_with("Det finns ingen adress"), "{rest}");
    }
}

#[tokio::test]
async fn who_decides_reads_and_nobody_else_does() {
    let app = reported().await;
    let decides = Browser::signed_in(&app, "beslutsfattare").await;
    let page = decides.get(REPORT).await.expect(200);
    assert!(page.attributes("main form", "action").is_empty(), "nothing to send");
    decides.get("/lmc/rapporter/FR-0002").await.expect(404);
    for spelling in ["FR-1", "1", "fr-0001", "FR-00001", "FR--001", "FR-99999999999999999999"] {
        decides.get(&format!("/lmc/rapporter/{spelling}")).await.expect(404);
    }
    app.get("/en/lmc/rapporter/FR-0001").await.expect(404);
    for (word, status) in [("beslutsfattare", 403), ("samordnare", 403), ("admin", 403), ("leverantor", 403)] {
        let browser = Browser::signed_in(&app, word).await;
        if word != "beslutsfattare" {
            browser.get(REPORT).await.expect(403);
        }
        for rest in ["anteckningar", "svar", "avslut", "ateroppning"] {
            browser.post(&format!("{REPORT}/{rest}"), &[("anteckning", "x"), ("svar", "x")]).await.expect(status);
        }
    }
    // Who coordinates elsewhere, but acts for a region now, has not the right.
    let lmc = Browser::signed_in(&app, "lmc").await;
    let own = lmc.get("/mitt").await;
    let other = own.attributes("main input[name=uppdrag]", "value")[0].clone();
    lmc.post("/mitt/uppdrag", &[("uppdrag", &other)]).await.expect(303);
    lmc.get(REPORT).await.expect(403);
    lmc.post(&format!("{REPORT}/anteckningar"), &[("anteckning", "x")]).await.expect(403);
    assert_eq!(count(&app, "fault_report_entry").await, 0);
}

#[tokio::test]
async fn a_report_tells_who_sent_it_and_for_whom() {
    let app = filled(TestApp::build().people().spawn().await).await;
    let supplier = Browser::signed_in(&app, "leverantor").await;
    let form = supplier.get("/krav/KB-0001/rapportera-fel").await.expect(200);
    assert!(form.texts("main form")[0].contains("Rapporten skickas från dig, för Nordhandsken AB."));
    supplier.post("/krav/KB-0001/felrapporter", &[("slag", "text"), ("text", "Oklart.")]).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(REPORT).await.expect(200);
    assert!(page.texts(".facts dd").iter().any(|fact| fact == "Mikael Ås för Nordhandsken AB"), "{:?}", page.texts(".facts dd"));
    assert!(lmc.get("/lmc/inkorg").await.texts(".task")[0].contains("Rapporterat av Nordhandsken AB."));
    assert!(!app.get("/krav/KB-0001/rapportera-fel").await.text().contains("Du är inloggad"));
    let mut tx = app.app.db.begin().await.expect("a transaction");
    let open = kravbank::reports::open_reports(&mut tx, &Actor::System(System::CommandLine), app.app.clock.now()).await;
    assert_eq!(open.expect("open reports")[0].organisation.as_deref(), Some("Nordhandsken AB"));
}

#[tokio::test]
async fn what_is_sent_before_approval_waits_for_nobody_until_then() {
    let app = filled(TestApp::build().people().spawn().await).await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor2')")
        .await;
    let supplier = Browser::signed_in(&app, "leverantor2").await;
    supplier.post(SITE, &[("text", "Går inte att läsa.")]).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let listed = async || lmc.get("/lmc/inkorg").await.expect(200).texts(".task .ref");
    assert_eq!(listed().await, Vec::<String>::new());
    let open = async || {
        let mut tx = app.app.db.begin().await.expect("a transaction");
        kravbank::reports::open_reports(&mut tx, &Actor::System(System::CommandLine), app.app.clock.now())
            .await
            .expect("read")
            .len()
    };
    assert_eq!(open().await, 0);
    let page = lmc.get(REPORT).await.expect(200);
    assert!(page.texts(".facts dd")[0].starts_with("Väntar på att kontot godkänns"), "{:?}", page.texts(".facts dd"));
    let id: String = app.db.value("select id::text from fault_report").await;
    lmc.post("/lmc/uppgifter", &[("slag", "accessibility"), ("id", &id)]).await.expect(404);
    app.db.execute("update membership set approved = true").await;
    assert_eq!(listed().await, ["FR-0001"]);
    assert_eq!(open().await, 1);
}

/// A history of any entries keeps to the picture at the top of the file.
fn entry() -> impl Strategy<Value = (u8, bool)> {
    (0_u8..4, any::<bool>())
}

proptest! {
    #[test]
    fn states_follow_the_picture(history in proptest::collection::vec(entry(), 0..20), has_address in any::<bool>()) {
        let mut state = State::New;
        for (kind, told) in history {
            let entry = match kind {
                0 => Entry::Note("a"),
                1 => Entry::Answer("a"),
                2 => Entry::Close { outcome: Outcome::Corrected, reason: "a", told },
                _ => Entry::Reopen("a"),
            };
            let expected = match (state, kind) {
                (State::Closed, 2) => Err(WhyNot::IsClosed),
                (State::New, 3) => Err(WhyNot::IsOpen),
                _ if entry.is_sent() && !has_address => Err(WhyNot::NoAddress),
                (_, 2) => Ok(State::Closed),
                (_, 3) => Ok(State::New),
                (state, _) => Ok(state),
            };
            let found = state.after(&entry, has_address);
            prop_assert_eq!(found, expected);
            state = found.unwrap_or(state);
        }
        prop_assert_eq!(State::New.after(&Entry::Note(""), has_address), Err(WhyNot::NoText));
        prop_assert_eq!(State::New.after(&Entry::Note(&"a".repeat(4001)), has_address), Err(WhyNot::TooLong(4001)));
    }
}
