//! Where *eller likvärdig* is missing after a standard, a label or a trade mark.
//!
//! LOU (2016:1145) 9:4 asks for *eller likvärdig* after a standard, 9:6 for *eller likvärdigt* after a trade mark or the like,
//! and 9:12 that other labels are accepted which say the same of the goods. The bank only points at the place; it never writes
//! the words into a requirement. The check is of words, so it finds too much rather than too little.

/// By what rule equivalents are to be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// LOU 9:4.
    Standard,
    /// LOU 9:6.
    TradeMark,
    /// LOU 9:12.
    Label,
}

/// A place where nothing says that an equivalent is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is named: `SS-EN 455-1:2020`.
    pub name: String,
    /// By what rule.
    pub rule: Rule,
}

/// Bodies whose standards are named by letters and a number.
const BODIES: [&str; 15] =
    ["SS", "SIS", "EN", "ISO", "IEC", "ASTM", "DIN", "CEN", "CENELEC", "BS", "NF", "AATCC", "AAMI", "CISPR", "ETSI"];
/// What may stand between the body and the number: the kind of document.
const KINDS: [&str; 6] = ["TS", "TR", "PAS", "CWA", "GUIDE", "EN"];
/// Labels that are named without being cited.
const LABELS: [&str; 15] = [
    "Svanen",
    "Svanenmärkt",
    "EU Ecolabel",
    "EU-blomman",
    "Bra Miljöval",
    "OEKO-TEX",
    "Oeko-Tex",
    "GOTS",
    "FSC",
    "PEFC",
    "TCO Certified",
    "EPEAT",
    "Blauer Engel",
    "Blå Ängeln",
    "Energy Star",
];
/// How equivalents are accepted, in any form of the word: `likvärdig`, `likvärdigt`, `likvärdiga`, `equivalent`.
const ACCEPTS: [&str; 3] = ["likvärdig", "equivalent", "jämförbar märkning"];
/// The most that is pointed at in a text, and in a row: whoever has read that many reads the rest alone.
pub const MOST: usize = 20;
/// How far from a name, in bytes, its acceptance may stand: further off nobody reads the two together.
const REACH: usize = 500;
/// The most bodies and kinds of a designation: `SS-EN ISO/IEC GUIDE` has five.
const MOST_BODIES: usize = 6;
/// The most parts of a designation after its number: `-1:2020/A1:2024+A2`.
const MOST_PARTS: usize = 6;
/// The most digits or letters of a number or a part.
const LONGEST_PART: usize = 10;
/// How far before its sign, in characters, a trade mark may begin.
const LONGEST_MARK: usize = 60;

/// What is named in a text without *eller likvärdig* after it. `cited` are the names of standards and labels that the
/// requirement cites. At most [`MOST`] are told, each once; the work grows with the text, not with its square.
pub fn missing<'a>(text: &str, cited: impl IntoIterator<Item = (&'a str, Rule)>) -> Vec<Finding> {
    let mut named: Vec<(usize, usize, Rule)> = standards(text);
    let known = LABELS.iter().map(|label| (*label, Rule::Label));
    for (name, rule) in cited.into_iter().chain(known) {
        named.extend(places(text, name).map(|at| (at, at + name.len(), rule)));
    }
    named.extend(marks(text));
    named.sort_by_key(|(from, to, rule)| (*from, std::cmp::Reverse(*to), *rule));
    let accepted = acceptances(text);
    let mut findings: Vec<Finding> = Vec::new();
    let mut end = 0;
    for (from, to, rule) in named {
        // A longer name takes the place of one inside it.
        if from < end {
            continue;
        }
        end = to;
        let name = &text[from..to];
        let is_known = findings.iter().any(|finding| finding.name == name);
        if is_known || is_accepted(text, to, &accepted) {
            continue;
        }
        findings.push(Finding { name: name.to_owned(), rule });
        if findings.len() == MOST {
            break;
        }
    }
    findings
}

/// Where a text says that equivalents are accepted: from and to, in order.
fn acceptances(text: &str) -> Vec<(usize, usize)> {
    let lower = lowered(text);
    let places = |word: &'static str| lower.match_indices(word).map(|(at, word)| (at, at + word.len())).collect::<Vec<_>>();
    let mut accepted: Vec<(usize, usize)> = ACCEPTS.into_iter().flat_map(places).collect();
    accepted.sort_unstable();
    accepted
}

