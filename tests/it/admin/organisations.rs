//! What is said of organisations.

use serde_json::json;

use super::logged;
use crate::support::{Browser, TestApp};

const NEW: [(&str, &str); 5] = [
    ("slug", "mattor-ab"),
    ("slag", "supplier"),
    ("namn", "Mattor AB"),
    ("namn_en", "Mattor AB"),
    ("webb", "https://mattor.example"),
];

#[tokio::test]
async fn an_organisation_is_added_and_edited() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let page = browser.post_on("/admin/organisationer/ny", &NEW).await;
    assert!(page.text().contains("Organisationen är tillagd."));
    assert_eq!(app.get("/organisationer/mattor-ab").await.expect(200).texts("h1"), ["Mattor AB"]);
    let path = "/admin/organisationer/mattor-ab/uppgifter";
    let edited = [
        ("slag", "supplier"),
        ("namn", "Mattor & Golv AB"),
        ("namn_en", "Mattor AB"),
        ("kort", "Mattor"),
        ("kort_en", "Rugs"),
        ("om", "Säljer mattor.\nOch golv."),
        ("webb", ""),
    ];
    assert!(browser.post_on(path, &edited).await.text().contains("Organisationen är sparad."));
    assert_eq!(app.get("/organisationer/mattor-ab").await.expect(200).texts("h1"), ["Mattor & Golv AB"]);
    let (old, new) = logged(&app, "organisation.edit").await.swap_remove(0);
    assert_eq!(old["name_sv"], json!("Mattor AB"));
    assert_eq!((&new["name_sv"], new.get("name_en")), (&json!("Mattor & Golv AB"), None), "what changed, and nothing else");
    // The same once more changes nothing, and is not written down.
    browser.post_on(path, &edited).await;
    assert_eq!(logged(&app, "organisation.edit").await.len(), 2);
    let list = browser.get("/admin/organisationer?q=mattor").await.expect(200);
    assert_eq!(list.texts("tbody th"), ["Mattor & Golv AB"]);
}

#[tokio::test]
async fn what_cannot_be_said_is_told_field_by_field() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    browser.post_on("/admin/organisationer/ny", &NEW).await;
    for (name, value, fault) in [
        ("slug", "Mattor AB", "små bokstäver"),
        ("slug", "mattor-ab", "En annan organisation har adressnamnet"),
        ("slag", "region", "En region är alltid en region"),
        ("slag", "kung", "Välj ett slag"),
        ("namn", "", "Skriv namnet på svenska"),
        ("namn", "Region Skåne", "En annan organisation heter så"),
        ("webb", "http://mattor.example", "Skriv hela adressen"),
        ("kort", "M", "på båda språken"),
    ] {
        let mut fields = vec![
            ("slug", "annan-ab"),
            ("slag", "supplier"),
            ("namn", "Annan AB"),
            ("namn_en", "Annan AB"),
            ("kort", ""),
            ("webb", ""),
        ];
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value));
        let page = browser.post("/admin/organisationer/ny", &fields).await.expect(422);
        assert!(
            page.texts(".error-summary li").iter().any(|text| text.contains(fault)),
            "{name}={value}: {:?}",
            page.texts(".error-summary li")
        );
    }
    let fields = [("slag", "supplier"), ("namn", "Region Skåne"), ("namn_en", "Region Skåne")];
    browser.post("/admin/organisationer/region-skane/uppgifter", &fields).await.expect(422);
    assert_eq!(app.db.value::<i64>("select count(*) from organisation where slug = 'annan-ab'").await, 0);
    assert_eq!(app.db.value::<String>("select kind from organisation where slug = 'region-skane'").await, "region");
    browser.get("/admin/organisationer/finns-inte/uppgifter").await.expect(404);
}
