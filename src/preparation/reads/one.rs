//! A requirement for those who prepare it.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::{
        actor::{Audience, Role},
        rights::Right,
        web::Visit,
    },
    requirements::{
        RequirementNumber,
        content::Novelty,
        fields::{Change, iso_date_option},
        lifecycle::State,
    },
};

/// All of it.
#[derive(Debug, Clone, Deserialize)]
pub struct One {
    /// Its id.
    pub id: Uuid,
    own: bool,
    /// The next review.
    #[serde(with = "iso_date_option")]
    pub review_by: Option<Date>,
    /// Its product group.
    pub group: Uuid,
    /// What that is called.
    pub group_name: String,
    /// What its area is called.
    pub area_name: String,
    /// The path of the group, as in `textil/arbetsklader`.
    pub group_path: String,
    /// Whether it is repealed, or is to be.
    pub repealed: bool,
    /// That it is not to be used just now.
    pub stop: Option<Stop>,
    /// What it is called, where that may be shown.
    pub title: Option<String>,
    /// The version in force.
    pub current: Option<Current>,
    /// The version that was decided last, in force or to come.
    pub base: Option<Base>,
    /// The version that is open.
    pub open: Option<Open>,
    /// What happened, latest first.
    pub events: Vec<Happened>,
    /// Whether who looks may prepare it.
    #[serde(skip)]
    pub prepares: bool,
    /// Whether who looks may read what is prepared.
    #[serde(skip)]
    pub reads: bool,
}

/// A temporary stop.
#[derive(Debug, Clone, Deserialize)]
pub struct Stop {
    /// Why.
    pub reason: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

/// The version in force.
#[derive(Debug, Clone, Deserialize)]
pub struct Current {
    /// Its number.
    pub number: i32,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

/// What a draft is compared with.
#[derive(Debug, Clone, Deserialize)]
pub struct Base {
    /// Its number.
    pub number: i32,
    /// Whether its text may not be shown.
    pub hidden: bool,
}

/// A person, by name; none where the account was erased.
#[derive(Debug, Clone, Deserialize)]
pub struct Named {
    /// Who.
    pub id: Uuid,
    /// What they are called.
    pub name: Option<String>,
}

/// Somebody who has opened the editor lately.
#[derive(Debug, Clone, Deserialize)]
pub struct Opening {
    /// Who.
    #[serde(flatten)]
    pub who: Named,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// The version that is open.
#[derive(Debug, Clone, Deserialize)]
pub struct Open {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: i32,
    state: String,
    /// Its lock.
    pub lock: i32,
    /// Whether the authorities may read it.
    pub shared: bool,
    /// When it was begun.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Why, where that is known.
    pub because: Option<String>,
    /// The same in words.
    pub note: String,
    /// When somebody wrote in it last.
    #[serde(with = "time::serde::rfc3339::option")]
    pub edited_at: Option<OffsetDateTime>,
    /// By whom; none where the account was erased.
    pub edited_by: Option<String>,
    /// Who has it.
    pub handler: Option<Named>,
    changes: Vec<Change>,
    change_note: String,
    running_contracts: String,
    #[serde(with = "iso_date_option")]
    transition_until: Option<Date>,
    /// Who has opened the editor within two hours.
    pub openings: Vec<Opening>,
}

impl Open {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Preparation)
    }

    /// What it says of itself.
    pub fn novelty(&self) -> Novelty {
        Novelty {
            changes: self.changes.clone(),
            note: self.change_note.clone(),
            running_contracts: self.running_contracts.clone(),
            transition_until: self.transition_until,
        }
    }
}

/// Something that happened to it.
#[derive(Debug, Clone, Deserialize)]
pub struct Happened {
    /// What: `requirement.submitted`.
    pub kind: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// The reason given.
    pub reason: Option<String>,
    /// To which version.
    pub version: Option<i32>,
    /// Why that was begun.
    pub because: Option<String>,
    /// The same in words.
    pub note: Option<String>,
    /// Whether a person did it.
    pub person: bool,
    /// What they are called.
    pub name: Option<String>,
    /// For whom they acted.
    pub organisation: Option<String>,
}

/// Reads it; none where there is nothing of it for who looks.
///
/// # Errors
/// When the database is away.
pub async fn one(connection: &mut PgConnection, visit: &Visit, number: RequirementNumber) -> sqlx::Result<Option<One>> {
    let actor = visit.actor();
    let (person, organisation) = actor.person();
    let read = sqlx::query_file_scalar!(
        "src/preparation/reads/one.sql",
        number.get(),
        visit.viewer.level(),
        visit.viewer.organisations(),
        visit.now,
        visit.today(),
        person,
        organisation,
    );
    let mut found = read.fetch_optional(connection).await?.map(|json| json.0);
    if let Some(one) = &mut found {
        let own = one.own && actor.has(Role::AreaCoordinator);
        one.prepares = Right::Prepare.held_by(&actor) && (own || actor.has(Role::LmcCoordinator));
        one.reads = one.prepares || visit.viewer.level() >= Audience::Preparers.level();
    }
    Ok(found)
}
