//! The bank closed for changes: it is read, and nothing is written.

use std::time::{Duration as Wait, Instant};

use kravbank::{
    kernel::{
        i18n::Lang,
        mail::{self, Letter, To},
        web::Language,
        words,
    },
    server,
};

use super::logged;
use crate::support::{Browser, Import, NOW, TestApp, complete, letters::done, lines};

const SWITCH: &str = "/admin/laslage";

async fn until(what: &str, fine: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !fine().await {
        assert!(begun.elapsed() < Wait::from_secs(30), "in vain: {what}");
        tokio::time::sleep(Wait::from_millis(50)).await;
    }
}

async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    Import::current().accepted(&app.db, lines(&[complete("Ett krav").id("KB-0001")])).await;
    app
}

#[tokio::test]
async fn a_form_is_kept_and_sent_when_the_bank_is_open_again() {
    let app = bank().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let page = admin.post_on(SWITCH, &[("gor", "pa"), ("text_sv", "Klart klockan <tre>."), ("text_en", "Back at three.")]).await;
    assert!(page.texts(".flash__text")[0].starts_with("Läsläget är på."), "{}", page.text());
    assert_eq!(app.get("/krav/KB-0001").await.expect(200).texts(".closed-banner").len(), 1);
    assert!(app.get("/").await.texts(".closed-banner")[0].ends_with("Klart klockan <tre>."));
    assert!(app.get("/en/krav/KB-0001").await.texts(".closed-banner")[0].contains("Nothing can be changed"));
    // Reading, searching, files and open data work.
    for path in ["/krav?q=krav", "/api/v1/requirements", "/api/v1/requirements/KB-0001", "/sitemap.xml", "/korgar", "/livez"] {
        app.get(path).await.expect(200);
    }
    // What is sent is kept, in the language of who reads.
    let visitor = Browser::new(&app);
    let typed = [("slag", "text"), ("version", "1"), ("text", "Ordet <b>mätning</b> är fel."), ("epost", "bo@example.se")];
    let page = visitor.post("/krav/KB-0001/felrapporter", &typed).await.expect(503);
    assert_eq!(page.texts("h1"), ["Ingenting är sparat: Kravbanken är i läsläge"]);
    assert_eq!((page.header("retry-after"), page.header("cache-control")), ("300", "no-store"));
    assert!(page.texts(".typed dd").contains(&"Ordet <b>mätning</b> är fel.".to_owned()), "{:?}", page.texts(".typed dd"));
    let english = visitor.post("/en/krav/KB-0001/felrapporter", &typed).await.expect(503);
    assert_eq!(english.texts("h1"), ["Nothing is saved: Kravbanken is read-only"]);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
    // The form is shown again with what was typed, before and after.
    let action = page.attributes("main form", "action").remove(0);
    let fields = |page: &crate::support::Answer| {
        let names = page.attributes("main form input", "name");
        names.into_iter().zip(page.attributes("main form input", "value")).collect::<Vec<_>>()
    };
    let kept = fields(&page);
    let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let shown = visitor.post(&action, &kept).await.expect(200);
    assert_eq!(shown.texts("textarea[name=text]"), ["Ordet <b>mätning</b> är fel."]);
    admin.post_on(SWITCH, &[("gor", "av")]).await;
    assert_eq!(app.get("/").await.texts(".closed-banner").len(), 0);
    let shown = visitor.post(&action, &kept).await.expect(200);
    assert_eq!(shown.attributes("input[name=epost]", "value"), ["bo@example.se"]);
    visitor.post("/krav/KB-0001/felrapporter", &typed).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 1);
    assert_eq!((logged(&app, "read_only.on").await.len(), logged(&app, "read_only.off").await.len()), (1, 1));
}

