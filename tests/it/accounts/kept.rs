//! What somebody has typed when it turns out that they are signed in no longer.

use crate::support::{Answer, Browser, TestApp, complete, lines};

const ACCOUNT: &str = "/mitt/konto";
const REPORT: &str = "/krav/KB-0001/felrapporter";

async fn bank() -> TestApp {
    let app = TestApp::build().people().trusted_proxies("127.0.0.1").spawn().await;
    app.import(&lines(&[complete("Krav").id("KB-0001")]), kravbank::imports::Target::Current).await;
    app
}

/// Ends every session, as an administrator does.
async fn end_all(app: &TestApp) {
    app.db.execute("update session set ended_at = seen_at, ended_why = 'administrator' where ended_at is null").await;
}

async fn names(app: &TestApp) -> String {
    app.db.value("select string_agg(name, ',' order by id) from person").await
}

fn value(page: &Answer, name: &str) -> String {
    page.attributes(&format!("input[name={name}]"), "value").pop().unwrap_or_default()
}

/// A26: the session is gone, the form is sent, somebody signs in: the text is there, and it is saved once, when they say so.
#[tokio::test]
async fn a_form_is_shown_again_after_signing_in_and_is_not_sent() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    browser.get(ACCOUNT).await.expect(200);
    let before = names(&app).await;
    end_all(&app).await;
    let page = browser.post(ACCOUNT, &[("namn", "Maryam \"K\" <Karimi> & Ö"), ("sprak", "sv")]).await.expect(401);
    assert_eq!(page.texts("h1"), ["Logga in för att fortsätta"]);
    assert!(page.header("cache-control").contains("no-store"));
    assert_eq!(value(&page, "oskickat_till"), ACCOUNT);
    let shown = browser.post_form(&page, "/logga-in/exempel", &[("person", "strateg")]).await.expect(200);
    assert!(shown.text().contains("<title>Inte skickat: Mitt konto"), "{}", shown.text());
    assert_eq!(value(&shown, "namn"), "Maryam \"K\" <Karimi> & Ö");
    assert_eq!(shown.texts("#igen"), ["Här är det du skrev. Det är inte skickat. Gå igenom det och skicka sedan."]);
    assert_eq!(names(&app).await, before, "nothing was sent");
    assert!(shown.header("cache-control").contains("no-store"));
    assert_eq!(shown.texts(".who__name"), ["Maryam Karimi"], "who has signed in stands on the page");
    browser.post_form(&shown, "/mitt/konto#fel", &[("namn", "Maryam Ny"), ("sprak", "sv")]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from person where name = 'Maryam Ny'").await, 1);
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'form.other_membership'").await, 0);
}

/// By a password that is wrong at first: the form goes from page to page.
#[tokio::test]
async fn a_form_travels_through_as_many_pages_as_it_takes() {
    let app = bank().await;
    let browser = super::admin(&app).await;
    browser.get(ACCOUNT).await.expect(200);
    end_all(&app).await;
    let page = browser.post(ACCOUNT, &[("namn", "Åsa Ny"), ("sprak", "en")]).await.expect(401);
    let action = "/logga-in#fel";
    let again = browser.post_form(&page, action, &[("epost", super::EMAIL), ("losenord", "fel lösenord helt")]).await.expect(422);
    assert_eq!(again.texts("h1"), ["Logga in för att fortsätta"]);
    let empty = browser.post_form(&again, action, &[]).await.expect(422);
    let shown = browser.post_form(&empty, action, &[("epost", super::EMAIL), ("losenord", super::PASSWORD)]).await.expect(200);
    assert_eq!((value(&shown, "namn").as_str(), shown.texts("h1").join("").as_str()), ("Åsa Ny", "Mitt konto"));
    assert!(!names(&app).await.contains("Åsa Ny"));
    // Or in another window: the page asks for the form again, and signing in is still what it takes.
    end_all(&app).await;
    let page = browser.post(ACCOUNT, &[("namn", "Åsa Ny"), ("sprak", "en")]).await.expect(401);
    let page = browser.post_form(&page, "/visa-igen", &[]).await.expect(401);
    let other = super::sign_in(&browser, super::EMAIL, super::PASSWORD).await.expect(303);
    assert_eq!(other.header("location"), "/mitt/tvasteg?till=%2Fmitt", "an administrator is led to the second step");
    let shown = browser.post_form(&page, "/visa-igen", &[]).await.expect(200);
    assert_eq!(value(&shown, "namn"), "Åsa Ny");
}

