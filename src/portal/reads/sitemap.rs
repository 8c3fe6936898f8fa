//! What a search engine should know.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{decisions::DecisionNumber, kernel::actor::Viewer};

/// Requirements in a part of the sitemap, at most: two addresses each, about 3 MB.
pub const PART: i64 = 5_000;

/// A requirement whose page shows a text.
#[derive(Debug)]
pub struct Listed {
    /// Its number.
    pub number: i64,
    /// When what its page shows last changed.
    pub changed: Option<OffsetDateTime>,
}

/// An area, or a group of it.
#[derive(Debug)]
pub struct Place {
    /// Slug of the area.
    pub area: String,
    /// Slug of the group; none for the area itself.
    pub group: Option<String>,
}

/// The parts that hold a requirement: part `n` has the numbers after `n` × [`PART`], as many as that.
///
/// # Errors
/// When the database is away.
pub async fn parts(connection: &mut PgConnection, viewer: &Viewer) -> sqlx::Result<Vec<i64>> {
    sqlx::query_file_scalar!("src/portal/reads/sitemap_parts.sql", viewer.level(), viewer.organisations(), PART)
        .fetch_all(connection)
        .await
}

/// Every area and group.
///
/// # Errors
/// When the database is away.
pub async fn tree(connection: &mut PgConnection) -> sqlx::Result<Vec<Place>> {
    sqlx::query_file_as!(Place, "src/portal/reads/sitemap_tree.sql").fetch_all(connection).await
}

/// The slug of every organisation.
///
/// # Errors
/// When the database is away.
pub async fn organisations(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_file_scalar!("src/portal/reads/sitemap_organisations.sql").fetch_all(connection).await
}

/// The latest decisions, as many as a part may hold.
///
/// # Errors
/// When the database is away.
pub async fn decisions(connection: &mut PgConnection) -> sqlx::Result<Vec<DecisionNumber>> {
    sqlx::query_file_as!(DecisionNumber, "src/portal/reads/sitemap_decisions.sql", PART).fetch_all(connection).await
}

/// The requirements of one part.
///
/// # Errors
/// When the database is away.
pub async fn requirements(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    after: i64,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_file_as!(
        Listed,
        "src/portal/reads/sitemap_requirements.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        after,
        PART
    )
    .fetch_all(connection)
    .await
}
