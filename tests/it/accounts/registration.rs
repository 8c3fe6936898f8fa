//! Registration: for whom, who approves, and what nobody learns of it.

use std::collections::BTreeSet;

use kravbank::{
    kernel::i18n::{Lang, Texts},
    organisations::{
        country,
        number::{Number, printed},
    },
};
use time::Duration;

use super::{EMAIL, PASSWORD, admin, is_in, sign_in};
use crate::support::{
    Answer, Browser, NOW, TestApp,
    letters::{done, letter, written},
    smtp::Smtp,
};

const NEW: &str = "eva@bolaget.example";
/// A number with the digits of a birthday, of nobody: there is no such day.
const OF_PERSON: &str = "001332-1239";

async fn bank() -> TestApp {
    TestApp::build().people().worker().trusted_proxies("127.0.0.1").spawn().await
}

async fn apply(app: &TestApp, side: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("namn", "Eva Ek"), ("epost", NEW), ("land", "SE")];
    all.extend(fields);
    app.post_with(&format!("/registrera/{side}"), &[("x-forwarded-for", from)], &all).await
}

const SUPPLIER: [(&str, &str); 3] = [("typ", "supplier"), ("organisation", "Bolaget AB"), ("nummer", "556036-0793")];

/// Somebody who has applied for a supplier, and has an account.
async fn registered(app: &TestApp) -> Browser<'_> {
    apply(app, "leverantor", "192.0.2.1", &SUPPLIER).await.expect(303);
    let path = letter(app, NEW, "application_confirm").await.paths[0].clone();
    let browser = Browser::new(app);
    browser.post(&path, &[("losenord", PASSWORD)]).await.expect(303);
    browser
}

#[test]
fn numbers_are_read_and_those_of_persons_refused() {
    for fine in ["556036-0793", "5560360793", " 556036 0793 ", "165560360793", "SE556036079301", "se556036079301"] {
        assert_eq!(Number::parse("SE", fine), Number::Fine("5560360793".to_owned()), "{fine}");
    }
    assert_eq!(printed("SE", "5560360793"), "556036-0793");
    for person in [OF_PERSON, "0013321239", "200013321239", "19001332-1239", "001332+1239", "6401230000"] {
        assert_eq!(Number::parse("SE", person), Number::Person, "{person}");
    }
    for wrong in ["556036-0794", "556036-079", "55603607931", "abc", "", "155560360793", "5560360793a"] {
        assert_eq!(Number::parse("SE", wrong), Number::Wrong, "{wrong}");
    }
    assert_eq!(Number::parse("NO", "no 900 000 001 mva"), Number::Fine("NO 900 000 001 MVA".to_owned()));
    for wrong in ["x", "-", "mva", "9<1>", &"9".repeat(41)] {
        assert_eq!(Number::parse("NO", wrong), Number::Wrong, "{wrong}");
    }
    for lang in [Lang::Sv, Lang::En] {
        assert!(country::all(Texts(lang)).iter().all(|(_, name)| !name.is_empty()));
    }
}

