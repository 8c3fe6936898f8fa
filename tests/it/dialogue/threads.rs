//! Threads are begun, replied to, edited, taken away, settled; on requirements and on proposals.

use time::Duration;

use super::{bank, begun, id, question, replied};
use crate::support::{Browser, Import, Line, NOW, TestApp, lines};

/// The clauses of `KB-0001`.
async fn clauses(app: &TestApp) -> Vec<String> {
    let page = app.get("/krav/KB-0001").await.expect(200);
    page.attributes(".clauses > li", "id").into_iter().map(|id| id.trim_start_matches("s-").to_owned()).collect()
}

#[tokio::test]
async fn a_thread_on_a_clause_is_begun_answered_and_solved() {
    let app = bank().await;
    let clauses = clauses(&app).await;
    let supplier = Browser::signed_in(&app, "leverantor").await;
    let page = supplier.get("/krav/KB-0001").await.expect(200);
    assert_eq!(page.texts(".clause__talk a").len(), 2, "a way to comment on each clause");
    let form = supplier.get(&format!("/krav/KB-0001/dialog/ny?stycke={}", clauses[0])).await.expect(200);
    assert!(form.texts("blockquote")[0].contains("fri från ftalater"));
    // Faults: everything typed is kept.
    let faulty = supplier.post("/krav/KB-0001/dialog", &[("text", "Kvar."), ("stycke", &clauses[0])]).await.expect(422);
    assert_eq!(faulty.texts("textarea"), ["Kvar."]);
    assert!(faulty.texts("title")[0].starts_with("Fel: "));
    supplier.post("/krav/KB-0001/dialog", &[("slag", "fraga"), ("text", &"x".repeat(4001))]).await.expect(422);
    let fields = [
        ("slag", "fraga"),
        ("text", "Gäller det *hela* handsken?"),
        ("stycke", &clauses[0]),
        ("nyckel", "01900000-0000-7000-8000-0000000000aa"),
    ];
    let thread = begun(&supplier, "KB-0001", &fields).await;
    assert_eq!(begun(&supplier, "KB-0001", &fields).await, thread, "the same form sent again");
    let page = app.get(&thread).await.expect(200);
    assert_eq!(page.texts(".comment__text em"), ["hela"]);
    assert!(page.text().contains("Stycke 1") && page.text().contains("Mikael Ås, Nordhandsken AB"));
    let page = app.get("/krav/KB-0001").await.expect(200);
    assert!(page.texts(".clause__talk")[0].contains("1 kommentar"), "{:?}", page.texts(".clause__talk"));
    assert_eq!(page.texts(".latest a"), ["Gäller det hela handsken?"]);
    assert_eq!(app.get("/krav/KB-0001/dialog?visa=obesvarade").await.texts("h2#lista"), ["1 tråd"]);
    // A region may not answer for the network; whoever sends the mark all the same does not get it.
    let region = Browser::signed_in(&app, "upphandlare").await;
    replied(&region, &thread, &[("text", "Vi tror det."), ("officiellt", "1")]).await;
    assert_eq!(app.db.value::<String>("select state from dialogue_thread").await, "open");
    let lmc = Browser::signed_in(&app, "lmc2").await;
    let answer = replied(&lmc, &thread, &[("text", "Ja, hela handsken."), ("officiellt", "1")]).await;
    let led = app.get(&answer).await.expect(303);
    assert!(led.header("location").starts_with(&thread));
    let page = app.get(&thread).await.expect(200);
    assert!(page.text().contains("Svar från LMC") && page.text().contains("Besvarad"));
    let letters: Vec<String> = vec![app.db.value("select string_agg(kind, ' ') from mail").await];
    assert_eq!(letters, ["dialogue_answered"]);
    // Who began it says that it is done with, and that it is not; another does not.
    let status = format!("/dialog/{}/status", id(&thread));
    region.post(&status, &[("gor", "lost")]).await.expect(403);
    supplier.post(&status, &[("gor", "lost")]).await.expect(303);
    assert!(app.get(&thread).await.text().contains("Markerad som löst av Mikael Ås"));
    // Who writes for the organisation alone is not named by it either.
    app.db.execute("begin; set local session_replication_role = replica; update dialogue_comment set name_shown = false where id = thread_id; commit").await;
    let unnamed = app.get(&thread).await.text();
    assert!(unnamed.contains("Markerad som löst av") && !unnamed.contains("Mikael Ås"), "{unnamed}");
    supplier.post(&status, &[("gor", "oppna")]).await.expect(303);
    assert_eq!(app.db.value::<String>("select state from dialogue_thread").await, "open");
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action like 'dialogue.%'").await, 5);
}

