//! What the guide reads, each page in one round trip.

pub mod candidates;
pub mod groups;

use serde::Deserialize;

use crate::kernel::i18n::Lang;

/// A name in both languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Name {
    /// Slug; of a group `area/group`.
    pub slug: String,
    sv: String,
    en: String,
}

impl Name {
    /// The name in the language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}
