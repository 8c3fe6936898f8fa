//! What regions have met with.

use super::{attempt, bank};
use crate::support::Browser;

#[tokio::test]
async fn regions_tell_and_everybody_reads_but_what_is_kept_inside() {
    let app = bank().await;
    let region = Browser::signed_in(&app, "samordnare").await;
    let page = region.post("/krav/KB-0001/erfarenhet", &[("rad", "Kvar."), ("timmar", "många")]).await.expect(422);
    assert_eq!(page.texts("#fel a").len(), 3, "review, verification and hours");
    assert!(page.texts("textarea").contains(&"Kvar.".to_owned()));
    let fields = [
        ("provning", "stood"),
        ("provning_text", "Det gick bra."),
        ("kontroll", "yes"),
        ("timmar", "12"),
        ("rad", "Be om intyg."),
        ("nyckel", "01900000-0000-7000-8000-0000000000ab"),
    ];
    region.post("/krav/KB-0001/erfarenhet", &fields).await.expect(303);
    region.post("/krav/KB-0001/erfarenhet", &fields).await.expect(303);
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other
        .post("/krav/KB-0001/erfarenhet", &[("provning", "none"), ("kontroll", "no"), ("rad", "Hemligt råd."), ("inom", "1")])
        .await
        .expect(303);
    let public = app.get("/krav/KB-0001/erfarenhet").await.expect(200);
    assert!(
        public.text().contains("Be om intyg.") && public.text().contains("12 timmar") && public.text().contains("Region Skåne")
    );
    assert!(!public.text().contains("Hemligt råd.") && public.texts("h2#lista") == ["1 erfarenhet"]);
    assert!(!public.text().contains("Per Sjöberg"), "the organisation alone");
    assert!(app.get("/krav/KB-0001").await.text().contains("1 kunde kontrollera"));
    let supplier = Browser::signed_in(&app, "leverantor").await;
    assert!(!supplier.get("/krav/KB-0001/erfarenhet").await.text().contains("Hemligt råd."));
    supplier.post("/krav/KB-0001/erfarenhet", &fields).await.expect(403);
    for word in ["lmc2", "beslutsfattare", "samordnare"] {
        let browser = Browser::signed_in(&app, word).await;
        assert!(browser.get("/krav/KB-0001/erfarenhet").await.text().contains("Hemligt råd."), "{word}");
    }
    // Whoever told takes it back, nobody else does.
    let removal = region.get("/krav/KB-0001/erfarenhet").await.attributes("section form", "action")[0].clone();
    other.post(&removal, &[]).await.expect(404);
    region.post(&removal, &[]).await.expect(303);
    assert!(app.get("/krav/KB-0001/erfarenhet").await.text().contains("Ingen har berättat än"));
}

