//! Erasing an account: what goes, what remains, who may.

use std::time::{Duration as Wait, Instant};

use kravbank::{
    accounts::{EraseRefused, NotErased, create_admin, erase, erase_remains, name_for, name_or_removed},
    kernel::{
        actor::{Actor, Role, System},
        i18n::{Lang, Texts},
        mail::{self, Letter, To},
    },
};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Row};
use time::Duration;
use uuid::Uuid;

use super::{PASSWORD, is_in, sign_in, two_steps::set_up};
use crate::support::{Answer, Browser, NOW, TestApp};

const NAME: &str = "Kanarina Kanariefågel";
const EMAIL: &str = "Kanarina@fagel.example";

/// An administrator with this name and address; gives their id and the path of the link.
async fn made(app: &TestApp, email: &str, name: &str) -> (Uuid, String) {
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let actor = Actor::System(System::CommandLine);
    let invited = create_admin(&mut tx, &actor, (email, name, "sekretariatet"), NOW).await.expect("made");
    tx.commit().await.expect("kept");
    (invited.person, invited.path)
}

/// A browser in which somebody has just chosen a password, beside whom somebody else runs the bank.
async fn owner(app: &TestApp) -> (Browser<'_>, Uuid) {
    made(app, "annan@region.example", "En Annan").await;
    let (person, path) = made(app, EMAIL, NAME).await;
    let browser = Browser::new(app);
    browser.post(&path, &[("losenord", PASSWORD)]).await.expect(303);
    (browser, person)
}

async fn delete(browser: &Browser<'_>) -> Answer {
    browser.post("/mitt/radera", &[("forstatt", "ja")]).await
}

/// Erases on request, as whom; gives what came of it.
async fn on_request(app: &TestApp, actor: &Actor, person: Uuid) -> Result<(), EraseRefused> {
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let erased = erase(&mut tx, actor, (person, "Bad om det i brev."), NOW).await;
    tx.commit().await.expect("kept");
    erased
}

fn acting(role: Role) -> Actor {
    Actor::Person { id: Uuid::now_v7(), organisation: Some(Uuid::now_v7()), roles: vec![role] }
}

/// The tables in which a text stands in some column, as text or as bytes.
async fn tables_with(app: &TestApp, needle: &str) -> Vec<String> {
    let mut connection = app.db.connect().await;
    let tables = sqlx::query(
        "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')",
    )
    .fetch_all(&mut connection)
    .await
    .expect("tables");
    assert!(tables.len() > 40, "only {} tables", tables.len());
    let mut found = Vec::new();
    for table in tables {
        let table: String = table.get(0);
        let query =
            format!("select count(*) from {table} t where t::text ilike '%' || $1 || '%' or t::text ilike '%' || $2 || '%'");
        let row = sqlx::query(AssertSqlSafe(query)).bind(needle).bind(hex::encode(needle)).fetch_one(&mut connection).await;
        if row.unwrap_or_else(|error| panic!("{table}: {error}")).get::<i64, _>(0) > 0 {
            found.push(table);
        }
    }
    found.sort();
    found
}

