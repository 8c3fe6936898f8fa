//! One page a file, and what they share.

pub mod begin;
pub mod decide;
pub mod discard;
pub mod draft;
pub mod drafts;
pub mod feed;
pub mod fields;
mod front;
pub mod items;
pub mod list;
pub mod one;
pub mod outcomes;
pub mod review;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::{Date, OffsetDateTime, Weekday};
use uuid::Uuid;

use super::{
    lifecycle::WhyNot,
    names,
    number::DecisionNumber,
    policy::When,
    reads::draft::{self as read, Draft},
    workflow::Refused,
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        web::{Crumb, Faults, Visit, again_at, links, see_other, too_many},
    },
    requirements::{fields::iso_date_option, lifecycle::WhyNot as RequirementWhyNot},
};

/// The way to the public list.
fn crumbs(visit: &Visit, last: Vec<Crumb>) -> Vec<Crumb> {
    let t = visit.texts();
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.decisions_heading(), links::localized(visit.lang, links::DECISIONS)),
    ];
    crumbs.extend(last);
    crumbs
}

/// The way to the drafts, in Swedish alone.
fn inner_crumbs(visit: &Visit, last: Vec<Crumb>) -> Vec<Crumb> {
    let t = visit.texts();
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.decisions_drafts_heading(), links::DECISION_DRAFTS.to_owned()),
    ];
    crumbs.extend(last);
    crumbs
}

/// The way to a page below a draft.
fn below(visit: &Visit, draft: &Draft, here: &str) -> Vec<Crumb> {
    let name = draft_name(visit, draft);
    inner_crumbs(visit, vec![Crumb::link(name, links::decision_draft(draft.id, "")), Crumb::here(here)])
}

/// What a draft is called, before it has a name too.
fn draft_name(visit: &Visit, draft: &Draft) -> String {
    named(visit, &draft.fields.title)
}

fn named(visit: &Visit, title: &str) -> String {
    if title.is_empty() { visit.texts().decisions_unnamed().to_owned() } else { title.to_owned() }
}

/// A number from the address, or the answer that leads to its canonical spelling.
fn number(visit: &Visit, text: &str) -> Result<std::result::Result<DecisionNumber, Response>> {
    let number = DecisionNumber::parse(text).ok_or(Error::NotFound)?;
    let canonical = number.to_string();
    if canonical == text {
        return Ok(Ok(number));
    }
    let path: Vec<&str> = visit.path.split('/').map(|part| if part == text { canonical.as_str() } else { part }).collect();
    let moved = Visit { path: path.join("/"), ..visit.clone() };
    Ok(Err((StatusCode::PERMANENT_REDIRECT, [("location", moved.address_in(visit.lang))]).into_response()))
}

/// The id of a draft.
fn id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound)
}

fn when(visit: &Visit) -> When {
    (visit.today(), visit.now)
}

/// The draft, or where the decision is that it became.
async fn find(visit: &Visit, id: Uuid) -> Result<std::result::Result<Draft, Response>> {
    with_texts(visit, (id, 0)).await
}

/// The same with the texts of its items, where there are at most so many.
async fn with_texts(visit: &Visit, (id, items): (Uuid, i64)) -> Result<std::result::Result<Draft, Response>> {
    let mut connection = visit.app.db.read().await?;
    let found = read::with_texts(&mut connection, (&visit.viewer, &visit.actor()), (id, items), when(visit)).await?;
    if let Some(draft) = found {
        return Ok(Ok(draft));
    }
    match super::reads::one::number_of(&mut connection, id).await? {
        Some(number) => Ok(Err(see_other(&links::decision(visit.lang, number)))),
        None => Err(Error::NotFound),
    }
}

/// A day as a form sends it: nothing, a day, or what is no day.
fn day(text: &str) -> std::result::Result<Option<Date>, ()> {
    if text.is_empty() { Ok(None) } else { iso_date_option::parse(text).map(Some).ok_or(()) }
}

/// A day as a form holds it.
fn typed(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The day of the week, before the day.
fn weekday(t: &Texts, day: Date) -> String {
    let name = match day.weekday() {
        Weekday::Monday => t.decisions_monday(),
        Weekday::Tuesday => t.decisions_tuesday(),
        Weekday::Wednesday => t.decisions_wednesday(),
        Weekday::Thursday => t.decisions_thursday(),
        Weekday::Friday => t.decisions_friday(),
        Weekday::Saturday => t.decisions_saturday(),
        Weekday::Sunday => t.decisions_sunday(),
    };
    format!("{name} {}", t.0.date(day))
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
        let (conflict, wrong) = (StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, text) = match refused {
            Refused::Right => return Err(Error::NotAllowed),
            Refused::NotThere => return Err(Error::NotFound),
            Refused::Changed | Refused::Requirement(RequirementWhyNot::Changed) => (conflict, t.decisions_changed_since()),
            Refused::InItAlready => (wrong, t.decisions_in_it_already()),
            Refused::BadSuccessor | Refused::Requirement(RequirementWhyNot::BadSuccessor) => (wrong, t.decisions_bad_successor()),
            Refused::SamePerson => (wrong, t.decisions_review_same()),
            Refused::NeedsEmergency => (wrong, t.decisions_emergency_empty()),
            Refused::NotNow | Refused::Over | Refused::Requirement(_) => (conflict, t.decisions_not_any_more()),
            Refused::NotYet(why) => return Ok(Self { faults: faults(visit, &why), how: How::Status(conflict) }),
            Refused::NotUntil(until) => {
                let text = match again_at(visit, until) {
                    (None, time) => t.form_too_many_today(time),
                    (Some(day), time) => t.form_too_many_later(visit.lang.date(day), time),
                };
                return Ok(Self { faults: Faults::general(text), how: How::Until(until) });
            }
            Refused::Canonical(error) => return Err(Error::Internal(error.into())),
            Refused::Database(error) => return Self::failed(visit, error.into()),
        };
        Ok(Self { faults: Faults::general(text), how: How::Status(status) })
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

/// What stands in the way, as faults of no field.
fn faults(visit: &Visit, why: &[WhyNot]) -> Faults {
    let mut faults = Faults::default();
    for why in why {
        faults.add("", names::why_not(&visit.texts(), why).0);
    }
    faults
}
