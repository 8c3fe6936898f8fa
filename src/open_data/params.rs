//! The parameters of a query: what is not understood is refused by name, never passed over, since an answer to another
//! question than the one that was asked is worse than none.

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

use crate::{
    kernel::{
        clock,
        error::{Error, Result},
    },
    requirements::RequirementNumber,
};

/// Parameters as they were given: those with a value, and the names of those without, which ask for nothing; but a code that
/// is empty is none.
#[derive(Debug)]
pub(super) struct Params(Vec<(String, String)>, Vec<String>);

impl Params {
    /// Takes them up.
    ///
    /// # Errors
    /// A bad request for a name that is not among the known ones, and for a value that is no text.
    pub(super) fn read(pairs: Vec<(String, String)>, known: &[&str]) -> Result<Self> {
        for (name, value) in &pairs {
            if !known.contains(&name.as_str()) {
                let known = if known.is_empty() { "no parameters".to_owned() } else { known.join(", ") };
                return Err(Error::BadRequest(format!("unknown parameter {}; expected {known}", shown(name))));
            }
            if value.contains('\0') {
                return Err(bad(name, value, "text without NUL"));
            }
        }
        let (empty, given): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(_, value)| value.trim().is_empty());
        Ok(Self(given, empty.into_iter().map(|(name, _)| name).collect()))
    }

    /// The requirement that is named, however its number is spelt.
    ///
    /// # Errors
    /// A bad request for what is no number.
    pub(super) fn requirement(&self) -> Result<Option<RequirementNumber>> {
        let read =
            |text| RequirementNumber::parse_loosely(text).ok_or_else(|| bad("requirement", text, "a number such as KB-0042"));
        self.one("requirement")?.map(read).transpose()
    }

    /// Every value of a parameter that may be repeated, each once.
    pub(super) fn many(&self, name: &str) -> Vec<&str> {
        let mut values: Vec<&str> = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim()).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The value of a parameter that is given once.
    ///
    /// # Errors
    /// A bad request where it is repeated with another value.
    pub(super) fn one(&self, name: &str) -> Result<Option<&str>> {
        match self.many(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            [_, second, ..] => Err(bad(name, second, "the parameter once")),
        }
    }

    /// A whole number within bounds.
    ///
    /// # Errors
    /// A bad request where it is none.
    pub(super) fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<u32>> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let number = text.parse().ok().filter(|n| (least..=most).contains(n));
        number.map(Some).ok_or_else(|| bad(name, text, &format!("a whole number from {least} to {most}")))
    }

    /// The values of a parameter whose values are codes.
    ///
    /// # Errors
    /// A bad request for a code that there is not.
    pub(super) fn codes(&self, name: &str, known: &[&str]) -> Result<Vec<String>> {
        self.no_empty_code(name, known)?;
        self.many(name).into_iter().map(|value| code(name, value, known)).collect()
    }

    /// The one value of a parameter whose values are codes.
    ///
    /// # Errors
    /// A bad request for a code that there is not.
    pub(super) fn one_code(&self, name: &str, known: &[&str]) -> Result<Option<String>> {
        self.no_empty_code(name, known)?;
        self.one(name)?.map(|value| code(name, value, known)).transpose()
    }

    fn no_empty_code(&self, name: &str, known: &[&str]) -> Result<()> {
        if self.1.iter().any(|empty| empty == name) { code(name, "", known).map(|_| ()) } else { Ok(()) }
    }

    /// The values of a parameter whose values are slugs, with an area before the slash where one may stand.
    ///
    /// # Errors
    /// A bad request for what can be none.
    pub(super) fn slugs(&self, name: &str) -> Result<Vec<String>> {
        let fits = |value: &str| {
            value.len() <= 200 && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'/')
        };
        self.many(name)
            .into_iter()
            .map(|value| if fits(value) { Ok(value.to_owned()) } else { Err(bad(name, value, "a slug such as textil")) })
            .collect()
    }

    /// An instant: RFC 3339, or a date for the beginning of that day in Sweden.
    ///
    /// # Errors
    /// A bad request where it is neither.
    pub(super) fn instant(&self, name: &str) -> Result<Option<OffsetDateTime>> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        // A plus sign that was not escaped has become a blank on the way.
        let instant = OffsetDateTime::parse(&text.replace(' ', "+"), &Rfc3339).ok();
        let date = || Date::parse(text, format_description!("[year]-[month]-[day]")).ok().map(clock::start_of_day);
        let instant = instant.or_else(date).filter(|at| (1900..=2999).contains(&at.year()));
        instant.map(Some).ok_or_else(|| bad(name, text, "an RFC 3339 time such as 2026-11-22T12:00:00Z, or a date"))
    }

    /// What has to be asked again for the same list, without where in it one is.
    pub(super) fn without_place(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| !matches!(*name, "page" | "cursor"))
    }
}

fn code(name: &str, value: &str, known: &[&str]) -> Result<String> {
    if known.contains(&value) { Ok(value.to_owned()) } else { Err(bad(name, value, &format!("one of {}", known.join(", ")))) }
}

/// A bad request, with parameter, value and what is expected.
pub(super) fn bad(name: &str, value: &str, expected: &str) -> Error {
    Error::BadRequest(format!("parameter {name}: got {}, expected {expected}", shown(value)))
}

/// A value as it can stand in a sentence: quoted, and not endless.
fn shown(value: &str) -> String {
    let short: String = value.chars().take(80).collect();
    format!("\"{}\"", short.escape_debug())
}
