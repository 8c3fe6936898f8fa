//! Who may take what waits.

use uuid::Uuid;

use super::Kind;
use crate::kernel::{actor::Actor, rights::Right};

/// May take one thing that waits, or leave it.
#[derive(Debug)]
pub(super) struct Take {
    by: Actor,
    person: Uuid,
    kind: Kind,
    subject: Uuid,
}

impl Take {
    /// None for who may not, and for what is taken where it belongs. Whether the thing waits is for the caller to know, who found it in the same transaction.
    pub(super) fn ask(actor: &Actor, kind: Kind, subject: Uuid) -> Option<Self> {
        let person = actor.person().0?;
        let may = Right::HandleInbox.held_by(actor) && !kind.has_own_handler();
        may.then(|| Self { by: actor.clone(), person, kind, subject })
    }

    /// Who takes it.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }

    /// The same as a person.
    pub(super) fn person(&self) -> Uuid {
        self.person
    }

    /// What kind of thing it is.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Which one.
    pub(super) fn subject(&self) -> Uuid {
        self.subject
    }
}
