//! The form on a requirement.

use kravbank::imports::Target;

use super::{assert_faults, bank, receipt};
use crate::support::{Line, lines};

const FORM: &str = "/krav/KB-0001/felrapporter";

#[tokio::test]
async fn every_version_leads_to_its_form() {
    let app = bank().await;
    let next = Line::empty().id("KB-0001").text(&["Handsken ska vara fri från ftalater och latex."]);
    crate::support::Import::current().at(app.app.clock.now() + time::Duration::seconds(-1)).run(&app.db, lines(&[next])).await;
    for (path, version) in [("/krav/KB-0001", "1"), ("/krav/KB-0001/v/1", "1"), ("/en/krav/KB-0001/v/1", "1")] {
        let page = app.get(path).await.expect(200);
        let link = page.attributes("main a[href*=rapportera-fel]", "href")[0].clone();
        assert!(link.ends_with(&format!("/krav/KB-0001/rapportera-fel?version={version}")), "{link}");
        let form = app.get(&link).await.expect(200);
        assert_eq!(form.attributes("input[name=version]", "value"), [version]);
        assert!(form.texts("main")[0].contains("KB-0001:1 Handskar utan ftalater"));
        assert_eq!(form.attributes("input[name=slag]", "value"), ["text", "reference", "fact", "english", "other"]);
        let options = form.texts("#stycke option");
        assert_eq!(options.len(), 3, "{options:?}");
        assert!(options[2].ends_with(": Ett intyg ska lämnas."), "{options:?}");
        assert_eq!(form.attributes("#epost", "autocomplete"), ["email"]);
        assert_eq!(form.header("cache-control"), "no-store");
    }
    // Other spellings of the number lead to this one, with what was asked.
    let moved = app.get("/krav/kb1/rapportera-fel?version=1").await.expect(308);
    assert_eq!(moved.header("location"), "/krav/KB-0001/rapportera-fel?version=1");
    assert_eq!(app.get(FORM).await.expect(303).header("location"), "/krav/KB-0001/rapportera-fel?version=1");
    app.get("/krav/KB-0001/rapportera-fel?version=x").await.expect(400);
    app.get("/krav/KB-0001/rapportera-fel?version=7").await.expect(404);
}

#[tokio::test]
async fn a_report_is_about_the_version_and_the_clause() {
    let app = bank().await;
    let clause = app.get("/krav/KB-0001/rapportera-fel").await.attributes("#stycke option", "value")[2].clone();
    let fields = [
        ("version", "1"),
        ("slag", "reference"),
        ("stycke", &clause),
        ("text", "Intyget heter något annat."),
        ("epost", "bo@example.se"),
    ];
    let sent = app.post(FORM, &fields).await;
    let row: String = app
        .db
        .value(
            "select concat_ws('|', f.kind, f.topic, r.number, v.number, c.text, f.text, f.email) from fault_report f
             join requirement r on r.id = f.requirement_id join requirement_version v on v.id = f.version_id
             join version_clause c on c.version_id = f.version_id and c.clause_id = f.clause_id",
        )
        .await;
    assert_eq!(row, "requirement|reference|1|1|Ett intyg ska lämnas.|Intyget heter något annat.|bo@example.se");
    let page = app.get(&receipt(&sent)).await.expect(200);
    assert_eq!(page.attributes("main dl a", "href"), ["/krav/KB-0001/v/1"]);
    assert!(page.texts("main")[0].contains("En beslutad kravtext ändras aldrig."));
    // Without a version it is the one that the requirement's page shows; without a clause, the whole of it.
    receipt(&app.post(FORM, &[("slag", "fact"), ("text", "Fel CPV.")]).await);
    assert_eq!(
        app.db.value::<i64>("select count(*) from fault_report where clause_id is null and version_id is not null").await,
        1
    );
}

#[tokio::test]
async fn a_faulty_form_comes_back_with_all_that_was_chosen() {
    let app = bank().await;
    let faults = [("slag", "Välj vilket slags fel det är."), ("text", "Skriv vad som är fel.")];
    assert_faults(&app.post(FORM, &[]).await, 422, &faults);
    let clause = app.get("/krav/KB-0001/rapportera-fel").await.attributes("#stycke option", "value")[1].clone();
    let page = app.post(FORM, &[("version", "1"), ("slag", "english"), ("stycke", &clause), ("epost", "bo")]).await;
    let faults =
        [("text", "Skriv vad som är fel."), ("epost", "Skriv e-postadressen som namn@exempel.se, eller lämna fältet tomt.")];
    assert_faults(&page, 422, &faults);
    assert_eq!(page.attributes("input[name=slag][checked]", "value"), ["english"]);
    assert_eq!(page.attributes("#stycke option[selected]", "value"), [clause]);
    assert_eq!(page.attributes("#epost", "value"), ["bo"]);
    // A clause of something else is none here.
    let other = "018f0000-0000-7000-8000-000000000001";
    let page = app.post(FORM, &[("slag", "text"), ("stycke", other), ("text", "x")]).await;
    assert_faults(&page, 422, &[("stycke", "Stycket finns inte i den här versionen. Välj ett annat.")]);
    // A word that is no kind is none chosen.
    assert_faults(
        &app.post(FORM, &[("slag", "'; drop"), ("text", "x")]).await,
        422,
        &[("slag", "Välj vilket slags fel det är.")],
    );
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
}

#[tokio::test]
async fn what_may_not_be_seen_cannot_be_reported() {
    let app = bank().await;
    app.import(&lines(&[Line::empty().id("KB-0001").set("level", "advanced")]), Target::Preparation).await;
    for version in ["2", "9"] {
        let unknown = app.post(FORM, &[("version", version), ("slag", "text"), ("text", "x")]).await.expect(404);
        assert_eq!(unknown.texts("h1"), ["Sidan finns inte"]);
    }
    app.post("/krav/KB-0002/felrapporter", &[("slag", "text"), ("text", "x")]).await.expect(404);
    app.post("/krav/handskar/felrapporter", &[]).await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
}
