//! Who sees what: internal threads, what is held, hidden and masked.

use super::{bank, begun, id, question, replied};
use crate::support::{Browser, TestApp};

const CANARY: &str = "kanariefågelsamtal";

#[tokio::test]
async fn internal_threads_are_for_those_who_may_read_them() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let region = Browser::signed_in(&app, "upphandlare").await;
    let regions = begun(&region, "KB-0001", &[("slag", "kommentar"), ("text", CANARY), ("laser", "regioner")]).await;
    let network = begun(&lmc, "KB-0001", &[("slag", "kommentar"), ("text", CANARY), ("laser", "lmc")]).await;
    region.post("/krav/KB-0001/dialog", &[("slag", "kommentar"), ("text", CANARY), ("laser", "lmc")]).await.expect(403);
    let supplier = Browser::signed_in(&app, "leverantor").await;
    supplier.post("/krav/KB-0001/dialog", &[("slag", "kommentar"), ("text", CANARY), ("laser", "regioner")]).await.expect(403);
    let visitor = Browser::new(&app);
    let admin = Browser::signed_in(&app, "admin").await;
    for browser in [&visitor, &supplier, &admin] {
        for thread in [&regions, &network] {
            browser.get(thread).await.expect(404);
            browser.get(&format!("/dialog/{}", id(thread))).await.expect(404);
            browser.get(&format!("/dialog/{}/versioner", id(thread))).await.expect(404);
        }
        for path in ["/krav/KB-0001", "/krav/KB-0001/dialog", "/krav/KB-0001/dialog?flik=beredning", "/dialog/moderering.csv"] {
            let text = browser.get(path).await.expect(200).text();
            assert!(!text.contains(CANARY) && !text.contains("Beredning (endast"), "{path}");
        }
    }
    supplier.post(&regions, &[("text", "Hej.")]).await.expect(404);
    supplier.post(&format!("/dialog/{}/anmal", id(&regions)), &[("regel", "off_topic"), ("skal", "S")]).await.expect(404);
    // Regions read theirs, on a tab that says so; the network reads both.
    let page = region.get("/krav/KB-0001/dialog?flik=beredning").await.expect(200);
    assert_eq!(page.texts(".inside__mark"), ["Syns bara för regioner och LMC"]);
    assert_eq!(page.texts(".task").len(), 1);
    region.get(&network).await.expect(404);
    assert_eq!(lmc.get("/krav/KB-0001/dialog?flik=beredning").await.texts(".task").len(), 2);
    assert!(region.get(&regions).await.text().contains("Syns bara för regioner och LMC"));
    assert!(lmc.get(&network).await.text().contains("Syns bara för LMC"));
    assert!(!lmc.get("/krav/KB-0001").await.text().contains(CANARY), "the page shows what everybody sees");
    // The one in whose area it is reads what those who prepare say of it.
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    area.get(&network).await.expect(404);
    app.db
        .execute(
            "insert into product_group_owner (group_id, letter, valid) select product_group_id, 'F', daterange('2026-01-01', '2028-01-01')
             from requirement where number = 1 on conflict do nothing",
        )
        .await;
    area.get(&network).await.expect(200);
    let answer = replied(&area, &regions, &[("text", "Jag ser över det."), ("officiellt", "1")]).await;
    assert_eq!(
        app.db.value::<String>(&format!("select official from dialogue_comment where id = '{}'", id(&answer))).await,
        "area"
    );
    // Moderated, the log has nothing of it.
    lmc.post(&format!("/lmc/moderering/{}", id(&regions)), &[("steg", "dolj"), ("regel", "off_topic"), ("skal", "Fel plats.")])
        .await
        .expect(303);
    assert!(!app.get("/dialog/moderering.csv").await.text().contains("Fel plats."));
}

