//! What a file is called that is handed out, and how a browser is told.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

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

/// What no system refuses in a name, and nobody can hide another ending behind.
pub fn is_fine_in_names(c: char) -> bool {
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
