//! Texts from forms: what is kept of them.

use kravbank::kernel::{
    i18n::Lang,
    web::{is_email, line, lines},
};
use time::macros::datetime;

#[test]
fn texts_are_made_clean() {
    for (typed, many, one) in [
        ("  Hej\r\ndär \r\n", "Hej\ndär", "Hej där"),
        ("a\rb\u{2028}c\u{2029}d", "a\nb\nc\nd", "a b c d"),
        ("a\u{0}b\u{1b}c\u{85}d\u{7f}", "abcd", "abcd"),
        ("\u{202e}slut\u{2066}\u{feff}", "slut", "slut"),
        ("kol\tumn", "kol\tumn", "kol umn"),
        ("åäö 🧤 e\u{301}", "åäö 🧤 e\u{301}", "åäö 🧤 e\u{301}"),
        ("\r\n \t", "", ""),
    ] {
        assert_eq!((lines(typed).as_str(), line(typed).as_str()), (many, one), "{typed:?}");
    }
}

#[test]
fn an_address_looks_like_one() {
    let long = format!("a@{}.se", "b".repeat(250));
    for good in ["anna@example.se", "a.b+c@x.y.z", "åsa@räksmörgås.se", "o'hara@example.se"] {
        assert!(is_email(good), "{good}");
    }
    for bad in [
        "",
        "anna",
        "anna@",
        "@example.se",
        "anna@example",
        "a b@example.se",
        "a@b@c.se",
        "a@.se",
        "a@b..se",
        "<a@b.se>",
        "a@b.se, c@d.se",
        "a@b.se\n",
        &long,
    ] {
        assert!(!is_email(bad), "{bad:?}");
    }
}

#[test]
fn a_time_is_that_in_sweden_and_never_too_early() {
    assert_eq!(Lang::Sv.time_of(datetime!(2026-11-22 12:10:59.9 UTC)), "13.10");
    assert_eq!(Lang::Sv.moment(datetime!(2026-11-22 22:59:59 UTC)), "22 november 2026 klockan 23.59");
    assert_eq!(Lang::Sv.time_from(datetime!(2026-11-22 12:10:00 UTC)), "13.10");
    assert_eq!(Lang::Sv.time_from(datetime!(2026-07-22 12:10:00.000001 UTC)), "14.11");
    assert_eq!(Lang::En.time_from(datetime!(2026-11-22 22:59:59 UTC)), "00:00");
}
