//! What becomes of a proposal: asked to be completed, prepared, merged, left dormant, answered, taken back; each told to its
//! author and shown to everybody.

use time::Duration;

use super::{bank, lock, sent, written};
use crate::support::{Browser, NOW, TestApp, letters};

async fn step(browser: &Browser<'_>, number: &str, fields: &[(&str, &str)]) -> crate::support::Answer {
    browser.post(&format!("/lmc/forslag/{number}/steg"), fields).await
}

#[tokio::test]
async fn it_is_returned_completed_prepared_and_answered() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(&format!("/lmc/forslag/{number}")).await.expect(200);
    assert!(page.text().contains("Kanariehandsken"), "what is for those who prepare");
    let none = step(&lmc, &number, &[("steg", "komplettera")]).await.expect(422);
    assert_eq!(none.attributes("#fel a", "href"), ["#skal"]);
    assert_eq!(none.attributes("input[name=steg][checked]", "value"), ["komplettera"]);
    step(&lmc, &number, &[("steg", "komplettera"), ("skal", "Vilket laboratorium?")]).await.expect(303);
    let letter = letters::letter(&app, "strateg@example.org", "proposal_returned").await;
    assert!(letter.text.contains("Vilket laboratorium?"), "{}", letter.text);
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Komplettering begärd") && public.text().contains("Vilket laboratorium?"));
    // What is asked for stands above each step; sent in again it has the same number.
    let path = format!("/forslag/utkast/{id}/skalen");
    assert!(author.get(&path).await.expect(200).text().contains("Vilket laboratorium?"));
    let seen = lock(&author, &path).await;
    let fields = [("problem", "Gränsen är för hög."), ("nytta", "Färre ftalater."), ("kontroll", "RISE."), ("las", &seen)];
    author.post(&path, &fields).await.expect(303);
    author.get(&format!("/forslag/utkast/{id}/ta-bort")).await.expect(303);
    assert_eq!(sent(&author, &id).await, number);
    step(&lmc, &number, &[("steg", "bered")]).await.expect(303);
    // No step that there is not from here.
    step(&lmc, &number, &[("steg", "komplettera"), ("skal", "Mer?")]).await.expect(409);
    step(&lmc, &number, &[("steg", "avsla"), ("skal", "Lagen säger redan det.")]).await.expect(303);
    step(&lmc, &number, &[("steg", "bered")]).await.expect(409);
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Avslaget") && public.text().contains("Lagen säger redan det."));
    for kind in ["proposal_begun", "proposal_rejected"] {
        letters::letter(&app, "strateg@example.org", kind).await;
    }
    assert!(app.get("/forslag").await.text().contains("Inga förslag här."));
    assert!(app.get("/forslag?visa=besvarade").await.text().contains(&number));
    author.post(&format!("/forslag/{number}/atertagande"), &[]).await.expect(409);
}

#[tokio::test]
async fn merging_links_both_ways_and_moves_nothing() {
    let app = bank().await;
    let one = Browser::signed_in(&app, "strateg").await;
    let two = Browser::signed_in(&app, "upphandlare2").await;
    let id = written(&one, "Handsken ska vara helt fri från ftalater.").await;
    let first = sent(&one, &id).await;
    let id = written(&two, "Handsken ska vara absolut fri från ftalater.").await;
    let second = sent(&two, &id).await;
    // Both want the same clause changed.
    let public = app.get(&format!("/forslag/{second}")).await.expect(200);
    let colliding = public.texts("section[aria-labelledby=krockar]");
    assert!(colliding[0].contains("helt fri") && colliding[0].contains("absolut fri"), "{colliding:?}");
    let industry = Browser::signed_in(&app, "bransch").await;
    industry.post(&format!("/forslag/{second}/medforslagsstallare"), &[("gor", "med")]).await.expect(303);
    industry.post(&format!("/forslag/{second}/medforslagsstallare"), &[("gor", "med")]).await.expect(422);
    two.post(&format!("/forslag/{second}/medforslagsstallare"), &[("gor", "med")]).await.expect(422);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let to_itself = [("steg", "sla-ihop"), ("skal", "Samma."), ("till", second.as_str())];
    step(&lmc, &second, &to_itself).await.expect(422);
    step(&lmc, &second, &[("steg", "sla-ihop"), ("skal", "Samma."), ("till", "F-2026-0099")]).await.expect(422);
    step(&lmc, &second, &[("steg", "sla-ihop"), ("skal", "Samma sak."), ("till", &first)]).await.expect(303);
    let merged = app.get(&format!("/forslag/{second}")).await.expect(200);
    assert!(merged.attributes("main a", "href").contains(&format!("/forslag/{first}")));
    assert!(
        merged.text().contains("absolut fri")
            && merged.texts("section[aria-labelledby=med]")[0].contains("Vårdmaterialföreningen")
    );
    let into = app.get(&format!("/forslag/{first}")).await.expect(200);
    assert!(into.attributes("section[aria-labelledby=hit] a", "href").contains(&format!("/forslag/{second}")));
    assert!(!into.texts("section[aria-labelledby=med]")[0].contains("Vårdmaterialföreningen"), "support is not moved");
}

