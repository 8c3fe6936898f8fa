//! Organisations of one kind, or with a name that was typed, in pages.

use serde::Deserialize;
use sqlx::PgConnection;

use super::organisations::Listed;
use crate::{kernel::i18n::Lang, organisations::Kind};

/// Organisations on a page.
pub const PAGE: i64 = 50;

/// What is asked for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Words that the name has, in small letters.
    pub words: Vec<String>,
    /// The neighbour that the page begins after, or ends before.
    pub key: Option<String>,
    /// Whether the page ends before the key (or at the end, without one).
    pub backwards: bool,
}

/// A page.
#[derive(Debug, Deserialize)]
pub struct FoundPage {
    /// How many there are on all pages.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// Those on the page.
    pub hits: Vec<Listed>,
    /// Every kind that there is.
    pub kinds: Vec<Kind>,
}

/// Reads the page; a neighbour that is not known is none.
///
/// # Errors
/// When the database is away.
pub async fn found(connection: &mut PgConnection, wanted: &Wanted, lang: Lang) -> sqlx::Result<FoundPage> {
    let row = sqlx::query_file_scalar!(
        "src/portal/reads/organisations_found.sql",
        wanted.kind.map(Kind::code),
        &wanted.words,
        lang.is_swedish(),
        wanted.key,
        wanted.backwards,
        PAGE,
    )
    .fetch_one(connection)
    .await?;
    let mut page = row.0;
    page.kinds.sort_by_key(|there| Kind::ALL.iter().position(|kind| kind == there));
    Ok(page)
}
