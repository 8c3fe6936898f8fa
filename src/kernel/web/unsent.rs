//! A form that was not sent, and that is kept in the page: where it was to go, what was in it, for whom it was shown. Nothing
//! of it is stored. It travels as hidden fields from page to page, however many it takes to sign in, until the form is shown
//! again with all that was typed (docs/adr/0017).

use std::borrow::Cow;

use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::links::is_local;
use crate::kernel::i18n::Texts;

/// The field that says for whom a form was shown.
pub const SHOWN_FOR: &str = "som";
/// The longest body that travels.
pub const MOST_KEPT: usize = 256 * 1024;
/// The largest form that is read where another form travels with it: each `%` of that is escaped once more, and every third
/// character of a body can be one.
pub(super) const KEEPING_LIMIT: usize = 2 * MOST_KEPT;
/// Fields that are never shown again, by how their names begin: passwords and codes.
pub const SECRET: &[&str] = &["losenord", "nuvarande", "kod", "reservkod"];

/// The form. Pages that it passes through take it as a flattened part of their own form and print it with
/// `components/unsent.html`; the last of them hands it to [`Unsent::shown_on`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Unsent {
    /// The path that it was to be sent to.
    #[serde(rename = "oskickat_till")]
    pub to: String,
    /// What was in it, as it came, without what is secret.
    #[serde(rename = "oskickat")]
    pub body: String,
    /// For whom it was shown, as the form said: a membership, or a person without one; empty for a visitor.
    #[serde(rename = "oskickat_som")]
    pub shown_for: String,
    /// Not empty where a visitor may send it too.
    #[serde(rename = "oskickat_fritt")]
    pub open: String,
}

impl Unsent {
    /// A form that was to be sent there.
    pub(super) fn of(to: &str, body: &str, shown_for: &str, open: bool) -> Self {
        let kept = |part: &&str| {
            let name = decoded(part.split('=').next().unwrap_or_default());
            name != SHOWN_FOR && !is_secret(&name)
        };
        let body: Vec<&str> = body.split('&').filter(kept).collect();
        Self {
            to: to.to_owned(),
            body: body.join("&"),
            shown_for: shown_for.to_owned(),
            open: if open { "1".to_owned() } else { String::new() },
        }
    }

    /// One that travels in the body of another form.
    pub(super) fn travelling(body: &str) -> Self {
        let pairs = Self { body: body.to_owned(), ..Self::default() }.pairs();
        let value =
            |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default();
        let (to, body) = (value("oskickat_till"), value("oskickat"));
        Self { to, body, shown_for: value("oskickat_som"), open: value("oskickat_fritt") }
    }

    /// Whether there is one, and its way leads to a page of ours.
    pub fn is_some(&self) -> bool {
        is_local(&self.to) && self.body.len() <= MOST_KEPT
    }

    /// Whether a visitor may send it too.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// What was in it: names and values, in order.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let parts = self.body.split('&').filter(|part| !part.is_empty());
        parts
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect()
    }

    /// Has the form shown again, instead of where the answer would lead, with the cookies that the answer sets. Where there is
    /// none the answer stays.
    #[must_use]
    pub fn shown_on(self, mut answer: Response) -> Response {
        if self.is_some() {
            answer.extensions_mut().insert(Show(self));
        }
        answer
    }
}

/// On an answer instead of which a form is shown again.
#[derive(Debug, Clone)]
pub(super) struct Show(pub(super) Unsent);

/// On a request that only shows a form again: nothing is sent. Nobody can ask for it but [`super::shown_again`].
#[derive(Debug, Clone)]
pub struct ShownAgain(pub(super) Unsent);

/// Why a form did not reach its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody is signed in, and it takes that, or it was shown to somebody who was.
    NotSignedIn,
    /// It was shown to somebody else, or for another membership, than what is done now.
    OtherMembership,
    /// Its page cannot show it again, so that this one does.
    NoPage,
    /// Nothing can be changed for the time being.
    Closed,
    /// Who they are has to be proved once more first.
    NotProved,
}

/// Why what was in it is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It is longer than what travels.
    TooLong,
    /// There is a file in it.
    File,
}

impl Lost {
    /// What is said of it, and what to do.
    pub fn text(&self, t: &Texts) -> &'static str {
        match self {
            Self::TooLong => t.form_lost_too_long(),
            Self::File => t.form_lost_file(),
        }
    }
}

/// On an answer to a form that did not reach its page; a layer with what it takes to make a page makes one of it.
#[derive(Debug, Clone)]
pub struct Held {
    /// Why.
    pub why: Why,
    /// The form.
    pub unsent: Unsent,
    /// Why there is nothing in it, where that is so.
    pub lost: Option<Lost>,
}

/// A name or a value as it was typed.
pub(super) fn decoded(text: &str) -> String {
    let spaced: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// The value of the field that says for whom a form was shown; none where it has no such field.
pub(super) fn shown_for(text: &str) -> Option<String> {
    text.split('&').filter_map(|part| part.split_once('=')).find(|(name, _)| *name == SHOWN_FOR).map(|(_, value)| decoded(value))
}

fn is_secret(name: &str) -> bool {
    SECRET.iter().any(|secret| name.starts_with(secret))
}
