//! Who may decide about selections: whose they are, who else opens them, their end.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Denied, Edit};
use crate::{
    kernel::{actor::Actor, rights::Right},
    selections::{holder::Holder, store},
};

/// May decide about a selection: who else opens it, whose it is, its end. Its owner alone.
#[derive(Debug)]
pub struct Decide {
    edit: Edit,
    by: Actor,
}

impl Decide {
    /// None for who may change it and no more.
    pub fn of(edit: Edit, actor: &Actor) -> Option<Self> {
        edit.decides().then(|| Self { edit, by: actor.clone() })
    }

    /// The permit to change it.
    pub fn edit(&self) -> &Edit {
        &self.edit
    }

    /// Who decides.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}

/// May take a selection that nobody owns any more: whoever works for its organisation.
#[derive(Debug)]
pub struct Take {
    selection: Uuid,
    holder: Uuid,
    name: String,
    by: Actor,
}

impl Take {
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
        if !Right::MakeSelection.held_by(actor) || !matches!(holder, Holder::Member { .. }) {
            return Ok(Err(Denied::Unknown));
        }
        let Some(locked) = store::lock(tx, holder, selection, now, today).await? else { return Ok(Err(Denied::Unknown)) };
        if !locked.left {
            return Ok(Err(Denied::TooLittle));
        }
        Ok(Ok(Self { selection: locked.selection, holder: locked.holder, name: locked.name, by: actor.clone() }))
    }

    /// The selection.
    pub fn selection(&self) -> Uuid {
        self.selection
    }

    /// Who takes it.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who takes it, for the log.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}

/// May have the selections of a browser become those of a person, who has just signed in with it.
#[derive(Debug)]
pub struct Move {
    from: Uuid,
    to: Uuid,
    by: Actor,
}

impl Move {
    /// None where the browser holds nothing, or nobody acts for an organisation.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(
        tx: &mut PgConnection,
        actor: &Actor,
        (from, to): (&Holder, &Holder),
        now: OffsetDateTime,
        today: Date,
    ) -> sqlx::Result<Option<Self>> {
        let (Holder::Browser(key), Holder::Member { .. }) = (from, to) else { return Ok(None) };
        if !Right::MakeSelection.held_by(actor) {
            return Ok(None);
        }
        let Some(from) = store::owned::lock_browser(tx, key).await? else { return Ok(None) };
        Ok(Some(Self { from, to: store::hold(tx, to, now, today).await?, by: actor.clone() }))
    }

    /// The browser.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// The person at the organisation.
    pub fn to(&self) -> Uuid {
        self.to
    }

    /// Who has signed in.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}
