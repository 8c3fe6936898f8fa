//! What regions have met with.

use super::bank;
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
