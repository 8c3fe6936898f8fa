//! The moment: what comes into force, what ends, what comes back; and what everybody reads of it.

use time::Duration;

use super::{bank, begun, decide, filled, lock, ready, said, submitted, version, waiting};
use crate::support::{Browser, NOW, TestApp, letters};

#[tokio::test]
async fn a_decision_with_an_outcome_for_each_item_is_made_and_everybody_reads_it() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[1, 2, 3]).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    // What stands in front of them: the text against what is in force, and what is still lacking.
    let page = decider.get(&draft).await.expect(200);
    assert!(page.texts("ins").join(" ").contains("helt"), "{:?}", page.texts("ins"));
    assert!(page.text().contains("Ange utfall för KB-0001."));
    let none = [("bifall", "", ""), ("aterremiss", "", ""), ("avslag", "", "")];
    let wrong = said(&decider, &draft, &none).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#skal-KB-0002", "#skal-KB-0003"]);
    let outcomes = [("bifall", "", ""), ("aterremiss", "Mät igen.", ""), ("avslag", "Kanariefågeln hör inte hit.", "")];
    said(&decider, &draft, &outcomes).await.expect(303);
    let answer = decide(&decider, &draft).await.expect(303);
    assert_eq!(answer.header("location"), "/beslut/B-2026-0002");
    let states: String = app
        .db
        .value("select string_agg(v.state, ', ' order by r.number) from requirement_version v join requirement r on r.id = v.requirement_id where v.number = 2 or r.number = 3")
        .await;
    assert_eq!(states, "decided, preparation, not_approved");
    assert!(app.get("/krav/KB-0001").await.expect(200).text().contains("helt fri"));
    let public = app.get("/beslut/B-2026-0002").await.expect(200);
    let text = public.text();
    for words in ["Skarpare gränser", "Styrgruppen", "§ 7", "Marknaden klarar det.", "Gunilla Ström", "Mät igen.", "Karin Öberg"]
    {
        assert!(text.contains(words), "{words}");
    }
    // A text that was never decided is not shown, nor what it is called; and that it is new is no link.
    assert!(!text.contains("Kanariekravet") && !text.contains("sjunger"), "{text}");
    assert!(!public.attributes("main a", "href").iter().any(|href| href.contains("KB-0003")));
    let hash: String =
        app.db.value("select encode(sha256, 'hex') from requirement_version where state = 'decided' and number = 2").await;
    assert!(text.contains(&hash));
    assert!(public.attributes("main a", "href").iter().any(|href| href == "/krav/KB-0001/jamfor?fran=1&till=2"));
    // And back.
    for path in ["/krav/KB-0001", "/krav/KB-0001/historik", "/krav/KB-0002/historik"] {
        assert!(
            app.get(path).await.expect(200).attributes("main a", "href").contains(&"/beslut/B-2026-0002".to_owned()),
            "{path}"
        );
    }
    assert!(app.get("/beslut").await.text().contains("B-2026-0002"));
    assert!(app.get("/beslut.atom").await.expect(200).text().contains("/beslut/B-2026-0002"));
    app.get("/en/beslut/B-2026-0002").await.expect(200);
    for spelling in ["b-2026-2", "B2026-0002", "B-2026-00002"] {
        let moved = app.get(&format!("/beslut/{spelling}")).await.expect(308);
        assert_eq!(moved.header("location"), "/beslut/B-2026-0002");
    }
    for nothing in ["B-2025-0002", "B-0002", "B-2026-0003", "beslut", "B-x"] {
        app.get(&format!("/beslut/{nothing}")).await.expect(404);
    }
    // The file that the bank was filled from is a decision too.
    assert!(app.get("/beslut/B-0001").await.expect(200).text().contains("KB-0002:1"));
    letters::letter(&app, "lmc@example.org", "decision_made").await;
    letters::letter(&app, "lmc2@example.org", "decision_made").await;
    // The draft leads to what it became.
    assert_eq!(decider.get(&draft).await.expect(303).header("location"), "/beslut/B-2026-0002");
    decide(&decider, &draft).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from decision").await, 2);
}

