//! Asking for a page changes nothing: whatever is linked to is asked for, by who may do most, and every table is as it was.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kravbank::{
    kernel::actor::{Actor, Role},
    server,
};
use sqlx::{AssertSqlSafe, Row};

use super::{hidden::links, requirements::fill};
use crate::support::{Browser, TestApp, TestDb};

/// Tables that a page may write to, and why.
const EXEMPT: [(&str, &str); 2] = [
    ("limit_hit", "how often files are taken out, and selections of others asked for, is counted"),
    ("limit_key", "under a key of the day"),
];
/// Where a service sends somebody back to: the one page that takes what it is asked with, once.
const CALLBACK: &str = "/svar";
/// The most pages of one person.
const MOST: usize = 260;

/// What every table holds, as one number each.
async fn tables(db: &TestDb) -> BTreeMap<String, String> {
    let mut connection = db.connect().await;
    let names = "select relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('public', 'graphile_worker') and relkind in ('r', 'p') and n.nspname || relname <> 'public_sqlx_migrations'
                 order by 1";
    let schemas = names.replace("relname::text from", "n.nspname || '.' || quote_ident(relname) from");
    let names = sqlx::query(AssertSqlSafe(schemas)).fetch_all(&mut connection).await.expect("tables");
    let mut held = BTreeMap::new();
    for name in names {
        let name: String = name.get(0);
        let hash = format!("select md5(coalesce(string_agg(t::text, '|' order by t::text collate \"C\"), '')) from {name} t");
        let hash: String = sqlx::query(AssertSqlSafe(hash)).fetch_one(&mut connection).await.expect("a hash").get(0);
        held.insert(name.trim_start_matches("public.").to_owned(), hash);
    }
    held
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let exempt = |table: &str| EXEMPT.iter().any(|(name, _)| *name == table);
    before
        .iter()
        .filter(|(table, hash)| after.get(*table) != Some(hash) && !exempt(table))
        .map(|(table, _)| table.clone())
        .collect()
}

#[tokio::test]
async fn no_page_changes_anything() {
    let app = TestApp::build().people().spawn().await;
    fill(&app.db, true).await;
    app.post("/tillganglighet/rapporter", &[("text", "Rubriken läses inte."), ("epost", "bo@example.se")]).await.expect(303);
    let skane: uuid::Uuid = app.db.value("select id from organisation where slug = 'region-skane'").await;
    let mut walked_all = 0;
    for (word, role, starts) in [
        ("admin", Role::Admin, ["/", "/mitt", "/admin", "/admin/kom-igang", "/admin/konton", "/admin/logg"]),
        ("lmc2", Role::LmcCoordinator, ["/", "/mitt", "/lmc/inkorg", "/lmc/import", "/lmc/konton", "/en/mitt/organisation"]),
        ("upphandlare", Role::RegionMember, ["/", "/en", "/mitt", "/korgar", "/krav", "/vagvisare"]),
    ] {
        let browser = Browser::signed_in(&app, word).await;
        browser.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", "/krav")]).await.expect(303);
        let mut waiting: VecDeque<String> = starts.map(str::to_owned).into();
        waiting.push_back(browser.selection().await);
        // Every address that is theirs to ask for and names nothing. A refusal would be written down.
        let actor = Actor::Person { id: uuid::Uuid::nil(), organisation: None, roles: vec![role] };
        let bare = server::routes();
        waiting.extend(
            bare.list()
                .iter()
                .filter(|route| route.method == "GET" && route.right.held_by(&actor))
                .map(|route| {
                    route
                        .path
                        .replace("{id}", &skane.to_string())
                        .replace("{n}", "1")
                        .replace("{slug}", "region-skane")
                        .replace("{number}", "1")
                })
                .filter(|path| !path.contains('{')),
        );
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        let before = tables(&app.db).await;
        let mut walked = 0;
        while let Some(path) = waiting.pop_front() {
            if path.ends_with(CALLBACK) || path.contains(&format!("{CALLBACK}?")) {
                continue;
            }
            walked += 1;
            if walked > MOST {
                break;
            }
            let answer = browser.get(&path).await;
            if walked % 3 == 0 {
                app.send(reqwest::Method::HEAD, &path, &[("cookie", &browser.header())], "").await;
            }
            if walked % 50 == 0 {
                let found = changed(&before, &tables(&app.db).await);
                assert!(found.is_empty(), "{word}: asking for one of the fifty pages before {path} changes {found:?}");
            }
            if answer.header("content-type").starts_with("text/html") {
                for link in links(&answer) {
                    if link.matches('&').count() <= 1
                        && !link.contains("sida=")
                        && !link.contains("till=")
                        && seen.insert(link.clone())
                    {
                        waiting.push_back(link);
                    }
                }
            }
        }
        let found = changed(&before, &tables(&app.db).await);
        assert!(found.is_empty(), "{word}: asking for pages changes {found:?}");
        walked_all += walked;
    }
    assert!(walked_all > 400, "only {walked_all} pages");
}
