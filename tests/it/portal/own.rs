//! What somebody finds of what they have written on their own pages.

use crate::support::{Answer, Browser, Import, NOW, TestApp, complete, lines};

const PAGE: &str = "/mitt";
const COMMENTS: &str = "/mitt/inlagg";

async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let shared = complete("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara fri från ftalater."]);
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&[shared])).await;
    app
}

/// Begins a proposal that `KB-0001` be repealed, with all that it needs, and gives where it is sent in.
async fn draft(browser: &Browser<'_>) -> String {
    let answer = browser.post("/forslag/ny", &[("slag", "upphav"), ("krav", "KB-0001")]).await.expect(303);
    let id = answer.header("location").split('/').nth(3).expect("an id").to_owned();
    browser.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let lock = browser.get(&path).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let fields = [
        ("problem", "Behövs inte."),
        ("nytta", "Mindre arbete."),
        ("kontroll", "Ingen."),
        ("intresse", "Inget."),
        ("las", &lock),
    ];
    browser.post(&path, &fields).await.expect(303);
    format!("/forslag/utkast/{id}/granska")
}

async fn send(browser: &Browser<'_>, path: &str) -> String {
    let lock = browser.get(path).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let answer = browser.post(path, &[("las", &lock)]).await.expect(303);
    answer.header("location").split('/').nth(2).expect("a number").to_owned()
}

async fn question(browser: &Browser<'_>, text: &str) -> String {
    let answer = browser.post("/krav/KB-0001/dialog", &[("slag", "fraga"), ("text", text)]).await.expect(303);
    answer.header("location").to_owned()
}

fn written(page: &Answer) -> String {
    page.texts("section[aria-labelledby=skrivet]").join(" ")
}

/// Every way out of the section leads somewhere.
async fn leads_on(browser: &Browser<'_>, page: &Answer) {
    let links = page.attributes("section[aria-labelledby=skrivet] a", "href");
    assert!(!links.is_empty());
    for link in links {
        let status = browser.get(&link).await.status;
        assert!(matches!(status.as_u16(), 200 | 303), "{link}: {status}");
    }
}

#[tokio::test]
async fn who_has_written_nothing_reads_how_one_begins() {
    let app = bank().await;
    let person = Browser::signed_in(&app, "strateg").await;
    let page = person.get(PAGE).await.expect(200);
    assert!(written(&page).contains("Du har inte skrivit något ännu"));
    let begin = page.attributes("section[aria-labelledby=skrivet] a", "href");
    assert_eq!(begin, ["/forslag/ny", "/forslag"]);
    leads_on(&person, &page).await;
    assert!(person.get("/en/mitt").await.expect(200).text().contains("You have not written anything yet"));
    assert!(person.get(COMMENTS).await.expect(200).text().contains("Du har inte skrivit i dialogen ännu"));
    // Who decides speaks and proposes nothing; who runs the service does neither.
    let decides = Browser::signed_in(&app, "beslutsfattare").await.get(PAGE).await.expect(200);
    assert_eq!(decides.attributes("section[aria-labelledby=skrivet] a", "href"), ["/forslag"]);
    assert!(written(&Browser::signed_in(&app, "admin").await.get(PAGE).await.expect(200)).is_empty());
    assert_eq!(app.get(COMMENTS).await.expect(303).header("location"), "/logga-in?till=%2Fmitt%2Finlagg");
}

