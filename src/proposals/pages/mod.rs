//! One page a file, and what the steps share.

pub mod cosigners;
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
pub mod text;
pub mod withdrawal;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{lifecycle::WhyNot, number::ProposalNumber, workflow::Refused};
use crate::kernel::{
    error::{Error, Result},
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

/// Answers what was refused: on the page, with what was typed, where whoever sent it can do something about it.
fn refused(visit: &Visit, refused: Refused, show: impl FnOnce(Faults) -> Result<Response>) -> Result<Response> {
    let t = visit.texts();
    let (status, text) = match refused {
        Refused::Right => return Err(Error::NotAllowed),
        Refused::NotThere => return Err(Error::NotFound),
        Refused::NotSender => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_not_sender()),
        Refused::WhyNot(WhyNot::Changed) => (StatusCode::CONFLICT, t.proposals_changed_since()),
        Refused::WhyNot(WhyNot::Signed) => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_signed_already()),
        Refused::WhyNot(WhyNot::NowhereToMerge) => (StatusCode::UNPROCESSABLE_ENTITY, t.proposals_nowhere_to_merge()),
        Refused::WhyNot(_) | Refused::Lacks(_) => (StatusCode::CONFLICT, t.proposals_not_any_more()),
        Refused::NotUntil(until) => {
            let text = match again_at(visit, until) {
                (None, time) => t.form_too_many_today(time),
                (Some(day), time) => t.form_too_many_later(visit.lang.date(day), time),
            };
            return Ok(too_many(show(Faults::general(text))?, visit, until));
        }
        Refused::Database(error) => return away(visit, error.into(), show),
    };
    Ok((status, show(Faults::general(text))?).into_response())
}

/// The page with what was typed, where the database is away; other errors as they are.
fn away(visit: &Visit, error: Error, show: impl FnOnce(Faults) -> Result<Response>) -> Result<Response> {
    if !error.is_ours() {
        return Err(error);
    }
    let t = visit.texts();
    let text = if matches!(error, Error::Unavailable(_)) { t.form_away() } else { t.form_failed() };
    let page = show(Faults::general(text))?;
    Ok(error.on_page(page))
}
