//! Proposals among what waits for those who prepare: taken, handed over and left there, with the one handler that they have.

use time::Duration;

use super::{bank, begun, sent, written};
use crate::support::{Answer, Browser, NOW, TestApp, complete, lines};

const INBOX: &str = "/lmc/inkorg";

/// What is listed, in order.
fn listed(page: &Answer) -> Vec<String> {
    page.texts(".task .ref")
}

/// A change of `KB-0001` that was sent in; gives its id and its number.
async fn proposed(app: &TestApp) -> (String, String) {
    let author = Browser::signed_in(app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    (id, number)
}

/// Sends a button of the inbox.
async fn press(browser: &Browser<'_>, id: &str, gor: &str, har: &str) -> Answer {
    let fields = [("slag", "proposal"), ("id", id), ("gor", gor), ("har", har), ("tillbaka", INBOX)];
    browser.post_on("/lmc/uppgifter", &fields).await
}

#[tokio::test]
async fn what_waits_has_its_age_its_day_and_its_group() {
    let app = bank().await;
    let (id, number) = proposed(&app).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(INBOX).await.expect(200);
    assert_eq!(listed(&page), std::slice::from_ref(&number));
    assert_eq!(page.texts("nav[aria-label='Slag av uppgift'] a").last().map(String::as_str), Some("Förslag 1"));
    assert!(!page.attributes("main a", "href").contains(&"/forslag".to_owned()), "no plain link besides");
    let task = &page.texts(".task")[0];
    assert!(task.contains("Ändra ett krav: KB-0001 i ") && task.contains("Föreslås av Region Skåne. Inskickat."), "{task}");
    assert!(task.contains("sedan i dag") && task.contains("HandläggareIngen"), "{task}");
    let day: String = app.db.value("select to_char(answer_by, 'FMDD') from proposal").await;
    assert!(task.contains(&format!("Senast{day} ")) && !task.contains("Passerat"), "{task}");
    assert_eq!(page.attributes(".task__title a", "href"), [format!("/lmc/forslag/{number}")]);
    // Who decides reads it where everybody does, and takes nothing.
    let decides = Browser::signed_in(&app, "beslutsfattare").await;
    let page = decides.get(INBOX).await.expect(200);
    assert_eq!(page.attributes(".task__title a", "href"), [format!("/forslag/{number}")]);
    decides.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "ta")]).await.expect(403);
    let kind = lmc.get(&format!("{INBOX}?slag=forslag")).await.expect(200);
    assert_eq!(listed(&kind), std::slice::from_ref(&number));
    assert_eq!(listed(&lmc.get(&format!("{INBOX}?slag=fraga")).await), Vec::<String>::new());
    // The day has passed; what began to wait at one instant stands in the order of the kinds.
    app.post("/tillganglighet/rapporter", &[("text", "Rubriken läses inte."), ("epost", "bo@example.se")]).await.expect(303);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(150)).spawn().await;
    let page = Browser::signed_in(&later, "lmc").await.get(INBOX).await.expect(200);
    assert_eq!(listed(&page), ["FR-0001".to_owned(), number]);
    assert!(page.texts(".task")[1].contains("150 dagar") && page.texts(".task")[1].contains("Passerat"));
}

