//! The letters of the example bank, for all to read: there nobody gets them any other way. Elsewhere these addresses do not
//! exist.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use crate::kernel::{
    error::{Error, Result},
    i18n::Lang,
    mail::{self, Listed, Opened, Part, State},
    rights::Right,
    web::{At, Crumb, Layout, Routes, Visit, html, links, unkept},
};

/// So many of the latest letters are listed.
const MOST: i64 = 100;

/// The list, and one letter.
pub fn routes() -> Routes {
    Routes::new().page(links::EXAMPLE_LETTERS, Right::SignIn, list).page(links::EXAMPLE_LETTER, Right::SignIn, letter)
}

#[derive(Template)]
#[template(path = "example/letters.html")]
struct LettersPage {
    layout: Layout,
    letters: Vec<Listed>,
}

impl LettersPage {
    fn letter(&self, letter: &Listed) -> String {
        links::example_letter(self.layout.lang, letter.id)
    }

    fn is_foreign(&self, letter: &Listed) -> bool {
        letter.language != self.layout.lang.code()
    }

    fn moment(&self, letter: &Listed) -> String {
        self.layout.lang.moment(letter.created_at)
    }

    fn state(&self, letter: &Listed) -> &'static str {
        match letter.state() {
            State::Waiting => self.layout.t.example_letter_waiting(),
            State::Sent => self.layout.t.example_letter_sent(),
            State::Dead => self.layout.t.example_letter_dead(),
        }
    }
}

#[derive(Template)]
#[template(path = "example/letter.html")]
struct LetterPage {
    layout: Layout,
    letter: Opened,
}

impl LetterPage {
    fn moment(&self) -> String {
        self.layout.lang.moment(self.letter.created_at)
    }
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::link(visit.texts().layout_nav_start(), links::localized(visit.lang, links::START))]
}

async fn list(visit: Visit) -> Result<Response> {
    if !visit.app.settings.example {
        return Err(Error::NotFound);
    }
    let t = visit.texts();
    let letters = mail::listed(&mut *visit.app.db.read().await?, None, MOST).await?;
    let mut crumbs = crumbs(&visit);
    crumbs.push(Crumb::here(t.example_letters()));
    let layout = visit.layout(t.example_letters(), "sign_in", crumbs);
    Ok(unkept(html(&LettersPage { layout, letters })?))
}

async fn letter(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    if !visit.app.settings.example {
        return Err(Error::NotFound);
    }
    let letter = mail::opened(&mut *visit.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let subject = letter.subject.clone().unwrap_or_default();
    let mut crumbs = crumbs(&visit);
    crumbs.push(Crumb::link(visit.texts().example_letters(), links::localized(visit.lang, links::EXAMPLE_LETTERS)));
    crumbs.push(Crumb::here(&subject));
    let layout = visit.layout(&subject, "sign_in", crumbs);
    Ok(unkept(html(&LetterPage { layout, letter })?))
}

impl LetterPage {
    /// Whether the letter is written in another language than the page.
    fn is_foreign(&self) -> bool {
        self.letter.language != Lang::code(self.layout.lang)
    }
}
