//! Who may become the first administrator.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Manage, OverPassword};
use crate::{
    accounts::{reads, setup::Offered, store},
    kernel::actor::Actor,
};

/// May make themselves the first administrator: has the key that the program printed, and there is none.
#[derive(Debug)]
pub(in crate::accounts) struct SetUp {
    manage: Manage,
}

impl SetUp {
    /// None where the key is another, or somebody was first.
    pub(in crate::accounts) async fn ask(
        tx: &mut PgConnection,
        offered: &Offered,
        typed: &str,
        now: OffsetDateTime,
    ) -> sqlx::Result<Option<Self>> {
        store::setup::wait(tx).await?;
        if !offered.is(typed) || reads::setup::has_admin(tx, now).await? {
            return Ok(None);
        }
        Ok(Some(Self { manage: Manage { by: Actor::Anonymous } }))
    }

    /// What comes with it.
    pub(in crate::accounts) fn manage(&self) -> &Manage {
        &self.manage
    }

    /// May set the password of the account that is made.
    pub(in crate::accounts) fn first(&self, person: Uuid) -> First {
        First { person }
    }
}

/// May set the first administrator's password.
#[derive(Debug)]
pub(in crate::accounts) struct First {
    person: Uuid,
}

impl OverPassword for First {
    fn person(&self) -> Uuid {
        self.person
    }

    fn kept_session(&self) -> Option<Uuid> {
        None
    }
}
