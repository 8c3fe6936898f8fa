//! What a search engine should know.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    decisions::DecisionNumber,
    kernel::{actor::Viewer, i18n::Lang, web::links},
};

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

/// An area, a group of it, or a decision.
#[derive(Debug)]
pub struct Place {
    area: Option<String>,
    group: Option<String>,
    number: Option<i64>,
    year: Option<i16>,
}

impl Place {
    /// Its page; none for what is none of them.
    pub fn page(&self) -> Option<String> {
        match (&self.area, &self.group, self.number) {
            (Some(area), Some(group), _) => Some(links::group(Lang::Sv, area, group)),
            (Some(area), None, _) => Some(links::area(Lang::Sv, area)),
            (None, _, number) => number.map(|number| links::decision(Lang::Sv, DecisionNumber { year: self.year, number })),
        }
    }
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

/// Every area and group, and the latest decisions, as many as a part may hold.
///
/// # Errors
/// When the database is away.
pub async fn tree(connection: &mut PgConnection) -> sqlx::Result<Vec<Place>> {
    sqlx::query_file_as!(Place, "src/portal/reads/sitemap_tree.sql", PART).fetch_all(connection).await
}

/// The slug of every organisation.
///
/// # Errors
/// When the database is away.
pub async fn organisations(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_file_scalar!("src/portal/reads/sitemap_organisations.sql").fetch_all(connection).await
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
