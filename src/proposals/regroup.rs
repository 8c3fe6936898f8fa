//! Proposals follow a product group that becomes a part of another.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{policy::Regroup, store, workflow::Refused};
use crate::kernel::{actor::Actor, audit};

/// Moves all proposals of a group, sent in or not, to the group that it became a part of in this transaction.
///
/// # Errors
/// [`Refused::Right`] for who may not edit the tree, or the database.
pub async fn regroup(tx: &mut PgConnection, actor: &Actor, (from, to): (Uuid, Uuid), now: OffsetDateTime) -> Result<(), Refused> {
    let permit = Regroup::ask(actor, from, to)?;
    let moved = store::regroup(tx, &permit).await?;
    audit::record_many(tx, actor, now, "proposal.regroup", "proposal", &moved).await?;
    Ok(())
}
