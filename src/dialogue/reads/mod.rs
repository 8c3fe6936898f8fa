//! What pages read, each in one round trip.

pub mod comment;
pub mod experiences;
pub mod moderation;
pub mod subject;
pub mod summary;
pub mod thread;
pub mod threads;

use serde::Deserialize;

use crate::{
    kernel::i18n::{Lang, Texts},
    organisations,
};

/// Who said something, as far as that is told.
#[derive(Debug, Clone, Deserialize)]
pub struct Speaker {
    /// Whether the person wants to be named.
    named: bool,
    /// Their name; none where they do not want it, or where the account was erased.
    name: Option<String>,
    organisation_sv: String,
    organisation_en: String,
    #[serde(default)]
    side: Option<String>,
}

impl Speaker {
    /// What their organisation is called.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }

    /// What their organisation is.
    pub fn side(&self) -> Option<organisations::Kind> {
        self.side.as_deref().and_then(organisations::Kind::from_code)
    }

    /// Name and organisation, or the organisation alone.
    pub fn called(&self, t: Texts, lang: Lang) -> String {
        if self.named {
            crate::accounts::name_for(t, self.name.as_deref(), self.organisation(lang))
        } else {
            self.organisation(lang).to_owned()
        }
    }

    /// The name alone, where there is one.
    pub fn short(&self, t: Texts, lang: Lang) -> &str {
        if self.named { crate::accounts::name_or_removed(t, self.name.as_deref()) } else { self.organisation(lang) }
    }
}
