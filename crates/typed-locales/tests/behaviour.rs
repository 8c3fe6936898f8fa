//! What the generated code does.

/// The committed output, compiled.
mod i18n {
    include!("fixtures/generated.rs");
}

use i18n::{KEYS, Lang, Texts};

const SV: Texts = Texts(Lang::Sv);
const EN: Texts = Texts(Lang::En);

#[test]
fn texts_without_arguments() {
    assert_eq!(SV.start_title(), "Krav för hållbar upphandling");
    assert_eq!(EN.start_title(), "Criteria for sustainable procurement");
    assert_eq!(SV.start_quote(), "Sök på \"el\" \\ `kod`\nrad två");
    assert_eq!(EN.start_braces(), "Write {name} like this");
}

#[test]
fn plurals_are_chosen_on_n() {
    assert_eq!(EN.requirements_list_hits(1), "1 requirement");
    assert_eq!(EN.requirements_list_hits(-1), "-1 requirement");
    assert_eq!(EN.requirements_list_hits(0), "0 requirements");
    assert_eq!(SV.requirements_list_left(1), "Ett krav kvar");
    assert_eq!(SV.requirements_list_left(2), "Flera krav kvar");
    assert_eq!(EN.requirements_owner_has("Skåne", 1, ""), "Skåne has 1 requirement");
}

#[test]
fn numbers_have_the_separator_of_the_language() {
    assert_eq!(SV.requirements_list_hits(999), "999 krav");
    assert_eq!(SV.requirements_list_hits(1_000), "1\u{a0}000 krav");
    assert_eq!(SV.requirements_list_hits(-1_234_567), "-1\u{a0}234\u{a0}567 krav");
    assert_eq!(EN.requirements_list_hits(12_345), "12,345 requirements");
    assert_eq!(EN.requirements_list_hits(-100), "-100 requirements");
    assert_eq!(EN.requirements_list_hits(i64::MIN), "-9,223,372,036,854,775,808 requirements");
}

#[test]
fn arguments_are_placed_by_name() {
    assert_eq!(SV.requirements_list_by("Kim", 1_000, 2_000), "Kim skrev 1\u{a0}000 av 2\u{a0}000 krav {Kim}");
    assert_eq!(EN.requirements_list_by('K', 1_000, 2_000), "1,000 of 2,000 requirements were written by K");
}

#[test]
fn keys_are_listed_and_looked_up() {
    assert_eq!(
        KEYS,
        [
            "requirements_list_by",
            "requirements_list_hits",
            "requirements_list_left",
            "requirements_owner_has",
            "start_braces",
            "start_quote",
            "start_title",
        ]
    );
    assert_eq!(EN.by_key("start_title"), Some(EN.start_title()));
    assert_eq!(EN.by_key("requirements_list_hits"), None);
    assert_eq!(EN.by_key("start.title"), None);
}
