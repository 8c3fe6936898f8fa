//! What waits for those who look after the bank.

use kravbank::{
    accounts,
    imports::Target,
    kernel::{
        actor::{Actor, Role},
        db,
    },
};
use time::Duration;

use crate::support::{Answer, Browser, Import, Line, NOW, TestApp, complete, line, lines};

const INBOX: &str = "/lmc/inkorg";

/// A bank with something of each kind: two reports, an overdue review, an incomplete requirement, a file.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let before = NOW - Duration::days(40);
    let file = [
        complete("Försenat krav").id("KB-0001").set("review_by", "2026-11-01"),
        line("Ofullständigt krav").id("KB-0002").set("review_by", "2029-01-01"),
        complete("Helt krav").id("KB-0003"),
    ];
    Import::current().at(before).accepted(&app.db, lines(&file)).await;
    app.post("/tillganglighet/rapporter", &[("text", "Rubriken läses inte."), ("epost", "bo@example.se")]).await.expect(303);
    app.post("/krav/KB-0003/felrapporter", &[("slag", "text"), ("text", "Ordet är fel.")]).await.expect(303);
    app
}

/// What is listed, in order.
fn listed(page: &Answer) -> Vec<String> {
    page.texts(".task .ref")
}

#[tokio::test]
async fn one_list_of_all_that_waits_oldest_first() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    assert_eq!(lmc.get("/lmc").await.expect(303).header("location"), INBOX);
    let page = lmc.get(INBOX).await.expect(200);
    assert_eq!(listed(&page), ["KB-0002", "KB-0001", "FR-0001", "FR-0002"]);
    assert_eq!(page.texts("#lista"), ["4 uppgifter"]);
    let kinds = page.texts("nav[aria-label='Slag av uppgift'] a");
    assert_eq!(
        kinds,
        [
            "Alla 4",
            "Tillgänglighet 1",
            "Fel i krav 1",
            "Översyn försenad 1",
            "Ofullständigt krav 1",
            "Inläsning 0",
            "Konto att godkänna 0",
            "Anmält inlägg 0",
            "Obesvarad fråga 0",
            "Hänvisning som inte gäller 0",
            "Förslag 0"
        ]
    );
    let tasks = page.texts(".task");
    assert!(tasks[0].contains("Saknas: motiv, proportionalitet, bevis, uppföljning, miljömål."), "{}", tasks[0]);
    assert!(tasks[0].contains("40 dagar (13 oktober 2026)"), "{}", tasks[0]);
    assert!(tasks[1].contains("20 dagar (2 november 2026)") && tasks[1].contains("1 november 2026 Passerat"), "{}", tasks[1]);
    assert!(tasks[2].contains("Senast20 december 2026"), "{}", tasks[2]);
    assert!(tasks[3].contains("Gäller KB-0003:1.") && !tasks[3].contains("Senast"), "{}", tasks[3]);
    for (word, expected) in
        [("tillganglighet", "FR-0001"), ("fel-i-krav", "FR-0002"), ("forsenad-oversyn", "KB-0001"), ("ofullstandigt", "KB-0002")]
    {
        let page = lmc.get(&format!("{INBOX}?slag={word}")).await.expect(200);
        assert_eq!(listed(&page), [expected], "{word}");
        assert_eq!(page.texts("#lista"), ["1 uppgift"]);
        assert_eq!(
            page.attributes("nav[aria-label='Slag av uppgift'] a[aria-current]", "href"),
            [format!("{INBOX}?slag={word}")]
        );
    }
    assert_eq!(listed(&lmc.get(&format!("{INBOX}?slag=inlasning")).await.expect(200)), Vec::<String>::new());
    // What is mended waits no longer.
    app.import(&lines(&[Line::empty().id("KB-0001").set("review_by", "2030-01-01")]), Target::Current).await;
    assert_eq!(listed(&lmc.get(INBOX).await), ["KB-0002", "FR-0001", "FR-0002"]);
    app.get("/en/lmc/inkorg").await.expect(404);
}

