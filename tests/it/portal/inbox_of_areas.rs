//! The inbox of who looks after an area: what lies there, and nothing else.

use time::Duration;

use crate::support::{Answer, Browser, Import, NOW, TestApp, complete, line, lines};

const INBOX: &str = "/lmc/inkorg";

/// What is listed, in order.
fn listed(page: &Answer) -> Vec<String> {
    page.texts(".task .ref")
}

/// A bank with something of each kind in the area of Elin Holm (gloves) and in another (laundry), and what lies in none.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let laundry = |line: crate::support::Line| line.set("product_area", "textil").set("product_group", "tvatteritjanster");
    let file = [
        complete("Försenat krav").id("KB-0001").set("review_by", "2026-11-01"),
        line("Ofullständigt krav").id("KB-0002").set("review_by", "2029-01-01"),
        laundry(complete("Försenad tvätt").id("KB-0003").set("review_by", "2026-11-01")),
        laundry(line("Ofullständig tvätt").id("KB-0004").set("review_by", "2029-01-01")),
    ];
    Import::current().at(NOW - Duration::days(40)).accepted(&app.db, lines(&file)).await;
    app.db.execute("delete from product_group_owner").await;
    app.db
        .execute(
            "insert into product_group_owner (group_id, letter, valid)
             select product_group_id, 'F', '[2026-01-01,2027-01-01)' from requirement where number = 1",
        )
        .await;
    app.post("/tillganglighet/rapporter", &[("text", "Rubriken läses inte."), ("epost", "bo@example.se")]).await.expect(303);
    app.post("/krav/KB-0001/felrapporter", &[("slag", "text"), ("text", "Ordet är fel."), ("epost", "bo@example.se")])
        .await
        .expect(303);
    app.post("/krav/KB-0003/felrapporter", &[("slag", "text"), ("text", "Tvättens ord.")]).await.expect(303);
    let asks = Browser::signed_in(&app, "leverantor").await;
    for number in ["KB-0001", "KB-0003"] {
        let form = [("slag", "fraga"), ("text", "Hur mäts det?")];
        asks.post(&format!("/krav/{number}/dialog"), &form).await.expect(303);
    }
    app.db.execute("alter table dialogue_thread disable trigger dialogue_thread_guarded").await;
    app.db.execute("update dialogue_thread set created_at = created_at - interval '11 days'").await;
    app.db.execute("alter table dialogue_thread enable trigger dialogue_thread_guarded").await;
    app
}