#[tokio::test]
async fn a_supplier_registers_waits_and_is_approved() {
    let app = bank().await;
    let page = app.get("/registrera").await.expect(200);
    assert_eq!(page.attributes("main .tile a", "href"), ["/registrera/leverantor", "/registrera/myndighet"]);
    assert!(app.get("/logga-in").await.attributes("main a", "href").contains(&"/registrera".to_owned()));
    let page = app.get("/registrera/leverantor").await.expect(200);
    for (field, token) in [("namn", "name"), ("epost", "email"), ("organisation", "organization"), ("land", "country")] {
        assert_eq!(page.attributes(&format!("#{field}"), "autocomplete"), [token]);
    }
    let answer = apply(&app, "leverantor", "192.0.2.1", &SUPPLIER).await.expect(303);
    assert_eq!(answer.header("location"), "/registrera/skickat");
    app.get("/registrera/skickat").await.expect(200);
    let confirm = letter(&app, NEW, "application_confirm").await;
    // There is no account and no organisation before the link is opened.
    let none: i64 = app.db.value("select (select count(*) from person where email like 'eva@%') + (select count(*) from organisation where name_sv = 'Bolaget AB')").await;
    assert_eq!(none, 0);
    let path = &confirm.paths[0];
    let browser = Browser::new(&app);
    let page = browser.get(path).await.expect(200);
    assert!(page.text().contains("Bolaget AB") && page.text().contains(NEW));
    let page = browser.post(path, &[("losenord", "kort")]).await.expect(422);
    assert!(page.texts("title")[0].starts_with("Fel: "));
    browser.post(path, &[("losenord", PASSWORD)]).await.expect(303);
    assert!(is_in(&browser).await);
    // Once.
    app.get(path).await.expect(404);
    app.post(path, &[("losenord", PASSWORD)]).await.expect(404);
    let page = browser.get("/mitt").await.expect(200);
    assert!(page.texts(".memberships__one")[0].contains("Väntar på godkännande"), "{}", page.text());
    // What is not approved is shown to nobody.
    let slug: String = app.db.value("select slug from organisation where name_sv = 'Bolaget AB'").await;
    assert_eq!(slug, "bolaget-ab");
    for path in [
        "/organisationer",
        "/organisationer?q=Bolaget",
        "/organisationer?slag=supplier",
        "/api/v1/organisations?q=Bolaget",
        "/api/v1/organisations?kind=supplier",
        "/sitemap.xml?part=organisations",
    ] {
        let answer = app.get(path).await;
        assert!(!answer.text().contains("olaget-ab") && !answer.text().contains("Bolaget AB"), "{path}");
    }
    app.get("/organisationer/bolaget-ab").await.expect(404);
    app.get("/api/v1/organisations/bolaget-ab").await.expect(404);
    // The network approves.
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get("/lmc/konton").await.expect(200);
    let text = page.text();
    assert!(text.contains("Eva Ek") && text.contains("Bolaget AB") && text.contains("556036-0793, Sverige"), "{text}");
    let action = page.attributes("article form", "action").remove(0);
    lmc.post(&action, &[("gor", "avsla"), ("skal", " ")]).await.expect(422);
    lmc.post(&action, &[("gor", "godkann")]).await.expect(303);
    let told = letter(&app, NEW, "application_approved").await;
    assert!(told.text.contains("sköter också organisationens konton"), "{told:?}");
    app.get("/organisationer/bolaget-ab").await.expect(200);
    // With other rights they sign in anew.
    browser.get("/mitt").await.expect(303);
    sign_in(&browser, NEW, PASSWORD).await.expect(303);
    let page = browser.get("/mitt").await.expect(200);
    assert!(!page.text().contains("Väntar på godkännande") && page.text().contains("Administratör för organisationen"));
    browser.get("/mitt/organisation").await.expect(200);
    // Answered once.
    lmc.post(&action, &[("gor", "avsla"), ("skal", "Nej.")]).await.expect(404);
    let actions: String = app.db.value("select string_agg(action, ' ' order by id) from audit").await;
    for action in [
        "application.send",
        "organisation.propose",
        "person.register",
        "application.verify",
        "organisation.list",
        "application.approve",
    ] {
        assert!(actions.contains(action), "{action} in {actions}");
    }
    let named: i64 =
        app.db.value("select count(*) from audit where concat(old_value, new_value) like any (array['%@%', '%Eva%'])").await;
    assert_eq!(named, 0, "no name of a person stands in the log");
}