#[tokio::test]
async fn who_looks_after_an_area_handles_what_is_in_it() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let path = format!("/lmc/forslag/{number}");
    for word in ["strateg", "leverantor", "admin", "beslutsfattare"] {
        Browser::signed_in(&app, word).await.get(&path).await.expect(403);
    }
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    app.db.execute("delete from product_group_owner").await;
    area.get(&path).await.expect(403);
    step(&area, &number, &[("steg", "bered")]).await.expect(403);
    app.db
        .execute("insert into product_group_owner (group_id, letter, valid) select product_group_id, 'F', '[2026-01-01,2027-01-01)' from requirement where number = 1")
        .await;
    assert!(area.get(&path).await.expect(200).text().contains("Kanariehandsken"));
    area.post(&format!("{path}/anteckningar"), &[("anteckning", "Bara för oss.")]).await.expect(303);
    area.post(&format!("{path}/handlaggare"), &[("gor", "ta")]).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get(&path).await.expect(200);
    assert!(page.text().contains("Bara för oss.") && page.text().contains("Elin Holm"));
    // Taken over only from whom one has seen.
    lmc.post(&format!("{path}/handlaggare"), &[("gor", "ta")]).await.expect(409);
    let has = page.attributes("input[name=har]", "value")[0].clone();
    lmc.post(&format!("{path}/handlaggare"), &[("gor", "ta"), ("har", &has)]).await.expect(303);
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("Karin Öberg") && !public.text().contains("Bara för oss."));
    assert!(!author.get(&format!("/forslag/{number}")).await.text().contains("Bara för oss."));
}

#[tokio::test]
async fn it_is_taken_back_by_its_organisation_and_silence_lets_it_lie() {
    let app = TestApp::build().people().spawn().await;
    let first = crate::support::complete("Handskar utan ftalater")
        .id("KB-0001")
        .text(&["Handsken ska vara fri från ftalater.", "Ett intyg ska lämnas."]);
    crate::support::Import::current().accepted(&app.db, crate::support::lines(&[first])).await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other.post(&format!("/forslag/{number}/atertagande"), &[]).await.expect(404);
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    colleague.get(&format!("/forslag/{number}/atertagande")).await.expect(200);
    colleague.post(&format!("/forslag/{number}/atertagande"), &[]).await.expect(303);
    assert!(app.get(&format!("/forslag/{number}")).await.text().contains("Tillbakadraget"));
    let id = written(&author, "Handsken ska vara riktigt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    step(&lmc, &number, &[("steg", "komplettera"), ("skal", "Hur?")]).await.expect(303);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(91)).worker().spawn().await;
    app.db.execute("select graphile_worker.add_job('let_silent_proposals_lie', '{}'::json)").await;
    letters::done(&later, "let_silent_proposals_lie").await;
    assert_eq!(app.db.value::<String>("select state from proposal where number = 2").await, "dormant");
}

/// Who handles a proposal reads it there, and is told why nothing can be done with it; who answers it does not stand behind it.
#[tokio::test]
async fn the_page_of_who_handles_says_what_is_proposed_and_what_it_waits_for() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = format!("/lmc/forslag/{number}");
    let page = lmc.get(&path).await.expect(200).text();
    for said in ["Handsken ska vara helt fri från ftalater.", "Gränsen är för hög.", "Färre ftalater.", "Ett laboratorium mäter."]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("väntar på den som föreslår"));
    lmc.post(&format!("{path}/steg"), &[("steg", "komplettera"), ("skal", "Skriv en gräns.")]).await.expect(303);
    let page = lmc.get(&path).await.expect(200).text();
    assert!(page.contains("Förslaget väntar på den som föreslår.") && page.contains("Skriv en gräns."));
    assert!(!page.contains("name=\"steg\""));
}
