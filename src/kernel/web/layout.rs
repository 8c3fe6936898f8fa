//! The frame around every page, and how a template becomes an answer.

use std::fmt;

use askama::{Template, filters::HtmlSafe};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{Flash, SHOWN_FOR, Visit, Who, assets, links, unsent::ShownAgain};
use crate::kernel::{
    error::Result,
    i18n::{Lang, Texts},
    rights::Right,
};

/// A step on the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it is; empty for the page itself.
    pub href: String,
}

impl Crumb {
    /// A step that can be gone back to.
    pub fn link(label: impl Into<String>, href: String) -> Self {
        Self { label: label.into(), href }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: String::new() }
    }
}

/// Addresses of the static files that the frame names.
#[derive(Debug, Clone, Copy)]
pub struct Assets {
    /// The stylesheet.
    pub css: &'static str,
    /// The script that enhances.
    pub js: &'static str,
    /// The mark, in the header and in the tab.
    pub favicon: &'static str,
    /// The small mark where drawings are not understood.
    pub icon: &'static str,
    /// The mark on the home screen of a telephone.
    pub touch: &'static str,
    /// The picture that is shown with a link elsewhere, 1200 × 630.
    pub preview: &'static str,
}

/// What `layout.html` prints.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Texts in the page's language.
    pub t: Texts,
    /// The page's language.
    pub lang: Lang,
    /// The whole `<title>`.
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: String,
    /// Which entry of the main menu the page belongs to.
    pub section: &'static str,
    /// The way here; empty on the start page.
    pub crumbs: Vec<Crumb>,
    /// The same page in the other language.
    pub alternate: Option<String>,
    /// Absolute address in Swedish.
    pub url_sv: String,
    /// Absolute address in English.
    pub url_en: String,
    /// Absolute address of the page as it stands.
    pub canonical: String,
    /// The address that visitors use, without a slash at the end.
    pub base_url: String,
    /// Whether this is the example bank.
    pub example: bool,
    /// That nothing can be changed for the time being, and what is said of it, if anything.
    pub closed: Option<String>,
    /// What the network of environmental directors is called.
    pub network: String,
    /// The form for reporting what is wrong with this page.
    pub report: String,
    /// How many requirements stand in the selection in use; none where there is none in it, or no selection.
    pub selected: Option<i64>,
    /// Who has signed in.
    pub who: Option<Who>,
    /// What was just done.
    pub flash: Option<Flash>,
    /// That a form is only shown again, and for whom it was shown before.
    pub again: Option<String>,
    /// Static files.
    pub assets: Assets,
}

impl Layout {
    pub(super) fn new(visit: &Visit, title: &str, section: &'static str, crumbs: Vec<Crumb>) -> Self {
        let t = visit.texts();
        let settings = &visit.app.settings;
        let name = t.layout_name();
        let words = visit.app.words.get();
        let again = visit.again.as_ref().map(|again| shown_again(visit, again));
        let title = if title == name { name.to_owned() } else { format!("{title} – {name}") };
        Self {
            t,
            lang: visit.lang,
            title: if again.is_some() { t.form_unsent_title(&title) } else { title },
            description: t.layout_description().to_owned(),
            section,
            crumbs,
            // What was typed is not to be lost on the way to another language.
            alternate: again.is_none().then(|| visit.address_in(visit.lang.other())),
            url_sv: format!("{}{}", settings.base_url(), visit.address_in(Lang::Sv)),
            url_en: format!("{}{}", settings.base_url(), visit.address_in(Lang::En)),
            canonical: format!("{}{}", settings.base_url(), visit.address_in(visit.lang)),
            base_url: settings.base_url().to_owned(),
            example: settings.example,
            closed: words.is_closed().then(|| words.closed_because(visit.lang).unwrap_or_default().to_owned()),
            network: words.network().to_owned(),
            report: links::report_page(visit.lang, links::without_key(&links::localized(visit.lang, &visit.path))),
            selected: selected(visit),
            who: visit.who.clone(),
            flash: visit.carried.flash.clone(),
            again,
            assets: Assets {
                css: assets::APP_CSS,
                js: assets::ENHANCE_JS,
                favicon: assets::FAVICON_SVG,
                icon: assets::FAVICON_ICO,
                touch: assets::APPLE_TOUCH_ICON_PNG,
                preview: assets::OG_PNG,
            },
        }
    }

    /// The same frame with another description.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// The same frame without a version in the other language: error pages.
    #[must_use]
    pub fn without_alternate(mut self) -> Self {
        self.alternate = None;
        self
    }

    /// The same frame around a form that is shown again with faults: the title says so first, and what was typed is not to
    /// be lost on the way to another language.
    #[must_use]
    pub fn faulty(mut self) -> Self {
        self.title = self.t.form_faulty_title(&self.title);
        self.without_alternate()
    }

    /// The way to the selections, with what stands in the one in use.
    pub fn selections_label(&self) -> String {
        self.selected.map_or_else(|| self.t.selections_nav().to_owned(), |rows| self.t.selections_nav_count(rows))
    }

