//! What comes into force without a decision of the network: a file that is read in, and the example bank.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::{
    kernel::actor::Actor,
    requirements::{
        policy::{Publish, Refused},
        workflow::{self, Effect},
    },
};

/// What an import rests on.
#[derive(Debug, Clone)]
pub struct ImportRecord {
    /// Who ran it: the name of the operator's account on the machine.
    pub operator: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_sha256: Vec<u8>,
    /// What it rests on in the operator's words: a decision elsewhere, a case number.
    pub reference: String,
}

/// Puts versions into force by one decision of kind *inläsning*; gives its number, as in `B-0001`.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn decide_import(
    tx: &mut PgConnection,
    actor: &Actor,
    record: &ImportRecord,
    effects: &[Effect<'_>],
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let ids: Vec<Uuid> = effects.iter().map(|effect| effect.version).collect();
    let permit = Publish::ask(tx, actor, &ids).await?;
    let (decision, number) = store::insert_import(tx, record, now).await?;
    workflow::publish(tx, &permit, Some(decision), effects, now).await?;
    store::insert_import_items(tx, decision, &ids).await?;
    Ok(number)
}

/// Puts versions of the example bank into force, without a decision: nothing there was ever decided.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn put_example_into_force(
    tx: &mut PgConnection,
    actor: &Actor,
    effects: &[Effect<'_>],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = effects.iter().map(|effect| effect.version).collect();
    let permit = Publish::ask(tx, actor, &ids).await?;
    workflow::publish(tx, &permit, None, effects, now).await
}
