//! One page a file, and what they share.

pub mod act;
pub mod edit;
mod edit_parts;
mod edit_saved;
pub mod fresh;
pub mod list;
pub mod one;
mod one_sent;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    names,
    reads::one::{self as read, One},
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        web::{Crumb, Faults, Visit, links},
    },
    requirements::{
        RequirementNumber, StoredVersion,
        lifecycle::{State, WhyNot},
        policy::Refused,
    },
};

/// The way to the list.
fn crumbs(visit: &Visit, last: Vec<Crumb>) -> Vec<Crumb> {
    let t = visit.texts();
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.preparation_heading(), links::PREPARED.to_owned()),
    ];
    crumbs.extend(last);
    crumbs
}

/// A number from the address, or the answer that leads to its canonical spelling.
fn number(visit: &Visit, text: &str) -> Result<std::result::Result<RequirementNumber, Response>> {
    let number = RequirementNumber::parse_loosely(text).ok_or(Error::NotFound)?;
    let canonical = number.to_string();
    if canonical == text {
        return Ok(Ok(number));
    }
    let path: Vec<&str> = visit.path.split('/').map(|part| if part == text { canonical.as_str() } else { part }).collect();
    let moved = Visit { path: path.join("/"), ..visit.clone() };
    Ok(Err((StatusCode::PERMANENT_REDIRECT, [("location", moved.address_in(visit.lang))]).into_response()))
}

/// A requirement for who looks, with the texts of its versions.
struct Seen {
    one: One,
    /// The version that is open, whole.
    open: Option<StoredVersion>,
    /// The one that was decided last, whole; none where its text may not be shown.
    decided: Option<StoredVersion>,
}

/// Finds it.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing of it for who looks, [`Error::NotAllowed`] where it is not theirs to prepare.
async fn seen(visit: &Visit, connection: &mut sqlx::PgConnection, number: RequirementNumber) -> Result<Seen> {
    let one = read::one(&mut *connection, visit, number).await?.ok_or(Error::NotFound)?;
    if !one.reads {
        return Err(Error::NotAllowed);
    }
    let stored = crate::requirements::load(connection, &[number.get()]).await?.remove(&number.get());
    let (open, decided) = stored.map_or((None, None), |stored| (stored.open, stored.decided));
    let decided = decided.filter(|_| one.base.as_ref().is_some_and(|base| !base.hidden));
    Ok(Seen { one, open, decided })
}

/// Why something was refused, for a page that keeps what was typed.
struct Told {
    faults: Faults,
    how: How,
}

/// How that is answered.
enum How {
    Status(StatusCode),
    /// The fault is ours.
    Failed(Error),
}

impl Told {
    /// What whoever sent it can do something about; other refusals are errors.
    fn of(visit: &Visit, refused: Refused) -> Result<Self> {
        let t = visit.texts();
        let why = match refused {
            Refused::WhyNot(why) => why,
            Refused::Database(error) => return Self::failed(visit, error.into()),
            Refused::Canonical(error) => return Self::failed(visit, Error::Internal(error.into())),
        };
        let text = match &why {
            WhyNot::NotAllowed => return Err(Error::NotAllowed),
            WhyNot::Changed => t.preparation_changed().to_owned(),
            WhyNot::NotFrom(state) => t.preparation_not_from(names::state(&t, *state)),
            WhyNot::AlreadyOpen => t.preparation_already_open().to_owned(),
            WhyNot::Repealed => t.preparation_repealed().to_owned(),
            WhyNot::Stopped => t.preparation_stopped_already().to_owned(),
            WhyNot::NotStopped => t.preparation_not_stopped().to_owned(),
            WhyNot::NothingInForce | WhyNot::NothingToRevise => t.preparation_nothing_in_force().to_owned(),
            WhyNot::Shared => t.preparation_shared_already().to_owned(),
            WhyNot::NotShared => t.preparation_not_shared().to_owned(),
            WhyNot::GroupRetired => t.preparation_group_retired().to_owned(),
            _ => t.preparation_not_possible().to_owned(),
        };
        Ok(Self { faults: Faults::general(text), how: How::Status(StatusCode::CONFLICT) })
    }

    /// That the database is away, or the like; other errors stay what they are.
    fn failed(visit: &Visit, error: Error) -> Result<Self> {
        if !error.is_ours() {
            return Err(error);
        }
        let t = visit.texts();
        let text = if matches!(error, Error::Unavailable(_)) { t.preparation_away() } else { t.preparation_failed() };
        Ok(Self { faults: Faults::general(text), how: How::Failed(error) })
    }

    /// The answer with the page that shows the faults.
    fn on(self, page: Response) -> Response {
        match self.how {
            How::Status(status) => (status, page).into_response(),
            How::Failed(error) => error.on_page(page),
        }
    }
}

/// Who it was, in words.
fn named(t: Texts, name: Option<&str>) -> String {
    crate::accounts::name_or_removed(t, name).to_owned()
}

/// Whether a version of this state may be written in.
fn is_written(state: State) -> bool {
    state == State::Preparation
}
