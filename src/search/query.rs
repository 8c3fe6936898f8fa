//! What somebody typed, understood: the number of a requirement, a CPV code, or words.

/// A query as it will be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Nothing: everything is shown.
    All,
    /// A printed number alone: `kb42`.
    Number(i64),
    /// A CPV code or the beginning of one, digits only, at least two.
    Cpv(String),
    /// Words, handed to `websearch_to_tsquery`, which takes any input.
    Words(String),
}

/// The longest query that is looked at; the rest is cut off.
const MOST: usize = 200;

/// Understands what was typed. Never fails: what is neither number nor code is words.
pub fn parse(typed: &str) -> Query {
    let typed: String = typed.chars().filter(|c| !c.is_control()).take(MOST).collect();
    let typed = typed.trim();
    if typed.is_empty() {
        return Query::All;
    }
    if let Some(number) = number(typed) {
        return Query::Number(number);
    }
    if let Some(code) = cpv(typed) {
        return Query::Cpv(code);
    }
    Query::Words(typed.to_owned())
}

fn number(typed: &str) -> Option<i64> {
    let rest = typed.get(..2).filter(|head| head.eq_ignore_ascii_case("kb")).and(typed.get(2..))?;
    // A version behind a colon points at the requirement all the same.
    let rest = rest.split(':').next().unwrap_or(rest).trim_start_matches(['-', ' ', '\u{2011}', '\u{2013}']).trim_end();
    (!rest.is_empty() && rest.len() <= 12 && rest.bytes().all(|b| b.is_ascii_digit())).then(|| rest.parse().ok())?
}

fn cpv(typed: &str) -> Option<String> {
    let lower = typed.to_lowercase();
    let (named, rest) = match lower.strip_prefix("cpv") {
        Some(rest) => (true, rest.trim_start_matches([':', ' '])),
        None => (false, lower.as_str()),
    };
    let body = match rest.rsplit_once('-') {
        Some((body, check)) if check.len() == 1 && check.bytes().all(|b| b.is_ascii_digit()) => body,
        Some(_) => return None,
        None => rest,
    };
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    let clean = body.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ' ');
    // Bare digits are a code only when whole: 14001 is a standard and 2030 a year.
    let long_enough = match (named, body.contains('.')) {
        (true, _) => digits.len() >= 2,
        (false, true) => digits.len() >= 4,
        (false, false) => digits.len() == 8,
    };
    (clean && long_enough && digits.len() <= 8).then(|| cpv_prefix(&digits))
}

/// What a code covers: itself and all below it, which begin with its digits but the zeros at its end.
pub fn cpv_prefix(digits: &str) -> String {
    let significant = digits.trim_end_matches('0').len().max(2);
    digits.get(..significant).unwrap_or(digits).to_owned()
}