/// A text in small letters, each at the place where the letter stood.
fn lowered(text: &str) -> String {
    let small = |c: char| {
        let mut small = c.to_lowercase();
        small.next().filter(|one| small.next().is_none() && one.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    text.chars().map(small).collect()
}

/// Whether equivalents are accepted after a place, in the rest of the sentence or in the sentence after it.
fn is_accepted(text: &str, after: usize, accepted: &[(usize, usize)]) -> bool {
    let next = accepted.partition_point(|(from, _)| *from < after);
    let near = accepted.get(next).filter(|(from, _)| from - after <= REACH);
    near.is_some_and(|(_, to)| sentence_ends(&text[after..*to]).take(2).count() < 2)
}

/// Where sentences end: a stop, a question mark or a break, before a blank and not inside an abbreviation or a number.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(move |(at, c)| {
        let after = &text[at + c.len_utf8()..];
        match c {
            '\n' => after.trim_start().chars().next().is_some().then_some(at),
            '.' | '!' | '?' => {
                let mut next = after.chars();
                let blank = next.next().is_none_or(char::is_whitespace);
                let begins = after.trim_start().chars().next().is_none_or(char::is_uppercase);
                (blank && begins && !after.trim().is_empty()).then_some(at)
            }
            _ => None,
        }
    })
}

/// Standards by their designation.
fn standards(text: &str) -> Vec<(usize, usize, Rule)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let begins = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '-');
        match begins.then(|| designation(&text[at..])).flatten() {
            Some(length) => {
                found.push((at, at + length, Rule::Standard));
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// The length of a designation that the text begins with: bodies and kinds joined by `-`, `/` or a blank, then a number with
/// its part and year.
fn designation(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut bodies = 0;
    while bodies < MOST_BODIES {
        let rest = &text[at..];
        let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let word = &rest[..letters];
        let fits = BODIES.contains(&word) || (bodies > 0 && KINDS.contains(&word));
        if !fits {
            break;
        }
        bodies += 1;
        at += letters;
        at += separator(&text[at..]);
    }
    if bodies == 0 {
        return None;
    }
    let rest = &text.as_bytes()[at..];
    // ASTM has a letter before its number.
    let letter = matches!(rest, [b'A'..=b'Z', b'0'..=b'9', ..]);
    let number = rest.iter().skip(usize::from(letter)).take(LONGEST_PART + 1).take_while(|b| b.is_ascii_digit()).count();
    // One digit is hardly ever a standard, and often an amount.
    if !(2..=LONGEST_PART).contains(&number) {
        return None;
    }
    at += usize::from(letter) + number;
    for _ in 0..MOST_PARTS {
        let rest = &text.as_bytes()[at..];
        let joined = matches!(rest.first(), Some(b'-' | b':' | b'/' | b'+'));
        let begins = rest.get(1).is_some_and(|b| b.is_ascii_digit() || *b == b'A');
        if !(joined && begins) {
            break;
        }
        at += 1 + text[at + 1..].bytes().take(LONGEST_PART).take_while(u8::is_ascii_alphanumeric).count();
    }
    Some(at)
}

/// How long what joins two parts of a designation is: a hyphen, a slash, a blank, also one that does not break.
fn separator(text: &str) -> usize {
    match text.chars().next() {
        Some(c @ ('-' | '/' | ' ' | '\u{a0}' | '\u{2011}')) => c.len_utf8(),
        _ => 0,
    }
}

/// Where a name stands as words of their own.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
        !name.is_empty() && !is_word(text[..*at].chars().next_back()) && !is_word(text[at + name.len()..].chars().next())
    })
}

/// Words that a sign says are trade marks.
fn marks(text: &str) -> Vec<(usize, usize, Rule)> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '®' | '™'));
    signs
        .filter_map(|(at, sign)| {
            let begins = text[..at].char_indices().rev().take(LONGEST_MARK).last().map_or(at, |(place, _)| place);
            let before = text[begins..at].trim_end();
            let from = before
                .rfind(|c: char| c.is_whitespace() || "(\"”".contains(c))
                .map_or(0, |place| place + before[place..].chars().next().map_or(0, char::len_utf8));
            (from < before.len()).then_some((begins + from, at + sign.len_utf8(), Rule::TradeMark))
        })
        .collect()
}