#[tokio::test]
async fn a_task_is_taken_handed_back_and_taken_over() {
    let app = bank().await;
    let (one, other) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let form = |page: &Answer, name: &str| page.attributes(&format!(".task input[name={name}]"), "value");
    let page = one.get(INBOX).await;
    let (kind, id) = (form(&page, "slag")[1].clone(), form(&page, "id")[1].clone());
    assert_eq!(kind, "overdue");
    let ask = |gor: &'static str, har: String| {
        [("slag", kind.clone()), ("id", id.clone()), ("gor", gor.to_owned()), ("har", har), ("tillbaka", INBOX.to_owned())]
    };
    let send = async |browser: &Browser<'_>, gor: &'static str, har: &str| {
        let fields = ask(gor, har.to_owned());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post_on("/lmc/uppgifter", &fields).await
    };
    let page = send(&one, "ta", "").await;
    assert_eq!(page.texts(".flash__text"), ["Du har uppgiften."]);
    assert!(page.texts(".task")[1].contains("HandläggareKarin Öberg (du)"), "{}", page.texts(".task")[1]);
    assert_eq!(page.texts(".who__menu > a"), ["Mina sidor", "LMC:s inkorg (1 väntar på dig)", "Logg"]);
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1")).await), ["KB-0001"]);
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1&slag=fel-i-krav")).await), Vec::<String>::new());
    assert!(one.get("/mitt").await.texts("main")[0].contains("Du har tagit 1 uppgift som väntar."));
    // Who had looked before is told, and changes nothing.
    let page = send(&other, "ta", "").await;
    assert_eq!(page.texts(".flash__text"), ["En kollega hann ta uppgiften. Ingenting är ändrat."]);
    assert_eq!(send(&other, "lamna", "").await.texts(".flash__text"), ["En kollega hann ta uppgiften. Ingenting är ändrat."]);
    let has = page.attributes(".task input[name=har]", "value")[0].clone();
    assert_eq!(send(&other, "ta", &has).await.texts(".flash__text"), ["Du har uppgiften."]);
    assert!(one.get(INBOX).await.texts(".task")[1].contains("Ali Hassan"));
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1")).await), Vec::<String>::new());
    send(&other, "lamna", "").await;
    assert!(other.get(INBOX).await.texts(".task")[1].contains("HandläggareIngen"));
    let log: String = app.db.value("select string_agg(action, ' ' order by id) from audit where object_kind = 'task'").await;
    assert_eq!(log, "task.take task.take task.leave");
    // Taken again, and then mended: it waits for nobody.
    send(&one, "ta", "").await;
    app.import(&lines(&[Line::empty().id("KB-0001").set("review_by", "2030-01-01")]), Target::Current).await;
    assert_eq!(one.get(INBOX).await.texts(".who__menu > a")[1], "LMC:s inkorg");
}

#[tokio::test]
async fn what_does_not_wait_cannot_be_taken() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(INBOX).await;
    let id = page.attributes(".task input[name=id]", "value")[1].clone();
    for (kind, id) in [
        ("incomplete", id.as_str()),
        ("fault", &id),
        ("import", &id),
        ("x", &id),
        ("overdue", "x"),
        ("overdue", "01900000-0000-7000-8000-000000000000"),
    ] {
        lmc.post("/lmc/uppgifter", &[("slag", kind), ("id", id), ("gor", "ta")]).await.expect(404);
    }
    let sent = lmc.post("/lmc/uppgifter", &[("slag", "overdue"), ("id", &id), ("tillbaka", "https://evil.example/")]).await;
    assert_eq!(sent.expect(303).header("location"), INBOX);
    let decides = Browser::signed_in(&app, "beslutsfattare").await;
    let page = decides.get(INBOX).await.expect(200);
    assert!(page.attributes("main form", "action").is_empty());
    decides.post("/lmc/uppgifter", &[("slag", "overdue"), ("id", &id)]).await.expect(403);
    for word in ["upphandlare", "leverantor", "admin"] {
        let browser = Browser::signed_in(&app, word).await;
        browser.get(INBOX).await.expect(403);
        assert!(!browser.get("/krav").await.text().contains("/lmc/inkorg"), "{word}");
    }
}

