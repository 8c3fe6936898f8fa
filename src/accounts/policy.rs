//! Who may sign in, change their own account, make accounts. A permit is made of rows locked in the same transaction.

pub(super) mod by_mail;
pub(super) mod joining;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) mod erase;
pub(super) mod factor;
pub(super) mod identity;
pub(super) mod managed;
pub(super) mod setup;

use self::factor::Proved;
use super::{
    key::{self, Key},
    reads::link,
    store,
};
use crate::kernel::{
    actor::{Actor, System},
    rights::Right,
    web::SignedIn,
};

/// How somebody of the example bank proves who they are.
const EXAMPLE: &str = "example";

/// May open a session for one person, who has proved who they are.
#[derive(Debug)]
pub(super) struct Enter {
    person: Uuid,
    second: bool,
    how: &'static str,
}

impl Enter {
    /// By a password that was compared with `kept`; none where the account is closed, or has another password by now. Whoever
    /// signs in in two steps has a code to show before they are in.
    pub(super) async fn by_password(tx: &mut PgConnection, person: Uuid, kept: &str) -> sqlx::Result<Option<Proved>> {
        let still = store::lock_person(tx, person).await? && store::password(tx, person).await?.as_deref() == Some(kept);
        if !still {
            return Ok(None);
        }
        Ok(Some(Proved::of(tx, Self { person, second: false, how: "password" }).await?))
    }

    /// As a person that the example bank was made with. It counts as if a second factor had been shown.
    pub(super) async fn as_example(tx: &mut PgConnection, word: &str) -> sqlx::Result<Option<Self>> {
        let Some(person) = store::example_person(tx, word).await? else { return Ok(None) };
        let open = store::lock_person(tx, person).await?;
        Ok(open.then_some(Self { person, second: true, how: EXAMPLE }))
    }

    /// The person.
    pub(super) fn person(&self) -> Uuid {
        self.person
    }

    /// Whether a second factor was shown.
    pub(super) fn second(&self) -> bool {
        self.second
    }

    /// Whether they are a person of the example bank.
    pub(super) fn is_example(&self) -> bool {
        self.how == EXAMPLE
    }

    /// How they proved who they are, for the log.
    pub(super) fn how(&self) -> &'static str {
        self.how
    }

    /// Who signs in.
    pub(super) fn by(&self) -> Actor {
        Actor::Person { id: self.person, organisation: None, roles: Vec::new() }
    }
}

/// May change their own account, in a session that holds.
#[derive(Debug)]
pub(super) struct Own {
    person: Uuid,
    session: Uuid,
    by: Actor,
}

impl Own {
    /// None where the session has ended since it was recognised. Whoever locks both locks the person first, and sessions are
    /// ended under the person's lock: two browsers of one person wait for each other, and never both.
    pub(super) async fn ask(tx: &mut PgConnection, who: &SignedIn) -> sqlx::Result<Option<Self>> {
        let holds = store::lock_person(tx, who.person).await? && store::lock_session(tx, who.session).await?;
        Ok(holds.then(|| Self { person: who.person, session: who.session, by: who.actor() }))
    }

    /// The session that they ask in.
    pub(super) fn session(&self) -> Uuid {
        self.session
    }

    /// Who changes it.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May choose a password for the person that a link was made for.
#[derive(Debug)]
pub(super) struct Choose {
    person: Uuid,
}

impl Choose {
    /// None where the link was used, was made anew, or is over. The person is locked first here too, and the link is looked
    /// at once more when they are.
    pub(super) async fn ask(tx: &mut PgConnection, key: &Key, now: OffsetDateTime) -> sqlx::Result<Option<Self>> {
        let Some(found) = link::found(tx, key, now).await? else { return Ok(None) };
        let holds = store::lock_person(tx, found.person).await? && link::found(tx, key, now).await?.is_some();
        Ok(holds.then_some(Self { person: found.person }))
    }

    /// Who chooses.
    pub(super) fn by(&self) -> Actor {
        Actor::Person { id: self.person, organisation: None, roles: Vec::new() }
    }
}

/// A permit that a password may be set with.
pub(super) trait OverPassword {
    /// Whose it is.
    fn person(&self) -> Uuid;
    /// The session that stays open when all others are ended; none where there is none.
    fn kept_session(&self) -> Option<Uuid>;
}

impl OverPassword for Own {
    fn person(&self) -> Uuid {
        self.person
    }

    fn kept_session(&self) -> Option<Uuid> {
        Some(self.session)
    }
}

impl OverPassword for Choose {
    fn person(&self) -> Uuid {
        self.person
    }

    fn kept_session(&self) -> Option<Uuid> {
        None
    }
}

/// May end the session that a key opens: whoever has the key.
#[derive(Debug)]
pub(super) struct Leave {
    sha256: Vec<u8>,
}

impl Leave {
    /// With this key.
    pub(super) fn with(key: &str) -> Self {
        Self { sha256: key::sha256(key) }
    }

    /// What is kept of it.
    pub(super) fn sha256(&self) -> &[u8] {
        &self.sha256
    }
}

/// May make accounts and give roles.
#[derive(Debug)]
pub(super) struct Manage {
    by: Actor,
}

impl Manage {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::ManageAccounts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who makes them.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }

    /// Whether the people made are those of the example bank.
    pub(super) fn is_example(&self) -> bool {
        self.by == Actor::System(System::Example)
    }
}

/// May throw away what nobody needs any more.
#[derive(Debug)]
pub(super) struct Sweep(());

impl Sweep {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::SweepAccounts.held_by(actor).then_some(Self(()))
    }
}
