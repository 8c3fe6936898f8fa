//! What colleagues may do with a selection.

use super::{bank, owner, share};
use crate::support::Browser;

#[tokio::test]
async fn colleagues_see_what_is_shared_and_no_more() {
    let app = bank().await;
    let (strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    colleague.get(&path).await.expect(404);
    assert!(!colleague.get("/korgar").await.expect(200).text().contains(&path));

    share(&strateg, &path, "lasa").await;
    let list = colleague.get("/korgar").await.expect(200);
    assert_eq!(list.texts("#kollegors"), ["Andra korgar i organisationen"]);
    assert_eq!(
        list.texts(".selections--others .small"),
        ["1 krav · ändrad 22 november 2026", "Maryam Karimi äger korgen. Du kan läsa den."]
    );
    let page = colleague.get(&path).await.expect(200);
    assert!(page.text().contains("Maryam Karimi äger korgen, som hör till Region Skåne. Du kan läsa den men inte ändra något."));
    assert!(page.attributes("main form[method=post]", "action").is_empty(), "what one may not do is not offered");
    let row = colleague.get(&page.attributes(".selection-row h3 a", "href")[0]).await.expect(200);
    assert!(row.attributes("main form[method=post]", "action").is_empty());
    assert!(row.attributes("main a", "href").iter().all(|href| !href.ends_with("/lydelse") && !href.ends_with("/byte")));
    colleague.get(&format!("{path}/oversikt")).await.expect(200);
    colleague.get(&format!("{path}/hamta")).await.expect(200);
    colleague.get(&format!("{path}/export?format=json")).await.expect(200);
    // Who puts something in without more puts it into their own.
    colleague.post("/korgar/rader", &[("krav", "KB-0002")]).await.expect(303);
    assert_eq!(colleague.cited().await, ["KB-0002:1"]);
    // A copy is their own.
    let copy = colleague.post_on(&format!("{path}/kopior"), &[]).await;
    assert!(copy.text().contains("Du äger korgen, som hör till Region Skåne. Bara du ser den."));

    share(&strateg, &path, "andra").await;
    let page = colleague.get(&path).await.expect(200);
    assert!(page.text().contains("Du kan ändra i den."));
    colleague.post(&format!("{path}/anvandning"), &[]).await.expect(303);
    colleague.post("/korgar/rader", &[("krav", "KB-0003")]).await.expect(303);
    let mine = strateg.get(&path).await.expect(200);
    assert_eq!(mine.texts(".selection-row .hit__marks .ref").len(), 2);
    assert!(mine.text().contains("Åsa Lindqvist ändrade den senast"), "who did it");
    // The owner alone decides.
    for (rest, fields) in [
        ("delning", vec![("dagar", "90")]),
        ("delning/kollegor", vec![("kollegor", "inget"), ("las", "1")]),
        ("overlamning", vec![("till", "x")]),
        ("borttagning", vec![]),
    ] {
        colleague.post(&format!("{path}/{rest}"), &fields).await.expect(403);
    }
    colleague.get(&format!("{path}/ta-bort")).await.expect(403);
    colleague.get(&format!("{path}/delning")).await.expect(404);

    // What is no longer shared is gone, also where it was in use.
    share(&strateg, &path, "inget").await;
    colleague.get(&path).await.expect(404);
    colleague.post("/korgar/rader", &[("krav", "KB-0004")]).await.expect(303);
    assert_eq!(strateg.get(&path).await.expect(200).texts(".selection-row .hit__marks .ref").len(), 2);
    let shared: String = app
        .db
        .value("select string_agg(new_value->>'colleagues', ',' order by id) from audit where action = 'selection.share'")
        .await;
    assert_eq!(shared, "1,2,0");
}

#[tokio::test]
async fn two_who_change_at_once_are_told() {
    let app = bank().await;
    let (strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    share(&strateg, &path, "andra").await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    let settings = format!("{path}/uppgifter");
    let lock = colleague.get(&settings).await.expect(200).attributes("input[name=las]", "value").remove(0);
    strateg.post(&settings, &[("namn", "Ägarens namn"), ("las", &lock)]).await.expect(303);
    let page = colleague.post(&settings, &[("namn", "Kollegans namn"), ("las", &lock)]).await.expect(409);
    assert!(page.texts(".error-summary li")[0].contains("eller av en kollega. Nu står där: namn Ägarens namn"));
    assert_eq!(page.attributes("#namn", "value"), ["Kollegans namn"]);
    // A row, too.
    let row = strateg.row("KB-0001").await;
    let lock = colleague.get(&row).await.expect(200).attributes("input[name=las]", "value").remove(0);
    strateg.post(&row, &[("las", &lock), ("anteckning", "Ägarens ord.")]).await.expect(303);
    let page = colleague.post(&row, &[("las", &lock), ("anteckning", "Kollegans ord.")]).await.expect(409);
    assert!(page.text().contains("Ägarens ord.") && page.text().contains("Kollegans ord."));
    // What colleagues may do, from two windows.
    let page = strateg.get(&format!("{path}/delning")).await.expect(200);
    let lock = page.attributes("input[name=las]", "value").remove(0);
    share(&strateg, &path, "lasa").await;
    let action = format!("{path}/delning/kollegor");
    let page = strateg.post(&action, &[("kollegor", "inget"), ("las", &lock)]).await.expect(409);
    assert_eq!(page.attributes("input[name=kollegor][checked]", "value"), ["inget"], "the choice is kept");
    let lock = page.attributes("input[name=las]", "value").remove(0);
    strateg.post(&action, &[("kollegor", "inget"), ("las", &lock)]).await.expect(303);
    strateg.post(&action, &[("kollegor", "alla"), ("las", &lock)]).await.expect(422);
}
