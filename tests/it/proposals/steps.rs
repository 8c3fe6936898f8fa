//! The five steps, each saved; what is wrong is said where it is put right, and nothing typed is lost.

use super::{attempt, bank, begun, lock, sent, written};
use crate::support::{Browser, letters};

#[tokio::test]
async fn a_change_is_written_in_five_steps_and_sent_in() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    // A link on the requirement fills in the first step.
    let page = author.get("/krav/KB-0001").await.expect(200);
    assert!(page.attributes("main a", "href").contains(&"/forslag/ny?slag=andra&krav=KB-0001".to_owned()), "a way to it");
    let page = author.get("/forslag/ny?slag=andra&krav=KB-0001").await.expect(200);
    assert_eq!(page.attributes("#krav", "value"), ["KB-0001"]);
    assert_eq!(page.attributes("input[name=slag][checked]", "value"), ["andra"]);
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let review = author.get(&format!("/forslag/utkast/{id}/granska")).await.expect(200);
    assert!(
        review.texts("ins").iter().any(|text| text.contains("helt")),
        "the changes as readers see them: {:?}",
        review.texts("ins")
    );
    assert!(review.texts("#saknas").is_empty(), "nothing is lacking");
    let number = sent(&author, &id).await;
    assert_eq!(number, "F-2026-0001");
    let receipt = author.get(&format!("/forslag/{number}/kvitto")).await.expect(200);
    assert!(receipt.text().contains("21 januari 2027"), "sixty days: {}", receipt.text());
    let letter = letters::letter(&app, "strateg@example.org", "proposal_received").await;
    assert!(letter.text.contains(&number) && letter.paths.contains(&format!("/forslag/{number}")), "{letter:?}");
    // Everybody sees it, but not what is for those who prepare.
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Gränsen är för hög.") && !public.text().contains("Kanariehandsken"));
    assert!(app.get("/forslag").await.expect(200).text().contains(&number));
    assert!(app.get(&format!("/en/forslag/{number}")).await.expect(200).text().contains("What has happened"));
    // It stands as it was sent.
    author.get(&format!("/forslag/utkast/{id}/texten")).await.expect(303);
    let late =
        author.post(&format!("/forslag/utkast/{id}/skalen"), &[("problem", "Något annat"), ("las", "9")]).await.expect(409);
    assert_eq!(late.texts("#problem"), ["Något annat"], "what was typed too late is not lost");
    let frozen = attempt(&app, &format!("update proposal set problem = 'Annat' where id = '{id}'")).await.expect_err("refused");
    assert!(frozen.contains("stands as it was sent"), "{frozen}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_the_field_and_kept() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let empty = author.post("/forslag/ny", &[]).await.expect(422);
    assert_eq!(empty.attributes("#fel a", "href"), ["#slag"]);
    let unknown = author.post("/forslag/ny", &[("slag", "andra"), ("krav", "något"), ("titel", "Kvar")]).await.expect(422);
    assert_eq!(unknown.attributes("#fel a", "href"), ["#krav"]);
    assert_eq!(unknown.attributes("#titel", "value"), ["Kvar"]);
    for (fields, field) in [
        (vec![("slag", "andra"), ("krav", "KB-0999")], "#krav"),
        (vec![("slag", "sla-ihop"), ("krav", "KB-0001")], "#krav"),
        (vec![("slag", "upphav"), ("krav", "KB-0001, KB-0002")], "#krav"),
    ] {
        let answer = author.post("/forslag/ny", &fields).await.expect(422);
        assert_eq!(answer.attributes("#fel a", "href"), [field], "{fields:?}");
    }
    let new = author.post("/forslag/ny", &[("slag", "nytt")]).await.expect(422);
    assert_eq!(new.attributes("#fel a", "href"), ["#titel", "#grupp"]);
    assert_eq!(app.db.value::<i64>("select count(*) from proposal").await, 0);
    // Sent in half done: each lack leads to the step where it is put right, and nothing is sent.
    let id = begun(&author, &[("slag", "andra"), ("krav", "kb1")]).await;
    let path = format!("/forslag/utkast/{id}/granska");
    let lock = lock(&author, &path).await;
    let lacks = author.post(&path, &[("las", &lock)]).await.expect(422);
    assert_eq!(lacks.attributes("#fel a", "href"), ["#saknas-1", "#saknas-2", "#saknas-3", "#saknas-4"]);
    assert!(lacks.attributes("#saknas ~ ul a, section a[id]", "href").iter().any(|href| href.ends_with("/skalen#problem")));
    assert_eq!(app.db.value::<String>("select state from proposal").await, "draft");
    let long = "x".repeat(4001);
    let too_long = author.post(&format!("/forslag/utkast/{id}/skalen"), &[("problem", &long), ("las", "1")]).await.expect(422);
    assert_eq!(too_long.texts("#problem")[0].len(), 4001, "it is all there");
}

