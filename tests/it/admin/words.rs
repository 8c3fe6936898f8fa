//! Settings that are words.

use kravbank::kernel::words;
use serde_json::json;

use super::logged;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn a_word_is_on_every_page_once_it_is_set() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    assert!(app.get("/").await.text().contains("Drivs av LMC"));
    assert!(app.get("/om").await.text().contains("har ingen egen brevlåda"));
    let set = [
        ("network", "RMC"),
        ("decision_label_sv", "Fastställt – rekommendation till regionerna"),
        ("host_sv", "Region <Exempel>"),
        ("statement_sv", "Första stycket.\r\n\r\nAndra stycket."),
        ("contact_sv", "Ring förmiddagar."),
        ("contact_email", "fraga@example.se"),
        ("contact_phone", "08-123 45 67"),
    ];
    let page = browser.post_on("/admin/ord", &set).await;
    assert!(page.text().contains("Orden är sparade"));
    assert_eq!(page.attributes("#network", "value"), ["RMC"]);
    let before = app.queries_of("/").await.len();
    assert!(app.get("/").await.text().contains("Drivs av RMC"));
    assert_eq!(app.queries_of("/").await.len(), before, "no page asks for words");
    let about = app.get("/om").await;
    for part in [
        "Ring förmiddagar.",
        "mailto:fraga@example.se",
        "tel:081234567",
        "Fastställt – rekommendation",
        "Region &#60;Exempel&#62;",
    ] {
        assert!(about.text().contains(part), "{part}");
    }
    assert!(!about.text().contains("har ingen egen brevlåda"));
    let statement = app.get("/tillganglighet").await;
    assert!(
        statement.texts("main p").contains(&"Andra stycket.".to_owned()) && statement.text().contains("Region &#60;Exempel&#62;")
    );
    // English words were not set.
    assert!(!app.get("/en/om").await.text().contains("Ring"));
    assert_eq!(logged(&app, "setting.change").await.len(), set.len());
    browser.post_on("/admin/ord", &[("network", "")]).await;
    assert_eq!(logged(&app, "setting.change").await[0], (json!({"network": "RMC"}), json!({"network": null})));
    assert!(app.get("/").await.text().contains("Drivs av LMC"), "the setting holds again");
    assert!(app.get("/om").await.text().contains("Ring"), "what the form does not name stays");
}

#[tokio::test]
async fn a_word_that_cannot_be_is_told_and_nothing_is_kept() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let long = "x".repeat(41);
    let page = browser
        .post("/admin/ord", &[("network", &long), ("contact_email", "ingen"), ("contact_phone", "ring mig"), ("host_sv", "Y")])
        .await
        .expect(422);
    assert_eq!(page.texts(".error-summary li").len(), 3);
    assert_eq!(page.attributes("#network", "value"), [long]);
    assert_eq!(app.db.value::<i64>("select count(*) from setting_word").await, 0);
}

/// Another program on the same database hears of it.
#[tokio::test]
async fn other_programs_are_told() {
    let app = TestApp::build().people().spawn().await;
    let other = TestApp::build().beside(&app).spawn().await;
    let listening = tokio::spawn(words::listen(other.app.clone()));
    let browser = Browser::signed_in(&app, "admin").await;
    browser.post_on("/admin/ord", &[("network", "RMC")]).await;
    let begun = std::time::Instant::now();
    while !other.get("/").await.text().contains("Drivs av RMC") {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "it hears of it");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    listening.abort();
}