#[tokio::test]
async fn drafts_proposals_and_posts_stand_on_one_s_own_page() {
    let app = bank().await;
    let person = Browser::signed_in(&app, "strateg").await;
    let number = {
        let path = draft(&person).await;
        send(&person, &path).await
    };
    let kept = draft(&person).await;
    let thread = question(&person, "Gäller det hela handsken?").await;
    let page = person.get(PAGE).await.expect(200);
    let text = written(&page);
    for part in [
        number.as_str(),
        "Inskickat",
        "Förslaget väntar på att någon ska börja bereda det.",
        "Fråga om KB-0001",
        "Inget svar ännu",
        "Öppen",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let links = page.attributes("section[aria-labelledby=skrivet] a", "href");
    for link in [kept.as_str(), &format!("/forslag/{number}"), "/forslag/utkast", "/forslag?visa=alla&vara=1", COMMENTS] {
        assert!(links.contains(&link.to_owned()), "{link}: {links:?}");
    }
    leads_on(&person, &page).await;
    // Somebody answers, and the network officially.
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    colleague.post(&thread, &[("text", "Vi tror det.")]).await.expect(303);
    assert!(written(&person.get(PAGE).await).contains("1 svar"));
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post(&thread, &[("text", "Ja."), ("officiellt", "1")]).await.expect(303);
    let text = written(&person.get(PAGE).await);
    assert!(text.contains("2 svar · Officiellt svar finns") && text.contains("Besvarad"), "{text}");
    let english = person.get("/en/mitt").await.expect(200);
    assert!(written(&english).contains("2 replies · Has an official answer"));
    leads_on(&person, &english).await;
    // Each their own: a colleague has the reply alone, and goes to it.
    let page = colleague.get(PAGE).await.expect(200);
    assert!(written(&page).contains("Svar om KB-0001") && !written(&page).contains(&number));
    leads_on(&colleague, &page).await;
    assert!(written(&Browser::signed_in(&app, "upphandlare2").await.get(PAGE).await).contains("Du har inte skrivit något ännu"));
    let queries = app.queries_with(PAGE, &person.header()).await;
    assert_eq!(queries.len(), 2, "who it is, and the page: {queries:?}");
}

#[tokio::test]
async fn long_lists_show_the_latest_and_lead_to_all() {
    let app = bank().await;
    let person = Browser::signed_in(&app, "strateg").await;
    for _ in 0..6 {
        draft(&person).await;
    }
    let thread = question(&person, "Gäller det hela handsken?").await;
    let id = thread.rsplit('/').next().expect("an id");
    app.db
        .execute(&format!(
            "insert into dialogue_comment (id, thread_id, audience, author_id, organisation_id, sent_by, name_shown, language, text, state, state_since, created_at, form_key)
             select gen_random_uuid(), c.thread_id, 0, c.author_id, c.organisation_id, c.sent_by, true, 'sv', 'Och en sak till.', 'shown', c.created_at, c.created_at, gen_random_uuid()
             from dialogue_comment c, generate_series(1, 24) where c.id = '{id}'"
        ))
        .await;
    let page = person.get(PAGE).await.expect(200);
    assert!(written(&page).contains("5 av 6 visas.") && written(&page).contains("Visa alla 25 inlägg"), "{}", written(&page));
    assert_eq!(page.texts("section[aria-labelledby=skrivet] .task").len(), 10);
    let first = person.get(COMMENTS).await.expect(200);
    assert_eq!((first.texts(".task").len(), first.texts(".pagination__where")), (20, vec!["Inlägg 1–20 av 25".to_owned()]));
    let next = first.attributes(".pagination a[rel=next]", "href").remove(0);
    let second = person.get(&next).await.expect(200);
    assert_eq!((second.texts(".task").len(), second.texts(".pagination__where")), (5, vec!["Inlägg 21–25 av 25".to_owned()]));
    assert!(second.text().contains("Fråga om KB-0001"), "the first thing said stands last");
    let back = second.attributes(".pagination a[rel=prev]", "href").remove(0);
    assert_eq!(person.get(&back).await.expect(200).texts(".pagination__where"), ["Inlägg 1–20 av 25"]);
}

#[tokio::test]
async fn whom_nobody_has_approved_sees_what_is_held_and_others_do_not() {
    let app = bank().await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor')")
        .await;
    let person = Browser::signed_in(&app, "leverantor").await;
    let number = {
        let path = draft(&person).await;
        send(&person, &path).await
    };
    question(&person, "Kanariefågeln väntar.").await;
    let page = person.get(PAGE).await.expect(200);
    assert_eq!(page.texts("section[aria-labelledby=skrivet] .tag--superseded"), ["Väntar på godkännande"; 2]);
    assert!(written(&page).contains(&number) && written(&page).contains("när ditt konto är godkänt"));
    leads_on(&person, &page).await;
    assert_eq!(person.get(COMMENTS).await.expect(200).texts(".tag--superseded"), ["Väntar på godkännande"]);
}

/// What is internal is not shown to whoever may not read it any more, and what is hidden is said to be.
#[tokio::test]
async fn posts_that_one_may_not_read_any_more_are_not_listed() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let fields = [("slag", "kommentar"), ("text", "Bara för regioner."), ("laser", "regioner")];
    let thread = lmc.post("/krav/KB-0001/dialog", &fields).await.expect(303).header("location").to_owned();
    let region = Browser::signed_in(&app, "strateg").await;
    region.post(&thread, &[("text", "Vi håller med.")]).await.expect(303);
    assert_eq!(region.get(COMMENTS).await.expect(200).texts(".task").len(), 1);
    app.db
        .execute("update dialogue_comment set state = 'hidden', rule = 'off_topic', reason = 'Annat.' where id <> thread_id")
        .await;
    assert!(region.get(COMMENTS).await.expect(200).text().contains("Dolt av moderator"));
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'strateg')")
        .await;
    assert_eq!(region.get(COMMENTS).await.expect(200).texts(".task").len(), 0);
    assert!(written(&region.get(PAGE).await.expect(200)).contains("Du har inte skrivit något ännu"));
}
