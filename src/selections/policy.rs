//! Who may make selections and change them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{holder::Holder, store};
use crate::kernel::{
    actor::{Actor, System},
    rights::Right,
};

/// May make selections for this browser.
#[derive(Debug)]
pub struct Make {
    holder: Uuid,
}

impl Make {
    /// The permit, or none for who may not. A browser that is new is noted, one that is known is seen today.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        holder: &Holder,
        now: OffsetDateTime,
        today: Date,
    ) -> sqlx::Result<Option<Self>> {
        if !Right::MakeSelection.held_by(actor) {
            return Ok(None);
        }
        Ok(Some(Self { holder: store::hold(tx, holder, now, today).await? }))
    }

    /// The browser's row, locked.
    pub fn holder(&self) -> Uuid {
        self.holder
    }
}

/// May change one selection: it is locked, and the browser's own.
#[derive(Debug)]
pub struct Edit {
    selection: Uuid,
    holder: Uuid,
    name: String,
}

impl Edit {
    /// The permit, or none for who may not, or may not know of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        holder: &Holder,
        selection: Uuid,
        today: Date,
    ) -> sqlx::Result<Option<Self>> {
        if !Right::MakeSelection.held_by(actor) {
            return Ok(None);
        }
        let locked = store::lock(tx, holder, selection, today).await?;
        Ok(locked.map(|(holder, name)| Self { selection, holder, name }))
    }

    /// A selection that was made in this transaction by who holds the permit for it.
    pub(super) fn of_new(made: &Make, selection: Uuid, name: String) -> Self {
        Self { selection, holder: made.holder, name }
    }

    /// The selection.
    pub fn selection(&self) -> Uuid {
        self.selection
    }

    /// Whose it is.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// May lay in a selection that is no browser's: the example bank alone.
#[derive(Debug)]
pub struct Lay(());

impl Lay {
    /// The permit, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        (matches!(actor, Actor::System(System::Example)) && Right::MakeSelection.held_by(actor)).then_some(Self(()))
    }
}

/// May throw away what nobody can come back to: the nightly job.
#[derive(Debug)]
pub struct Sweep(());

impl Sweep {
    /// The permit, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        matches!(actor, Actor::System(System::Job)).then_some(Self(()))
    }
}
