//! What hurts others takes that one has proved lately who one is: what was sent travels to the page that asks for it, and
//! nothing is done.

use kravbank::server;

use super::{elsewhere::administered, requirements::fill};
use crate::support::{Browser, TestApp};

/// What administrators send that hurts nobody: jobs and letters are tried again, or given up; the switch that closes the bank
/// for a while has to be at hand.
const HARMLESS: [&str; 5] =
    ["/admin/jobb/{id}/korning", "/admin/jobb/{id}/ta-bort", "/admin/brev/{id}/forsok", "/admin/brev/prov", "/admin/laslage"];

#[tokio::test]
async fn what_hurts_asks_once_more_who_sends_it() {
    let app = TestApp::build().people().spawn().await;
    fill(&app.db, false).await;
    let (admin, routes) = (Browser::signed_in(&app, "admin").await, server::routes());
    admin.get("/mitt").await.expect(200);
    app.db
        .execute(
            "update session set proved_at = proved_at - interval '10 minutes', second_at = second_at - interval '10 minutes'",
        )
        .await;
    let logged: i64 = app.db.value("select count(*) from audit").await;
    let mut asked = 0;
    for route in routes.list().iter().filter(|route| route.method == "POST") {
        if route.path.starts_with("/admin") {
            assert_eq!(route.proved, !HARMLESS.contains(&route.path), "POST {}", route.path);
        }
        if !route.proved {
            continue;
        }
        asked += 1;
        let sent = [("gor", "godkann"), ("skal", "Ett skäl."), ("network", "X")];
        let page = admin.post(&administered(route.path), &sent).await.expect(401);
        assert_eq!(page.texts("h1"), ["Visa att det är du"], "{}", route.path);
        assert_eq!(page.header("cache-control"), "private, no-store");
        let kept = page.attributes("input[name=oskickat]", "value");
        assert_eq!(kept, ["gor=godkann&skal=Ett+sk%C3%A4l.&network=X"], "{}", route.path);
    }
    assert!(asked >= 9, "only {asked}");
    assert_eq!(app.db.value::<i64>("select count(*) from audit").await, logged, "nothing is done");
}
