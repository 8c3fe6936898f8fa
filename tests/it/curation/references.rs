//! What requirements refer to: marked, merged and never changed where something decided cites it.

use serde_json::json;

use super::lock;
use crate::support::{Answer, Browser, Import, NOW, TestApp, complete, lines};

/// A bank with a requirement in force that cites `SS-EN 1, 2015`, and a draft that cites `Utkaststandard`.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let cites = |name: &str, edition: &str| json!([{"name": name, "kind": "standard", "edition": edition, "url": "https://example.org/"}]);
    let file = [complete("Handskar utan ftalater").id("KB-0001").set("references", cites("SS-EN 1", "2015"))];
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&file)).await;
    let file = [complete("Handskar i beredning").id("KB-0002").set("references", cites("Utkaststandard", "1"))];
    Import::preparation().accepted(&app.db, lines(&file)).await;
    app
}

async fn path(app: &TestApp, name: &str, edition: &str) -> String {
    let id: uuid::Uuid = app.db.value(&format!("select id from reference where name = '{name}' and edition = '{edition}'")).await;
    format!("/lmc/hanvisningar/{id}")
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

async fn added(lmc: &Browser<'_>, name: &str, edition: &str) -> String {
    let said = [("slag", "standard"), ("namn", name), ("utgava", edition), ("webb", "https://example.org/ny")];
    lmc.post("/lmc/hanvisningar/ny", &said).await.expect(303).header("location").to_owned()
}

async fn mark(lmc: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let lock = lock(lmc, path).await;
    let mut all = vec![("status_las", lock.as_str()), ("bekrafta", "ja")];
    all.extend_from_slice(fields);
    lmc.post(&format!("{path}/status"), &all).await
}

#[tokio::test]
async fn a_standard_that_is_replaced_flags_what_cites_it() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let hash: String = app.db.value("select encode(sha256, 'hex') from requirement_version where state = 'decided'").await;
    let old = path(&app, "SS-EN 1", "2015").await;
    let new = added(&lmc, "SS-EN 1", "2027").await;
    let page = lmc.get(&old).await.expect(200);
    assert!(page.text().contains("Beslutade krav hänvisar hit") && page.attributes("#namn", "value").is_empty());
    let unsure = lmc.post(&format!("{old}/status"), &[("gor", "ersatt"), ("status_las", "1")]).await.expect(422);
    assert_eq!(unsure.attributes("#fel a", "href"), ["#mot", "#bekrafta"]);
    mark(&lmc, &old, &[("gor", "ersatt"), ("mot", id(&new)), ("upphor", "2026-10-31")]).await.expect(303);
    // On the requirement, in both languages.
    let page = app.get("/krav/KB-0001").await.expect(200);
    assert!(
        page.texts(".banner li").iter().any(|text| text.contains("SS-EN 1, 2015 är ersatt av SS-EN 1, 2027")),
        "{}",
        page.text()
    );
    assert!(app.get("/en/krav/KB-0001").await.expect(200).text().contains("is replaced by"));
    // On the page of each.
    let public = format!("/hanvisningar/{}", id(&old));
    let page = app.get(&public).await.expect(200);
    assert!(page.text().contains("Hänvisningen är ersatt") && page.text().contains("31 oktober 2026"), "{}", page.text());
    assert_eq!(page.attributes("main a[href^='/krav/']", "href"), ["/krav/KB-0001"]);
    app.get(&format!("/en{public}")).await.expect(200);
    assert!(app.get(&format!("/hanvisningar/{}", id(&new))).await.expect(200).text().contains("Ersätter"));
    // In the API, beside what was hashed.
    let body = app.get("/api/v1/requirements/KB-0001").await.expect(200).json();
    assert_eq!(body["references"][0]["status"], "replaced");
    assert_eq!(
        body["references"][0]["replaced_by"],
        json!({"name": "SS-EN 1", "edition": "2027", "url": "https://example.org/ny"})
    );
    assert!(!body["canonical"].as_str().expect("text").contains("2027"));
    assert_eq!(
        app.db.value::<String>("select encode(sha256, 'hex') from requirement_version where state = 'decided'").await,
        hash
    );
    // Among what waits, to be taken.
    let inbox = lmc.get("/lmc/inkorg?slag=hanvisning").await.expect(200);
    assert_eq!(inbox.texts(".task .ref"), ["KB-0001"]);
    assert!(inbox.texts(".task")[0].contains("Hänvisningen SS-EN 1 är ersatt av SS-EN 1, 2027."), "{:?}", inbox.texts(".task"));
    let subject = inbox.attributes(".task input[name=id]", "value").remove(0);
    let fields = [("slag", "reference"), ("id", subject.as_str()), ("tillbaka", "/lmc/inkorg"), ("gor", "ta")];
    lmc.post("/lmc/uppgifter", &fields).await.expect(303);
    assert_eq!(lmc.get("/lmc/inkorg?mina=1").await.expect(200).texts(".task .ref"), ["KB-0001"]);
    // A version that cites the new edition waits for nothing.
    let cites = json!([{"name": "SS-EN 1", "kind": "standard", "edition": "2027", "url": "https://example.org/ny"}]);
    let file = [complete("Handskar utan ftalater").id("KB-0001").set("references", cites).set("change_note", "Ny utgåva.")];
    Import::current().replace().accepted(&app.db, lines(&file)).await;
    assert!(lmc.get("/lmc/inkorg?slag=hanvisning").await.expect(200).texts(".task").is_empty());
    assert!(!app.get("/krav/KB-0001").await.expect(200).text().contains("ersatt av"));
    // No ring.
    let ring = mark(&lmc, &new, &[("gor", "ersatt"), ("mot", id(&old))]).await.expect(422);
    assert_eq!(ring.attributes("#fel a", "href"), ["#mot"]);
    mark(&lmc, &old, &[("gor", "galler")]).await.expect(303);
    assert!(app.get(&public).await.expect(200).texts(".banner").is_empty());
    mark(&lmc, &old, &[("gor", "upphord")]).await.expect(303);
    assert!(app.get(&public).await.expect(200).text().contains("har upphört att gälla"));
}

