//! What is going on, told to everybody by those who look after the bank.

use super::{bank, group, lock};
use crate::support::{Browser, TestApp};

const LINE: [(&str, &str); 3] =
    [("text_sv", "Handskkraven ses över."), ("text_en", "The glove requirements are revised."), ("lage", "pagar")];

async fn added(lmc: &Browser<'_>, place: &str, more: &[(&str, &str)]) -> String {
    let mut said = LINE.to_vec();
    said.push(("plats", place));
    said.extend_from_slice(more);
    lmc.post("/lmc/pagaende/ny", &said).await.expect(303);
    let list = lmc.get("/lmc/pagaende").await.expect(200);
    list.attributes(".task a", "href").pop().expect("a line")
}

#[tokio::test]
async fn a_line_is_told_changed_and_taken_away() {
    let app = bank().await;
    let empty = app.get("/pagaende").await.expect(200);
    assert_eq!(empty.texts(".empty-state h2"), ["Inget arbete pågår just nu"]);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let wrong = lmc.post("/lmc/pagaende/ny", &[("beslut", "mars"), ("beredning", "0"), ("fran", "nu")]).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#plats", "#text_sv", "#text_en", "#lage", "#fran", "#beslut", "#beredning"]);
    let days = wrong.texts("#fel li");
    assert_eq!(days.iter().collect::<std::collections::HashSet<_>>().len(), days.len(), "each names its field: {days:?}");
    let turned = [
        LINE.as_slice(),
        &[("plats", "medicinteknik"), ("fran", "2027-05-01"), ("beslut", "2027-04"), ("prioriterat", "2027-04-30")],
    ];
    let turned = lmc.post("/lmc/pagaende/ny", &turned.concat()).await.expect(422);
    assert_eq!(turned.attributes("#fel a", "href"), ["#beslut", "#prioriterat"]);
    lmc.post("/lmc/pagaende/ny", &[LINE.as_slice(), &[("plats", "rymdfart")]].concat()).await.expect(422);
    let more = [("beslut", "2027-03"), ("prioriterat", "2027-06-30"), ("beredning", "3")];
    let path = added(&lmc, "medicinteknik", &more).await;
    let page = app.get("/pagaende").await.expect(200);
    assert_eq!(page.texts(".task__title"), ["Handskkraven ses över."]);
    for text in ["Pågår", "30 juni 2027", "mars 2027", "3 krav", "Ingen ägare i dag"] {
        assert!(page.text().contains(text), "{text}: {}", page.text());
    }
    assert_eq!(app.get("/en/pagaende").await.expect(200).texts(".task__title"), ["The glove requirements are revised."]);
    let las = lock(&lmc, &path).await;
    let said = |text: &'static str, las| {
        [("text_sv", text), ("text_en", "Done."), ("lage", "klart"), ("plats", "medicinteknik"), ("las", las)]
    };
    lmc.post(&path, &said("Klart.", &las)).await.expect(303);
    let late = lmc.post(&path, &said("Inte klart.", &las)).await.expect(409);
    assert!(late.texts(".conflict dd").contains(&"Klart.".to_owned()));
    assert_eq!(late.attributes("#text_sv", "value"), ["Inte klart."]);
    assert_eq!(app.get("/pagaende").await.texts(".task__title"), ["Klart."]);
    let asked = lmc.post(&path, &[("gor", "ta-bort")]).await.expect(422);
    assert_eq!(asked.texts("#fel li"), ["Kryssa i att raden ska tas bort."]);
    lmc.post(&path, &[("gor", "ta-bort"), ("saker", "1")]).await.expect(303);
    lmc.post(&path, &[("gor", "ta-bort"), ("saker", "1")]).await.expect(404);
    assert!(app.get("/pagaende").await.texts(".task").is_empty());
    Browser::signed_in(&app, "strateg").await.get("/lmc/pagaende").await.expect(403);
}

#[tokio::test]
async fn lines_follow_a_group_into_another() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (from, into) = (group(&app, "medicinteknik/handskar").await, group(&app, "textil/textilier-och-arbetsklader").await);
    added(&lmc, from.rsplit('/').next().expect("an id"), &[]).await;
    let page = app.get("/pagaende").await.expect(200);
    assert_eq!(page.attributes(".task a", "href"), ["/omraden/medicinteknik/handskar"]);
    let las = lock(&lmc, &format!("{from}/andring")).await;
    let fields = [("gor", "sla-ihop"), ("grupp", into.rsplit('/').next().expect("an id")), ("bekrafta", "ja"), ("las", &las)];
    lmc.post(&format!("{from}/andring"), &fields).await.expect(303);
    assert_eq!(app.get("/pagaende").await.attributes(".task a", "href"), ["/omraden/textil/textilier-och-arbetsklader"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_proposals_are_counted_as_they_are_listed() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/pagaende").await.expect(200);
    let links = page.attributes("main a[href^='/forslag?omrade=']", "href");
    assert!(!links.is_empty());
    let counts = page.texts("main a[href^='/forslag?omrade=']");
    for (link, count) in links.iter().zip(counts) {
        let listed = app.get(link).await.expect(200).texts("a[aria-current=true] .tabs__count").remove(0);
        assert!(count.starts_with(&format!("{listed} ")), "{link}: {count}, {listed}");
    }
}
