//! Files that hang on a proposal, as long as it is written.

use std::io::Read;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Refused, store};
use crate::{
    attachments::{self, New},
    kernel::web::Client,
    proposals::policy::Write,
};

/// Lays a file to it.
///
/// # Errors
/// [`Refused::Attachment`], or the database.
pub async fn attach(
    tx: &mut PgConnection,
    permit: &Write,
    (new, file): (&New, impl Read + Send),
    client: Client,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    attachments::attach(tx, permit, new, file, client, now).await?;
    Ok(store::touch(tx, permit, now).await?)
}

/// Takes a file away; gives its name.
///
/// # Errors
/// [`Refused::NotThere`], or the database.
pub async fn take_away(tx: &mut PgConnection, permit: &Write, id: Uuid, now: OffsetDateTime) -> Result<String, Refused> {
    let name = attachments::take_away(tx, permit, id, now).await?;
    store::touch(tx, permit, now).await?;
    Ok(name)
}
