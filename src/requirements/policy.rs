//! Who may do what with requirements. A permit has private fields and is made from rows locked in the same transaction;
//! nothing is written without one, and the store takes its ids from it.

use std::collections::HashSet;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    lifecycle::{State, Step, WhyNot},
    store,
};
use crate::kernel::{
    actor::{Actor, System},
    rights::Right,
};

/// Where a version's authority comes from; the `origin` of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A decision of the network.
    Decision,
    /// A file that was read in as already in force.
    Import,
    /// The example bank.
    Example,
}

impl Origin {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Import => "import",
            Self::Example => "example",
        }
    }
}

/// A refusal, or a fault on the way to an answer.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error(transparent)]
    WhyNot(#[from] WhyNot),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A text cannot be made canonical.
    #[error(transparent)]
    Canonical(#[from] serde_json::Error),
}

/// May lay in new versions and edit what is maintained. The requirements that exist already are locked.
#[derive(Debug)]
pub struct Prepare {
    by: Actor,
    locked: HashSet<Uuid>,
}

/// May take one version a step onwards (all steps but the decision).
#[derive(Debug)]
pub struct Advance {
    by: Actor,
    version: store::LockedVersion,
}

/// May decide these versions.
#[derive(Debug)]
pub struct Publish {
    by: Actor,
    origin: Origin,
    versions: Vec<store::LockedVersion>,
}

/// May stop one requirement for the time being, or lift the stop.
#[derive(Debug)]
pub struct Stop {
    by: Actor,
    requirement: Uuid,
}

/// May end one requirement.
#[derive(Debug)]
pub struct Repeal {
    by: Actor,
    origin: Origin,
    requirement: Uuid,
    at: OffsetDateTime,
    current: store::LockedVersion,
}

/// May take a text out of sight.
#[derive(Debug)]
pub struct HideText {
    by: Actor,
    version: store::LockedVersion,
}

/// May move all requirements of one product group to another. They are locked.
#[derive(Debug)]
pub struct Regroup {
    by: Actor,
    from: Uuid,
    to: Uuid,
    requirements: Vec<Uuid>,
}

/// May have all drafts that cite one reference cite another. Their requirements are locked.
#[derive(Debug)]
pub struct Recite {
    by: Actor,
    from: Uuid,
    to: Uuid,
    versions: Vec<Uuid>,
}

fn need(right: Right, actor: &Actor) -> Result<(), WhyNot> {
    if right.held_by(actor) { Ok(()) } else { Err(WhyNot::NotAllowed) }
}

/// Locks a version, its requirement before it.
async fn lock_one(tx: &mut PgConnection, version: Uuid) -> Result<store::LockedVersion, Refused> {
    let requirement = store::requirements_of(tx, &[version]).await?;
    store::lock_requirements(tx, &requirement).await?;
    Ok(store::lock_version(tx, version).await?.ok_or(WhyNot::NotAllowed)?)
}

fn origin_of(actor: &Actor) -> Origin {
    match actor {
        Actor::System(System::Example) => Origin::Example,
        Actor::System(_) => Origin::Import,
        Actor::Person { .. } | Actor::Anonymous => Origin::Decision,
    }
}

impl Prepare {
    /// Locks the requirements that are to get a new version.
    ///
    /// # Errors
    /// When the actor may neither prepare nor import.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, requirements: &[Uuid]) -> Result<Self, Refused> {
        if !Right::Prepare.held_by(actor) && !Right::ImportToPreparation.held_by(actor) {
            return Err(WhyNot::NotAllowed.into());
        }
        let locked = store::lock_requirements(tx, requirements).await?;
        Ok(Self { by: actor.clone(), locked: locked.into_iter().collect() })
    }

    /// Who prepares.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// Whether this requirement was there and was locked for it.
    pub fn covers(&self, requirement: Uuid) -> bool {
        self.locked.contains(&requirement)
    }
}

impl Regroup {
    /// Locks the requirements of the group, and those with a draft that is to put them there.
    ///
    /// # Errors
    /// When the actor may not edit the tree.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, from: Uuid, to: Uuid) -> Result<Self, Refused> {
        need(Right::EditTaxonomy, actor)?;
        let requirements = store::of_group(tx, from).await?;
        let requirements = store::lock_requirements(tx, &requirements).await?;
        Ok(Self { by: actor.clone(), from, to, requirements })
    }

    /// Who moves them.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// Out of which group.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// Into which.
    pub fn to(&self) -> Uuid {
        self.to
    }

    /// The requirements.
    pub fn requirements(&self) -> &[Uuid] {
        &self.requirements
    }
}

impl Recite {
    /// Locks the requirements with a draft that cites the one.
    ///
    /// # Errors
    /// When the actor may not edit what is referred to.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, from: Uuid, to: Uuid) -> Result<Self, Refused> {
        need(Right::EditTaxonomy, actor)?;
        let versions = store::drafts_citing(tx, from).await?;
        let requirements = store::requirements_of(tx, &versions).await?;
        store::lock_requirements(tx, &requirements).await?;
        // What was decided while it waited is not to be touched.
        let versions = store::drafts_citing(tx, from).await?;
        Ok(Self { by: actor.clone(), from, to, versions })
    }

    /// Who has them do so.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// What they cite.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// What they are to cite.
    pub fn to(&self) -> Uuid {
        self.to
    }

    /// The drafts.
    pub fn versions(&self) -> &[Uuid] {
        &self.versions
    }
}

