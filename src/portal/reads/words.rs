//! Texts as pages show them: in one of two languages, or cut short.

use crate::kernel::i18n::Lang;

/// A text, and whether it is Swedish on an English page, so that the page can say so to a screen reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it takes `lang="sv"`.
    pub foreign: bool,
}

impl<'a> Words<'a> {
    /// The English text on an English page where there is one, otherwise the Swedish.
    pub fn choose(lang: Lang, swedish: &'a str, english: Option<&'a str>) -> Self {
        match english.filter(|text| !lang.is_swedish() && !text.is_empty()) {
            Some(text) => Self { text, foreign: false },
            None => Self { text: swedish, foreign: !lang.is_swedish() },
        }
    }
}

/// The beginning of a text: at most so many characters, cut between words, with an ellipsis where it was cut.
pub fn clip(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let whole = text[..end].rfind(' ').map_or(end, |space| space);
    format!("{}\u{a0}…", text[..whole].trim_end_matches([' ', ',', ';', ':', '.', '–']))
}

/// The first sentence of a description.
pub fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |stop| &text[..=stop])
}

/// As much of a text as `most` characters hold, ended at a whole word, with an ellipsis where something is missing.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most - 1).map_or(text.len(), |(at, _)| at);
    let whole = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", text[..whole].trim_end_matches(|c: char| c.is_whitespace() || c == ','))
}

/// Names in a row, `Handskar, sårvård, datorer`: those after the first begin in lower case, abbreviations apart.
pub fn in_a_row<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut row = String::new();
    for name in names {
        let mut letters = name.chars();
        match (row.is_empty(), letters.next(), letters.next()) {
            (true, ..) => row.push_str(name),
            (false, Some(first), Some(second)) if !second.is_uppercase() => {
                row.push_str(", ");
                row.extend(first.to_lowercase());
                row.push_str(&name[first.len_utf8()..]);
            }
            _ => {
                row.push_str(", ");
                row.push_str(name);
            }
        }
    }
    row
}
