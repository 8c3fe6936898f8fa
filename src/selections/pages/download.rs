//! How a selection is taken out: `/korgar/…/hamta`. What to know first, then languages and formats.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{
    export::Asks,
    preview::{Preview, Warned},
    written::{Worked, work},
};
use crate::{
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{Asked, At, Client, Crumb, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{fields::Kind, names},
    selections::{
        Holder,
        document::Languages,
        files::{Form, Format, Wanted},
        reads::Access,
    },
};

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTION_DOWNLOAD, Right::ReadPublished, page_of)
}

/// A format that is offered.
pub struct Offered {
    /// What stands in the address.
    pub word: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it is good for.
    pub about: &'static str,
}

/// The formats in the order in which they are offered.
pub fn offered(t: &Texts) -> [Offered; 6] {
    Format::ALL.map(|format| {
        let (name, about) = match format {
            Format::Docx => (t.selection_export_docx(), t.selection_export_docx_about()),
            Format::Xlsx => (t.selection_export_xlsx(), t.selection_export_xlsx_about()),
            Format::Csv => (t.selection_export_csv(), t.selection_export_csv_about()),
            Format::Txt => (t.selection_export_txt(), t.selection_export_txt_about()),
            Format::Json => (t.selection_export_json(), t.selection_export_json_about()),
            Format::Html => (t.selection_export_html(), t.selection_export_html_about()),
        };
        Offered { word: format.word(), name, about }
    })
}

#[derive(Template)]
#[template(path = "selections/download.html")]
struct DownloadPage {
    layout: Layout,
    preview: Preview,
    wanted: Wanted,
}

impl DownloadPage {
    fn is_empty(&self) -> bool {
        self.preview.rows == 0
    }

    fn action(&self) -> String {
        links::in_selection(self.layout.lang, self.preview.id, "export")
    }

    fn share_link(&self) -> String {
        links::in_selection(self.layout.lang, self.preview.id, "delning")
    }

    /// Whether the rows are the reader's own to change.
    fn own(&self) -> bool {
        true
    }

    fn back(&self) -> String {
        links::selection(self.layout.lang, self.preview.id)
    }

    fn row_link(&self, warned: &Warned) -> String {
        links::row(self.layout.lang, self.preview.id, warned.row)
    }

    fn languages(&self) -> [(&'static str, &'static str, bool); 3] {
        let t = self.layout.t;
        Languages::ALL.map(|languages| {
            let name = match languages {
                Languages::Swedish => t.selection_export_language_sv(),
                Languages::English => t.selection_export_language_en(),
                Languages::Both => t.selection_export_language_both(),
            };
            (languages.word(), name, self.wanted.options.languages == languages)
        })
    }

    fn is_table(&self) -> bool {
        self.wanted.form == Form::Tables
    }

    fn has_notes_chosen(&self) -> bool {
        self.wanted.options.notes
    }

    fn formats(&self) -> [Offered; 6] {
        offered(&self.layout.t)
    }

    fn file_link(&self, format: &str, key: &str, value: &str) -> String {
        let languages = self.wanted.options.languages.word();
        links::with_query(&self.action(), [("format", format), ("sprak", languages), (key, value)])
    }

    /// The types by name, each with its text to paste.
    fn types(&self) -> Vec<(&'static str, String)> {
        let t = self.layout.t;
        let word = |kind: &Kind| links::words::word(links::words::TYPES, kind.code()).unwrap_or_default();
        self.preview.kinds.iter().map(|kind| (names::kind(&t, kind), self.file_link("txt", "typ", word(kind)))).collect()
    }
}

async fn page_of(visit: Visit, client: Client, At(id): At<Uuid>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let wanted = asks.wanted(visit.lang)?;
    let access = Access::Holder(Holder::asking(&visit), id);
    match work(&visit, (client, |desk| &desk.pages), &access, |selection, origin| Ok(Preview::of(&selection, origin.now, true)))
        .await?
    {
        Worked::Done(preview) => page(&visit, preview, wanted),
        Worked::TooLarge => too_large(&visit, id),
    }
}

fn crumbs(visit: &Visit, id: Uuid, name: &str) -> Vec<Crumb> {
    let t = visit.texts();
    vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
        Crumb::link(name, links::selection(visit.lang, id)),
        Crumb::here(t.selection_export_heading()),
    ]
}

/// The page.
///
/// # Errors
/// When it cannot be rendered.
pub fn page(visit: &Visit, preview: Preview, wanted: Wanted) -> Result<Response> {
    let t = visit.texts();
    let visit = match visit.path.strip_suffix("/export") {
        // The page of a file that was refused stands at the address of the file.
        Some(path) => visit.clone().on(&format!("{path}/hamta")),
        None => visit.clone(),
    };
    let crumbs = crumbs(&visit, preview.id, &preview.name);
    let layout = visit.layout(&t.selection_export_title(&preview.name), "selections", crumbs);
    Ok(unkept(html(&DownloadPage { layout, preview, wanted })?))
}

#[derive(Template)]
#[template(path = "selections/too_large.html")]
struct TooLargePage {
    layout: Layout,
    back: String,
}

/// The page for a selection that is more than is written out at once.
///
/// # Errors
/// When it cannot be rendered.
pub fn too_large(visit: &Visit, id: Uuid) -> Result<Response> {
    let t = visit.texts();
    let layout = visit.layout(t.selection_export_heading(), "selections", Vec::new()).without_alternate();
    let page = unkept(html(&TooLargePage { layout, back: links::selection(visit.lang, id) })?);
    Ok((StatusCode::CONFLICT, page).into_response())
}
