//! What a document says of itself, and that it is what Word takes.
#![allow(missing_docs, reason = "tests")]

#[path = "support/document.rs"]
mod support;

use office_files::{
    Error, Kind as FileKind, Language, Limits, Link, WriteError,
    docx::{Block, Kind, Level, PageNumbers, Paragraph, Span, Table, Writer, read},
};
use roxmltree::Node;
use support::{all, attribute, document, of, pair, properties, texts, written};

#[test]
fn properties_and_language() {
    let mut document = document();
    "Kravbanken & co".clone_into(&mut document.creator);
    "Handskar".clone_into(&mut document.subject);
    "miljö, handskar".clone_into(&mut document.keywords);
    let (file, parts) = written(&document);
    let found = properties(&parts);
    for (name, value) in [
        ("title", "Krav på handskar"),
        ("language", "sv-SE"),
        ("creator", "Kravbanken & co"),
        ("subject", "Handskar"),
        ("keywords", "miljö, handskar"),
        ("created", "2027-03-12T08:30:00Z"),
        ("modified", "2027-03-12T08:30:00Z"),
    ] {
        assert_eq!(found.get(name).map(String::as_str), Some(value), "{name}");
    }
    let styles = parts.xml("word/styles.xml");
    let defaults = all(styles.root(), "rPrDefault").next().expect("defaults");
    let language = all(defaults, "lang").next().expect("a language");
    assert_eq!(attribute(language, "val"), Some("sv-SE"));
    let settings = parts.xml("word/settings.xml");
    assert_eq!(all(settings.root(), "themeFontLang").next().and_then(|node| attribute(node, "val")), Some("sv-SE"));
    let mode = all(settings.root(), "compatSetting").find(|node| attribute(*node, "name") == Some("compatibilityMode"));
    assert_eq!(mode.and_then(|node| attribute(node, "val")), Some("15"));
    let content = read(&file, &Limits::default()).expect("it reads");
    assert_eq!((content.title.as_deref(), content.language.as_deref()), (Some("Krav på handskar"), Some("sv-SE")));
    assert_eq!(texts(&file), [pair("Title", "Krav på handskar")]);

    document.language = Language::ENGLISH;
    let (_, parts) = written(&document);
    assert!(!parts.text("word/styles.xml").contains("sv-SE") && parts.text("word/styles.xml").contains("en-GB"));
}

#[test]
fn a_day_that_is_none_is_refused() {
    let mut document = document();
    document.created.month = 13;
    assert!(matches!(document.to_bytes(), Err(WriteError::Date)));
}

#[test]
fn headings_are_headings() {
    let levels = [Level::One, Level::Two, Level::Three, Level::Four];
    let (file, parts) = written(&of(levels.map(|level| Block::heading(level, "Rubrik"))));
    let names = ["Heading1", "Heading2", "Heading3", "Heading4"];
    assert_eq!(texts(&file), names.map(|name| pair(name, "Rubrik")));
    let styles = parts.xml("word/styles.xml");
    for (name, level) in names.into_iter().zip(["0", "1", "2", "3"]) {
        let style = all(styles.root(), "style").find(|node| attribute(*node, "styleId") == Some(name)).expect("a style");
        assert_eq!(all(style, "outlineLvl").next().and_then(|node| attribute(node, "val")), Some(level), "{name}");
        assert!(all(style, "keepNext").next().is_some(), "{name}");
    }
}

