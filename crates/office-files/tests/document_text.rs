//! Text in documents: looks, links, languages, directions.
#![allow(missing_docs, reason = "tests")]

#[path = "support/document.rs"]
mod support;

use office_files::{
    Language, Link, clean,
    docx::{Block, Paragraph, Span},
};
use support::{all, attribute, of, pair, property, texts, written};

#[test]
fn clauses_hang_and_keep_their_label() {
    let (file, parts) = written(&of([
        Block::clause("1", "Kort."),
        Block::clause("", "Utan nummer."),
        Block::clause("KB-0042:3/a", "Långt nummer."),
    ]));
    assert_eq!(
        texts(&file),
        [pair("Clause", "1\tKort."), pair("Clause", "Utan nummer."), pair("Clause", "KB-0042:3/a\tLångt nummer.")]
    );
    let xml = parts.xml("word/document.xml");
    let indents: Vec<_> = all(xml.root(), "p").map(|p| all(p, "ind").next()).collect();
    assert!(indents[0].is_none(), "as the style has it");
    assert_eq!(indents[1].and_then(|node| attribute(node, "firstLine")), Some("0"));
    let long = indents[2].expect("its own");
    let hang: u32 = attribute(long, "hanging").and_then(|hang| hang.parse().ok()).expect("a distance");
    assert!(hang > 1200, "{hang}");
    assert_eq!(all(xml.root(), "tabs").flat_map(|tabs| all(tabs, "tab")).filter_map(|tab| attribute(tab, "pos")).count(), 1);
}

#[test]
fn looks_and_links() {
    let link = Link::new("https://example.se/?a=b&c=\"d\"").expect("a link");
    let other = Link::new("mailto:a@example.se").expect("a link");
    let (file, parts) = written(&of([Block::paragraph([
        Span::from("fet").bold(),
        Span::from("kursiv").italic(),
        Span::from("ny").inserted(),
        Span::from("gammal").deleted(),
        Span::from("länk").link(link.clone()),
        Span::from("samma").link(link.clone()).bold(),
        Span::from("annan").link(other),
        Span::from("").link(link),
        Span::from("english").language(Language::ENGLISH),
    ])]));
    assert_eq!(texts(&file), [pair("Normal", "fetkursivnygammallänksammaannanenglish")]);
    let xml = parts.xml("word/document.xml");
    let runs: Vec<_> = all(xml.root(), "r").collect();
    let with = |name| runs.iter().map(|run| property(*run, name)).collect::<Vec<_>>();
    assert_eq!(with("b"), [Some(""), None, None, None, None, Some(""), None, None]);
    assert_eq!(with("i"), [None, Some(""), None, None, None, None, None, None]);
    let link = Some("Hyperlink");
    assert_eq!(with("rStyle"), [None, None, Some("Inserted"), Some("Deleted"), link, link, link, None]);
    assert_eq!(with("lang"), [None, None, None, None, None, None, None, Some("en-GB")]);
    let ids: Vec<_> = all(xml.root(), "hyperlink").filter_map(|node| attribute(node, "id")).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids[0] == ids[1] && ids[1] != ids[2]);
    let relations = parts.xml("word/_rels/document.xml.rels");
    let targets: Vec<_> = all(relations.root(), "Relationship")
        .filter(|node| attribute(*node, "TargetMode") == Some("External"))
        .filter_map(|node| Some((attribute(node, "Id")?, attribute(node, "Target")?)))
        .collect();
    assert_eq!(targets, [(ids[0], "https://example.se/?a=b&c=%22d%22"), (ids[2], "mailto:a@example.se")]);
}

#[test]
fn a_paragraph_in_another_language() {
    let (_, parts) = written(&of([Block::paragraph(
        Paragraph::new(["The glove ".into(), Span::from("handske").language(Language::SWEDISH)]).language(Language::ENGLISH),
    )]));
    let xml = parts.xml("word/document.xml");
    let languages: Vec<_> = all(xml.root(), "r").map(|run| property(run, "lang")).collect();
    assert_eq!(languages, [Some("en-GB"), Some("sv-SE")]);
}

#[test]
fn text_that_runs_from_right_to_left() {
    let (file, parts) = written(&of([
        Block::paragraph("على المورد (REACH) تقديم قائمة."),
        Block::paragraph(["Svar från ".into(), Span::from("חברת כפפות"), ": 12 artiklar.".into()]),
        Block::paragraph("חברה"),
        Block::clause("1", "abc \u{202e}x"),
    ]));
    let xml = parts.xml("word/document.xml");
    let paragraphs: Vec<_> = all(xml.root(), "p").collect();
    let bidi: Vec<bool> = paragraphs.iter().map(|p| all(*p, "bidi").next().is_some()).collect();
    assert_eq!(bidi, [true, false, true, false]);
    let runs = |p: usize| {
        all(paragraphs[p], "r")
            .map(|run| (property(run, "rtl").is_some(), all(run, "t").filter_map(|t| t.text()).collect::<String>()))
            .collect::<Vec<_>>()
    };
    let run = |rtl: bool, text: &str| (rtl, text.to_owned());
    assert_eq!(runs(0), [run(true, "على المورد ("), run(false, "REACH"), run(true, ") تقديم قائمة.")]);
    assert_eq!(
        runs(1),
        [
            run(false, "Svar från "),
            run(false, "\u{2068}"),
            run(true, "חברת כפפות"),
            run(false, "\u{2069}"),
            run(false, ": 12 artiklar."),
        ]
    );
    let languages: Vec<_> = all(xml.root(), "lang").filter_map(|node| attribute(node, "bidi")).collect();
    assert_eq!(languages, ["ar-SA", "ar-SA", "he-IL", "he-IL"]);
    // The marks are none of the text; those in the text are.
    assert_eq!(
        texts(&file),
        [
            pair("Normal", "على المورد (REACH) تقديم قائمة."),
            pair("Normal", "Svar från חברת כפפות: 12 artiklar."),
            pair("Normal", "חברה"),
            pair("Clause", "1\tabc \u{202e}x"),
        ]
    );
}

#[test]
fn characters_that_mean_something() {
    let text = " a\tb\n\nc\r\nd\re<f>&amp;\"'\u{ad}g\u{2011}h]]>\u{0}\u{b}\u{1f}\u{fffe}\u{ffff}🌲 ";
    let (file, _) = written(&of([Block::paragraph(text)]));
    assert_eq!(texts(&file), [pair("Normal", " a\tb\n\nc\nd\ne<f>&amp;\"'\u{ad}g\u{2011}h]]>🌲 ")]);
    assert_eq!(texts(&file)[0].1, clean(text));
}
