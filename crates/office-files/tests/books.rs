//! What a workbook holds, and that it is what Excel takes.
#![allow(missing_docs, reason = "tests")]

#[path = "support/book.rs"]
mod support;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use office_files::{
    Address, DateTime, Limits, Link, Value, WriteError, read,
    workbook::{Answer, Cell, Column, Sheet, pieces},
};
use support::{Parts, SHEET, all, assert_package, attribute, book, cell, format, of, properties, refused, sheet};

#[test]
fn properties_and_language() {
    let mut workbook = book([sheet("Krav", 1)]);
    "Kravbanken & co".clone_into(&mut workbook.creator);
    let parts = assert_package(&workbook.to_bytes().expect("a workbook"));
    let found = properties(&parts);
    for (name, value) in [
        ("title", "Krav på handskar"),
        ("language", "sv-SE"),
        ("creator", "Kravbanken & co"),
        ("created", "2027-03-12T08:30:00Z"),
        ("modified", "2027-03-12T08:30:00Z"),
    ] {
        assert_eq!(found.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn values_read_back() {
    let day = DateTime::new(2027, 4, 1, 0).expect("a day");
    let time = DateTime::new(2027, 4, 1, 8 * 3600 + 61).expect("a time");
    let link = Link::new("https://example.se/").expect("a link");
    let link = |text: &str| Cell::Link { text: text.to_owned(), to: link.clone() };
    let file =
        of(["=1+1".into(), 2.5.into(), day.into(), time.into(), link("Länk"), link(""), Cell::Empty, Answer::text(9).into()]);
    let table = read(&file, &Limits::default()).expect("it reads");
    assert_eq!(table.sheet.as_deref(), Some("Krav"));
    assert_eq!(
        table.headings.iter().map(|heading| heading.text.as_str()).collect::<Vec<_>>().join("|"),
        (0..8).map(|n| format!("Rubrik {n}")).collect::<Vec<_>>().join("|")
    );
    let values: Vec<_> = table.rows[0].cells.iter().map(|cell| cell.value.clone().expect("a value")).collect();
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(
        values,
        [text("=1+1"), Value::Number(2.5), Value::Date(day), Value::Date(time), text("Länk"), text("https://example.se/")]
    );
}

#[test]
fn headings_stay_and_repeat() {
    let mut sheet = sheet("Krav", 3);
    sheet.frozen_columns = 1;
    "Alla & krav".clone_into(&mut sheet.description);
    "Å & Ö".clone_into(&mut sheet.header);
    "Hämtad".clone_into(&mut sheet.footer);
    sheet.row(["a".into(), "b".into(), "c".into()]);
    let parts = assert_package(&book([sheet]).to_bytes().expect("a workbook"));
    let xml = parts.xml(SHEET);
    let value = |name, key| all(xml.root(), name).next().and_then(|node| attribute(node, key));
    assert_eq!(
        (value("pane", "xSplit"), value("pane", "ySplit"), value("pane", "state")),
        (Some("1"), Some("1"), Some("frozen"))
    );
    assert_eq!((value("pageSetup", "orientation"), value("pageSetup", "paperSize")), (Some("landscape"), Some("9")));
    assert_eq!((value("pageSetup", "fitToHeight"), value("pageSetUpPr", "fitToPage")), (Some("0"), Some("1")));
    let line = |name| all(xml.root(), name).next().and_then(|node| node.text());
    assert_eq!((line("oddHeader"), line("oddFooter")), (Some("&LÅ && Ö"), Some("&LHämtad&R&P / &N")));
    let table = parts.xml("xl/tables/table1.xml");
    assert_eq!(attribute(table.root_element(), "ref"), Some("A1:C2"));
    assert!(all(table.root(), "autoFilter").next().is_some());
    assert!(parts.text("xl/tables/table1.xml").contains("Alla &amp; krav"));
    let workbook = parts.xml("xl/workbook.xml");
    let names: Vec<_> =
        all(workbook.root(), "definedName").filter_map(|node| Some((attribute(node, "name")?, node.text()?))).collect();
    assert!(names.contains(&("_xlnm.Print_Titles", "Krav!$1:$1")), "{names:?}");
    assert!(names.contains(&("column_column_1", "'Krav'!$B$2:$B$2")), "{names:?}");
}

/// Nothing is a formula, and nothing becomes one when somebody edits the cell.
#[test]
fn no_formula_whatever_a_text_begins_with() {
    let odd = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", " =1", "{=1}", "'=1", "\u{feff}=1", "=HYPERLINK(\"https://x\")"];
    let mut cells: Vec<Cell> = odd.map(Cell::from).into();
    cells.push("vanlig text".into());
    let link = Link::new("https://example.se").expect("a link");
    cells.push(Cell::Link { text: "=1".to_owned(), to: link });
    let parts = Parts::of(&of(cells));
    let (xml, styles) = (parts.xml(SHEET), parts.xml("xl/styles.xml"));
    assert_eq!(all(xml.root(), "f").count(), 0);
    let prefix: Vec<bool> = all(xml.root(), "c")
        .filter(|cell| attribute(*cell, "r").is_some_and(|at| at.ends_with('2')))
        .inspect(|cell| assert_eq!(attribute(*cell, "t"), Some("s")))
        .map(|cell| attribute(format(&styles, cell), "quotePrefix") == Some("1"))
        .collect();
    let expected = [true, true, true, true, true, true, true, false, true, true, true, false, true];
    assert_eq!(prefix, expected);
}

#[test]
fn text_from_right_to_left() {
    let parts = Parts::of(&of(["abc".into(), "שלום".into()]));
    let (xml, styles) = (parts.xml(SHEET), parts.xml("xl/styles.xml"));
    let order = |at| all(format(&styles, cell(&xml, at)), "alignment").find_map(|node| attribute(node, "readingOrder"));
    assert_eq!((order("A2"), order("B2")), (None, Some("2")));
}

#[test]
fn addresses_come_through() {
    let addresses = [
        "https://example.se/krav/KB-1?a=b&c=d",
        "https://example.se/%C3%A5",
        "https://example.se/%41%2F%20%25",
        "https://example.se/a%23b#c%20d",
        "mailto:a@example.se",
    ];
    let cells = addresses.map(|address| Cell::Link { text: "Länk".to_owned(), to: Link::new(address).expect(address) });
    let parts = assert_package(&of(cells));
    let xml = parts.xml("xl/worksheets/_rels/sheet1.xml.rels");
    let sheet = parts.xml(SHEET);
    let found: Vec<String> = all(sheet.root(), "hyperlink")
        .map(|link| {
            let id = attribute(link, "id").expect("an id");
            let relation = all(xml.root(), "Relationship").find(|node| attribute(*node, "Id") == Some(id)).expect("a relation");
            let target = attribute(relation, "Target").expect("a target");
            attribute(link, "location").map_or_else(|| target.to_owned(), |place| format!("{target}#{place}"))
        })
        .collect();
    assert_eq!(found, addresses);
}

#[test]
fn rows_are_as_high_as_their_text() {
    let mut one = sheet("Krav", 2);
    one.row(["kort".into(), "kort".into()]);
    one.row(["en rad\noch en till\noch en".into(), "kort".into()]);
    one.row(["ord ".repeat(5000).into(), "kort".into()]);
    let parts = Parts::of(&book([one]).to_bytes().expect("a workbook"));
    let xml = parts.xml(SHEET);
    let heights: Vec<_> = all(xml.root(), "row").skip(1).map(|row| attribute(row, "ht")).collect();
    assert_eq!(heights, [None, Some("45"), Some("408.75")]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut one = sheet("Krav", 3);
    one.row(["a".into(), "x".repeat(32_767).into(), "\n".repeat(253).into()]);
    assert!(book([one.clone()]).to_bytes().is_ok());
    for long in ["x".repeat(32_768), "🌲".repeat(16_384), "\n".repeat(254)] {
        let mut two = one.clone();
        two.row(["a".into(), "b".into(), long.as_str().into()]);
        let error = refused(two);
        let WriteError::CellTooLong { sheet, at } = error else { panic!("{error}") };
        assert_eq!((sheet.as_str(), at), ("Krav", Address { column: 2, row: 3 }));
        let mut parts = sheet_of_pieces(&long);
        assert!(book([std::mem::replace(&mut parts, Sheet::new("x", []))]).to_bytes().is_ok());
    }
    one.row(["a".into()]);
    assert!(matches!(refused(one), WriteError::RowWidth { cells: 1, columns: 3 }));
    assert!(matches!(refused(Sheet::new("Krav", [])), WriteError::SheetSize { .. }));
    assert!(matches!(refused(sheet("Krav", 16_385)), WriteError::SheetSize { .. }));
    for number in [f64::NAN, f64::INFINITY] {
        let mut one = sheet("Krav", 1);
        one.row([number.into()]);
        assert!(matches!(refused(one), WriteError::Number));
    }
    let mut one = sheet("Krav", 1);
    one.row([DateTime { year: 2027, month: 2, day: 29, seconds: 0 }.into()]);
    assert!(matches!(refused(one), WriteError::Date));
}

fn sheet_of_pieces(text: &str) -> Sheet {
    let mut sheet = sheet("Krav", 1);
    for piece in pieces(text) {
        sheet.row([piece.into()]);
    }
    sheet
}

#[test]
fn names_and_headings() {
    for name in ["", "a/b", "a[1]", &"x".repeat(32), "'a", "History", "a\u{0}"] {
        assert!(matches!(refused(sheet(name, 1)), WriteError::SheetName { .. }), "{name}");
    }
    assert!(matches!(book([sheet("A", 1), sheet("a", 1)]).to_bytes(), Err(WriteError::SheetName { .. })));
    let headed = |columns: &[(&str, &str)]| {
        Sheet::new("Krav", columns.iter().map(|(key, heading)| Column::new(*key, *heading, 10.0)).collect::<Vec<_>>())
    };
    let long = "x".repeat(256);
    for columns in [
        &[("a", "")][..],
        &[("a", &long)],
        &[("a", "A"), ("b", "a ")],
        &[("a", "A"), ("a", "B")],
        &[("", "A")],
        &[("A", "A")],
        &[("å", "A")],
        &[("1", "A")],
    ] {
        assert!(matches!(refused(headed(columns)), WriteError::Heading { .. }), "{columns:?}");
    }
    // Names that formulas would take for cells, and names with quotes.
    for name in ["It's", "A1", "2027", "a!b", "Å ä"] {
        let mut one = sheet(name, 1);
        one.row([Answer::choice(["a,b"]).into()]);
        let parts = assert_package(&book([one]).to_bytes().expect(name));
        let workbook = parts.xml("xl/workbook.xml");
        let quoted = format!("'{}'!$A$2:$A$2", name.replace('\'', "''"));
        assert!(all(workbook.root(), "definedName").any(|node| node.text() == Some(quoted.as_str())), "{name}");
    }
    assert_eq!(Sheet::name_from("Krav: [a/b]\\?* och\tannat"), "Krav a b och annat");
    assert_eq!(Sheet::name_from("'citat'"), "citat");
    assert_eq!(Sheet::name_from(" "), "1");
    assert_eq!(Sheet::name_from("history"), "history 1");
    let long = Sheet::name_from(&"Miljökrav ".repeat(10));
    assert!(long.ends_with('…') && long.chars().count() <= 31, "{long}");
}

#[test]
fn a_sheet_without_rows_and_several_sheets() {
    let mut second = sheet("Två", 1);
    second.row(["b".into()]);
    let file = book([sheet("Ett", 2), second]).to_bytes().expect("a workbook");
    assert_package(&file);
    let mut other = Xlsx::new(Cursor::new(&file)).expect("calamine opens it");
    assert_eq!(other.sheet_names(), ["Ett", "Två"]);
    assert_eq!(other.worksheet_range("Ett").expect("a sheet").get_value((0, 1)), Some(&Data::String("Rubrik 1".to_owned())));
    assert_eq!(other.worksheet_range("Två").expect("a sheet").get_value((1, 0)), Some(&Data::String("b".to_owned())));
}

#[test]
fn the_same_workbook_is_the_same_bytes() {
    let make = || {
        let mut one = sheet("Krav", 3);
        for row in 0..40 {
            let link = Link::new(&format!("https://example.se/{row}")).expect("a link");
            let options = (0..40).map(|n| format!("Val {row} {n}"));
            one.row([Cell::Link { text: "x".to_owned(), to: link }, Answer::choice(options).into(), f64::from(row).into()]);
        }
        book([one]).to_bytes().expect("a workbook")
    };
    assert_eq!(make(), make());
    let mut archive = zip::ZipArchive::new(Cursor::new(make())).expect("an archive");
    for place in 0..archive.len() {
        let part = archive.by_index(place).expect("a part");
        assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{:?}", part.name());
    }
}

/// Five hundred rows of twenty columns, with long texts.
#[test]
fn what_is_much_reads_back() {
    let mut one = sheet("Krav", 20);
    for row in 0..500 {
        let text = |column: usize| format!("Rad {row} kolumn {column}. {}", "Leverantören ska visa detta. ".repeat(20));
        let mut cells: Vec<Cell> = (0..19).map(|column| text(column).into()).collect();
        cells.push(Answer::number(Some(0.0), Some(f64::from(row))).hint("Ange", format!("0 till {row}")).into());
        one.row(cells);
    }
    let file = book([one]).to_bytes().expect("a workbook");
    let table = read(&file, &Limits::default()).expect("it reads");
    assert_eq!(table.rows.len(), 500);
    let last = &table.rows[499].cells[18];
    assert_eq!(last.at.to_string(), "S501");
    assert!(matches!(&last.value, Ok(Value::Text(text)) if text.starts_with("Rad 499 kolumn 18. Leverantören")));
}