#[tokio::test]
async fn what_is_decided_on_stays_as_it_was_cited() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = path(&app, "SS-EN 1", "2015").await;
    let las = lock(&lmc, &path).await;
    // A form that says otherwise changes what stands beside alone.
    let said = [("namn", "Annat"), ("utgava", "x"), ("anteckning", "Ny utgåva väntas."), ("las", &las)];
    lmc.post(&path, &said).await.expect(303);
    let page = app.get(&format!("/hanvisningar/{}", id(&path))).await.expect(200);
    assert_eq!(page.texts("h1"), ["SS-EN 1, 2015"]);
    assert!(page.text().contains("Ny utgåva väntas."));
    let late = lmc.post(&path, &[("anteckning", "Annan."), ("las", &las)]).await.expect(409);
    assert!(late.texts(".conflict dd").contains(&"Ny utgåva väntas.".to_owned()) && late.text().contains("Annan."));
    for statement in [
        "update reference set name = 'x' where name = 'SS-EN 1'",
        "update reference set in_force_to = '2027-01-01' where name = 'SS-EN 1'",
        "delete from reference where name = 'SS-EN 1'",
        "update reference set leads_to = id, status = 'replaced', marked_at = '2026-01-01' where name = 'SS-EN 1'",
        "update reference set status = 'replaced' where name = 'SS-EN 1'",
    ] {
        let mut connection = app.db.connect().await;
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await;
        assert!(done.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn what_is_the_same_is_one() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let goal = added(&lmc, "Målstandard", "2").await;
    // Nothing decided cites it: the draft cites the other, and it is gone.
    let draft = path(&app, "Utkaststandard", "1").await;
    mark(&lmc, &draft, &[("gor", "samma"), ("mot", id(&goal))]).await.expect(303);
    lmc.get(&draft).await.expect(404);
    let cited: String = app
        .db
        .value("select f.name from reference f join version_reference x on x.reference_id = f.id join requirement_version v on v.id = x.version_id where v.state = 'preparation'")
        .await;
    assert_eq!(cited, "Målstandard");
    // Something decided cites it: it is kept, says what it is the same as, and has what holds of that.
    let kept = path(&app, "SS-EN 1", "2015").await;
    mark(&lmc, &kept, &[("gor", "samma"), ("mot", id(&goal))]).await.expect(303);
    let page = app.get(&format!("/hanvisningar/{}", id(&kept))).await.expect(200);
    assert!(page.texts("main p").contains(&"Det här är samma sak som Målstandard, 2.".to_owned()), "{:?}", page.texts("main p"));
    let page = app.get(&format!("/hanvisningar/{}", id(&goal))).await.expect(200);
    assert_eq!(page.attributes("main a[href^='/krav/']", "href"), ["/krav/KB-0001"]);
    mark(&lmc, &goal, &[("gor", "upphord")]).await.expect(303);
    assert!(app.get("/krav/KB-0001").await.expect(200).text().contains("har upphört att gälla"));
    assert_eq!(app.get("/api/v1/requirements/KB-0001").await.json()["references"][0]["status"], "retired");
}

#[tokio::test]
async fn labels_have_six_conditions() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let said = [
        ("slag", "markning"),
        ("namn", "Nya bladet"),
        ("villkor", "relevant"),
        ("villkor", "independent"),
        ("kriterier", "Allt om plast."),
    ];
    let path = lmc.post("/lmc/hanvisningar/ny", &said).await.expect(303).header("location").to_owned();
    let page = lmc.get(&path).await.expect(200);
    assert_eq!(page.attributes("input[name=villkor][checked]", "value"), ["relevant", "independent"]);
    assert!(page.text().contains("Bekräftat av"), "{}", page.text());
    let public = app.get(&format!("/hanvisningar/{}", id(&path))).await.expect(200);
    assert_eq!(public.texts("dd").iter().filter(|text| text.starts_with("Uppfyllt (Bekräftat")).count(), 2, "{}", public.text());
    assert!(!public.text().contains("Bekräftat av"), "who is for those who look after it");
    let las = lock(&lmc, &path).await;
    lmc.post(&path, &[("namn", "Nya bladet"), ("villkor", "relevant"), ("las", &las)]).await.expect(303);
    assert_eq!(lmc.get(&path).await.attributes("input[name=villkor][checked]", "value"), ["relevant"]);
    // What came with the bank was confirmed then.
    let seeded = super::references::path(&app, "KRAV", "").await;
    assert!(lmc.get(&seeded).await.expect(200).text().contains("Bekräftat när banken startade"));
}

