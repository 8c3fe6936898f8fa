//! Coming in through a service, and what is linked to an account.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    entry, factor,
    letters::{News, tell},
};
use crate::{
    accounts::{
        key::{self, Key},
        oidc::{Claims, Departure},
        policy::{
            Enter,
            factor::{Fresh, Proved},
            identity::{Arrive, Depart, NoAccount, Unlink, Vouched},
        },
        store::identity::{self as kept, Round},
    },
    kernel::{
        actor::Actor,
        audit,
        config::OidcProvider,
        i18n::Lang,
        limits::{self, Limit, Taken, Window},
        web::Client,
    },
    organisations,
};

/// How long somebody may be at a service.
pub(in crate::accounts) const ROUND_HOLDS: Duration = Duration::minutes(10);
/// How often one may set out from one place, which a whole organisation may share.
const DEPART: Limit = Limit { name: "oidc_depart", each: &[Window::new(300, Duration::minutes(10))], all: &[] };

/// What came of coming back.
#[derive(Debug)]
pub(in crate::accounts) enum Arrived {
    /// It is somebody.
    Known(Proved),
    /// Their account is closed.
    Closed,
    /// They have no account and get none.
    Not(NoAccount),
}

/// Counts that somebody sets out.
pub(in crate::accounts) async fn count(tx: &mut PgConnection, client: Client, now: OffsetDateTime) -> sqlx::Result<Taken> {
    limits::take(tx, &DEPART, &client.subject(), now).await
}

/// Keeps that somebody goes to a service, until they come back.
pub(in crate::accounts) async fn depart(
    tx: &mut PgConnection,
    permit: &Depart,
    (provider, departure, onwards): (u8, &Departure, &str),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let state = key::sha256(&departure.state);
    let kept = (state.as_slice(), i16::from(provider), departure.nonce.as_str(), departure.verifier.as_str(), onwards);
    kept::depart(tx, permit, kept, now, now + ROUND_HOLDS).await
}

/// Takes who comes back, once: with the state that they left with, in the browser that they left in.
pub(in crate::accounts) async fn take(
    tx: &mut PgConnection,
    (state, browser): (&str, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Option<Round>> {
    kept::take(tx, (&key::sha256(state), &key::sha256(browser)), now).await
}

/// Finds who it is by what the service calls them, never by their address; or makes them an account.
pub(in crate::accounts) async fn arrive(
    tx: &mut PgConnection,
    claims: &Claims,
    (provider, lang): (&OidcProvider, Lang),
    now: OffsetDateTime,
) -> sqlx::Result<Arrived> {
    kept::wait(tx, &claims.issuer, &claims.subject).await?;
    if let Some(person) = kept::person(tx, &claims.issuer, &claims.subject).await? {
        let Some(proved) = Enter::by_provider(tx, person, claims).await? else { return Ok(Arrived::Closed) };
        kept::note_use(tx, (&claims.issuer, &claims.subject), now).await?;
        return Ok(Arrived::Known(proved));
    }
    let permit = match Arrive::ask(tx, claims, provider).await? {
        Ok(permit) => permit,
        Err(why) => return Ok(Arrived::Not(why)),
    };
    let person = kept::make(tx, &permit, lang, now).await?;
    let organisation = match permit.organisation() {
        Some(slug) => organisations::find(tx, slug).await?,
        None => None,
    };
    match organisation {
        Some(organisation) => kept::join(tx, &permit, (person, organisation), now).await?,
        None if permit.organisation().is_some() => {
            tracing::warn!(slug = permit.organisation(), "a sign-in service speaks for an organisation that is not there");
        }
        None => {}
    }
    let by = Actor::Person { id: person, organisation: None, roles: Vec::new() };
    let new = Some(json!({"issuer": claims.issuer, "organisation": organisation}));
    audit::record(tx, &by, now, audit::Entry { new, ..entry("person.arrive", "person", Some(person)) }).await?;
    Ok(Enter::by_provider(tx, person, claims).await?.map_or(Arrived::Closed, Arrived::Known))
}

/// Waits for whoever comes with the same name: before the person is locked, as whoever arrives does.
pub(in crate::accounts) async fn wait(tx: &mut PgConnection, claims: &Claims) -> sqlx::Result<()> {
    kept::wait(tx, &claims.issuer, &claims.subject).await
}

/// Links a service to the account; whether it could be: it may be somebody else's. After [`wait`].
pub(in crate::accounts) async fn link(
    tx: &mut PgConnection,
    permit: &Fresh,
    claims: &Claims,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    if let Some(person) = kept::person(tx, &claims.issuer, &claims.subject).await? {
        return Ok(person == permit.person());
    }
    let id = kept::link(tx, permit, (&claims.issuer, &claims.subject), now).await?;
    let new = Some(json!({"issuer": claims.issuer}));
    let entry = audit::Entry { new, ..entry("person.link_identity", "identity", Some(id)) };
    audit::record(tx, permit.own().by(), now, entry).await?;
    tell(tx, permit.person(), News::Linked, now).await?;
    Ok(true)
}

/// Proves by a service once more who they are.
pub(in crate::accounts) async fn vouch(
    tx: &mut PgConnection,
    permit: &Vouched,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    factor::prove(tx, permit.own(), factor::Proof::Provider { second: permit.second() }, client, now).await
}

/// Takes a service away from the account.
pub(in crate::accounts) async fn unlink(tx: &mut PgConnection, permit: &Unlink, now: OffsetDateTime) -> sqlx::Result<()> {
    kept::unlink(tx, permit).await?;
    let entry = entry("person.unlink_identity", "identity", Some(permit.identity()));
    audit::record(tx, permit.by(), now, entry).await?;
    tell(tx, permit.person(), News::Unlinked, now).await
}
