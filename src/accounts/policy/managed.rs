//! Who may change somebody else's account.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    accounts::store,
    kernel::{actor::Actor, rights::Right},
};

/// May change the account of one person: it is locked.
#[derive(Debug)]
pub(in crate::accounts) struct ManageOne {
    person: Uuid,
    open: bool,
    by: Actor,
}

impl ManageOne {
    /// None for who may not, and where there is no such person.
    pub(in crate::accounts) async fn ask(tx: &mut PgConnection, actor: &Actor, person: Uuid) -> sqlx::Result<Option<Self>> {
        if !Right::ManageAccounts.held_by(actor) {
            return Ok(None);
        }
        let Some(open) = store::managed::lock(tx, person).await? else { return Ok(None) };
        Ok(Some(Self { person, open, by: actor.clone() }))
    }

    /// Whose it is.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.person
    }

    /// Whether the account is open.
    pub(in crate::accounts) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether it is the account of who changes it: nobody shuts themselves out.
    pub(in crate::accounts) fn is_own(&self) -> bool {
        self.by.person().0 == Some(self.person)
    }

    /// Who changes it.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}
