//! Areas and groups are added, renamed, moved, merged and retired, and all that stands in them follows.

use super::{bank, group, lock};
use crate::support::{Answer, Browser, Import, TestApp, complete, lines};

const GLOVES: &str = "medicinteknik/handskar";

async fn change(lmc: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let lock = lock(lmc, &format!("{path}/andring")).await;
    let mut all = vec![("las", lock.as_str())];
    all.extend_from_slice(fields);
    lmc.post(&format!("{path}/andring"), &all).await
}

fn cited(answer: &Answer) -> Vec<String> {
    answer.attributes("main a[href^='/krav/KB-']", "href")
}

#[tokio::test]
async fn a_name_changes_and_the_address_stays() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = group(&app, GLOVES).await;
    let seen = lock(&lmc, &path).await;
    let fields = |name: &'static str, codes: &'static str, las| {
        [("namn", name), ("namn_en", "Hand covers"), ("om", "Allt för händer."), ("om_en", "All."), ("cpv", codes), ("las", las)]
    };
    let wrong = lmc.post(&path, &fields("", "33141420-0", &seen)).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#namn"]);
    let wrong = lmc.post(&path, &fields("Handbeklädnad", "1234", &seen)).await.expect(422);
    assert!(wrong.text().contains("”1234” är ingen kod"), "{}", wrong.text());
    let wrong = lmc.post(&path, &fields("Handbeklädnad", "33141420-7", &seen)).await.expect(422);
    assert!(wrong.text().contains("rätt kontrollsiffra"), "{}", wrong.text());
    let wrong = lmc.post(&path, &fields("Handbeklädnad", "99999999", &seen)).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#cpv"]);
    let wrong = lmc.post(&path, &fields("Sårvård", "", &seen)).await.expect(422);
    assert!(wrong.text().contains("finns redan"));
    lmc.post(&path, &fields("Handbeklädnad", "", &seen)).await.expect(303);
    let page = app.get("/omraden/medicinteknik/handskar").await.expect(200);
    assert_eq!(page.texts("h1"), ["Handbeklädnad"]);
    assert_eq!(app.get("/en/omraden/medicinteknik/handskar").await.expect(200).texts("h1"), ["Hand covers"]);
    // It is found by its new name, at once.
    assert_eq!(cited(&app.get("/krav?q=handbekl%C3%A4dnad").await.expect(200)).len(), 2);
    // Whoever saw the former text is shown both.
    let late = lmc.post(&path, &fields("Handdon", "", &seen)).await.expect(409);
    assert_eq!(late.attributes("#namn", "value"), ["Handdon"]);
    assert!(late.text().contains("Så är det lagrat nu") && late.texts(".conflict dd").contains(&"Handbeklädnad".to_owned()));
    let again = late.attributes("input[name=las]", "value").remove(0);
    lmc.post(&path, &fields("Handdon", "", &again)).await.expect(303);
    let logged: i64 = app.db.value("select count(*) from audit where action = 'taxonomy.edit_group'").await;
    assert_eq!(logged, 2);
    // So is what an area is called.
    let path = "/lmc/taxonomi/omraden/medicinteknik";
    let las = lock(&lmc, path).await;
    let named = [("namn", "Teknik i vården"), ("namn_en", "Technology"), ("om", "Om."), ("om_en", "On."), ("las", &las)];
    lmc.post(path, &named).await.expect(303);
    assert_eq!(cited(&app.get("/krav?q=teknik+i+v%C3%A5rden").await.expect(200)).len(), 2);
    assert_eq!(app.get("/omraden/medicinteknik").await.expect(200).texts("h1"), ["Teknik i vården"]);
}

