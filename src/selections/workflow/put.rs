//! Requirements that are put into a selection, and copies of selections.

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{MOST_NAME, MOST_ROWS, MOST_SELECTIONS, Planned};
use crate::{
    kernel::{
        actor::{Actor, Viewer},
        limits::{self, Limit, Taken, Window},
    },
    requirements::RequirementNumber,
    selections::{
        holder::Holder,
        policy::{Edit, Make},
        reads::Access,
        store,
    },
};

/// How often requirements are put into selections, from one address: a whole office may share one.
pub const LIMIT: Limit =
    Limit { name: "selection", each: &[Window::new(600, Duration::minutes(10)), Window::new(6000, Duration::DAY)], all: &[] };

/// Rows that come at once and are more than somebody picks by hand.
const MANY: usize = 50;
/// How often so many come at once, from one address.
const LIMIT_OF_MANY: Limit = Limit {
    name: "selection_of_many",
    each: &[Window::new(60, Duration::minutes(10)), Window::new(600, Duration::DAY)],
    all: &[],
};

/// A requirement to put into a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its number.
    pub number: RequirementNumber,
    /// The version; none for the one in force.
    pub version: Option<i32>,
    /// Why it was proposed; empty where somebody chose it.
    pub reason: String,
}

impl Wanted {
    /// Reads `KB-0042` or `KB-0042:3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, version) = match text.split_once(':') {
            Some((number, version)) => (number, Some(version.parse().ok().filter(|version| *version > 0)?)),
            None => (text, None),
        };
        Some(Self { number: RequirementNumber::parse_loosely(number)?, version, reason: String::new() })
    }
}

/// Into which selection something is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into<'a> {
    /// The one in use; where there is none, a new one of this name.
    InUse(&'a str),
    /// A new one of this name.
    New(&'a str),
    /// A new one for a contract of which something is known.
    Planned(Planned<'a>),
}

/// What came of putting something in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Put(Put),
    /// There were too many; nothing is kept, and the next may come at this time.
    NotUntil(OffsetDateTime),
    /// The browser has as many selections as it can have.
    TooManySelections,
    /// It would be more than a selection takes: so many would have come, and so many fit.
    TooManyRows {
        /// What was to be put in.
        wanted: usize,
        /// What there is room for.
        room: usize,
    },
    /// Nothing of what was wanted is there, or may be seen.
    NothingFound,
}

/// What was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The selection.
    pub selection: Uuid,
    /// What it is called.
    pub name: String,
    /// To take it out again.
    pub batch: Uuid,
    /// How many rows came.
    pub new: usize,
    /// How many were there already.
    pub there: usize,
    /// How many rows there are now.
    pub rows: i64,
}

/// Who puts something in, when, from where.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What may be seen.
    pub viewer: &'a Viewer,
    /// The browser.
    pub holder: &'a Holder,
    /// What limits count by.
    pub client: &'a str,
    /// When.
    pub now: OffsetDateTime,
    /// The day, in Sweden.
    pub today: Date,
}

/// Puts requirements into a selection. What is there in the same version is left as it is; of many at once, what is there in
/// any version.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut PgConnection, by: By<'_>, into: Into<'_>, wanted: &[Wanted]) -> sqlx::Result<Outcome> {
    let versions = store::contents::find(tx, by.viewer, wanted, by.now).await?;
    if versions.is_empty() && !wanted.is_empty() {
        return Ok(Outcome::NothingFound);
    }
    if let Taken::NotUntil(until) = take(tx, versions.len(), by.client, by.now).await? {
        return Ok(Outcome::NotUntil(until));
    }
    let Some(make) = Make::ask(tx, by.actor, by.holder, by.now, by.today).await? else {
        return Ok(Outcome::NothingFound);
    };
    let (in_use, selections) = make.in_use(tx).await?;
    let permit = match (into, in_use) {
        (Into::InUse(_), Some(permit)) => permit,
        (Into::InUse(name) | Into::New(name) | Into::Planned(Planned { name, .. }), _) => {
            if selections >= MOST_SELECTIONS {
                return Ok(Outcome::TooManySelections);
            }
            let permit = make.create(tx, name, by.now).await?;
            if let Into::Planned(planned) = into {
                store::update(tx, &permit, name, planned.follow_up_hours, planned.contract_years, 1, by.now).await?;
            }
            permit
        }
    };
    fill(tx, &permit, &versions, wanted, by.now).await
}

