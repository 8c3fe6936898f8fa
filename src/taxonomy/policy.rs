//! Who may change the tree.

use crate::kernel::{actor::Actor, rights::Right};

/// May edit areas, groups, codes and their owners.
#[derive(Debug)]
pub struct Edit {
    by: Actor,
}

impl Edit {
    /// The permit, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        Right::EditTaxonomy.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who edits.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}
