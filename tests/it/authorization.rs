//! Who may ask for what: every route, whoever asks, whatever state the thing is in. What the tables here do not know is
//! denied, that is, the test fails.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write,
    fs,
    path::Path,
};

use kravbank::{
    kernel::{
        actor::{Actor, Audience, Role, System},
        rights::Right,
        web::{Language, Route, links},
    },
    requirements::{
        self,
        lifecycle::Step,
        policy::{Advance, HideText, Repeal, Stop},
        workflow,
    },
    server,
};
use serde_json::json;
use sqlx::Connection;
use time::Duration;
use uuid::Uuid;

use crate::support::{Browser, Import, Line, NOW, TestApp, TestDb, complete, lines};

const EXAMPLE: Actor = Actor::System(System::Example);
/// A word that stands in nothing that was published.
const CANARY: &str = "kanariefågelvisning";
const ENGLISH_CANARY: &str = "canarydisplaying";

/// The id of what is nobody's.
const NOBODYS: &str = "01900000-0000-7000-8000-000000000000";

/// A requirement in each state, by number and version: what it is called in the tables below.
const STATES: [(&str, &str, &str); 14] = [
    ("in force", "KB-0001", "2"),
    ("superseded", "KB-0001", "1"),
    ("no such version", "KB-0001", "9"),
    ("to come, nothing before", "KB-0002", "1"),
    ("repealed", "KB-0003", "1"),
    ("stopped", "KB-0004", "1"),
    ("preparation only", "KB-0005", "1"),
    ("in force, text hidden", "KB-0006", "1"),
    ("superseded, text hidden", "KB-0007", "1"),
    ("in preparation beside one in force", "KB-0008", "2"),
    ("ready, nothing before", "KB-0009", "1"),
    ("revoked before its day", "KB-0010", "1"),
    ("discarded", "KB-0011", "1"),
    ("unknown", "KB-0999", "1"),
];

/// A bank with a requirement in each state; the open ones only if `prepared`.
pub async fn fill(db: &TestDb, prepared: bool) {
    let before = NOW - Duration::days(30);
    let past = Import::current().at(before);
    let first: Vec<Line> = [1, 3, 4, 6, 7, 8]
        .iter()
        .map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}")).set("family", "familj-ett"))
        .collect();
    past.accepted(db, lines(&first)).await;
    let coming: Vec<Line> = [2, 10]
        .iter()
        .map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}")).set("effective_from", "2027-06-01"))
        .collect();
    past.accepted(db, lines(&coming)).await;
    let second: Vec<Line> =
        [1, 7].iter().map(|n| Line::empty().id(&format!("KB-{n:04}")).set("text", json!([format!("Ny text {n}.")]))).collect();
    past.at(NOW - Duration::days(10)).accepted(db, lines(&second)).await;
    if prepared {
        Import::preparation().at(NOW - Duration::days(1)).accepted(db, canary()).await;
    }
    let mut connection = db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let stored = requirements::load(&mut tx, &[3, 4, 6, 7, 9, 10, 11]).await.expect("requirements");
    let version = |n: i64| stored[&n].open.as_ref().or(stored[&n].decided.as_ref()).expect("a version").id;
    let first_of_7 = requirements::version_id(&mut tx, stored[&7].id, 1).await.expect("read").expect("the first version");
    let end = NOW - Duration::days(5);
    let permit = Repeal::ask(&mut tx, &EXAMPLE, stored[&3].id, end).await.expect("a permit");
    workflow::repeal(&mut tx, &permit, "Behövs inte.", end, &[(stored[&4].id, "merged")], before).await.expect("repealed");
    let permit = Stop::ask(&mut tx, &EXAMPLE, stored[&4].id, end).await.expect("a permit");
    workflow::stop(&mut tx, &permit, "Mätningen är osäker.", end, before).await.expect("stopped");
    for id in [version(6), first_of_7] {
        let permit = HideText::ask(&mut tx, &EXAMPLE, id).await.expect("a permit");
        workflow::hide_text(&mut tx, &permit, "Upphovsrätt.", before).await.expect("hidden");
    }
    let revoke = Step::Revoke { reason: "Fel.", takes_effect: NOW + Duration::days(60), now: before };
    let steps = [(10, revoke), (9, Step::Submit), (11, Step::Discard("Behövs inte."))];
    for (n, step) in steps.into_iter().take(if prepared { 3 } else { 1 }) {
        let seen = sqlx::query_scalar("select lock_version from requirement_version where id = $1").bind(version(n));
        let seen = seen.fetch_one(&mut *tx).await.expect("a lock number");
        let permit = Advance::ask(&mut tx, &EXAMPLE, version(n), seen).await.expect("a permit");
        workflow::advance(&mut tx, &permit, step, before).await.expect("advanced");
    }
    tx.commit().await.expect("it is kept");
}

