//! KB-0042.

use kravbank::requirements::RequirementNumber;
use proptest::prelude::*;

fn loosely(text: &str) -> Option<i64> {
    RequirementNumber::parse_loosely(text).map(RequirementNumber::get)
}

#[test]
fn people_write_it_in_many_ways() {
    for text in
        ["KB-0042", "kb-0042", "Kb42", "KB 42", "kb--42", " KB-42 ", "KB\u{2011}42", "KB\u{2013}0042", "kb_42", "KB-000000000042"]
    {
        assert_eq!(loosely(text), Some(42), "{text}");
    }
    for text in [
        "",
        "KB",
        "KB-",
        "42",
        "KB-0",
        "KB-0000",
        "KB-42a",
        "KB-4 2",
        "KB-+42",
        "KB--",
        "KB-٤٢",
        "KB-100000000",
        "KB-1234567890123",
        "BK-42",
        "åä",
        "KÅ-42",
        "KB-42:3",
    ] {
        assert_eq!(loosely(text), None, "{text}");
    }
}

#[test]
fn one_spelling_is_canonical() {
    assert_eq!(RequirementNumber::from_db(7).to_string(), "KB-0007");
    assert_eq!(RequirementNumber::from_db(12345).to_string(), "KB-12345");
    for text in ["KB-42", "kb-0042", "KB-00042", " KB-0042", "KB0042"] {
        assert!(text.parse::<RequirementNumber>().is_err(), "{text}");
    }
    assert!(RequirementNumber::from_db(9999) < RequirementNumber::from_db(10000), "sorted as numbers");
}

proptest! {
    #[test]
    fn what_is_printed_is_read(n in 1_i64..=RequirementNumber::LAST) {
        let number = RequirementNumber::from_db(n);
        prop_assert_eq!(number.to_string().parse::<RequirementNumber>().ok(), Some(number));
        prop_assert_eq!(loosely(&format!("kb{n}")), Some(n));
    }

    #[test]
    fn nothing_makes_it_fail(text in any::<String>(), tail in "[kK][bB][-_ ]?\\PC{0,14}") {
        for text in [text, tail] {
            if let Some(number) = RequirementNumber::parse_loosely(&text) {
                prop_assert!(number.get() > 0);
                prop_assert_eq!(number.to_string().parse::<RequirementNumber>().ok(), Some(number));
            }
        }
    }
}
