//! Permits for what comes by mail.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Manage;
use crate::{
    accounts::{
        key::Key,
        reads::people::{self, Wanted},
        store,
    },
    kernel::{actor::Actor, rights::Right},
};

/// May make links and send them to the addresses of those whom they are for.
#[derive(Debug)]
pub(in crate::accounts) struct SendLinks {
    by: Actor,
}

impl SendLinks {
    /// None for who may not.
    pub(in crate::accounts) fn ask(actor: &Actor) -> Option<Self> {
        Right::SendLinks.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who sends them.
    pub(in crate::accounts) fn by(&self) -> &Actor {
        &self.by
    }
}

/// A permit under which a link to choose a password by is made.
pub(in crate::accounts) trait OverLink {}

impl OverLink for SendLinks {}
impl OverLink for Manage {}

/// May give a person the address whose link they have.
#[derive(Debug)]
pub(in crate::accounts) struct ChangeEmail {
    wanted: Wanted,
}

impl ChangeEmail {
    /// None where the link opens nothing, or somebody else has the address. It is looked at once more under the person's lock.
    pub(in crate::accounts) async fn ask(tx: &mut PgConnection, key: &Key, now: OffsetDateTime) -> sqlx::Result<Option<Self>> {
        let Some(found) = people::wanted_email(tx, &key.sha256(), now).await? else { return Ok(None) };
        if !store::lock_person(tx, found.person).await? {
            return Ok(None);
        }
        let again = people::wanted_email(tx, &key.sha256(), now).await?;
        Ok(again.filter(|wanted| !wanted.taken).map(|wanted| Self { wanted }))
    }

    /// The person.
    pub(in crate::accounts) fn person(&self) -> Uuid {
        self.wanted.person
    }

    /// The address.
    pub(in crate::accounts) fn email(&self) -> &str {
        &self.wanted.email
    }

    /// Who changes it: whoever has the link.
    pub(in crate::accounts) fn by(&self) -> Actor {
        Actor::Person { id: self.wanted.person, organisation: None, roles: Vec::new() }
    }
}