#[tokio::test]
async fn a_long_list_is_walked_page_by_page_both_ways() {
    let app = TestApp::build().people().spawn().await;
    let many: Vec<Line> = (1..=40)
        .map(|n| line(&format!("Krav {n}")).id(&format!("KB-{n:04}")).set("review_by", format!("2026-10-{:02}", n % 28 + 1)))
        .collect();
    Import::current().at(NOW - Duration::days(60)).accepted(&app.db, lines(&many)).await;
    for n in 0..3 {
        app.post("/tillganglighet/rapporter", &[("text", &format!("Fel {n}."))]).await.expect(303);
    }
    let lmc = Browser::signed_in(&app, "lmc").await;
    let walk = async |mut path: String, label: &str| {
        let mut pages = Vec::new();
        loop {
            let page = lmc.get(&path).await.expect(200);
            pages.push((page.texts(".pagination__where").join(""), listed(&page), page.texts(".task").len()));
            let links = page.attributes(".pagination a", "href");
            let names = page.texts(".pagination a");
            match names.iter().position(|name| name == label) {
                Some(place) if pages.len() < 20 => path = links[place].clone(),
                _ => return pages,
            }
        }
    };
    let onwards = walk(INBOX.to_owned(), "Nästa").await;
    assert_eq!(onwards.iter().map(|(_, _, n)| *n).collect::<Vec<_>>(), [25, 25, 25, 8]);
    assert_eq!(onwards[1].0, "Uppgift 26–50 av 83");
    assert_eq!(onwards[3].0, "Uppgift 76–83 av 83");
    let all: Vec<String> = onwards.iter().flat_map(|(_, refs, _)| refs.clone()).collect();
    assert_eq!(all.len(), 83);
    assert_eq!(&all[80..], ["FR-0001", "FR-0002", "FR-0003"]);
    let last = lmc.get(&format!("{INBOX}?fore=slut")).await;
    assert_eq!(last.texts(".pagination__where"), ["Uppgift 59–83 av 83"]);
    let backwards = walk(format!("{INBOX}?fore=slut"), "Föregående").await;
    let mut back: Vec<String> = backwards.iter().rev().flat_map(|(_, refs, _)| refs.clone()).collect();
    assert_eq!(back.split_off(back.len() - 75), all[8..]);
    // A key that is none leads to the first page.
    for key in ["x", "1.2", "1.2.3.4", "99999999999999999999.1.1", "-99999999999999999.1.1"] {
        assert_eq!(listed(&lmc.get(&format!("{INBOX}?efter={key}")).await.expect(200)), all[..25], "{key}");
    }
    let overdue = lmc.get(&format!("{INBOX}?slag=forsenad-oversyn")).await;
    assert_eq!(overdue.texts("#lista"), ["40 uppgifter"]);
}

#[tokio::test]
async fn pages_take_one_round_trip() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    for path in
        [INBOX, "/lmc/inkorg?mina=1", "/lmc/krav/forsenade", "/lmc/krav/ofullstandiga", "/lmc/rapporter/FR-0001", "/lmc/import"]
    {
        let queries = app.queries_with(path, &lmc.header()).await;
        // One to recognise who asks, one for the page.
        assert_eq!(queries.len(), 2, "{path}: {queries:#?}");
    }
}

#[tokio::test]
async fn lists_of_what_has_to_be_mended() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get("/lmc/krav/forsenade").await.expect(200);
    assert_eq!(page.texts("tbody th"), ["KB-0001 Försenat krav"]);
    assert!(page.texts("tbody td")[0].contains("1 november 2026 (21 dagar sedan)"), "{:?}", page.texts("tbody td"));
    let page = lmc.get("/lmc/krav/ofullstandiga").await.expect(200);
    assert_eq!(page.texts("tbody th"), ["KB-0002 Ofullständigt krav"]);
    assert_eq!(page.texts("tbody td ul li"), ["motiv", "proportionalitet", "bevis", "uppföljning", "miljömål"]);
    let page = lmc.get("/lmc/krav/ofullstandiga?saknas=oversyn").await.expect(200);
    assert_eq!(page.texts(".empty-state"), ["Inget gällande krav saknar något här."]);
    assert_eq!(lmc.get("/lmc/krav/ofullstandiga?saknas=bevis").await.expect(200).texts("tbody th").len(), 1);
    // What was missing comes, and an award criterion without its model is another thing that may be missing.
    let whole = complete("Ofullständigt krav").id("KB-0002");
    let award = complete("Pris").id("KB-0004").set("type", "award_criterion");
    app.import(&lines(&[whole, award]), Target::Current).await;
    let page = lmc.get("/lmc/krav/ofullstandiga").await.expect(200);
    assert_eq!(page.texts("tbody th"), ["KB-0004 Pris"]);
    assert_eq!(page.texts("tbody td ul li"), ["utvärdering"]);
    for word in ["strateg", "admin"] {
        Browser::signed_in(&app, word).await.get("/lmc/krav/forsenade").await.expect(403);
    }
}

