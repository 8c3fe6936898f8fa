//! What is reported is hidden, masked, left, shown again; its author is told, everybody reads the log.

use super::{attempt, bank, id, question, replied};
use crate::support::Browser;

const SECRET: &str = "kanariehemlighet";

#[tokio::test]
async fn what_breaks_a_rule_is_hidden_and_its_author_may_object() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, &format!("Köp {SECRET}!")).await;
    let comment = format!("/dialog/{}", id(&thread));
    let region = Browser::signed_in(&app, "upphandlare").await;
    let page = region.post(&format!("{comment}/anmal"), &[("regel", "advertising")]).await.expect(422);
    assert!(page.texts("#fel a").len() == 1);
    let fields = [("regel", "advertising"), ("skal", "Ren reklam.")];
    region.post(&format!("{comment}/anmal"), &fields).await.expect(303);
    region.post(&format!("{comment}/anmal"), &fields).await.expect(409);
    author.get(&format!("{comment}/anmal")).await.expect(404);
    assert!(region.get(&thread).await.text().contains("Du har anmält kommentaren"));
    // It waits, in the inbox and in a list of its own.
    let lmc = Browser::signed_in(&app, "lmc2").await;
    assert!(lmc.get("/lmc/inkorg?slag=kommentar").await.expect(200).text().contains("Anmält inlägg"));
    let list = lmc.get("/lmc/moderering").await.expect(200);
    let one = list.attributes(".task__title a", "href")[0].clone();
    assert!(lmc.get(&one).await.expect(200).text().contains("Ren reklam."));
    let page = lmc.post(&one, &[("steg", "dolj")]).await.expect(422);
    assert_eq!(page.texts("#fel a").len(), 2, "a rule and a reason");
    lmc.post(&one, &[("steg", "dolj"), ("regel", "advertising"), ("skal", "Kommentaren säljer något.")]).await.expect(303);
    assert!(lmc.get("/lmc/moderering").await.text().contains("Ingenting väntar"));
    // Nobody reads it any more but its author.
    for (path, browser) in [(thread.as_str(), &region), ("/krav/KB-0001", &region), ("/krav/KB-0001/dialog", &region)] {
        assert!(!browser.get(path).await.text().contains(SECRET), "{path}");
    }
    assert!(app.get(&thread).await.expect(200).text().contains("Dialogen är inte till för reklam."));
    assert!(author.get(&thread).await.text().contains(SECRET));
    let letter: String = app.db.value("select kind || ' ' || parts::text from mail").await;
    assert!(letter.starts_with("dialogue_hidden") && letter.contains("reklam") && letter.contains("Kommentaren säljer något."));
    assert!(letter.contains("/invandning") && !letter.contains(SECRET));
    // They object once; the network looks again.
    author.post(&format!("{comment}/invandning"), &[("skal", "Det var ett svar.")]).await.expect(303);
    author.post(&format!("{comment}/invandning"), &[("skal", "Igen.")]).await.expect(409);
    assert!(lmc.get("/lmc/moderering").await.text().contains("Invändning"));
    lmc.post(&one, &[("steg", "visa"), ("skal", "Det var ett svar på frågan.")]).await.expect(303);
    assert!(app.get(&thread).await.text().contains(SECRET));
    // The log tells what was done, not what it was done to.
    let log = app.get("/dialog/moderering.csv").await.expect(200);
    assert!(log.header("content-type").starts_with("text/csv"));
    let text = log.text();
    assert!(text.contains("Kommentaren säljer något.") && text.contains("KB-0001") && text.contains("Visad igen."));
    assert!(!text.contains(SECRET) && !text.contains("Mikael"));
    attempt(&app, "update dialogue_moderation set reason = 'Annat.'").await.expect_err("the log stands");
}

#[tokio::test]
async fn a_passage_is_left_out_everywhere() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, &format!("Ring {SECRET} så får du veta.")).await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let one = format!("/lmc/moderering/{}", id(&thread));
    let fields =
        |passage: &'static str| [("steg", "maska"), ("regel", "personal_data"), ("skal", "Ett namn."), ("passage", passage)];
    lmc.post(&one, &fields("finns inte")).await.expect(422);
    lmc.post(&one, &fields(SECRET)).await.expect(303);
    // Also where it is edited, and what it said before.
    author.post(&format!("/dialog/{}/redigera", id(&thread)), &[("text", &format!("Fråga {SECRET}."))]).await.expect(303);
    for path in [
        thread.clone(),
        "/krav/KB-0001".to_owned(),
        "/krav/KB-0001/dialog".to_owned(),
        format!("/dialog/{}/versioner", id(&thread)),
    ] {
        for browser in [&Browser::new(&app), &author, &lmc] {
            let text = browser.get(&path).await.expect(200).text();
            assert!(!text.contains(SECRET), "{path}");
        }
    }
    assert!(app.get(&thread).await.text().contains("Fråga [uppgift utelämnad]."));
    assert!(app.get(&format!("/dialog/{}/versioner", id(&thread))).await.text().contains("Ring [uppgift utelämnad]"));
    assert_eq!(app.db.value::<String>("select string_agg(kind, ' ') from mail").await, "dialogue_masked");
    // What it was is kept, for whoever may ask for it.
    assert_eq!(app.db.value::<i64>(&format!("select count(*) from dialogue_comment where text like '%{SECRET}%'")).await, 1);
}

#[tokio::test]
async fn nobody_else_moderates() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, "En fråga.").await;
    let one = format!("/lmc/moderering/{}", id(&thread));
    for word in ["upphandlare", "samordnare", "omradessamordnare", "beslutsfattare", "leverantor", "admin"] {
        let browser = Browser::signed_in(&app, word).await;
        browser.get("/lmc/moderering").await.expect(403);
        browser.get(&one).await.expect(403);
        browser.post(&one, &[("steg", "dolj"), ("regel", "off_topic"), ("skal", "S")]).await.expect(403);
    }
    // An administrator has no say, here either.
    let admin = Browser::signed_in(&app, "admin").await;
    admin.post(&thread, &[("text", "Hej.")]).await.expect(403);
    let lmc = Browser::signed_in(&app, "lmc2").await;
    lmc.post(&one, &[("steg", "avvisa"), ("skal", "Ingen har anmält.")]).await.expect(409);
    replied(&lmc, &thread, &[("text", "Svar.")]).await;
}
