//! What a selection takes and gives, over HTTP.

use kravbank::imports::Target;
use serde_json::json;

use super::led_to;
use crate::support::{Answer, Browser, Line, TestApp, complete, lines};

fn effort(line: Line, effort: &str) -> Line {
    line.set("follow_up", json!({"method": "Stickprov.", "effort": effort}))
}

/// A bank of four requirements with different follow-up, and one that another family member could take the place of.
async fn bank() -> TestApp {
    let app = TestApp::spawn().await;
    let family = |line: Line| line.set("family", "ftalater");
    let file = [
        family(complete("Handskar utan ftalater").id("KB-0001").set("eforms", json!(["pollu-prev"]))),
        family(effort(complete("Handskar utan PVC").id("KB-0002"), "large"))
            .set("level", "advanced")
            .set("relation_to_lower", "replaces")
            .set("eforms", json!(["pollu-prev", "circ-econ"]))
            .set("objectives", json!(["giftfri-miljo", "begransad-klimatpaverkan"])),
        effort(complete("Återtagning").id("KB-0003"), "medium").set("type", "contract_performance_condition"),
        complete("Utsläpp").id("KB-0004").set("title_en", "Emissions"),
    ];
    app.import(&lines(&file), Target::Current).await;
    app.db.execute("update requirement set gpp = 'eu' where number = 2").await;
    app
}

/// The rows of a table by the id of its caption, cells between bars.
fn rows(page: &Answer, caption: &str) -> Vec<String> {
    let width = page.texts(&format!("#{caption} ~ thead th")).len();
    // Each cell says on a narrow screen what it holds; those words stand before it.
    let labels = page.texts(&format!("#{caption} ~ thead th"));
    let cells = page.texts(&format!("#{caption} ~ tbody tr > *"));
    let cells: Vec<String> =
        cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                if at % width == 0 { cell.clone() } else { cell.strip_prefix(&labels[at % width]).expect("its label").to_owned() }
            })
            .collect();
    cells.chunks(width).map(|row| row.join(" | ")).collect()
}

/// A selection with these requirements, and the path of its overview.
async fn selection<'a>(app: &'a TestApp, numbers: &[&str]) -> (Browser<'a>, String) {
    let browser = Browser::new(app);
    let answer = browser.post("/korgar", &[("namn", "Handskar 2027")]).await;
    let path = led_to(&answer);
    for number in numbers {
        browser.post("/korgar/rader", &[("krav", number), ("tillbaka", "/krav")]).await.expect(303);
    }
    (browser, format!("{path}/oversikt"))
}

#[tokio::test]
async fn hours_are_summed_and_held_against_what_there_is() {
    let app = bank().await;
    let (browser, path) = selection(&app, &["KB-0002", "KB-0003", "KB-0004"]).await;
    let page = browser.get(&path).await.expect(200);
    assert_eq!((page.texts("h1"), page.header("cache-control")), (vec!["Översikt".to_owned()], "private, no-store"));
    assert_eq!(page.texts(".banner__title"), ["Kraven tar 50 timmar om året att följa upp"]);
    assert!(page.text().contains("Det ingen kan följa upp ska du inte kräva."));
    assert_eq!(rows(&page, "timmar"), ["Liten | 1 | 2 | 2", "Medel | 1 | 8 | 8", "Stor | 1 | 40 | 40"], "each class of work");
    assert_eq!(page.texts("#timmar ~ tfoot tr > *"), ["Summa", "Krav3", "", "Timmar om året50"]);
    assert!(!page.text().contains("Under hela avtalet"), "how long it lasts is not known");
    // What takes most stands first, and can be taken out or changed for another of its family.
    let dearest: Vec<String> = page.texts("[aria-labelledby=uppfoljning] .selection-row .ref");
    assert_eq!(dearest, ["KB-0002:1", "KB-0003:1"]);
    assert_eq!(page.texts("[aria-labelledby=uppfoljning] .selection-row__tools a"), ["Byt krav KB-0002:1"]);
    let swap = page.attributes("[aria-labelledby=uppfoljning] .selection-row__tools a", "href").remove(0);
    let choices = browser.get(&swap).await.expect(200);
    assert_eq!(choices.texts("h1"), ["Byt krav"]);
    assert_eq!(choices.texts(".swap .ref"), ["KB-0001:1"], "what the link promises is there");
    let settings = path.replace("/oversikt", "/uppgifter");
    let lock = browser.get(&settings).await.attributes("input[name=las]", "value").remove(0);
    browser.post(&settings, &[("namn", "Handskar 2027"), ("timmar", "20"), ("ar", "4"), ("las", &lock)]).await.expect(303);
    let page = browser.get(&path).await.expect(200);
    assert!(page.texts(".banner--warning")[0].contains("Ni har 20 timmar om året. Det saknas 30 timmar."), "{}", page.text());
    assert!(page.text().contains("Under hela avtalet, 4 år, blir det 200 timmar."));
    assert_eq!(page.attributes("svg .hours__limit", "x"), ["40"], "the bar shows where the hours end");
    // Taking it out here leads back here.
    let removal = page.attributes("[aria-labelledby=uppfoljning] form", "action").remove(0);
    let answer = browser.post(&removal, &[("tillbaka", &path)]).await.expect(303);
    assert_eq!(answer.header("location"), path);
    let page = browser.get(&path).await.expect(200);
    assert!(page.texts(".banner--success")[0].contains("så det ryms. 10 timmar blir över."), "{}", page.text());
}