#[tokio::test]
async fn it_holds_from_a_day_and_is_called_back_before_it() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = waiting(&app, &lmc, &[1, 2]).await;
    let past = [("bifall", "", "2026-11-01"), ("bifall", "", "x")];
    let wrong = said(&decider, &draft, &past).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#fran-KB-0001", "#fran-KB-0002"]);
    said(&decider, &draft, &[("bifall", "", "2026-11-30"), ("bifall", "", "2026-11-30")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    let now = app.get("/krav/KB-0001").await.expect(200).text();
    assert!(!now.contains("helt fri") && now.contains("30 november 2026"), "it is said that it is to come");
    assert!(app.get("/beslut/B-2026-0002").await.text().contains("gäller från måndag 30 november 2026"));
    let from: String =
        app.db.value("select lower(valid)::text from requirement_version where state = 'decided' and number = 2 limit 1").await;
    assert!(from.starts_with("2026-11-29 23:00:00"), "midnight in Sweden: {from}");
    // Called back by a new decision, before it holds.
    let path = begun(&app, &lmc, &[]).await;
    let items = lmc.get(&format!("{path}/punkter")).await.expect(200);
    let coming = items.attributes("#kommande option", "value")[1].clone();
    let fields = [("slag", "aterkalla"), ("kommande", coming.as_str()), ("skal", "Mätmetoden är inte klar.")];
    lmc.post(&format!("{path}/punkter"), &fields).await.expect(303);
    filled(&lmc, &path).await;
    submitted(&lmc, &path).await;
    said(&decider, &path, &[("bifall", "", "")]).await.expect(303);
    decide(&decider, &path).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from requirement_version where state = 'revoked'").await, 1);
    assert!(app.get("/beslut/B-2026-0003").await.expect(200).text().contains("Mätmetoden är inte klar."));
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(9)).spawn().await;
    assert!(!later.get("/krav/KB-0001").await.expect(200).text().contains("helt fri"), "it never came");
    assert!(later.get("/krav/KB-0002").await.expect(200).text().contains("PFAS alls"), "the other did");
}

#[tokio::test]
async fn a_requirement_ends_with_what_comes_instead() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let reader = Browser::new(&app);
    reader.post("/korgar/rader", &[("krav", "KB-0002"), ("tillbaka", "/krav")]).await.expect(303);
    app.db.execute("update requirement_version set state = 'discarded', closed_at = created_at where state = 'preparation' and requirement_id in (select id from requirement where number = 2)").await;
    ready(&app, 3).await;
    let draft = begun(&app, &lmc, &[3]).await;
    let add = async |fields: &[(&str, &str)]| lmc.post(&format!("{draft}/punkter"), fields).await;
    add(&[("slag", "upphav"), ("krav", "KB-0099"), ("skal", "S")]).await.expect(422);
    add(&[("slag", "upphav"), ("krav", "KB-0002")]).await.expect(422);
    add(&[("slag", "upphav"), ("krav", "KB-0002"), ("skal", "S"), ("ersattare", "KB-0002"), ("hur", "ersatt")]).await.expect(422);
    let repeal =
        [("slag", "upphav"), ("krav", "kb2"), ("skal", "Ingår i ett nytt krav."), ("ersattare", "KB-0003"), ("hur", "hopslaget")];
    add(&repeal).await.expect(303);
    add(&repeal).await.expect(422);
    filled(&lmc, &draft).await;
    submitted(&lmc, &draft).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    assert!(decider.get(&draft).await.expect(200).text().contains("1 korg har kravet"));
    said(&decider, &draft, &[("bifall", "", ""), ("bifall", "", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::HOUR).spawn().await;
    let page = later.get("/krav/KB-0002").await.expect(200);
    assert!(page.text().contains("Ingår i ett nytt krav."));
    let links = page.attributes(".banners a", "href");
    assert!(links.contains(&"/krav/KB-0003".to_owned()) && links.contains(&"/beslut/B-2026-0002".to_owned()), "{links:?}");
    assert!(later.get("/krav/KB-0003").await.expect(200).text().contains("Kanariefågeln sjunger."));
    assert!(
        later.get("/krav?q=PFAS").await.text().contains("0 krav") || !later.get("/krav?q=PFAS").await.text().contains("KB-0002")
    );
    assert!(
        reader.page().await.text().contains("upphävt") || reader.page().await.text().contains("Upphävt"),
        "the selection says so"
    );
    let public = app.get("/beslut/B-2026-0002").await.expect(200);
    assert!(public.attributes("main a", "href").contains(&"/krav/KB-0003".to_owned()));
}

#[tokio::test]
async fn a_decision_is_corrected_by_another_and_both_say_so() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = waiting(&app, &lmc, &[1]).await;
    said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    let links = lmc.get("/beslut/B-2026-0002").await.attributes("main a", "href");
    let link = links.iter().find(|link| link.contains("rattar=")).expect("the way to correct it");
    assert!(lmc.get(link).await.expect(200).text().contains("B-2026-0002"));
    let fields = [("rubrik", "Rättelse"), ("rattar", "B-2026-0002")];
    let path = lmc.post("/lmc/beslut/nytt", &fields).await.expect(303).header("location").to_owned();
    filled(&lmc, &path).await;
    submitted(&lmc, &path).await;
    decide(&decider, &path).await.expect(303);
    let corrected = app.get("/beslut/B-2026-0002").await.attributes(".banner a", "href");
    assert_eq!(corrected, ["/beslut/B-2026-0003"]);
    assert_eq!(app.get("/beslut/B-2026-0003").await.attributes(".banner a", "href"), ["/beslut/B-2026-0002"]);
    // What was read in by a file is not corrected by words.
    lmc.post("/lmc/beslut/nytt", &[("rubrik", "Rättelse"), ("rattar", "B-0001")]).await.expect(404);
}