#[tokio::test]
async fn clauses_are_added_moved_and_removed_without_script_and_without_saving() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = begun(&author, &[("slag", "andra"), ("krav", "KB-0001")]).await;
    let path = format!("/forslag/utkast/{id}/texten");
    let page = author.get(&path).await.expect(200);
    let ids = page.attributes("input[name=id]", "value");
    let fields = |button: &'static str| {
        vec![
            ("titel", "T"),
            ("id", ids[0].as_str()),
            ("stycke", "Ett"),
            ("id", ids[1].as_str()),
            ("stycke", "Två"),
            ("las", "1"),
            ("gor", button),
        ]
    };
    let moved = author.post(&path, &fields("ned-1")).await.expect(200);
    assert_eq!(moved.texts("textarea[name=stycke]"), ["Två", "Ett"]);
    assert_eq!(moved.attributes("input[name=id]", "value"), [ids[1].clone(), ids[0].clone()], "each keeps its id");
    let added = author.post(&path, &fields("efter-1")).await.expect(200);
    assert_eq!(added.texts("textarea[name=stycke]"), ["Ett", "", "Två"]);
    let removed = author.post(&path, &fields("bort-1")).await.expect(200);
    assert_eq!(removed.texts("textarea[name=stycke]"), ["Två"]);
    assert_eq!(
        app.db.value::<i64>("select count(*) from proposal_clause where text in ('Ett', 'Två')").await,
        0,
        "nothing is saved"
    );
}

#[tokio::test]
async fn the_stop_shows_what_is_like_it_and_why() {
    let app = bank().await;
    let other = Browser::signed_in(&app, "samordnare").await;
    let id = written(&other, "Handsken ska vara fri från alla ftalater.").await;
    let number = sent(&other, &id).await;
    let author = Browser::signed_in(&app, "upphandlare2").await;
    let id = begun(&author, &[("slag", "andra"), ("krav", "KB-0001")]).await;
    let page = author.get(&format!("/forslag/utkast/{id}/liknande")).await.expect(200);
    assert!(page.text().contains(&number) && page.text().contains("Gäller samma krav som ditt."), "{}", page.text());
    assert!(!page.attributes("main .task a", "href").contains(&"/krav/KB-0001".to_owned()), "its own requirement is no news");
    // Something new with a title like one that is there.
    let group = app.db.value::<uuid::Uuid>("select product_group_id from requirement where number = 1").await.to_string();
    let fields = [("slag", "nytt"), ("titel", "Handskar helt utan ftalater"), ("grupp", group.as_str())];
    let id = begun(&author, &fields).await;
    let page = author.get(&format!("/forslag/utkast/{id}/liknande")).await.expect(200);
    assert!(page.attributes("main .task a", "href").contains(&"/krav/KB-0001".to_owned()));
    assert!(page.text().contains("titlarna har 3 ord gemensamma"), "{}", page.text());
}