#[tokio::test]
async fn another_person_than_before_is_told_so() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    browser.get(ACCOUNT).await.expect(200);
    end_all(&app).await;
    let page = browser.post(ACCOUNT, &[("namn", "Maryam Ny"), ("sprak", "sv")]).await.expect(401);
    let shown = browser.post_form(&page, "/logga-in/exempel", &[("person", "bransch")]).await.expect(200);
    assert_eq!(value(&shown, "namn"), "Maryam Ny");
    assert!(shown.texts("#igen")[0].starts_with("Formuläret visades för någon annan"), "{:?}", shown.texts("#igen"));
    assert!(!names(&app).await.contains("Maryam Ny"));
    // Who has no right to the page reads what was typed, and cannot send it.
    let mine = Browser::with(&app, &["KB-0001"]).await;
    let selection = mine.selection().await;
    let strange = Browser::signed_in(&app, "bransch").await;
    let fields = [("oskickat_till", format!("{selection}/uppgifter")), ("oskickat", "namn=Handskar+2027&las=1".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = strange.post("/visa-igen", &fields).await.expect(404);
    assert!(page.texts(".typed dd").contains(&"Handskar 2027".to_owned()));
    assert!(page.attributes("main form", "action").is_empty());
}

/// Passwords are in no page, whichever way it came to be.
#[tokio::test]
async fn passwords_and_codes_never_come_back() {
    let app = bank().await;
    let browser = super::admin(&app).await;
    browser.get(ACCOUNT).await.expect(200);
    end_all(&app).await;
    let secret = "kanariehemlighet fyra ord";
    let page = browser.post("/mitt/losenord", &[("nuvarande", secret), ("losenord", secret), ("kod", "kanariehemlighet")]).await;
    let page = page.expect(401);
    assert!(!page.text().contains("kanariehemlighet"), "{}", page.text());
    let wrong = browser.post_form(&page, "/logga-in#fel", &[("epost", super::EMAIL), ("losenord", secret)]).await.expect(422);
    assert!(!wrong.text().contains("kanariehemlighet"));
    let shown = browser.post_form(&wrong, "/logga-in#fel", &[("epost", super::EMAIL), ("losenord", super::PASSWORD)]).await;
    assert!(!shown.expect(200).text().contains(super::PASSWORD));
}

/// A form that a visitor may send too, but that was shown to somebody who had signed in.
#[tokio::test]
async fn what_a_visitor_may_send_is_not_sent_as_a_visitor_unasked() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let form = browser.get("/krav/KB-0001/rapportera-fel").await.expect(200);
    end_all(&app).await;
    let fields = [("text", "Ett fel\npå två rader.\n\nOch ett stycke."), ("slag", "text")];
    let page = browser.post_form(&form, &format!("{REPORT}#fel"), &fields).await.expect(401);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
    let shown = browser.post_form(&page, "/visa-igen", &[]).await.expect(200);
    assert_eq!(shown.texts("textarea"), ["Ett fel på två rader. Och ett stycke."]);
    assert!(shown.text().contains("Ett fel\npå två rader.\n\nOch ett stycke."), "line by line");
    assert!(shown.texts("#igen")[0].contains("Skickar du nu gör du det som besökare."));
    browser.post_form(&shown, &format!("{REPORT}#fel"), &fields).await.expect(303);
    let by: String = app.db.value("select actor_kind from audit where object_kind = 'fault_report'").await;
    assert_eq!(by, "visitor");
    // A visitor who never signed in is asked nothing.
    app.post(REPORT, &[("text", "Fel."), ("slag", "text"), ("version", "1")]).await.expect(303);
}

