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
