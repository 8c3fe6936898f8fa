//! Who may add organisations.

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