#[tokio::test]
async fn a_group_that_is_moved_is_found_by_both_addresses() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = group(&app, GLOVES).await;
    let page = lmc.get(&format!("{path}/andring")).await.expect(200);
    assert!(page.text().contains("Det här berör 2 krav och 0 förslag."), "{}", page.text());
    let unsure = change(&lmc, &path, &[("gor", "flytta"), ("omrade", "textil")]).await.expect(422);
    assert_eq!(unsure.attributes("#fel a", "href"), ["#bekrafta"]);
    assert_eq!(unsure.attributes("#omrade option[selected]", "value"), ["textil"]);
    change(&lmc, &path, &[("gor", "flytta"), ("omrade", "textil"), ("bekrafta", "ja")]).await.expect(303);
    let old = app.get("/omraden/medicinteknik/handskar").await.expect(308);
    assert_eq!(old.header("location"), "/omraden/textil/handskar");
    let old = app.get("/en/omraden/medicinteknik/handskar/nivaer?fore=1").await.expect(308);
    assert_eq!(old.header("location"), "/en/omraden/textil/handskar/nivaer?fore=1");
    assert_eq!(cited(&app.get("/omraden/textil/handskar").await.expect(200)).len(), 2);
    assert_eq!(cited(&app.get("/krav?omrade=textil").await.expect(200)).len(), 2);
    assert!(cited(&app.get("/krav?omrade=medicinteknik").await.expect(200)).is_empty());
    let body = app.get("/api/v1/requirements/KB-0001").await.expect(200).json();
    assert_eq!(body["product_area"], "textil");
    // Nothing new gets the address that it had, and it may come back to it.
    let lines = [complete("Nya handskar").set("product_area", "Medicinteknik").set("product_group", "Handskar").id("KB-0003")];
    Import::current().create_groups().accepted(&app.db, crate::support::lines(&lines)).await;
    app.get("/omraden/medicinteknik/handskar-2").await.expect(200);
    let taken = change(&lmc, &path, &[("gor", "flytta"), ("omrade", "medicinteknik"), ("bekrafta", "ja")]).await.expect(422);
    assert_eq!(taken.attributes("#fel a", "href"), ["#omrade"]);
    change(&lmc, &path, &[("gor", "flytta"), ("omrade", "papper"), ("bekrafta", "ja")]).await.expect(303);
    for area in ["medicinteknik", "textil"] {
        let old = app.get(&format!("/omraden/{area}/handskar")).await.expect(308);
        assert_eq!(old.header("location"), "/omraden/papper/handskar");
    }
}

