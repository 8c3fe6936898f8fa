//! What a document says to those who do not see it, and that it is what Word takes.
#![allow(missing_docs, reason = "tests")]

#[path = "support/parts.rs"]
mod parts;

use office_files::{
    DateTime, Error, Kind as FileKind, Language, Limits, Link, WriteError, clean,
    docx::{Block, Cell, Document, Kind, Level, PageNumbers, Paragraph, Read, Span, Table, Writer, read},
};
use parts::{Parts, all, assert_package, attribute, properties};
use roxmltree::Node;

fn document() -> Document {
    let created = DateTime::new(2027, 3, 12, 8 * 3600 + 30 * 60).expect("a day");
    Document::new("Krav på handskar", Language::SWEDISH, created)
}

fn of(blocks: impl IntoIterator<Item = Block>) -> Document {
    let mut document = document();
    document.show_title = false;
    document.blocks.extend(blocks);
    document
}

fn written(document: &Document) -> (Vec<u8>, Parts) {
    let file = document.to_bytes().expect("a document");
    let parts = assert_package(&file);
    (file, parts)
}

fn texts(file: &[u8]) -> Vec<(String, String)> {
    let content = read(file, &Limits::default()).expect("it reads");
    content.paragraphs().map(|paragraph| (paragraph.style.clone(), paragraph.text.clone())).collect()
}

fn pair(style: &str, text: &str) -> (String, String) {
    (style.to_owned(), text.to_owned())
}

/// Whether a run has a property, and its value.
fn property<'a>(run: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let properties = run.children().find(|node| node.tag_name().name() == "rPr")?;
    let found = properties.children().find(|node| node.tag_name().name() == name)?;
    Some(attribute(found, "val").unwrap_or_default())
}

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
        Block::clause("1", [Span::from("b").inserted(), Span::from("c").deleted(), Span::from("שלום"), Span::from("d").link(link)]),
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
fn tables_have_headings() {
    let mut table = Table::new([1, 3]);
    table.caption = Some("Uppgifter & annat".into());
    "Kravets uppgifter".clone_into(&mut table.description);
    table.first_column_heads = true;
    table.header(["Uppgift", "Värde"]);
    table.row(["Nivå", "Bas"]);
    table.row::<Cell>(["Bevis".into(), Cell::new(["Intyg".into(), Paragraph::from("eller annat").kind(Kind::Bullet)])]);
    table.row([Cell::default(), Cell::default()]);
    let (file, parts) = written(&of([table.into()]));
    let xml = parts.xml("word/document.xml");
    let rows: Vec<_> = all(xml.root(), "tr").collect();
    let has = |row: Node<'_, '_>, name| all(row, name).next().is_some();
    assert_eq!(rows.iter().map(|row| has(*row, "tblHeader")).collect::<Vec<_>>(), [true, false, false, false]);
    assert!(rows.iter().all(|row| has(*row, "cantSplit")));
    let value = |name| all(xml.root(), name).next().and_then(|node| attribute(node, "val"));
    assert_eq!((value("tblCaption"), value("tblDescription")), (Some("Uppgifter & annat"), Some("Kravets uppgifter")));
    let look = all(xml.root(), "tblLook").next().expect("a look");
    assert_eq!((attribute(look, "val"), attribute(look, "firstRow"), attribute(look, "firstColumn")), (Some("06A0"), Some("1"), Some("1")));
    let widths: Vec<u32> = all(xml.root(), "gridCol").filter_map(|node| attribute(node, "w")?.parse().ok()).collect();
    assert_eq!((widths.len(), widths.iter().sum::<u32>()), (2, 9070));

    let content = read(&file, &Limits::default()).expect("it reads");
    let [Read::Paragraph(caption), Read::Table { header_rows: 1, rows }, ..] = &content.blocks[..] else {
        panic!("{:?}", content.blocks)
    };
    assert_eq!((caption.style.as_str(), caption.text.as_str()), ("Caption", "Uppgifter & annat"));
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.iter().map(|p| format!("{}:{}", p.style, p.text)).collect::<Vec<_>>().join("|")).collect())
        .collect();
    assert_eq!(
        cells,
        [
            ["TableHeading:Uppgift", "TableHeading:Värde"],
            ["TableHeading:Nivå", "TableContents:Bas"],
            ["TableHeading:Bevis", "TableContents:Intyg|TableContents:eller annat"],
            ["TableHeading:", "TableContents:"],
        ]
    );
}

#[test]
fn rows_that_are_long_may_be_divided() {
    let mut table = Table::new([1]);
    table.header(["x".repeat(3000)]);
    table.row(["kort"]);
    table.row(["lång ".repeat(1000)]);
    let (_, parts) = written(&of([table.into()]));
    let xml = parts.xml("word/document.xml");
    let whole: Vec<bool> = all(xml.root(), "tr").map(|row| all(row, "cantSplit").next().is_some()).collect();
    assert_eq!(whole, [true, true, false]);
}

#[test]
fn tables_that_are_none_are_refused_or_left_out() {
    let mut uneven = Table::new([1, 1]);
    uneven.row(["en"]);
    let error = of([uneven.into()]).to_bytes().expect_err("a cell is missing");
    assert!(matches!(error, WriteError::RowWidth { cells: 1, columns: 2 }));
    let mut heading = Table::new([1, 1]);
    heading.header(["a", "b", "c"]);
    assert!(matches!(of([heading.into()]).to_bytes(), Err(WriteError::RowWidth { cells: 3, columns: 2 })));
    let mut wide = Table::new(vec![1; 64]);
    wide.row(["x"; 64]);
    assert!(matches!(of([wide.into()]).to_bytes(), Err(WriteError::TooManyColumns { columns: 64, most: 63 })));

    let (_, parts) = written(&of([Table::new([1]).into()]));
    assert_eq!(all(parts.xml("word/document.xml").root(), "tbl").count(), 0, "a table without rows is none to Word");
}

/// Two tables that touch are one to Word, and a document does not end with one.
#[test]
fn something_stands_between_tables() {
    let mut table = Table::new([1]);
    table.row(["x"]);
    let (file, parts) = written(&of([table.clone().into(), table.clone().into(), Block::PageBreak, table.into()]));
    let xml = parts.xml("word/document.xml");
    let body = all(xml.root(), "body").next().expect("a body");
    let names: Vec<_> = body.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]);
    assert_eq!(all(body, "pageBreakBefore").count(), 1);
    let content = read(&file, &Limits::default()).expect("it reads");
    assert!(content.blocks.iter().all(|block| matches!(block, Read::Table { .. })), "what stands between says nothing");
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
    table.row([Paragraph::from("x").kind(Kind::Clause { label: "1".to_owned() }), ]);
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