/// A button without a text: what it does is told, and not done.
#[tokio::test]
async fn a_button_is_pressed_again_by_hand() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    browser.get("/krav").await.expect(200);
    end_all(&app).await;
    let page = browser.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", "/krav?q=x")]).await.expect(401);
    let shown = browser.post_form(&page, "/logga-in/exempel", &[("person", "strateg")]).await.expect(200);
    assert_eq!(shown.texts("h1"), ["Ingenting är skickat än"]);
    assert_eq!(shown.attributes("main .actions > a", "href"), ["/krav?q=x"]);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 0);
    let done = browser.post_form(&shown, "/korgar/rader", &[]).await.expect(303);
    assert_eq!(done.header("location"), "/krav?q=x#KB-0001");
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 1);
}

#[tokio::test]
async fn what_is_too_long_or_has_a_file_is_said_so() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let shown_for = value(&browser.get(ACCOUNT).await.expect(200), "som");
    let mine = Browser::with(&app, &["KB-0001"]).await;
    let wording = format!("{}/lydelse", mine.row("KB-0001").await);
    end_all(&app).await;
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", &*browser.header())];
    // As long as may be: it comes along, however it is written.
    for (piece, kept) in [("a", true), ("%C3%A5", true), ("a", false)] {
        let most = if kept { 256 * 1024 - 80 } else { 256 * 1024 };
        let body = format!("som={shown_for}&stycke={}", piece.repeat(most / piece.len()));
        let page = app.send(reqwest::Method::POST, &wording, &headers, body).await.expect(401);
        if kept {
            let next = browser.post_form(&page, "/logga-in#fel", &[("epost", "x"), ("losenord", "y")]).await.expect(422);
            assert_eq!(value(&next, "oskickat").len(), value(&page, "oskickat").len());
        } else {
            assert!(page.texts(".lead")[0].starts_with("Texten är för lång"), "{:?}", page.texts(".lead"));
            assert_eq!(value(&page, "oskickat"), "");
            assert_eq!(value(&page, "till"), wording);
        }
    }
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("cookie", &*browser.header())];
    let page = app.send(reqwest::Method::POST, ACCOUNT, &headers, "--x\r\n\r\nfil\r\n--x--").await.expect(401);
    assert!(page.texts(".lead")[0].starts_with("En fil kan inte följa med"));
}

/// Cross-site checks come first, and a form that leads elsewhere is none.
#[tokio::test]
async fn nobody_else_can_have_a_form_shown() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let fields = "oskickat_till=/mitt/konto&oskickat=namn%3DKapad";
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("cookie", &*browser.header()), ("sec-fetch-site", "cross-site")];
    app.send(reqwest::Method::POST, "/visa-igen", &headers, fields).await.expect(403);
    for to in ["https://example.com/", "//example.com", "/\\example.com", ""] {
        let answer = browser.post("/visa-igen", &[("oskickat_till", to), ("oskickat", "namn=x")]).await.expect(303);
        assert_eq!(answer.header("location"), "/");
    }
    // Where there is no such form, what was in it can be read.
    let page = browser.post("/visa-igen", &[("oskickat_till", "/finns-inte"), ("oskickat", "namn=Text")]).await.expect(404);
    assert_eq!(page.texts(".typed dd"), ["Text"]);
    // Not in circles.
    browser.post("/visa-igen", &[("oskickat_till", "/visa-igen"), ("oskickat", "oskickat_till=/mitt/konto")]).await;
}

