//! What the page before the files says of each row, and what of that stands in the files.

use super::super::{Deed, bank, becomes};
use crate::support::{Answer, Browser};

/// What is said under a heading: row and sentences.
fn said(page: &Answer, heading: &str) -> String {
    let place = page.texts(".banner__title").iter().position(|one| one == heading);
    let place = place.unwrap_or_else(|| panic!("no {heading}: {:?}", page.texts(".banner__title")));
    page.texts(".banner__body").swap_remove(place)
}

#[tokio::test]
async fn versions_that_do_not_hold_are_told_of() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0002", "KB-0005:1", "KB-0006"]).await;
    let path = browser.below("/hamta").await;
    let coming = browser.get(&path).await.expect(200);
    assert!(said(&coming, "Krav som inte gäller än").contains("KB-0006:1"), "{}", coming.text());
    assert!(said(&coming, "Krav som inte gäller än").contains("Versionen börjar gälla 1 juni 2027."));
    becomes(&app.db, 6, Deed::Revoke).await;
    // The version that is in force instead may not be shown.
    becomes(&app.db, 5, Deed::Hide).await;
    let page = browser.get(&path).await.expect(200);
    assert!(!page.texts(".banner__title").contains(&"Krav som inte gäller än".to_owned()), "{}", page.text());
    let ended = said(&page, "Krav som inte gäller");
    assert!(ended.contains("KB-0006:1") && ended.contains("Versionen återkallades innan den började gälla."), "{ended}");
    let none = "Versionen har slutat gälla, och ingen annan version gäller just nu.";
    assert!(ended.contains("KB-0005:1") && ended.contains(none), "{ended}");
    // Whoever holds the file sees it too.
    let file = browser.get(&browser.below("/export?format=txt").await).await.expect(200).text();
    assert!(file.contains("Versionen återkallades innan den började gälla.") && file.contains(none), "{file}");
    let english = browser.get(&format!("/en{path}")).await.expect(200);
    assert_eq!(english.texts(".banner__title").len(), page.texts(".banner__title").len());
}

#[tokio::test]
async fn braces_that_are_no_value_are_told_of() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0002"]).await;
    let page = browser.get(&browser.below("/hamta").await).await.expect(200);
    assert!(!page.texts(".banner__title").contains(&"Ord inom klamrar".to_owned()));
    let path = format!("{}/lydelse", browser.row("KB-0002").await);
    let lock = browser.get(&path).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let text = "Minst {{andel}} procent, högst {{okänt}}.";
    let fields = [("las", lock.as_str()), ("id", ""), ("stycke", text), ("skal", "Därför."), ("gor", "spara")];
    browser.post(&path, &fields).await.expect(303);
    let page = browser.get(&browser.below("/hamta").await).await.expect(200);
    let unknown = said(&page, "Ord inom klamrar");
    assert!(unknown.contains("KB-0002:1") && unknown.contains("I texten står {{okänt}}."), "{unknown}");
    let file = browser.get(&browser.below("/export?format=txt").await).await.expect(200).text();
    assert!(file.contains("högst {{okänt}}.") && !file.contains("I texten står"), "a file adds nothing: {file}");
}

#[tokio::test]
async fn what_the_page_of_the_selection_says_is_said_here_too() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0003", "KB-0005:1", "KB-0005:2"]).await;
    app.db
        .execute(
            "update selection_row set parameter_values = '{\"andel\": 3}'
             where requirement_id = (select id from requirement where number = 1)",
        )
        .await;
    let page = browser.get(&browser.below("/hamta").await).await.expect(200);
    let twice = said(&page, "Krav som finns två gånger");
    assert!(twice.contains("KB-0005:1") && twice.contains("Kravet står redan i korgen som KB-0005:2."), "{twice}");
    let replaces = said(&page, "Krav som ersätter andra i korgen");
    assert!(replaces.contains("KB-0003:1 ersätter KB-0002:1 på lägre nivå."), "{replaces}");
    let outside = said(&page, "Värden som inte passar");
    assert!(
        outside.contains("KB-0001:1") && outside.contains("Värdet ligger utanför det som kravet medger: Andel."),
        "{outside}"
    );
    // What is repealed and not answered stands out, and first.
    becomes(&app.db, 2, Deed::Repeal(crate::support::NOW - time::Duration::days(1), None)).await;
    let page = browser.get(&browser.below("/hamta").await).await.expect(200);
    assert_eq!(page.texts(".banner--stop .banner__title"), ["Upphävda krav att ta ställning till"]);
    assert_eq!(page.texts(".banner__title")[0], "Upphävda krav att ta ställning till");
}
