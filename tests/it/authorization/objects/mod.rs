//! Every route with an object in its address, by each role, in every state that the object can have. The expectations are the
//! tables of `objects.md`, which `docs/rights.md` has too; what is in none of them fails.

mod made;
mod table;

use std::collections::BTreeMap;

use kravbank::{
    kernel::{
        actor::{Actor, Role},
        web::Route,
    },
    server,
};
use uuid::Uuid;

use self::{
    made::{Made, keep, make, put_back},
    table::{Row, Table, tables},
};
use crate::support::{Browser, TestApp};

/// The tables, as they are written.
pub(super) const TABLES: &str = include_str!("objects.md");

/// Whoever asks: a word of the example bank, or nobody who has signed in.
const WHO: [&str; 10] = [
    "besökare",
    "upphandlare2",
    "strateg",
    "samordnare",
    "omradessamordnare",
    "lmc2",
    "beslutsfattare",
    "leverantor",
    "bransch",
    "admin",
];
/// The row for everybody who has the right and no row of their own.
const ELSE: &str = "anybody else";

/// Addresses whose variable part is no object with states: names that stand in the program or in its settings, what requirements
/// are sorted by and refer to, plans and texts to answer with, which nobody owns, and letters and jobs, which have tests of their
/// own. Requirements have tables of their own.
const STATELESS: [&str; 18] = [
    "/krav/",
    "/api/v1/requirements/",
    // Held ones and drafts: tests/it/open_data/proposals.rs.
    "/api/v1/proposals/",
    // Public once and for all; drafts: tests/it/decisions/open.rs.
    "/api/v1/decisions/",
    "/omraden/",
    "/lmc/taxonomi/",
    "/lmc/hanvisningar/",
    "/lmc/pagaende/",
    "/lmc/svarsmallar/",
    "/hanvisningar/",
    "/static/",
    "/registrera/{slag}",
    "/logga-in/oidc/",
    "/mitt/konto/tjanster/{n}/koppla",
    "/mitt/bekrafta/{n}",
    "/exempel/brev/",
    "/admin/jobb/",
    "/admin/brev/",
];

fn is_stateless(route: &Route) -> bool {
    !route.path.contains('{') || STATELESS.iter().any(|prefix| route.path.starts_with(prefix))
}

fn method_and_path(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

#[test]
fn every_route_with_an_object_is_in_a_table() {
    let tables = tables(TABLES);
    let listed: Vec<&str> = tables.iter().flat_map(|table| &table.rows).map(|row| row.route.as_str()).collect();
    let routes = server::routes();
    let missing: Vec<String> = routes
        .list()
        .iter()
        .filter(|route| !is_stateless(route))
        .map(method_and_path)
        .filter(|name| !listed.contains(&name.as_str()))
        .collect();
    assert!(missing.is_empty(), "in no table of objects.md:\n{}", missing.join("\n"));
    let known: Vec<String> = routes.list().iter().map(method_and_path).collect();
    let stale: Vec<&str> = listed.into_iter().filter(|name| !known.iter().any(|one| one == name)).collect();
    assert!(stale.is_empty(), "no such routes: {stale:?}");
}

/// Who has signed in, by their word; each with the roles that they have.
struct People<'a> {
    browsers: BTreeMap<&'static str, Browser<'a>>,
    /// What each browser carries, to begin anew with where a form gave it something else.
    cookies: BTreeMap<&'static str, BTreeMap<String, String>>,
    actors: BTreeMap<&'static str, Actor>,
}

impl<'a> People<'a> {
    async fn sign_in(app: &'a TestApp) -> Self {
        let (mut browsers, mut cookies, mut actors) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for word in WHO {
            let (browser, actor) = if word == "besökare" {
                (Browser::new(app), Actor::Anonymous)
            } else {
                let roles: String = app
                    .db
                    .value(&format!(
                        "select string_agg(r.role, ' ') from membership_role r join membership m on m.id = r.membership_id
                         join person p on p.id = m.person_id where p.example = '{word}'"
                    ))
                    .await;
                let roles: Vec<Role> = roles.split(' ').filter_map(Role::from_code).collect();
                let browser = Browser::signed_in(app, word).await;
                // The first page says for whom forms are shown.
                browser.get("/mitt").await.expect(200);
                (browser, Actor::Person { id: Uuid::nil(), organisation: None, roles })
            };
            cookies.insert(word, browser.cookies.borrow().clone());
            browsers.insert(word, browser);
            actors.insert(word, actor);
        }
        Self { browsers, cookies, actors }
    }

