//! Selections of who has signed in: they belong to the organisation that is acted for.

mod following;
mod handing_over;
mod sharing;
mod strangers;

use super::filled;
use crate::support::{Browser, TestApp};

/// A bank with what the tests select, and people: `strateg`, `upphandlare` and `samordnare` work for Region Skåne,
/// `upphandlare2` for Region Uppsala, `lmc` for LMC and Region Västmanland.
async fn bank() -> TestApp {
    filled(TestApp::build().people().spawn().await).await
}

/// Somebody who has put these into a selection of their organisation, and the path of it.
async fn owner<'a>(app: &'a TestApp, word: &str, wanted: &[&str]) -> (Browser<'a>, String) {
    let browser = Browser::signed_in(app, word).await;
    for krav in wanted {
        browser.post("/korgar/rader", &[("krav", krav), ("tillbaka", "/krav")]).await.expect(303);
    }
    let selection = browser.selection().await;
    (browser, selection)
}

/// Says what colleagues may do: `inget`, `lasa`, `andra`.
async fn share(owner: &Browser<'_>, selection: &str, what: &str) {
    let page = owner.get(&format!("{selection}/delning")).await.expect(200);
    let lock = page.attributes("input[name=las]", "value").remove(0);
    owner.post(&format!("{selection}/delning/kollegor"), &[("kollegor", what), ("las", &lock)]).await.expect(303);
}

/// The id of a person of the example bank.
async fn person(app: &TestApp, word: &str) -> String {
    app.db.value::<uuid::Uuid>(&format!("select id from person where example = '{word}'")).await.to_string()
}

/// Ends the membership of a person.
async fn leaves(app: &TestApp, word: &str) {
    app.db
        .execute(&format!(
            "update membership set valid = tstzrange(lower(valid) - interval '1 day', lower(valid))
             where person_id = (select id from person where example = '{word}')"
        ))
        .await;
}
