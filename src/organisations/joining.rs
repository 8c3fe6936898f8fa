//! Organisations that come in by an application: found by their number or name, or made, unlisted until somebody approves.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Kind,
    policy::{List, Propose},
    store,
};
use crate::kernel::{actor::Actor, audit};

/// An organisation as somebody wrote it down who works there.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// What it is.
    pub kind: Kind,
    /// Its name, in whatever language.
    pub name: String,
    /// The code of the country that it is registered in.
    pub country: String,
    /// Its number there, as [`super::number`] gives it.
    pub number: Option<String>,
}

/// The one that has the number, or is listed under the name and is of the kind; a new one otherwise, which is not shown yet.
/// Gives whether it is new.
///
/// # Errors
/// When the database refuses.
pub async fn propose(
    tx: &mut PgConnection,
    actor: &Actor,
    proposed: &Proposed,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Uuid, bool)>> {
    let Some(permit) = Propose::ask(actor) else { return Ok(None) };
    if let Some(there) = store::known(tx, proposed).await? {
        return Ok(Some((there, false)));
    }
    let id = store::insert_unlisted(tx, &permit, proposed, &slug(&proposed.name)).await?;
    let new = Some(json!({"kind": proposed.kind.code(), "country": proposed.country, "listed": false}));
    audit::record(tx, permit.by(), now, entry("organisation.propose", id, new)).await?;
    Ok(Some((id, true)))
}

/// Shows an organisation from now on. It is not if another one that is shown has the name.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut PgConnection, actor: &Actor, id: Uuid, now: OffsetDateTime) -> sqlx::Result<bool> {
    let Some(permit) = List::ask(actor) else { return Ok(false) };
    if store::is_listed(tx, id).await? {
        return Ok(true);
    }
    if !store::list(tx, &permit, id).await? {
        return Ok(false);
    }
    audit::record(tx, permit.by(), now, entry("organisation.list", id, Some(json!({"listed": true})))).await?;
    Ok(true)
}

fn entry(action: &'static str, id: Uuid, new: Option<serde_json::Value>) -> audit::Entry<'static> {
    audit::Entry { action, object_kind: "organisation", object_id: Some(id), old: None, new, reason: None }
}

/// The last part of an address, made of a name; letters that others have no key for become those they are taken for.
fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut slug = String::new();
    for c in name.nfd().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_mark(c) {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_matches('-').to_owned();
    if slug.is_empty() { "organisation".to_owned() } else { slug }
}

/// What stands above or below a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}')
}
