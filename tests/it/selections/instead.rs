//! What stands instead of a row: a sibling, a successor, a newer version; and the answer to a repeal.

use time::Duration;

use super::{Deed, bank, becomes};
use crate::support::{Browser, NOW};

async fn fill_in(browser: &Browser<'_>, row: &str, share: &str, note: &str) {
    let lock = browser.get(row).await.expect(200).attributes(".row-form input[name=las]", "value").remove(0);
    browser.post(row, &[("las", &lock), ("p-andel", share), ("anteckning", note)]).await.expect(303);
}

#[tokio::test]
async fn a_row_is_swapped_for_a_sibling_and_back() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0005"]).await;
    let row = browser.row("KB-0002").await;
    fill_in(&browser, &row, "70", "Viktig.").await;
    let choose = browser.get(&format!("{row}/byte")).await.expect(200);
    assert_eq!(choose.texts(".swap h2"), ["Högre krav", "Spetskrav"]);
    assert!(choose.texts(".swap")[0].contains("ersätter kravet på lägre nivå"));
    assert!(
        choose.texts(".swap:first-of-type ins").iter().any(|text| text.contains("två gånger")),
        "{:?}",
        choose.texts(".swap ins")
    );
    let after = browser.post_on(&format!("{row}/byte"), &[("krav", "KB-0003")]).await;
    assert_eq!(after.texts(".selection-row .flash__text"), ["KB-0002:1 är bytt mot KB-0003:1."]);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0003:1", "KB-0005:2"], "at the same place");
    let new = browser.get(&browser.row("KB-0003").await).await.expect(200);
    assert_eq!(
        (new.attributes("#p-andel", "value"), new.texts("#anteckning")),
        (vec!["70".to_owned()], vec!["Viktig.".to_owned()])
    );
    let undo = after.attributes(".flash form", "action").remove(0);
    let back = browser.post_on(&undo, &[]).await;
    assert_eq!(back.texts(".selection-row .flash__text"), ["Bytet är ångrat. Raden är som den var."]);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1", "KB-0005:2"]);
    assert_eq!(browser.row("KB-0002").await, row);
    // Undone twice is undone once.
    browser.post(&undo, &[]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1", "KB-0005:2"]);
    // Sent twice it is swapped once.
    browser.post(&format!("{row}/byte"), &[("krav", "KB-0003")]).await.expect(303);
    let twice = browser.post_on(&format!("{row}/byte"), &[("krav", "KB-0003")]).await;
    assert!(twice.texts(".flash__text")[0].starts_with("Raden finns inte längre"));
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0003:1", "KB-0005:2"]);
}

#[tokio::test]
async fn values_that_do_not_fit_are_said_before_and_after() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0002"]).await;
    let row = browser.row("KB-0002").await;
    fill_in(&browser, &row, "20", "").await;
    let choose = browser.get(&format!("{row}/byte")).await.expect(200);
    assert!(choose.texts(".swap")[0].contains("De här värdena passar inte och följer inte med: Andel."));
    let after = browser.post_on(&format!("{row}/byte"), &[("krav", "KB-0003")]).await;
    assert!(after.texts(".flash__text")[0].ends_with("De här värdena passade inte och följde inte med: Andel."));
    assert_eq!(browser.tags("KB-0003").await, ["Värde saknas"]);
}

#[tokio::test]
async fn only_what_belongs_together_can_be_swapped() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0002", "KB-0001"]).await;
    let row = browser.row("KB-0002").await;
    for stranger in ["KB-0001", "KB-0005", "KB-0006", "KB-0999"] {
        browser.post(&format!("{row}/byte"), &[("krav", stranger)]).await.expect(404);
    }
    browser.post(&format!("{row}/byte"), &[("krav", "x")]).await.expect(303);
    becomes(&app.db, 3, Deed::Hide).await;
    browser.post(&format!("{row}/byte"), &[("krav", "KB-0003")]).await.expect(404);
    assert_eq!(browser.cited().await, ["KB-0002:1", "KB-0001:1"]);
    let alone = browser.get(&format!("{}/byte", browser.row("KB-0001").await)).await.expect(200);
    assert_eq!(alone.texts(".empty-state p")[0], "Det finns inget annat krav i familjen som gäller nu.");
}