/// A database from before there were such facets gets the same ones by its migration.
#[tokio::test]
async fn the_migration_tells_the_same_as_the_program() {
    let app = bank().await;
    app.import(&lines(&[complete("Pris").id("KB-0004").set("type", "award_criterion").without("review_by")]), Target::Current)
        .await;
    let facets = "select string_agg(number || ' ' || array_to_string(array(select f from unnest(facets) f order by f), ' '), '; ' order by number) from search_document";
    let written: String = app.db.value(facets).await;
    app.db
        .execute("update search_document set facets = array(select f from unnest(facets) f where f not like 'missing:%')")
        .await;
    let migration = include_str!("../../../migrations/0047_tasks.sql");
    let update = &migration[migration.find("update search_document").expect("it")..];
    app.db.execute(&update[..=update.find(';').expect("an end")]).await;
    assert_eq!(app.db.value::<String>(facets).await, written);
    assert!(written.contains("missing:award") && written.contains("missing:review"));
}

/// Somebody has applied, so many hours ago.
async fn applied(app: &TestApp, name: &str, slug: &str, hours: i64) {
    let at = NOW - Duration::hours(hours);
    app.db
        .execute(&format!(
            "with p as (insert into person (id, name, email, created_at) values (gen_random_uuid(), '{name}', '{hours}@example.com', '{at}') returning id),
                  m as (insert into membership (id, person_id, organisation_id, valid, approved)
                        select gen_random_uuid(), p.id, o.id, tstzrange('{at}', null), false from p, organisation o where o.slug = '{slug}' returning id, organisation_id)
             insert into application (id, language, organisation_id, created_at, ends_at, verified_at, membership_id)
             select gen_random_uuid(), 'sv', m.organisation_id, '{at}', '{at}'::timestamptz + interval '1 day', '{at}', m.id from m"
        ))
        .await;
}

#[tokio::test]
async fn who_waits_to_be_approved_stands_among_the_rest() {
    let app = bank().await;
    applied(&app, "Nya Nilsson", "region-skane", 72).await;
    applied(&app, "Gamla Gran", "region-uppsala", 24 * 30).await;
    let (one, other) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let page = one.get(INBOX).await.expect(200);
    assert_eq!(
        page.texts(".task__title"),
        [
            "Ofullständigt krav",
            "Gamla Gran, Region Uppsala",
            "Försenat krav",
            "Nya Nilsson, Region Skåne",
            "Rubriken läses inte.",
            "Ordet är fel."
        ]
    );
    assert!(page.texts(".task")[1].contains("30 dagar (23 oktober 2026)"), "{}", page.texts(".task")[1]);
    let page = one.get(&format!("{INBOX}?slag=konto")).await.expect(200);
    assert_eq!(page.texts(".task__title"), ["Gamla Gran, Region Uppsala", "Nya Nilsson, Region Skåne"]);
    let (href, id) =
        (page.attributes(".task__title a", "href")[0].clone(), page.attributes(".task input[name=id]", "value")[0].clone());
    assert_eq!(href, format!("/lmc/konton#a-{id}"));
    assert!(!one.get("/lmc/konton").await.attributes(&format!("#a-{id}"), "id").is_empty());
    // It is taken like any other.
    one.post("/lmc/uppgifter", &[("slag", "account"), ("id", &id), ("gor", "ta")]).await.expect(303);
    let mine = one.get(&format!("{INBOX}?mina=1")).await;
    assert_eq!(mine.texts(".task__title"), ["Gamla Gran, Region Uppsala"]);
    assert!(mine.texts(".who__menu > a")[1].contains("1 väntar på dig"));
    // Who decides reads what waits, but not who wants to join.
    let decides = Browser::signed_in(&app, "beslutsfattare").await;
    for path in [INBOX.to_owned(), format!("{INBOX}?slag=konto"), format!("{INBOX}?mina=1")] {
        let page = decides.get(&path).await.expect(200);
        assert!(!page.text().contains("Gran") && !page.text().contains("Konto att godkänna"), "{path}");
    }
    assert_eq!(decides.get(INBOX).await.texts("#lista"), ["4 uppgifter"]);
    // An answer ends it, and lets it go.
    other.post(&format!("/lmc/konton/{id}"), &[("gor", "godkann")]).await.expect(303);
    assert_eq!(one.get(&format!("{INBOX}?slag=konto")).await.texts(".task__title"), ["Nya Nilsson, Region Skåne"]);
    assert_eq!(app.db.value::<i64>("select count(*) from task").await, 0);
    one.post("/lmc/uppgifter", &[("slag", "account"), ("id", &id), ("gor", "ta")]).await.expect(404);
}

