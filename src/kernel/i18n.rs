//! Languages: every text of the interface (one method a key, made from `locales/` by `build.rs`), and how dates and
//! numbers are written.

#![allow(missing_docs, reason = "the generated methods carry the Swedish text as their documentation")]

use time::{Date, OffsetDateTime};

use super::clock;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

impl Lang {
    /// The language tag: `sv` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// What stands before every path in this language: nothing, or `/en`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Sv => "",
            Self::En => "/en",
        }
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sv => Self::En,
            Self::En => Self::Sv,
        }
    }

    /// Whether it is Swedish.
    pub fn is_swedish(self) -> bool {
        self == Self::Sv
    }

    /// The language of a path, by its prefix.
    pub fn of_path(path: &str) -> Self {
        if path == "/en" || path.starts_with("/en/") { Self::En } else { Self::Sv }
    }

    /// `12 mars 2027`, `12 March 2027`.
    pub fn date(self, date: Date) -> String {
        const SV: [&str; 12] = [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let months = if self.is_swedish() { SV } else { EN };
        let month = months[usize::from(u8::from(date.month())) - 1];
        format!("{} {month} {}", date.day(), date.year())
    }

    /// The Swedish calendar day of an instant, written out.
    pub fn day_of(self, at: OffsetDateTime) -> String {
        self.date(clock::in_sweden(at).date())
    }

    /// The time of day in Sweden from which something can be done again: a minute that has begun counts as whole.
    pub fn time_from(self, at: OffsetDateTime) -> String {
        self.time_of(at + time::Duration::nanoseconds(59_999_999_999))
    }

    /// The time of day in Sweden, in hours and minutes.
    pub fn time_of(self, at: OffsetDateTime) -> String {
        let local = clock::in_sweden(at);
        let mark = if self.is_swedish() { '.' } else { ':' };
        format!("{:02}{mark}{:02}", local.hour(), local.minute())
    }

    /// Day and time of day in Sweden, written out.
    pub fn moment(self, at: OffsetDateTime) -> String {
        let (day, time) = (self.day_of(at), self.time_of(at));
        if self.is_swedish() { format!("{day} klockan {time}") } else { format!("{day} at {time}") }
    }

    /// A whole number with the language's thousands separator.
    pub fn number(self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let separator = if self.is_swedish() { '\u{a0}' } else { ',' };
        let mut text = String::new();
        if n < 0 {
            text.push('\u{2212}');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }
}
