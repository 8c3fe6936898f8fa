//! The lists to choose from: searched, paged, and never the end of what can be chosen.

use std::collections::HashSet;

use super::{bank, begun, ready};
use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

/// So many new requirements from `KB-1001`, all ready.
async fn many(app: &TestApp, count: usize) {
    let file: Vec<_> = (1..=count)
        .map(|n| complete(&format!("Skål nummer {n:03}")).id(&format!("KB-{}", 1000 + n)).text(&["Skålen ska vara hel."]))
        .collect();
    Import::preparation().at(NOW - time::Duration::days(5)).accepted(&app.db, lines(&file)).await;
    app.db.execute("update requirement_version set state = 'ready' where title like 'Skål nummer%'").await;
}

async fn id(app: &TestApp, title: &str) -> String {
    app.db.value(&format!("select id::text from requirement_version where title = '{title}'")).await
}

#[tokio::test]
async fn what_is_beyond_the_page_is_met_once_searched_and_taken() {
    let app = bank().await;
    many(&app, 120).await;
    ready(&app, 1).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (mut met, mut fields) = (Vec::new(), vec![("rubrik".to_owned(), "Skålar".to_owned())]);
    let mut page = lmc.get("/lmc/beslut/nytt").await.expect(200);
    loop {
        met.extend(page.attributes("input[name=version]", "value"));
        let Some(next) = page.attributes("button[name=efter]", "value").pop() else { break };
        let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        page = lmc.post("/lmc/beslut/nytt", &[sent.as_slice(), &[("efter", &next)]].concat()).await.expect(200);
        assert_eq!(page.attributes("#rubrik", "value"), ["Skålar"], "what was typed stays");
    }
    let once: HashSet<&String> = met.iter().collect();
    assert_eq!((met.len(), once.len()), (121, 121));
    // Searched, with what was chosen before still chosen.
    let first = id(&app, "Skål nummer 001").await;
    fields.push(("version".to_owned(), first.clone()));
    let search = [("rubrik", "Skålar"), ("version", first.as_str()), ("sok", "NUMMER 120"), ("gor", "sok")];
    let page = lmc.post("/lmc/beslut/nytt", &search).await.expect(200);
    let last = id(&app, "Skål nummer 120").await;
    assert_eq!(page.attributes("input[name=version]", "value"), [first.clone(), last.clone()]);
    assert_eq!(page.attributes("input[name=version][checked]", "value"), std::slice::from_ref(&first));
    assert_eq!(lmc.get("/lmc/beslut/nytt?sok=kb-1077").await.attributes("input[name=version]", "value").len(), 1);
    assert!(lmc.get("/lmc/beslut/nytt?sok=rymdfart").await.text().contains("Ingen version passar."));
    let made = [("rubrik", "Skålar"), ("version", first.as_str()), ("version", last.as_str())];
    let draft = lmc.post("/lmc/beslut/nytt", &made).await.expect(303).header("location").to_owned();
    assert_eq!(app.db.value::<i64>("select count(*) from decision_draft_item").await, 2);
    // Where it lies is told, with the way there.
    let page = lmc.get("/lmc/beslut/nytt?sok=nummer+120").await.expect(200);
    assert!(page.texts(".choice")[0].contains("Finns redan i utkastet Skålar"), "{:?}", page.texts(".choice"));
    assert!(page.attributes(".choice a", "href").contains(&draft));
    // The form for one more takes what is on no page of its list.
    let far = id(&app, "Skål nummer 119").await;
    let path = format!("{draft}/punkter");
    assert!(!lmc.get(&path).await.expect(200).attributes("#version option", "value").contains(&far));
    let found = lmc.post(&path, &[("slag", "anta"), ("sok", "nummer 119"), ("gor", "sok"), ("skal", "Kvar.")]).await.expect(200);
    assert!(found.attributes("#version option", "value").contains(&far));
    assert_eq!(found.texts("#skal"), ["Kvar."]);
    lmc.post(&path, &[("slag", "anta"), ("version", &far)]).await.expect(303);
    let gone = lmc.post(&path, &[("slag", "anta"), ("version", "01936b3c-0000-7000-8000-000000000000")]).await.expect(422);
    assert_eq!(gone.attributes("#fel a", "href"), ["#version"]);
}

#[tokio::test]
async fn there_is_room_again_for_what_was_taken_out() {
    let app = bank().await;
    many(&app, 52).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = begun(&app, &lmc, &[]).await;
    app.db
        .execute(
            "insert into decision_draft_item (draft_id, version_id, requirement_id, position, kind)
             select d.id, v.id, v.requirement_id, row_number() over (order by v.title), 'adopt'
             from decision_draft d, requirement_version v where v.title between 'Skål nummer 001' and 'Skål nummer 050'",
        )
        .await;
    let path = format!("{draft}/punkter");
    let next = id(&app, "Skål nummer 051").await;
    let full = lmc.post(&path, &[("slag", "anta"), ("version", &next)]).await.expect(422);
    assert!(full.texts("#fel")[0].contains("50 punkter"), "{:?}", full.texts("#fel"));
    lmc.post(&format!("{path}/bort"), &[("version", &id(&app, "Skål nummer 003").await)]).await.expect(303);
    lmc.post(&path, &[("slag", "anta"), ("version", &next)]).await.expect(303);
    let order = "select max(position)::text || ' ' || count(distinct position)::text from decision_draft_item";
    assert_eq!(app.db.value::<String>(order).await, "50 50");
    lmc.post(&path, &[("slag", "anta"), ("version", &id(&app, "Skål nummer 052").await)]).await.expect(422);
}

#[tokio::test]
async fn only_the_version_that_is_called_back_has_to_be_to_come() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = super::waiting(&app, &lmc, &[1]).await;
    super::said(&decider, &draft, &[("bifall", "", "2026-12-07")]).await.expect(303);
    super::decide(&decider, &draft).await.expect(303);
    // The version in force is none that can be called back, although another one is to come.
    let draft = begun(&app, &lmc, &[]).await;
    app.db
        .execute(
            "insert into decision_draft_item (draft_id, version_id, requirement_id, position, kind, cause)
             select d.id, v.id, v.requirement_id, 1, 'revoke', 'Fel.' from decision_draft d, requirement_version v
             join requirement r on r.id = v.requirement_id where r.number = 1 and v.number = 1",
        )
        .await;
    super::filled(&lmc, &draft).await;
    super::submitted(&lmc, &draft).await;
    super::said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    assert!(decider.get(&draft).await.expect(200).text().contains("KB-0001 har redan börjat gälla"));
}