#[tokio::test]
async fn groups_that_are_merged_take_requirements_proposals_and_owners_along() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let author = Browser::signed_in(&app, "strateg").await;
    author.post("/forslag/ny", &[("slag", "andra"), ("krav", "KB-0001")]).await.expect(303);
    let (from, into) = (group(&app, GLOVES).await, group(&app, "medicinteknik/sarvard").await);
    let id = into.rsplit('/').next().expect("an id").to_owned();
    lmc.post(&format!("{from}/agare"), &[("gor", "lagg-till"), ("bokstav", "F"), ("fran", "2026-01-01"), ("till", "2028-12-31")])
        .await
        .expect(303);
    let same = change(&lmc, &from, &[("gor", "sla-ihop"), ("grupp", from.rsplit('/').next().unwrap()), ("bekrafta", "ja")]).await;
    same.expect(404);
    change(&lmc, &from, &[("gor", "sla-ihop"), ("grupp", &id), ("bekrafta", "ja")]).await.expect(303);
    let old = app.get("/omraden/medicinteknik/handskar").await.expect(308);
    assert_eq!(old.header("location"), "/omraden/medicinteknik/sarvard");
    let page = app.get("/omraden/medicinteknik/sarvard").await.expect(200);
    assert_eq!(cited(&page).len(), 2);
    assert!(page.text().contains("2026–2028"), "who owned it owns what it became a part of");
    lmc.get(&from).await.expect(404);
    let moved: i64 = app.db.value(&format!("select count(*) from proposal where group_id = '{id}'")).await;
    assert_eq!(moved, 1);
    assert_eq!(cited(&app.get("/krav?omrade=medicinteknik%2Fsarvard").await.expect(200)).len(), 2);
    let groups = app.get("/api/v1/product-areas").await.expect(200).json().to_string();
    assert!(!groups.contains("medicinteknik/handskar"));
    let paths = app.get("/sitemap.xml?part=pages").await.expect(200).text();
    assert!(!paths.contains("/omraden/medicinteknik/handskar<"));
    // What was part of it before leads on as well.
    let third = group(&app, "medicinteknik/inkontinensprodukter").await;
    change(&lmc, &into, &[("gor", "sla-ihop"), ("grupp", third.rsplit('/').next().unwrap()), ("bekrafta", "ja")])
        .await
        .expect(303);
    let old = app.get("/omraden/medicinteknik/handskar").await.expect(308);
    assert_eq!(old.header("location"), "/omraden/medicinteknik/inkontinensprodukter");
    // The database lets nothing into what is part of another, and no proposal into another group.
    let merged = from.rsplit('/').next().expect("an id");
    for statement in [
        format!("update requirement set product_group_id = '{merged}'"),
        format!("update product_group set retired_at = null where id = '{merged}'"),
    ] {
        assert!(refused(&app, &statement).await, "{statement}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_that_was_sent_in_follows_its_group_and_nothing_else() {
    let app = TestApp::build().example().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let number: i64 = app.db.value("select min(number) from proposal where state not in ('draft', 'returned')").await;
    let of = format!("from proposal where number = {number}");
    let from: uuid::Uuid = app.db.value(&format!("select group_id {of}")).await;
    let before: i64 = app.db.value(&format!("select count(*) from proposal where group_id = '{from}'")).await;
    let sent: String = app.db.value(&format!("select (to_jsonb(proposal) - 'group_id')::text {of}")).await;
    let into: uuid::Uuid =
        app.db.value(&format!("select id from product_group where id <> '{from}' and not exists (select from proposal p where p.group_id = product_group.id) limit 1")).await;
    assert!(refused(&app, &format!("update proposal set group_id = '{into}' where number = {number}")).await);
    let (path, to) = (format!("/lmc/taxonomi/grupper/{from}"), into.to_string());
    change(&lmc, &path, &[("gor", "sla-ihop"), ("grupp", &to), ("bekrafta", "ja")]).await.expect(303);
    assert_eq!(app.db.value::<i64>(&format!("select count(*) from proposal where group_id = '{into}'")).await, before);
    assert_eq!(app.db.value::<String>(&format!("select (to_jsonb(proposal) - 'group_id')::text {of}")).await, sent);
    assert!(refused(&app, &format!("update proposal set group_id = '{from}' where number = {number}")).await);
    assert!(refused(&app, &format!("update proposal set group_id = '{from}', title = 'x' where number = {number}")).await);
    assert!(refused(&app, &format!("update proposal set title = 'x' where number = {number}")).await);
    let open: i64 = app.db.value(&format!("select count(*) from requirement where product_group_id = '{from}'")).await;
    assert_eq!(open, 0, "also what is prepared");
    let waits = "select count(*) from requirement_version where state in ('preparation', 'ready') and pending ->> 'group' =";
    assert_eq!(app.db.value::<i64>(&format!("{waits} '{from}'")).await, 0, "and what waits for its decision");
}

async fn refused(app: &TestApp, statement: &str) -> bool {
    let mut connection = app.db.connect().await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.is_err()
}

#[tokio::test]
async fn what_is_retired_takes_nothing_new_and_keeps_what_it_has() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = group(&app, GLOVES).await;
    change(&lmc, &path, &[("gor", "avveckla"), ("bekrafta", "ja")]).await.expect(303);
    let page = app.get("/omraden/medicinteknik/handskar").await.expect(200);
    assert!(page.texts(".banner__title").contains(&"Gruppen är avvecklad".to_owned()), "{}", page.text());
    assert_eq!(cited(&page).len(), 2);
    assert!(app.get("/en/omraden/medicinteknik/handskar").await.expect(200).text().contains("This group is retired"));
    let areas = app.get("/omraden").await.expect(200).attributes(".tiles a", "href");
    assert!(!areas.contains(&"/omraden/medicinteknik/handskar".to_owned()));
    // What is there is still narrowed to by it, and may be read in anew; nothing comes to it.
    assert!(
        app.get("/krav?omrade=medicinteknik")
            .await
            .expect(200)
            .attributes("input[name=omrade]", "value")
            .contains(&GLOVES.to_owned())
    );
    let author = Browser::signed_in(&app, "strateg").await;
    let choices = author.get("/forslag/ny?slag=nytt").await.expect(200).texts("option");
    assert!(!choices.contains(&"Handskar".to_owned()) && choices.len() > 10, "no choice for what is new: {choices:?}");
    let report = Import::current().run(&app.db, lines(&[complete("Ännu fler handskar").id("KB-0009")])).await;
    assert!(!report.accepted && report.text(false).contains("avvecklad"), "{}", report.text(false));
    let file = lines(&[complete("Handskar utan ftalater").id("KB-0001").set("review_by", "2030-01-01")]);
    Import::preparation().replace().accepted(&app.db, file).await;
    change(&lmc, &path, &[("gor", "ateruppta")]).await.expect(303);
    Import::current().accepted(&app.db, lines(&[complete("Ännu fler handskar").id("KB-0009")])).await;
    // An area is retired with all its groups.
    let path = "/lmc/taxonomi/omraden/medicinteknik";
    change(&lmc, path, &[("gor", "avveckla"), ("bekrafta", "ja")]).await.expect(303);
    assert!(app.get("/omraden/medicinteknik").await.expect(200).text().contains("Området är avvecklat"));
    assert!(!app.get("/omraden").await.expect(200).attributes(".tiles a", "href").contains(&"/omraden/medicinteknik".to_owned()));
    let report = Import::current().run(&app.db, lines(&[complete("Handskar till").id("KB-0010")])).await;
    assert!(!report.accepted);
    change(&lmc, path, &[("gor", "ateruppta")]).await.expect(303);
}

