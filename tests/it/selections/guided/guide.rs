//! The guide over HTTP: every step by its address, what is sent, what is kept.

use kravbank::imports::Target;
use serde_json::json;
use time::Duration;

use super::{
    super::{Deed, becomes},
    led_to,
};
use crate::support::{Answer, Browser, Import, Line, NOW, TestApp, complete, lines};

const GLOVES: &str = "grupp=medicinteknik%2Fhandskar";

fn effort(line: Line, effort: &str) -> Line {
    line.set("follow_up", json!({"method": "Stickprov.", "effort": effort}))
}

/// Gloves: a family of two levels, a criterion with much follow-up, a condition; and laundry in another group.
async fn bank() -> TestApp {
    let app = TestApp::spawn().await;
    let family = |line: Line| line.set("family", "ftalater");
    let file = [
        family(complete("Handskar utan ftalater").id("KB-0001").set("title_en", "Gloves without phthalates")),
        family(complete("Handskar utan PVC").id("KB-0002").set("level", "advanced").set("relation_to_lower", "replaces")),
        effort(complete("Klimatredovisning").id("KB-0003").set("type", "award_criterion"), "large")
            .set("award", json!({"model": "points", "explanation": "Mer ger fler poäng."})),
        effort(complete("Återtagning").id("KB-0004").set("type", "contract_performance_condition"), "medium"),
        complete("Spjutspetshandskar").id("KB-0005").set("level", "spearhead"),
        complete("Vatten i tvätteriet")
            .id("KB-0006")
            .set("product_area", "textil")
            .set("product_group", "tvatteritjanster")
            .set("cpv", json!(["98310000"])),
    ];
    app.import(&lines(&file), Target::Current).await;
    app
}

/// The numbers that are ticked on the proposal, and those that could be.
fn boxes(page: &Answer) -> (Vec<String>, Vec<String>) {
    let all = page.attributes("input[name=krav]", "value");
    let ticked = page.attributes("input[name=krav][checked]", "value");
    (ticked.clone(), all.into_iter().filter(|one| !ticked.contains(one)).collect())
}

/// The address that a form with method GET leads to: its hidden fields, what is ticked and what was typed.
fn onwards(page: &Answer, typed: &[(&str, &str)]) -> String {
    let action = page.attributes("main form[method=get]", "action").remove(0);
    let mut pairs: Vec<(String, String)> = Vec::new();
    for selector in ["main form[method=get] input[type=hidden]", "main form[method=get] input[checked]"] {
        pairs.extend(page.attributes(selector, "name").into_iter().zip(page.attributes(selector, "value")));
    }
    pairs.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let url = reqwest::Url::parse_with_params("http://x/", pairs).expect("an address");
    format!("{action}?{}", url.query().unwrap_or_default())
}

