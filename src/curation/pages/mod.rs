//! The pages. Those of who looks after the bank are in Swedish alone.

pub(super) mod area;
pub(super) mod change;
pub(super) mod cited;
pub(super) mod group;
pub(super) mod place;
pub(super) mod plan;
pub(super) mod reference;
mod reference_form;
pub(super) mod references;
pub(super) mod tree;
pub(super) mod under_way;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::{Date, format_description::well_known::Iso8601};

use super::workflow::Refused;
use crate::{
    kernel::{
        error::{Error, Result},
        web::{Crumb, Faults, Flash, Layout, Visit, carry_flash, links, see_other, unkept},
    },
    requirements::Found,
    taxonomy,
};

/// The frame of a page, below the list of what waits and these.
fn frame(visit: &Visit, title: &str, above: Vec<Crumb>, faults: &Faults) -> Layout {
    let t = visit.texts();
    let mut crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::link(t.tasks_heading(), links::INBOX.to_owned())];
    crumbs.extend(above);
    crumbs.push(Crumb::here(title));
    let layout = visit.layout(title, "lmc", crumbs).without_alternate();
    if faults.is_empty() { layout } else { layout.faulty() }
}

/// Back to a page, with what was just done.
fn told(visit: &Visit, to: &str, text: impl Into<String>) -> Response {
    let mut response = see_other(to);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    response
}

/// The same where requirements follow: it says so where they are too many to follow at once.
fn told_of_place(visit: &Visit, to: &str, text: &str, found: Found) -> Response {
    match found {
        Found::Now => told(visit, to, text),
        Found::Soon => told(visit, to, format!("{text} {}", visit.texts().curation_found_soon())),
    }
}

/// Where a form is sent and its answer begins with what is wrong.
fn to_faults(path: &str) -> String {
    format!("{path}#{}", links::FAULTS)
}

/// A day as a browser sends it.
fn day(text: &str) -> Option<Date> {
    Date::parse(text, &Iso8601::DATE).ok().filter(|day| (2000..=2100).contains(&day.year()))
}

/// What can be said on the page of what was refused, and with which status; the rest is an error.
fn refused(visit: &Visit, refused: Refused) -> Result<(Faults, StatusCode)> {
    let t = visit.texts();
    let (field, text) = match refused {
        Refused::Right
        | Refused::Requirements(_)
        | Refused::Proposals(_)
        | Refused::Dialogue(_)
        | Refused::Reference(_)
        | Refused::NoPlace
        | Refused::NoLine
        | Refused::LineChanged => return Err(Error::NotAllowed),
        Refused::Database(error) | Refused::Tree(taxonomy::Refused::Database(error)) => return Err(error.into()),
        Refused::Tree(taxonomy::Refused::NotThere) => return Err(Error::NotFound),
        Refused::Tree(taxonomy::Refused::Changed) => {
            return Ok((Faults::general(t.curation_changed()), StatusCode::CONFLICT));
        }
        Refused::Tree(taxonomy::Refused::NameTaken) => ("namn", t.curation_name_taken().to_owned()),
        Refused::Tree(taxonomy::Refused::AddressTaken) => ("till", t.curation_address_taken().to_owned()),
        Refused::Tree(taxonomy::Refused::Owned) => ("fran", t.curation_owned().to_owned()),
        Refused::Tree(taxonomy::Refused::Retired) => ("till", t.curation_into_retired().to_owned()),
        Refused::Tree(taxonomy::Refused::UnknownCodes(codes)) => ("cpv", t.curation_codes_unknown(codes.join(", "))),
    };
    let mut faults = Faults::default();
    faults.add(field, text);
    Ok((faults, StatusCode::UNPROCESSABLE_ENTITY))
}

/// A page that was shown again, with its status.
fn answered(status: StatusCode, page: Response) -> Response {
    unkept((status, page).into_response())
}