/// Preparations, with the canary in every text of their own.
fn canary() -> String {
    let secret = |line: Line, title: String| {
        line.set("title", title)
            .set("title_en", format!("Title {ENGLISH_CANARY}"))
            .set("text", json!([format!("Ett {CANARY} ska uppfyllas.")]))
            .set("text_en", json!([format!("A {ENGLISH_CANARY} shall be met.")]))
            .set("rationale", format!("Det ger {CANARY}."))
            .set("rationale_en", format!("It gives {ENGLISH_CANARY}."))
            .set("proportionality", format!("Ett {CANARY} räcker."))
            .set("legal_floor", format!("Lagen kräver {CANARY}."))
            .set("evidence", json!([{"kind": "epd", "text": format!("Intyg om {CANARY}."), "text_en": ENGLISH_CANARY}]))
            .set("follow_up", json!({"method": format!("Mät {CANARY}."), "effort": "large"}))
            .set("references", json!([{"name": format!("Lag om {CANARY}"), "kind": "law"}]))
            .set("change_note", format!("Nu med {CANARY}."))
            .set("running_contracts", format!("Avtal får {CANARY}."))
    };
    lines(&[
        secret(complete("x").set("guidance", CANARY), format!("Krav om {CANARY}")).id("KB-0005"),
        secret(Line::empty(), format!("Krav om {CANARY}")).id("KB-0008"),
        secret(complete("x"), format!("Annat krav om {CANARY}")).id("KB-0009"),
        secret(complete("x"), format!("Tredje krav om {CANARY}")).id("KB-0011"),
    ])
}