#[tokio::test]
async fn it_holds_what_lies_in_the_area_and_nothing_else() {
    let app = bank().await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    assert_eq!(area.get("/lmc").await.expect(303).header("location"), INBOX);
    let page = area.get(INBOX).await.expect(200);
    assert_eq!(listed(&page), ["KB-0002", "KB-0001", "KB-0001", "FR-0002"]);
    assert_eq!(page.texts("#lista"), ["4 uppgifter"]);
    assert_eq!(
        page.texts("nav[aria-label='Slag av uppgift'] a"),
        [
            "Alla 4",
            "Fel i krav 1",
            "Översyn försenad 1",
            "Ofullständigt krav 1",
            "Obesvarad fråga 1",
            "Hänvisning som inte gäller 0",
            "Förslag 0"
        ]
    );
    // What was reported leads to the requirement: the report with its address is the network's.
    let links = page.attributes(".task__title a", "href");
    assert_eq!(links[3], "/krav/KB-0001", "{links:?}");
    assert!(!page.text().contains("bo@example.se") && !page.text().contains("Tvättens"));
    area.get("/lmc/rapporter/FR-0002").await.expect(403);
    // Whatever is asked for, the rest is not there.
    for word in ["tillganglighet", "konto", "kommentar", "inlasning"] {
        assert_eq!(listed(&area.get(&format!("{INBOX}?slag={word}")).await.expect(200)).len(), 4, "{word}");
    }
    assert_eq!(listed(&area.get(&format!("{INBOX}?slag=forsenad-oversyn")).await), ["KB-0001"]);
    // The links lead where they may go.
    let to = page.attributes(".work-nav a", "href");
    assert_eq!(to, ["/lmc/beslut", "/lmc/krav", "/lmc/krav/forsenade", "/lmc/krav/ofullstandiga"]);
    for path in &to {
        area.get(path).await.expect(200);
    }
    assert_eq!(page.texts(".who__menu > a"), ["Mina sidor", "Inkorg för dina områden"]);
    let overdue = area.get("/lmc/krav/forsenade").await.expect(200);
    assert_eq!(overdue.texts("tbody th"), ["KB-0001 Försenat krav"]);
    assert_eq!(area.get("/lmc/krav/ofullstandiga").await.texts("tbody th"), ["KB-0002 Ofullständigt krav"]);
    assert_eq!(area.get("/lmc/krav/ofullstandiga?saknas=bevis").await.texts("tbody th").len(), 1);
    // Those who see the whole bank see the whole bank.
    assert_eq!(listed(&Browser::signed_in(&app, "lmc2").await.get(INBOX).await).len(), 9);
    // Without an area, or after the last day of it, there is nothing.
    for statement in ["update product_group_owner set valid = '[2025-01-01,2026-01-01)'", "delete from product_group_owner"] {
        app.db.execute(statement).await;
        let page = area.get(INBOX).await.expect(200);
        assert_eq!(listed(&page), Vec::<String>::new());
        assert_eq!(page.texts(".empty-state"), ["Ingenting väntar i de områden som du samordnar."]);
        assert!(page.texts("nav[aria-label='Slag av uppgift'] a").iter().all(|kind| kind.ends_with(" 0")));
        assert!(area.get("/lmc/krav/forsenade").await.texts("tbody th").is_empty());
    }
}

#[tokio::test]
async fn what_lies_in_the_area_is_taken_there_and_nothing_else() {
    let app = bank().await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    let id = async |select: &str| app.db.value::<uuid::Uuid>(select).await.to_string();
    let requirement = async |n: i64| id(&format!("select id from requirement where number = {n}")).await;
    let press = async |browser: &Browser<'_>, kind: &str, id: &str, gor: &str| {
        browser.post("/lmc/uppgifter", &[("slag", kind), ("id", id), ("gor", gor), ("tillbaka", INBOX)]).await
    };
    let (one, two, three) = (requirement(1).await, requirement(2).await, requirement(3).await);
    let asked = id("select id from dialogue_thread where cited = 'KB-0001'").await;
    for (kind, subject) in [("overdue", &one), ("incomplete", &two), ("question", &asked)] {
        press(&area, kind, subject, "ta").await.expect(303);
    }
    let page = area.get(&format!("{INBOX}?mina=1")).await.expect(200);
    assert_eq!(listed(&page), ["KB-0002", "KB-0001", "KB-0001"]);
    assert_eq!(page.texts(".who__menu > a")[1], "Inkorg för dina områden (3 väntar på dig)");
    assert!(area.get("/mitt").await.texts("main")[0].contains("Du har tagit 3 uppgifter som väntar."));
    // In another area it is not there; what is the network's alone is not theirs to take.
    let other = id("select id from dialogue_thread where cited = 'KB-0003'").await;
    let fault = id("select id from fault_report where number = 2").await;
    let site = id("select id from fault_report where number = 1").await;
    for (kind, subject) in [("overdue", &three), ("question", &other), ("accessibility", &site)] {
        press(&area, kind, subject, "ta").await.expect(404);
    }
    press(&area, "fault", &fault, "ta").await.expect(403);
    assert_eq!(page.attributes(".task form", "action").len(), 3);
    // The network takes over, and it is handed back.
    let lmc = Browser::signed_in(&app, "lmc").await;
    let elin = id("select id from person where example = 'omradessamordnare'").await;
    let fields = [("slag", "overdue"), ("id", one.as_str()), ("gor", "ta"), ("har", elin.as_str()), ("tillbaka", INBOX)];
    assert_eq!(lmc.post_on("/lmc/uppgifter", &fields).await.texts(".flash__text"), ["Du har uppgiften."]);
    press(&area, "incomplete", &two, "lamna").await.expect(303);
    assert_eq!(listed(&area.get(&format!("{INBOX}?mina=1")).await), ["KB-0001"]);
    // What lies in no area of theirs any more is not counted as theirs, either.
    app.db.execute("delete from product_group_owner").await;
    assert_eq!(area.get(INBOX).await.texts(".who__menu > a")[1], "Inkorg för dina områden");
    press(&area, "question", &asked, "lamna").await.expect(404);
}

