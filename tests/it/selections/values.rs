//! Values as they are typed, kept and printed.

use kravbank::{
    kernel::i18n::Lang,
    requirements::{
        fields::{Exemption, Parameter},
        parameters::{self, filled, print, unknown},
    },
    selections::values::{self, Misfit, fits, parse},
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use time::{Date, macros::date};

fn parameter(of: Value) -> Parameter {
    let mut whole = json!({"key": "a", "label": "A"});
    let (Value::Object(map), Value::Object(of)) = (&mut whole, of) else { panic!("objects") };
    map.extend(of);
    serde_json::from_value(whole).expect("a parameter")
}

fn number() -> Parameter {
    parameter(json!({"kind": "number", "unit": "mg/kg"}))
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (typed, lang, expected) in [
        ("12", Lang::Sv, json!(12)),
        ("12,5", Lang::Sv, json!(12.5)),
        ("12.5", Lang::Sv, json!(12.5)),
        (" 1 000 ", Lang::Sv, json!(1000)),
        ("1\u{a0}000,25", Lang::Sv, json!(1000.25)),
        ("0.125", Lang::Sv, json!(0.125)),
        ("−3", Lang::Sv, json!(-3)),
        ("-0,5", Lang::Sv, json!(-0.5)),
        ("007", Lang::Sv, json!(7)),
        ("5,0", Lang::Sv, json!(5)),
        ("500 mg/kg", Lang::Sv, json!(500)),
        ("500MG/KG", Lang::Sv, json!(500)),
        ("1,000", Lang::En, json!(1000)),
        ("1,000.5", Lang::En, json!(1000.5)),
        ("1,000", Lang::Sv, json!(1)),
        ("12,5", Lang::En, json!(12.5)),
        ("0,125", Lang::En, json!(0.125)),
    ] {
        assert_eq!(parse(&number(), typed, lang), Ok(Some(expected)), "{typed:?}");
    }
    let percent = parameter(json!({"kind": "percent", "unit": "procent"}));
    for typed in ["30 %", "30%", "30 procent", "30"] {
        assert_eq!(parse(&percent, typed, Lang::Sv), Ok(Some(json!(30))), "{typed:?}");
    }
    for (typed, misfit) in [
        ("tolv", Misfit::NoNumber),
        ("1,2,3", Misfit::NoNumber),
        (",5", Misfit::NoNumber),
        ("5,", Misfit::NoNumber),
        ("1e5", Misfit::NoNumber),
        ("٣", Misfit::NoNumber),
        ("=1+1", Misfit::NoNumber),
        ("--1", Misfit::NoNumber),
        ("NaN", Misfit::NoNumber),
        ("1.000", Misfit::TwoNumbers),
        ("1234567890123456", Misfit::TooManyDigits),
        ("0,1234567", Misfit::TooManyDigits),
    ] {
        assert_eq!(parse(&number(), typed, Lang::Sv), Err(misfit), "{typed:?}");
    }
    assert_eq!(parse(&number(), " \t ", Lang::Sv), Ok(None));
}

#[test]
fn the_range_holds_to_its_edges() {
    let share = parameter(json!({"kind": "percent", "min": 10, "max": 90.5}));
    for (typed, expected) in
        [("10", Ok(())), ("9,999999", Err(Misfit::Below)), ("90,5", Ok(())), ("90,500001", Err(Misfit::Above))]
    {
        assert_eq!(parse(&share, typed, Lang::Sv).map(|_| ()), expected, "{typed}");
    }
    let day = parameter(json!({"kind": "date", "min": "2027-01-01", "max": "2027-12-31"}));
    for (typed, expected) in [
        ("2027-01-01", Ok(Some(json!("2027-01-01")))),
        ("20271231", Ok(Some(json!("2027-12-31")))),
        ("2027/3/5", Ok(Some(json!("2027-03-05")))),
        ("2026-12-31", Err(Misfit::Below)),
        ("2028-01-01", Err(Misfit::Above)),
        ("2027-02-29", Err(Misfit::NoDate)),
        ("12 mars", Err(Misfit::NoDate)),
        ("2027-13-01", Err(Misfit::NoDate)),
        ("+027-01-01", Err(Misfit::NoDate)),
        ("27-01-01", Err(Misfit::NoDate)),
        ("ååååååå", Err(Misfit::NoDate)),
    ] {
        assert_eq!(parse(&day, typed, Lang::Sv), expected, "{typed}");
    }
    let choice = parameter(json!({"kind": "choice", "options": ["år", "kvartal"]}));
    assert_eq!(parse(&choice, "kvartal", Lang::Sv), Ok(Some(json!("kvartal"))));
    assert_eq!(parse(&choice, "Kvartal", Lang::Sv), Err(Misfit::NoOption));
    let text = parameter(json!({"kind": "text"}));
    assert_eq!(parse(&text, &"å".repeat(500), Lang::Sv).map(|_| ()), Ok(()));
    assert_eq!(parse(&text, &"å".repeat(501), Lang::Sv), Err(Misfit::TooLong));
}

#[test]
fn values_come_along_where_they_fit() {
    let old = [parameter(json!({"kind": "percent", "max": 100})), parameter(json!({"key": "b", "label": "B", "kind": "text"}))];
    let new = [parameter(json!({"kind": "percent", "min": 50}))];
    let values = |a: i64| Map::from_iter([("a".to_owned(), json!(a)), ("b".to_owned(), json!("x"))]);
    let (kept, lost) = values::carried(&values(60), &old, &new);
    assert_eq!((Value::Object(kept), lost), (json!({"a": 60}), vec!["B".to_owned()]));
    let (kept, lost) = values::carried(&values(30), &old, &new);
    assert_eq!((kept.len(), lost), (0, vec!["A".to_owned(), "B".to_owned()]));
}

#[test]
fn exemptions_hold_until_they_end() {
    let until = |what: &str, until: Option<Date>| Exemption { what: what.to_owned(), reason: String::new(), until };
    let all = [until("a", Some(date!(2026 - 11 - 22))), until("b", Some(date!(2026 - 11 - 21))), until("c", None)];
    let today = date!(2026 - 11 - 22);
    assert_eq!(values::exemptions(&all, None, today), [0, 2], "the last day is a day");
    assert_eq!(values::exemptions(&all, Some(&[1, 2, 9]), today), [2], "none that has ended, none that is not there");
    assert_eq!(values::exemptions(&all, Some(&[]), today), Vec::<usize>::new());
    // What was taken out stays out in another version, what is new is in.
    let new = [until("c", None), until("d", None), until("a", None)];
    assert_eq!(values::carried_exemptions(&all, Some(&[0, 1]), &new), Some(vec![1, 2]));
    assert_eq!(values::carried_exemptions(&all, None, &new), None);
}

#[test]
fn texts_are_filled_once() {
    let parameters = [number(), parameter(json!({"key": "b", "label": "Dag", "kind": "date"}))];
    let values = Map::from_iter([("a".to_owned(), json!(1234.5)), ("b".to_owned(), json!("2027-03-12"))]);
    let text = "Högst {{a}} till {{ b }}, {{c}} och {{a";
    assert_eq!(filled(text, &parameters, &values, Lang::Sv), "Högst 1\u{a0}234,5 till 12 mars 2027, {{c}} och {{a");
    assert_eq!(filled(text, &parameters, &values, Lang::En), "Högst 1,234.5 till 12 March 2027, {{c}} och {{a");
    assert_eq!(filled("{{a}} {{b}}", &parameters, &Map::new(), Lang::Sv), "[A] [Dag]");
    assert_eq!(unknown([text, "{{c}} {{d}} {{{{a}}"], &parameters), ["c", "d"]);
    // A value is no text with places of its own.
    let sly = [parameter(json!({"kind": "text"})), parameter(json!({"key": "b", "label": "B", "kind": "text"}))];
    let values = Map::from_iter([("a".to_owned(), json!("{{b}}")), ("b".to_owned(), json!("x"))]);
    assert_eq!(filled("{{a}}{{b}}", &sly, &values, Lang::Sv), "{{b}}x");
    for (value, sv) in
        [(json!(-0.5), "\u{2212}0,5"), (json!(0.000_001), "0,000001"), (json!(-1000), "\u{2212}1\u{a0}000"), (json!(2.0), "2")]
    {
        assert_eq!(print(&value, Lang::Sv), sv);
    }
}

proptest! {
    /// What is printed can be typed again and is the same value.
    #[test]
    fn a_number_survives_being_printed(whole in -99_999_999_i64..99_999_999, decimals in 0_u32..1_000_000, english: bool) {
        let lang = if english { Lang::En } else { Lang::Sv };
        let text = format!("{whole},{decimals:06}");
        let value = parse(&number(), &text, Lang::Sv).expect("a number").expect("a value");
        let printed = print(&value, lang);
        prop_assert_eq!(parse(&number(), &printed, lang), Ok(Some(value.clone())), "{}", printed);
        prop_assert_eq!(fits(&number(), &value), Ok(()));
        // And through the database, which keeps JSON.
        let kept: Value = serde_json::from_str(&value.to_string()).expect("JSON");
        prop_assert_eq!(kept, value);
    }

    /// Whatever is typed is read or refused; what is read fits, and is the same when it is read again.
    #[test]
    fn anything_can_be_typed(typed in "\\PC{0,30}|[-−0-9 .,%]{0,20}", kind in prop::sample::select(vec!["number", "percent", "date", "text", "choice"])) {
        let parameter = parameter(json!({"kind": kind, "options": ["a", "b"], "unit": "kg"}));
        for lang in [Lang::Sv, Lang::En] {
            if let Ok(Some(value)) = parse(&parameter, &typed, lang) {
                prop_assert_eq!(fits(&parameter, &value), Ok(()));
                let again = if kind == "date" { value.as_str().unwrap_or_default().to_owned() } else { print(&value, lang) };
                prop_assert_eq!(parse(&parameter, &again, lang), Ok(Some(value)));
            }
        }
    }

    /// Texts without parameters stay as they are, whatever stands in them.
    #[test]
    fn a_text_without_parameters_stays(text in "[a-z{} ]{0,60}") {
        prop_assert_eq!(filled(&text, &[], &Map::new(), Lang::Sv), text.clone());
        prop_assert_eq!(parameters::plain(&text, &[], Lang::Sv), text);
    }
}

#[test]
fn values_are_printed_with_their_unit() {
    for (of, value, lang, expected) in [
        (json!({"kind": "percent", "unit": "procent"}), Some(json!(30)), Lang::Sv, Some("30\u{a0}%")),
        (json!({"kind": "percent"}), Some(json!(0.5)), Lang::En, Some("0.5\u{a0}%")),
        (json!({"kind": "percent", "unit": "viktprocent"}), Some(json!(0.1)), Lang::Sv, Some("0,1\u{a0}viktprocent")),
        (json!({"kind": "number", "unit": "mg/kg", "default": 1000}), None, Lang::Sv, Some("1\u{a0}000\u{a0}mg/kg")),
        (json!({"kind": "number", "default": 5}), None, Lang::Sv, Some("5")),
        (json!({"kind": "date"}), Some(json!("2027-03-12")), Lang::Sv, Some("12 mars 2027")),
        (json!({"kind": "text", "unit": "st"}), Some(json!("många")), Lang::Sv, Some("många")),
        (json!({"kind": "number", "unit": "kg"}), None, Lang::Sv, None),
    ] {
        let printed = values::printed(&parameter(of.clone()), value.as_ref(), lang);
        let blank = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(printed.as_deref().map(blank), expected.map(blank), "{of} {value:?}");
        assert!(!printed.is_some_and(|text| text.contains(" %")), "the sign stands with its number");
    }
}