/// Gives `lmc2` the role of who decides too.
async fn both_roles(app: &TestApp) {
    app.db
        .execute(
            "insert into membership_role (membership_id, role, valid)
             select m.id, 'decision_maker', m.valid from membership m join person p on p.id = m.person_id where p.example = 'lmc2'",
        )
        .await;
}

#[tokio::test]
async fn one_alone_decides_only_what_cannot_wait_and_another_looks_at_it() {
    let app = bank().await;
    both_roles(&app).await;
    let alone = Browser::signed_in(&app, "lmc2").await;
    let draft = waiting(&app, &alone, &[1]).await;
    said(&alone, &draft, &[("bifall", "", "")]).await.expect(303);
    let wrong = decide(&alone, &draft).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#bradska"]);
    let seen = wrong.attributes("input[name=las]", "value")[0].clone();
    let fields = [("las", seen.as_str()), ("bradska", "Annonsen går ut i dag.")];
    let number = alone.post(&format!("{draft}/besluta"), &fields).await.expect(303).header("location").to_owned();
    let public = app.get(&number).await.expect(200).text();
    assert!(public.contains("Väntar på efterhandsgranskning") && public.contains("Annonsen går ut i dag."), "{public}");
    assert!(public.contains("22 december 2026"), "thirty days");
    assert!(app.get("/beslut?visa=granskas").await.text().contains("Skarpare gränser"));
    let review = format!("{number}/efterhandsgranskning");
    alone.post(&review, &[]).await.expect(422);
    assert_eq!(app.db.value::<i64>("select count(*) from decision_review").await, 0, "not by the same person");
    let late = TestApp::build().people().beside(&app).at(NOW + Duration::days(31)).spawn().await;
    assert!(late.get(&number).await.text().contains("Efterhandsgranskningen är försenad"));
    let another = Browser::signed_in(&app, "beslutsfattare").await;
    another.get(&review).await.expect(200);
    another.post(&review, &[("anteckning", "Det gick inte att vänta.")]).await.expect(303);
    let public = app.get(&number).await.expect(200).text();
    assert!(!public.contains("Väntar på efterhandsgranskning") && public.contains("Gunilla Ström"), "{public}");
    another.post(&review, &[]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from decision_review").await, 1);
}

#[tokio::test]
async fn of_two_at_the_same_instant_one_decides() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    ready(&app, 1).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let mut drafts = Vec::new();
    for _ in 0..2 {
        let draft = begun(&app, &lmc, &[1]).await;
        filled(&lmc, &draft).await;
        submitted(&lmc, &draft).await;
        said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
        drafts.push(draft);
    }
    let other = Browser::signed_in(&app, "beslutsfattare").await;
    let (one, two) = futures_util::future::join(decide(&decider, &drafts[0]), decide(&other, &drafts[1])).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    // Who came second is told why, or finds on the way that it is no longer ready.
    assert!(statuses == [303, 409] || statuses == [303, 303], "{statuses:?}");
    assert_eq!(app.db.value::<i64>("select count(*) from decision where kind = 'network'").await, 1);
    let current: i64 = app.db.value("select count(*) from requirement_version v join requirement r on r.id = v.requirement_id where r.number = 1 and upper_inf(v.valid)").await;
    assert_eq!(current, 1, "exactly one version is in force");
    let left =
        if app.db.value::<i64>("select count(*) from decision_draft").await == 1 { drafts } else { panic!("both are gone") };
    let mut told = false;
    for draft in left {
        let page = decider.get(&draft).await;
        told |= page.status == 200 && page.text().contains("KB-0001 är redan beslutad");
    }
    assert!(told, "the other draft says why not");
}