#[tokio::test]
async fn it_has_one_handler_wherever_it_is_taken() {
    let app = bank().await;
    let (id, number) = proposed(&app).await;
    let (one, other) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let page = press(&one, &id, "ta", "").await;
    assert_eq!(page.texts(".flash__text"), ["Du har uppgiften."]);
    assert!(page.texts(".task")[0].contains("HandläggareKarin Öberg (du)"), "{}", page.texts(".task")[0]);
    assert_eq!(page.texts(".who__menu > a")[1], "LMC:s inkorg (1 väntar på dig)");
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1")).await), std::slice::from_ref(&number));
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1&slag=forslag")).await), std::slice::from_ref(&number));
    assert!(one.get("/mitt").await.texts("main")[0].contains("Du har tagit 1 uppgift som väntar."));
    assert!(app.get(&format!("/forslag/{number}")).await.text().contains("Karin Öberg"), "everybody sees who has it");
    // Who had looked before is told, and changes nothing.
    let another = ["En kollega hann ta uppgiften. Ingenting är ändrat."];
    assert_eq!(press(&other, &id, "ta", "").await.texts(".flash__text"), another);
    let page = press(&other, &id, "lamna", "").await;
    assert_eq!(page.texts(".flash__text"), another);
    let has = page.attributes(".task input[name=har]", "value")[0].clone();
    assert_eq!(press(&other, &id, "ta", &has).await.texts(".flash__text"), ["Du har uppgiften."]);
    assert!(other.get(&format!("/lmc/forslag/{number}")).await.expect(200).text().contains("Ali Hassan"));
    assert_eq!(listed(&one.get(&format!("{INBOX}?mina=1")).await), Vec::<String>::new());
    press(&other, &id, "lamna", "").await;
    assert!(other.get(INBOX).await.texts(".task")[0].contains("HandläggareIngen"));
    // Taken on its own page, it is taken here.
    one.post(&format!("/lmc/forslag/{number}/handlaggare"), &[("gor", "ta")]).await.expect(303);
    assert!(other.get(INBOX).await.texts(".task")[0].contains("Karin Öberg"));
    let log: String = app.db.value("select string_agg(action, ' ' order by id) from audit where action ~ '(take|leave)$'").await;
    assert_eq!(log, "proposal.take proposal.take proposal.leave proposal.take");
    assert_eq!(app.db.value::<i64>("select count(*) from task").await, 0, "kept in one place");
}

#[tokio::test]
async fn it_waits_as_long_as_those_who_prepare_are_to_do_something() {
    let app = bank().await;
    let (id, number) = proposed(&app).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let step = async |fields: &[(&str, &str)]| {
        lmc.post(&format!("/lmc/forslag/{number}/steg"), fields).await.expect(303);
    };
    step(&[("steg", "komplettera"), ("skal", "Vilket laboratorium?")]).await;
    assert_eq!(listed(&lmc.get(INBOX).await), Vec::<String>::new());
    assert_eq!(lmc.get(INBOX).await.texts(".who__menu > a")[1], "LMC:s inkorg", "its author has it now");
    lmc.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "ta")]).await.expect(404);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(5)).spawn().await;
    assert_eq!(sent(&Browser::signed_in(&later, "strateg").await, &id).await, number);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(8)).spawn().await;
    let lmc = Browser::signed_in(&later, "lmc").await;
    let task = lmc.get(INBOX).await.expect(200).texts(".task")[0].clone();
    assert!(task.contains("Kompletterat och inskickat igen.") && task.contains("3 dagar"), "{task}");
    assert!(task.contains("Karin Öberg (du)"), "who returned it has it still: {task}");
    lmc.post(&format!("/lmc/forslag/{number}/steg"), &[("steg", "bered")]).await.expect(303);
    let task = lmc.get(INBOX).await.texts(".task")[0].clone();
    assert!(task.contains("Bereds.") && task.contains("3 dagar"), "{task}");
    lmc.post(&format!("/lmc/forslag/{number}/steg"), &[("steg", "lat-vila"), ("skal", "Lagen ändras.")]).await.expect(303);
    assert_eq!(listed(&lmc.get(INBOX).await), Vec::<String>::new());
    lmc.post(&format!("/lmc/forslag/{number}/steg"), &[("steg", "ta-upp")]).await.expect(303);
    assert_eq!(listed(&lmc.get(INBOX).await), std::slice::from_ref(&number));
    // What waits for the approval of who sent it is not there.
    app.db.execute("update membership set approved = false where id = (select sent_by from proposal)").await;
    assert_eq!(listed(&lmc.get(INBOX).await), Vec::<String>::new());
    lmc.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "ta")]).await.expect(404);
}

