//! Every form, sent by a visitor.

use kravbank::{kernel::web::Language, server};

use super::{
    NOBODYS,
    elsewhere::{administered, in_no_selection, looked_after},
    requirements::{CANARY, ENGLISH_CANARY, STATES, expected, fill},
};
use crate::support::TestApp;

/// What a visitor is answered who sends a form, state by state; none for a route that is not known here.
fn expected_of_forms(pattern: &str) -> Option<Vec<(String, String, u16)>> {
    match pattern {
        "/tillganglighet/rapporter" => {
            Some(vec![(pattern.to_owned(), "text=Fel".to_owned(), 303), (pattern.to_owned(), String::new(), 422)])
        }
        "/krav/{id}/felrapporter" => {
            let statuses = expected("/krav/{id}/rapportera-fel")?.map(|status| if status == 200 { 303 } else { status });
            let case = |((_, id, version), status): (&(&str, &str, &str), u16)| {
                (pattern.replace("{id}", id), format!("version={version}&slag=text&text=Fel+{id}"), status)
            };
            Some(STATES.iter().zip(statuses).map(case).collect())
        }
        "/vagvisare/forslag" => Some(vec![
            (pattern.to_owned(), String::new(), 303),
            (pattern.to_owned(), "grupp=medicinteknik%2Fhandskar&niva=bas".to_owned(), 422),
        ]),
        "/korgar/{id}/delning" => Some(vec![(pattern.replace("{id}", NOBODYS), "dagar=90".to_owned(), 404)]),
        "/korgar/{id}/delning/{share}/tillbakadragande" | "/korgar/{id}/delning/{share}/aterstallning" => {
            Some(vec![(pattern.replace("{id}", NOBODYS).replace("{share}", NOBODYS), String::new(), 404)])
        }
        "/korgar" => Some(vec![(pattern.to_owned(), "namn=Handskar".to_owned(), 303), (pattern.to_owned(), String::new(), 422)]),
        "/korgar/rader" => Some(vec![
            (pattern.to_owned(), "krav=KB-0001".to_owned(), 303),
            (pattern.to_owned(), "krav=KB-0005".to_owned(), 404),
            (pattern.to_owned(), "krav=KB-0011".to_owned(), 404),
            (pattern.to_owned(), String::new(), 404),
        ]),
        "/korgar/urval" | "/logga-ut" | "/visa-igen" | "/logga-in/kod" | "/logga-in/reservkod" => {
            Some(vec![(pattern.to_owned(), String::new(), 303)])
        }
        // There is no such service.
        "/logga-in/oidc/{n}" => Some(vec![(pattern.replace("{n}", "1"), String::new(), 404)]),
        "/k/{key}/kopior" => Some(vec![(format!("/k/{}/kopior", "e0".repeat(16)), String::new(), 404)]),
        "/logga-in" => Some(vec![
            (pattern.to_owned(), "epost=ingen%40example.org&losenord=fyra+ord+utan+samband".to_owned(), 422),
            (pattern.to_owned(), String::new(), 422),
        ]),
        "/logga-in/exempel" => Some(vec![(pattern.to_owned(), "person=admin".to_owned(), 404)]),
        "/setup" => Some(vec![(pattern.to_owned(), "kod=x&namn=Anna&epost=anna%40example.org".to_owned(), 404)]),
        // The same whoever has an account.
        "/glomt-losenord" => Some(vec![
            (pattern.to_owned(), "epost=ingen%40example.org".to_owned(), 303),
            (pattern.to_owned(), "epost=ingen".to_owned(), 422),
        ]),
        "/bekrafta-epost/{key}" => Some(vec![(format!("/bekrafta-epost/{}", "0".repeat(64)), String::new(), 404)]),
        "/registrera/{slag}" => {
            let who = "namn=Eva&epost=eva%40bolaget.example&organisation=Bolaget&land=NO";
            let at = |slag: &str| pattern.replace("{slag}", slag);
            Some(vec![
                (at("leverantor"), format!("{who}&typ=supplier"), 303),
                (at("leverantor"), who.to_owned(), 422),
                (at("myndighet"), format!("{who}&myndighet=annan"), 303),
                (at("myndighet"), format!("{who}&myndighet={NOBODYS}"), 422),
                (at("annan"), who.to_owned(), 404),
            ])
        }
        "/registrera/bekrafta/{key}" | "/inbjudan/{key}" => {
            let body = "namn=Eva&losenord=fyra+ord+utan+samband".to_owned();
            Some(vec![(pattern.replace("{key}", &"0".repeat(64)), body, 404)])
        }
        "/lmc/konton/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), "gor=godkann".to_owned(), 401)]),
        "/valj-losenord/{key}" => {
            Some(vec![(format!("/valj-losenord/{}", "0".repeat(64)), "losenord=fyra+ord+utan+samband".to_owned(), 404)])
        }
        _ if pattern.starts_with("/admin") => {
            Some(vec![(administered(pattern), "gor=sparra&roll=admin&organisation=sekretariatet&network=X".to_owned(), 401)])
        }
        _ if ["/krav/{id}/dialog", "/krav/{id}/erfarenhet", "/dialog/", "/erfarenhet/"]
            .iter()
            .any(|part| pattern.starts_with(part)) =>
        {
            let path = pattern.replace("/krav/{id}", "/krav/KB-0001").replace("{thread}", NOBODYS).replace("{id}", NOBODYS);
            Some(vec![(path, "slag=fraga&text=Hej&gor=lost&provning=none&kontroll=yes".to_owned(), 401)])
        }
        "/lmc/moderering/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), "steg=dolj".to_owned(), 401)]),
        _ if pattern.starts_with("/forslag") => {
            let path = pattern.replace("{number}", "F-2026-0001").replace("{id}", NOBODYS).replace("{thread}", NOBODYS);
            Some(vec![(path, "slag=nytt&las=1".to_owned(), 401)])
        }
        _ if pattern.starts_with("/beslut") => {
            Some(vec![(pattern.replace("{number}", "B-0001"), "anteckning=A".to_owned(), 401)])
        }
        _ if pattern.starts_with("/lmc") => Some(vec![(looked_after(pattern), "slag=fault".to_owned(), 401)]),
        _ if pattern.starts_with("/mitt") => Some(vec![(
            pattern.replace("{id}", NOBODYS),
            format!("uppdrag={NOBODYS}&namn=Annan&sprak=sv&nuvarande=x&losenord=fyra+ord+utan+samband"),
            401,
        )]),
        // Whoever has no key, or another one, changes nothing.
        _ if pattern.starts_with("/korgar/{id}") => {
            let body = "krav=KB-0001&at=upp&behall=ja&namn=x&las=1&stycke=x&skal=x&gor=spara";
            Some(vec![(in_no_selection(pattern), body.to_owned(), 404)])
        }
        _ => None,
    }
}