#[tokio::test]
async fn nothing_of_a_draft_is_seen_from_outside() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[3]).await;
    let version = version(&app, 3).await;
    for path in ["/beslut", "/en/beslut", "/beslut.atom", "/krav", "/sitemap.xml?part=0", "/beslut?visa=natverket"] {
        let text = app.get(path).await.text();
        assert!(!text.contains("Skarpare") && !text.contains("Kanarie") && !text.contains(&version), "{path}");
    }
    for word in ["strateg", "leverantor", "admin", "samordnare"] {
        Browser::signed_in(&app, word).await.get(&draft).await.expect(403);
    }
    // Who looks after an area sees what lies in it, and no more.
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    app.db.execute("delete from product_group_owner").await;
    area.get(&draft).await.expect(404);
    assert!(!area.get("/lmc/beslut").await.expect(200).text().contains("Skarpare"));
    app.db
        .execute("insert into product_group_owner (group_id, letter, valid) select distinct product_group_id, 'F', '[2026-01-01,2027-01-01)'::daterange from requirement where number = 3")
        .await;
    assert!(area.get(&draft).await.expect(200).text().contains("Kanariefågeln"));
}

/// A change of `KB-0001` that this person has sent in; gives its number.
async fn proposed(browser: &Browser<'_>) -> String {
    let begun = browser.post("/forslag/ny", &[("slag", "andra"), ("krav", "KB-0001")]).await.expect(303);
    let id = begun.header("location").split('/').nth(3).expect("an id").to_owned();
    let path = |step: &str| format!("/forslag/utkast/{id}/{step}");
    browser.post(&path("liknande"), &[]).await.expect(303);
    let clause = browser.get(&path("texten")).await.expect(200).attributes("input[name=id]", "value")[0].clone();
    let seen = lock(browser, &path("texten")).await;
    let fields = [
        ("titel", "Handskar utan ftalater"),
        ("typ", "specifikation"),
        ("niva", "bas"),
        ("id", &clause),
        ("stycke", "Handsken ska vara fri från ftalater och bisfenoler."),
        ("las", &seen),
    ];
    browser.post(&path("texten"), &fields).await.expect(303);
    sent(browser, &id).await
}

/// Writes the reasons of a draft and sends it in; gives its number.
async fn sent(browser: &Browser<'_>, id: &str) -> String {
    let path = |step: &str| format!("/forslag/utkast/{id}/{step}");
    let seen = lock(browser, &path("skalen")).await;
    let fields =
        [("problem", "Bisfenoler saknas."), ("nytta", "Färre."), ("kontroll", "RISE."), ("intresse", "Inget."), ("las", &seen)];
    browser.post(&path("skalen"), &fields).await.expect(303);
    let seen = lock(browser, &path("granska")).await;
    let sent = browser.post(&path("granska"), &[("las", &seen)]).await.expect(303);
    sent.header("location").split('/').nth(2).expect("a number").to_owned()
}

