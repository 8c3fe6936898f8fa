//! Who may take what waits.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Kind, store, workflow::Refused};
use crate::kernel::{actor::Actor, clock, rights::Right};

/// Whether somebody takes things of a kind, before it is asked where one lies.
pub fn may_take(actor: &Actor, kind: Kind) -> bool {
    Right::HandleInbox.held_by(actor) || (Right::TakeTasks.held_by(actor) && kind.is_seen_to_in_areas())
}

/// May take one thing that waits, or leave it.
#[derive(Debug)]
pub(super) struct Take {
    by: Actor,
    person: Uuid,
    kind: Kind,
    subject: Uuid,
}

impl Take {
    /// Whether the thing waits is for the caller to know, who found it in the same transaction. What is taken where it belongs
    /// is not taken here.
    ///
    /// # Errors
    /// [`Refused::Right`] for who may not, or does not look after where it lies.
    pub(super) async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        kind: Kind,
        subject: Uuid,
        now: OffsetDateTime,
    ) -> Result<Self, Refused> {
        let (Some(person), organisation) = actor.person() else { return Err(Refused::Right) };
        if !may_take(actor, kind) || kind.has_own_handler() {
            return Err(Refused::Right);
        }
        let today = clock::in_sweden(now).date();
        if !Right::HandleInbox.held_by(actor)
            && !store::lies_in_areas(tx, (person, organisation), kind, subject, (today, now)).await?
        {
            return Err(Refused::Right);
        }
        Ok(Self { by: actor.clone(), person, kind, subject })
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
