//! Who may make selections and change them.

mod owned;

pub use owned::{Decide, Move, Take};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{holder::Holder, store};
use crate::kernel::{
    actor::{Actor, System},
    rights::Right,
};

/// What somebody may do with a selection, from least to most; the numbers are those of the SQL function `selection_right`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Read it.
    Read,
    /// Change what stands in it.
    Edit,
    /// Decide who else opens it, whose it is, and its end.
    Own,
}

impl Reach {
    /// What the database says; none for nothing.
    pub fn of(right: i32) -> Option<Self> {
        match right {
            1 => Some(Self::Read),
            2 => Some(Self::Edit),
            3 => Some(Self::Own),
            _ => None,
        }
    }
}

/// What colleagues may do with a selection; the numbers are those in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
pub enum Colleagues {
    /// Nothing: it is its owner's alone.
    Nothing = 0,
    /// Read it.
    Read = 1,
    /// Change it.
    Edit = 2,
}

impl Colleagues {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Read, Self::Edit];

    /// The number that stands in the database.
    pub fn number(self) -> i16 {
        self as i16
    }
}

/// Why somebody may not do something with a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// There is none, or they may not know of it.
    Unknown,
    /// They may open it, and no more than that.
    TooLittle,
}

/// May make selections, as a browser or for an organisation.
#[derive(Debug)]
pub struct Make {
    holder: Uuid,
    person: Option<Uuid>,
    now: OffsetDateTime,
}

impl Make {
    /// The permit, or none for who may not. Who holds one for the first time is noted, who is known is seen today.
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
        Ok(Some(Self { holder: store::hold(tx, holder, now, today).await?, person: holder.arguments().1, now }))
    }

    /// The holder's row, locked.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// The permit for the selection that requirements are put into, where there is one; and how many are held.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn in_use(&self, tx: &mut PgConnection) -> sqlx::Result<(Option<Edit>, i64)> {
        let (found, selections) = store::in_use(tx, self, self.now).await?;
        Ok((found.and_then(|found| Edit::of(found, self.person)), selections))
    }

    /// Makes an empty selection and has it used. Whoever made it may change it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn create(&self, tx: &mut PgConnection, name: &str, now: OffsetDateTime) -> sqlx::Result<Edit> {
        let selection = store::insert(tx, self, name, now).await?;
        Ok(Edit { selection, holder: self.holder, person: self.person, name: name.to_owned(), reach: Reach::Own })
    }
}

/// May change one selection: it is locked, and theirs, or shared with them to be changed.
#[derive(Debug)]
pub struct Edit {
    selection: Uuid,
    holder: Uuid,
    person: Option<Uuid>,
    name: String,
    reach: Reach,
}

impl Edit {
    /// The permit, or why there is none.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        holder: &Holder,
        selection: Uuid,
        now: OffsetDateTime,
        today: Date,
    ) -> sqlx::Result<Result<Self, Denied>> {
        if !Right::MakeSelection.held_by(actor) {
            return Ok(Err(Denied::Unknown));
        }
        let Some(locked) = store::lock(tx, holder, selection, now, today).await? else { return Ok(Err(Denied::Unknown)) };
        Ok(Self::of(locked, holder.arguments().1).ok_or(Denied::TooLittle))
    }

    fn of(locked: store::Locked, person: Option<Uuid>) -> Option<Self> {
        let reach = Reach::of(locked.right).filter(|reach| *reach >= Reach::Edit)?;
        Some(Self { selection: locked.selection, holder: locked.holder, person, name: locked.name, reach })
    }

    /// The selection.
    pub fn selection(&self) -> Uuid {
        self.selection
    }

    /// Who changes it: the browser's row, or that of the person at the organisation.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// The person who changes it; none where nobody has signed in.
    pub fn person(&self) -> Option<Uuid> {
        self.person
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether they decide about it too.
    pub fn decides(&self) -> bool {
        self.reach == Reach::Own
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
