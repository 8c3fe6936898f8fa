//! The moment: what comes into force, what ends, what comes back; and what everybody reads of it.

use time::Duration;

use super::{bank, begun, decide, filled, ready, said, submitted, version, waiting};
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
