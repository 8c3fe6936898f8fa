//! Who may draft decisions, decide, and look at what one decided alone. A permit is made of rows locked in the same transaction.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    lifecycle::State,
    number::DecisionNumber,
    store::{self, Locked, Made},
    workflow::Refused,
};
use crate::kernel::{
    actor::{Actor, Role},
    rights::Right,
};

/// When something is asked: the day in Sweden, and the moment.
pub(super) type When = (Date, OffsetDateTime);

/// A person who acts for an organisation.
#[derive(Debug, Clone)]
struct Hand {
    by: Actor,
    person: Uuid,
    organisation: Uuid,
}

impl Hand {
    fn of(actor: &Actor, right: Right) -> Result<Self, Refused> {
        match actor.person() {
            (Some(person), Some(organisation)) if right.held_by(actor) => Ok(Self { by: actor.clone(), person, organisation }),
            _ => Err(Refused::Right),
        }
    }

    /// Whether they draft: those who curate the whole bank, and who looks after an area.
    fn drafts(&self) -> bool {
        self.by.has(Role::LmcCoordinator) || self.by.has(Role::AreaCoordinator)
    }

    /// Whether all of these requirements are theirs to draft about.
    async fn covers(&self, tx: &mut PgConnection, requirements: &[Uuid], when: When) -> Result<bool, Refused> {
        if self.by.has(Role::LmcCoordinator) {
            return Ok(true);
        }
        Ok(store::coordinates_all(tx, (self.person, self.organisation), requirements, when).await?)
    }
}

/// May begin drafts.
#[derive(Debug)]
pub struct Begin(Hand);

impl Begin {
    /// The permit, for a draft that begins with these requirements.
    ///
    /// # Errors
    /// [`Refused::Right`] for who drafts none, or looks after other areas.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, requirements: &[Uuid], when: When) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::PrepareDecisions)?;
        if !hand.drafts() || !hand.covers(tx, requirements, when).await? {
            return Err(Refused::Right);
        }
        Ok(Self(hand))
    }

    /// Who begins.
    pub fn by(&self) -> &Actor {
        &self.0.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.0.person
    }

    /// For whom.
    pub fn organisation(&self) -> Uuid {
        self.0.organisation
    }
}

/// May write in one draft, which is locked: those who draft until it is submitted, who decides after that.
#[derive(Debug)]
pub struct Write {
    hand: Hand,
    draft: Locked,
}

impl Write {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::NotThere`], [`Refused::Right`] for who sees it and may not write in it as it stands.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, id: Uuid, when: When) -> Result<Self, Refused> {
        let permit = Self::lock(tx, actor, id, when).await?;
        let may = match permit.draft.state {
            State::Draft => permit.hand.drafts(),
            State::Waiting | State::Decided => Right::Decide.held_by(actor),
        };
        if may { Ok(permit) } else { Err(Refused::Right) }
    }

    /// Locks one that they may see.
    async fn lock(tx: &mut PgConnection, actor: &Actor, id: Uuid, when: When) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::PrepareDecisions)?;
        let draft = store::lock(tx, id).await?.ok_or(Refused::NotThere)?;
        let sees = hand.by.has(Role::LmcCoordinator)
            || hand.by.has(Role::DecisionMaker)
            || store::is_of_areas(tx, &draft, (hand.person, hand.organisation), when).await?;
        if sees { Ok(Self { hand, draft }) } else { Err(Refused::NotThere) }
    }

    /// Whether these requirements may be put into it.
    ///
    /// # Errors
    /// [`Refused::Right`] for who looks after other areas.
    pub async fn covers(&self, tx: &mut PgConnection, requirements: &[Uuid], when: When) -> Result<(), Refused> {
        // Who decides takes what is in front of them.
        if self.draft.state == State::Draft && self.hand.covers(tx, requirements, when).await? {
            return Ok(());
        }
        Err(Refused::Right)
    }

    /// Who writes.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// What they write in.
    pub fn draft(&self) -> &Locked {
        &self.draft
    }
}

/// May hand one draft, which is locked, to who decides, or take it back: those who draft; and who decides hands it back.
#[derive(Debug)]
pub struct Pass(Write);

impl Pass {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::NotThere`], [`Refused::Right`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, id: Uuid, when: When) -> Result<Self, Refused> {
        let permit = Write::lock(tx, actor, id, when).await?;
        let may = permit.hand.drafts() || permit.draft.state == State::Waiting;
        if may { Ok(Self(permit)) } else { Err(Refused::Right) }
    }

    /// Who does it.
    pub fn by(&self) -> &Actor {
        self.0.by()
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.0.person()
    }

    /// What is handed on.
    pub fn draft(&self) -> &Locked {
        self.0.draft()
    }
}

/// Whether somebody may decide what they submitted themselves, where it cannot wait: it takes both roles.
pub fn may_alone(actor: &Actor) -> bool {
    actor.has(Role::LmcCoordinator) && actor.has(Role::DecisionMaker)
}

/// May decide one draft, which is locked.
#[derive(Debug)]
pub struct Decide {
    hand: Hand,
    draft: Locked,
}

impl Decide {
    /// Locks it.
    ///
    /// # Errors
    /// [`Refused::Right`] for who does not decide, [`Refused::NotThere`].
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::Decide)?;
        let draft = store::lock(tx, id).await?.ok_or(Refused::NotThere)?;
        Ok(Self { hand, draft })
    }

    /// Whether they may decide what they submitted themselves, where it cannot wait: it takes both roles.
    pub fn may_alone(&self) -> bool {
        may_alone(&self.hand.by)
    }

    /// Who decides.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// For whom they act.
    pub fn organisation(&self) -> Uuid {
        self.hand.organisation
    }

    /// What is decided.
    pub fn draft(&self) -> &Locked {
        &self.draft
    }
}

/// May approve afterwards what one person alone decided.
#[derive(Debug)]
pub struct Review {
    hand: Hand,
    decision: Made,
}

impl Review {
    /// The permit. Who decided or submitted it is nobody to look at it.
    ///
    /// # Errors
    /// [`Refused::Right`], [`Refused::NotThere`], [`Refused::Over`] where it waits for nobody.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, number: DecisionNumber) -> Result<Self, Refused> {
        let hand = Hand::of(actor, Right::Decide)?;
        let decision = store::made(tx, number).await?.ok_or(Refused::NotThere)?;
        if !decision.awaits_review {
            return Err(Refused::Over);
        }
        if decision.by.contains(&Some(hand.person)) {
            return Err(Refused::SamePerson);
        }
        Ok(Self { hand, decision })
    }

    /// Who looks at it.
    pub fn by(&self) -> &Actor {
        &self.hand.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.hand.person
    }

    /// For whom they act.
    pub fn organisation(&self) -> Uuid {
        self.hand.organisation
    }

    /// Which decision.
    pub fn decision(&self) -> &Made {
        &self.decision
    }
}
