//! What needs a hand, and who may see it.

use kravbank::kernel::{audit, db};
use time::Duration;

use crate::support::{Browser, NOW, TestApp};

#[tokio::test]
async fn what_needs_a_hand_is_told() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let cares = async || browser.get("/admin").await.expect(200).texts(".banner__title");
    let mut connection = app.db.connect().await;
    audit::seal(&mut connection, NOW).await.expect("sealed");
    app.db.execute("delete from graphile_worker._private_jobs").await;
    assert_eq!(cares().await, ["Banken behöver säkerhetskopieras"]);
    db::note_fact(&mut connection, db::LAST_BACKUP, "{}", NOW - Duration::hours(49)).await.expect("noted");
    assert_eq!(cares().await, ["Banken behöver säkerhetskopieras"]);
    assert!(browser.get("/admin").await.text().contains("för 2 dagar sedan"));
    db::note_fact(&mut connection, db::LAST_BACKUP, "{}", NOW - Duration::hours(47)).await.expect("noted");
    assert_eq!(cares().await, ["Inget behöver åtgärdas just nu."]);
    app.db
        .execute(
            "select graphile_worker.add_job('search_catalogue', run_at => '2026-11-22 11:00Z');
             select graphile_worker.add_job('sweep_limits', run_at => '2026-11-22 11:00Z', max_attempts => 1);
             update graphile_worker._private_jobs set attempts = max_attempts where max_attempts = 1;
             insert into audit (at, actor_kind, action, object_kind) values ('2026-11-22 11:00Z', 'job', 'thing.do', 'thing');
             insert into mail (id, address, language, kind, subject, parts, created_at, dead_at)
             values (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-22 11:00Z', '2026-11-22 11:30Z')",
        )
        .await;
    assert_eq!(
        cares().await,
        ["Jobb har misslyckats", "Jobb blir liggande", "Brev har inte gått att skicka", "Loggen är inte förseglad"]
    );
}

const PAGES: [&str; 8] = [
    "/admin",
    "/admin/jobb",
    "/admin/brev",
    "/admin/logg",
    "/admin/konton",
    "/admin/organisationer",
    "/admin/ord",
    "/admin/laslage",
];

/// Each page is shown to those who hold its right, and the menu leads nowhere else.
#[tokio::test]
async fn the_menu_leads_only_where_one_may_go() {
    let app = TestApp::build().people().spawn().await;
    for (word, expected) in
        [("admin", &PAGES[..]), ("lmc2", &["/admin/logg"]), ("beslutsfattare", &["/admin/logg"]), ("samordnare", &[])]
    {
        let browser = Browser::signed_in(&app, word).await;
        for path in PAGES {
            let page = browser.get(path).await;
            if expected.contains(&path) {
                assert_eq!(page.expect(200).attributes(".admin-nav a", "href"), expected, "{word} {path}");
            } else {
                page.expect(403);
            }
        }
        let links = browser.get("/mitt").await.attributes(".who__menu a", "href");
        assert_eq!(links.iter().any(|href| href.starts_with("/admin")), !expected.is_empty(), "{word}");
    }
}

/// Whoever administers has no say about content.
#[tokio::test]
async fn an_administrator_sees_no_more_of_the_content_than_a_visitor() {
    let app = TestApp::build().people().spawn().await;
    crate::authorization::fill(&app.db, true).await;
    let browser = Browser::signed_in(&app, "admin").await;
    browser.get("/krav/KB-0005").await.expect(404);
    assert!(app.get("/krav/KB-0005").await.status == 404);
}
