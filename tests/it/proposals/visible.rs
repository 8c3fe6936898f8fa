//! Who sees what of proposals, whoever asks in whatever way.

use time::Duration;

use super::{bank, sent, written};
use crate::support::{Browser, Import, Line, NOW, TestApp, lines};

#[tokio::test]
async fn other_spellings_lead_to_the_number_and_lists_page_by_key() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    sent(&author, &id).await;
    let moved = app.get("/forslag/f-2026-1").await.expect(308);
    assert_eq!(moved.header("location"), "/forslag/F-2026-0001");
    app.get("/forslag/F-2025-0001").await.expect(404);
    app.get("/forslag/nagot").await.expect(404);
    // Forty-four more, as if they had been sent in one after the other.
    app.db
        .execute(
            "insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, title, created_at, changed_at, changed_by, state_since)
             select gen_random_uuid(), 'new', 'draft', 100, owner_org, author_id, group_id, 'Förslag ' || n, created_at, changed_at, changed_by, state_since
             from proposal, generate_series(2, 45) n where number = 1",
        )
        .await;
    app.db
        .execute(
            "update proposal p set state = 'submitted', audience = 0, number = x.n, year = 2026, submitted_at = created_at, cc0_at = created_at, answer_by = '2027-01-21', sent = proposal_as_written(p.id)
             from (select id, 1 + row_number() over (order by id) as n from proposal where state = 'draft') x where x.id = p.id",
        )
        .await;
    let page = app.get("/forslag").await.expect(200);
    assert_eq!(page.texts(".pagination__where"), ["Förslag 1–20 av 45"]);
    assert_eq!(page.texts(".task .ref")[0], "F-2026-0045");
    let next = page.attributes(".pagination a[rel=next]", "href")[0].clone();
    let second = app.get(&next).await.expect(200);
    assert_eq!(second.texts(".pagination__where"), ["Förslag 21–40 av 45"]);
    let last = second.attributes(".pagination a", "href").last().cloned().expect("the last page");
    let last = app.get(&last).await.expect(200);
    assert_eq!(last.texts(".task .ref").last().map(String::as_str), Some("F-2026-0001"));
    let back = second.attributes(".pagination a[rel=prev]", "href")[0].clone();
    assert_eq!(app.get(&back).await.texts(".task .ref")[0], "F-2026-0045");
}

#[tokio::test]
async fn a_text_that_moved_on_is_shown_in_three_columns_where_it_must_be() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let path = format!("/forslag/{number}");
    let changed = |texts: &[&str]| lines(&[Line::empty().id("KB-0001").set("text", serde_json::json!(texts))]);
    // Another clause than the proposal's: it follows silently.
    let other = changed(&["Handsken ska vara fri från ftalater.", "Ett intyg från tillverkaren ska lämnas."]);
    Import::current().at(NOW + Duration::days(1)).accepted(&app.db, other).await;
    let later = TestApp::build().beside(&app).at(NOW + Duration::days(2)).spawn().await;
    let page = later.get(&path).await.expect(200);
    assert!(page.text().contains("så förslaget följer med") && !page.text().contains("behöver anpassas"));
    // The same clause.
    let same = changed(&["Handsken ska vara fri från ftalater och bisfenol.", "Ett intyg från tillverkaren ska lämnas."]);
    Import::current().at(NOW + Duration::days(3)).accepted(&app.db, same).await;
    let later = TestApp::build().beside(&app).at(NOW + Duration::days(4)).spawn().await;
    let page = later.get(&path).await.expect(200);
    assert!(page.text().contains("Förslaget behöver anpassas"));
    let cells = page.texts("section[aria-labelledby=anpassas] td");
    assert_eq!(
        cells,
        [
            "Handsken ska vara fri från ftalater.",
            "Handsken ska vara fri från ftalater och bisfenol.",
            "Handsken ska vara helt fri från ftalater."
        ]
    );
}
