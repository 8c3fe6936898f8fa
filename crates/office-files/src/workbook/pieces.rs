//! Long texts in pieces that fit a cell.

/// What a cell holds at most: UTF-16 units, and line ends.
pub(super) const MOST_UNITS: usize = 32_767;
pub(super) const MOST_LINE_ENDS: usize = 253;

/// The text in pieces that each fit a cell of a workbook: together they are the text, to the letter. Divided where a
/// paragraph ends, else where a word ends, else between two characters. An empty text is one empty piece.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(end) = overflow(rest) {
        let head = &rest[..end];
        // Not so far back that pieces become crumbs.
        let place = [head.rfind('\n'), head.rfind(char::is_whitespace)].into_iter().flatten().find(|place| *place > end / 2);
        let place = place.map_or(end, |place| place + head[place..].chars().next().map_or(1, char::len_utf8));
        let (piece, more) = rest.split_at(place);
        found.push(piece);
        rest = more;
    }
    found.push(rest);
    found
}

/// Where the first character stands that no longer fits a cell.
pub(super) fn overflow(text: &str) -> Option<usize> {
    if text.len() <= MOST_LINE_ENDS {
        return None;
    }
    let (mut units, mut lines) = (0, 0);
    text.char_indices().find_map(|(place, c)| {
        units += c.len_utf16();
        lines += usize::from(c == '\n' || c == '\r');
        (units > MOST_UNITS || lines > MOST_LINE_ENDS).then_some(place)
    })
}

/// The text, or as much of it as fits so many UTF-16 units with `…` behind it.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 1;
    let end = text
        .char_indices()
        .find_map(|(place, c)| {
            units += c.len_utf16();
            (units > most).then_some(place)
        })
        .unwrap_or(text.len());
    format!("{}…", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::{overflow, pieces, shortened};

    #[test]
    fn pieces_fit_and_are_the_text() {
        let words = "ett två tre ".repeat(10_000);
        let lines = "rad\n".repeat(1000);
        let paragraphs = format!("{}\n{}", "a b ".repeat(6000), "c d ".repeat(6000));
        let wide = "ord\u{3000}".repeat(20_000);
        for text in
            ["", "kort", &words, &wide, &lines, &paragraphs, &"🌲".repeat(40_000), &"x".repeat(32_767), &"x".repeat(32_768)]
        {
            let found = pieces(text);
            assert_eq!(found.concat(), text);
            assert!(found.iter().all(|piece| overflow(piece).is_none()));
        }
        assert_eq!(pieces(""), [""]);
        assert_eq!(pieces(&"x".repeat(32_767)).len(), 1);
        assert!(pieces(&words).iter().all(|piece| piece.ends_with(' ')));
        assert!(pieces(&paragraphs)[0].ends_with("b \n"));
        assert_eq!(pieces(&lines).len(), 4);
    }

    #[test]
    fn shortened_to_units() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "ab…");
        assert_eq!(shortened("a bcd", 3), "a…");
        assert_eq!(shortened("🌲🌲🌲", 4), "🌲…");
    }
}
