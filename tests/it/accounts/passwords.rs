//! Which passwords are taken.

use super::invited;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn a_password_is_long_and_not_easy_to_guess() {
    let app = TestApp::spawn().await;
    let path = invited(&app).await.path;
    let browser = Browser::new(&app);
    let cases = [
        ("", "minst 12 tecken"),
        ("elva tecken", "minst 12 tecken"),
        ("password1234", "lätt att gissa"),
        ("qwertyuiopas", "lätt att gissa"),
        ("aaaaaaaaaaaaaaaa", "lätt att gissa"),
        ("123456789012345", "lätt att gissa"),
        // What others know of the bank and of whom the account is for.
        ("kravbanken2026", "lätt att gissa"),
        ("regionadminasa", "lätt att gissa"),
    ];
    for (password, text) in cases {
        let page = browser.post(&path, &[("losenord", password)]).await;
        assert_eq!(page.status, 422, "{password}");
        assert!(page.texts(".error-summary li")[0].contains(text), "{password}: {}", page.text());
        assert_eq!(page.texts("#losenord-fel").len(), 1);
        assert!(password.is_empty() || !page.text().contains(&format!("value=\"{password}\"")), "it is not shown again");
    }
    let long = "å".repeat(257);
    let page = browser.post(&path, &[("losenord", &long)]).await.expect(422);
    assert!(page.texts(".error-summary li")[0].contains("256"), "{}", page.text());
    // Any character is fine, and no composition is asked for.
    browser.post(&path, &[("losenord", "grön säl utan paraply 🦭")]).await.expect(303);
    let kept: String = app.db.value("select hash from person_password").await;
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
}
