//! Who may add organisations, and edit them.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Facts, Senders, store};
use crate::kernel::{actor::Actor, rights::Right};

/// May add organisations.
#[derive(Debug)]
pub(super) struct Edit {
    by: Actor,
}

impl Edit {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::ManageAccounts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who adds them.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May change what is said of one organisation: it is locked.
#[derive(Debug)]
pub(super) struct Change {
    organisation: Uuid,
    before: Facts,
    by: Actor,
}

impl Change {
    /// None for who may not, and where there is no such organisation.
    pub(super) async fn ask(tx: &mut PgConnection, actor: &Actor, organisation: Uuid) -> sqlx::Result<Option<Self>> {
        if !Right::ManageAccounts.held_by(actor) {
            return Ok(None);
        }
        let Some(before) = store::lock(tx, organisation).await? else { return Ok(None) };
        Ok(Some(Self { organisation, before, by: actor.clone() }))
    }

    /// Which one.
    pub(super) fn organisation(&self) -> Uuid {
        self.organisation
    }

    /// What is said of it now.
    pub(super) fn before(&self) -> &Facts {
        &self.before
    }

    /// Who changes it.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May write an organisation down that nobody sees yet.
#[derive(Debug)]
pub(super) struct Propose {
    by: Actor,
}

impl Propose {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::Register.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May have organisations shown.
#[derive(Debug)]
pub(super) struct List {
    by: Actor,
}

impl List {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::ApproveAccounts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May say who sends in the name of one organisation that is shown: it is locked.
#[derive(Debug)]
pub(super) struct Entrust {
    organisation: Uuid,
    before: Option<Senders>,
    by: Actor,
}

impl Entrust {
    /// None for who does not look after its accounts, and where there is no such organisation.
    pub(super) async fn ask(tx: &mut PgConnection, actor: &Actor, organisation: Uuid) -> sqlx::Result<Option<Self>> {
        let own = actor.person().1 == Some(organisation);
        if !Right::Invite.held_by(actor) || !(own || Right::ApproveAccounts.held_by(actor)) {
            return Ok(None);
        }
        let Some(chosen) = store::lock_senders(tx, organisation).await? else { return Ok(None) };
        Ok(Some(Self { organisation, before: chosen.senders, by: actor.clone() }))
    }

    /// Which one.
    pub(super) fn organisation(&self) -> Uuid {
        self.organisation
    }

    /// What it had chosen, if anything.
    pub(super) fn before(&self) -> Option<Senders> {
        self.before
    }

    /// Who says so.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}
