//! A selection outlives who made it.

use super::{bank, leaves, owner, person, share};
use crate::support::{Browser, letters::written};

#[tokio::test]
async fn a_selection_is_handed_over_to_a_colleague() {
    let app = bank().await;
    let (strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    let action = format!("{path}/overlamning");
    let page = strateg.get(&format!("{path}/delning")).await.expect(200);
    assert_eq!(page.texts("#till option"), ["Välj en kollega", "Per Sjöberg", "Åsa Lindqvist"], "colleagues and nobody else");
    for till in [String::new(), "x".to_owned(), person(&app, "upphandlare2").await] {
        strateg.post(&action, &[("till", &till)]).await.expect(422);
    }
    let receiver = person(&app, "upphandlare").await;
    let list = strateg.post_on(&action, &[("till", &receiver)]).await;
    assert_eq!(list.texts(".flash__text"), ["Korgen Min korg är överlämnad till Åsa Lindqvist."]);
    assert_eq!(list.texts(".site-header__selection"), ["Korgar"]);
    strateg.get(&path).await.expect(404);
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    assert!(colleague.get(&path).await.expect(200).text().contains("Du äger korgen"));
    let logged: String = app.db.value("select new_value->>'person' from audit where action = 'selection.hand_over'").await;
    assert_eq!(logged, receiver);
    // The new owner is told, once, in their language; what it is called stands in the letter alone.
    let letters = written(&app, "upphandlare@example.org").await;
    let told: Vec<_> = letters.iter().filter(|letter| letter.kind == "selection_handed_over").collect();
    assert_eq!((told.len(), told[0].subject.as_str()), (1, "Du har fått en korg"));
    assert!(told[0].text.contains("Min korg") && told[0].paths == [path.clone()], "{told:?}");
    app.db.execute("update person set language = 'en' where example = 'strateg'").await;
    colleague.post(&action, &[("till", &person(&app, "strateg").await)]).await.expect(303);
    let back = written(&app, "strateg@example.org").await;
    assert!(back.iter().any(|letter| letter.subject == "You have been given a selection" && letter.paths[0].starts_with("/en/")));
}

#[tokio::test]
async fn what_somebody_leaves_behind_is_the_organisations() {
    let app = bank().await;
    let (strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    colleague.get(&path).await.expect(404);
    colleague.post(&format!("{path}/overtagande"), &[]).await.expect(404);
    share(&strateg, &path, "lasa").await;
    colleague.post(&format!("{path}/overtagande"), &[]).await.expect(403);
    share(&strateg, &path, "inget").await;
    leaves(&app, "strateg").await;
    // Whoever has left sees nothing of it.
    strateg.get(&path).await.expect(404);
    let list = colleague.get("/korgar").await.expect(200);
    assert!(list.text().contains("Ingen äger korgen längre. Du kan läsa den eller ta över den."));
    let page = colleague.get(&path).await.expect(200);
    assert_eq!(page.attributes("main form[method=post]", "action"), [format!("{path}/overtagande")]);
    colleague.post(&format!("{path}/uppgifter"), &[("namn", "Kapad"), ("las", "1")]).await.expect(403);
    // Not somebody of another organisation.
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other.get(&path).await.expect(404);
    other.post(&format!("{path}/overtagande"), &[]).await.expect(404);
    let taken = colleague.post_on(&format!("{path}/overtagande"), &[]).await;
    assert_eq!(taken.texts(".flash__text"), ["Du äger nu korgen Min korg."]);
    assert!(taken.text().contains("Du äger korgen, som hör till Region Skåne. Bara du ser den."));
    let third = Browser::signed_in(&app, "samordnare").await;
    third.get(&path).await.expect(404);
    third.post(&format!("{path}/overtagande"), &[]).await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'selection.take'").await, 1);
}

/// The same where the account was closed.
#[tokio::test]
async fn a_closed_account_owns_nothing() {
    let app = bank().await;
    let (_strateg, path) = owner(&app, "strateg", &["KB-0001"]).await;
    app.db.execute("update person set disabled_at = '2026-11-01' where example = 'strateg'").await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    assert!(colleague.get(&path).await.expect(200).text().contains("Den som ägde den arbetar inte kvar."));
}
