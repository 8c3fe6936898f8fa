//! What the pages of threads stand on: a requirement here, and whatever a slice above hands over.

use std::future::Future;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    dialogue::{
        comment::{About, Quote, Subject},
        eyes::Eyes,
        reads::subject::{self, RequirementSubject},
    },
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        web::{Crumb, Visit, links},
    },
    requirements::RequirementNumber,
};

/// A clause to choose.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its lasting id.
    pub id: Uuid,
    /// Its place, from 1.
    pub place: usize,
    /// Its text.
    pub text: String,
    /// The language of it.
    pub lang: Lang,
}

/// Something that is spoken of, as its pages show it.
#[derive(Debug, Clone)]
pub struct Place {
    /// What threads are begun on.
    pub subject: Subject,
    /// Its title, and the language of it; none where it may not be shown.
    pub title: Option<(String, Lang)>,
    /// The version, of a requirement.
    pub version: Option<i32>,
    /// Whether anybody at all may speak of it, or those who prepare alone.
    pub is_public: bool,
    /// Its clauses, of a requirement.
    pub clauses: Vec<Clause>,
    /// Why nothing more can be said of it; empty where it can.
    pub why_closed: &'static str,
    /// The way to it.
    pub crumbs: Vec<Crumb>,
    /// The part of the main menu.
    pub section: &'static str,
    quotes: Vec<Quote>,
}

impl Place {
    /// A place without clauses.
    pub fn whole(subject: Subject, title: Option<(String, Lang)>, (crumbs, section): (Vec<Crumb>, &'static str)) -> Self {
        Self {
            subject,
            title,
            version: None,
            is_public: true,
            clauses: Vec::new(),
            why_closed: "",
            crumbs,
            section,
            quotes: Vec::new(),
        }
    }

    /// The same, closed for this reason unless that is empty.
    #[must_use]
    pub fn closed(mut self, why: &'static str) -> Self {
        self.subject.is_open &= why.is_empty();
        self.why_closed = why;
        self
    }

    /// How it is cited.
    pub fn cited(&self) -> &str {
        &self.subject.cited
    }

    /// Its own page.
    pub fn page(&self, lang: Lang) -> String {
        match self.subject.about {
            About::Requirement => links::requirement(lang, self.cited()),
            About::Proposal => links::proposal(lang, self.cited()),
        }
    }

    /// A clause of it.
    pub fn clause(&self, id: Uuid) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The clause as it is kept beside what is said of it.
    pub fn quote(&self, id: Uuid) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.clause == id)
    }
}

/// What knows where the threads of a subject stand.
pub trait Anchor: Send + Sync {
    /// Reads it for whoever looks, on the connection or in the transaction of the caller; not found where they may not see it.
    fn place(
        &self,
        visit: &Visit,
        connection: &mut PgConnection,
        version: Option<i32>,
    ) -> impl Future<Output = Result<Place>> + Send;

    /// How it is cited.
    fn cited(&self) -> String;
}

/// A requirement.
#[derive(Debug, Clone, Copy)]
pub struct OfRequirement(pub RequirementNumber);

impl Anchor for OfRequirement {
    async fn place(&self, visit: &Visit, connection: &mut PgConnection, version: Option<i32>) -> Result<Place> {
        let found = subject::requirement(connection, &Eyes::of(visit), self.0, version).await?;
        Ok(place_of(visit, self.0, &found.ok_or(Error::NotFound)?))
    }

    fn cited(&self) -> String {
        self.0.to_string()
    }
}

/// A requirement as a place.
pub(super) fn place_of(visit: &Visit, number: RequirementNumber, found: &RequirementSubject) -> Place {
    let (t, lang) = (visit.texts(), visit.lang);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(number.to_string(), links::requirement(lang, number)),
    ];
    let subject = found.subject(number);
    let why_closed = match (found.repealed, found.is_hidden()) {
        (true, _) => t.dialogue_closed_repealed(),
        (_, true) => t.dialogue_closed_hidden(),
        _ => "",
    };
    let clauses: Vec<Clause> = found
        .clauses(lang)
        .into_iter()
        .enumerate()
        .map(|(place, (id, text, lang))| Clause { id, place: place + 1, text, lang })
        .collect();
    let quotes = clauses.iter().filter_map(|clause| found.quote(clause.id)).collect();
    Place {
        version: Some(found.number),
        is_public: found.is_decided() && subject.audience == 0,
        clauses,
        quotes,
        ..Place::whole(subject, found.title(lang), (crumbs, "requirements"))
    }
    .closed(why_closed)
}