#[tokio::test]
async fn a_row_is_updated_to_the_version_in_force() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1", "KB-0001"]).await;
    let row = browser.row("KB-0005").await;
    fill_in(&browser, &row, "30", "Kvar.").await;
    let notice = browser.page().await;
    assert!(notice.attributes(".row-notice a", "href").contains(&"/krav/KB-0005/jamfor?fran=1&till=2".to_owned()));
    let preview = browser.get(&format!("{row}/uppdatering")).await.expect(200);
    assert!(preview.texts(".diff ins").iter().any(|text| text.contains("Ett helt nytt stycke.")));
    assert!(preview.text().contains("De här värdena passar inte och följer inte med: Andel."), "thirty is too little now");
    let after = browser.post_on(&format!("{row}/uppdatering"), &[]).await;
    assert_eq!(
        after.texts(".selection-row .flash__text"),
        ["Raden har nu KB-0005:2. De här värdena passade inte och följde inte med: Andel."]
    );
    assert_eq!(browser.cited().await, ["KB-0005:2", "KB-0001:1"]);
    let new = browser.row("KB-0005").await;
    assert_eq!(browser.get(&new).await.texts("#anteckning"), ["Kvar."]);
    // Up to date there is nothing to do.
    browser.get(&format!("{new}/uppdatering")).await.expect(303);
    let again = browser.post_on(&format!("{new}/uppdatering"), &[]).await;
    assert_eq!(again.texts(".flash__text"), ["Raden har redan den version som gäller."]);
    let undo = after.attributes(".flash form", "action").remove(0);
    browser.post(&undo, &[]).await.expect(303);
    assert_eq!(browser.get(&row).await.expect(200).attributes("#p-andel", "value"), ["30"], "undone, the value is back");
}

#[tokio::test]
async fn a_repeal_is_answered() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005"]).await;
    let row = browser.row("KB-0005").await;
    becomes(&app.db, 5, Deed::Repeal(NOW - Duration::HOUR, Some(1))).await;
    let page = browser.page().await;
    assert_eq!(
        page.texts(".row-notice:first-child button"),
        ["Byt till KB-0001 KB-0005:2", "Behåll kravet ändå KB-0005:2", "Ta bort KB-0005:2"]
    );
    assert_eq!(page.texts(".to-do p").len(), 1, "it keeps the selection from being taken out");
    browser.post(&format!("{row}/bekraftelse"), &[]).await.expect(400);
    browser.post_on(&format!("{row}/bekraftelse"), &[("behall", "ja")]).await;
    let page = browser.page().await;
    assert!(page.texts(".row-notice")[0].contains("Du har valt att behålla det."));
    assert_eq!(page.texts(".to-do p").len(), 0);
    assert_eq!(app.db.value::<i64>("select count(repeal_confirmed_at) from selection_row").await, 1);
    browser.post(&format!("{row}/bekraftelse"), &[("behall", "nej")]).await.expect(303);
    assert_eq!(browser.page().await.texts(".to-do p").len(), 1);
    browser.post(&format!("{row}/byte"), &[("krav", "KB-0001")]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0001:1"], "what came instead");
}

#[tokio::test]
async fn a_family_is_put_right_from_its_notices() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0004"]).await;
    let page = browser.page().await;
    assert_eq!(browser.tags("KB-0004").await, ["Ett krav saknas"]);
    // Into this selection, though another is in use.
    let selection = browser.selection().await;
    browser.post("/korgar", &[("namn", "En annan")]).await.expect(303);
    let action = page.attributes(".row-notice form", "action").remove(0);
    assert_eq!(action, format!("{selection}/rader"));
    let missing = page.attributes(".row-notice button[name=krav]", "value").remove(0);
    let after = browser.post_on(&action, &[("krav", &missing)]).await;
    assert_eq!(after.texts("h1"), ["Min korg"]);
    assert_eq!(after.texts(".selection-row .hit__marks .ref"), ["KB-0004:1", "KB-0003:1"]);
    assert_eq!(after.texts(".flash__text"), ["Tillagt i korgen Min korg."]);
    browser.post(&action, &[("krav", "KB-0999")]).await.expect(404);
    browser.post(&action, &[("krav", "KB-0002")]).await.expect(303);
    // The advanced one replaces the basic one: one button takes the lower one out.
    let page = browser.get(&selection).await.expect(200);
    let words = page.texts(".row-notice button");
    let place = words.iter().position(|text| text.starts_with("Ta bort KB-0002:1")).expect("the button");
    let action = page.attributes(".row-notice form", "action").swap_remove(place);
    let after = browser.post_on(&action, &[]).await;
    assert_eq!(after.texts(".selection-row .hit__marks .ref"), ["KB-0004:1", "KB-0003:1"]);
}
