//! What language a text is in.

use std::{borrow::Cow, fmt};

/// The tag of a language as BCP 47 has it: `sv-SE`. It says to Word how to spell and to a screen reader how to speak.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language(Cow<'static, str>);

impl Language {
    /// Swedish as in Sweden.
    pub const SWEDISH: Self = Self(Cow::Borrowed("sv-SE"));
    /// English as in the United Kingdom.
    pub const ENGLISH: Self = Self(Cow::Borrowed("en-GB"));

    /// A tag such as `fi` or `smj-SE`; none where it is no tag.
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let fits = (2..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
            && tag.len() <= 35;
        fits.then(|| Self(Cow::Owned(tag.to_owned())))
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags() {
        for tag in ["sv", "sv-SE", "smj-SE", "sr-Latn-RS", "en-GB"] {
            assert_eq!(Language::new(tag).as_ref().map(Language::tag), Some(tag));
        }
        for odd in ["", "s", "svenska", "sv_SE", "sv-", "sv-SE\"", "12", "sv-abcdefghi", "sv-å"] {
            assert_eq!(Language::new(odd), None, "{odd}");
        }
    }
}