#[tokio::test]
async fn from_what_is_bought_to_a_selection_with_reasons() {
    let app = bank().await;
    let browser = Browser::new(&app);
    let what = app.get("/vagvisare?q=handskar").await.expect(200);
    assert_eq!(what.texts("h1"), ["Vad ska du köpa?"]);
    assert!(what.texts(".page-header__kicker")[0].ends_with("Steg 1 av 4"));
    assert_eq!(what.texts("title"), ["Vad ska du köpa? Sökning: handskar, steg 1 av 4 i vägvisaren – Kravbanken"]);
    // The group is found by its name; each box says how many requirements are in force.
    assert_eq!(what.attributes(".guide-groups input[name=grupp]", "value"), ["medicinteknik/handskar"]);
    assert_eq!(what.texts(".guide-groups .choice__count"), ["5 krav"]);
    let contract = app.get(&onwards(&what, &[("grupp", "medicinteknik/handskar")])).await.expect(200);
    assert_eq!(contract.texts("h1"), ["Avtalet"]);
    let ambition = app.get(&onwards(&contract, &[("varde", "8 000 000"), ("ar", "4"), ("timmar", "50")])).await.expect(200);
    assert_eq!(ambition.texts("h1"), ["Hur långt vill du gå?"]);
    assert_eq!(ambition.attributes("input[name=niva]", "value"), ["bas", "avancerad", "spjutspets"]);
    let proposal = app.get(&onwards(&ambition, &[("niva", "avancerad")])).await.expect(200);
    assert_eq!(proposal.texts("h1"), ["Förslaget"]);
    assert_eq!(boxes(&proposal), (["KB-0002", "KB-0003", "KB-0004"].map(str::to_owned).into(), vec!["KB-0001".to_owned()]));
    assert_eq!(
        proposal.texts("#skal-KB-0002"),
        ["Nivå avancerad, den högsta i kravfamiljen inom den nivå som du valde. Ersätter KB-0001."]
    );
    assert_eq!(proposal.texts("#skal-KB-0001"), ["KB-0002 tar dess plats."]);
    assert_eq!(proposal.texts(".banner__title"), ["Uppföljningen tar 50 timmar om året"]);
    assert!(proposal.text().contains("1 krav ligger över den nivå som du valde."));
    assert_eq!(proposal.texts("#forslag button"), ["Skapa korgen med 3 krav"]);
    assert_eq!(proposal.attributes("#namn", "value"), ["Handskar"]);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 0, "nothing is kept until it is made");
    // One is taken out, and the lower one of the family is wanted besides.
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in proposal
        .attributes("#forslag input[type=hidden]", "name")
        .into_iter()
        .zip(proposal.attributes("#forslag input[type=hidden]", "value"))
    {
        fields.push((name, value));
    }
    for number in ["KB-0001", "KB-0002", "KB-0003"] {
        fields.push(("krav".to_owned(), number.to_owned()));
    }
    fields.push(("namn".to_owned(), "Handskar 2027".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post("/vagvisare/forslag", &fields).await;
    let selection = led_to(&answer);
    let page = browser.get(&selection).await.expect(200);
    assert_eq!(page.texts("h1"), ["Handskar 2027"]);
    let kept: String = app
        .db
        .value("select string_agg('KB-' || r.number || ' ' || w.reason, E'\\n' order by w.position) from selection_row w join requirement r on r.id = w.requirement_id")
        .await;
    assert_eq!(
        kept,
        "KB-2 Nivå avancerad, den högsta i kravfamiljen inom den nivå som du valde. Ersätter KB-0001.\n\
         KB-3 Nivå bas, inom den nivå som du valde.\n\
         KB-1 Du valde det själv. Vägvisaren lämnade det utanför: KB-0002 tar dess plats."
    );
    let limits: String = app.db.value("select follow_up_hours || ' ' || contract_years from selection").await;
    assert_eq!(limits, "50 4");
}

#[tokio::test]
async fn every_step_holds_all_that_was_chosen_on_the_way_back_too() {
    let app = bank().await;
    let state = format!("{GLOVES}&grupp=textil%2Ftvatteritjanster&varde=2000000&ar=3&timmar=10&niva=bas");
    for (path, back) in [("/avtal", 0), ("/ambition", 1), ("/forslag", 2)] {
        let page = app.get(&format!("/vagvisare{path}?{state}")).await.expect(200);
        let backs: Vec<String> = page.attributes("main a[href^='/vagvisare']", "href");
        let to = ["/vagvisare?", "/vagvisare/avtal?", "/vagvisare/ambition?"][back];
        assert!(backs.contains(&format!("{to}{state}")), "{path}: {backs:?}");
    }
    let first = app.get(&format!("/vagvisare?{state}")).await.expect(200);
    assert_eq!(
        first.attributes("input[name=grupp][checked]", "value"),
        ["medicinteknik/handskar", "textil/tvatteritjanster"],
        "what was chosen is ticked"
    );
    let hidden: Vec<String> = first.attributes("main form input[type=hidden]", "value");
    assert_eq!(hidden, ["2000000", "3", "10", "bas"]);
    let contract = app.get(&format!("/vagvisare/avtal?{state}")).await.expect(200);
    for (id, value) in [("varde", "2000000"), ("ar", "3"), ("timmar", "10")] {
        assert_eq!(contract.attributes(&format!("#{id}"), "value"), [value]);
    }
    let english = app.get(&format!("/en/vagvisare/forslag?{state}")).await.expect(200);
    assert_eq!(english.texts("h1"), ["The proposal"]);
    assert!(english.text().contains("Gloves without phthalates"));
    assert!(english.attributes("main a", "href").iter().all(|href| href.starts_with("/en/")));
}

#[tokio::test]
async fn what_is_missing_or_wrong_leads_back_to_its_step_and_is_said_there() {
    let app = bank().await;
    for (path, to, id) in [
        ("/avtal", "/vagvisare?saknas=1#fel", "grupp"),
        ("/forslag?niva=bas&ar=4", "/vagvisare?ar=4&niva=bas&saknas=1#fel", "grupp"),
        ("/ambition?grupp=%2Fx&grupp=A%2FB&grupp=x", "/vagvisare?saknas=1#fel", "grupp"),
    ] {
        let answer = app.get(&format!("/vagvisare{path}")).await.expect(303);
        assert_eq!(answer.header("location"), to);
        let page = app.get(to.trim_end_matches("#fel")).await.expect(200);
        assert_eq!(page.texts("#fel a"), ["Välj minst en produktgrupp."]);
        assert_eq!(page.attributes("#fel a", "href"), [format!("#{id}")]);
        assert_eq!(page.attributes(&format!("#{id}"), "type"), ["checkbox"], "the fault leads to the first box");
        assert!(page.texts("title")[0].starts_with("Fel: "));
    }
    let answer = app.get(&format!("/vagvisare/forslag?{GLOVES}&varde=mycket&ar=99&timmar=-1&niva=bas")).await.expect(303);
    let to = answer.header("location");
    assert_eq!(to, format!("/vagvisare/avtal?{GLOVES}&varde=mycket&ar=99&timmar=-1&niva=bas#fel"));
    let page = app.get(to.trim_end_matches("#fel")).await.expect(200);
    assert_eq!(page.attributes("#fel a", "href"), ["#varde", "#ar", "#timmar"]);
    assert_eq!(page.attributes("#varde", "value"), ["mycket"], "what was typed is kept");
    assert_eq!(page.texts("#ar-fel"), ["Fel: Skriv ett helt tal från 1 till 50"]);
    for rest in ["", "&niva=hög", "&niva=basic"] {
        let answer = app.get(&format!("/vagvisare/forslag?{GLOVES}&ar=2{rest}")).await.expect(303);
        assert_eq!(answer.header("location"), format!("/vagvisare/ambition?{GLOVES}&ar=2&saknas=3#fel"));
    }
    let page = app.get(&format!("/vagvisare/ambition?{GLOVES}&saknas=3")).await.expect(200);
    assert_eq!(page.texts("#fel a"), ["Välj en nivå."]);
}

#[tokio::test]
async fn groups_are_found_by_name_by_code_and_by_the_words_of_requirements() {
    let app = bank().await;
    let found = async |query: &str| {
        let page = app.get(&format!("/vagvisare?q={query}")).await.expect(200);
        page.attributes(".guide-groups input[name=grupp]", "value")
    };
    assert_eq!(found("Tv%C3%A4tteri").await, ["textil/tvatteritjanster"]);
    assert_eq!(found("klimatredovisning").await, ["medicinteknik/handskar"], "a word of a requirement");
    assert_eq!(found("KB-0006").await, ["textil/tvatteritjanster"]);
    assert!(found("98310000").await.contains(&"textil/tvatteritjanster".to_owned()), "a code of a requirement");
    assert_eq!(found("xyzzy").await, Vec::<String>::new());
    let page = app.get("/vagvisare?q=xyzzy").await.expect(200);
    assert!(page.text().contains("Ingen produktgrupp passar sökningen."));
    assert_eq!(page.attributes("details.guide-more[open]", "class").len(), 1, "the whole list is at hand");
    for hostile in ["%27%22%3E%3Cscript%3E", "%25_%5C", "%21%26%7C%28%29%3A%2A", "cpv%200", &"a".repeat(3_000)] {
        let page = app.get(&format!("/vagvisare?q={hostile}")).await.expect(200);
        assert!(!page.text().contains("><script>"));
    }
}

#[tokio::test]
async fn what_is_left_out_is_said_and_can_be_taken_in_all_the_same() {
    let app = bank().await;
    let page = app.get(&format!("/vagvisare/forslag?{GLOVES}&ar=4&timmar=12&niva=avancerad")).await.expect(200);
    assert_eq!(boxes(&page).0, ["KB-0002", "KB-0004"]);
    assert!(page.texts("details summary").contains(&"1 krav som timmarna inte räcker till".to_owned()));
    assert_eq!(page.texts("#skal-KB-0003"), ["Timmarna räcker inte till uppföljningen."]);
    assert!(page.text().contains("Det ryms i era timmar. 2 timmar blir över."));
    let page = app.get(&format!("/vagvisare/forslag?{GLOVES}&timmar=1&niva=avancerad")).await.expect(200);
    assert_eq!(boxes(&page).0, ["KB-0002"]);
    assert!(page.text().contains("Det saknas 1 timme om året."), "never silently");
    let nothing = app.get("/vagvisare/forslag?grupp=hjalpmedel%2Fhjalpmedel&niva=bas").await.expect(200);
    assert_eq!(nothing.texts(".empty-state h2"), ["Det finns inget att föreslå än"]);
    assert_eq!(nothing.attributes("#forslag", "id"), Vec::<String>::new());
    let unknown = app.get("/vagvisare/forslag?grupp=rymdfart%2Fraketer&niva=bas").await.expect(200);
    assert_eq!(unknown.texts(".empty-state h2"), ["Det finns inget att föreslå än"]);
}

#[tokio::test]
async fn a_selection_needs_a_name_and_a_requirement_and_nothing_typed_is_lost() {
    let app = bank().await;
    let state = [("grupp", "medicinteknik/handskar"), ("ar", "4"), ("niva", "avancerad")];
    let mut fields = state.to_vec();
    fields.extend([("krav", "KB-0003"), ("namn", " ")]);
    let page = app.post("/vagvisare/forslag", &fields).await.expect(422);
    assert_eq!((page.texts("#fel a"), page.header("cache-control")), (vec!["Skriv ett namn på korgen".to_owned()], "no-store"));
    assert_eq!(boxes(&page).0, ["KB-0003"], "what was ticked stays ticked");
    assert_eq!(page.texts("#forslag button"), ["Skapa korgen med 1 krav"]);
    let mut fields = state.to_vec();
    // What is in no group that was chosen is no part of the proposal.
    fields.extend([("krav", "KB-0006"), ("krav", "skräp"), ("namn", "Korg <b>ett</b>")]);
    let page = app.post("/vagvisare/forslag", &fields).await.expect(422);
    assert_eq!(page.texts("#fel a"), ["Kryssa i minst ett krav"]);
    assert_eq!(page.attributes("#namn", "value"), ["Korg <b>ett</b>"]);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 0);
    assert_eq!(page.header("set-cookie"), "");
    let answer = app.post("/vagvisare/forslag", &[("namn", "Korg")]).await.expect(303);
    assert_eq!(answer.header("location"), "/vagvisare?saknas=1#fel");
}

