//! Numbers by which countries register organisations. Swedish ones have a check digit; a sole trader's is the person's own
//! identity number, which the bank does not keep. Pure.

/// The most characters of a number from another country.
pub const MOST: usize = 40;

/// What somebody typed as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// A number as it is kept.
    Fine(String),
    /// A person's identity number, or one that is formed like it: it is not kept.
    Person,
    /// No number that there can be.
    Wrong,
}

impl Number {
    /// Reads what was typed, for a country by its code.
    pub fn parse(country: &str, text: &str) -> Self {
        if country == "SE" { swedish(text) } else { foreign(text) }
    }
}

/// As it is printed: `556036-0793` for a Swedish one.
pub fn printed(country: &str, number: &str) -> String {
    match number.split_at_checked(6) {
        Some((first, last)) if country == "SE" && last.len() == 4 => format!("{first}-{last}"),
        _ => number.to_owned(),
    }
}

/// Ten digits, with or without a hyphen; as a VAT number (`SE556036079301`); with `16` before them. The third digit is at
/// least 2 in the number of a legal person: in that of a human being it begins the month.
fn swedish(text: &str) -> Number {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '+' | '\u{2013}')).collect();
    let vat = text.strip_prefix("SE").or_else(|| text.strip_prefix("se"));
    let digits = match vat {
        Some(rest) if rest.len() == 12 => rest.get(..10).unwrap_or_default(),
        Some(rest) => rest,
        None => text.as_str(),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Number::Wrong;
    }
    let ten = match digits.len() {
        10 => digits,
        12 => match digits.split_at(2) {
            ("16", ten) => ten,
            ("18" | "19" | "20", ten) if is_of_person(ten) => return Number::Person,
            _ => return Number::Wrong,
        },
        _ => return Number::Wrong,
    };
    if is_of_person(ten) {
        return Number::Person;
    }
    if has_check_digit(ten) { Number::Fine(ten.to_owned()) } else { Number::Wrong }
}

/// Whether the third and fourth digit are below 20, as a month is.
fn is_of_person(ten: &str) -> bool {
    matches!(ten.as_bytes().get(2), Some(b'0' | b'1'))
}

/// Luhn: every other digit counts twice, and the sum of all digits ends in 0.
fn has_check_digit(ten: &str) -> bool {
    let sum: u32 = ten
        .bytes()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Letters, digits and what stands between them.
fn foreign(text: &str) -> Number {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/');
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    let length = text.chars().count();
    if (2..=MOST).contains(&length) && has_digit && text.chars().all(fine) { Number::Fine(text) } else { Number::Wrong }
}