/// Whoever writes the request cannot say where a letter leads.
#[tokio::test]
async fn links_in_letters_lead_to_the_address_of_the_bank_whatever_the_request_says() {
    let smtp = Smtp::start().await;
    let app = TestApp::build().worker().smtp(&smtp.url).base_url("https://banken.example").spawn().await;
    let told = [
        ("host", "falsk.example"),
        ("x-forwarded-host", "falsk.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=falsk.example;proto=http"),
        ("x-original-host", "falsk.example"),
    ];
    let fields = [("namn", "Eva Ek"), ("epost", NEW), ("land", "SE"), ("typ", "supplier"), ("organisation", "Bolaget AB")];
    let answer = app.post_with("/registrera/leverantor", &told, &fields).await.expect(303);
    assert_eq!(answer.header("location"), "/registrera/skickat");
    let begun = std::time::Instant::now();
    while smtp.letters().is_empty() {
        assert!(begun.elapsed() < std::time::Duration::from_secs(30), "no letter came");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let sent = smtp.letters().remove(0).decoded();
    assert!(sent.contains("https://banken.example/registrera/bekrafta/"), "{sent}");
    assert!(!sent.contains("falsk.example") && !sent.contains("http://"), "{sent}");
    // Nor where a page that others may keep leads.
    for path in ["/", "/en/krav", "/api/v1", "/sitemap.xml", "/robots.txt", "/finns-inte"] {
        let answer = app.get_with(path, &told).await;
        assert!(!answer.text().contains("falsk.example") && !format!("{:?}", answer.headers).contains("falsk.example"), "{path}");
    }
}

#[tokio::test]
async fn nobody_learns_from_registering_who_has_an_account() {
    let app = bank().await;
    admin(&app).await;
    let known = {
        let fields = [("namn", "Åsa"), ("epost", EMAIL), ("typ", "supplier"), ("organisation", "Bolaget AB"), ("land", "SE")];
        app.post_with("/registrera/leverantor", &[("x-forwarded-for", "192.0.2.7")], &fields).await
    };
    let unknown = apply(&app, "leverantor", "192.0.2.8", &SUPPLIER).await;
    assert_eq!(
        (known.status, known.header("location"), &known.body),
        (unknown.status, unknown.header("location"), &unknown.body)
    );
    let told = letter(&app, EMAIL, "account_there").await;
    assert_eq!(told.paths, ["/logga-in", "/registrera"]);
    done(&app, "answer_application").await;
    assert!(!written(&app, EMAIL).await.iter().any(|letter| letter.kind == "application_confirm"));
    let kept: i64 = app.db.value("select count(*) from application").await;
    assert_eq!(kept, 1, "what was written with a known address is forgotten");
    // The same statements for both.
    let quiet = TestApp::spawn().await;
    admin(&quiet).await;
    let mut kinds = BTreeSet::new();
    for email in [EMAIL, NEW] {
        let body = || format!("namn=E&epost={email}&typ=supplier&organisation=Bolaget&land=SE");
        quiet.db.execute("delete from limit_hit").await;
        kinds.insert(quiet.queries_of_form("/registrera/leverantor", body).await);
    }
    assert_eq!(kinds.len(), 1, "{kinds:#?}");
}

#[tokio::test]
async fn the_number_of_a_sole_trader_is_kept_nowhere() {
    let app = bank().await;
    let digits: String = OF_PERSON.chars().filter(char::is_ascii_digit).collect();
    for number in [OF_PERSON, &digits] {
        let fields = [("typ", "supplier"), ("organisation", "Evas firma"), ("nummer", number)];
        let page = apply(&app, "leverantor", "192.0.2.1", &fields).await.expect(422);
        assert!(page.texts("#nummer-fel")[0].contains("personnummer"));
        assert!(!page.text().contains(number), "nor is it sent back");
        assert_eq!(page.attributes("#organisation", "value"), ["Evas firma"]);
    }
    let tables: String = app.db.value("select string_agg(format('select %L as t from %I x where x::text like %L', tablename, tablename, '%001332%1239%'), ' union all ') from pg_tables where schemaname = 'public'").await;
    let found: i64 = app.db.value(&format!("select count(*) from ({tables}) y")).await;
    assert_eq!(found, 0);
    let refused = sqlx::query("insert into organisation (id, slug, kind, name_sv, name_en, country, register_number) values (gen_random_uuid(), 'x', 'supplier', 'x', 'x', 'SE', '0013321239')")
        .execute(&mut app.db.connect().await)
        .await;
    assert!(refused.is_err_and(|error| error.to_string().contains("organisation_number_of_no_person")));
    // Without the number they may.
    apply(&app, "leverantor", "192.0.2.1", &[("typ", "supplier"), ("organisation", "Evas firma")]).await.expect(303);
}

#[tokio::test]
async fn faults_keep_what_was_written() {
    let app = bank().await;
    let page =
        apply(&app, "leverantor", "192.0.2.1", &[("organisation", "Bolaget"), ("nummer", "556036-0794")]).await.expect(422);
    assert_eq!(page.attributes(".error-summary a", "href"), ["#typ", "#nummer"]);
    assert_eq!(page.attributes("#nummer", "value"), ["556036-0794"]);
    assert_eq!(page.attributes("#namn", "value"), ["Eva Ek"]);
    let page = app.post("/registrera/myndighet", &[]).await.expect(422);
    assert_eq!(page.attributes(".error-summary a", "href"), ["#namn", "#epost", "#myndighet"]);
    for n in 0..3 {
        apply(&app, "leverantor", "192.0.2.2", &SUPPLIER).await.expect(303);
        assert!(n < 3);
    }
    let page = apply(&app, "leverantor", "192.0.2.2", &SUPPLIER).await.expect(429);
    assert_eq!(page.attributes("#organisation", "value"), ["Bolaget AB"]);
}

#[tokio::test]
async fn a_newer_application_voids_an_older_one_and_none_lasts_longer_than_a_day() {
    let app = bank().await;
    apply(&app, "leverantor", "192.0.2.1", &SUPPLIER).await.expect(303);
    let first = letter(&app, NEW, "application_confirm").await.paths[0].clone();
    done(&app, "answer_application").await;
    apply(&app, "leverantor", "192.0.2.1", &SUPPLIER).await.expect(303);
    done(&app, "answer_application").await;
    let second = letter(&app, NEW, "application_confirm").await.paths[0].clone();
    assert_ne!(first, second);
    app.get(&first).await.expect(404);
    app.get(&second).await.expect(200);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::hours(25)).spawn().await;
    later.get(&second).await.expect(404);
    later.post(&second, &[("losenord", PASSWORD)]).await.expect(404);
}

