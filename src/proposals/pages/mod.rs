//! One page a file, and what the steps share.

pub mod attachments;
pub mod cosigners;
pub mod dialogue;
pub mod discard;
pub mod drafts;
pub mod handled;
pub mod list;
pub mod one;
pub mod reasons;
pub mod receipt;
pub mod review;
pub mod similar;
mod steps;
pub mod subject;
mod subject_said;
mod succession;
pub mod taking;
pub mod templates;
pub mod text;
pub mod withdrawal;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use time::OffsetDateTime;

use super::{lifecycle::WhyNot, number::ProposalNumber, reads::Merged, workflow::Refused};
use crate::kernel::{
    error::{Error, Result},
    i18n::{Lang, Texts},
    web::{Crumb, Faults, Visit, again_at, links, too_many},
};

/// The way to the list.
fn crumbs(visit: &Visit, last: Vec<Crumb>) -> Vec<Crumb> {
    let t = visit.texts();
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.proposals_heading(), links::localized(visit.lang, links::PROPOSALS)),
    ];
    crumbs.extend(last);
    crumbs
}

/// A number from the address, or the answer that leads to its canonical spelling.
fn number(visit: &Visit, text: &str) -> Result<std::result::Result<ProposalNumber, Response>> {
    let number = ProposalNumber::parse(text).ok_or(Error::NotFound)?;
    let canonical = number.to_string();
    if canonical == text {
        return Ok(Ok(number));
    }
    let path: Vec<&str> = visit.path.split('/').map(|part| if part == text { canonical.as_str() } else { part }).collect();
    let moved = Visit { path: path.join("/"), ..visit.clone() };
    Ok(Err((StatusCode::PERMANENT_REDIRECT, [("location", moved.address_in(visit.lang))]).into_response()))
}

/// Why something was refused, for a page that keeps what was typed.
struct Told {
    faults: Faults,
    how: How,
}

/// How that is answered.
enum How {
    Status(StatusCode),
    /// There were too many.
    Until(OffsetDateTime),
    /// The fault is ours.
    Failed(Error),
}

impl Told {
    /// What whoever sent it can do something about; other refusals are errors.
    fn of(visit: &Visit, refused: Refused) -> Result<Self> {
        let t = visit.texts();
        let (status, text) = match refused {
            Refused::Right => return Err(Error::NotAllowed),
            Refused::NotThere => return Err(Error::NotFound),
            Refused::NotSender => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_not_sender()),
            Refused::WhyNot(WhyNot::Changed) => (StatusCode::CONFLICT, t.proposals_changed_since()),
            Refused::WhyNot(WhyNot::Signed) => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_signed_already()),
            Refused::WhyNot(WhyNot::Repealed) => (StatusCode::CONFLICT, t.proposals_taking_repealed()),
            Refused::WhyNot(WhyNot::TextHidden) => (StatusCode::CONFLICT, t.proposals_taking_hidden()),
            Refused::WhyNot(WhyNot::TooLong) => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_taking_too_long()),
            Refused::WhyNot(WhyNot::NotPrepared) => (StatusCode::CONFLICT, t.proposals_taking_not_prepared()),
            Refused::WhyNot(WhyNot::GroupRetired) => (StatusCode::CONFLICT, t.proposals_taking_group_retired()),
            Refused::WhyNot(WhyNot::NowhereToMerge) => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_nowhere_to_merge()),
            Refused::WhyNot(_) | Refused::Lacks(_) => (StatusCode::CONFLICT, t.proposals_not_any_more()),
            Refused::NotUntil(until) => return Ok(Self::not_until(visit, until)),
            Refused::Attachment(refused) => return attachments::told(visit, refused),
            Refused::Database(error) => return Self::failed(visit, error.into()),
        };
        Ok(Self { faults: Faults::general(text), how: How::Status(status) })
    }

    /// That there were too many.
    fn not_until(visit: &Visit, until: OffsetDateTime) -> Self {
        let t = visit.texts();
        let text = match again_at(visit, until) {
            (None, time) => t.form_too_many_today(time),
            (Some(day), time) => t.form_too_many_later(visit.lang.date(day), time),
        };
        Self { faults: Faults::general(text), how: How::Until(until) }
    }

    /// That the database is away, or the like; other errors stay what they are.
    fn failed(visit: &Visit, error: Error) -> Result<Self> {
        if !error.is_ours() {
            return Err(error);
        }
        let t = visit.texts();
        let text = if matches!(error, Error::Unavailable(_)) { t.form_away() } else { t.form_failed() };
        Ok(Self { faults: Faults::general(text), how: How::Failed(error) })
    }

    /// The answer with the page that shows the faults. A page that only leads on stays as it is.
    fn on(self, visit: &Visit, page: Response) -> Response {
        if page.status().is_redirection() {
            return page;
        }
        match self.how {
            How::Status(status) => (status, page).into_response(),
            How::Until(until) => too_many(page, visit, until),
            How::Failed(error) => error.on_page(page),
        }
    }
}

/// Answers what was refused: on the page, with what was typed, where whoever sent it can do something about it.
fn refused(visit: &Visit, refused: Refused, show: impl FnOnce(Faults) -> Result<Response>) -> Result<Response> {
    let told = Told::of(visit, refused)?;
    let page = show(told.faults.clone())?;
    Ok(told.on(visit, page))
}

/// What is said where it was, if it was another.
fn was(t: Texts, now: &str, before: Option<&str>) -> String {
    match before {
        Some(before) if before != now => t.proposals_was(now, before),
        _ => now.to_owned(),
    }
}

/// Requirements that are merged, each as it is cited, with its page and its title.
fn merged_links(lang: Lang, merged: &[Merged]) -> Vec<(String, String, &str)> {
    let one = |one: &'_ Merged| (one.cited(), links::version(lang, one.requirement(), one.version));
    merged.iter().map(|merged| (one(merged).0, one(merged).1, merged.title.as_str())).collect()
}