    /// The way to the administration, or to the log, for who may go there: words and path. It is in Swedish alone, as its
    /// pages are.
    pub fn administration(&self) -> Option<(&'static str, &'static str)> {
        let (actor, t) = (self.who.as_ref()?.actor(), Texts(Lang::Sv));
        if Right::Administer.held_by(&actor) {
            return Some((t.admin_overview(), links::ADMIN));
        }
        Right::ReadLog.held_by(&actor).then_some((t.admin_log(), links::ADMIN_LOG))
    }

    /// The way to what waits, with how much of it waits for who has signed in; none for who may not see it.
    pub fn inbox(&self) -> Option<String> {
        let who = self.who.as_ref().filter(|who| Right::ReadInbox.held_by(&who.actor()))?;
        let t = Texts(Lang::Sv);
        let whole = who.viewer().sees_preparation();
        Some(match who.waiting {
            0 if whole => t.tasks_nav().to_owned(),
            0 => t.tasks_nav_areas().to_owned(),
            waiting if whole => t.tasks_nav_count(waiting),
            waiting => t.tasks_nav_areas_count(waiting),
        })
    }

    /// Where one signs in, to come back here.
    pub fn sign_in(&self) -> String {
        links::sign_in(self.lang, self.here())
    }

    /// What was just done with the element of this id.
    pub fn flash_at(&self, id: impl std::fmt::Display) -> Option<&Flash> {
        self.flash.as_ref().filter(|flash| flash.at.as_deref() == Some(id.to_string().as_str()))
    }

    /// What was just done, where it is about the whole page.
    pub fn flash_of_page(&self) -> Option<&Flash> {
        self.flash.as_ref().filter(|flash| flash.at.is_none())
    }

    /// This page's address without host, to come back to.
    pub fn here(&self) -> &str {
        self.canonical.strip_prefix(self.base_url.as_str()).unwrap_or("/")
    }

    /// The field that says for whom a form is shown; it stands in every form that is sent. Nothing where nobody is signed in:
    /// a page for everybody is one and the same.
    pub fn som(&self) -> Som {
        Som(self.who.as_ref().map(|who| who.shown_for()))
    }

    /// The same for the address of a form with a file, whose body is not looked into.
    pub fn with_som(&self, action: &str) -> String {
        let Some(who) = &self.who else { return action.to_owned() };
        let (path, anchor) = action.split_once('#').map_or((action, String::new()), |(path, id)| (path, format!("#{id}")));
        format!("{}{anchor}", links::with_query(path, [(SHOWN_FOR, who.shown_for().to_string().as_str())]))
    }

    /// A date written out; by reference, as templates hand it over.
    pub fn date(&self, date: &time::Date) -> String {
        self.lang.date(*date)
    }

    /// A path in the page's language.
    pub fn href(&self, path: &str) -> String {
        links::localized(self.lang, path)
    }
}

/// How many requirements are in the selection in use, as the browser carries it: of the account while somebody acts for an
/// organisation, else of the browser.
fn selected(visit: &Visit) -> Option<i64> {
    let of_account = visit.who.as_ref().is_some_and(|who| who.membership().is_some());
    let carried = visit.carried.selections.as_ref().filter(|selections| selections.key.is_none() == of_account)?;
    Some(carried.rows).filter(|rows| *rows > 0)
}

/// What is said above a form that is shown again, which differs by who was shown it before.
fn shown_again(visit: &Visit, again: &ShownAgain) -> String {
    let t = visit.texts();
    let before = again.0.shown_for.as_str();
    let Some(who) = &visit.who else {
        return if before.is_empty() { t.form_again() } else { t.form_again_visitor() }.to_owned();
    };
    let now = who.membership().map_or_else(|| who.name.clone(), |membership| membership.name(visit.lang).to_owned());
    if before == who.shown_for().to_string() {
        t.form_again().to_owned()
    } else if before.is_empty() {
        t.form_again_signed_in(now)
    } else if let Some(other) = who.memberships.iter().find(|one| one.id.to_string() == before) {
        t.form_again_membership(other.name(visit.lang), now)
    } else {
        t.form_again_person(now)
    }
}

/// The hidden field of a form that says for whom it was shown. There is nothing in it but an id, so that templates print it as
/// it is.
#[derive(Debug, Clone, Copy)]
pub struct Som(Option<Uuid>);

impl fmt::Display for Som {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(shown_for) => write!(formatter, r#"<input type="hidden" name="{SHOWN_FOR}" value="{shown_for}">"#),
            None => Ok(()),
        }
    }
}

impl HtmlSafe for Som {}

/// The template as a page.
///
/// # Errors
/// When the template cannot be rendered, which is a fault of ours.
pub fn html(template: &impl Template) -> Result<Response> {
    let body = template.render()?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], body).into_response())
}

/// The template as an XML document.
///
/// # Errors
/// When the template cannot be rendered, which is a fault of ours.
pub fn xml(template: &impl Template) -> Result<Response> {
    let body = template.render()?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"))], body).into_response())
}

/// Plain text as an answer.
pub fn text(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], body).into_response()
}