impl Advance {
    /// Locks the version. Its lock number must be the one that the actor saw.
    ///
    /// # Errors
    /// When the actor may neither prepare nor decide, or somebody else changed it.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, version: Uuid, seen: i32) -> Result<Self, Refused> {
        if !Right::Prepare.held_by(actor) && !Right::Decide.held_by(actor) {
            return Err(WhyNot::NotAllowed.into());
        }
        let version = lock_one(tx, version).await?;
        if version.lock_version != seen {
            return Err(WhyNot::Changed.into());
        }
        Ok(Self { by: actor.clone(), version })
    }

    /// Whether this step is theirs to take: those who decide decline and revoke, those who prepare submit and discard, and
    /// either of them returns.
    ///
    /// # Errors
    /// [`WhyNot::NotAllowed`], always for the decision itself, which is no step but a decision.
    pub fn allows(&self, step: &Step<'_>) -> Result<(), WhyNot> {
        match step {
            Step::Submit | Step::Discard(_) => need(Right::Prepare, &self.by),
            Step::Return(_) => need(Right::Prepare, &self.by).or_else(|_| need(Right::Decide, &self.by)),
            Step::Decline(_) | Step::Revoke { .. } => need(Right::Decide, &self.by),
            Step::Decide => Err(WhyNot::NotAllowed),
        }
    }

    /// Who does it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// The version as locked.
    pub fn version(&self) -> &store::LockedVersion {
        &self.version
    }
}

impl Publish {
    /// Locks the versions that are to be decided. Those of an import or the example bank come straight from preparation.
    ///
    /// # Errors
    /// When the actor may not, or one of them is in no state for it.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, versions: &[Uuid]) -> Result<Self, Refused> {
        let origin = origin_of(actor);
        need(if origin == Origin::Decision { Right::Decide } else { Right::ImportAsCurrent }, actor)?;
        // The requirements first, as everybody does, so that two writers never wait for each other; and so that nobody repeals
        // at the same time.
        let requirements = store::requirements_of(tx, versions).await?;
        store::lock_requirements(tx, &requirements).await?;
        let versions = store::lock_versions(tx, versions).await?;
        for version in &versions {
            let fits = match origin {
                Origin::Decision => version.state == State::Ready,
                Origin::Import | Origin::Example => version.state.is_open(),
            };
            if !fits {
                return Err(WhyNot::NotFrom(version.state).into());
            }
        }
        if store::any_repealed(tx, &requirements).await? {
            return Err(WhyNot::Repealed.into());
        }
        Ok(Self { by: actor.clone(), origin, versions })
    }

    /// Who decides.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// On what authority.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The versions as locked.
    pub fn versions(&self) -> &[store::LockedVersion] {
        &self.versions
    }
}

impl Stop {
    /// Locks a requirement that has something in force.
    ///
    /// # Errors
    /// When the actor may not, or nothing is in force.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, requirement: Uuid, now: OffsetDateTime) -> Result<Self, Refused> {
        need(Right::Prepare, actor)?;
        store::lock_requirements(tx, &[requirement]).await?;
        store::lock_current(tx, requirement, now).await?.ok_or(WhyNot::NothingInForce)?;
        Ok(Self { by: actor.clone(), requirement })
    }

    /// Who stops it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// Which one.
    pub fn requirement(&self) -> Uuid {
        self.requirement
    }
}

impl Repeal {
    /// Locks the requirement and what is in force.
    ///
    /// # Errors
    /// When the actor may not, or nothing is in force.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, requirement: Uuid, at: OffsetDateTime) -> Result<Self, Refused> {
        need(Right::Decide, actor)?;
        store::lock_requirements(tx, &[requirement]).await?;
        if store::any_repealed(tx, &[requirement]).await? {
            return Err(WhyNot::Repealed.into());
        }
        let current = store::lock_current(tx, requirement, at).await?.ok_or(WhyNot::NothingInForce)?;
        // What ends the moment it begins was never in force.
        if current.takes_effect.is_none_or(|begins| at <= begins) {
            return Err(WhyNot::NothingInForce.into());
        }
        if store::is_version_to_come(tx, requirement, at).await? {
            return Err(WhyNot::VersionToCome.into());
        }
        Ok(Self { by: actor.clone(), origin: origin_of(actor), requirement, at, current })
    }

    /// Who repeals.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// On what authority.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Which requirement.
    pub fn requirement(&self) -> Uuid {
        self.requirement
    }

    /// From when on.
    pub fn at(&self) -> OffsetDateTime {
        self.at
    }

    /// The version that ends.
    pub fn current(&self) -> &store::LockedVersion {
        &self.current
    }
}

impl HideText {
    /// Locks a decided version.
    ///
    /// # Errors
    /// When the actor may not, or the version was never decided.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, version: Uuid) -> Result<Self, Refused> {
        need(Right::Mask, actor)?;
        let version = lock_one(tx, version).await?;
        if version.state != State::Decided {
            return Err(WhyNot::NotFrom(version.state).into());
        }
        Ok(Self { by: actor.clone(), version })
    }

    /// Who hides it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// The version as locked.
    pub fn version(&self) -> &store::LockedVersion {
        &self.version
    }
}