#[tokio::test]
async fn who_joins_a_company_is_approved_by_its_own() {
    let app = bank().await;
    app.db.execute("update organisation set country = 'SE', register_number = '5560360793' where slug = 'nordhandsken'").await;
    let eva = registered(&app).await;
    // The number says that it is that company, whatever it was called.
    assert_eq!(eva.get("/mitt").await.texts(".memberships__one h3"), ["Nordhandsken AB"]);
    // Its own administrators are told, each once and in their language; nobody else of the company is.
    let asked = letter(&app, "leverantor@example.org", "application_asked").await;
    assert_eq!(
        (asked.subject.as_str(), asked.paths.as_slice()),
        ("Någon vill delta för Nordhandsken AB", &["/mitt/organisation".to_owned()][..])
    );
    assert!(asked.text.contains("Eva Ek har ansökt"), "{asked:?}");
    let told: i64 = app.db.value("select count(*) from mail where kind = 'application_asked'").await;
    assert_eq!(told, 1);
    let other = Browser::signed_in(&app, "bransch").await;
    let id: uuid::Uuid = app.db.value("select id from application where verified_at is not null").await;
    let path = format!("/mitt/organisation/ansokningar/{id}");
    other.post(&path, &[("gor", "godkann")]).await.expect(404);
    let tried: i64 =
        app.db.value("select count(*) from audit where action = 'access.deny' and object_kind = 'application'").await;
    assert_eq!(tried, 1, "that somebody else tried stands in the log");
    Browser::signed_in(&app, "leverantor2").await.post(&path, &[("gor", "godkann")]).await.expect(403);
    let own = Browser::signed_in(&app, "leverantor").await;
    let page = own.get("/mitt/organisation").await.expect(200);
    assert!(page.text().contains("Eva Ek"));
    own.post(&path, &[("gor", "godkann"), ("organisation", "nordhandsken")]).await.expect(303);
    eva.get("/mitt").await.expect(303);
    sign_in(&eva, NEW, PASSWORD).await.expect(303);
    let page = eva.get("/mitt").await.expect(200);
    assert!(!page.text().contains("Väntar på godkännande"));
    let roles: String = app.db.value("select string_agg(r.role, ' ') from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id where p.email = 'eva@bolaget.example'").await;
    assert_eq!(roles, "supplier_member", "there is an administrator already");
}