/// A thread lies where its requirement lies now: who looks after that group reads and answers, who looked after the other no more.
#[tokio::test]
async fn a_thread_follows_its_requirement_into_another_group() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let form = [("slag", "kommentar"), ("text", "Bara vi läser."), ("laser", "lmc")];
    let inside = lmc.post("/krav/KB-0001/dialog", &form).await.expect(303).header("location").to_owned();
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    let page = area.get(&inside).await.expect(200);
    assert!(page.text().contains("Bara vi läser.") && page.text().contains("name=\"officiellt\""));
    assert_eq!(listed(&area.get(&format!("{INBOX}?slag=fraga")).await), ["KB-0001"]);
    app.db
        .execute("update requirement set product_group_id = (select product_group_id from requirement where number = 3) where number = 1")
        .await;
    assert_eq!(listed(&area.get(&format!("{INBOX}?slag=fraga")).await), Vec::<String>::new());
    area.get(&inside).await.expect(404);
    area.post(&inside, &[("text", "Jag också.")]).await.expect(404);
    app.db.execute("update product_group_owner set group_id = (select product_group_id from requirement where number = 3)").await;
    area.get(&inside).await.expect(200);
    area.post(&inside, &[("text", "Jag också."), ("officiellt", "1")]).await.expect(303);
}

#[tokio::test]
async fn its_pages_take_one_round_trip_more_than_those_of_the_network() {
    let app = bank().await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    for path in [INBOX, "/lmc/inkorg?mina=1", "/lmc/krav/forsenade", "/lmc/krav/ofullstandiga"] {
        let queries = app.queries_with(path, &area.header()).await;
        // Who asks, which groups are theirs, the page.
        assert_eq!(queries.len(), 3, "{path}: {queries:#?}");
    }
}

#[tokio::test]
async fn what_is_stopped_for_more_than_sixty_days_heads_it() {
    let app = bank().await;
    for (number, days) in [(1, 61), (2, 59), (3, 90)] {
        let stop = format!(
            "insert into requirement_stop (id, requirement_id, reason, valid)
             select gen_random_uuid(), id, 'Metoden prövas.', tstzrange('{}', null) from requirement where number = {number}",
            NOW - Duration::days(days)
        );
        app.db.execute(&stop).await;
    }
    let area = Browser::signed_in(&app, "omradessamordnare").await.get(INBOX).await.expect(200);
    assert_eq!(area.attributes("[aria-labelledby=stoppade] a", "href"), ["/lmc/krav/KB-0001"]);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(INBOX).await.expect(200);
    assert_eq!(page.texts("[aria-labelledby=stoppade] a"), ["KB-0003 Försenad tvätt", "KB-0001 Försenat krav"]);
    assert_eq!(page.attributes("main h2", "id")[0], "stoppade");
    // Lifted, it is gone.
    let lifted = format!("update requirement_stop set valid = tstzrange(lower(valid), '{NOW}'), lifted_reason = 'Klart.'");
    app.db.execute(&lifted).await;
    assert!(lmc.get(INBOX).await.expect(200).texts("#stoppade").is_empty());
}
