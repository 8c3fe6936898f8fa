//! Swedish sentences and their length.

use std::ops::Range;

/// Abbreviations after which a sentence goes on, without their last point.
const GOES_ON: &[&str] = &[
    "t.ex", "t. ex", "ex", "bl.a", "bl. a", "d.v.s", "dvs", "s.k", "p.g.a", "pga", "fr.o.m", "from", "t.o.m", "tom", "nr", "kap",
    "st", "art", "bil", "p", "jfr", "kl", "tel", "inkl", "exkl", "ca", "c:a", "resp", "max", "min", "ev", "enl", "fig", "tab",
    "avs", "ang", "f.n", "i.o.m", "m.a.p", "m.h.t", "o", "prop", "sid", "s", "uppl", "utg", "vers", "v", "ver", "rev", "no",
    "obs",
];

/// Abbreviations that often end a sentence: they do when a capital letter follows.
const MAY_END: &[&str] = &["m.m", "mm", "m.fl", "mfl", "etc", "osv", "o.s.v", "e.d", "o.d", "o.dyl", "dyl", "f.d", "e.dyl"];

/// The sentences of a text, trimmed, in order. A line of a list is a sentence of its own.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut end_at = |start: &mut usize, end: usize| {
        let part = &text[*start..end];
        let from = *start + (part.len() - part.trim_start().len());
        let to = from + part.trim().len();
        if from < to {
            found.push(from..to);
        }
        *start = end;
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' if line_ends(&text[start..at], &text[at + 1..]) => end_at(&mut start, at),
            '.' | '!' | '?' | '…' => {
                let mut end = at + c.len_utf8();
                while let Some(&(next_at, next)) = chars.peek() {
                    if !matches!(next, '.' | '!' | '?' | '"' | '”' | '\'' | '’' | '»' | ')' | ']') {
                        break;
                    }
                    end = next_at + next.len_utf8();
                    chars.next();
                }
                if point_ends(&text[start..at], c, &text[end..]) {
                    end_at(&mut start, end);
                }
            }
            _ => {}
        }
    }
    end_at(&mut start, text.len());
    found
}

fn line_ends(before: &str, after: &str) -> bool {
    if before.trim_end_matches([' ', '\t', '\r']).ends_with(['.', ':', ';', '!', '?']) {
        return true;
    }
    let next = after.trim_start_matches([' ', '\t', '\r']);
    let Some(first) = next.chars().next() else { return true };
    first == '\n' || matches!(first, '-' | '–' | '—' | '•' | '*' | '·') || first.is_uppercase() || first.is_numeric() || {
        let mut two = next.chars().skip(1);
        first.is_alphabetic() && matches!(two.next(), Some(')' | '.'))
    }
}

fn point_ends(before: &str, point: char, after: &str) -> bool {
    let next = after.trim_start_matches([' ', '\t', '\u{a0}']);
    if next.len() == after.len() && !next.is_empty() {
        return false; // "0.1", "t.ex", or a line end, which is judged by itself
    }
    let Some(first) = next.chars().next() else { return true };
    if !(first.is_uppercase() || first.is_numeric() || matches!(first, '{' | '"' | '”' | '»' | '(' | '[' | '–')) {
        return false;
    }
    if point != '.' {
        return true;
    }
    let mut from = before.len();
    for (at, c) in before.char_indices().rev().take(10) {
        if c.is_whitespace() || matches!(c, '(' | '[' | '"' | '”') {
            break;
        }
        from = at;
    }
    let word = before[from..].to_lowercase();
    if before[..from].trim().is_empty() && !word.is_empty() && word.chars().all(|c| c.is_numeric() || c == '.') {
        return false; // "1. Varan ska …"
    }
    if MAY_END.contains(&word.as_str()) {
        return first.is_uppercase() || first == '{';
    }
    !GOES_ON.contains(&word.as_str())
}

/// How many words a sentence has. Numbers, signs and codes such as `PVC` or `14001:2015` are none, since they cannot be said
/// in fewer; what the buyer fills in is one.
pub(crate) fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_lowercase)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn ends_at_points() {
        assert_eq!(
            split("Varan ska vara blå. Den får inte vara röd!  Är den det?"),
            ["Varan ska vara blå.", "Den får inte vara röd!", "Är den det?"]
        );
        assert_eq!(split("Varan ska vara blå (se bilaga 1.) Den"), ["Varan ska vara blå (se bilaga 1.)", "Den"]);
        assert_eq!(
            split("Det är 30 dagar. {{andel}} procent ska bort. 20 procent är kvar."),
            ["Det är 30 dagar.", "{{andel}} procent ska bort.", "20 procent är kvar."]
        );
    }

    #[test]
    fn goes_on_after_abbreviations() {
        for one in [
            "Märken, t.ex. Svanen och bl.a. EU Ecolabel, d.v.s. sådana, godtas.",
            "Enligt 9 kap. 12 § LOU och nr. 4 i bil. 2.",
            "Halten ska vara 0.1 eller 0,1 procent.",
            "Intyg, rapporter m.m. från tillverkaren.",
            "1. Varan ska vara blå.",
            "Version 8.0 gäller.",
            "Svar lämnas kl. 8 och senast kl. 16.",
        ] {
            assert_eq!(split(one), [one]);
        }
        assert_eq!(split("Intyg, rapporter m.m. Leverantören svarar."), ["Intyg, rapporter m.m.", "Leverantören svarar."]);
    }

    #[test]
    fn takes_lists_line_by_line() {
        assert_eq!(
            split("Varan ska vara:\n– blå\n- grön\na) gul\n2. vit"),
            ["Varan ska vara:", "– blå", "- grön", "a) gul", "2. vit"]
        );
        assert_eq!(split("Varan ska\nvara blå.\n\nDen"), ["Varan ska\nvara blå.", "Den"]);
        assert_eq!(split(" \n "), Vec::<&str>::new());
    }

    #[test]
    fn counts_words() {
        assert_eq!(words("Halten {{amne}} får vara högst 0,1 mg/kg enligt SS-EN ISO 14184-1:2011, PVC – fri."), 8);
    }
}
