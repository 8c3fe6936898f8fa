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

    /// The permit for the selection that the browser puts requirements into, where there is one; and how many it has.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn in_use(&self, tx: &mut PgConnection) -> sqlx::Result<(Option<Edit>, i64)> {
        let (found, selections) = store::in_use(tx, self).await?;
        Ok((found.map(|(selection, name)| Edit { selection, holder: self.holder, name }), selections))
    }

    /// Makes an empty selection and has the browser use it. Whoever made it may change it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn create(&self, tx: &mut PgConnection, name: &str, now: OffsetDateTime) -> sqlx::Result<Edit> {
        let selection = store::insert(tx, self, name, now).await?;
        Ok(Edit { selection, holder: self.holder, name: name.to_owned() })
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

/// May change one row of a selection: it is locked too.
#[derive(Debug)]
pub struct EditRow {
    selection: Uuid,
    row: Uuid,
    version: Uuid,
    lock_version: i32,
    removed: bool,
}

impl EditRow {
    /// The permit, or none where the selection has no such row.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(tx: &mut PgConnection, permit: &Edit, row: Uuid) -> sqlx::Result<Option<Self>> {
        let locked = store::row::lock(tx, permit, row).await?;
        Ok(locked.map(|locked| Self {
            selection: permit.selection,
            row,
            version: locked.version,
            lock_version: locked.lock_version,
            removed: locked.removed,
        }))
    }

    /// The selection.
    pub fn selection(&self) -> Uuid {
        self.selection
    }

    /// The row.
    pub fn row(&self) -> Uuid {
        self.row
    }

    /// The version that it is pinned to.
    pub fn version(&self) -> Uuid {
        self.version
    }

    /// The lock that a form of it carries now.
    pub fn lock_version(&self) -> i32 {
        self.lock_version
    }

    /// Whether it was taken out.
    pub fn is_removed(&self) -> bool {
        self.removed
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
