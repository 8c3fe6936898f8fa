//! Who may do what with requirements. A permit has private fields and is made from rows locked in the same transaction;
//! nothing is written without one, and the store takes its ids from it.

mod moving;

use std::collections::HashSet;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    lifecycle::{State, Step, WhyNot},
    store,
};
use crate::kernel::{
    actor::{Actor, Role, System},
    clock,
    rights::Right,
};

pub use moving::{Recite, Regroup};

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

/// May write in one open version, share it, and say who has it.
#[derive(Debug)]
pub struct Open {
    by: Actor,
    version: store::LockedVersion,
}

/// May take one version a step onwards (all steps but the decision).
#[derive(Debug)]
pub struct Advance {
    by: Actor,
    version: store::LockedVersion,
    /// Whether they may prepare it; who decides may not always.
    prepares: bool,
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

fn need(right: Right, actor: &Actor) -> Result<(), WhyNot> {
    if right.held_by(actor) { Ok(()) } else { Err(WhyNot::NotAllowed) }
}

/// Whether the whole bank is theirs to prepare, and not only the areas that they look after.
fn curates(actor: &Actor) -> bool {
    Right::Prepare.held_by(actor) && (!matches!(actor, Actor::Person { .. }) || actor.has(Role::LmcCoordinator))
}

/// Whether they may prepare in these groups.
async fn prepares_in(tx: &mut PgConnection, actor: &Actor, groups: &[Uuid], now: OffsetDateTime) -> Result<bool, Refused> {
    if curates(actor) {
        return Ok(true);
    }
    let (Some(person), Some(organisation)) = actor.person() else { return Ok(false) };
    let today = clock::in_sweden(now).date();
    Ok(Right::Prepare.held_by(actor) && store::coordinates(tx, (person, organisation), groups, (today, now)).await?)
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
    /// When the actor may neither prepare all of the bank nor import.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, requirements: &[Uuid]) -> Result<Self, Refused> {
        if !curates(actor) && !Right::ImportToPreparation.held_by(actor) {
            return Err(WhyNot::NotAllowed.into());
        }
        let locked = store::lock_requirements(tx, requirements).await?;
        Ok(Self { by: actor.clone(), locked: locked.into_iter().collect() })
    }

    /// The same for who looks after an area: within it. Locks the requirement; without one it is for something new in a group.
    ///
    /// # Errors
    /// When the actor may not prepare there.
    pub async fn within(
        tx: &mut PgConnection,
        actor: &Actor,
        requirement: Option<Uuid>,
        group: Option<Uuid>,
        now: OffsetDateTime,
    ) -> Result<Self, Refused> {
        need(Right::Prepare, actor)?;
        let asked: Vec<Uuid> = requirement.into_iter().collect();
        let locked = store::lock_requirements(tx, &asked).await?;
        let mut groups = store::groups_of(tx, &locked).await?;
        groups.extend(group);
        if locked.len() != asked.len() || !prepares_in(tx, actor, &groups, now).await? {
            return Err(WhyNot::NotAllowed.into());
        }
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

impl Open {
    /// Locks an open version, for who may prepare it; `moves_to` is the group that it is to stand in, which is theirs too.
    ///
    /// # Errors
    /// When the actor may not prepare there, or the version is not open.
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        version: Uuid,
        moves_to: Option<Uuid>,
        now: OffsetDateTime,
    ) -> Result<Self, Refused> {
        need(Right::Prepare, actor)?;
        let version = lock_one(tx, version).await?;
        let mut groups = store::groups_of(tx, &[version.requirement]).await?;
        groups.extend(moves_to);
        if !prepares_in(tx, actor, &groups, now).await? {
            return Err(WhyNot::NotAllowed.into());
        }
        if !version.state.is_open() {
            return Err(WhyNot::NotFrom(version.state).into());
        }
        Ok(Self { by: actor.clone(), version })
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

impl Advance {
    /// Locks the version. Its lock number must be the one that the actor saw.
    ///
    /// # Errors
    /// When the actor may neither prepare all of the bank nor decide, or somebody else changed it.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, version: Uuid, seen: i32) -> Result<Self, Refused> {
        let prepares = curates(actor);
        if !prepares && !Right::Decide.held_by(actor) {
            return Err(WhyNot::NotAllowed.into());
        }
        Self::seen(actor, lock_one(tx, version).await?, prepares, seen)
    }

    /// The same for who looks after an area: within it.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn within(
        tx: &mut PgConnection,
        actor: &Actor,
        version: Uuid,
        seen: i32,
        now: OffsetDateTime,
    ) -> Result<Self, Refused> {
        let version = lock_one(tx, version).await?;
        let groups = store::groups_of(tx, &[version.requirement]).await?;
        let prepares = prepares_in(tx, actor, &groups, now).await?;
        if !prepares && !Right::Decide.held_by(actor) {
            return Err(WhyNot::NotAllowed.into());
        }
        Self::seen(actor, version, prepares, seen)
    }

    fn seen(actor: &Actor, version: store::LockedVersion, prepares: bool, seen: i32) -> Result<Self, Refused> {
        if version.lock_version != seen {
            return Err(WhyNot::Changed.into());
        }
        Ok(Self { by: actor.clone(), version, prepares })
    }

    /// Whether this step is theirs to take: those who decide decline and revoke, those who prepare submit and discard, and
    /// either of them returns.
    ///
    /// # Errors
    /// [`WhyNot::NotAllowed`], always for the decision itself, which is no step but a decision.
    pub fn allows(&self, step: &Step<'_>) -> Result<(), WhyNot> {
        match step {
            Step::Submit | Step::Discard(_) | Step::Return(_) if self.prepares => Ok(()),
            Step::Return(_) | Step::Decline(_) | Step::Revoke { .. } => need(Right::Decide, &self.by),
            Step::Submit | Step::Discard(_) | Step::Decide => Err(WhyNot::NotAllowed),
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
        let groups = store::groups_of(tx, &[requirement]).await?;
        if !prepares_in(tx, actor, &groups, now).await? {
            return Err(WhyNot::NotAllowed.into());
        }
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
