//! The first administrator is made.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Refused, entry, set_password};
use crate::{
    accounts::{policy::setup::SetUp, store},
    kernel::{
        actor::{Actor, Role},
        audit,
        limits::{self, Limit, Taken, Window},
        web::Client,
    },
    organisations,
};

/// How often a key may be tried from one place.
const SETUP: Limit =
    Limit { name: "setup", each: &[Window::new(5, Duration::minutes(5)), Window::new(30, Duration::DAY)], all: &[] };
/// Whom the first administrator works for.
const ORGANISATION: &str = "sekretariatet";

/// Counts a try.
pub(in crate::accounts) async fn count(tx: &mut PgConnection, client: Client, now: OffsetDateTime) -> sqlx::Result<Taken> {
    limits::take(tx, &SETUP, &client.subject(), now).await
}

/// Makes the account; none where the address has one.
///
/// # Errors
/// When there is no such organisation, or the database refuses.
pub(in crate::accounts) async fn set_up(
    tx: &mut PgConnection,
    permit: &SetUp,
    (name, email, hash): (&str, &str, &str),
    now: OffsetDateTime,
) -> Result<Option<Uuid>, Refused> {
    let unknown = || Refused::Organisation(ORGANISATION.to_owned());
    let organisation = organisations::find(tx, ORGANISATION).await?.ok_or_else(unknown)?;
    let (person, is_new) = store::make_person(tx, permit.manage(), (name, email, None), now).await?;
    if !is_new {
        return Ok(None);
    }
    super::give_role(tx, permit.manage(), (person, organisation), (Role::Admin, None), now).await?;
    set_password(tx, &permit.first(person), hash, now).await?;
    let by = Actor::Person { id: person, organisation: None, roles: Vec::new() };
    let new = Some(json!({"organisation": organisation, "role": Role::Admin.code()}));
    audit::record(tx, &by, now, audit::Entry { new, ..entry("person.set_up", "person", Some(person)) }).await?;
    Ok(Some(person))
}