#[tokio::test]
async fn who_looks_after_an_area_takes_it_on_its_page_and_in_the_inbox() {
    let app = bank().await;
    let (id, number) = proposed(&app).await;
    app.db.execute("delete from product_group_owner").await;
    app.db
        .execute("insert into product_group_owner (group_id, letter, valid) select product_group_id, 'F', '[2026-01-01,2027-01-01)' from requirement where number = 1")
        .await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    let page = area.get(INBOX).await.expect(200);
    assert_eq!(page.attributes(".task__title a", "href"), [format!("/lmc/forslag/{number}")]);
    area.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "ta")]).await.expect(303);
    assert_eq!(listed(&area.get(&format!("{INBOX}?mina=1")).await), std::slice::from_ref(&number));
    assert_eq!(area.get(INBOX).await.texts(".who__menu > a")[1], "Inkorg för dina områden (1 väntar på dig)");
    area.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "lamna")]).await.expect(303);
    area.post(&format!("/lmc/forslag/{number}/handlaggare"), &[("gor", "ta")]).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(INBOX).await.expect(200);
    assert!(page.texts(".task")[0].contains("Elin Holm"), "{}", page.texts(".task")[0]);
    let has = page.attributes(".task input[name=har]", "value")[0].clone();
    assert_eq!(press(&lmc, &id, "ta", &has).await.texts(".flash__text"), ["Du har uppgiften."]);
    // In another area it is not there.
    app.db.execute("update product_group_owner set letter = 'A'").await;
    assert_eq!(listed(&area.get(INBOX).await), Vec::<String>::new());
    area.post("/lmc/uppgifter", &[("slag", "proposal"), ("id", &id), ("gor", "ta"), ("har", "")]).await.expect(404);
}

#[tokio::test]
async fn many_are_walked_page_by_page_in_one_round_trip() {
    let app = bank().await;
    proposed(&app).await;
    // And drafts besides, which nobody sees.
    let author = Browser::signed_in(&app, "strateg").await;
    begun(&author, &[("slag", "andra"), ("krav", "KB-0002")]).await;
    app.db
        .execute(
            "insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, title, created_at, changed_at, changed_by, state_since)
             select gen_random_uuid(), 'new', 'draft', 100, p.owner_org, p.author_id, p.group_id, 'Nytt ' || n, p.created_at, p.created_at,
                    p.author_id, p.created_at
             from proposal p, generate_series(2, 40) n where p.number = 1",
        )
        .await;
    app.db
        .execute(
            "update proposal n set state = 'submitted', audience = 0, number = substr(n.title, 6)::bigint, year = p.year,
                    submitted_at = p.submitted_at - interval '1 hour' * (substr(n.title, 6)::int % 7),
                    cc0_at = p.submitted_at - interval '1 hour' * (substr(n.title, 6)::int % 7),
                    answer_by = p.answer_by, sent = proposal_as_written(n.id), sent_by = p.sent_by
             from proposal p where p.number = 1 and n.title like 'Nytt %'",
        )
        .await;
    app.import(
        &lines(&[complete("Försenat krav").id("KB-0003").set("review_by", "2026-11-01")]),
        kravbank::imports::Target::Current,
    )
    .await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let first = lmc.get(INBOX).await.expect(200);
    assert_eq!(first.texts(".pagination__where"), ["Uppgift 1–25 av 41"]);
    let next = first.attributes(".pagination a", "href")[0].clone();
    let second = lmc.get(&next).await.expect(200);
    assert_eq!(second.texts(".pagination__where"), ["Uppgift 26–41 av 41"]);
    let mut all: Vec<String> = listed(&first);
    all.extend(listed(&second));
    assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), 41);
    let back = second.attributes(".pagination a", "href");
    let before = back.iter().find(|href| href.contains("fore=")).expect("the way back").clone();
    assert_eq!(listed(&lmc.get(&before).await.expect(200)), listed(&first));
    for path in [INBOX, "/lmc/inkorg?slag=forslag", "/lmc/inkorg?mina=1&slag=forslag", next.split('#').next().expect("a path")] {
        let queries = app.queries_with(path, &lmc.header()).await;
        assert_eq!(queries.len(), 2, "{path}: {queries:#?}");
    }
}
