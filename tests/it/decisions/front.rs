//! What stands in front of who decides, and who is told what they can do about what stands in the way.

use super::{bank, begun, changing, decide, filled, ready, said, submitted, version, waiting};
use crate::support::{Answer, Browser, Import, NOW, TestApp, lines};

/// What stands in the way: words and, where one may, the way there.
fn in_the_way(page: &Answer) -> (Vec<String>, Vec<String>) {
    let list = "section[aria-labelledby=sagt] li";
    (page.texts(list), page.attributes(&format!("{list} a"), "href"))
}

#[tokio::test]
async fn it_is_told_who_asks_what_and_what_it_touches() {
    let app = bank().await;
    let region = Browser::signed_in(&app, "strateg").await;
    let question = [("slag", "fraga"), ("text", "Gäller det även förpackningen?"), ("laser", "alla")];
    region.post("/krav/KB-0001/dialog", &question).await.expect(303);
    let lmc = Browser::signed_in(&app, "lmc").await;
    let inside = [("slag", "kommentar"), ("text", "Se över gränsen."), ("laser", "lmc")];
    lmc.post("/krav/KB-0001/dialog", &inside).await.expect(303);
    let draft = waiting(&app, &lmc, &[1]).await;
    // Somebody proposed it, it was taken into the version, and another organisation stands behind it.
    app.db
        .execute(
            "alter table proposal disable trigger user;
             insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, requirement_id, base_version_id, title, created_at,
                 changed_at, changed_by, state_since, number, year, submitted_at,
                 cc0_at, answer_by, sent, sent_by, taken_into, taken_wholly)
             select '01936b3c-0000-7000-8000-00000000000a', 'change', 'taken_in', 0, m.organisation_id, m.person_id, r.product_group_id, r.id, c.id, 'T',
                    '2026-10-01', '2026-10-01', m.person_id, '2026-10-01', 7, 2026, '2026-10-01',
                    '2026-10-01', '2026-12-24', '{\"title\": \"Ta bort ftalaterna\"}', m.id, v.id, true
             from requirement r join requirement_version v on v.requirement_id = r.id and v.state = 'ready'
             join requirement_version c on c.requirement_id = r.id and c.state = 'decided'
             join person p on p.example = 'strateg' join membership m on m.person_id = p.id
             where r.number = 1 limit 1;
             insert into proposal_cosigner (proposal_id, organisation_id, person_id, at)
             select '01936b3c-0000-7000-8000-00000000000a', o.id, p.id, '2026-10-02' from organisation o, person p
             where o.slug = 'lmc' and p.example = 'lmc2';
             alter table proposal enable trigger user",
        )
        .await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    said(&decider, &draft, &[("bifall", "", "2026-12-07")]).await.expect(303);
    for path in [draft.clone(), format!("{draft}/besluta")] {
        let page = decider.get(&path).await.expect(200);
        let text = page.text();
        for words in [
            "Gränsen skärps.",
            "Gäller vid nästa avrop.",
            "F-2026-0007",
            "Ta bort ftalaterna",
            "med stöd av 1 organisation till",
            "1 öppen tråd, varav frågor: 1",
            "1 öppen tråd i beredningen",
            "Fastställt",
            "Från måndag 7 december 2026",
            "Ändrade stycken: 1",
            "Styrgruppen",
            "20 november 2026",
            "§ 7",
            "LMC 2026/0007",
            "Marknaden klarar det.",
        ] {
            assert!(text.contains(words), "{path} lacks {words}: {text}");
        }
        assert_eq!(page.texts(".diff ins").len(), 1, "one text is laid beside the other");
        // Every way out leads to a page that they may see.
        let ways = page.attributes("main .facts a, main h3 a, main .sheet > p a", "href");
        for way in ways.iter().filter(|way| !way.starts_with("/forslag/")) {
            decider.get(way).await.expect(200);
        }
    }
}

#[tokio::test]
async fn many_texts_are_counted_and_linked() {
    let app = bank().await;
    let more = [4, 5].map(|n| changing("Hink").id(&format!("KB-000{n}")).text(&["Hinken ska vara hel."]));
    Import::current().at(NOW - time::Duration::days(20)).accepted(&app.db, lines(&more)).await;
    let more = [4, 5].map(|n| changing("Hink").id(&format!("KB-000{n}")).text(&["Hinken ska vara tät.", "Den ska ha lock."]));
    Import::preparation().at(NOW - time::Duration::days(10)).accepted(&app.db, lines(&more)).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[1, 2, 4, 5]).await;
    let page = lmc.get(&draft).await.expect(200);
    assert!(page.texts(".diff").is_empty());
    assert!(
        page.texts(".sheet p").iter().any(|text| text.starts_with("Ändrade stycken: 1, nya: 1")),
        "{:?}",
        page.texts(".sheet p")
    );
    assert!(page.attributes("main a", "href").contains(&"/krav/KB-0004/jamfor?fran=1&till=2".to_owned()));
}

