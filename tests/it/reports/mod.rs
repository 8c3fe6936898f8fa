//! Reports of faults: the forms, the limits, and who reads what was sent.

mod accessibility;
mod handled;
mod privacy;
mod requirement;
mod sending;

use kravbank::imports::Target;

use crate::support::{Answer, TestApp, complete, lines};

/// Where the form of the statement is sent.
const SITE: &str = "/tillganglighet/rapporter";

/// A bank with a requirement that has two clauses, in two versions.
async fn bank() -> TestApp {
    filled(TestApp::spawn().await).await
}

async fn filled(app: TestApp) -> TestApp {
    let first =
        complete("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara fri från ftalater.", "Ett intyg ska lämnas."]);
    app.import(&lines(&[first]), Target::Current).await;
    app
}

/// The path of the receipt that an answer leads to.
#[track_caller]
fn receipt(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let location = answer.header("location");
    let path = location.strip_suffix("#kvitto").unwrap_or_else(|| panic!("{location} is no receipt"));
    path.to_owned()
}

/// The form again, with these faults in its summary, everything marked as it should be.
#[track_caller]
fn assert_faults(answer: &Answer, status: u16, faults: &[(&str, &str)]) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    let text = answer.text();
    let title = &answer.texts("title")[0];
    let marked = if answer.attributes("html", "lang") == ["sv"] { "Fel: " } else { "Error: " };
    assert!(title.starts_with(marked), "{title}");
    assert!(text.find("id=\"fel\"") < text.find("<h1"), "the summary stands above the heading");
    assert_eq!(answer.attributes("#fel", "role"), ["alert"]);
    assert_eq!(answer.attributes("#fel[autofocus]", "tabindex"), ["-1"]);
    assert!(answer.attributes("main form[method=post][novalidate]", "action")[0].ends_with("#fel"));
    let summed: Vec<(String, String)> = answer
        .attributes("#fel a", "href")
        .into_iter()
        .map(|href| href.trim_start_matches('#').to_owned())
        .zip(answer.texts("#fel a"))
        .collect();
    let expected: Vec<(String, String)> = faults.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    assert_eq!(summed, expected);
    for (field, fault) in faults {
        let said = answer.texts(&format!("#{field}-fel"));
        assert!(said.len() == 1 && said[0].ends_with(fault), "at the field {field}: {said:?}");
        assert_eq!(answer.attributes(&format!("#{field}"), "aria-invalid"), ["true"]);
        let described = &answer.attributes(&format!("#{field}"), "aria-describedby")[0];
        assert_eq!(*described, format!("{field}-hjalp {field}-fel"));
    }
    assert_eq!(answer.attributes("[aria-invalid]", "id").len(), faults.len(), "nothing else is marked");
    assert!(answer.header("cache-control").ends_with("no-store"));
    assert_eq!(
        answer.attributes("link[hreflang]", "href"),
        Vec::<String>::new(),
        "what was typed is not lost by a change of language"
    );
}