#[tokio::test]
async fn what_it_serves_stands_by_level_and_what_it_does_not_can_be_looked_for() {
    let app = bank().await;
    let (browser, path) = selection(&app, &["KB-0001", "KB-0002", "KB-0004"]).await;
    let page = browser.get(&path).await.expect(200);
    assert_eq!(rows(&page, "miljomal"), ["Begränsad klimatpåverkan | – | 1 | – | 1", "Giftfri miljö | 2 | 1 | – | 3"]);
    assert_eq!(
        rows(&page, "kategorier"),
        [
            "Övergång till en cirkulär ekonomi circ-econ | – | 1 | – | 1",
            "Förebyggande och kontroll av föroreningar pollu-prev | 1 | 1 | – | 2"
        ]
    );
    assert!(page.texts("summary").contains(&"14 miljömål som inget krav i korgen bidrar till".to_owned()));
    let find = page.attributes(".guide-list a", "href");
    assert_eq!(find.len(), 14);
    assert_eq!(find[0], "/krav?omrade=medicinteknik%2Fhandskar&miljomal=frisk-luft");
    app.get(&find[0]).await.expect(200);
}

#[tokio::test]
async fn the_notice_gets_codes_and_a_description_in_both_languages() {
    let app = bank().await;
    let (browser, path) = selection(&app, &["KB-0001", "KB-0002", "KB-0004"]).await;
    let page = browser.get(&path).await.expect(200);
    assert_eq!(page.texts("[aria-labelledby=bt-06] code"), ["env-imp"]);
    assert_eq!(page.texts("[aria-labelledby=bt-774] code"), ["circ-econ", "pollu-prev"]);
    // One says itself that it is of the European Union; the others count as the bank says.
    assert_eq!(page.texts("[aria-labelledby=bt-805] code"), ["eu", "other"]);
    let texts = page.texts("[aria-labelledby=bt-777] blockquote");
    assert_eq!(page.attributes("[aria-labelledby=bt-777] blockquote", "lang"), ["sv", "en"]);
    assert!(
        texts[0].starts_with("Upphandlingen syftar till att minska miljöpåverkan.") && texts[0].contains("Utsläpp (KB-0004:1)")
    );
    assert!(texts[1].contains("Emissions (KB-0004:1)"), "{}", texts[1]);
    let english = browser.get(&format!("/en{path}")).await.expect(200);
    assert_eq!(english.texts("h1"), ["Overview"]);
}

#[tokio::test]
async fn only_whose_it_is_sees_it_and_an_empty_one_says_what_to_do() {
    let app = bank().await;
    let (browser, path) = selection(&app, &[]).await;
    let page = browser.get(&path).await.expect(200);
    assert!(page.attributes(".empty-state a", "href").contains(&"/vagvisare".to_owned()));
    app.get(&path).await.expect(404);
    let (other, _) = selection(&app, &["KB-0001"]).await;
    other.get(&path).await.expect(404);
    other.get("/korgar/00000000-0000-0000-0000-000000000000/oversikt").await.expect(404);
    other.get("/korgar/inget/oversikt").await.expect(404);
}

#[tokio::test]
async fn the_overview_asks_the_database_once_however_long_the_selection_is() {
    let app = TestApp::spawn().await;
    let file: Vec<Line> = (1..=500).map(|n| complete(&format!("Krav nummer {n}"))).collect();
    app.import(&lines(&file), Target::Current).await;
    let browser = Browser::new(&app);
    let numbers: Vec<String> = (1..=500).map(|n| format!("KB-{n:04}")).collect();
    let fields: Vec<(&str, &str)> = numbers.iter().map(|number| ("krav", number.as_str())).collect();
    let answer = browser.post("/korgar/rader", &fields).await.expect(303);
    assert_eq!(answer.header("location"), "/korgar");
    let id: uuid::Uuid = app.db.value("select id from selection").await;
    let page = browser.get(&format!("/korgar/{id}/oversikt")).await.expect(200);
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
    let text = &page.texts("[aria-labelledby=bt-777] blockquote")[0];
    assert!(text.chars().count() <= 4_000 && text.contains("krav till."), "{}", text.chars().count());
    assert_eq!(page.texts("[aria-labelledby=uppfoljning] .selection-row").len(), 0, "where all take the same, none takes most");
}
