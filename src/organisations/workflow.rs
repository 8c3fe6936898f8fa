//! How organisations come to be there.

use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Kind, policy::Edit, store};
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
