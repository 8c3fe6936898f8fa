//! Text as every format can hold it, so that all of them hold the same.

use std::borrow::Cow;

/// The text as it is written to every format: without the characters that XML 1.0 has no way to write (controls, U+FFFE
/// and U+FFFF), and with one kind of line end.
///
/// Compare with this what is read back.
///
/// ```
/// assert_eq!(office_files::clean("en\r\ntvå\u{0}\tå"), "en\ntvå\tå");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    // Most texts are known by their bytes: U+FFFE begins with one that few texts have.
    let plain = |b: u8| (b >= b' ' && b != 0xef) || b == b'\n' || b == b'\t';
    if text.bytes().all(plain) || text.chars().all(|c| is_kept(c) && c != '\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| is_kept(*c)).collect())
}

fn is_kept(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        // Those above U+007F are no use to anybody, and XML can write them.
        _ => c >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::clean;

    #[test]
    fn what_is_kept() {
        assert!(matches!(clean("Å\ta\nb\u{85}\u{1fffe}"), Cow::Borrowed(_)));
        assert_eq!(clean("\u{0}a\u{b}\u{c}\u{1f}\u{fffe}\u{ffff}b"), "ab");
        assert_eq!(clean("\r\r\n\n\r"), "\n\n\n\n");
    }
}
