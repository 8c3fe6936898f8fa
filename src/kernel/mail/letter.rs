//! What a letter says, and how that is written out.

use askama::Template;
use serde::{Deserialize, Serialize};

use crate::kernel::{
    i18n::{Lang, Texts},
    web::{line, lines},
};

/// The most characters of a subject.
const MOST_SUBJECT: usize = 200;

/// A part of a letter.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Text.
    Paragraph(String),
    /// A link to a page of ours.
    Button {
        /// What it says.
        label: String,
        /// The path of the page.
        path: String,
    },
    /// Text of less weight.
    Small(String),
}

/// A letter that is not sent yet.
#[derive(Clone)]
pub struct Letter {
    kind: &'static str,
    lang: Lang,
    subject: String,
    parts: Vec<Part>,
    leaves_nothing: bool,
}

impl Letter {
    /// A letter that says nothing yet. `kind` is a word for those who run the bank, in small letters: `password_reset`.
    pub fn new(kind: &'static str, lang: Lang, subject: impl AsRef<str>) -> Self {
        Self {
            kind,
            lang,
            subject: line(subject.as_ref()).chars().take(MOST_SUBJECT).collect(),
            parts: Vec::new(),
            leaves_nothing: false,
        }
    }

    /// When it is sent, or given up, nothing is kept of it but that there was one: no address, no subject.
    #[must_use]
    pub fn leaving_nothing(self) -> Self {
        Self { leaves_nothing: true, ..self }
    }

    /// Adds a text.
    #[must_use]
    pub fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        self.parts.push(Part::Paragraph(lines(text.as_ref())));
        self
    }

    /// Adds a link to a page of ours, by its path; the address of the bank is put before it when the letter is sent.
    #[must_use]
    pub fn button(mut self, label: impl AsRef<str>, path: impl Into<String>) -> Self {
        self.parts.push(Part::Button { label: line(label.as_ref()), path: path.into() });
        self
    }

    /// Adds a text of less weight.
    #[must_use]
    pub fn small(mut self, text: impl AsRef<str>) -> Self {
        self.parts.push(Part::Small(lines(text.as_ref())));
        self
    }

    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    pub(super) fn subject(&self) -> &str {
        &self.subject
    }

    pub(super) fn leaves_nothing(&self) -> bool {
        self.leaves_nothing
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Never what it says: it may hold a key.
impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Letter").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// As [`Letter`].
impl std::fmt::Debug for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Part")
    }
}

/// A letter as text.
#[derive(Template)]
#[template(path = "mail/letter.txt")]
pub(super) struct AsText<'a> {
    t: Texts,
    body: String,
    base_url: &'a str,
}

impl<'a> AsText<'a> {
    pub(super) fn new(lang: Lang, parts: &[Part], base_url: &'a str) -> Self {
        let blocks: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Paragraph(text) | Part::Small(text) => text.clone(),
                Part::Button { label, path } => format!("{label}:\n{base_url}{path}"),
            })
            .collect();
        Self { t: Texts(lang), body: blocks.join("\n\n"), base_url }
    }
}

/// A letter as HTML, without anything that a mail program would have to fetch.
#[derive(Template)]
#[template(path = "mail/letter.html")]
pub(super) struct AsHtml<'a> {
    pub(super) t: Texts,
    pub(super) lang: Lang,
    pub(super) subject: &'a str,
    pub(super) parts: &'a [Part],
    pub(super) base_url: &'a str,
}