/// What a visitor is answered, state by state, for each address of a requirement; none for a route that is not known here.
fn expected(pattern: &str) -> Option<[u16; 14]> {
    Some(match pattern {
        "/krav/{id}" | "/api/v1/requirements/{id}" => [200, 200, 200, 200, 200, 200, 404, 410, 200, 200, 404, 200, 404, 404],
        "/krav/{id}/v/{version}" | "/api/v1/requirements/{id}/versions/{version}" => {
            [200, 200, 404, 200, 200, 200, 404, 410, 410, 404, 404, 200, 404, 404]
        }
        "/krav/{id}/historik" | "/api/v1/requirements/{id}/versions" => {
            [200, 200, 200, 200, 200, 200, 404, 200, 200, 200, 404, 200, 404, 404]
        }
        // Whatever may be seen may be reported, also that a text is hidden; the form and where it is sent. Without a version
        // it is the one that the requirement's page shows.
        "/krav/{id}/rapportera-fel" => [200, 200, 404, 200, 200, 200, 404, 200, 200, 404, 404, 200, 404, 404],
        "/krav/{id}/felrapporter" => [303, 303, 303, 303, 303, 303, 404, 303, 303, 303, 404, 303, 404, 404],
        // Versions 1 and 2 are compared: both have to be decided, with texts that may be shown.
        "/krav/{id}/jamfor" => [200, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
        _ => return None,
    })
}

/// What is answered to those who prepare and decide, where it is another thing: what is in preparation is theirs to see.
fn expected_of_preparers(pattern: &str) -> Option<[u16; 14]> {
    Some(match pattern {
        "/krav/{id}" => [200, 200, 200, 200, 200, 200, 200, 410, 200, 200, 200, 200, 200, 404],
        "/krav/{id}/v/{version}" => [200, 200, 404, 200, 200, 200, 200, 410, 410, 200, 200, 200, 200, 404],
        "/krav/{id}/historik" => [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404],
        "/krav/{id}/rapportera-fel" => [200, 200, 404, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404],
        "/krav/{id}/felrapporter" => [303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 404],
        "/krav/{id}/jamfor" => [200, 200, 200, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404, 404],
        _ => return None,
    })
}

/// What a visitor is answered at the addresses that name no requirement.
fn expected_elsewhere(pattern: &str) -> Option<Vec<(String, u16)>> {
    match pattern {
        "/"
        | "/krav"
        | "/omraden"
        | "/organisationer"
        | "/ordlista"
        | "/om"
        | "/tillganglighet"
        | "/importformat"
        | "/jamfor"
        | "/oppna-data"
        | "/oppna-data/check_hash.py"
        | "/api/v1"
        | "/livez"
        | "/api/v1/requirements"
        | "/api/v1/product-areas"
        | "/api/v1/objectives"
        | "/api/v1/cpv"
        | "/api/v1/organisations"
        | "/api/v1/api-info"
        | "/api/v1/openapi.json"
        | "/robots.txt"
        | "/security-policy.txt"
        | "/favicon.ico"
        | "/apple-touch-icon.png"
        | "/registrera"
        | "/registrera/skickat"
        | "/glomt-losenord"
        | "/glomt-losenord/skickat"
        | "/korgar" => Some(vec![(pattern.to_owned(), 200)]),
        "/sitemap.xml" => {
            let known = [
                ("", 200),
                ("?part=pages", 200),
                ("?part=organisations", 200),
                ("?part=0", 200),
                ("?part=00", 404),
                ("?part=1", 404),
                ("?part=x", 404),
            ];
            Some(known.map(|(query, status)| (format!("{pattern}{query}"), status)).to_vec())
        }
        "/logga-in" => Some(vec![(pattern.to_owned(), 200), ("/logga-in?till=%2Fkrav".to_owned(), 200)]),
        "/valj-losenord/{key}" => {
            Some(vec![("/valj-losenord/nyckel".to_owned(), 404), (format!("/valj-losenord/{}", "0".repeat(64)), 404)])
        }
        "/mitt/konto/tjanster/{n}/koppla" | "/mitt/bekrafta/{n}" => Some(vec![(pattern.replace("{n}", "1"), 303)]),
        "/mitt/konto/kopplingar/{id}/borttagning" | "/mitt/sessioner/{id}/avslut" => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        // Only where visitors come by https; only in the example bank; only where the program has printed a key.
        "/.well-known/security.txt" | "/logga-in/exempel" | "/exempel/brev" | "/setup" => Some(vec![(pattern.to_owned(), 404)]),
        "/bekrafta-epost/{key}" => {
            Some(vec![("/bekrafta-epost/nyckel".to_owned(), 404), (format!("/bekrafta-epost/{}", "0".repeat(64)), 404)])
        }
        "/registrera/{slag}" => {
            let known = [("leverantor", 200), ("myndighet", 200), ("annan", 404)];
            Some(known.map(|(slag, status)| (pattern.replace("{slag}", slag), status)).to_vec())
        }
        "/registrera/bekrafta/{key}" | "/inbjudan/{key}" => {
            let keys = ["nyckel".to_owned(), "0".repeat(64)];
            Some(keys.map(|key| (pattern.replace("{key}", &key), 404)).to_vec())
        }
        _ if pattern.starts_with("/mitt/organisation/") || pattern.starts_with("/lmc/konton") => {
            Some(vec![(pattern.replace("{id}", NOBODYS), 303)])
        }
        "/mitt/inbjudningar/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), 303)]),
        "/exempel/brev/{id}" => Some(vec![(pattern.replace("{id}", NOBODYS), 404)]),
        "/felrapporter/{receipt}" => Some(vec![
            ("/felrapporter/00000000-0000-0000-0000-000000000000".to_owned(), 404),
            ("/felrapporter/FR-0001".to_owned(), 404),
        ]),
        // No worker runs in these tests.
        "/readyz" => Some(vec![(pattern.to_owned(), 503)]),
        // Everybody in the table is public.
        "/organisationer/{slug}" | "/api/v1/organisations/{slug}" => {
            let known = [("region-norrbotten", 200), ("lmc", 200), ("swedish-medtech", 200), ("bolaget", 404), ("LMC", 404)];
            Some(known.map(|(slug, status)| (pattern.replace("{slug}", slug), status)).to_vec())
        }
        "/omraden/{area}" => Some(vec![("/omraden/medicinteknik".to_owned(), 200), ("/omraden/rymdfart".to_owned(), 404)]),
        "/omraden/{area}/{group}" => {
            let known = [("handskar", 200), ("textilier-och-arbetsklader", 404), ("rymddrakter", 404)];
            Some(known.map(|(group, status)| (format!("/omraden/medicinteknik/{group}"), status)).to_vec())
        }
        "/omraden/{area}/nivaer" => {
            Some(vec![("/omraden/medicinteknik/nivaer".to_owned(), 200), ("/omraden/rymdfart/nivaer".to_owned(), 404)])
        }
        "/omraden/{area}/{group}/nivaer" => {
            let known = [("handskar", 200), ("textilier-och-arbetsklader", 404), ("rymddrakter", 404)];
            Some(known.map(|(group, status)| (format!("/omraden/medicinteknik/{group}/nivaer"), status)).to_vec())
        }
        // Without an answer to the steps before, a step of the guide leads back to the first that lacks one.
        "/vagvisare" => Some(vec![(pattern.to_owned(), 200), ("/vagvisare?q=handskar".to_owned(), 200)]),
        "/vagvisare/avtal" | "/vagvisare/ambition" | "/vagvisare/forslag" => {
            Some(vec![(pattern.to_owned(), 303), (format!("{pattern}?grupp=medicinteknik%2Fhandskar&niva=spjutspets"), 200)])
        }
        // Somebody else's, and none at all.
        "/korgar/{id}/oversikt" => Some(vec![
            (pattern.replace("{id}", "00000000-0000-0000-0000-000000000000"), 404),
            (pattern.replace("{id}", "x"), 404),
        ]),
        // Where forms are sent leads by hand to the page of the form, and what is one's own to where one signs in.
        "/tillganglighet/rapporter"
        | "/korgar/rader"
        | "/korgar/urval"
        | "/logga-ut"
        | "/mitt"
        | "/mitt/konto"
        | "/mitt/epost"
        | "/mitt/organisation"
        | "/mitt/losenord"
        | "/mitt/sessioner"
        | "/mitt/sessioner/avslut"
        | "/mitt/uppdrag"
        | "/mitt/bekrafta"
        | "/mitt/uppgifter"
        | "/mitt/uppgifter/utdrag"
        | "/mitt/uppgifter/utdrag/fil"
        | "/mitt/radera"
        | "/mitt/konto/tjanster"
        | "/mitt/tvasteg"
        | "/mitt/tvasteg/start"
        | "/mitt/tvasteg/ny"
        | "/mitt/tvasteg/reservkoder"
        | "/mitt/tvasteg/reservkoder/sparade"
        | "/mitt/tvasteg/ta-bort"
        | "/mitt/tvasteg/borttagning"
        | "/visa-igen"
        // Nobody has shown a password.
        | "/logga-in/kod"
        | "/logga-in/reservkod" => Some(vec![(pattern.to_owned(), 303)]),
        // There is no such provider.
        "/logga-in/oidc/{n}" | "/logga-in/oidc/{n}/svar" => Some(vec![(pattern.replace("{n}", "1"), 404)]),
        _ if pattern.starts_with("/admin") => Some(vec![(administered(pattern), 303)]),
        // So do pages for those who look after the bank, whatever is asked for.
        _ if pattern.starts_with("/lmc") => Some(vec![(pattern.replace("{number}", "1"), 303)]),
        "/k/{key}/kopior" => Some(vec![(format!("/k/{}/kopior", "e0".repeat(16)), 303), ("/k/x/kopior".to_owned(), 404)]),
        "/static/{file}" => Some(vec![("/static/app.css".to_owned(), 404)]),
        // A selection is its browser's own, and a link is a secret: a visitor has neither.
        "/korgar/{id}/hamta" | "/korgar/{id}/delning" => {
            Some(vec![(pattern.replace("{id}", NOBODYS), 404)])
        }
        "/korgar/{id}/export" => {
            let path = pattern.replace("{id}", NOBODYS);
            Some(vec![(format!("{path}?format=exe"), 400), (path, 404)])
        }
        "/korgar/{id}/delning/{share}/tillbakadragande" | "/korgar/{id}/delning/{share}/aterstallning" => {
            Some(vec![(pattern.replace("{id}", NOBODYS).replace("{share}", NOBODYS), 303)])
        }
        "/k/{key}" => Some(vec![("/k/00000000000000000000000000000000".to_owned(), 404), ("/k/nyckel".to_owned(), 404)]),
        "/k/{key}/export" => Some(vec![
            ("/k/00000000000000000000000000000000/export?format=exe".to_owned(), 400),
            ("/k/00000000000000000000000000000000/export".to_owned(), 404),
        ]),
        _ if pattern.starts_with("/korgar/{id}") => {
            let status = if leads_on(pattern) { 303 } else { 404 };
            Some(vec![(in_no_selection(pattern), status)])
        }
        _ => None,
    }
}

/// An address of the administration, of what is not there.
fn administered(pattern: &str) -> String {
    let nobody = if pattern.contains("/jobb/") { "999999999" } else { NOBODYS };
    pattern.replace("{id}", nobody).replace("{slug}", "ingen")
}

/// An address below a selection that is not this browser's; a selection that there is has the same answers, which
/// `selections/strangers.rs` shows.
fn in_no_selection(pattern: &str) -> String {
    let unknown = "00000000-0000-0000-0000-000000000000";
    ["{id}", "{row}", "{other}", "{batch}"].iter().fold(pattern.to_owned(), |path, part| path.replace(part, unknown))
}

/// Whether an address below a selection only leads on to its page: there is a form to send, and nothing to see.
fn leads_on(pattern: &str) -> bool {
    let ends = [
        "/anvandning",
        "/borttagning",
        "/angrat",
        "/plats",
        "/aterstallning",
        "/rader",
        "/bekraftelse",
        "/kopior",
        "/{other}",
        "/kollegor",
        "/overlamning",
        "/overtagande",
    ];
    ends.iter().any(|end| pattern.ends_with(end))
}

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
                    // Nobody's membership.
                    "/mitt/organisation/medlemmar/{id}" => status == 404,
                    _ if !route.right.of_visitor() => {
                        let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
                        // What is not there is not found by who may look, either; what is dealt with by its number has tests of
                        // its own.
                        let is_nobodys = path == administered(route.path) && path != route.path;
                        let nothing = status == 404 && (is_nobodys || route.path.contains("{number}"));
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
        _ if pattern.starts_with("/lmc") => Some(vec![(pattern.replace("{number}", "1"), "slag=fault".to_owned(), 401)]),
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

/// A form on another site cannot send anything here: every route that changes something, in both languages.
#[tokio::test]
async fn nothing_is_taken_from_other_sites() {
    let app = TestApp::build().base_url("https://kravbanken.example.se:443/x").trusted_proxies("127.0.0.1").spawn().await;
    fill(&app.db, false).await;
    let host = app.url.trim_start_matches("http://").to_owned();
    let own = format!("http://{host}");
    let cases: [(&[(&str, &str)], bool); 14] = [
        (&[], true),
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "none")], true),
        (&[("origin", &own)], true),
        // Behind a proxy that passes another host on, our address is the one that visitors use.
        (&[("origin", "https://kravbanken.example.se")], true),
        (&[("origin", "https://kravbanken.example.se"), ("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], false),
        (&[("sec-fetch-site", "same-site"), ("origin", "https://annat.example.se")], false),
        (&[("origin", "https://evil.example")], false),
        (&[("origin", "http://kravbanken.example.se")], false),
        (&[("origin", "https://kravbanken.example.se.evil.example")], false),
        (&[("origin", "null")], false),
    ];
    let (mut sent, mut reported) = (0, 0);
    for route in server::routes().list().iter().filter(|route| route.method != "GET") {
        let reports = route.path.ends_with("rapporter");
        // Below a selection, or behind a link, that is not this browser's nothing is there for who is let through.
        let taken = match route.path {
            "/logga-in" | "/glomt-losenord" => 422,
            "/logga-in/exempel" | "/setup" => 404,
            _ if !route.right.of_visitor() => 401,
            _ if reports || !route.path.contains('{') => 303,
            _ => 404,
        };
        let prefixes: &[&str] = if route.language == Language::Both { &["", "/en"] } else { &[""] };
        for prefix in prefixes {
            let path = format!("{prefix}{}", in_no_selection(&route.path.replace("/krav/{id}", "/krav/KB-0001")));
            for (headers, allowed) in cases {
                sent += 1;
                let client = format!("2001:db8:{sent}::1");
                let mut all = vec![("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", client.as_str())];
                all.extend(headers);
                let answer = app
                    .send(reqwest::Method::POST, &path, &all, "text=Fel&slag=text&krav=KB-0001&namn=Korg&at=upp&behall=ja")
                    .await;
                let expected = if allowed { taken } else { 403 };
                reported += usize::from(reports && allowed);
                assert_eq!(answer.status.as_u16(), expected, "{path} {headers:?}: {}", answer.text());
                if !allowed {
                    let heading = if prefix.is_empty() {
                        "Det kom inte från Kravbankens sidor"
                    } else {
                        "This did not come from the pages of Kravbanken"
                    };
                    assert_eq!(answer.texts("h1"), [heading]);
                    assert_eq!(answer.header("cache-control"), "no-store");
                }
            }
        }
    }
    let kept: i64 = app.db.value("select count(*) from fault_report").await;
    assert_eq!(usize::try_from(kept).expect("a count"), reported, "what is refused leaves nothing behind");
    assert!(sent > reported && reported > 20, "{sent} forms, {reported} reports");
    let selections: i64 = app.db.value("select count(*) from selection").await;
    let makes = |pattern: &&str| ["/korgar", "/korgar/rader", "/korgar/urval"].contains(pattern);
    let made = server::routes().list().iter().filter(|route| route.method != "GET" && makes(&route.path)).count();
    let allowed = cases.iter().filter(|(_, allowed)| *allowed).count();
    assert_eq!(usize::try_from(selections).expect("a count"), made * 2 * allowed, "nor any selection");
    // What changes nothing may be asked for from anywhere: links from other sites lead here.
    for path in ["/", "/krav/KB-0001", "/tillganglighet"] {
        app.get_with(path, &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]).await.expect(200);
    }
}

/// Whatever a reader may ask, the answer is the same for whoever is not there and whoever may not be seen.
#[tokio::test]
async fn what_may_not_be_seen_answers_like_what_is_not_there() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    for pattern in
        ["/krav/{id}", "/krav/{id}/v/1", "/krav/{id}/historik", "/api/v1/requirements/{id}", "/api/v1/requirements/{id}/versions"]
    {
        let ask = async |id: &str| {
            let answer = app.get_with(&pattern.replace("{id}", id), &[("x-request-id", "same")]).await;
            (answer.status, answer.text().replace(id, "KB-XXXX"))
        };
        let unknown = ask("KB-0999").await;
        for hidden in ["KB-0005", "KB-0009", "KB-0011"] {
            assert_eq!(ask(hidden).await, unknown, "{pattern} tells of {hidden}");
        }
    }
}