/// A wish that `KB-0001` be repealed that this person has sent in; gives its number.
async fn wished_away(browser: &Browser<'_>) -> String {
    let begun = browser.post("/forslag/ny", &[("slag", "upphav"), ("krav", "KB-0001")]).await.expect(303);
    let id = begun.header("location").split('/').nth(3).expect("an id").to_owned();
    browser.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    sent(browser, &id).await
}

#[tokio::test]
async fn a_repeal_answers_who_asked_for_it_at_once_and_the_rest_on_its_day() {
    let app = bank().await;
    let (author, lmc) = (Browser::signed_in(&app, "strateg").await, Browser::signed_in(&app, "lmc").await);
    let (changed, ended) = (proposed(&author).await, wished_away(&author).await);
    app.db.execute("update requirement_version set state = 'discarded', closed_at = created_at where state = 'preparation' and requirement_id in (select id from requirement where number = 1)").await;
    let draft = begun(&app, &lmc, &[]).await;
    let repeal = [("slag", "upphav"), ("krav", "KB-0001"), ("skal", "Ingen köper handskar.")];
    lmc.post(&format!("{draft}/punkter"), &repeal).await.expect(303);
    filled(&lmc, &draft).await;
    submitted(&lmc, &draft).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    said(&decider, &draft, &[("bifall", "", "2026-11-30")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    // Between the decision and its day the same may be wished for once more.
    let late = wished_away(&Browser::signed_in(&app, "samordnare").await).await;
    let state = async |number: &str| {
        let number = number.rsplit('-').next().expect("digits").trim_start_matches('0').to_owned();
        app.db.value::<String>(&format!("select state from proposal where number = {number}")).await
    };
    // Nobody had taken it in: the decision is its answer all the same.
    assert_eq!(state(&ended).await, "accepted");
    let page = app.get(&format!("/forslag/{ended}")).await.expect(200);
    assert!(page.text().contains("B-2026-0002") && page.text().contains("Antaget"), "{}", page.text());
    // Until the day the other is open, and its page says what is coming.
    assert_eq!(state(&changed).await, "submitted");
    let text = &app.get(&format!("/forslag/{changed}")).await.expect(200).texts("section[aria-labelledby=upphavt]")[0];
    assert!(text.contains("upphör att gälla") && text.contains("30 november 2026"), "{text}");
    app.db.execute("select graphile_worker.add_job('close_overtaken_proposals', '{}'::json)").await;
    let same_day = TestApp::build().people().beside(&app).worker().spawn().await;
    letters::done(&same_day, "close_overtaken_proposals").await;
    assert_eq!(state(&changed).await, "submitted");
    drop(same_day);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(10)).worker().spawn().await;
    app.db.execute("select graphile_worker.add_job('close_overtaken_proposals', '{}'::json)").await;
    letters::done(&later, "close_overtaken_proposals").await;
    assert_eq!(state(&changed).await, "rejected");
    let page = later.get(&format!("/forslag/{changed}")).await.expect(200);
    assert!(page.text().contains("Ingen köper handskar.") && page.text().contains("B-2026-0002"), "{}", page.text());
    // One letter says yes to the wish, the other that the change is closed.
    let told = letters::written(&later, "strateg@example.org").await;
    let told: Vec<_> = told.into_iter().filter(|letter| letter.kind == "proposal_answered").collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].text.contains("antaget genom B-2026-0002"), "{}", told[0].text);
    assert!(told[1].text.contains("Därför är förslaget stängt."), "{}", told[1].text);
    assert_eq!([&told[0].paths[0], &told[1].paths[0]], [&format!("/forslag/{ended}"), &format!("/forslag/{changed}")]);
    assert_eq!(state(&late).await, "accepted", "what was asked for has happened");
    // Nothing is taken into what has ceased to apply.
    let handled = format!("/lmc/forslag/{changed}/intagning");
    Browser::signed_in(&later, "lmc").await.post(&handled, &[("del", "titel"), ("sett", "x")]).await.expect(409);
}

