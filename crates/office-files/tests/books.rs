//! What a workbook is to those who work in it.
#![allow(missing_docs, reason = "tests")]

#[path = "support/parts.rs"]
mod parts;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use office_files::{
    Address, DateTime, Language, Limits, Link, Value, WriteError, read,
    workbook::{Answer, AnswerKind, Cell, Column, Sheet, Workbook, pieces},
};
use parts::{Parts, all, assert_package, attribute, properties};
use roxmltree::Node;

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn book(sheets: impl IntoIterator<Item = Sheet>) -> Workbook {
    let created = DateTime::new(2027, 3, 12, 8 * 3600 + 30 * 60).expect("a day");
    let mut workbook = Workbook::new("Krav på handskar", Language::SWEDISH, created);
    workbook.sheets.extend(sheets);
    workbook
}

fn sheet(name: &str, columns: usize) -> Sheet {
    Sheet::new(name, (0..columns).map(|n| Column::new(format!("column_{n}"), format!("Rubrik {n}"), 20.0)).collect::<Vec<_>>())
}

/// A workbook with one row of these cells.
fn of(cells: impl Into<Vec<Cell>>) -> Vec<u8> {
    let cells = cells.into();
    let mut sheet = sheet("Krav", cells.len());
    sheet.row(cells);
    book([sheet]).to_bytes().expect("a workbook")
}

fn refused(sheet: Sheet) -> WriteError {
    book([sheet]).to_bytes().expect_err("it is refused")
}

/// The format of a cell: what its style says.
fn format<'p>(styles: &'p roxmltree::Document<'_>, cell: Node<'_, '_>) -> Node<'p, 'p> {
    let place: usize = attribute(cell, "s").and_then(|place| place.parse().ok()).unwrap_or(0);
    let formats = all(styles.root(), "cellXfs").next().expect("formats");
    formats.children().filter(|node| node.is_element()).nth(place).expect("a format")
}

fn cell<'a, 'i>(xml: &'a roxmltree::Document<'i>, at: &str) -> Node<'a, 'i> {
    all(xml.root(), "c").find(|cell| attribute(*cell, "r") == Some(at)).unwrap_or_else(|| panic!("no {at}"))
}

fn unlocked(styles: &roxmltree::Document<'_>, node: Node<'_, '_>) -> bool {
    let format = format(styles, node);
    all(format, "protection").any(|node| attribute(node, "locked") == Some("0"))
}

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
    let file = of(["=1+1".into(), 2.5.into(), day.into(), time.into(), link("Länk"), link(""), Cell::Empty, Answer::text(9).into()]);
    let table = read(&file, &Limits::default()).expect("it reads");
    assert_eq!(table.sheet.as_deref(), Some("Krav"));
    assert_eq!(table.headings.iter().map(|heading| heading.text.as_str()).collect::<Vec<_>>().join("|"), (0..8).map(|n| format!("Rubrik {n}")).collect::<Vec<_>>().join("|"));
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
    assert_eq!((value("pane", "xSplit"), value("pane", "ySplit"), value("pane", "state")), (Some("1"), Some("1"), Some("frozen")));
    assert_eq!((value("pageSetup", "orientation"), value("pageSetup", "paperSize")), (Some("landscape"), Some("9")));
    assert_eq!((value("pageSetup", "fitToHeight"), value("pageSetUpPr", "fitToPage")), (Some("0"), Some("1")));
    let line = |name| all(xml.root(), name).next().and_then(|node| node.text());
    assert_eq!((line("oddHeader"), line("oddFooter")), (Some("&LÅ && Ö"), Some("&LHämtad&R&P / &N")));
    let table = parts.xml("xl/tables/table1.xml");
    assert_eq!(attribute(table.root_element(), "ref"), Some("A1:C2"));
    assert!(all(table.root(), "autoFilter").next().is_some());
    assert!(parts.text("xl/tables/table1.xml").contains("Alla &amp; krav"));
    let workbook = parts.xml("xl/workbook.xml");
    let names: Vec<_> = all(workbook.root(), "definedName").filter_map(|node| Some((attribute(node, "name")?, node.text()?))).collect();
    assert!(names.contains(&("_xlnm.Print_Titles", "Krav!$1:$1")), "{names:?}");
    assert!(names.contains(&("column_column_1", "'Krav'!$B$2:$B$2")), "{names:?}");
}

#[test]
fn only_answers_can_be_changed() {
    let mut sheet = sheet("Krav", 3);
    sheet.row(["text".into(), Answer::confirm("Ja", "Nej").into(), Cell::Empty]);
    let mut open = sheet.clone();
    open.locked = false;
    let parts = Parts::of(&book([sheet]).to_bytes().expect("a workbook"));
    let (xml, styles) = (parts.xml(SHEET), parts.xml("xl/styles.xml"));
    let protection = all(xml.root(), "sheetProtection").next().expect("it is locked");
    assert_eq!(attribute(protection, "sheet"), Some("1"));
    assert_eq!(attribute(protection, "password"), None);
    for allowed in ["formatColumns", "formatRows", "sort", "autoFilter"] {
        assert_eq!(attribute(protection, allowed), Some("0"), "{allowed}");
    }
    for kept in ["selectLockedCells", "selectUnlockedCells"] {
        assert_eq!(attribute(protection, kept), None, "{kept}");
    }
    let can_change = ["A1", "A2", "B2", "C2"].map(|at| unlocked(&styles, cell(&xml, at)));
    assert_eq!(can_change, [false, false, true, false]);
    let parts = Parts::of(&book([open]).to_bytes().expect("a workbook"));
    assert_eq!(all(parts.xml(SHEET).root(), "sheetProtection").count(), 0);
}

