//! Who drafts what, who writes when, and that nobody's words are overwritten unseen.

use std::collections::HashSet;

use super::{bank, begun, decide, filled, lock, ready, said, submitted, waiting};
use crate::support::Browser;

#[tokio::test]
async fn two_write_at_once_and_neither_loses_a_word() {
    let app = bank().await;
    let one = Browser::signed_in(&app, "lmc").await;
    let two = Browser::signed_in(&app, "lmc2").await;
    let draft = begun(&app, &one, &[]).await;
    let path = format!("{draft}/uppgifter");
    let seen = lock(&two, &path).await;
    one.post(&path, &[("las", &seen), ("rubrik", "Skarpare gränser"), ("skal", "Den enas skäl.")]).await.expect(303);
    let fields = [("las", seen.as_str()), ("rubrik", "Skarpare gränser"), ("skal", "Den andras skäl.")];
    let conflict = two.post(&path, &fields).await.expect(409);
    assert_eq!(conflict.texts("#skal"), ["Den andras skäl."], "what was typed");
    assert!(conflict.texts(".conflict")[0].contains("Den enas skäl."), "and what is kept");
    let again = conflict.attributes("input[name=las]", "value")[0].clone();
    two.post(&path, &[("las", &again), ("rubrik", "Skarpare gränser"), ("skal", "Bådas skäl.")]).await.expect(303);
    assert_eq!(app.db.value::<String>("select reasons from decision_draft").await, "Bådas skäl.");
    let wrong = two.post(&path, &[("las", "9"), ("dag", "i går")]).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#rubrik", "#dag"]);
}

#[tokio::test]
async fn who_drafts_and_who_decides_write_in_their_turn() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    // Who decides begins nothing, and writes nothing before it is theirs.
    decider.get("/lmc/beslut/nytt").await.expect(403);
    decider.post("/lmc/beslut/nytt", &[("rubrik", "Eget")]).await.expect(403);
    ready(&app, 1).await;
    let draft = begun(&app, &lmc, &[1]).await;
    decider.get(&format!("{draft}/uppgifter")).await.expect(303);
    decider.post(&format!("{draft}/uppgifter"), &[("las", "1"), ("rubrik", "R")]).await.expect(403);
    decider.post(&format!("{draft}/overlamning"), &[("gor", "lamna")]).await.expect(403);
    filled(&lmc, &draft).await;
    lmc.get(&format!("{draft}/utfall")).await.expect(403);
    lmc.post(&format!("{draft}/besluta"), &[("las", "3")]).await.expect(403);
    decide(&decider, &draft).await.expect(409);
    submitted(&lmc, &draft).await;
    lmc.post(&format!("{draft}/uppgifter"), &[("las", "4"), ("rubrik", "R")]).await.expect(403);
    lmc.post(&format!("{draft}/ta-bort"), &[]).await.expect(403);
    lmc.post(&format!("{draft}/overlamning"), &[("gor", "lamna")]).await.expect(409);
    // Not before every item has an outcome.
    let seen: String = app.db.value("select lock_version::text from decision_draft").await;
    let early = decider.post(&format!("{draft}/besluta"), &[("las", &seen)]).await.expect(409);
    assert!(early.texts("#fel")[0].contains("Ange utfall för KB-0001."), "{:?}", early.texts("#fel"));
    decider.get(&format!("{draft}/besluta")).await.expect(303);
    // Back to those who draft, and there again.
    decider.post(&format!("{draft}/overlamning"), &[("gor", "ta-tillbaka")]).await.expect(303);
    assert!(lmc.get("/lmc/beslut").await.expect(200).text().contains("Skarpare gränser"));
    lmc.get(&format!("{draft}/uppgifter")).await.expect(200);
    let page = lmc.get(&format!("{draft}/punkter")).await.expect(200);
    let version = page.attributes("input[name=version]", "value")[0].clone();
    lmc.post(&format!("{draft}/punkter/bort"), &[("version", &version)]).await.expect(303);
    assert!(lmc.get(&draft).await.text().contains("Lägg till minst en punkt."));
    let fields = [("slag", "anta"), ("version", version.as_str()), ("fran", "2026-12-07")];
    lmc.post(&format!("{draft}/punkter"), &fields).await.expect(303);
    assert!(lmc.get(&draft).await.text().contains("Från måndag 7 december 2026"));
    lmc.get(&format!("{draft}/ta-bort")).await.expect(200);
    lmc.post(&format!("{draft}/ta-bort"), &[]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from decision_draft_item").await, 0);
    lmc.get(&draft).await.expect(404);
}

