//! One page a file, and what they share.

pub mod experiences;
pub mod moderation;
pub mod new;
pub mod own;
pub mod place;
pub mod report;
pub mod thread;
pub mod threads;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;

use super::{lifecycle::WhyNot, workflow::Refused};
use crate::kernel::{
    actor::Role,
    error::{Error, Result},
    rights::Right,
    web::{Faults, Visit, again_at, too_many},
};

/// Why something was refused, for a page that keeps what was typed.
pub(super) struct Told {
    pub(super) faults: Faults,
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
    pub(super) fn of(visit: &Visit, refused: Refused) -> Result<Self> {
        let t = visit.texts();
        let (status, text) = match refused {
            Refused::Right => return Err(Error::NotAllowed),
            Refused::NotThere => return Err(Error::NotFound),
            Refused::WhyNot(WhyNot::ReadOnly) => (StatusCode::CONFLICT, t.dialogue_read_only()),
            Refused::WhyNot(WhyNot::SaidAlready) => (StatusCode::CONFLICT, t.dialogue_said_already()),
            Refused::WhyNot(WhyNot::NoPassage) => (StatusCode::UNPROCESSABLE_ENTITY, t.dialogue_no_passage()),
            Refused::WhyNot(_) => (StatusCode::CONFLICT, t.dialogue_not_any_more()),
            Refused::NotUntil(until) => {
                let text = match again_at(visit, until) {
                    (None, time) => t.form_too_many_today(time),
                    (Some(day), time) => t.form_too_many_later(visit.lang.date(day), time),
                };
                return Ok(Self { faults: Faults::general(text), how: How::Until(until) });
            }
            Refused::Database(error) => return Self::failed(visit, error.into()),
            Refused::Away(error) => return Self::failed(visit, error),
        };
        Ok(Self { faults: Faults::general(text), how: How::Status(status) })
    }

    /// That the database is away, or the like; other errors stay what they are.
    pub(super) fn failed(visit: &Visit, error: Error) -> Result<Self> {
        if !error.is_ours() {
            return Err(error);
        }
        let t = visit.texts();
        let text = if matches!(error, Error::Unavailable(_)) { t.form_away() } else { t.form_failed() };
        Ok(Self { faults: Faults::general(text), how: How::Failed(error) })
    }

    /// The answer with the page that shows the faults.
    pub(super) fn on(self, visit: &Visit, page: Response) -> Response {
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

/// Whether whoever looks may speak: for an organisation, in a role that lets them.
fn may_speak(visit: &Visit) -> bool {
    let actor = visit.actor();
    actor.person().1.is_some() && Right::Comment.held_by(&actor)
}

/// Whether whoever looks may have their organisation named alone: suppliers and those who speak for them.
fn may_be_unnamed(visit: &Visit) -> bool {
    let actor = visit.actor();
    let buys = [Role::RegionMember, Role::RegionCoordinator, Role::AreaCoordinator, Role::LmcCoordinator, Role::DecisionMaker];
    may_speak(visit) && !buys.into_iter().any(|role| actor.has(role))
}