#[tokio::test]
async fn new_places_and_owners() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let said = [("namn", "Rymdfart"), ("namn_en", "Space"), ("om", "Raketer."), ("om_en", "Rockets.")];
    let added = lmc.post("/lmc/taxonomi/nytt-omrade", &said).await.expect(303);
    assert_eq!(added.header("location"), "/lmc/taxonomi/omraden/rymdfart");
    lmc.post("/lmc/taxonomi/nytt-omrade", &said).await.expect(422);
    lmc.get("/lmc/taxonomi/ny-grupp").await.expect(303);
    lmc.get("/lmc/taxonomi/ny-grupp?omrade=ingenting").await.expect(404);
    lmc.get("/lmc/taxonomi/ny-grupp?omrade=rymdfart").await.expect(200);
    // The word after an area that means its levels is no group's.
    let said = [("namn", "Nivåer"), ("namn_en", "Levels"), ("omrade", "rymdfart"), ("cpv", "")];
    let path = lmc.post("/lmc/taxonomi/ny-grupp", &said).await.expect(303).header("location").to_owned();
    app.get("/omraden/rymdfart/nivaer-2").await.expect(200);
    let owner = |from, to| [("gor", "lagg-till"), ("bokstav", "A"), ("fran", from), ("till", to)];
    let action = format!("{path}/agare");
    lmc.get(&action).await.expect(303);
    let wrong = lmc.post(&action, &owner("2027-01-01", "2026-01-01")).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#till"]);
    assert_eq!(wrong.attributes("#fran", "value"), ["2027-01-01"]);
    lmc.post(&action, &owner("2027-01-01", "2028-12-31")).await.expect(303);
    let wrong = lmc.post(&action, &owner("2028-12-31", "2029-12-31")).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#fran"]);
    lmc.post(&action, &owner("2029-01-01", "2029-12-31")).await.expect(303);
    assert!(app.get("/omraden/rymdfart/nivaer-2").await.expect(200).text().contains("2027–2028"));
    let question = lmc.get(&format!("{path}?gor=ta-bort&bokstav=A&fran=2027-01-01")).await.expect(200);
    assert!(question.texts("#fraga")[0].contains("2027"), "{:?}", question.texts("#fraga"));
    let removal = [("gor", "ta-bort"), ("bokstav", "A"), ("fran", "2027-01-01")];
    let unsure = lmc.post(&action, &removal).await.expect(422);
    assert_eq!(unsure.attributes("#fel a", "href"), ["#fraga"]);
    lmc.post(&action, &[removal.as_slice(), &[("bekrafta", "ja")]].concat()).await.expect(303);
    assert!(!app.get("/omraden/rymdfart/nivaer-2").await.expect(200).text().contains("2027–2028"));
    let tree = lmc.get("/lmc/taxonomi").await.expect(200);
    assert!(tree.texts("h2").iter().any(|area| area == "Rymdfart"));
    // Others may not.
    for word in ["strateg", "omradessamordnare", "beslutsfattare", "admin"] {
        Browser::signed_in(&app, word).await.get("/lmc/taxonomi").await.expect(403);
    }
}

#[tokio::test]
async fn what_is_retired_is_browsed_as_long_as_something_in_it_holds() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    assert!(app.get("/omraden").await.expect(200).texts("#utgatt").is_empty());
    let (gloves, empty) = (group(&app, GLOVES).await, group(&app, "medicinteknik/sarvard").await);
    for path in [&gloves, &empty] {
        change(&lmc, path, &[("gor", "avveckla"), ("bekrafta", "ja")]).await.expect(303);
    }
    let list = "section[aria-labelledby=utgatt] a";
    let page = app.get("/omraden").await.expect(200);
    assert_eq!(page.texts("#utgatt"), ["Utgått, men har krav som gäller"]);
    assert_eq!(page.attributes(list, "href"), ["/omraden/medicinteknik/handskar"], "an empty group is gone");
    assert_eq!(cited(&app.get("/omraden/medicinteknik/handskar").await.expect(200)).len(), 2);
    assert_eq!(app.get("/en/omraden").await.expect(200).texts("#utgatt"), ["Retired, but with requirements in force"]);
    lmc.post(
        "/lmc/taxonomi/omraden/medicinteknik/andring",
        &[("las", &lock(&lmc, "/lmc/taxonomi/omraden/medicinteknik").await), ("gor", "avveckla"), ("bekrafta", "ja")],
    )
    .await
    .expect(303);
    let ways = app.get("/omraden").await.expect(200).attributes(list, "href");
    assert_eq!(ways, ["/omraden/medicinteknik", "/omraden/medicinteknik/handskar"]);
    assert_eq!(cited(&app.get("/omraden/medicinteknik").await.expect(200)).len(), 2);
}

