//! Texts that proposals are answered with.

use super::{bank, sent, written};
use crate::support::Browser;

#[tokio::test]
async fn a_template_is_put_in_after_what_was_typed() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let handled = format!("/lmc/forslag/{number}");
    assert!(lmc.get(&handled).await.expect(200).attributes("#mall", "id").is_empty(), "no templates, no choice");
    assert_eq!(lmc.get("/lmc/svarsmallar").await.expect(200).texts(".empty-state").len(), 1);
    let empty = lmc.post("/lmc/svarsmallar/ny", &[]).await.expect(422);
    assert_eq!(empty.attributes("#fel a", "href"), ["#namn", "#slag", "#text"]);
    let said = [("namn", "Mätmetod"), ("slag", "komplettera"), ("text", "Hur mäts {number}, ”{title}”?")];
    lmc.post("/lmc/svarsmallar/ny", &said).await.expect(303);
    let taken = lmc.post("/lmc/svarsmallar/ny", &said).await.expect(422);
    assert_eq!(taken.attributes("#fel a", "href"), ["#namn"]);
    let path = lmc.get("/lmc/svarsmallar").await.expect(200).attributes(".task a", "href").remove(0);
    let template = path.rsplit('/').next().expect("an id");
    // What was typed and chosen is kept, and nothing is done.
    let fields = [("steg", "komplettera"), ("skal", "Tack."), ("mall", template), ("gor", "mall")];
    let page = lmc.post(&format!("{handled}/steg"), &fields).await.expect(200);
    assert_eq!(page.texts("#skal"), [format!("Tack. Hur mäts {number}, ”Handskar utan ftalater”?")]);
    assert_eq!(page.attributes("input[name=steg][checked]", "value"), ["komplettera"]);
    assert_eq!(app.db.value::<String>("select state from proposal").await, "submitted");
    let none = lmc.post(&format!("{handled}/steg"), &[("skal", "Tack."), ("gor", "mall")]).await.expect(422);
    assert_eq!(none.attributes("#fel a", "href"), ["#mall"]);
    assert_eq!(none.texts("#skal"), ["Tack."]);
    // Two who edit it: the second is shown both.
    let las = lmc.get(&path).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let said = |text: &'static str, las| [("namn", "Mätmetod"), ("slag", "allmant"), ("text", text), ("las", las)];
    lmc.post(&path, &said("Hur?", &las)).await.expect(303);
    let late = lmc.post(&path, &said("Varför?", &las)).await.expect(409);
    assert!(late.texts(".conflict dd").contains(&"Hur?".to_owned()));
    assert_eq!(late.texts("#text"), ["Varför?"]);
    lmc.post(&path, &[("gor", "ta-bort")]).await.expect(303);
    lmc.get(&path).await.expect(404);
    for word in ["omradessamordnare", "strateg", "beslutsfattare"] {
        Browser::signed_in(&app, word).await.get("/lmc/svarsmallar").await.expect(403);
    }
    let logged: i64 = app.db.value("select count(*) from audit where action like 'template.%'").await;
    assert_eq!(logged, 3);
}

/// What stands for nothing of a proposal is named, with what does.
#[tokio::test]
async fn a_placeholder_that_stands_for_nothing_is_named() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let form = |text: &'static str| [("namn", "Ny mall"), ("slag", "allmant"), ("text", text)];
    let page = lmc.post("/lmc/svarsmallar/ny", &form("Tack {namn} för {number}.")).await.expect(422);
    assert_eq!(page.texts("#fel a"), ["Ta bort eller ändra {namn}. De här kan du använda: {number}, {title}."]);
    assert!(page.texts("textarea")[0].contains("Tack {namn} för {number}."));
    lmc.post("/lmc/svarsmallar/ny", &form("Tack för {number}, {title}.")).await.expect(303);
}
