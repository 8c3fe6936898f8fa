//! A selection as a file: `/korgar/…/export?format=docx`. A GET, which changes nothing.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    download,
    preview::Preview,
    print, shared,
    written::{Worked, work},
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Asked, At, Client, Routes, SelectionKey, Visit, disposition, links, unkept},
    },
    requirements::fields::Kind,
    selections::{
        Holder,
        document::{Document, Languages, Options, warnings},
        files::{self, Form, Format, Wanted, names},
        reads::Access,
    },
};

/// Where files are.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTION_EXPORT, Right::ReadPublished, own).page(
        links::SHARED_EXPORT,
        Right::ReadPublished,
        of_link,
    )
}

/// What is asked for, as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// `docx`, `xlsx`, `csv`, `txt`, `json`, `html`.
    pub format: String,
    /// `sv`, `en`, `bada`.
    pub sprak: String,
    /// `text`, `tabell`.
    pub form: String,
    /// `1`: with the buyer's notes.
    pub anteckningar: String,
    /// `1`: a table for programs.
    pub ren: String,
    /// One type alone, by its word in filters.
    pub typ: String,
}

impl Asks {
    /// Reads them; what is not asked for is as the page offers it.
    ///
    /// # Errors
    /// [`Error::BadRequest`], saying what is expected.
    pub fn wanted(&self, lang: Lang) -> Result<Wanted> {
        let bad = |name: &str, value: &str, expected: &str| {
            let value: String = value.chars().take(40).collect();
            Error::BadRequest(format!("parameter {name}: got \"{}\", expected {expected}", value.escape_debug()))
        };
        let format = match self.format.as_str() {
            "" => Format::Docx,
            word => Format::from_word(word).ok_or_else(|| bad("format", word, "docx, xlsx, csv, txt, json or html"))?,
        };
        let languages = match self.sprak.as_str() {
            "" => Languages::of(lang),
            word => Languages::from_word(word).ok_or_else(|| bad("sprak", word, "sv, en or bada"))?,
        };
        let form = match self.form.as_str() {
            "" | "text" => Form::Running,
            "tabell" => Form::Tables,
            word => return Err(bad("form", word, "text or tabell")),
        };
        let kind = match self.typ.as_str() {
            "" => None,
            word => {
                let kind = links::words::code(links::words::TYPES, word).and_then(Kind::from_code);
                Some(kind.ok_or_else(|| bad("typ", word, "kvalificering, specifikation, tilldelning or kontrakt"))?)
            }
        };
        let options = Options { languages, notes: self.anteckningar == "1", kind };
        Ok(Wanted { format, options, form, plain: self.ren == "1" })
    }
}

/// What came of writing a selection out.
enum Outcome {
    File {
        name: String,
        body: Vec<u8>,
    },
    Page(Response),
    /// It is empty, or holds what somebody has to confirm first.
    Blocked(Box<Preview>),
}

async fn own(visit: Visit, client: Client, At(id): At<Uuid>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let wanted = asks.wanted(visit.lang)?;
    match write(&visit, client, &Access::Holder(Holder::asking(&visit), id), wanted).await? {
        Worked::Done(Outcome::File { name, body }) => Ok(file(wanted.format, &name, body)),
        Worked::Done(Outcome::Page(page)) => Ok(page),
        Worked::Done(Outcome::Blocked(preview)) => {
            Ok((StatusCode::CONFLICT, download::page(&visit, *preview, wanted)?).into_response())
        }
        Worked::TooLarge => download::too_large(&visit, id),
    }
}

async fn of_link(visit: Visit, client: Client, At(key): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let Some(key) = SelectionKey::parse(&key) else { return shared::ended(&visit) };
    let mut wanted = asks.wanted(visit.lang)?;
    // Notes are the buyer's own.
    wanted.options.notes = false;
    match write(&visit, client, &Access::Link(key.clone()), wanted).await {
        Ok(Worked::Done(Outcome::File { name, body })) => Ok(file(wanted.format, &name, body)),
        Ok(Worked::Done(Outcome::Page(page))) => Ok(page),
        // The page of the link says why.
        Ok(Worked::Done(Outcome::Blocked(_)) | Worked::TooLarge) => {
            Ok((StatusCode::CONFLICT, shared::view(&visit, client, key, None).await?).into_response())
        }
        Err(Error::NotFound) => shared::ended(&visit),
        Err(error) => Err(error),
    }
}

/// Writes a selection out, or says why not.
async fn write(visit: &Visit, client: Client, access: &Access, wanted: Wanted) -> Result<Worked<Outcome>> {
    let visit_here = visit.clone();
    let own = if let Access::Holder(_, id) = access { Some(*id) } else { None };
    work(visit, (client, |desk| &desk.files), access, move |selection, origin| {
        if selection.rows.is_empty() || selection.rows.iter().any(|row| warnings::is_unconfirmed(row, origin.now)) {
            return Ok(Outcome::Blocked(Box::new(Preview::of(&selection, origin.now, true))));
        }
        if wanted.format == Format::Html {
            let document = Document::of(&selection.name, &selection.rows, wanted.options, origin);
            return Ok(Outcome::Page(print::page(&visit_here, own, document)?));
        }
        let body = files::write(&selection, wanted, origin)?;
        Ok(Outcome::File { name: names::file_name(&selection.name, wanted.format), body })
    })
    .await
}

/// A file as an answer: nobody keeps it, no search engine lists it.
fn file(format: Format, name: &str, body: Vec<u8>) -> Response {
    let kind = if format == Format::Txt { "inline" } else { "attachment" };
    let named = HeaderValue::from_str(&disposition(kind, name)).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, named),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    unkept((headers, body).into_response())
}
