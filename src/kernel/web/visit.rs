//! What a page knows of the request that asked for it.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use time::{Date, OffsetDateTime};

use super::{App, Carried, Layout, ShownAgain, Who, layout::Crumb, links};
use crate::kernel::{
    actor::{Actor, Viewer},
    clock,
    i18n::{Lang, Texts},
};

/// One request for a page: language, viewer, time.
#[derive(Debug, Clone)]
pub struct Visit {
    /// What everything can be reached through.
    pub app: App,
    /// The language of the address.
    pub lang: Lang,
    /// What may be seen.
    pub viewer: Viewer,
    /// The time of the request; the same in all that it asks.
    pub now: OffsetDateTime,
    /// The path without language.
    pub path: String,
    /// The query string, if any.
    pub query: Option<String>,
    /// What the browser carries from page to page.
    pub carried: Carried,
    /// Who has signed in, if anybody has.
    pub who: Option<Who>,
    /// The form that is only shown again, where that is all that was asked for.
    pub again: Option<ShownAgain>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let who = parts.extensions.get::<Who>().cloned();
        let visit = Self::of(parts.uri.path(), parts.uri.query(), app, Carried::of(&parts.headers, &app.settings), who);
        Ok(Self { again: parts.extensions.get().cloned(), ..visit })
    }
}

impl Visit {
    /// A visit to this address.
    pub fn of(path: &str, query: Option<&str>, app: &App, carried: Carried, who: Option<Who>) -> Self {
        let lang = Lang::of_path(path);
        let bare = path.strip_prefix(lang.prefix()).unwrap_or(path);
        Self {
            app: app.clone(),
            lang,
            viewer: who.as_ref().map_or_else(Viewer::anonymous, |who| who.viewer()),
            now: app.clock.now(),
            path: if bare.is_empty() { "/".to_owned() } else { bare.to_owned() },
            query: query.map(str::to_owned),
            carried,
            who,
            again: None,
        }
    }

    /// Who does what is done in this visit.
    pub fn actor(&self) -> Actor {
        self.who.as_ref().map_or(Actor::Anonymous, |who| who.actor())
    }

    /// The same visit to another page of ours, by its path without language: the one that shows a form again after it was
    /// sent elsewhere.
    #[must_use]
    pub fn on(self, path: &str) -> Self {
        Self { path: path.to_owned(), query: None, ..self }
    }

    /// The same visit without the query, where that only fills in a form.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { query: None, ..self }
    }

    /// The texts in the language of the visit.
    pub fn texts(&self) -> Texts {
        Texts(self.lang)
    }

    /// Today in Sweden.
    pub fn today(&self) -> Date {
        clock::in_sweden(self.now).date()
    }

    /// The frame of a page: `title` without the bank's name, `section` of the main menu, and the way here.
    pub fn layout(&self, title: &str, section: &'static str, crumbs: Vec<Crumb>) -> Layout {
        Layout::new(self, title, section, crumbs)
    }

    /// The address of this page in a language, with its query.
    pub fn address_in(&self, lang: Lang) -> String {
        let path = links::localized(lang, &self.path);
        match &self.query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        }
    }
}