#[tokio::test]
async fn filters_lead_on_from_old_paths() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (from, into) = (group(&app, GLOVES).await, group(&app, "medicinteknik/sarvard").await);
    let id = into.rsplit('/').next().expect("an id").to_owned();
    change(&lmc, &from, &[("gor", "sla-ihop"), ("grupp", &id), ("bekrafta", "ja")]).await.expect(303);
    let old = app.get("/krav?omrade=medicinteknik%2Fhandskar&niva=bas&q=latex").await.expect(308);
    assert_eq!(old.header("location"), "/krav?q=latex&omrade=medicinteknik%2Fsarvard&niva=bas");
    let old = app.get("/en/krav?omrade=medicinteknik%2Fhandskar").await.expect(308);
    assert_eq!(cited(&app.get(old.header("location").trim_start_matches("/en")).await.expect(200)).len(), 2);
    for old in ["medicinteknik/handskar", "handskar", "medicinteknik/sarvard"] {
        let body = app.get(&format!("/api/v1/requirements?product_group={old}")).await.expect(200).json();
        assert_eq!(body["total"], 2, "{old}");
        app.get(&format!("/api/v1/proposals?product_group={old}")).await.expect(200);
        app.get(&format!("/api/v1/decisions?product_group={old}")).await.expect(200);
    }
    app.get("/api/v1/requirements?product_group=rymdfart").await.expect(400);
    app.get("/krav?omrade=rymdfart%2Fraketer").await.expect(200);
}

#[tokio::test]
async fn many_requirements_follow_in_a_moment() {
    let app = TestApp::build().people().worker().spawn().await;
    let file: Vec<_> = (1..=201).map(|n| complete(&format!("Handskar nummer {n:03}")).id(&format!("KB-{}", 1000 + n))).collect();
    Import::current().at(crate::support::NOW - time::Duration::days(30)).accepted(&app.db, lines(&file)).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (from, into) = (group(&app, GLOVES).await, group(&app, "medicinteknik/sarvard").await);
    let id = into.rsplit('/').next().expect("an id").to_owned();
    change(&lmc, &from, &[("gor", "sla-ihop"), ("grupp", &id), ("bekrafta", "ja")]).await.expect(303);
    let told = lmc.get(&into).await.expect(200).text();
    assert!(told.contains("Sökning och listor följer om en stund."), "{told}");
    crate::support::letters::done(&app, "find_requirements_anew").await;
    let body = app.get("/api/v1/requirements?product_group=medicinteknik/sarvard").await.expect(200).json();
    assert_eq!(body["total"], 201);
}

#[tokio::test]
async fn what_is_put_into_a_group_while_it_is_merged_is_never_left_behind() {
    use sqlx::Connection;
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (from, into) = (group(&app, GLOVES).await, group(&app, "medicinteknik/sarvard").await);
    let (from, into) = (from.rsplit('/').next().expect("an id"), into.rsplit('/').next().expect("an id"));
    // A merge that has the group and is not done yet.
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let held = format!("update product_group set retired_at = now(), merged_into = '{into}' where id = '{from}'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(held)).execute(&mut *tx).await.expect("held");
    let fresh = [("titel", "Nya handskar"), ("grupp", from), ("typ", "specifikation"), ("niva", "bas"), ("skal", "Det behövs.")];
    let author = Browser::signed_in(&app, "strateg").await;
    let proposed = [("slag", "nytt"), ("grupp", from), ("titel", "Handskar utan krom")];
    let done = async {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        tx.commit().await.expect("merged");
    };
    let (made, begun, ()) = tokio::join!(lmc.post("/lmc/krav/ny", &fresh), author.post("/forslag/ny", &proposed), done);
    assert_ne!(made.status, 303, "the group is gone: {}", made.text());
    assert!(!made.status.is_server_error() && !begun.status.is_server_error(), "{} {}", made.status, begun.status);
    for table in ["requirement where product_group_id", "proposal where group_id"] {
        let left: i64 = app.db.value(&format!("select count(*) from {table} = '{from}'")).await;
        assert_eq!(left, if table.starts_with("requirement") { 2 } else { 0 }, "{table}: none but those that were there");
    }
}