#[tokio::test]
async fn a_step_asks_the_database_once() {
    let app = bank().await;
    for path in [
        format!("/vagvisare?q=handskar&{GLOVES}"),
        format!("/vagvisare/forslag?{GLOVES}&grupp=textil%2Ftvatteritjanster&niva=spjutspets"),
    ] {
        assert_eq!(app.queries_of(&path).await.len(), 1, "{path}");
    }
    for path in [format!("/vagvisare/avtal?{GLOVES}"), format!("/vagvisare/ambition?{GLOVES}")] {
        assert_eq!(app.queries_of(&path).await, Vec::<String>::new(), "{path}");
    }
}

#[tokio::test]
async fn more_than_anybody_reads_is_said_to_be_more() {
    let app = TestApp::spawn().await;
    let file: Vec<Line> = (1..=1_020).map(|n| complete(&format!("Krav nummer {n}"))).collect();
    app.import(&lines(&file), Target::Current).await;
    let page = app.get(&format!("/vagvisare/forslag?{GLOVES}&niva=bas")).await.expect(200);
    assert_eq!(boxes(&page).0.len(), 200);
    assert!(
        page.text().contains("Produktgrupperna har 1\u{a0}020 krav på den nivån. Vägvisaren har inte gått igenom de sista 20.")
    );
    assert!(page.texts("details summary").contains(&"800 krav som inte fick plats".to_owned()));
    assert!(page.body.len() < 500_000, "{} bytes", page.body.len());
}

