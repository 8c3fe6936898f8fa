//! Who may take out what the bank holds about them, and who may have an account erased.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Manage, factor::Fresh};
use crate::{
    accounts::store::erase as kept,
    kernel::{actor::Actor, rights::Right},
};

/// May erase an account: its owner, who has just proved who they are, or whoever manages accounts. The person is locked, and
/// is not the last who runs the bank.
#[derive(Debug)]
pub(in crate::accounts) struct Erase {
    person: Uuid,
    by: Actor,
    on_request: bool,
}

/// Why an account is not erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotErased {
    /// There is none, or it is erased already.
    Unknown,
    /// Nobody else runs the bank: somebody else has to be an administrator first.
    LastAdministrator,
}

impl Erase {
    /// One's own.
    pub(in crate::accounts) async fn own(
        tx: &mut PgConnection,
        fresh: Fresh,
        now: OffsetDateTime,
    ) -> sqlx::Result<Result<Self, NotErased>> {
        let permit = Self { person: fresh.person(), by: fresh.own().by().clone(), on_request: false };
        permit.unless_last(tx, now).await
    }

    /// Somebody's who has asked for it. An account that is closed can be erased too.
    pub(in crate::accounts) async fn on_request(
        tx: &mut PgConnection,
        manage: &Manage,
        person: Uuid,
        now: OffsetDateTime,
    ) -> sqlx::Result<Result<Self, NotErased>> {
        if !kept::lock(tx, person).await? {
            return Ok(Err(NotErased::Unknown));
        }
        let permit = Self { person, by: manage.by().clone(), on_request: true };
        permit.unless_last(tx, now).await
    }

    /// Those who go at the same time wait for each other, so that one of them stays.
    async fn unless_last(self, tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Result<Self, NotErased>> {
        kept::wait_for_administrators(tx).await?;
        let is_last = kept::is_last_administrator(tx, self.person, now).await?;
        Ok(if is_last { Err(NotErased::LastAdministrator) } else { Ok(self) })
    }

    /// Whose account.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.person
    }

    /// Who has it erased.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }

    /// Whether somebody else does it for them.
    pub(in crate::accounts) fn is_on_request(&self) -> bool {
        self.on_request
    }
}

/// May take away what is left of those who are erased.
#[derive(Debug)]
pub(in crate::accounts) struct EraseRemains {
    by: Actor,
}

impl EraseRemains {
    /// None for who may not.
    pub(in crate::accounts) fn ask(actor: &Actor) -> Option<Self> {
        Right::SweepAccounts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does it.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}