#[test]
fn what_may_be_answered() {
    let day = |year| DateTime::new(year, 1, 1, 0);
    let rows: [(Answer, &[(&str, &str)], &[&str]); 11] = [
        (Answer::confirm("Ja", "Nej"), &[("type", "list")], &["\"Ja,Nej\""]),
        (Answer::number(Some(0.5), Some(12.0)), &[("type", "decimal")], &["0.5", "12"]),
        (Answer::number(Some(1.0), None), &[("type", "decimal"), ("operator", "greaterThanOrEqual")], &["1"]),
        (Answer::number(None, Some(-1.0)), &[("type", "decimal"), ("operator", "lessThanOrEqual")], &["-1"]),
        (Answer::number(None, None), &[("type", "decimal"), ("operator", "greaterThanOrEqual")], &[]),
        (Answer::choice(["a", "b"]), &[("type", "list")], &["\"a,b\""]),
        (Answer::choice(["a, och b", "c"]), &[("type", "list")], &["'lists'!$A$1:$A$2"]),
        (Answer::choice((0..60).map(|n| format!("Val {n}"))), &[("type", "list")], &["'lists'!$B$1:$B$60"]),
        (Answer::text(500), &[("type", "textLength"), ("operator", "lessThanOrEqual")], &["500"]),
        (
            Answer::new(AnswerKind::Date { first: day(2027), last: day(2028) }),
            &[("type", "date")],
            &["46388", "46753"],
        ),
        (Answer::file().hint("Namn på bilaga", "Skriv namnet."), &[("promptTitle", "Namn på bilaga"), ("prompt", "Skriv namnet.")], &[]),
    ];
    let mut one = sheet("Krav", 1);
    for (answer, ..) in &rows {
        one.row([answer.clone().into()]);
    }
    let file = book([one]).to_bytes().expect("a workbook");
    let parts = assert_package(&file);
    let xml = parts.xml(SHEET);
    for ((_, expected, formulas), row) in rows.iter().zip(2..) {
        let at = format!("A{row}");
        let rule = all(xml.root(), "dataValidation")
            .find(|rule| attribute(*rule, "sqref").is_some_and(|cells| cells.split(' ').any(|cells| cells == at || cells == format!("{at}:{at}"))))
            .unwrap_or_else(|| panic!("no rule for {at}"));
        for (name, value) in *expected {
            assert_eq!(attribute(rule, name), Some(*value), "{at} {name}");
        }
        let found: Vec<_> = rule.children().filter(Node::is_element).filter_map(|node| node.text()).collect();
        if !formulas.is_empty() {
            assert_eq!(found, *formulas, "{at}");
        }
    }
    // The lists are there, out of sight, and under lock.
    let workbook = parts.xml("xl/workbook.xml");
    let states: Vec<_> = all(workbook.root(), "sheet").map(|node| (attribute(node, "name"), attribute(node, "state"))).collect();
    assert_eq!(states, [(Some("Krav"), None), (Some("lists"), Some("hidden"))]);
    assert!(parts.text("xl/worksheets/sheet2.xml").contains("sheetProtection"));
    let mut other = Xlsx::new(Cursor::new(&file)).expect("calamine opens it");
    let lists = other.worksheet_range("lists").expect("the lists");
    assert_eq!(lists.get_value((0, 0)), Some(&Data::String("a, och b".to_owned())));
    assert_eq!(lists.get_value((59, 1)), Some(&Data::String("Val 59".to_owned())));
}

#[test]
fn equal_answers_have_one_rule() {
    let mut one = sheet("Krav", 2);
    for row in 0..6 {
        let answer = if row == 3 { Answer::text(7) } else { Answer::confirm("Ja", "Nej") };
        one.row([answer.into(), Answer::confirm("Ja", "Nej").into()]);
    }
    let parts = Parts::of(&book([one]).to_bytes().expect("a workbook"));
    let xml = parts.xml(SHEET);
    let rules: Vec<_> = all(xml.root(), "dataValidation").map(|rule| attribute(rule, "sqref").expect("cells")).collect();
    assert_eq!(rules.len(), 2);
    assert!(rules.contains(&"A2:A4 B2:B7 A6:A7"), "{rules:?}");
}

#[test]
fn messages_that_are_too_long_end_in_dots() {
    let long = "ord ".repeat(100);
    let parts = Parts::of(&of([Answer::number(None, None).hint(long.clone(), long.clone()).refusal(long.clone(), long).into()]));
    let xml = parts.xml(SHEET);
    let rule = all(xml.root(), "dataValidation").next().expect("a rule");
    for (name, most) in [("promptTitle", 32), ("prompt", 255), ("errorTitle", 32), ("error", 255)] {
        let text = attribute(rule, name).expect("a message");
        assert!(text.ends_with('…') && text.chars().count() <= most, "{name}: {text}");
    }
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