#[tokio::test]
async fn what_nobody_has_approved_is_held() {
    let app = bank().await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor2')")
        .await;
    let held = Browser::signed_in(&app, "leverantor2").await;
    let open = question(&Browser::signed_in(&app, "strateg").await, "En öppen fråga.").await;
    let thread = question(&held, CANARY).await;
    let reply = replied(&held, &open, &[("text", CANARY)]).await;
    assert!(held.get(&thread).await.expect(200).text().contains("Väntar på godkännande"));
    assert!(held.get(&open).await.expect(200).text().contains(CANARY));
    let lmc = Browser::signed_in(&app, "lmc2").await;
    for browser in [&Browser::new(&app), &lmc] {
        browser.get(&thread).await.expect(404);
        browser.get(&reply).await.expect(404);
        for path in [open.as_str(), "/krav/KB-0001", "/krav/KB-0001/dialog"] {
            let text = browser.get(path).await.expect(200).text();
            assert!(!text.contains(CANARY) && !text.contains("2 trådar") && !text.contains("1 svar"), "{path}");
        }
    }
    assert!(!lmc.get("/lmc/inkorg").await.text().contains(CANARY));
    app.db.execute("update membership set approved = true").await;
    assert!(app.get(&thread).await.expect(200).text().contains(CANARY));
    assert!(app.get("/krav/KB-0001/dialog").await.text().contains("2 trådar"));
}

#[tokio::test]
async fn nothing_of_it_is_found_by_walking_about_the_example_bank() {
    let app = TestApp::build().example().spawn().await;
    let cited: Vec<String> = {
        let all: String = app.db.value("select string_agg(distinct cited, ' ') from dialogue_thread").await;
        all.split(' ').map(str::to_owned).collect()
    };
    // Hidden, masked, internal, taken away.
    let secrets = [
        "bäst i test",
        "070-000 00 00",
        "Inför översynen",
        "Elin bereder",
        "Vi har samma erfarenhet",
        "Tre anbud föll",
        "Målet ligger i förvaltningsrätten",
    ];
    let mut walked = 0;
    for cited in cited {
        let base = if cited.starts_with("F-") { format!("/forslag/{cited}") } else { format!("/krav/{cited}") };
        let mut paths = vec![base.clone(), format!("{base}/dialog"), format!("/en{base}/dialog")];
        if cited.starts_with("KB-") {
            paths.push(format!("{base}/erfarenhet"));
            paths.push(format!("{base}?format=txt"));
            paths.push(format!("/api/v1/requirements/{cited}"));
            paths.push(format!("{base}/historik"));
        }
        let list = app.get(&format!("{base}/dialog")).await.expect(200);
        for thread in list.attributes(".task__title a", "href") {
            let page = app.get(&thread).await.expect(200);
            paths.extend(page.attributes(".comment a[href]", "href").into_iter().filter(|href| href.starts_with("/dialog/")));
            paths.push(thread);
        }
        for path in paths {
            walked += 1;
            let text = app.get(&path).await.text();
            for secret in secrets {
                assert!(!text.contains(secret), "{path} shows {secret}");
            }
        }
    }
    assert!(walked > 30, "only {walked}");
    let log = app.get("/dialog/moderering.csv").await.expect(200).text();
    for secret in secrets {
        assert!(!log.contains(secret), "the log shows {secret}");
    }
    // Every state is there to be looked at.
    let states: String = app
        .db
        .value("select string_agg(distinct state, ' ' order by state) || ' ' || (select string_agg(distinct state, ' ' order by state) from dialogue_thread) from dialogue_comment")
        .await;
    assert_eq!(states, "deleted hidden shown answered open solved");
    let lmc = Browser::signed_in(&app, "lmc").await;
    let inbox = lmc.get("/lmc/inkorg?slag=fraga").await.expect(200);
    assert!(inbox.texts(".task").len() == 1 && inbox.text().contains("Obesvarad fråga"), "{:?}", inbox.texts(".task"));
    assert_eq!(lmc.get("/lmc/inkorg?slag=kommentar").await.texts(".task").len(), 3);
    let data = Browser::signed_in(&app, "leverantor").await;
    assert_eq!(data.get("/mitt/uppgifter").await.status, 200);
}
