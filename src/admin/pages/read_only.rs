//! The switch that closes the bank for changes, and opens it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Entry, frame, to_faults, told};
use crate::{
    admin::workflow,
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Faults, Layout, Routes, Sent, Visit, again, html, line, links, unkept},
        words::Word,
    },
};

/// The switch, and where it is sent.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_READ_ONLY, Right::Administer, page).swedish_post(
        links::ADMIN_READ_ONLY,
        Right::Administer,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// `pa` or `av`.
    gor: String,
    text_sv: String,
    text_en: String,
}

#[derive(Template)]
#[template(path = "admin/read_only.html")]
struct ReadOnlyPage {
    layout: Layout,
    menu: Vec<Entry>,
    faults: Faults,
    form: Form,
    is_closed: bool,
    by_settings: bool,
}

impl ReadOnlyPage {
    fn action(&self) -> String {
        to_faults(links::ADMIN_READ_ONLY)
    }

    fn most(&self) -> usize {
        Word::ReadOnlySv.most()
    }
}

fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let (layout, menu) = frame(visit, visit.texts().admin_read_only(), links::ADMIN_READ_ONLY, None);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let said = visit.app.words.get();
    let (is_closed, by_settings) = (said.is_closed(), said.is_closed_by_settings());
    Ok(unkept(html(&ReadOnlyPage { layout, menu, faults, form, is_closed, by_settings })?))
}

async fn page(visit: Visit) -> Result<Response> {
    // As the database has it, not as this program remembers it.
    visit.app.words.load(&visit.app.db).await?;
    let said = visit.app.words.get();
    let word = |word| said.set(word).unwrap_or_default().to_owned();
    let form = Form { gor: String::new(), text_sv: word(Word::ReadOnlySv), text_en: word(Word::ReadOnlyEn) };
    show(&visit, form, Faults::default())
}

async fn send(visit: Visit, Sent(form): Sent<Form>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let (sv, en) = (line(&form.text_sv), line(&form.text_en));
    let said = match form.gor.as_str() {
        "pa" => Some((sv.as_str(), en.as_str())),
        "av" => None,
        _ => return Err(Error::BadRequest("gor: expected pa or av".to_owned())),
    };
    if said.is_some() {
        faults.check_length(t, "text_sv", &sv, Word::ReadOnlySv.most());
        faults.check_length(t, "text_en", &en, Word::ReadOnlyEn.most());
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, form, faults));
    }
    let mut tx = visit.app.db.begin().await?;
    workflow::set_closed(&mut tx, &visit.actor(), said, visit.now).await?.ok_or(Error::NotAllowed)?;
    tx.commit().await?;
    // This program knows at once; others are told by the database.
    visit.app.words.load(&visit.app.db).await?;
    let text = match said {
        Some(_) => t.admin_read_only_now_on(),
        None if visit.app.words.get().is_closed() => t.admin_read_only_by_settings(),
        None => t.admin_read_only_now_off(),
    };
    Ok(told(&visit, links::ADMIN_READ_ONLY, text))
}