/// Every route that changes something: what is not in the table fails, whatever the object's state and the language.
#[tokio::test]
async fn every_form_answers_a_visitor_as_the_table_says() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    fill(&app.db, true).await;
    let (mut wrong, mut sent) = (Vec::new(), 0);
    let routes = server::routes();
    for route in routes.list().iter().filter(|route| route.method != "GET") {
        assert_eq!(route.method, "POST", "{}", route.path);
        let prefixes: &[&str] = if route.language == Language::Both { &["", "/en"] } else { &[""] };
        let cases = expected_of_forms(route.path).unwrap_or_else(|| panic!("POST {} is in no table of this test", route.path));
        for (path, body, status) in cases {
            for path in prefixes.iter().map(|prefix| format!("{prefix}{path}")) {
                sent += 1;
                let client = format!("192.0.2.{sent}");
                let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", client.as_str())];
                let answer = app.send(reqwest::Method::POST, &path, &headers, body.clone()).await;
                if answer.status.as_u16() != status {
                    wrong.push(format!("POST {path} {body}: {} instead of {status}", answer.status));
                }
                if answer.text().contains(CANARY) || answer.text().contains(ENGLISH_CANARY) {
                    wrong.push(format!("POST {path} shows what is not published"));
                }
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
                // Only what goes into a selection makes the browser carry anything, and whoever signs out is told of it.
                let selects = ["/korgar", "/k/", "/logga-ut"].iter().any(|part| path.contains(part));
                let names = ["korg=", "besked=", "session=;"];
                let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
                for cookie in cookies {
                    assert!(selects && names.iter().any(|name| cookie.starts_with(name)), "{path}: {cookie}");
                }
            }
        }
    }
    assert!(sent > 20, "only {sent} forms");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
