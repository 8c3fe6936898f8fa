//! A selection that was shared: `/k/…`, for whoever has the link. It is read, and nothing is changed.

use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    download::{Offered, offered},
    paging::Paging,
    preview::{Preview, Warned},
    print::Written,
    written::{Worked, work},
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Asked, At, Client, Crumb, Layout, Routes, SelectionKey, Visit, html, links, unkept},
    },
    selections::{
        document::{Document, Languages, Options, Origin, Side},
        reads::{Access, rows::WholeSelection},
    },
};

/// Requirements on a page.
const PAGE: usize = 25;

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::SHARED, Right::ReadPublished, page)
}

/// `?fran=26`: the requirement that the page begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    fran: Option<usize>,
}

#[derive(Template)]
#[template(path = "selections/shared.html")]
struct SharedPage {
    layout: Layout,
    key: SelectionKey,
    preview: Preview,
    document: Document,
    paging: Paging,
}

impl Written for SharedPage {
    fn document(&self) -> &Document {
        &self.document
    }

    fn lang(&self) -> Lang {
        self.layout.lang
    }
}

impl SharedPage {
    /// Whether the rows are the reader's own to change.
    fn own(&self) -> bool {
        false
    }

    /// Where a row is changed: nowhere.
    fn row_link(&self, _: &Warned) -> String {
        String::new()
    }

    fn action(&self) -> String {
        links::in_link(self.layout.lang, &self.key, "export")
    }

    fn copy_action(&self) -> String {
        links::in_link(self.layout.lang, &self.key, "kopior")
    }

    fn formats(&self) -> [Offered; 6] {
        offered(&self.layout.t)
    }

    fn languages(&self) -> [(&'static str, &'static str, bool); 3] {
        let t = self.layout.t;
        let chosen = Languages::of(self.layout.lang);
        Languages::ALL.map(|languages| {
            let name = match languages {
                Languages::Swedish => t.selection_export_language_sv(),
                Languages::English => t.selection_export_language_en(),
                Languages::Both => t.selection_export_language_both(),
            };
            (languages.word(), name, languages == chosen)
        })
    }

    fn rows(&self) -> i64 {
        number(self.preview.rows)
    }

    /// Links to first, previous, next and last page; empty where there is none.
    fn pages(&self) -> [String; 4] {
        self.paging.links(&links::link(self.layout.lang, &self.key))
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn page(visit: Visit, client: Client, At(key): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let Some(key) = SelectionKey::parse(&key) else { return ended(&visit) };
    match view(&visit, client, key, asks.fran).await {
        Err(Error::NotFound) => ended(&visit),
        other => other,
    }
}

/// The page of a link that begins with this row, from 1.
///
/// # Errors
/// [`Error::NotFound`] where the link does not work, and when the database is away.
pub async fn view(visit: &Visit, client: Client, key: SelectionKey, from: Option<usize>) -> Result<Response> {
    let access = Access::Link(key.clone());
    let visit_here = visit.clone();
    let worked = work(visit, (client, |desk| &desk.pages), &access, move |selection, origin| {
        Ok(shown(&visit_here, key, from, &selection, origin)?)
    });
    match worked.await? {
        Worked::Done(page) => Ok(page),
        Worked::TooLarge => Err(Error::BadRequest("the selection is too large".to_owned())),
    }
}

/// The page of a selection that has been read.
fn shown(
    visit: &Visit,
    key: SelectionKey,
    from: Option<usize>,
    selection: &WholeSelection,
    origin: Origin<'_>,
) -> Result<Response> {
    let preview = Preview::of(selection, origin.now, false);
    let paging = Paging::asked(from, PAGE, selection.rows.len());
    let rows = &selection.rows[paging.first..paging.end()];
    let options = Options { languages: Languages::of(visit.lang), notes: false, kind: None };
    let document = Document::of(&selection.name, rows, options, origin);
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::here(t.selection_share_kicker()),
    ];
    let visit = match visit.path.strip_suffix("/export") {
        // The page of a file that was refused stands at the address of the file.
        Some(path) => visit.clone().on(path),
        None => visit.clone(),
    };
    let title = t.selection_share_view_title(&preview.name);
    let layout = visit.layout(&title, "", crumbs).described(t.selection_share_view_description());
    Ok(unlisted(unkept(html(&SharedPage { layout, key, preview, document, paging })?)))
}

#[derive(Template)]
#[template(path = "selections/link_ended.html")]
struct EndedPage {
    layout: Layout,
}

/// 404 for a link that does not work, or never did: which of them is nobody's business.
///
/// # Errors
/// When the page cannot be rendered.
pub fn ended(visit: &Visit) -> Result<Response> {
    let t = visit.texts();
    let visit = visit.clone().on("/k");
    let layout = visit.layout(t.selection_share_ended_heading(), "", Vec::new()).without_alternate();
    Ok((StatusCode::NOT_FOUND, unlisted(unkept(html(&EndedPage { layout })?))).into_response())
}

/// The same answer, for no search engine to list.
pub fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}