/// What breaks a rule is reported, hidden and shown again by the same steps as a comment, and its author is told.
#[tokio::test]
async fn what_breaks_a_rule_is_hidden_and_its_author_may_object() {
    const SECRET: &str = "Anbudet var elva öre.";
    let app = bank().await;
    let author = Browser::signed_in(&app, "samordnare").await;
    let fields = [("provning", "none"), ("kontroll", "yes"), ("fragor", "Om priset."), ("rad", SECRET)];
    let path = "/krav/KB-0001/erfarenhet";
    author.post(path, &fields).await.expect(303);
    let id: uuid::Uuid = app.db.value("select id from experience").await;
    let (report, one) = (format!("/dialog/{id}/anmal"), format!("/lmc/moderering/{id}"));
    // Others report it, its author does not; nothing of it is written anew.
    let supplier = Browser::signed_in(&app, "leverantor").await;
    assert!(supplier.get(path).await.attributes("section a", "href").contains(&report));
    assert!(!app.get(path).await.text().contains("anmal") && !author.get(path).await.text().contains("anmal"));
    assert!(supplier.get(&report).await.expect(200).text().contains("Anmäl en erfarenhet av KB-0001"));
    supplier.get(&format!("/en{report}")).await.expect(200);
    supplier.post(&report, &[("regel", "secrecy")]).await.expect(422);
    let sent = supplier.post(&report, &[("regel", "secrecy"), ("skal", "Vårt pris.")]).await.expect(303);
    assert_eq!(sent.header("location"), format!("{path}#e-{id}"));
    supplier.post(&report, &[("regel", "secrecy"), ("skal", "Vårt pris.")]).await.expect(409);
    assert!(supplier.get(path).await.text().contains("Du har anmält erfarenheten"));
    author.get(&report).await.expect(404);
    for below in ["redigera", "ta-bort"] {
        author.get(&format!("/dialog/{id}/{below}")).await.expect(404);
        author.post(&format!("/dialog/{id}/{below}"), &[("text", "Annat.")]).await.expect(404);
    }
    assert_eq!(app.get(&format!("/dialog/{id}")).await.expect(303).header("location"), format!("{path}#e-{id}"));
    // It waits in the same inbox and list.
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let inbox = lmc.get("/lmc/inkorg?slag=kommentar").await.expect(200);
    assert_eq!(inbox.texts(".task .ref"), ["KB-0001"]);
    assert_eq!(inbox.attributes(".task__title a", "href"), std::slice::from_ref(&one));
    let subject = id.to_string();
    lmc.post("/lmc/uppgifter", &[("slag", "comment"), ("id", &subject), ("gor", "ta")]).await.expect(303);
    let list = lmc.get("/lmc/moderering").await.expect(200);
    assert_eq!(list.attributes(".task__title a", "href"), std::slice::from_ref(&one));
    assert!(lmc.get(&one).await.expect(200).text().contains("Vårt pris."));
    author.get(&one).await.expect(403);
    lmc.post(&one, &[("steg", "dolj")]).await.expect(422);
    lmc.post(&one, &[("steg", "dolj"), ("regel", "secrecy"), ("skal", "Ett pris ur ett anbud.")]).await.expect(303);
    assert!(lmc.get("/lmc/moderering").await.text().contains("Ingenting väntar"));
    // Nobody reads it any more but its author, who sees why; it is counted nowhere.
    for browser in [&Browser::new(&app), &supplier, &lmc] {
        let text = browser.get(path).await.expect(200).text();
        assert!(!text.contains(SECRET) && !text.contains("Om priset.") && text.contains("En moderator har dolt erfarenheten."));
        assert!(!browser.get("/krav/KB-0001").await.text().contains("1 kunde kontrollera"));
    }
    let own = author.get(path).await;
    assert!(own.text().contains(SECRET) && own.text().contains("Ett pris ur ett anbud."));
    let letter: String = app.db.value("select kind || ' ' || subject || ' ' || parts::text from mail").await;
    assert!(letter.starts_with("dialogue_hidden Din erfarenhet av KB-0001 är dold") && letter.contains("Ett pris ur ett anbud."));
    assert!(letter.contains("/invandning") && !letter.contains(SECRET));
    // They object once, and it is shown again.
    let objection = format!("/dialog/{id}/invandning");
    assert!(author.get(&objection).await.expect(200).text().contains("din erfarenhet av KB-0001"));
    author.post(&objection, &[("skal", "Priset är offentligt.")]).await.expect(303);
    author.post(&objection, &[("skal", "Igen.")]).await.expect(409);
    lmc.post(&one, &[("steg", "visa"), ("skal", "Det stämmer.")]).await.expect(303);
    assert!(app.get(path).await.text().contains(SECRET));
    // A passage is left out everywhere; the log is the same, and tells nothing of what it is about.
    let mask = |passage: &'static str| [("steg", "maska"), ("regel", "secrecy"), ("skal", "Priset."), ("passage", passage)];
    lmc.post(&one, &mask("finns inte")).await.expect(422);
    lmc.post(&one, &mask("elva öre")).await.expect(303);
    for browser in [&Browser::new(&app), &author, &lmc] {
        assert!(browser.get(path).await.text().contains("Anbudet var [uppgift utelämnad]."));
    }
    let log = app.get("/dialog/moderering.csv").await.expect(200).text();
    assert!(log.contains("KB-0001") && log.contains("Ett pris ur ett anbud.") && !log.contains("elva öre"));
    supplier.get("/mitt/uppgifter").await.expect(200);
    // What is taken back waits for nobody.
    supplier.post(&report, &[("regel", "secrecy"), ("skal", "Ändå.")]).await.expect(303);
    author.post(&format!("/erfarenhet/{id}/ta-bort"), &[]).await.expect(303);
    assert!(lmc.get("/lmc/moderering").await.text().contains("Ingenting väntar"));
    lmc.get(&one).await.expect(404);
    app.get(&format!("/dialog/{id}")).await.expect(404);
    attempt(&app, "update experience set advice = 'Annat.'").await.expect_err("as it was written");
}

/// What regions keep to themselves is found by nobody else, by its id either.
#[tokio::test]
async fn what_is_kept_inside_is_reported_within() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "samordnare").await;
    author
        .post("/krav/KB-0001/erfarenhet", &[("provning", "none"), ("kontroll", "no"), ("rad", "Inom oss."), ("inom", "1")])
        .await
        .expect(303);
    let id: uuid::Uuid = app.db.value("select id from experience").await;
    let supplier = Browser::signed_in(&app, "leverantor").await;
    for path in [format!("/dialog/{id}"), format!("/dialog/{id}/anmal")] {
        supplier.get(&path).await.expect(404);
    }
    supplier.post(&format!("/dialog/{id}/anmal"), &[("regel", "secrecy"), ("skal", "S")]).await.expect(404);
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other.post(&format!("/dialog/{id}/anmal"), &[("regel", "secrecy"), ("skal", "S")]).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc2").await;
    lmc.post(&format!("/lmc/moderering/{id}"), &[("steg", "dolj"), ("regel", "secrecy"), ("skal", "Inre skäl.")])
        .await
        .expect(303);
    assert!(!app.get("/dialog/moderering.csv").await.text().contains("Inre skäl."));
}
