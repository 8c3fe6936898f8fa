//! How a selection is taken out: `/korgar/…/hamta`. What to know first, then languages and formats.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    export::Asks,
    written::{Worked, work},
};
use crate::{
    kernel::{
        error::Result,
        i18n::{Lang, Texts},
        rights::Right,
        web::{Asked, At, Client, Crumb, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{fields::Kind, names},
    selections::{
        Holder,
        document::{
            Languages,
            equivalent::Rule,
            warnings::{self, Warning},
        },
        files::{Form, Format, Wanted},
        reads::{Access, rows::WholeSelection},
    },
};

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTION_DOWNLOAD, Right::ReadPublished, page_of)
}

/// What the page tells of a selection.
#[derive(Debug)]
pub struct Preview {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// How many requirements there are.
    pub rows: usize,
    /// The types that there are.
    pub kinds: Vec<Kind>,
    /// Whether there are notes.
    pub has_notes: bool,
    /// Whether nothing is taken out until somebody has confirmed something.
    pub is_blocked: bool,
    /// What to know first.
    pub warnings: Vec<Warned>,
}

/// A row and what is to be known of it.
#[derive(Debug)]
pub struct Warned {
    /// The row.
    pub row: Uuid,
    /// How it is cited.
    pub cited: String,
    title: String,
    title_en: Option<String>,
    warning: Warning,
    /// Whether whoever reads it made the selection.
    own: bool,
}

impl Preview {
    /// Looks a selection through, for whoever made it (`own`) or for a reader.
    pub fn of(selection: &WholeSelection, now: OffsetDateTime, own: bool) -> Self {
        let mut kinds: Vec<Kind> = selection.rows.iter().map(|row| row.kind).collect();
        kinds.dedup();
        let warned = warnings::of(selection, now).into_iter().map(|warned| Warned {
            row: warned.row.id,
            cited: warned.row.cited(),
            // The title of a text that may not be shown is part of it.
            title: warned.row.core.as_ref().map(|_| warned.row.title.clone()).unwrap_or_default(),
            title_en: warned.row.core.as_ref().and_then(|_| warned.row.title_en.clone()),
            warning: warned.warning,
            own,
        });
        Self {
            id: selection.id,
            name: selection.name.clone(),
            rows: selection.rows.len(),
            kinds,
            has_notes: selection.rows.iter().any(|row| !row.note.is_empty()),
            is_blocked: selection.rows.iter().any(|row| warnings::is_unconfirmed(row, now)),
            warnings: warned.collect(),
        }
    }

    /// What to know, of one sort under one heading.
    pub fn groups(&self, t: &Texts) -> Vec<WarningGroup<'_>> {
        let mut groups: Vec<WarningGroup<'_>> = Vec::new();
        for warned in &self.warnings {
            let (class, heading) = warned.sort(t);
            match groups.last_mut().filter(|group| group.heading == heading) {
                Some(group) => group.warnings.push(warned),
                None => groups.push(WarningGroup { class, heading, warnings: vec![warned] }),
            }
        }
        groups
    }
}

/// What is to be known, of one sort.
pub struct WarningGroup<'a> {
    /// The class of its banner.
    pub class: &'static str,
    /// What it is called.
    pub heading: &'static str,
    /// Row by row.
    pub warnings: Vec<&'a Warned>,
}

impl Warned {
    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }

    /// What those who decided it say, in Swedish.
    pub fn quote(&self) -> &str {
        if let Warning::Stopped(reason) = &self.warning { reason } else { "" }
    }

    fn sort(&self, t: &Texts) -> (&'static str, &'static str) {
        match self.warning {
            Warning::Unconfirmed | Warning::Repealed => ("archived", t.selection_export_group_unconfirmed()),
            Warning::Hidden => ("archived", t.selection_export_group_hidden()),
            Warning::Stopped(_) => ("stop", t.selection_export_group_stopped()),
            Warning::Revoked | Warning::Ended => ("archived", t.selection_export_group_ended()),
            Warning::Coming(_) => ("info", t.selection_export_group_coming()),
            Warning::RepealToCome(_) => ("warning", t.selection_export_group_repeal()),
            Warning::Missing(_) => ("warning", t.selection_export_group_missing()),
            Warning::Unknown(_) => ("warning", t.selection_export_group_unknown()),
            Warning::Newer(_) => ("info", t.selection_export_group_newer()),
            Warning::NotEquivalent(_) => ("warning", t.selection_export_group_equivalent()),
        }
    }

    /// What is to be known, in sentences.
    pub fn sentences(&self, t: &Texts) -> Vec<String> {
        match &self.warning {
            Warning::Unconfirmed if self.own => vec![t.selection_export_warn_unconfirmed().to_owned()],
            Warning::Unconfirmed => vec![t.selection_export_warn_unconfirmed_reader().to_owned()],
            Warning::Repealed if self.own => vec![t.selection_export_warn_repealed().to_owned()],
            Warning::Repealed => vec![t.selection_export_warn_repealed_reader().to_owned()],
            Warning::Stopped(_) => vec![t.selection_export_warn_stopped().to_owned()],
            Warning::Hidden => vec![t.selection_export_warn_hidden().to_owned()],
            Warning::Revoked => vec![t.selection_export_revoked().to_owned()],
            Warning::Ended => vec![t.selection_export_ended().to_owned()],
            Warning::Coming(Some(day)) => vec![t.selection_export_coming_from(t.0.date(*day))],
            Warning::Coming(None) => vec![t.selection_export_coming().to_owned()],
            Warning::RepealToCome(Some(day)) => vec![t.selection_export_warn_repeal_from(t.0.date(*day))],
            Warning::RepealToCome(None) => vec![t.selection_export_warn_repeal().to_owned()],
            Warning::Newer(version) if self.own => vec![t.selection_export_warn_newer(i64::from(*version))],
            Warning::Newer(version) => vec![t.selection_export_warn_newer_reader(i64::from(*version))],
            Warning::Missing(names) => vec![t.selection_export_warn_missing(names.join(", "))],
            Warning::Unknown(keys) => vec![t.selection_export_warn_unknown(keys.join(", "))],
            Warning::NotEquivalent(findings) => findings
                .iter()
                .map(|finding| match finding.rule {
                    Rule::Standard => t.selection_export_warn_equivalent_standard(&finding.name),
                    Rule::TradeMark => t.selection_export_warn_equivalent_mark(&finding.name),
                    Rule::Label => t.selection_export_warn_equivalent_label(&finding.name),
                })
                .collect(),
        }
    }
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