/// Runs the worker until no letter waits.
async fn send_letters(app: &TestApp) {
    let worker = TestApp::build().beside(app).worker().spawn().await;
    let begun = Instant::now();
    while worker.db.value::<i64>("select count(*) from mail where sent_at is null and dead_at is null").await > 0 {
        assert!(begun.elapsed() < Wait::from_secs(30), "letters wait");
        tokio::time::sleep(Wait::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_page_says_what_goes_and_takes_a_tick_and_a_proof() {
    let app = TestApp::spawn().await;
    let (browser, _) = owner(&app).await;
    let page = browser.get("/mitt/radera").await.expect(200);
    let text = page.text();
    for part in ["Borttagen användare, Sekretariatet", "Det här finns kvar", "Det här försvinner", NAME, EMAIL] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(page.header("cache-control").contains("no-store"));
    for path in ["/mitt", "/mitt/konto"] {
        let links = browser.get(path).await.expect(200).attributes("main a", "href");
        assert!(["/mitt/radera", "/mitt/uppgifter"].iter().all(|wanted| links.iter().any(|link| link == wanted)), "{links:?}");
    }
    let faulty = browser.post("/mitt/radera", &[]).await.expect(422);
    assert_eq!(faulty.texts(".error-summary li"), ["Markera att du vill radera ditt konto."]);
    assert!(faulty.texts("title")[0].starts_with("Fel: "));
    // An old session has to prove it first, and comes back.
    let later = TestApp::build().beside(&app).at(NOW + Duration::minutes(10)).spawn().await;
    let old = Browser::new(&later);
    old.cookies.replace(browser.cookies.borrow().clone());
    let page = old.get("/mitt/radera").await.expect(200);
    assert!(page.texts("main form").is_empty(), "nothing to send yet");
    let prove = "/mitt/bekrafta?till=%2Fmitt%2Fradera";
    assert_eq!(page.attributes(".actions .btn", "href"), [prove]);
    assert_eq!(delete(&old).await.expect(303).header("location"), prove);
    assert!(is_in(&old).await);
    let page = old.post_on("/mitt/bekrafta", &[("losenord", PASSWORD), ("till", "/mitt/radera")]).await;
    assert!(!page.texts("main form").is_empty());
    let page = old.post_on("/mitt/radera", &[("forstatt", "ja")]).await;
    assert!(page.text().contains("Kontot är raderat."), "{}", page.text());
    assert!(!is_in(&old).await);
}

#[tokio::test]
async fn name_and_address_are_found_nowhere_afterwards() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    let (browser, person) = owner(&app).await;
    let (_, codes) = set_up(&browser).await;
    let other = Browser::new(&app);
    sign_in(&other, EMAIL, PASSWORD).await.expect(303);
    other.post("/logga-in/reservkod", &[("reservkod", &codes[0])]).await.expect(303);
    let half = Browser::new(&app);
    sign_in(&half, EMAIL, PASSWORD).await.expect(303);
    browser.post("/mitt/konto", &[("namn", NAME), ("sprak", "sv")]).await.expect(303);
    browser.post("/mitt/uppgifter/utdrag", &[]).await.expect(303);
    // What others have done with the address, in all states.
    made(&app, EMAIL, NAME).await;
    app.db.execute(&format!("insert into identity (id, person_id, issuer, subject, linked_at, used_at) values ('{person}', '{person}', 'https://id.example', 'sub', '2026-11-22T12:00:00Z', '2026-11-22T12:00:00Z')")).await;
    for asked in [
        "insert into reset_request (id, email, created_at) values (gen_random_uuid(), 'kanarina@fagel.example', '2026-11-22T12:00:00Z')",
        "insert into application (id, language, name, email, organisation_id, created_at, ends_at)
         select gen_random_uuid(), 'sv', 'Kanarina', 'kanarina@fagel.example', id, '2026-11-22T12:00:00Z', '2026-11-23T12:00:00Z'
         from organisation where slug = 'lmc'",
        "insert into invitation (id, organisation_id, role, email, language, created_at, ends_at)
         select gen_random_uuid(), id, 'region_member', 'KANARINA@fagel.example', 'sv', '2026-11-22T12:00:00Z', '2026-11-29T12:00:00Z'
         from organisation where slug = 'region-skane'",
    ] {
        app.db.execute(asked).await;
    }
    app.db
        .execute(&format!(
            "insert into email_change (token_sha256, person_id, email, created_at, ends_at)
             values (sha256('x'), '{person}', 'ny.kanarina@fagel.example', '2026-11-22T12:00:00Z', '2026-11-22T13:00:00Z')"
        ))
        .await;
    let report = [("text", "Fel"), ("epost", EMAIL)];
    app.post("/tillganglighet/rapporter", &report).await.expect(303);
    let report = [("text", "Mer fel"), ("epost", "kanarina@FAGEL.example")];
    app.post("/tillganglighet/rapporter", &report).await.expect(303);
    let letter = Letter::new("test_letter", Lang::Sv, NAME).paragraph(NAME);
    for (to, set) in [
        (To::person(person, EMAIL), "sent_at = '2026-11-22T12:00:00Z', last_error = 'kanarina@fagel.example is away'"),
        (To::address(EMAIL), "dead_at = '2026-11-22T12:00:00Z'"),
        (To::person(person, "gammal@fagel.example"), "attempts = 1"),
        (To::address(EMAIL), "attempts = 1"),
    ] {
        let mut tx = app.app.db.begin().await.expect("a transaction");
        mail::post(&mut tx, &to, &letter, None, NOW).await.expect("posted");
        tx.commit().await.expect("kept");
        app.db.execute(&format!("update mail set {set} where id = (select id from mail order by id desc limit 1)")).await;
    }
    assert!(tables_with(&app, "kanarina").await.len() >= 3);
    let log: i64 = app.db.value("select count(*) from audit where action <> 'access.deny'").await;

    let page = browser.post_on("/mitt/radera", &[("forstatt", "ja")]).await;
    assert!(page.text().contains("Kontot är raderat."));
    // Only the last letter knows the address, until it is sent.
    assert_eq!(tables_with(&app, "kanarina").await, ["public.mail"]);
    let waiting: String = app.db.value("select string_agg(kind || ' ' || address || ' ' || parts::text, ' ') from mail where sent_at is null and dead_at is null").await;
    assert!(waiting.starts_with("account_erased Kanarina@fagel.example") && !waiting.contains(NAME), "{waiting}");
    send_letters(&app).await;
    for needle in ["kanarina", "kanariefågel", "fagel.example"] {
        assert_eq!(tables_with(&app, needle).await, Vec::<String>::new(), "{needle}");
    }
    let written = std::fs::read_dir(app.data_dir.path()).expect("the folder").count();
    assert!(written < 10, "nothing of it beside the letters");

    // Nobody is signed in: the next click of the other browser asks to sign in, and a half sign-in is over.
    assert_eq!(other.get("/mitt").await.expect(303).header("location"), "/logga-in?till=%2Fmitt");
    other.post("/mitt/konto", &[("namn", "X"), ("sprak", "sv")]).await.expect(401);
    assert_eq!(half.post("/logga-in/reservkod", &[("reservkod", &codes[1])]).await.expect(303).header("location"), "/logga-in");
    let kept: i64 = app.db.value("select count(*) from audit where action <> 'access.deny'").await;
    assert_eq!(kept, log + 1);
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(422);
    // What was done stays, and names nobody.
    let state: String = app
        .db
        .value(&format!(
            "select concat_ws(' ', name, email, email_verified_at, language, erased_at = '2026-11-22T12:00:00Z',
                 (select count(*) from membership where person_id = p.id and upper(valid) is not null),
                 (select count(*) from membership_role r join membership m on m.id = r.membership_id where m.person_id = p.id and upper(r.valid) is not null),
                 (select count(*) from session where person_id = p.id and (ended_at is null or browser <> '')),
                 (select count(*) from person_password where person_id = p.id) + (select count(*) from second_factor where person_id = p.id)
                 + (select count(*) from recovery_code where person_id = p.id) + (select count(*) from identity where person_id = p.id)
                 + (select count(*) from password_link where person_id = p.id) + (select count(*) from sign_in_step where person_id = p.id))
             from person p where id = '{person}'"
        ))
        .await;
    assert_eq!(state, "sv t 1 1 0 0");
    let counts: String = app.db.value("select new_value::text from audit where action = 'person.erase'").await;
    let counts: serde_json::Value = serde_json::from_str(&counts).expect("JSON");
    assert_eq!(
        (counts["sessions"].as_i64(), counts["memberships"].as_i64(), counts["identities"].as_i64()),
        (Some(2), Some(1), Some(1))
    );
    assert_eq!(counts["on_request"], false);
    assert!(counts["letters_withdrawn"].as_u64() >= Some(2) && counts["letters_erased"].as_u64() >= Some(2), "{counts}");
    let reports: i64 =
        app.db.value("select count(*) from fault_report where email is null and email_erased_at is not null").await;
    assert_eq!(reports, 2, "what was reported stays");

    // A second time there is nothing to erase.
    delete(&browser).await.expect(401);
    let admin = acting(Role::Admin);
    assert!(matches!(on_request(&app, &admin, person).await, Err(EraseRefused::Not(NotErased::Unknown))));
    assert!(matches!(on_request(&app, &admin, Uuid::nil()).await, Err(EraseRefused::Not(NotErased::Unknown))));

    // The night after, what is left goes too, and that is written down.
    let remains = async |actor: Actor| {
        let mut connection = app.db.connect().await;
        let mut tx = connection.begin().await.expect("a transaction");
        let erased = erase_remains(&mut tx, &actor, NOW + Duration::hours(14)).await;
        tx.commit().await.expect("kept");
        erased
    };
    for actor in [Actor::Anonymous, acting(Role::Admin), Actor::System(System::CommandLine)] {
        assert!(remains(actor).await.is_err());
    }
    assert_eq!(remains(Actor::System(System::Job)).await.expect("erased"), 1);
    assert_eq!(remains(Actor::System(System::Job)).await.expect("erased"), 0, "once");
    let left: i64 = app
        .db
        .value(&format!("select (select count(*) from session where person_id = '{person}') + (select count(*) from mail where person_id = '{person}')"))
        .await;
    assert_eq!(left, 0);
    let logged: String =
        app.db.value("select new_value::text from audit where action = 'person.erase' and actor_kind = 'job'").await;
    assert!(logged.contains("\"remains\": true") && logged.contains("\"sessions\": "), "{logged}");

    // Whoever registers with the address is somebody else.
    let (again, path) = made(&app, EMAIL, "Någon Ny").await;
    assert_ne!(again, person);
    let new = Browser::new(&app);
    new.post(&path, &[("losenord", "en helt annan mening nu")]).await.expect(303);
    assert!(is_in(&new).await);
    let memberships: i64 = app.db.value(&format!("select count(*) from membership where person_id = '{again}'")).await;
    assert_eq!(memberships, 1);
}

/// A person who comes in through a service has no password; what they are called there is forgotten.
#[tokio::test]
async fn somebody_without_a_password_can_leave_too() {
    let app = TestApp::spawn().await;
    let (_, person) = owner(&app).await;
    let key = "ab".repeat(32);
    let sha256 = hex::encode(Sha256::digest(&key));
    app.db
        .execute(&format!(
            "delete from person_password;
             insert into identity (id, person_id, issuer, subject, linked_at, used_at)
             values ('{person}', '{person}', 'https://id.example', 'kanarie-subject', '2026-11-22T12:00:00Z', '2026-11-22T12:00:00Z');
             insert into session (id, token_sha256, person_id, created_at, seen_at, proved_at, ends_at)
             values ('{person}', '\\x{sha256}', '{person}', '2026-11-22T12:00:00Z', '2026-11-22T12:00:00Z', '2026-11-22T12:00:00Z', '2026-11-25T12:00:00Z')"
        ))
        .await;
    let browser = Browser::new(&app);
    browser.cookies.borrow_mut().insert("session".to_owned(), key);
    browser.post("/mitt/uppgifter/utdrag", &[("form", "fil")]).await.expect(303);
    let file = browser.get("/mitt/uppgifter/utdrag/fil").await.expect(200);
    assert_eq!(file.json()["sign_in_services"][0]["subject"], "kanarie-subject");
    delete(&browser).await.expect(303);
    assert_eq!(tables_with(&app, "kanarie-subject").await, Vec::<String>::new());
    assert!(!is_in(&browser).await);
}

#[tokio::test]
async fn the_last_administrator_is_told_what_to_do_first() {
    let app = TestApp::spawn().await;
    let (person, path) = made(&app, EMAIL, NAME).await;
    let browser = Browser::new(&app);
    browser.post(&path, &[("losenord", PASSWORD)]).await.expect(303);
    let told = "Du är den enda administratören. Ge någon annan den rollen innan du raderar kontot.";
    let page = browser.get("/mitt/radera").await.expect(200);
    assert_eq!(page.texts(".banner__title"), [told]);
    assert!(page.texts("main form").is_empty());
    let page = delete(&browser).await.expect(422);
    assert_eq!(page.texts(".error-summary li"), [told]);
    assert!(is_in(&browser).await);
    let refused = on_request(&app, &acting(Role::Admin), person).await;
    assert!(matches!(refused, Err(EraseRefused::Not(NotErased::LastAdministrator))));
    // Of two who leave at once one stays.
    let (_, path) = made(&app, "annan@region.example", "En Annan").await;
    let other = Browser::new(&app);
    other.post(&path, &[("losenord", PASSWORD)]).await.expect(303);
    let sent = tokio::join!(delete(&browser), delete(&other));
    let mut statuses = [sent.0.status.as_u16(), sent.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}

/// The last administrator of an organisation is warned, and may go all the same. In the example bank the invented people come
/// back as new ones.
#[tokio::test]
async fn who_leaves_colleagues_without_an_administrator_is_warned() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "leverantor").await;
    assert!(browser.get("/mitt/radera").await.expect(200).texts(".banner__title").is_empty(), "nobody else is there");
    app.db
        .execute(
            "insert into membership (id, person_id, organisation_id, valid)
             select gen_random_uuid(), p.id, o.id, tstzrange('2026-01-01', null) from person p, organisation o
             where p.example = 'leverantor2' and o.slug = 'nordhandsken'",
        )
        .await;
    let page = browser.get("/mitt/radera").await.expect(200);
    assert_eq!(page.texts(".banner__title"), ["Du är den enda administratören för Nordhandsken AB."]);
    let before: Uuid = app.db.value("select id from person where example = 'leverantor'").await;
    delete(&browser).await.expect(303);
    let again = Browser::signed_in(&app, "leverantor").await;
    let after: Uuid = app.db.value("select id from person where example = 'leverantor'").await;
    assert_ne!(before, after);
    let page = again.get("/mitt").await.expect(200);
    assert_eq!(
        (page.texts("h1"), page.texts(".memberships h3")),
        (vec!["Mikael Ås".to_owned()], vec!["Nordhandsken AB".to_owned()])
    );
}