/// Every style that is used is there.
#[test]
fn styles_exist() {
    let mut table = Table::new([1]);
    table.caption = Some("Text".into());
    table.header(["Rubrik"]);
    table.row([Paragraph::from("Cell").kind(Kind::Bullet)]);
    let link = Link::new("https://example.se").expect("a link");
    let (_, parts) = written(&of([
        Block::heading(Level::One, "a"),
        Block::clause(
            "1",
            [Span::from("b").inserted(), Span::from("c").deleted(), Span::from("שלום"), Span::from("d").link(link)],
        ),
        Block::bullet("c"),
        Block::note("d"),
        table.into(),
    ]));
    let (text, styles) = (parts.xml("word/document.xml"), parts.xml("word/styles.xml"));
    let known: Vec<_> = all(styles.root(), "style").filter_map(|node| attribute(node, "styleId")).collect();
    let mut seen = 0;
    for name in ["pStyle", "rStyle", "tblStyle"] {
        for used in all(text.root(), name).filter_map(|node| attribute(node, "val")) {
            assert!(known.contains(&used), "{used}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen}");
}

#[test]
fn pages() {
    let mut document = of([Block::paragraph("a"), Block::PageBreak, Block::heading(Level::One, "b"), Block::PageBreak]);
    "Sidhuvud".clone_into(&mut document.header);
    "Hämtad\n1 mars".clone_into(&mut document.footer);
    document.page_numbers = Some(PageNumbers { page: "Sida".to_owned(), of: "av".to_owned() });
    let (file, parts) = written(&document);
    assert_eq!(texts(&file), [pair("Normal", "a"), pair("Heading1", "b")]);
    let xml = parts.xml("word/document.xml");
    let breaks: Vec<bool> = all(xml.root(), "p").map(|p| all(p, "pageBreakBefore").next().is_some()).collect();
    assert_eq!(breaks, [false, true]);
    let size = all(xml.root(), "pgSz").next().expect("a size");
    assert_eq!((attribute(size, "w"), attribute(size, "h")), (Some("11906"), Some("16838")));
    let line = |part: &str| {
        let xml = parts.xml(part);
        all(xml.root(), "t").map(|t| t.text().unwrap_or_default().to_owned()).collect::<String>()
    };
    assert_eq!(line("word/header1.xml"), "Sidhuvud");
    assert_eq!(line("word/footer1.xml"), "Hämtad 1 marsSida 1 av 1");
    let footer = parts.xml("word/footer1.xml");
    let fields: Vec<_> = all(footer.root(), "fldSimple").filter_map(|node| attribute(node, "instr")).collect();
    assert_eq!(fields, [" PAGE ", " NUMPAGES "]);
}

/// The order that the schema asks for: Word calls a document damaged where it is another.
#[test]
fn properties_stand_in_order() {
    const PARAGRAPH: &str = "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind \
                             contextualSpacing jc outlineLvl";
    const RUN: &str = "rStyle rFonts b bCs i iCs strike color sz szCs u shd rtl lang";
    const TABLE: &str = "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription";
    const STYLE: &str = "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr";
    let mut table = Table::new([1]);
    table.caption = Some("a".into());
    table.header([Paragraph::from("שלום").at_end()]);
    table.row([Paragraph::from("x").kind(Kind::Clause { label: "1".to_owned() })]);
    table.row([Paragraph::from("x").kind(Kind::Bullet).at_end()]);
    let link = Link::new("https://example.se").expect("a link");
    let everything = Span::from("שלום").bold().italic().inserted().link(link).language(Language::ENGLISH);
    let (_, parts) = written(&of([
        table.clone().into(),
        Block::PageBreak,
        Block::clause("KB-0042:3/a", Paragraph::new([everything, "b".into()]).at_end()),
        table.into(),
        Block::paragraph(Paragraph::from("שלום").at_end()),
    ]));
    let mut seen = 0;
    for part in ["word/document.xml", "word/styles.xml", "word/numbering.xml"] {
        let xml = parts.xml(part);
        for (name, order) in [("pPr", PARAGRAPH), ("rPr", RUN), ("tblPr", TABLE), ("style", STYLE)] {
            for node in all(xml.root(), name) {
                let children = node.children().filter(Node::is_element).map(|child| child.tag_name().name());
                let places: Vec<usize> = children
                    .map(|child| order.split(' ').position(|known| known == child).unwrap_or_else(|| panic!("{child} in {name}")))
                    .collect();
                assert!(places.is_sorted(), "{part}: {name} {places:?}");
                seen += places.len();
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let link = |n: usize| Link::new(&format!("https://example.se/{n}")).expect("a link");
    let make = || of((0..50).map(|n| Block::paragraph(Span::from("x").link(link(n))))).to_bytes().expect("a document");
    assert_eq!(make(), make());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(make())).expect("an archive");
    for place in 0..archive.len() {
        let part = archive.by_index(place).expect("a part");
        assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{:?}", part.name());
    }
}

/// Fifty pages in one clause, and five hundred requirements with a table each.
#[test]
fn what_is_long_reads_back() {
    let long = "Leverantören ska visa hur kravet uppfylls under hela avtalstiden. ".repeat(2800);
    let mut document = of([Block::clause("1", long.as_str())]);
    for number in 0..500 {
        document.push(Block::heading(Level::Two, format!("KB-{number}:1")));
        let mut table = Table::new([1, 3]);
        for field in 0..12 {
            table.row([format!("Fält {field}"), format!("Värdet för krav {number}. ").repeat(10)]);
        }
        document.push(table);
    }
    let file = document.to_bytes().expect("a document");
    assert!(file.len() < 400_000, "{}", file.len());
    let content = read(&file, &Limits::default()).expect("it reads");
    assert_eq!(content.paragraphs().next().map(|p| p.text.as_str()), Some(format!("1\t{long}").as_str()));
    assert_eq!(content.paragraphs().count(), 1 + 500 * (1 + 24));
}

#[test]
fn block_by_block_is_the_same() {
    let document = of([Block::heading(Level::One, "a"), Block::note("b")]);
    let mut writer = Writer::new(std::io::Cursor::new(Vec::new()), &document).expect("a beginning");
    for block in &document.blocks {
        writer.block(block).expect("a block");
    }
    let streamed = writer.finish().expect("an end").into_inner();
    assert_eq!(streamed, document.to_bytes().expect("a document"));
}

#[test]
fn the_reader_has_limits() {
    let (file, _) = written(&of((0..100).map(|_| Block::paragraph("0123456789"))));
    let refused = |limits: Limits| read(&file, &limits).expect_err("too much");
    assert_eq!(refused(Limits { rows: 99, ..Limits::default() }), Error::TooManyRows { most: 99 });
    assert_eq!(refused(Limits { text: 999, ..Limits::default() }), Error::TooMuchText { most: 999 });
    assert_eq!(refused(Limits { inflated: 4000, ..Limits::default() }), Error::Bomb);
    assert_eq!(refused(Limits { bytes: 10, ..Limits::default() }), Error::TooLarge { most: 10 });
    let other = |file: &[u8]| read(file, &Limits::default()).expect_err("no document");
    assert_eq!(other(b"%PDF-1.7"), Error::NotADocument(FileKind::Pdf));
    assert_eq!(other(b""), Error::NotADocument(FileKind::Empty));
    assert_eq!(other(&file[..file.len() / 2]), Error::Broken { part: String::new(), at: None });
}