/// Every form but those that let in or out, whoever sends it.
#[tokio::test]
async fn nothing_is_written() {
    let app = bank().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    admin.post(SWITCH, &[("gor", "pa")]).await.expect(303);
    let counted = async || -> String {
        app.db.value("select concat_ws(' ', (select count(*) from audit where action not like 'session.%' and action <> 'access.deny'), (select count(*) from event), (select count(*) from mail), (select count(*) from selection), (select count(*) from limit_hit), (select count(*) from graphile_worker._private_jobs where key not like 'seal_audit:%'))").await
    };
    let before = counted().await;
    let open = [
        "/logga-in",
        "/logga-in/exempel",
        "/logga-in/kod",
        "/logga-in/reservkod",
        "/logga-in/oidc/{n}",
        "/mitt/bekrafta/{n}",
        "/logga-ut",
        "/mitt/bekrafta",
        "/mitt/uppdrag",
        "/visa-igen",
        SWITCH,
    ];
    let (mut closed, mut stay) = (0, 0);
    for route in server::routes().list().iter().filter(|route| route.method != "GET") {
        if open.contains(&route.path) {
            stay += 1;
            continue;
        }
        let path = [
            "{id}",
            "{area}",
            "{key}",
            "{number}",
            "{share}",
            "{row}",
            "{n}",
            "{slag}",
            "{slug}",
            "{parameter}",
            "{batch}",
            "{other}",
            "{thread}",
            "{attachment}",
        ]
        .iter()
        .fold(route.path.to_owned(), |path, part| path.replace(part, "1"));
        assert!(!path.contains('{'), "{path}");
        let prefixes: &[&str] = if route.language == Language::Both { &["", "/en"] } else { &[""] };
        for prefix in prefixes {
            for browser in [&Browser::new(&app), &admin, &lmc] {
                let page =
                    browser.post(&format!("{prefix}{path}"), &[("text", "Kvar."), ("losenord", "fyra ord utan samband")]).await;
                assert_eq!(page.status, 503, "{path}: {}", page.text());
                assert!(page.texts(".typed dd").contains(&"Kvar.".to_owned()) && !page.text().contains("samband"), "{path}");
                closed += 1;
            }
        }
    }
    assert_eq!(stay, open.len());
    assert!(closed > 100, "{closed}");
    assert_eq!(counted().await, before);
    // A file cannot be kept, which is said.
    let page = lmc.upload("/lmc/import", &[], &[("fil", "krav.csv", b"x")]).await;
    assert!(page.status == 503 && page.text().contains("En fil kan inte följa med"), "{}", page.text());
    // What other sites send is refused as always.
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://evil.example")];
    let foreign = app.send(reqwest::Method::POST, "/korgar", &headers, "namn=X").await;
    assert_eq!(foreign.status, 403);
}

#[tokio::test]
async fn who_runs_the_bank_signs_in_and_opens_it() {
    let app = bank().await;
    Browser::signed_in(&app, "admin").await.post(SWITCH, &[("gor", "pa")]).await.expect(303);
    // Another browser, after it was closed.
    let admin = Browser::signed_in(&app, "admin").await;
    let page = admin.get(SWITCH).await.expect(200);
    assert_eq!(page.texts("#laget"), ["Läsläget är på"]);
    assert_eq!(
        admin.post(SWITCH, &[("gor", "pa"), ("text_sv", &"x".repeat(201))]).await.expect(422).texts(".error-summary li").len(),
        1
    );
    admin.post(SWITCH, &[("gor", "nej")]).await.expect(400);
    let page = admin.post_on(SWITCH, &[("gor", "av")]).await;
    assert_eq!(page.texts("#laget"), ["Läsläget är av"]);
    admin.post("/logga-ut", &[]).await.expect(303);
    for word in ["lmc", "beslutsfattare", "samordnare"] {
        let browser = Browser::signed_in(&app, word).await;
        browser.get(SWITCH).await.expect(403);
        browser.post(SWITCH, &[("gor", "pa")]).await.expect(403);
    }
    assert!(app.get("/").await.texts(".closed-banner").is_empty());
}

/// The setting closes the bank whatever the switch says.
#[tokio::test]
async fn the_setting_is_stronger_than_the_switch() {
    let app = TestApp::build().people().set("KRAVBANK_READ_ONLY", "on").spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let page = admin.post_on(SWITCH, &[("gor", "av")]).await;
    assert!(page.texts(".flash__text")[0].contains("KRAVBANK_READ_ONLY"), "{}", page.text());
    app.post("/korgar", &[("namn", "X")]).await.expect(503);
}

/// In all programs on the database, at once, and their workers too: what writes waits, and letters go.
#[tokio::test]
async fn other_programs_close_and_jobs_wait() {
    let app = bank().await;
    let other = TestApp::build().people().beside(&app).worker().spawn().await;
    let listening = tokio::spawn(words::listen(other.app.clone()));
    let admin = Browser::signed_in(&app, "admin").await;
    admin.post(SWITCH, &[("gor", "pa")]).await.expect(303);
    until("the other one hears of it", async || !other.get("/").await.texts(".closed-banner").is_empty()).await;
    other.post("/korgar", &[("namn", "X")]).await.expect(503);
    until("its worker begins anew", async || {
        app.db.execute("select graphile_worker.add_job('sweep_limits', job_key => 'probe')").await;
        tokio::time::sleep(Wait::from_millis(300)).await;
        app.db.value::<bool>("select exists (select from graphile_worker.jobs where key = 'probe' and attempts = 0)").await
    })
    .await;
    let mut tx = app.app.db.begin().await.expect("a transaction");
    let letter = Letter::new("test_letter", Lang::Sv, "Ett brev").paragraph("Hej.");
    mail::post(&mut tx, &To::address("a@example.org"), &letter, None, NOW).await.expect("posted");
    tx.commit().await.expect("kept");
    done(&app, "send_mail").await;
    assert_eq!(app.db.value::<i64>("select count(*) from mail where sent_at is not null").await, 1);
    let waits = "select exists (select from graphile_worker.jobs where key = 'probe' and attempts = 0 and locked_at is null)";
    assert!(app.db.value::<bool>(waits).await, "it waits, and no try is counted");
    admin.post(SWITCH, &[("gor", "av")]).await.expect(303);
    done(&app, "sweep_limits").await;
    listening.abort();
}
