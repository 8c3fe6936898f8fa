//! Tables in documents, as those know them who do not see them.
#![allow(missing_docs, reason = "tests")]

#[path = "support/document.rs"]
mod support;

use office_files::{
    Limits, WriteError,
    docx::{Block, Cell, Kind, Paragraph, Read, Table, read},
};
use roxmltree::Node;
use support::{all, attribute, of, written};

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
    assert_eq!(
        (attribute(look, "val"), attribute(look, "firstRow"), attribute(look, "firstColumn")),
        (Some("06A0"), Some("1"), Some("1"))
    );
    let widths: Vec<u32> = all(xml.root(), "gridCol").filter_map(|node| attribute(node, "w")?.parse().ok()).collect();
    assert_eq!((widths.len(), widths.iter().sum::<u32>()), (2, 9070));

    let content = read(&file, &Limits::default()).expect("it reads");
    let [Read::Paragraph(caption), Read::Table { header_rows: 1, rows }, ..] = &content.blocks[..] else {
        panic!("{:?}", content.blocks)
    };
    assert_eq!((caption.style.as_str(), caption.text.as_str()), ("Caption", "Uppgifter & annat"));
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter().map(|cell| cell.iter().map(|p| format!("{}:{}", p.style, p.text)).collect::<Vec<_>>().join("|")).collect()
        })
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
