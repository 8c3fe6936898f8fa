//! How high a row is. Programs work it out themselves for sheets that can be changed, and some leave it for those that
//! cannot, so that texts lie over one another.

/// Of a line of the usual font, and what Excel takes for a row: both in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 408.75;
const WIDEST: f64 = 1.75;

/// How many lines a text takes in a column of such a width, counted in digits; a little more than it will.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    // A column has room for a digit less than its width where fonts differ.
    let room = (width - 1.0).max(1.0);
    // No character is wider than its bytes times this.
    #[expect(clippy::cast_precision_loss, reason = "a text of 2^52 bytes is none")]
    if text.len() as f64 * WIDEST < room && !text.contains('\n') {
        return 1;
    }
    text.split('\n').map(|line| paragraph(line, room)).sum()
}

/// The height of a row of so many lines; none where it is the usual one.
pub(super) fn height(lines: u32) -> Option<f64> {
    (lines > 1).then(|| (f64::from(lines) * LINE).min(HIGHEST))
}

fn paragraph(text: &str, room: f64) -> u32 {
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split_inclusive(char::is_whitespace) {
        let width: f64 = word.trim_end().chars().map(self::width).sum();
        if used > 0.0 && used + width > room {
            lines += 1;
            used = 0.0;
        }
        // A word longer than a line goes on in the next.
        let mut left = width;
        while left > room {
            lines += 1;
            left -= room;
        }
        used = if left < width { left } else { used + width };
        used += word.chars().rev().take_while(|c| c.is_whitespace()).map(self::width).sum::<f64>();
    }
    lines
}

/// The width of a character in Calibri, in digits.
fn width(c: char) -> f64 {
    match c {
        ' ' | 'i' | 'l' | 'j' | 'I' | '.' | ',' | ';' | ':' | '\'' | '!' | '|' | '(' | ')' | '[' | ']' | '-' | '/' => 0.6,
        'f' | 't' | 'r' | 's' => 0.8,
        'm' | 'w' | 'W' | 'M' | '%' | '@' | '—' => WIDEST,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 1.3,
        // Scripts whose letters are as wide as they are high.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'.. => {
            2.3
        }
        _ => 1.06,
    }
}

#[cfg(test)]
mod tests {
    use super::{height, lines};

    #[test]
    fn lines_of_a_text() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("kort", 10.0), 1);
        assert_eq!(lines("en\ntvå\n\nfyra", 10.0), 4);
        assert_eq!(lines("ett två tre fyra", 10.0), 2);
        assert_eq!(lines(&"a".repeat(100), 11.0), 11);
        assert_eq!(lines(&"ord ".repeat(100), 41.0), 10);
        assert_eq!(lines("x", 0.0), 2);
    }

    #[test]
    fn heights() {
        assert_eq!(height(1), None);
        assert_eq!(height(3), Some(45.0));
        assert_eq!(height(1000), Some(408.75));
    }
}