    /// Has a browser carry what it did at first.
    fn begin_anew(&self, word: &str) {
        self.browsers[word].cookies.replace(self.cookies[word].clone());
        self.browsers[word].shown_for.replace(None);
    }
}

/// What a row says of somebody in a state: none where they have another row, or lack the right.
fn asked<'r>(rows: &[&'r Row], word: &str) -> Option<&'r Row> {
    rows.iter().find(|row| row.who == word).or_else(|| rows.iter().find(|row| row.who == ELSE)).copied()
}

async fn ask(browser: &Browser<'_>, route: &Route, path: &str, sent: &str) -> (u16, String) {
    let answer = if route.method == "GET" {
        browser.get(path).await
    } else {
        let fields: Vec<(String, String)> = url(sent);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(path, &fields).await
    };
    (answer.status.as_u16(), answer.header("location").to_owned())
}

fn url(sent: &str) -> Vec<(String, String)> {
    let parsed = reqwest::Url::parse(&format!("http://x/?{sent}")).expect("fields");
    parsed.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// One table: every route of it, whoever asks, in each state. Gives the rows that are answered otherwise, as they are.
async fn walk(app: &TestApp, people: &People<'_>, table: &Table, made: &Made) -> (Vec<String>, usize) {
    let (mut wrong, mut count) = (Vec::new(), 0);
    let routes = server::routes();
    for route in routes.list() {
        let name = method_and_path(route);
        let rows: Vec<&Row> = table.rows.iter().filter(|row| row.route == name).collect();
        if rows.is_empty() {
            continue;
        }
        for word in WHO {
            let (browser, actor) = (&people.browsers[word], &people.actors[word]);
            let may = route.right.held_by(actor);
            let row = asked(&rows, word);
            let mut found = Vec::new();
            for (place, state) in table.states.iter().enumerate() {
                count += 1;
                let path = made.path(&table.heading, state, route.path, word);
                let sent = row.map_or("", |row| row.sent.as_str()).replace("{region}", &made.region);
                let (status, to) = ask(browser, route, &path, &sent).await;
                if status == 303 && route.method != "GET" {
                    put_back(app, table).await;
                    people.begin_anew(word);
                }
                if may {
                    found.push((status, row.map(|row| row.statuses[place])));
                    continue;
                }
                // Without the right: shown the way, or told so; whatever state it is in.
                let fine = match (word, route.method == "GET") {
                    ("besökare", true) => status == 303 && to.contains("/logga-in?till="),
                    ("besökare", false) => status == 401,
                    _ => status == 403,
                };
                if !fine {
                    wrong.push(format!("{name}: {word}, without the right, {state}: {status}"));
                }
            }
            if found.iter().any(|(status, expected)| Some(*status) != *expected) {
                let statuses: Vec<String> = found.iter().map(|(status, _)| status.to_string()).collect();
                let sent = row.map_or("", |row| row.sent.as_str());
                wrong.push(format!("| {} | {word} | {sent} | {} |", code(&name), statuses.join(" | ")));
            }
        }
    }
    (wrong, count)
}

fn code(name: &str) -> String {
    name.split_once(' ').map_or(name.to_owned(), |(method, path)| format!("{method} `{path}`"))
}

#[tokio::test]
async fn every_route_answers_each_role_in_every_state_of_its_object() {
    let app = TestApp::build().people().spawn().await;
    super::fill(&app.db, false).await;
    let made = make(&app).await;
    let people = People::sign_in(&app).await;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for table in tables(TABLES) {
        keep(&app, &table).await;
        let (found, asked) = walk(&app, &people, &table, &made).await;
        put_back(&app, &table).await;
        count += asked;
        if !found.is_empty() {
            wrong.push(format!("## {}\n{}", table.heading, found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "answered otherwise:\n{}", wrong.join("\n"));
    assert!(count > 2000, "only {count} questions");
}