/// Addresses of this site on a page.
fn links(page: &crate::support::Answer) -> Vec<String> {
    let mut found = Vec::new();
    for (selector, attribute) in
        [("a[href]", "href"), ("link[href]", "href"), ("script[src]", "src"), ("img[src]", "src"), ("form[action]", "action")]
    {
        for link in page.attributes(selector, attribute) {
            let link = link.strip_prefix("http://127.0.0.1:3000").map_or(link.clone(), str::to_owned);
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if let Some(query) = link.strip_prefix('?') {
                found.push(format!("{}?{query}", page.path.split('?').next().unwrap_or_default()));
            } else if link.starts_with('/') && !link.starts_with("//") {
                found.push(link);
            }
        }
    }
    found
}

/// Follows every link from the start pages, and asks for whatever a visitor may think of.
#[tokio::test]
async fn nobody_who_walks_about_finds_what_is_not_published() {
    const BOUND: usize = 300;
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    let mut waiting: VecDeque<String> =
        ["/", "/en", "/krav?status=current&status=coming&status=superseded&status=repealed"].map(str::to_owned).into();
    waiting.extend(
        server::routes()
            .list()
            .iter()
            .flat_map(|route| cases(route).into_iter().filter(|(_, status)| *status == 200))
            .map(|case| case.0),
    );
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut walked = 0;
    while let Some(path) = waiting.pop_front() {
        walked += 1;
        if walked > BOUND {
            break;
        }
        let answer = app.get(&path).await;
        let status = answer.status.as_u16();
        // A link leads somewhere: at worst to a page that says why there is nothing.
        // Where a form is sent is no link, but leads back to the form.
        assert!(status < 400 || status == 410, "{path} is linked to and answers {status}");
        let text = String::from_utf8_lossy(&answer.body); // pictures are searched as well
        for secret in [CANARY, ENGLISH_CANARY, "KB-0005", "KB-0009", "KB-0011", "KB-0008:2", "KB-0008/v/2"] {
            assert!(!text.contains(secret), "{path} shows {secret}");
        }
        if answer.header("content-type").starts_with("text/html") {
            for link in links(&answer) {
                // Filters of filters have no end.
                // Each page has its own link to one and the same form.
                if link.matches('&').count() <= 1
                    && !link.contains("/tillganglighet?sida=")
                    && !link.contains("/logga-in?till=")
                    && seen.insert(link.clone())
                {
                    waiting.push_back(link);
                }
            }
        }
    }
    assert!(walked > 100, "only {walked} pages were found");
}