#[tokio::test]
async fn who_cannot_put_it_right_is_told_who_can() {
    let app = bank().await;
    ready(&app, 1).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let draft = begun(&app, &lmc, &[1]).await;
    let (told, ways) = in_the_way(&decider.get(&draft).await.expect(200));
    assert_eq!(ways, [""; 0], "{told:?}");
    assert!(told[0].contains("Det gör den som skriver utkast"), "{told:?}");
    assert!(
        told.iter().any(|text| text.contains("Ange utfall för KB-0001.") && text.contains("när utkastet är lämnat")),
        "{told:?}"
    );
    let (_, ways) = in_the_way(&lmc.get(&draft).await.expect(200));
    assert_eq!(ways.len(), 3, "{ways:?}");
    for way in ways {
        lmc.get(&way).await.expect(200);
    }
    submitted(&lmc, &draft).await;
    let (told, ways) = in_the_way(&lmc.get(&draft).await.expect(200));
    assert_eq!(ways, [""; 0], "{told:?}");
    assert!(told.iter().all(|text| text.contains("Det gör beslutsfattaren.")), "{told:?}");
    let (_, ways) = in_the_way(&decider.get(&draft).await.expect(200));
    assert_eq!(ways.len(), 4, "{ways:?}");
    for way in ways {
        decider.get(&way).await.expect(200);
    }
}

#[tokio::test]
async fn what_preparation_asks_for_the_decision_asks_for_too() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = waiting(&app, &lmc, &[1]).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    app.db.execute("update requirement_version set change_note = '', running_contracts = '' where state = 'ready'").await;
    let page = decider.get(&draft).await.expect(200).text();
    assert!(page.contains("KB-0001 saknar ändringsnotis, vad ändringen betyder för pågående avtal"), "{page}");
    let seen: String = app.db.value("select lock_version::text from decision_draft").await;
    decider.post(&format!("{draft}/besluta"), &[("las", &seen)]).await.expect(409);
    // What only makes it clearer means nothing to a contract.
    app.db
        .execute("update requirement_version set change_note = 'Tydligare.', changes = '{clarified}' where state = 'ready'")
        .await;
    said(&decider, &draft, &[("bifall", "", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);
}

#[tokio::test]
async fn a_day_far_away_is_a_slip_of_the_pen() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    ready(&app, 1).await;
    let draft = begun(&app, &lmc, &[]).await;
    let id = version(&app, 1).await;
    let fields = |day: &'static str| [("slag", "anta"), ("version", id.as_str()), ("fran", day)];
    let path = format!("{draft}/punkter");
    let wrong = lmc.post(&path, &fields("2207-01-01")).await.expect(422);
    assert_eq!(wrong.texts("#fel li"), ["Välj en dag inom två år, eller lämna fältet tomt."]);
    lmc.post(&path, &fields("2027-01-01")).await.expect(303);
    filled(&lmc, &draft).await;
    submitted(&lmc, &draft).await;
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let wrong = said(&decider, &draft, &[("bifall", "", "2207-01-01")]).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#fran-KB-0001"]);
    // However it came there, it is not decided.
    app.db.execute("update decision_draft_item set effective_on = '2207-01-01', outcome = 'adopted'").await;
    let seen: String = app.db.value("select lock_version::text from decision_draft").await;
    let refused = decider.post(&format!("{draft}/besluta"), &[("las", &seen)]).await.expect(409);
    assert!(refused.texts("#fel")[0].contains("om mer än två år"), "{:?}", refused.texts("#fel"));
}

async fn answers_as_if_away(app: &TestApp, table: &str) {
    app.db
        .execute(&format!(
            "create function away() returns trigger language plpgsql as $$ begin raise 'gone' using errcode = '57P03'; end $$;
             create trigger away before insert or update on {table} for each statement execute function away()"
        ))
        .await;
}

#[tokio::test]
async fn nothing_that_was_typed_is_lost_when_the_bank_goes_away() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let draft = begun(&app, &lmc, &[]).await;
    let seen = super::lock(&lmc, &format!("{draft}/uppgifter")).await;
    answers_as_if_away(&app, "decision_draft").await;
    // The page can be read: it is the form itself.
    let begun = lmc.post("/lmc/beslut/nytt", &[("rubrik", "Min långa rubrik")]).await.expect(503);
    assert_eq!(begun.attributes("#rubrik", "value"), ["Min långa rubrik"]);
    assert!(begun.texts("#fel")[0].contains("kan inte"), "{:?}", begun.texts("#fel"));
    let fields = [("las", seen.as_str()), ("rubrik", "R"), ("skal", "Mina långa skäl")];
    let written = lmc.post(&format!("{draft}/uppgifter"), &fields).await.expect(503);
    assert_eq!(written.texts("#skal"), ["Mina långa skäl"]);
    // The page cannot be read either: it says what was typed, and has the form shown when the bank is back.
    app.db
        .execute(
            "create or replace function may_see(audience smallint, owner_org uuid, viewer_level smallint, viewer_orgs uuid[]) returns boolean
                 language plpgsql stable as $$ begin raise 'gone' using errcode = '57P03'; end $$",
        )
        .await;
    let away = lmc.post(&format!("{draft}/uppgifter"), &fields).await.expect(503);
    assert_eq!(away.texts("h1"), ["Kravbanken går inte att nå just nu"]);
    assert!(away.text().contains("Mina långa skäl"), "{}", away.text());
    assert_eq!(away.attributes("input[name=oskickat_till]", "value"), [format!("{draft}/uppgifter")]);
}
