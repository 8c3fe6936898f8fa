//! All SQL of the slice: reads across slices, one round trip each.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    requirements::{Filter, ListRow},
    row::VersionRow,
    taxonomy::{CpvCode, Objective, ProductArea, ProductGroup},
    version::Summary,
};
use crate::kernel::actor::Viewer;

/// A page of codes.
#[derive(Deserialize)]
pub(super) struct CpvRows {
    /// How many there are on all pages.
    pub(super) total: i64,
    /// Those on the page.
    pub(super) items: Vec<CpvCode>,
}

/// The version of a requirement that is asked for, or else the one in force, or else the latest.
pub(super) async fn requirement(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    number: i64,
    version: Option<i32>,
) -> sqlx::Result<Option<VersionRow>> {
    let row = sqlx::query_file_scalar!(
        "src/open_data/reads/requirement.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        number,
        version
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|found| found.0))
}

/// A page of the list of requirements that words or a time of change pick out, what else they do, and the generation seen.
pub(super) async fn matched(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    filter: &Filter,
    most: Option<i64>,
) -> sqlx::Result<(i64, Vec<Uuid>, ListRow)> {
    let key = filter.after.as_ref();
    let row = sqlx::query_file!(
        "src/open_data/reads/requirements.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        filter.words,
        &filter.cpv.iter().map(|code| format!("cpv:{code}")).collect::<Vec<_>>(),
        &filter.areas,
        &filter.groups,
        &filter.types,
        &filter.levels,
        &filter.objectives,
        &filter.standings,
        filter.updated_since,
        filter.order,
        key.map(|key| key.place),
        key.map(|key| key.name.as_str()),
        key.map(|key| key.number),
        key.map(|key| key.id) as Option<Uuid>,
        filter.offset,
        filter.limit,
        most,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.generation, row.found, row.list.0))
}

/// A page of the list of requirements that the catalogue has chosen, and the generation seen.
pub(super) async fn chosen(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    filter: &Filter,
    ids: &[Uuid],
) -> sqlx::Result<(i64, ListRow)> {
    let row = sqlx::query_file!(
        "src/open_data/reads/requirements_page.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        ids,
        &filter.areas,
        &filter.groups,
        &filter.objectives,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.generation, row.list.0))
}

/// Every decided version of a requirement, newest first.
pub(super) async fn versions(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    number: i64,
) -> sqlx::Result<Vec<Summary>> {
    sqlx::query_file_as!(Summary, "src/open_data/reads/versions.sql", viewer.level(), viewer.organisations(), number, now)
        .fetch_all(connection)
        .await
}

/// The tree, with owners on a day.
pub(super) async fn areas(connection: &mut PgConnection, today: Date) -> sqlx::Result<Vec<ProductArea>> {
    sqlx::query_file_as!(ProductArea, "src/open_data/reads/areas.sql", today).fetch_all(connection).await
}

/// Every objective.
pub(super) async fn objectives(connection: &mut PgConnection) -> sqlx::Result<Vec<Objective>> {
    sqlx::query_file_as!(Objective, "src/open_data/reads/objectives.sql").fetch_all(connection).await
}

/// CPV codes that begin with digits, or whose names fit every pattern.
pub(super) async fn cpv(
    connection: &mut PgConnection,
    prefix: Option<&str>,
    patterns: &[String],
    offset: i64,
    limit: i64,
) -> sqlx::Result<CpvRows> {
    let row =
        sqlx::query_file_scalar!("src/open_data/reads/cpv.sql", prefix, patterns, offset, limit).fetch_one(connection).await?;
    Ok(row.0)
}
