//! Whoever works for another organisation, or for none, finds nothing of an organisation's selections by their ids.

use kravbank::selections::routes;
use reqwest::Method;

use super::{bank, owner, share};
use crate::support::{Browser, TestApp};

const BODY: &[(&str, &str)] = &[
    ("krav", "KB-0003"),
    ("at", "upp"),
    ("behall", "ja"),
    ("namn", "Kapad"),
    ("las", "1"),
    ("stycke", "Kapad"),
    ("skal", "x"),
    ("gor", "spara"),
    ("dagar", "90"),
    ("kollegor", "andra"),
];

async fn state(app: &TestApp) -> String {
    app.db
        .value(
            "select concat((select string_agg(s::text, ',' order by s.id) from selection s),
                           (select string_agg(w::text, ',' order by w.id) from selection_row w),
                           (select string_agg(k::text, ',' order by k.id) from selection_share k))",
        )
        .await
}

fn filled(pattern: &str, selection: &str, row: &str) -> String {
    let path = pattern.replace("{id}", selection);
    ["{row}", "{other}", "{batch}", "{share}"].iter().fold(path, |path, part| path.replace(part, row))
}

/// Every address below a selection, for everybody who is not to know of it, and for a colleague who may only read.
#[tokio::test]
async fn ids_open_nothing_to_others() {
    let app = bank().await;
    let (strateg, path) = owner(&app, "strateg", &["KB-0001", "KB-0002"]).await;
    let row = strateg.row("KB-0001").await;
    let (id, row) = (path.rsplit('/').next().expect("an id"), row.rsplit('/').next().expect("an id"));
    let strangers = [
        (Browser::with(&app, &["KB-0003"]).await, 404),
        (Browser::signed_in(&app, "upphandlare2").await, 404),
        (Browser::signed_in(&app, "leverantor").await, 404),
        (Browser::signed_in(&app, "lmc2").await, 404),
        (Browser::signed_in(&app, "admin").await, 404),
        // A colleague, before it is shared and after.
        (Browser::signed_in(&app, "upphandlare").await, 404),
        (Browser::signed_in(&app, "samordnare").await, 403),
    ];
    let mut asked = 0;
    for (stranger, refused) in &strangers {
        if *refused == 403 {
            share(&strateg, &path, "lasa").await;
        }
        // Whoever changes anything is seen, and holds nothing by it.
        let before = state(&app).await;
        for route in routes().list().iter().filter(|route| route.path.contains("{id}")) {
            let to = filled(route.path, id, row);
            asked += 1;
            if route.method == Method::GET {
                let query = if route.path.ends_with("/export") { "?format=json" } else { "" };
                let answer = stranger.get(&format!("{to}{query}")).await;
                let leads_on = answer.status == 303 && !answer.text().contains("Min korg");
                let fine = leads_on || answer.status == 404 || (*refused == 403 && matches!(answer.status.as_u16(), 200 | 403));
                assert!(fine, "{to}: {}", answer.status);
            } else {
                let answer = stranger.post(&to, BODY).await;
                let copies = *refused == 403 && to.ends_with("/kopior");
                let fine = answer.status.as_u16() == *refused || copies || (*refused == 403 && answer.status == 404);
                assert!(fine, "POST {to}: {}", answer.status);
                if copies {
                    app.db.execute("delete from selection where name like 'Kopia av%'").await;
                }
            }
        }
        assert_eq!(state(&app).await, before, "nothing has changed");
        let list = stranger.get("/korgar").await.expect(200);
        assert_eq!(list.text().contains(&path), *refused == 403);
    }
    assert!(asked > 150, "only {asked} addresses");
}

/// Roles that rest, as one's who has not shown a second factor, take no selection away.
#[tokio::test]
async fn a_membership_is_enough() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "lmc2").await;
    app.db.execute("update session set second_at = null").await;
    browser.post("/korgar/rader", &[("krav", "KB-0001")]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0001:1"]);
}

/// What nobody owns, nobody reads who acts for nobody.
#[tokio::test]
async fn what_is_left_behind_is_not_everybodys() {
    let app = bank().await;
    let (_strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    super::leaves(&app, "strateg").await;
    app.get(&path).await.expect(404);
    let visitor = Browser::with(&app, &["KB-0002"]).await;
    visitor.get(&path).await.expect(404);
    assert!(!visitor.get("/korgar").await.expect(200).text().contains(&path));
    visitor.post(&format!("{path}/overtagande"), &[]).await.expect(404);
    super::leaves(&app, "bransch").await;
    let nobody = Browser::signed_in(&app, "bransch").await;
    nobody.get(&path).await.expect(404);
    nobody.post(&format!("{path}/overtagande"), &[]).await.expect(404);
}