/// Counts one addition of so many rows, where the limits allow it.
async fn take(tx: &mut PgConnection, rows: usize, client: &str, now: OffsetDateTime) -> sqlx::Result<Taken> {
    if rows > MANY {
        let taken = limits::take(tx, &LIMIT_OF_MANY, client, now).await?;
        if taken != Taken::Yes {
            return Ok(taken);
        }
    }
    limits::take(tx, &LIMIT, client, now).await
}

/// Puts requirements into one selection, whichever is in use; gives how many rows the one in use has now too.
///
/// # Errors
/// When the database refuses.
pub async fn put_into(
    tx: &mut PgConnection,
    permit: &Edit,
    viewer: &Viewer,
    client: &str,
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> sqlx::Result<(Outcome, i64)> {
    let versions = store::contents::find(tx, viewer, wanted, now).await?;
    let outcome = if versions.is_empty() {
        Outcome::NothingFound
    } else if let Taken::NotUntil(until) = limits::take(tx, &LIMIT, client, now).await? {
        Outcome::NotUntil(until)
    } else {
        fill(tx, permit, &versions, wanted, now).await?
    };
    Ok((outcome, store::rows_in_use(tx, permit.holder(), now).await?))
}

/// Puts versions into a selection that do not stand there yet.
async fn fill(
    tx: &mut PgConnection,
    permit: &Edit,
    versions: &[store::contents::FoundVersion],
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> sqlx::Result<Outcome> {
    let contents = store::contents::list(tx, permit).await?;
    let many = versions.len() > 1;
    let is_there = |version: &store::contents::Version| {
        contents.iter().any(|there| there.version == version.version || (many && there.requirement == version.requirement))
    };
    let (mut new, mut reasons): (Vec<store::contents::Version>, Vec<String>) = (Vec::new(), Vec::new());
    for found in versions {
        let is_twice = new.iter().any(|other| other.version == found.version.version);
        if !is_there(&found.version) && !is_twice {
            new.push(found.version);
            reasons.push(wanted.get(found.place).map(|wanted| wanted.reason.clone()).unwrap_or_default());
        }
    }
    let room = MOST_ROWS.saturating_sub(contents.len());
    if new.len() > room {
        return Ok(Outcome::TooManyRows { wanted: new.len(), room });
    }
    let batch = Uuid::now_v7();
    if !new.is_empty() {
        store::contents::append(tx, permit, &new, &reasons, batch, now).await?;
        store::touch(tx, permit, now).await?;
    }
    let rows = i64::try_from(contents.len() + new.len()).unwrap_or(i64::MAX);
    let there = versions.len() - new.len();
    Ok(Outcome::Put(Put { selection: permit.selection(), name: permit.name().to_owned(), batch, new: new.len(), there, rows }))
}

/// Makes a copy of a selection, rows and all that is filled in, and has the browser use it. `name` names the copy after it.
///
/// # Errors
/// When the database refuses.
pub async fn copy(
    tx: &mut PgConnection,
    by: By<'_>,
    access: &Access,
    name: impl FnOnce(&str) -> String,
) -> sqlx::Result<Outcome> {
    let Some((source, title)) = store::opened(tx, access, by.now).await? else {
        return Ok(Outcome::NothingFound);
    };
    if let Taken::NotUntil(until) = take(tx, MOST_ROWS, by.client, by.now).await? {
        return Ok(Outcome::NotUntil(until));
    }
    let Some(make) = Make::ask(tx, by.actor, by.holder, by.now, by.today).await? else {
        return Ok(Outcome::NothingFound);
    };
    if make.in_use(tx).await?.1 >= MOST_SELECTIONS {
        return Ok(Outcome::TooManySelections);
    }
    let name: String = name(&title).chars().take(MOST_NAME).collect();
    let permit = make.create(tx, &name, by.now).await?;
    let batch = Uuid::now_v7();
    let is_own = matches!(access, Access::Holder(..));
    let rows = store::contents::copy(tx, &permit, source, is_own, batch, by.now).await?;
    let new = usize::try_from(rows).unwrap_or(usize::MAX);
    Ok(Outcome::Put(Put { selection: permit.selection(), name: permit.name().to_owned(), batch, new, there: 0, rows }))
}
