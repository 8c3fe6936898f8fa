//! Who may run jobs again, send letters again and set words.

use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::kernel::{actor::Actor, rights::Right};

/// May set words.
#[derive(Debug)]
pub(super) struct SetWords {
    by: Actor,
}

impl SetWords {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::Administer.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who sets them.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May have one job done again, or removed: it is locked, and no worker is at it.
#[derive(Debug)]
pub(super) struct Tend {
    job: i64,
    task: String,
    by: Actor,
}

impl Tend {
    /// None for who may not, and where there is no such job, or a worker is at it.
    pub(super) async fn ask(tx: &mut PgConnection, actor: &Actor, job: i64) -> sqlx::Result<Option<Self>> {
        if !Right::Administer.held_by(actor) {
            return Ok(None);
        }
        let Some(task) = store::lock_job(tx, job).await? else { return Ok(None) };
        Ok(Some(Self { job, task, by: actor.clone() }))
    }

    /// The job's id.
    pub(super) fn job(&self) -> i64 {
        self.job
    }

    /// What it does.
    pub(super) fn task(&self) -> &str {
        &self.task
    }

    /// Who asks.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May have a letter written to themselves, to see that letters go.
#[derive(Debug)]
pub(super) struct TryMail {
    by: Actor,
    person: Uuid,
}

impl TryMail {
    /// None for who may not, and for who is nobody.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        let person = actor.person().0?;
        Right::Administer.held_by(actor).then(|| Self { by: actor.clone(), person })
    }

    /// Whom it is written to.
    pub(super) fn person(&self) -> Uuid {
        self.person
    }

    /// The same as who asks.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May have a letter sent again that was given up.
#[derive(Debug)]
pub(super) struct SendAgain {
    by: Actor,
    letter: Uuid,
}

impl SendAgain {
    /// None for who may not. Whether there is something left to send, the kernel sees.
    pub(super) fn ask(actor: &Actor, letter: Uuid) -> Option<Self> {
        Right::Administer.held_by(actor).then(|| Self { by: actor.clone(), letter })
    }

    /// Which letter.
    pub(super) fn letter(&self) -> Uuid {
        self.letter
    }

    /// Who asks.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}

/// May close the bank for changes, and open it again.
#[derive(Debug)]
pub(super) struct Close {
    by: Actor,
}

impl Close {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        Right::Administer.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who does.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }
}