#[tokio::test]
async fn the_ways_in_lead_to_the_guide_with_the_group_chosen() {
    let app = bank().await;
    for (path, link) in [
        ("/", "/vagvisare".to_owned()),
        ("/korgar", "/vagvisare".to_owned()),
        ("/omraden/medicinteknik/handskar", format!("/vagvisare?{GLOVES}")),
        ("/omraden/textil", "/vagvisare?grupp=textil%2Ftvatteritjanster".to_owned()),
    ] {
        let page = app.get(path).await.expect(200);
        assert!(page.attributes("main a", "href").contains(&link), "{path}: {:?}", page.attributes("main a", "href"));
        app.get(&link).await.expect(200);
    }
}

/// Where nothing can be ticked, the fault leads to itself, so that it is heard.
#[tokio::test]
async fn a_fault_of_boxes_that_are_not_there_leads_to_the_fault() {
    let app = TestApp::spawn().await;
    let before = Import::current().at(NOW - Duration::days(9));
    before.accepted(&app.db, lines(&[complete("Handskar").id("KB-0001")])).await;
    let state = [("grupp", "medicinteknik/handskar"), ("niva", "bas"), ("namn", "Korg")];
    let page = app.post("/vagvisare/forslag", &state).await.expect(422);
    assert_eq!(page.attributes("#fel a", "href"), ["#krav"], "the first box");
    assert_eq!(page.attributes("#krav-fel", "tabindex"), Vec::<String>::new());
    becomes(&app.db, 1, Deed::Stop).await;
    let page = app.post("/vagvisare/forslag", &state).await.expect(422);
    assert!(boxes(&page).1.is_empty());
    assert_eq!(page.attributes("#fel a", "href"), ["#krav-fel"]);
    assert_eq!(page.attributes("#krav-fel", "tabindex"), ["-1"]);
}
