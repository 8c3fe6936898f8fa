//! Who may lay down files, have them read in and give them up. A permit is made of rows locked in the same transaction.

use sqlx::PgConnection;
use uuid::Uuid;

use super::store::{self, Locked};
use crate::kernel::{actor::Actor, rights::Right};

/// May lay down a file.
#[derive(Debug)]
pub(super) struct Upload {
    by: Actor,
    person: Uuid,
}

impl Upload {
    /// None for who may not.
    pub(super) fn ask(actor: &Actor) -> Option<Self> {
        let person = actor.person().0?;
        Right::ImportToPreparation.held_by(actor).then(|| Self { by: actor.clone(), person })
    }

    /// Who lays it down.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }

    /// The same as a person.
    pub(super) fn person(&self) -> Uuid {
        self.person
    }
}

/// May say what becomes of one file, which is locked.
#[derive(Debug)]
pub(super) struct Settle {
    by: Actor,
    import: Locked,
}

impl Settle {
    /// None for who may not, and where there is no such file.
    pub(super) async fn ask(tx: &mut PgConnection, actor: &Actor, number: i64) -> sqlx::Result<Option<Self>> {
        if actor.person().0.is_none() || !Right::ImportToPreparation.held_by(actor) {
            return Ok(None);
        }
        let import = store::lock(tx, number).await?;
        Ok(import.map(|import| Self { by: actor.clone(), import }))
    }

    /// For work that goes on: as the one who laid the file down or had it read in, whatever they may by now. What they may
    /// is asked by what is done, and a file that they may not read in has to be told so.
    pub(super) async fn at_work(tx: &mut PgConnection, actor: &Actor, number: i64) -> sqlx::Result<Option<Self>> {
        let import = store::lock(tx, number).await?.filter(|import| import.state.is_at_work());
        Ok(import.map(|import| Self { by: actor.clone(), import }))
    }

    /// For a file whose time is over; none for who may not.
    pub(super) async fn over(tx: &mut PgConnection, actor: &Actor, number: i64) -> sqlx::Result<Option<Self>> {
        if !Right::EndImports.held_by(actor) {
            return Ok(None);
        }
        let import = store::lock(tx, number).await?;
        Ok(import.map(|import| Self { by: actor.clone(), import }))
    }

    /// Who says so.
    pub(super) fn by(&self) -> &Actor {
        &self.by
    }

    /// The file.
    pub(super) fn import(&self) -> &Locked {
        &self.import
    }
}