#[tokio::test]
async fn what_is_wrong_with_the_service_stands_above() {
    let app = bank().await;
    app.db.execute("delete from mail").await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let warned = async || lmc.get(INBOX).await.expect(200).texts("main .banner__body p");
    let mut connection = app.db.connect().await;
    assert_eq!(
        warned().await,
        ["Ingen säkerhetskopia är tagen. Går något sönder kan allt gå förlorat. Säg till den som sköter driften."]
    );
    db::note_fact(&mut connection, db::LAST_BACKUP, "{}", NOW - Duration::hours(49)).await.expect("noted");
    assert!(warned().await[0].starts_with("Den senaste säkerhetskopian togs den 20 november 2026"));
    db::note_fact(&mut connection, db::LAST_BACKUP, "{}", NOW - Duration::hours(47)).await.expect("noted");
    assert!(warned().await.is_empty());
    let before = app.queries_with(INBOX, &lmc.header()).await.len();
    app.db
        .execute(
            "insert into mail (id, address, language, kind, subject, parts, created_at, dead_at, refused) values
             (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-22 11:55Z', null, false),
             (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-10Z', '2026-11-12Z', false),
             (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-21Z', '2026-11-21Z', true)",
        )
        .await;
    assert!(warned().await.is_empty(), "what waits for some minutes, was long ago, or has a wrong address");
    app.db
        .execute(
            "insert into mail (id, address, language, kind, subject, parts, created_at, dead_at) values
             (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-22 11:40Z', null),
             (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '2026-11-20Z', '2026-11-21Z')",
        )
        .await;
    let said = warned().await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("Ett brev har väntat på att skickas sedan den 22 november 2026")
            && said[1].contains("1 brev har getts upp"),
        "{said:?}"
    );
    assert_eq!(app.queries_with(INBOX, &lmc.header()).await.len(), before, "no statement more");
}

/// Whoever is erased has nothing any more.
#[tokio::test]
async fn an_account_that_is_erased_lets_its_tasks_go() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let page = lmc.get(INBOX).await.expect(200);
    let (kind, id) = (
        page.attributes(".task input[name=slag]", "value")[0].clone(),
        page.attributes(".task input[name=id]", "value")[0].clone(),
    );
    lmc.post("/lmc/uppgifter", &[("slag", &kind), ("id", &id), ("gor", "ta")]).await.expect(303);
    let person: uuid::Uuid = app.db.value("select person_id from task").await;
    let mut connection = app.db.connect().await;
    let mut tx = sqlx::Connection::begin(&mut connection).await.expect("a transaction");
    let admin = Actor::Person { id: uuid::Uuid::now_v7(), organisation: None, roles: vec![Role::Admin] };
    accounts::erase(&mut tx, &admin, (person, "Bad om det."), NOW).await.expect("erased");
    tx.commit().await.expect("kept");
    assert_eq!(app.db.value::<i64>("select count(*) from task").await, 0);
    assert_eq!(app.db.value::<i64>("select (new_value->>'tasks')::bigint from audit where action = 'person.erase'").await, 1);
    let page = Browser::signed_in(&app, "lmc").await.get(INBOX).await.expect(200);
    assert!(page.texts(".task")[0].contains("HandläggareIngen"), "{}", page.texts(".task")[0]);
}