#[tokio::test]
async fn nobody_who_searches_finds_what_is_not_published() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    for word in [CANARY, ENGLISH_CANARY, "kanariefågel", "KB-0005", "kb9", "Annat krav om"] {
        let query = reqwest::Url::parse_with_params("http://x/", [("q", word)])
            .expect("an address")
            .query()
            .unwrap_or_default()
            .to_owned();
        for status in ["", "&status=current&status=coming&status=superseded&status=repealed", "&status=preparation"] {
            for prefix in ["", "/en"] {
                let page = app.get(&format!("{prefix}/krav?{query}{status}")).await;
                let hits: Vec<String> =
                    page.attributes("main a[href]", "href").into_iter().filter(|href| href.contains("/krav/KB-")).collect();
                assert_eq!(hits, Vec::<String>::new(), "{word} {status}");
            }
        }
        for status in ["", "&status=current", "&status=coming", "&status=superseded", "&status=repealed"] {
            let list = app.get(&format!("/api/v1/requirements?{query}{status}")).await.expect(200).json();
            assert_eq!((&list["total"], &list["items"]), (&json!(0), &json!([])), "{word} {status}");
        }
    }
}

/// The files that a region leaves with hold what a visitor may see.
#[tokio::test]
async fn nothing_that_is_not_published_is_in_the_files_of_an_export() {
    let db = TestDb::create();
    fill(&db, true).await;
    let (folder, manifest) = crate::open_data::export::write(&db).await;
    let mut read = String::new();
    for name in manifest.files.keys() {
        read += &fs::read_to_string(folder.path().join(name)).expect("a text");
    }
    for secret in [CANARY, ENGLISH_CANARY, "KB-0005", "KB-0009", "KB-0011", "KB-0008:2", "KB-0008/v/2"] {
        assert!(!read.contains(secret), "an export shows {secret}");
    }
    let versions = fs::read_to_string(folder.path().join("requirements.jsonl")).expect("a text");
    let seen: Vec<(String, i64)> = versions
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"))
        .map(|version| (version["id"].as_str().expect("an id").to_owned(), version["version"].as_i64().expect("a number")))
        .collect();
    let expected = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (6, 1), (7, 1), (7, 2), (8, 1), (10, 1)];
    assert_eq!(seen, expected.map(|(n, version)| (format!("KB-{n:04}"), version)));
    // Texts that may not be shown, and what would come into force again, are not there to be read in.
    let left_out = fs::read_to_string(folder.path().join("import/left-out.csv")).expect("a text");
    let left_out: Vec<&str> = left_out.lines().skip(1).collect();
    assert_eq!(
        left_out,
        ["KB-0003,1,repealed", "KB-0004,1,stopped", "KB-0006,1,not_shown", "KB-0007,1,not_shown", "KB-0010,1,revoked"]
    );
}

