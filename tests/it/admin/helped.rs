//! Whoever lost app and codes is helped, and whoever asks for it is erased: with a reason, in the log, told to the owner.

use super::{logged, person};
use crate::support::{Browser, TestApp, letters::written};

async fn with_factor(app: &TestApp, word: &str) -> uuid::Uuid {
    let id = person(app, word).await;
    let (secret, code) = ("5e".repeat(20), "c0".repeat(32));
    app.db
        .execute(&format!(
            "insert into second_factor values ('{id}', '\\x{secret}', '2026-11-01T08:00:00Z', 1);
             insert into recovery_code values ('{id}', '\\x{code}', '2026-11-01T08:00:00Z', null);
             insert into identity values ('{id}', '{id}', 'https://id.example', 'kb-123', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z')"
        ))
        .await;
    id
}

#[tokio::test]
async fn an_account_shows_how_its_owner_comes_in() {
    let app = TestApp::build().people().spawn().await;
    let id = with_factor(&app, "beslutsfattare").await;
    let admin = Browser::signed_in(&app, "admin").await;
    let page = admin.get(&format!("/admin/konton/{id}")).await.expect(200);
    let facts = page.texts(".facts dd").join(" ");
    for part in ["Ja, sedan den 1 november 2026", "1 reservkod kvar.", "https://id.example. Kopplad den"] {
        assert!(facts.contains(part), "{part}: {facts}");
    }
    let other = person(&app, "strateg").await;
    let page = admin.get(&format!("/admin/konton/{other}")).await.expect(200);
    assert!(page.attributes("main a[href$='/tvasteg']", "href").is_empty());
    // There is nothing to take away, and the own is changed elsewhere.
    admin.get(&format!("/admin/konton/{other}/tvasteg")).await.expect(303);
    let own = person(&app, "admin").await;
    assert_eq!(admin.get(&format!("/admin/konton/{own}/tvasteg")).await.expect(303).header("location"), "/mitt/tvasteg");
    assert_eq!(admin.get(&format!("/admin/konton/{own}/radering")).await.expect(303).header("location"), "/mitt/radera");
    assert_eq!(admin.get(&format!("/admin/konton/{own}")).await.attributes("#radera ~ p a", "href"), ["/mitt/radera"]);
}

#[tokio::test]
async fn a_second_factor_that_was_lost_is_taken_away() {
    let app = TestApp::build().people().spawn().await;
    let theirs = Browser::signed_in(&app, "beslutsfattare").await;
    let id = with_factor(&app, "beslutsfattare").await;
    let admin = Browser::signed_in(&app, "admin").await;
    let path = format!("/admin/konton/{id}/tvasteg");
    let page = admin.get(&path).await.expect(200);
    assert_eq!(page.texts("h1"), ["Ta bort inloggning i två steg"]);
    let page = admin.post(&path, &[("skal", "  ")]).await.expect(422);
    assert_eq!(page.texts(".error-summary li"), ["Skriv skälet."]);
    let page = admin.post(&path, &[("skal", &"x".repeat(1001))]).await.expect(422);
    assert_eq!(page.texts("#skal")[0].len(), 1001, "what was typed stays");
    let page = admin.post_on(&path, &[("skal", "Kom till kansliet med legitimation.")]).await;
    assert!(page.text().contains("Inloggningen i två steg är borttagen, och personen har fått ett brev."));
    theirs.get("/mitt").await.expect(303);
    let left: i64 = app
        .db
        .value(&format!(
            "select (select count(*) from second_factor where person_id = '{id}') + (select count(*) from recovery_code where person_id = '{id}')
                  + (select count(*) from session where person_id = '{id}' and second_at is not null)"
        ))
        .await;
    assert_eq!(left, 0);
    let reason: String = app.db.value("select reason from audit where action = 'person.reset_second_factor'").await;
    assert_eq!(reason, "Kom till kansliet med legitimation.");
    let letter = written(&app, "beslutsfattare@example.org").await.pop().expect("a letter");
    assert_eq!(
        (letter.kind.as_str(), letter.subject.as_str()),
        ("second_factor_reset", "Din inloggning i två steg är borttagen")
    );
    assert_eq!(letter.paths, ["/mitt/tvasteg"]);
    assert!(admin.post_on(&path, &[("skal", "En gång till.")]).await.text().contains("Personen loggar inte in i två steg."));
    assert_eq!(logged(&app, "person.reset_second_factor").await.len(), 1);
}

#[tokio::test]
async fn an_account_is_erased_on_request() {
    let app = TestApp::build().people().spawn().await;
    let theirs = Browser::signed_in(&app, "leverantor").await;
    let admin = Browser::signed_in(&app, "admin").await;
    let id = person(&app, "leverantor").await;
    let path = format!("/admin/konton/{id}/radering");
    let page = admin.get(&path).await.expect(200);
    assert!(page.text().contains("Borttagen användare, "), "what remains is said");
    let page = admin.post(&path, &[]).await.expect(422);
    assert_eq!(page.attributes(".error-summary a", "href"), ["#skal", "#forstatt"]);
    let page = admin.post(&path, &[("skal", "Bad om det i brev."), ("forstatt", "nej")]).await.expect(422);
    assert_eq!(page.texts("#skal"), ["Bad om det i brev."]);
    assert_eq!(app.db.value::<i64>("select count(*) from person where erased_at is not null").await, 0);
    let page = admin.post_on(&path, &[("skal", "Bad om det i brev."), ("forstatt", "ja")]).await;
    assert_eq!(page.path, "/admin/konton");
    assert!(page.text().contains("Kontot är raderat."));
    theirs.get("/mitt").await.expect(303);
    let erased: String = app
        .db
        .value(&format!("select concat_ws('|', reason, new_value ->> 'on_request') from audit where action = 'person.erase' and object_id = '{id}'"))
        .await;
    assert_eq!(erased, "Bad om det i brev.|true");
    for path in [path.clone(), format!("/admin/konton/{id}"), format!("/admin/konton/{id}/tvasteg")] {
        admin.get(&path).await.expect(404);
    }
    admin.post(&path, &[("skal", "Igen."), ("forstatt", "ja")]).await.expect(404);
}

/// The steps of a new bank say what is done.
#[tokio::test]
async fn the_first_steps_say_what_is_done() {
    let app = TestApp::build().people().spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let page = admin.get("/admin/kom-igang").await.expect(200);
    assert_eq!(
        page.attributes(".memberships h2 a", "href")[1..4],
        ["/admin/brev", "/admin/organisationer", "/mitt/organisation"]
    );
    assert_eq!(
        page.texts(".memberships__one .tag"),
        ["Inte klart", "Inte klart", "Inte klart", "Klart", "Inte klart", "Inte klart", "Inte klart"]
    );
    let fields = [("slug", "nya-ab"), ("slag", "supplier"), ("namn", "Nya AB"), ("namn_en", "New Ltd")];
    admin.post("/admin/organisationer/ny", &fields).await.expect(303);
    let page = admin.get("/admin/kom-igang").await.expect(200);
    assert_eq!(page.texts(".memberships__one--now h2"), ["Redigera organisationer", "Bjud in kollegor"]);
    for href in page.attributes(".memberships h2 a", "href") {
        admin.get(&href).await.expect(200);
    }
}
