//! Cells for answers: what may be filled in, and that nothing else can be changed.
#![allow(missing_docs, reason = "tests")]

#[path = "support/book.rs"]
mod support;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use office_files::{
    DateTime,
    workbook::{Answer, AnswerKind, Cell},
};
use roxmltree::Node;
use support::{Parts, SHEET, all, assert_package, attribute, book, cell, of, sheet, unlocked};

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

/// An answer, what its rule says of itself, and what it compares with.
type Case<'a> = (Answer, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn what_may_be_answered() {
    let day = |year| DateTime::new(year, 1, 1, 0);
    let rows: [Case<'_>; 11] = [
        (Answer::confirm("Ja", "Nej"), &[("type", "list")], &["\"Ja,Nej\""]),
        (Answer::number(Some(0.5), Some(12.0)), &[("type", "decimal")], &["0.5", "12"]),
        (Answer::number(Some(1.0), None), &[("type", "decimal"), ("operator", "greaterThanOrEqual")], &["1"]),
        (Answer::number(None, Some(-1.0)), &[("type", "decimal"), ("operator", "lessThanOrEqual")], &["-1"]),
        (Answer::number(None, None), &[("type", "decimal"), ("operator", "greaterThanOrEqual")], &[]),
        (Answer::choice(["a", "b"]), &[("type", "list")], &["\"a,b\""]),
        (Answer::choice(["a, och b", "c"]), &[("type", "list")], &["'lists'!$A$1:$A$2"]),
        (Answer::choice((0..60).map(|n| format!("Val {n}"))), &[("type", "list")], &["'lists'!$B$1:$B$60"]),
        (Answer::text(500), &[("type", "textLength"), ("operator", "lessThanOrEqual")], &["500"]),
        (Answer::new(AnswerKind::Date { first: day(2027), last: day(2028) }), &[("type", "date")], &["46388", "46753"]),
        (
            Answer::file().hint("Namn på bilaga", "Skriv namnet."),
            &[("promptTitle", "Namn på bilaga"), ("prompt", "Skriv namnet.")],
            &[],
        ),
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
            .find(|rule| {
                attribute(*rule, "sqref")
                    .is_some_and(|cells| cells.split(' ').any(|cells| cells == at || cells == format!("{at}:{at}")))
            })
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