/// Without the ids of this run.
fn timeless(text: &str) -> String {
    let (mut clean, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        if text.get(at..at + 36).is_some_and(|part| part.contains('-') && Uuid::parse_str(part).is_ok()) {
            clean.push_str("ID");
            at += 36;
        } else {
            clean.push(next);
            at += next.len_utf8();
        }
    }
    clean
}

/// Counts, filters, orders, dates: nothing that is public tells whether there is something in preparation.
#[tokio::test]
async fn nothing_public_changes_when_something_is_prepared() {
    let (with, without) = (TestApp::spawn().await, TestApp::spawn().await);
    fill(&with.db, true).await;
    fill(&without.db, false).await;
    let mut wrong = Vec::new();
    for path in [
        "/",
        "/en",
        "/krav",
        "/krav?sortera=senast",
        "/krav?niva=basic&omrade=medicinteknik",
        "/krav/KB-0008",
        "/krav/KB-0008/historik",
        "/krav/KB-0001",
        "/omraden",
        "/omraden/medicinteknik",
        "/omraden/medicinteknik/handskar",
        "/organisationer",
        "/organisationer/region-ostergotland",
        "/api/v1/organisations",
        "/api/v1/requirements",
        "/api/v1/requirements?status=current&status=coming&status=superseded&status=repealed&limit=100",
        "/api/v1/requirements?updated_since=2026-11-20",
        "/api/v1/requirements/KB-0008",
        "/api/v1/requirements/KB-0008/versions",
        "/api/v1/product-areas",
    ] {
        let (one, other) = (with.get(path).await.expect(200), without.get(path).await.expect(200));
        let (one, other) = (timeless(&one.text()), timeless(&other.text()));
        if one != other {
            let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(80);
            let cut = |text: &str| text.bytes().skip(at).take(220).map(char::from).collect::<String>();
            wrong.push(format!("{path}\n  with preparations:    {}\n  without preparations: {}", cut(&one), cut(&other)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// `docs/rights.md`, made from the code: the rights with their holders, and every route with the right that it takes.
fn rights_document() -> String {
    let mut text = String::from(
        "# Rights\n\nWho may do what, and what each address takes. Made from `src/kernel/rights.rs` and the routes by \
         `tests/it/authorization.rs` (`UPDATE_DOCS=1 cargo test rights` writes it anew). What is not listed is denied.\n\n",
    );
    let roles = Role::ALL.map(|role| format!("{role:?}")).join(" | ");
    let _ = writeln!(text, "| Right | Visitor | {roles} |\n|---|{}", "---|".repeat(Role::ALL.len() + 1));
    let mark = |yes: bool| if yes { "✓" } else { "" };
    for right in Right::ALL {
        let holders = Role::ALL.map(|role| mark(right.of(role))).join(" | ");
        let _ = writeln!(text, "| {right:?} | {} | {holders} |", mark(right.of_visitor()));
    }
    let systems = [System::CommandLine, System::Example, System::Import, System::Job];
    let _ = writeln!(
        text,
        "\nThe program itself, where it acts without a person:\n\n| Right | {} |\n|---|{}",
        systems.map(|system| format!("{system:?}")).join(" | "),
        "---|".repeat(systems.len())
    );
    for right in Right::ALL {
        let _ = writeln!(text, "| {right:?} | {} |", systems.map(|system| mark(right.of_system(system))).join(" | "));
    }
    text.push_str("\n| Method | Address | Also under `/en` | Takes |\n|---|---|---|---|\n");
    let routes = server::routes();
    let mut rows: BTreeMap<(&str, String), String> = BTreeMap::new();
    for route in routes.list() {
        let row =
            format!("| {} | `{}` | {} | {:?} |", route.method, route.path, mark(route.language == Language::Both), route.right);
        let twice = rows.insert((route.path, route.method.to_string()), row);
        assert_eq!(twice, None, "one address twice");
    }
    for row in rows.values() {
        let _ = writeln!(text, "{row}");
    }
    text
}

#[test]
fn the_document_of_rights_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rights.md");
    let expected = rights_document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("it is written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == expected, "docs/rights.md is stale: UPDATE_DOCS=1 cargo test rights");
}
