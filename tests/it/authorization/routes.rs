//! Every route, asked by a visitor and by each role.

use std::collections::BTreeSet;

use kravbank::{
    kernel::{
        actor::{Actor, Audience, Role},
        web::{Language, Route, links},
    },
    server,
};
use uuid::Uuid;

use super::{
    elsewhere::{administered, expected_elsewhere},
    requirements::{CANARY, ENGLISH_CANARY, STATES, expected, expected_of_preparers, fill},
};
use crate::support::{Browser, TestApp};

/// The addresses of a route with what a visitor is answered at each.
pub fn cases(route: &Route) -> Vec<(String, u16)> {
    let bare: Vec<(String, u16)> = match expected(route.path) {
        Some(statuses) => STATES
            .iter()
            .zip(statuses)
            .map(|((_, id, version), status)| {
                let path = route.path.replace("{id}", id).replace("{version}", version);
                let query = match path.rsplit('/').next() {
                    Some("jamfor") => "?fran=1&till=2".to_owned(),
                    Some("rapportera-fel") => format!("?version={version}"),
                    _ => String::new(),
                };
                (path + &query, status)
            })
            .collect(),
        None => expected_elsewhere(route.path)
            .unwrap_or_else(|| panic!("{} {} is in no table of this test", route.method, route.path)),
    };
    let english = bare
        .iter()
        .filter(|_| route.language == Language::Both)
        .map(|(path, status)| (if path == "/" { "/en".to_owned() } else { format!("/en{path}") }, *status));
    bare.iter().cloned().chain(english).collect()
}

#[tokio::test]
async fn every_route_answers_a_visitor_as_the_tables_say() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for route in server::routes().list() {
        if route.method != "GET" {
            // Below, each of them.
            continue;
        }
        for (path, status) in cases(route) {
            asked += 1;
            let answer = app.get(&path).await;
            if answer.status.as_u16() != status {
                wrong.push(format!("{path}: {} instead of {status}", answer.status));
            }
            let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
            let sign_in = to.trim_start_matches("/en").starts_with("/logga-in?till=");
            if !route.right.of_visitor() && !sign_in {
                wrong.push(format!("{path} takes {:?}, but leads a visitor to {to:?}", route.right));
            }
            let text = String::from_utf8_lossy(&answer.body); // pictures are searched as well
            if text.contains(CANARY) || text.contains(ENGLISH_CANARY) {
                wrong.push(format!("{path} shows what is not published"));
            }
        }
    }
    assert!(asked > 100, "only {asked} addresses");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whoever has signed in is answered as a visitor is where a visitor may come, and elsewhere as their role says.
#[tokio::test]
async fn every_route_answers_each_role() {
    let app = TestApp::build().people().spawn().await;
    fill(&app.db, true).await;
    let people = ["upphandlare", "samordnare", "omradessamordnare", "lmc2", "beslutsfattare", "leverantor2", "bransch", "admin"];
    let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
    for word in people {
        let browser = Browser::signed_in(&app, word).await;
        let roles: String = app
            .db
            .value(&format!(
                "select string_agg(r.role, ' ') from membership_role r join membership m on m.id = r.membership_id
                 join person p on p.id = m.person_id where p.example = '{word}'"
            ))
            .await;
        let roles: Vec<Role> = roles.split(' ').filter_map(Role::from_code).collect();
        met.extend(roles.iter().map(|role| role.code()));
        let actor = Actor::Person { id: Uuid::nil(), organisation: None, roles: roles.clone() };
        for route in server::routes().list().iter().filter(|route| route.method == "GET") {
            let prepares = roles.iter().any(|role| role.audience() >= Audience::Preparers);
            let theirs = expected_of_preparers(route.path).filter(|_| prepares);
            let swedish = cases(route).into_iter().filter(|(path, _)| !path.starts_with("/en")).enumerate();
            for (place, (path, of_visitor)) in swedish {
                let answer = browser.get(&path).await;
                let status = answer.status.as_u16();
                let fine = match route.path {
                    // Whoever has signed in is led on.
                    "/logga-in" | "/logga-in/exempel" => status == 303,
                    // There is no such service to go to.
                    "/mitt/konto/tjanster/{n}/koppla" | "/mitt/bekrafta/{n}" => status == 404,
                    // The people are those of an example bank, where letters are listed.
                    "/exempel/brev" => status == 200,
                    _ if !route.right.of_visitor() && !route.right.held_by(&actor) => status == 403,
                    // Who decides has in front of them what others draft.
                    "/lmc/beslut/nytt" if word == "beslutsfattare" => status == 403,
                    // Nobody's membership.
                    "/mitt/organisation/medlemmar/{id}" => status == 404,
                    _ if !route.right.of_visitor() => {
                        let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
                        // What is not there is not found by who may look, either; what is dealt with by its number has tests of
                        // its own.
                        let is_nobodys = path == administered(route.path) && path != route.path;
                        let is_one = route.path.contains("{number}")
                            || route.path.contains("{area}")
                            || route.path.starts_with("/krav/{id}/");
                        let nothing = status == 404 && (is_nobodys || is_one);
                        (nothing || matches!(status, 200 | 303)) && !to.contains("/logga-in")
                    }
                    _ => status == theirs.map_or(of_visitor, |theirs| theirs[place]),
                };
                if !fine {
                    wrong.push(format!("{word} {path}: {status}"));
                }
                if !prepares && String::from_utf8_lossy(&answer.body).contains(CANARY) {
                    wrong.push(format!("{word} {path} shows what is not published"));
                }
                let machines =
                    links::is_for_machines(path.split('?').next().unwrap_or_default()) || path.contains("/.well-known");
                if !machines && status == 200 && answer.header("content-type").starts_with("text/html") {
                    assert!(answer.header("cache-control").contains("no-store"), "{path}");
                }
            }
        }
    }
    assert_eq!(met.len(), Role::ALL.len(), "every role is met: {met:?}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