#[tokio::test]
async fn on_request_whoever_manages_accounts_erases_one() {
    let app = TestApp::spawn().await;
    let (browser, person) = owner(&app).await;
    for actor in [Actor::Anonymous, acting(Role::LmcCoordinator), acting(Role::OrganisationAdmin), Actor::System(System::Job)] {
        assert!(matches!(on_request(&app, &actor, person).await, Err(EraseRefused::Right)), "{actor:?}");
    }
    assert!(is_in(&browser).await);
    app.db
        .execute(&format!("update person set disabled_at = '2026-11-22T12:00:00Z', language = 'en' where id = '{person}'"))
        .await;
    on_request(&app, &acting(Role::Admin), person).await.expect("erased");
    let letter: String = app.db.value("select subject || parts::text from mail where kind = 'account_erased'").await;
    assert!(letter.contains("is deleted") && letter.contains("An administrator has done it on request."), "{letter}");
    let logged: String = app.db.value("select new_value->>'on_request' from audit where action = 'person.erase'").await;
    assert_eq!(logged, "true");
    assert!(!is_in(&browser).await);
}

#[test]
fn who_is_erased_has_a_name_for_pages() {
    let (sv, en) = (Texts(Lang::Sv), Texts(Lang::En));
    assert_eq!((name_or_removed(sv, Some("Åsa")), name_or_removed(sv, None)), ("Åsa", "Borttagen användare"));
    assert_eq!(name_for(en, None, "Region Skåne"), "Removed user, Region Skåne");
}

/// The language that somebody has chosen is the one that their pages open in.
#[tokio::test]
async fn signing_in_leads_to_the_pages_in_the_language_that_was_chosen() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "upphandlare").await;
    browser.post("/mitt/konto", &[("namn", "Åsa"), ("sprak", "en")]).await.expect(303);
    let sign_in = async |till: &str| {
        let answer = Browser::new(&app).post("/logga-in/exempel", &[("person", "upphandlare"), ("till", till)]).await.expect(303);
        answer.header("location").to_owned()
    };
    assert_eq!((sign_in("").await, sign_in("/krav").await), ("/en/mitt".to_owned(), "/krav".to_owned()));
}