#[tokio::test]
async fn an_open_change_of_what_ends_is_to_be_adapted_to_what_comes_instead() {
    let app = bank().await;
    let (author, lmc) = (Browser::signed_in(&app, "strateg").await, Browser::signed_in(&app, "lmc").await);
    let number = proposed(&author).await;
    let (public, handled) = (format!("/forslag/{number}"), format!("/lmc/forslag/{number}"));
    assert!(app.get(&public).await.expect(200).texts("#upphavt").is_empty());
    let industry = Browser::signed_in(&app, "bransch").await;
    industry.post(&format!("{public}/medforslagsstallare"), &[("gor", "med")]).await.expect(303);
    app.db.execute("update requirement_version set state = 'discarded', closed_at = created_at where state = 'preparation' and requirement_id in (select id from requirement where number = 1)").await;
    let draft = begun(&app, &lmc, &[]).await;
    let repeal =
        [("slag", "upphav"), ("krav", "KB-0001"), ("skal", "Ingår i ett annat."), ("ersattare", "KB-0002"), ("hur", "ersatt")];
    lmc.post(&format!("{draft}/punkter"), &repeal).await.expect(303);
    filled(&lmc, &draft).await;
    submitted(&lmc, &draft).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    said(&decider, &draft, &[("bifall", "", "2026-11-30")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
    // It is told as soon as it is decided, to its author and who stands behind it.
    for who in ["strateg@example.org", "bransch@example.org"] {
        let letter = letters::letter(&app, who, "proposal_succeeded").await;
        assert!(letter.text.contains("KB-0002") && letter.text.contains("Ingår i ett annat."), "{}", letter.text);
        assert!(letter.paths == [public.clone()] && letter.text.contains("B-2026-0002"), "{:?}", letter.paths);
    }
    let page = app.get(&public).await.expect(200);
    assert_eq!(page.texts("#upphavt"), ["Behöver anpassas till KB-0002"]);
    let text = &page.texts("section[aria-labelledby=upphavt]")[0];
    assert!(text.contains("KB-0001, som förslaget handlar om, upphör att gälla") && text.contains("30 november 2026"), "{text}");
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(10)).spawn().await;
    let page = later.get(&public).await.expect(200);
    let text = &page.texts("section[aria-labelledby=upphavt]")[0];
    assert!(text.contains("KB-0001, som förslaget handlar om, är upphävt.") && text.contains("Kläder utan PFAS"), "{text}");
    assert_eq!(page.attributes("section[aria-labelledby=upphavt] a", "href"), ["/krav/KB-0002"]);
    let page = later.get(&format!("/en{public}")).await.expect(200);
    assert_eq!(page.texts("#upphavt"), ["Needs adapting to KB-0002"]);
    // Who proposed it is led to proposing the same of what came.
    let author = Browser::signed_in(&later, "strateg").await;
    let links = author.get(&public).await.expect(200).attributes("section[aria-labelledby=upphavt] a", "href");
    assert_eq!(links, ["/krav/KB-0002", "/forslag/ny?slag=andra&krav=KB-0002"]);
    author.get(&links[1]).await.expect(200);
    // Who handles it sees it too, and is not offered to take it into what has ended.
    let lmc = Browser::signed_in(&later, "lmc").await;
    let page = lmc.get(&handled).await.expect(200);
    assert_eq!(page.texts("#upphavt"), ["Behöver anpassas till KB-0002"]);
    assert!(page.texts("#ta-in").is_empty() && page.attributes("main a", "href").contains(&"/krav/KB-0002".to_owned()));
    // Answered, it needs nothing any more.
    lmc.post(&format!("{handled}/steg"), &[("steg", "avsla"), ("skal", "Föreslås av KB-0002.")]).await.expect(303);
    assert!(later.get(&public).await.expect(200).texts("#upphavt").is_empty());
}
