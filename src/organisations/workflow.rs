//! How organisations come to be there, and what is said of them.

use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Kind, Senders,
    policy::{Change, Edit, Entrust},
    store,
};
use crate::kernel::{actor::Actor, audit, i18n::Lang};

/// An organisation that is not there yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// The last part of its address.
    pub slug: String,
    /// What it is.
    pub kind: Kind,
    /// Its name in Swedish.
    pub name_sv: String,
    /// Its name in English.
    pub name_en: String,
    /// What it does, in Swedish.
    pub about_sv: String,
    /// What it does, in English.
    pub about_en: String,
}

/// Why an organisation was not added.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to add organisations")]
    Right,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Adds an organisation; whether it was not there before.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn add(tx: &mut PgConnection, actor: &Actor, new: &New, now: OffsetDateTime) -> Result<bool, Refused> {
    let permit = Edit::ask(actor).ok_or(Refused::Right)?;
    let Some(id) = store::insert(tx, &permit, new).await? else { return Ok(false) };
    let entry = audit::Entry {
        action: "organisation.add",
        object_kind: "organisation",
        object_id: Some(id),
        old: None,
        new: Some(json!({"slug": new.slug, "kind": new.kind.code()})),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(true)
}

/// The organisation of a slug, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn find(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Uuid>> {
    store::by_slug(connection, slug).await
}

/// What is said of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What it is.
    pub kind: Kind,
    /// Its name in Swedish.
    pub name_sv: String,
    /// Its name in English.
    pub name_en: String,
    /// Its name where there is little room, in Swedish; in both languages or in none.
    pub short_sv: Option<String>,
    /// The same in English.
    pub short_en: Option<String>,
    /// What it does, in Swedish.
    pub about_sv: String,
    /// What it does, in English.
    pub about_en: String,
    /// Its own site.
    pub homepage: Option<String>,
}

/// What came of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// It says something else now.
    Yes,
    /// It was so already.
    WasSo,
    /// There is no such organisation.
    NoSuch,
    /// Another one has the name.
    NameTaken,
    /// A region stays one, and nothing else becomes one: its place on the map says so.
    Kind,
}

/// Says something else of an organisation. The log keeps what changed, before and after.
///
/// # Errors
/// When the database refuses.
pub async fn edit(
    tx: &mut PgConnection,
    actor: &Actor,
    organisation: Uuid,
    facts: &Facts,
    now: OffsetDateTime,
) -> sqlx::Result<Edited> {
    let Some(permit) = Change::ask(tx, actor, organisation).await? else { return Ok(Edited::NoSuch) };
    if permit.before() == facts {
        return Ok(Edited::WasSo);
    }
    if (permit.before().kind == Kind::Region) != (facts.kind == Kind::Region) {
        return Ok(Edited::Kind);
    }
    if store::is_taken(tx, &permit, &facts.name_sv).await? {
        return Ok(Edited::NameTaken);
    }
    store::set(tx, &permit, facts).await?;
    let (old, new) = (json!(permit.before()), json!(facts));
    let differing = |one: &serde_json::Value, other: &serde_json::Value| -> serde_json::Value {
        let pairs = one.as_object().into_iter().flatten().filter(|(key, value)| other.get(key.as_str()) != Some(value));
        pairs.map(|(key, value)| (key.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let entry = audit::Entry {
        action: "organisation.edit",
        object_kind: "organisation",
        object_id: Some(organisation),
        old: Some(differing(&old, &new)),
        new: Some(differing(&new, &old)),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(Edited::Yes)
}

/// Says who sends in the name of an organisation; false for who may not, and where there is no such organisation.
///
/// # Errors
/// When the database refuses.
pub async fn set_senders(
    tx: &mut PgConnection,
    actor: &Actor,
    (organisation, senders): (Uuid, Senders),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let Some(permit) = Entrust::ask(tx, actor, organisation).await? else { return Ok(false) };
    if permit.before() == Some(senders) {
        return Ok(true);
    }
    store::set_senders(tx, &permit, senders).await?;
    let entry = audit::Entry {
        action: "organisation.set_senders",
        object_kind: "organisation",
        object_id: Some(organisation),
        old: Some(json!({"senders": permit.before().map(Senders::code)})),
        new: Some(json!({"senders": senders.code()})),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(true)
}

/// Who sends in the name of an organisation, if it has chosen; for permits, since it is locked against another choice.
///
/// # Errors
/// When the database refuses.
pub async fn senders(tx: &mut PgConnection, organisation: Uuid) -> sqlx::Result<Option<Senders>> {
    store::senders(tx, organisation).await
}

/// What an organisation is, if there is one of that id.
///
/// # Errors
/// When the database refuses.
pub async fn kind(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Kind>> {
    Ok(store::kind(connection, id).await?.and_then(|kind| Kind::from_code(&kind)))
}

/// What an organisation is called.
#[derive(Debug, Clone)]
pub struct Names {
    sv: String,
    en: String,
}

impl Names {
    /// In a language.
    pub fn of(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// What an organisation is called, if there is one of that id.
///
/// # Errors
/// When the database refuses.
pub async fn names(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Names>> {
    Ok(store::names(connection, id).await?.map(|(sv, en)| Names { sv, en }))
}
