//! What a file is called, and how a browser is told.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Format;

/// RFC 5987 `attr-char` besides letters and digits.
const ATTR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');
/// The most characters of a name before its ending: file systems take 255 bytes.
const LONGEST: usize = 80;

/// The name of a file: that of the selection, without what file systems and people trip over.
pub fn file_name(selection: &str, format: Format) -> String {
    let kept: String = selection.chars().map(|c| if is_fine(c) { c } else { ' ' }).collect();
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    let short = short.trim_matches([' ', '.', '-']);
    let stem = if short.is_empty() { "krav" } else { short };
    format!("{stem}.{}", format.word())
}

/// What no system refuses in a name, and nobody can hide another ending behind.
fn is_fine(c: char) -> bool {
    !c.is_control()
        && !"\\/:*?\"<>|%;".contains(c)
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{061c}')
}

/// The header that says so (RFC 6266): the name in letters that every program reads, and the whole name (RFC 5987).
pub fn disposition(kind: &str, name: &str) -> String {
    let ascii: String = name.chars().filter_map(folded).collect();
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTR))
}

/// A letter of a name in ASCII.
fn folded(c: char) -> Option<char> {
    Some(match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => 'a',
        'Å' | 'Ä' | 'Á' | 'À' | 'Â' => 'A',
        'ö' | 'ø' | 'ó' | 'ô' => 'o',
        'Ö' | 'Ø' => 'O',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'É' | 'È' => 'E',
        'ü' => 'u',
        '–' | '—' => '-',
        '"' | '\\' => return None,
        c if c.is_ascii() && !c.is_ascii_control() => c,
        _ => '_',
    })
}
