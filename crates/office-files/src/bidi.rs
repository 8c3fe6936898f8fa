//! Which way letters run. Word has to be told, run by run.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

use Direction::{LeftToRight, RightToLeft};

/// Begins and ends text that nothing around it reorders, and that reorders nothing around it.
pub(crate) const ISOLATE: &str = "\u{2068}";
pub(crate) const END_OF_ISOLATE: &str = "\u{2069}";

/// The direction of the first letter; from left to right where there is none.
pub(crate) fn base<'a>(mut texts: impl Iterator<Item = &'a str>) -> Direction {
    texts.find_map(|text| text.chars().find_map(strong)).unwrap_or(LeftToRight)
}

/// Whether a text can reorder what stands beside it: by its letters, or by characters that are there to do so.
pub(crate) fn reorders(text: &str, base: Direction) -> bool {
    let other = |c: char| if base == LeftToRight { runs_left(c) } else { strong(c) == Some(LeftToRight) };
    text.chars().any(|c| other(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The text in runs of one direction. What has none of its own goes with its neighbours where they agree, and with the
/// paragraph where they do not.
pub(crate) fn runs(text: &str, base: Direction) -> Vec<(Direction, &str)> {
    if base == LeftToRight && !text.chars().any(runs_left) {
        return if text.is_empty() { Vec::new() } else { vec![(base, text)] };
    }
    let mut found = Vec::new();
    let other = if base == LeftToRight { RightToLeft } else { LeftToRight };
    let mut given = 0;
    let mut open: Option<(usize, usize)> = None;
    let mut close = |open: Option<(usize, usize)>| {
        if let Some((begin, end)) = open {
            found.extend([(base, &text[given..begin]), (other, &text[begin..end])]);
            given = end;
        }
    };
    for (place, c) in text.char_indices() {
        match strong(c) {
            Some(direction) if direction != base => {
                open = Some((open.map_or(place, |(begin, _)| begin), place + c.len_utf8()));
            }
            Some(_) => close(open.take()),
            None => {}
        }
    }
    close(open);
    found.push((base, &text[given..]));
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// The language of letters that run from right to left, as far as letters tell.
pub(crate) fn language(text: &str) -> &'static str {
    if text.chars().any(|c| matches!(c, '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}')) { "he-IL" } else { "ar-SA" }
}

fn strong(c: char) -> Option<Direction> {
    match c {
        '\u{200e}' => Some(LeftToRight),
        _ if runs_left(c) => Some(RightToLeft),
        _ if is_right_block(c) => None,
        _ => c.is_alphabetic().then_some(LeftToRight),
    }
}

/// Whether a letter runs from right to left. Most do not, and are known by their number alone.
fn runs_left(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200f}') || (is_right_block(c) && c.is_alphabetic())
}

fn is_right_block(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::{
        Direction::{self, LeftToRight, RightToLeft},
        base, language, reorders, runs,
    };

    #[test]
    fn the_first_letter_decides() {
        for (text, direction) in [
            ("", LeftToRight),
            ("123 (…)", LeftToRight),
            ("12 שלום abc", RightToLeft),
            ("Åsa שלום", LeftToRight),
            ("\u{200f}1", RightToLeft),
            ("٣ مرحبا", RightToLeft),
        ] {
            assert_eq!(base([text].into_iter()), direction, "{text}");
        }
        assert_eq!(base(["1", " ", "שלום", "a"].into_iter()), RightToLeft);
    }

    #[test]
    fn runs_of_one_direction() {
        let case = |text: &'static str, base: Direction, expected: &[&str]| {
            let found = runs(text, base);
            assert_eq!(found.iter().map(|(_, text)| *text).collect::<Vec<_>>(), expected);
            assert!(found.windows(2).all(|pair| pair[0].0 != pair[1].0));
        };
        case("", LeftToRight, &[]);
        case("abc 1", LeftToRight, &["abc 1"]);
        case("a שלום, עולם: 12 b", LeftToRight, &["a ", "שלום, עולם", ": 12 b"]);
        case("שלום abc 12 עולם", RightToLeft, &["שלום ", "abc", " 12 עולם"]);
        case("שלום", LeftToRight, &["שלום"]);
        assert_eq!(runs("שלום", LeftToRight), [(RightToLeft, "שלום")]);
    }

    #[test]
    fn what_reorders() {
        assert!(!reorders("abc åäö – ”1”", LeftToRight));
        assert!(reorders("abc שלום", LeftToRight));
        assert!(!reorders("שלום", RightToLeft));
        assert!(reorders("abc\u{202e}", LeftToRight));
        assert_eq!((language("שלום"), language("مرحبا")), ("he-IL", "ar-SA"));
    }
}