#[tokio::test]
async fn who_is_refused_has_an_account_without_membership_and_knows_why() {
    let app = bank().await;
    let eva = registered(&app).await;
    let lmc = Browser::signed_in(&app, "admin").await;
    let action = lmc.get("/lmc/konton").await.expect(200).attributes("article form", "action").remove(0);
    lmc.post(&action, &[("gor", "avsla"), ("skal", "Företaget finns inte.")]).await.expect(303);
    let told = letter(&app, NEW, "application_refused").await;
    assert!(told.text.contains("Företaget finns inte."), "{told:?}");
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::SECOND).spawn().await;
    let page = later.get_with("/mitt", &[("cookie", &eva.header())]).await.expect(200);
    assert_eq!(page.texts(".memberships__one").len(), 0);
    app.get("/organisationer/bolaget-ab").await.expect(404);
    // They may apply again, from their own account.
    let form = later.get_with("/registrera/leverantor", &[("cookie", &eva.header())]).await.expect(200);
    let shown_for = form.attributes("main input[name=som]", "value").remove(0);
    let again = later
        .post_with(
            "/registrera/leverantor",
            &[("cookie", &eva.header())],
            &[("som", &shown_for), ("typ", "supplier"), ("organisation", "Bolaget AB"), ("land", "SE"), ("nummer", "5560360793")],
        )
        .await
        .expect(303);
    assert_eq!(again.header("location"), "/mitt");
    let organisations: i64 = app.db.value("select count(*) from organisation where register_number = '5560360793'").await;
    assert_eq!(organisations, 1);
}

#[tokio::test]
async fn who_works_in_a_region_is_known_by_the_address_or_waits() {
    let app = bank().await;
    app.db
        .execute("insert into organisation_domain (domain, organisation_id, created_at) select 'region-skane.example', id, '2026-01-01' from organisation where slug = 'region-skane'")
        .await;
    let skane: uuid::Uuid = app.db.value("select id from organisation where slug = 'region-skane'").await;
    let skane = skane.to_string();
    for (email, waits) in [("ida@region-skane.example", false), ("ida@annat.example", true), ("ida@x.region-skane.example", true)]
    {
        let fields = [("namn", "Ida"), ("epost", email), ("myndighet", skane.as_str())];
        app.post_with("/registrera/myndighet", &[("x-forwarded-for", "192.0.2.9")], &fields).await.expect(303);
        let path = letter(&app, email, "application_confirm").await.paths[0].clone();
        let browser = Browser::new(&app);
        browser.post(&path, &[("losenord", PASSWORD)]).await.expect(303);
        let page = browser.get("/mitt").await.expect(200);
        assert_eq!(page.text().contains("Väntar på godkännande"), waits, "{email}");
        // Whoever waits sees what a visitor sees, whatever the role says.
        let roles: bool = app
            .db
            .value(&format!("select m.approved from membership m join person p on p.id = m.person_id where p.email = '{email}'"))
            .await;
        assert_eq!(roles, !waits);
    }
    let waiting: i64 = app.db.value("select count(*) from application where verified_at is not null and decision is null").await;
    assert_eq!(waiting, 2);
    let counted = kravbank::accounts::waiting_count(&mut app.db.connect().await).await.expect("counted");
    assert_eq!(counted, (2, Some(NOW)));
    sign_in(&Browser::new(&app), "ida@annat.example", PASSWORD).await.expect(303);
}