#[tokio::test]
async fn they_are_searched_and_paged() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get("/lmc/hanvisningar?q=ss-en+1%2C").await.expect(200);
    assert_eq!(page.texts("tbody th").len(), 0, "name and edition are beside each other");
    let page = lmc.get("/lmc/hanvisningar?q=SS-EN+1+2015&slag=standard").await.expect(200);
    assert_eq!(page.texts("tbody tr > *"), ["SS-EN 1, 2015", "Slag: Standard", "Läge: Gäller", "Gällande krav: 1"]);
    assert!(lmc.get("/lmc/hanvisningar?lage=ersatt").await.expect(200).texts("tbody tr").is_empty());
    let (mut path, mut names) = ("/lmc/hanvisningar".to_owned(), Vec::new());
    loop {
        let page = lmc.get(&path).await.expect(200);
        names.extend(page.texts("tbody th"));
        let Some(next) = page.attributes("a[rel=next]", "href").pop() else { break };
        path = next;
    }
    let all: i64 = app.db.value("select count(*) from reference").await;
    assert_eq!(names.len(), usize::try_from(all).expect("a number"));
    lmc.get("/lmc/hanvisningar/ny").await.expect(200);
    let empty = lmc.post("/lmc/hanvisningar/ny", &[]).await.expect(422);
    assert_eq!(empty.attributes("#fel a", "href"), ["#slag", "#namn"]);
    let said =
        [("slag", "lag"), ("namn", "Lag om allt"), ("webb", "example.org"), ("fran", "2027-01-01"), ("till", "2026-01-01")];
    let wrong = lmc.post("/lmc/hanvisningar/ny", &said).await.expect(422);
    assert_eq!(wrong.attributes("#fel a", "href"), ["#webb", "#till"]);
}

#[tokio::test]
async fn one_of_a_name_is_enough_and_what_is_chosen_is_not_dropped() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let first = added(&lmc, "Målstandard", "2").await;
    let twice = [("slag", "standard"), ("namn", "målstandard"), ("utgava", "2"), ("webb", "https://example.org/annan")];
    let taken = lmc.post("/lmc/hanvisningar/ny", &twice).await.expect(422);
    assert_eq!(taken.attributes("#fel a", "href"), ["#namn"]);
    assert!(taken.attributes("main form a", "href").contains(&first), "the way to the one that is there");
    assert_eq!(taken.attributes("#namn", "value"), ["målstandard"]);
    // Another edition is another reference, and so is a law of the name.
    let second = added(&lmc, "Målstandard", "3").await;
    lmc.post("/lmc/hanvisningar/ny", &[("slag", "lag"), ("namn", "Målstandard"), ("utgava", "2")]).await.expect(303);
    let las = lock(&lmc, &second).await;
    let renamed = lmc.post(&second, &[("namn", "Målstandard"), ("utgava", "2"), ("las", &las)]).await.expect(422);
    assert!(renamed.attributes("main form a", "href").contains(&first));
    lmc.post(&second, &[("namn", "Målstandard"), ("utgava", "3"), ("anteckning", "Ny."), ("las", &las)]).await.expect(303);
    let dropped = mark(&lmc, &first, &[("gor", "upphord"), ("mot", id(&second))]).await.expect(422);
    assert_eq!(dropped.attributes("#fel a", "href"), ["#mot"]);
    assert_eq!(dropped.attributes("#mot option[selected]", "value"), [id(&second)]);
    let to_come = mark(&lmc, &first, &[("gor", "upphord"), ("upphor", "2027-01-01")]).await.expect(422);
    assert_eq!(to_come.attributes("#fel a", "href"), ["#upphor"]);
    mark(&lmc, &first, &[("gor", "ersatt"), ("mot", id(&second)), ("upphor", "2026-11-01")]).await.expect(303);
}
