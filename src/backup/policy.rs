//! Who may take the whole bank out, or put another one in its place.

use crate::kernel::{actor::Actor, rights::Right};

/// May take backups and restore them.
#[derive(Debug)]
pub(super) struct Keep {
    by: Actor,
}

impl Keep {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::KeepBackups.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does it.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}