#[tokio::test]
async fn edits_are_free_for_half_an_hour_and_seen_after_that() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let thread = question(&author, "Första lydelsen.").await;
    let edit = format!("/dialog/{}/redigera", id(&thread));
    assert!(author.get(&edit).await.expect(200).text().contains("halvtimmen"));
    author.post(&edit, &[("text", "Andra lydelsen.")]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from dialogue_comment_version").await, 0);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::hours(1)).spawn().await;
    let author = Browser::signed_in(&later, "strateg").await;
    author.post(&edit, &[("text", "Tredje lydelsen.")]).await.expect(303);
    let page = later.get(&thread).await.expect(200);
    assert!(page.text().contains("Tredje lydelsen.") && page.text().contains("Redigerad"));
    let versions = later.get(&format!("/dialog/{}/versioner", id(&thread))).await.expect(200);
    assert!(versions.text().contains("Andra lydelsen.") && !versions.text().contains("Första lydelsen."));
    // Others change nothing, and do not learn that they could not.
    let other = Browser::signed_in(&later, "upphandlare").await;
    for word in ["redigera", "ta-bort", "invandning"] {
        let path = format!("/dialog/{}/{word}", id(&thread));
        other.get(&path).await.expect(404);
        other.post(&path, &[("text", "Annat."), ("skal", "S")]).await.expect(404);
    }
    // With a reply it leaves a mark, without one nothing.
    let reply = replied(&other, &thread, &[("text", "Ett svar.")]).await;
    author.post(&format!("/dialog/{}/ta-bort", id(&thread)), &[]).await.expect(303);
    let page = later.get(&thread).await.expect(200);
    assert!(page.text().contains("Borttagen av författaren") && !page.text().contains("lydelsen"));
    other.post(&format!("{reply}/ta-bort"), &[]).await.expect(303);
    later.get(&thread).await.expect(404);
    assert!(!later.get("/krav/KB-0001/dialog").await.text().contains("lydelsen"));
}

#[tokio::test]
async fn comments_stay_where_they_were_written() {
    let app = bank().await;
    let clauses = clauses(&app).await;
    let author = Browser::signed_in(&app, "strateg").await;
    for (place, text) in ["Om det första.", "Om det andra."].iter().enumerate() {
        begun(&author, "KB-0001", &[("slag", "kommentar"), ("text", text), ("stycke", &clauses[place])]).await;
    }
    begun(&author, "KB-0001", &[("slag", "kommentar"), ("text", "Om allt.")]).await;
    let changed =
        lines(&[Line::empty().id("KB-0001").set("text", serde_json::json!(["Handsken ska vara fri från alla ftalater."]))]);
    Import::current().at(NOW + Duration::days(1)).accepted(&app.db, changed).await;
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(2)).spawn().await;
    let page = later.get("/krav/KB-0001/dialog").await.expect(200);
    assert_eq!(page.texts(".task__title"), ["Om allt.", "Om det första.", "Om det andra."], "what is gone comes last");
    assert!(page.text().contains("Skriven om version 1"));
    assert_eq!(page.texts(".threads__gone"), ["Kommentarer på borttagen text"]);
    assert_eq!(page.texts("blockquote"), ["Ett intyg ska lämnas."]);
    let first = page.attributes(".task__title a", "href")[1].clone();
    let thread = later.get(&first).await.expect(200);
    assert!(thread.text().contains("Visa stycket som det var"));
    let then = thread.attributes("section[aria-labelledby=stycket] p.small a", "href");
    assert_eq!(then, [format!("/krav/KB-0001/v/1#s-{}", clauses[0])]);
    later.get(&then[0]).await.expect(200);
}

