//! Letters about how one signs in.

use super::{EMAIL, PASSWORD, admin, sign_in, two_steps::set_up};
use crate::support::{Browser, TestApp};

async fn kinds(app: &TestApp) -> Vec<String> {
    app.db.value("select coalesce(array_agg(kind order by id), '{}') from mail").await
}

#[tokio::test]
async fn an_owner_is_told_of_what_somebody_did() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    assert!(kinds(&app).await.is_empty(), "nobody is told of the first time");
    // In a browser like one that was used before nothing is said.
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
    assert!(kinds(&app).await.is_empty());
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let fields = [("epost", EMAIL), ("losenord", PASSWORD)];
    app.post_with("/logga-in", &[("user-agent", agent)], &fields).await.expect(303);
    assert_eq!(kinds(&app).await, ["new_sign_in"]);
    set_up(&browser).await;
    browser.post("/mitt/tvasteg/reservkoder", &[]).await.expect(303);
    let thief = Browser::new(&app);
    sign_in(&thief, EMAIL, PASSWORD).await.expect(303);
    for _ in 0..5 {
        thief.post("/logga-in/kod", &[("kod", "000000")]).await;
    }
    browser.post("/mitt/tvasteg/borttagning", &[]).await.expect(303);
    let told = kinds(&app).await;
    assert_eq!(told, ["new_sign_in", "second_factor_set", "recovery_codes", "wrong_codes", "second_factor_removed"]);
    let to: Vec<String> = app.db.value("select array_agg(distinct address) from mail").await;
    assert_eq!(to, [EMAIL]);
}
