//! A selection as a page to print: `/korgar/…/export?format=html`.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use crate::{
    kernel::{
        error::Result,
        i18n::Lang,
        web::{Crumb, Layout, Visit, html, links, unkept},
    },
    selections::document::{Block, Document, Part, Side, Text},
};

/// What the template of a written-out selection asks, wherever it stands.
pub trait Written {
    /// The selection.
    fn document(&self) -> &Document;
    /// The language of the page around it.
    fn lang(&self) -> Lang;

    /// Whether a text is in another language than the page.
    fn foreign<'a>(&self, text: &'a Text, side: &Side) -> Option<&'a str> {
        let lang = text.lang_on(*side);
        (lang != self.lang()).then(|| lang.code())
    }

    /// The words of a text on a side; by reference, as templates hand it over.
    fn said<'a>(&self, text: &'a Text, side: &Side) -> &'a str {
        text.on(*side)
    }

    /// The sides of a block: one, or two beside each other.
    fn sides(&self, block: &Block) -> &'static [Side] {
        if block.has_beside() { &[Side::Main, Side::Beside] } else { &[Side::Main] }
    }

    /// Whether its lines are numbered.
    fn is_clauses(&self, block: &Block) -> bool {
        block.part == Part::Clauses
    }

    /// Whether it is small print.
    fn is_small(&self, block: &Block) -> bool {
        matches!(block.part, Part::Permalink | Part::Hash)
    }
}

#[derive(Template)]
#[template(path = "selections/print.html")]
struct PrintPage {
    layout: Layout,
    document: Document,
    back: Option<String>,
}

impl Written for PrintPage {
    fn document(&self) -> &Document {
        &self.document
    }

    fn lang(&self) -> Lang {
        self.layout.lang
    }
}

/// The page; of a browser's own selection there is a way back to it.
///
/// # Errors
/// When it cannot be rendered.
pub fn page(visit: &Visit, own: Option<Uuid>, document: Document) -> Result<Response> {
    let t = visit.texts();
    let mut crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START))];
    if let Some(id) = own {
        crumbs.push(Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)));
        crumbs.push(Crumb::link(&document.name, links::selection(visit.lang, id)));
    }
    crumbs.push(Crumb::here(t.selection_export_html()));
    let layout = visit.layout(&document.name, "selections", crumbs);
    let back = own.map(|id| links::in_selection(visit.lang, id, "hamta"));
    Ok(super::shared::unlisted(unkept(html(&PrintPage { layout, document, back })?)))
}