#[tokio::test]
async fn a_page_of_a_thousand_comments_is_read_in_one_round_trip() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let thread = question(&author, "Den första.").await;
    replied(&author, &thread, &[("text", "Ett svar.")]).await;
    let (list, one) = (app.queries_at("/krav/KB-0001/dialog").await.len(), app.queries_at(&thread).await.len());
    assert!(list <= 2 && one <= 2, "{list} {one}: the requirement, and its threads");
    app.db
        .execute(
            "begin; set local session_replication_role = replica;
             insert into dialogue_thread (id, subject_kind, subject_id, cited, requirement_id, version_id, group_id, kind, state, audience, owner_org,
                                          author_id, organisation_id, sent_by, created_at, state_since)
             select gen_random_uuid(), subject_kind, subject_id, cited, requirement_id, version_id, group_id, kind, state, audience, owner_org,
                    author_id, organisation_id, sent_by, created_at + n * interval '1 second', state_since
             from dialogue_thread, generate_series(1, 99) n;
             insert into dialogue_comment (id, thread_id, audience, owner_org, author_id, organisation_id, sent_by, name_shown, language, text, state,
                                           state_since, created_at, form_key)
             select case when n = 0 then t.id else gen_random_uuid() end, t.id, 0, t.owner_org, t.author_id, t.organisation_id, t.sent_by, true, 'sv',
                    'Kommentar ' || n || ' i tråd ' || t.number, 'shown', t.created_at, t.created_at, gen_random_uuid()
             from dialogue_thread t, generate_series(0, 9) n where t.number > 1;
             commit",
        )
        .await;
    assert_eq!(app.queries_at("/krav/KB-0001/dialog").await.len(), list);
    assert_eq!(app.queries_at(&thread).await.len(), one);
    assert_eq!(app.queries_at("/krav/KB-0001").await.len(), 1, "with its latest threads");
    // All of them are met, page by page, each once; and from behind.
    let (mut path, mut met) = ("/krav/KB-0001/dialog".to_owned(), Vec::new());
    loop {
        let page = app.get(&path).await.expect(200);
        assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
        met.extend(page.attributes(".task", "id"));
        match page.attributes(".pagination a[rel=next]", "href").first() {
            Some(next) => path.clone_from(next),
            None => break,
        }
    }
    assert_eq!(met.len(), 100);
    met.sort();
    met.dedup();
    assert_eq!(met.len(), 100);
    let first = app.get("/krav/KB-0001/dialog").await;
    let end = first.attributes(".pagination a", "href").last().cloned().expect("the last page");
    let page = app.get(&end).await.expect(200);
    assert_eq!(page.texts(".pagination__where"), ["Trådar 81–100 av 100"]);
    // A thread of many replies, too; a comment is found on its page.
    app.db
        .execute(
            "insert into dialogue_comment (id, thread_id, audience, owner_org, author_id, organisation_id, sent_by, name_shown, language, text, state,
                                           state_since, created_at, form_key)
             select gen_random_uuid(), t.id, 0, t.owner_org, t.author_id, t.organisation_id, t.sent_by, true, 'sv', 'Svar ' || n, 'shown',
                    t.created_at, t.created_at, gen_random_uuid()
             from dialogue_thread t, generate_series(2, 40) n where t.number = 1",
        )
        .await;
    let late: uuid::Uuid = app.db.value("select id from dialogue_comment where text = 'Svar 33'").await;
    let led = app.get(&format!("/dialog/{late}")).await.expect(303).header("location").to_owned();
    let (page, anchor) = led.split_once('#').expect("a place");
    assert_eq!(app.get(page).await.expect(200).attributes(&format!("#{anchor}"), "class").len(), 1, "{led}");
}

#[tokio::test]
async fn a_proposal_has_the_same_and_what_is_done_with_is_only_read() {
    let app = TestApp::build().example().spawn().await;
    let number: String =
        app.db.value("select cited from dialogue_thread where subject_kind = 'proposal' order by number limit 1").await;
    let proposal = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(proposal.texts("#dialog").len() == 1 && !proposal.texts(".latest a").is_empty());
    let list = app.get(&format!("/forslag/{number}/dialog")).await.expect(200);
    let thread = list.attributes(".task__title a", "href")[0].clone();
    assert!(app.get(&thread).await.expect(200).text().contains("Svar från LMC"));
    assert!(app.get(&format!("/en{thread}")).await.expect(200).text().contains("Answer from LMC"));
    let region = Browser::signed_in(&app, "upphandlare").await;
    replied(&region, &thread, &[("text", "Vi håller med.")]).await;
    let path = format!("/forslag/{number}/dialog");
    let new = region.post(&path, &[("slag", "kommentar"), ("text", "En ny tråd.")]).await.expect(303);
    assert!(new.header("location").starts_with(&path));
    // A thread stands on its own subject alone.
    app.get(&format!("/krav/KB-0001/dialog/{}", id(&thread))).await.expect(404);
    // Answered with no: nobody writes any more.
    app.db.execute("begin; set local session_replication_role = replica; update proposal set state = 'rejected' where number is not null and merged_into is null; commit").await;
    let page = region.post(&thread, &[("text", "Kvar.")]).await.expect(409);
    assert!(page.text().contains("går att läsa"));
    region.post(&path, &[("slag", "kommentar"), ("text", "Kvar.")]).await.expect(409);
    // The same of a requirement that is repealed; its threads are read.
    let repealed = app.get("/krav/KB-0015/dialog").await.expect(200);
    assert!(repealed.text().contains("Kravet är upphävt") && repealed.texts(".task").len() == 1);
    assert_eq!(region.get("/krav/KB-0015/dialog/ny").await.status, 303);
    region.post("/krav/KB-0015/dialog", &[("slag", "kommentar"), ("text", "Nytt.")]).await.expect(409);
}