/// Whatever form is shown again, with whatever in it: nothing changes.
#[tokio::test]
async fn no_form_that_is_shown_again_does_anything() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    browser.post("/korgar/rader", &[("krav", "KB-0001")]).await.expect(303);
    let row = browser.row("KB-0001").await;
    let ids: Vec<&str> = row.split('/').collect();
    let state = "select concat((select string_agg(s::text, ',' order by s.id) from selection s),
                               (select string_agg(w::text, ',' order by w.id) from selection_row w),
                               (select string_agg(k::text, ',' order by k.id) from selection_share k),
                               (select string_agg(p::text, ',' order by p.id) from person p),
                               (select count(*) from fault_report), (select count(*) from session where ended_at is null),
                               (select count(*) from audit))";
    let before: String = app.db.value(state).await;
    let mut shown = 0;
    for route in kravbank::server::routes().list().iter().filter(|route| route.method == "POST") {
        if route.right == kravbank::kernel::rights::Right::SignIn || ["/visa-igen", "/mitt/uppdrag"].contains(&route.path) {
            continue;
        }
        let to = route.path.replace("/krav/{id}", "/krav/KB-0001").replace("{id}", ids[2]).replace("{row}", ids[4]);
        let to = ["{other}", "{batch}", "{share}"].iter().fold(to, |path, part| path.replace(part, ids[4]));
        let body = "krav=KB-0001&namn=Kapad&at=upp&behall=ja&las=1&stycke=Kapat&skal=x&gor=spara&text=Kapat&slag=text&dagar=30\
                    &sprak=sv&grupp=medicinteknik%2Fhandskar&niva=bas&losenord=fyra+ord+utan+samband&nuvarande=x&version=1";
        let answer = browser.post("/visa-igen", &[("oskickat_till", &to), ("oskickat", body)]).await;
        assert!(matches!(answer.status.as_u16(), 200 | 303 | 404), "{to}: {}", answer.status);
        let after: String = app.db.value(state).await;
        assert_eq!(after, before, "{to} did something");
        shown += usize::from(answer.status == 200);
    }
    assert!(shown > 20, "only {shown} were shown");
}

/// The way in takes two steps: the form goes through the page for the code too, and through the one for a code on paper.
#[tokio::test]
async fn a_form_goes_on_through_the_page_for_the_code() {
    let app = bank().await;
    let browser = super::admin(&app).await;
    let (_, codes) = super::two_steps::set_up(&browser).await;
    browser.get(ACCOUNT).await.expect(200);
    end_all(&app).await;
    let page = browser.post(ACCOUNT, &[("namn", "Åsa Ny"), ("sprak", "en")]).await.expect(401);
    let password = [("epost", super::EMAIL), ("losenord", super::PASSWORD)];
    let code = browser.post_form(&page, "/logga-in#fel", &password).await.expect(200);
    assert_eq!(code.texts("h1"), ["Skriv koden från appen"]);
    assert_eq!(value(&code, "oskickat_till"), ACCOUNT);
    let wrong = browser.post_form(&code, "/logga-in/kod#fel", &[("kod", "000000")]).await.expect(422);
    assert_eq!(value(&wrong, "oskickat_till"), ACCOUNT);
    // The other page is asked for by a button, since a link would lose what was typed.
    let hidden: Vec<(&str, &str)> = vec![("byt", "1")];
    let fields: Vec<(String, String)> = wrong
        .attributes("main form input[type=hidden]", "name")
        .into_iter()
        .zip(wrong.attributes("main form input[type=hidden]", "value"))
        .collect();
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend(hidden);
    let paper = browser.post("/logga-in/reservkod", &all).await.expect(200);
    assert_eq!(value(&paper, "oskickat_till"), ACCOUNT);
    let shown = browser.post_form(&paper, "/logga-in/reservkod#fel", &[("reservkod", &codes[0])]).await.expect(200);
    assert_eq!((value(&shown, "namn").as_str(), shown.texts("h1").join("").as_str()), ("Åsa Ny", "Mitt konto"));
    assert!(!names(&app).await.contains("Åsa Ny"), "nothing was sent");
}