#[tokio::test]
async fn who_submitted_it_or_a_text_in_it_does_not_decide() {
    let app = bank().await;
    // `lmc2` submits the version, and may decide too.
    app.db
        .execute(
            "insert into membership_role (membership_id, role, valid)
             select m.id, 'decision_maker', m.valid from membership m join person p on p.id = m.person_id where p.example = 'lmc2';
             delete from membership_role where role = 'lmc_coordinator' and membership_id in (
                 select m.id from membership m join person p on p.id = m.person_id where p.example = 'lmc2')",
        )
        .await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[1]).await;
    let same = Browser::signed_in(&app, "lmc2").await;
    said(&same, &draft, &[("bifall", "", "")]).await.expect(303);
    assert!(same.get(&draft).await.text().contains("Låt en annan beslutsfattare fatta beslutet."));
    let seen: String = app.db.value("select lock_version::text from decision_draft").await;
    let fields = [("las", seen.as_str()), ("bradska", "Jag vill.")];
    let refused = same.post(&format!("{draft}/besluta"), &fields).await.expect(409);
    assert!(refused.texts("#fel")[0].contains("Låt en annan beslutsfattare"), "{:?}", refused.texts("#fel"));
    let another = Browser::signed_in(&app, "beslutsfattare").await;
    decide(&another, &draft).await.expect(303);
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_and_nothing_is_decided_by_half() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = waiting(&app, &lmc, &[1, 2]).await;
    said(&decider, &draft, &[("bifall", "", ""), ("bifall", "", "2026-11-30")]).await.expect(303);
    // Meanwhile one is repealed, and the other lacks something.
    app.db.execute("update requirement_version set rationale = '' where state = 'ready' and requirement_id = (select id from requirement where number = 1)").await;
    app.db
        .execute(
            "insert into requirement_repeal (requirement_id, version_id, reason, effective, origin)
             select v.requirement_id, v.id, 'Behövs inte.', '2027-01-01T00:00Z', 'import' from requirement_version v join requirement r on r.id = v.requirement_id
             where r.number = 2 and v.state = 'decided'",
        )
        .await;
    let page = decider.get(&draft).await.expect(200).text();
    assert!(page.contains("KB-0001 saknar motiv") && page.contains("KB-0002 är upphävt"), "{page}");
    let seen: String = app.db.value("select lock_version::text from decision_draft").await;
    decider.post(&format!("{draft}/besluta"), &[("las", &seen)]).await.expect(409);
    assert_eq!(app.db.value::<i64>("select count(*) from decision where kind = 'network'").await, 0);
    assert_eq!(app.db.value::<i64>("select last from counter where name = 'decision'").await, 1, "and no number is taken");
    // What is sent back need not be complete.
    said(&decider, &draft, &[("aterremiss", "Skriv ett motiv.", ""), ("avslag", "Upphävt.", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
}

#[tokio::test]
async fn what_was_said_of_a_text_is_said_of_no_other() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = waiting(&app, &lmc, &[1]).await;
    said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    let page = decider.get(&format!("{draft}/besluta")).await.expect(200);
    let seen = page.attributes("input[name=las]", "value")[0].clone();
    // The version goes back, is written in, and is laid before them again.
    for state in ["preparation", "ready"] {
        let step = format!(
            "update requirement_version set state = '{state}', lock_version = lock_version + 1 where state in ('ready', 'preparation')"
        );
        app.db.execute(&step).await;
    }
    let refused = decider.post(&format!("{draft}/besluta"), &[("las", &seen)]).await.expect(409);
    assert!(refused.texts("#fel")[0].contains("Ange utfall för KB-0001."), "{:?}", refused.texts("#fel"));
    said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
}

#[tokio::test]
async fn a_meeting_has_been_held() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = begun(&app, &lmc, &[]).await;
    let path = format!("{draft}/uppgifter");
    let seen = lock(&lmc, &path).await;
    let fields = [("las", seen.as_str()), ("rubrik", "Skarpare gränser"), ("dag", "2027-05-01")];
    let wrong = lmc.post(&path, &fields).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#dag"]);
    assert_eq!(wrong.attributes("#dag", "value"), ["2027-05-01"]);
}

#[tokio::test]
async fn however_many_are_drafted_each_is_met_once() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    ready(&app, 1).await;
    begun(&app, &lmc, &[1]).await;
    app.db
        .execute(
            "insert into decision_draft (id, state, audience, title, created_at, created_by, created_org, changed_at, changed_by)
             select gen_random_uuid(), 'draft', d.audience, 'Utkast nummer ' || n, d.created_at, d.created_by, d.created_org,
                    d.changed_at - (n / 2) * interval '1 minute', d.changed_by
             from decision_draft d, generate_series(1, 119) n",
        )
        .await;
    let (mut path, mut met, mut pages) = ("/lmc/beslut".to_owned(), Vec::new(), 0);
    loop {
        let page = lmc.get(&path).await.expect(200);
        met.extend(page.attributes(".task__title a", "href"));
        pages += 1;
        let Some(next) = page.attributes("main a[rel=next]", "href").first().cloned() else { break };
        path = next;
    }
    let once: HashSet<&String> = met.iter().collect();
    assert_eq!((pages, met.len(), once.len()), (3, 120, 120));
    // A key that is nobody's begins anew.
    let anew = lmc.get("/lmc/beslut?efter=01936b3c-0000-7000-8000-000000000000").await.expect(200);
    assert_eq!(anew.attributes(".task__title a", "href").len(), 50);
}