#[tokio::test]
async fn there_is_a_limit_and_what_was_typed_is_kept() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, "En.").await;
    for n in 2..=10 {
        replied(&author, &thread, &[("text", &format!("Svar {n}."))]).await;
    }
    let page = author.post(&thread, &[("text", "Den elfte.")]).await.expect(429);
    assert_eq!(page.texts("textarea"), ["Den elfte."]);
    assert!(!page.header("retry-after").is_empty());
    let page = author.post("/krav/KB-0002/dialog", &[("slag", "fraga"), ("text", "En annan.")]).await.expect(429);
    assert_eq!(page.texts("textarea"), ["En annan."]);
    // It is hers, not everybody's.
    let other = Browser::signed_in(&app, "bransch").await;
    replied(&other, &thread, &[("text", "Mitt första.")]).await;
    // A supplier may speak as an organisation alone; a region is always named.
    let named =
        replied(&Browser::signed_in(&app, "upphandlare").await, &thread, &[("text", "Jag."), ("organisation", "1")]).await;
    assert!(app.db.value::<bool>(&format!("select name_shown from dialogue_comment where id = '{}'", id(&named))).await);
    replied(&other, &thread, &[("text", "Vi."), ("organisation", "1")]).await;
    let page = app.get(&thread).await;
    assert!(page.text().contains("Anders Wik"));
    let unnamed = app.db.value::<i64>("select count(*) from dialogue_comment where not name_shown").await;
    assert_eq!(unnamed, 1);
}

/// An answer within regions and the network is not written to who has left them.
#[tokio::test]
async fn who_has_left_is_not_written_what_is_said_inside() {
    let app = bank().await;
    let region = Browser::signed_in(&app, "upphandlare").await;
    let inside = begun(&region, "KB-0001", &[("slag", "fraga"), ("text", "Hur gör ni?"), ("laser", "regioner")]).await;
    let open = begun(&region, "KB-0001", &[("slag", "fraga"), ("text", "Hur mäts det?")]).await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    replied(&lmc, &inside, &[("text", "Så här gör vi."), ("officiellt", "1")]).await;
    assert_eq!(app.db.value::<i64>("select count(*) from mail where kind = 'dialogue_answered'").await, 1);
    app.db
        .execute(
            "update membership m set valid = tstzrange(lower(m.valid) - interval '2 days', lower(m.valid) - interval '1 day')
             from person p where p.id = m.person_id and p.example = 'upphandlare'",
        )
        .await;
    replied(&lmc, &inside, &[("text", "Och så här."), ("officiellt", "1")]).await;
    assert_eq!(app.db.value::<i64>("select count(*) from mail where kind = 'dialogue_answered'").await, 1);
    // What everybody reads, they are written still.
    replied(&lmc, &open, &[("text", "Med en metod."), ("officiellt", "1")]).await;
    assert_eq!(app.db.value::<i64>("select count(*) from mail where kind = 'dialogue_answered'").await, 2);
}

/// What its author took away is said to be that, wherever threads are listed.
#[tokio::test]
async fn what_was_taken_away_is_called_so() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    let thread = question(&author, "Hur mäts det?").await;
    let lmc = Browser::signed_in(&app, "lmc2").await;
    replied(&lmc, &thread, &[("text", "Med en metod.")]).await;
    author.post(&format!("/dialog/{}/ta-bort", id(&thread)), &[]).await.expect(303);
    let page = app.get("/krav/KB-0001").await.expect(200).text();
    assert!(page.contains("Borttagen av författaren") && !page.contains("Kommentaren visas inte"));
}
