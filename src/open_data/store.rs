//! All SQL of the slice: reads across slices, one round trip each.

use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use super::{
    organisations::{OrganisationRows, Wanted},
    proposals::{self, ProposalRows},
    requirements::{Filter, ListRow},
    row::VersionRow,
    taxonomy::{CpvCode, Objective, ProductArea},
    version::Summary,
};
use crate::{
    kernel::actor::Viewer,
    search::{BEST, MOST, Narrowed, catalogue::Question},
};

/// A whole list that is sorted by, such as the objectives.
#[derive(Deserialize)]
pub(super) struct Rows<T> {
    /// When anything that requirements are sorted by changed last.
    #[serde(with = "rfc3339::option")]
    pub(super) changed: Option<OffsetDateTime>,
    /// All of it.
    pub(super) items: Vec<T>,
}

/// A page of codes.
#[derive(Deserialize)]
pub(super) struct CpvRows {
    /// When anything that requirements are sorted by changed last.
    #[serde(with = "rfc3339::option")]
    pub(super) changed: Option<OffsetDateTime>,
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

/// Begins to read one snapshot, in which nothing changes while a long export runs.
pub(super) async fn begin_snapshot(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("begin isolation level repeatable read read only").execute(connection).await?;
    Ok(())
}

/// Ends it.
pub(super) async fn end_snapshot(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("rollback").execute(connection).await?;
    Ok(())
}

/// The number that the next so many requirements after a number end with; none where there are no more.
pub(super) async fn stretch(connection: &mut PgConnection, after: i64, many: i64) -> sqlx::Result<Option<i64>> {
    sqlx::query_file_scalar!("src/open_data/reads/export_stretch.sql", after, many).fetch_one(connection).await
}

/// Every version that may be seen of the requirements with these numbers, by number and version.
pub(super) async fn all_versions(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    after: i64,
    last: i64,
) -> sqlx::Result<Vec<VersionRow>> {
    let rows = sqlx::query_file_scalar!(
        "src/open_data/reads/export_versions.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        after,
        last
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A page of what is cited by versions that may be seen, and whose text may be shown.
pub(super) async fn references(
    connection: &mut PgConnection,
    viewer: &Viewer,
    offset: i64,
    limit: i64,
) -> sqlx::Result<Vec<Value>> {
    sqlx::query_file_scalar!("src/open_data/reads/export_references.sql", viewer.level(), viewer.organisations(), offset, limit)
        .fetch_all(connection)
        .await
}

/// A page of the list of requirements that words pick out, all that was looked at, and the generation seen.
pub(super) async fn with_words(
    connection: &mut PgConnection,
    question: &Question,
    filter: &Filter,
    words: &str,
) -> sqlx::Result<(i64, Vec<Uuid>, ListRow)> {
    let (key, narrowed) = (filter.after.as_ref(), Narrowed::new(question));
    let row = sqlx::query_file!(
        "src/open_data/reads/requirements.sql",
        question.viewer.level(),
        question.viewer.organisations(),
        question.now,
        question.today,
        words,
        narrowed.must,
        narrowed.narrow,
        &narrowed.standings,
        question.changed_since,
        filter.order,
        key.map(|key| key.place),
        key.map(|key| key.name.as_str()),
        key.map(|key| key.number),
        key.map(|key| key.id) as Option<Uuid>,
        filter.offset,
        filter.limit,
        MOST,
        BEST,
        &filter.areas,
        &filter.groups,
        &filter.objectives,
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
pub(super) async fn areas(connection: &mut PgConnection, today: Date, now: OffsetDateTime) -> sqlx::Result<Rows<ProductArea>> {
    let row = sqlx::query_file_scalar!("src/open_data/reads/areas.sql", today, now).fetch_one(connection).await?;
    Ok(row.0)
}

/// Every objective.
pub(super) async fn objectives(connection: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Rows<Objective>> {
    let row = sqlx::query_file_scalar!("src/open_data/reads/objectives.sql", now).fetch_one(connection).await?;
    Ok(row.0)
}

/// CPV codes that begin with digits, or whose names fit every pattern.
pub(super) async fn cpv(
    connection: &mut PgConnection,
    prefix: Option<&str>,
    patterns: &[String],
    offset: i64,
    limit: i64,
    now: OffsetDateTime,
) -> sqlx::Result<CpvRows> {
    let row = sqlx::query_file_scalar!("src/open_data/reads/cpv.sql", prefix, patterns, offset, limit, now)
        .fetch_one(connection)
        .await?;
    Ok(row.0)
}

/// Organisations by name, with what regions look after on a day.
pub(super) async fn organisations(
    connection: &mut PgConnection,
    wanted: &Wanted,
    today: Date,
    now: OffsetDateTime,
) -> sqlx::Result<OrganisationRows> {
    let row = sqlx::query_file_scalar!(
        "src/open_data/reads/organisations.sql",
        wanted.slug,
        &wanted.kinds,
        &wanted.words,
        wanted.offset,
        wanted.limit,
        today,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(row.0)
}

/// Proposals that were sent in, the latest first.
pub(super) async fn proposals(
    connection: &mut PgConnection,
    viewer: &Viewer,
    wanted: &proposals::Wanted,
) -> sqlx::Result<ProposalRows> {
    let row = sqlx::query_file_scalar!(
        "src/open_data/reads/proposals.sql",
        viewer.level(),
        viewer.organisations(),
        wanted.one.map(|one| one.year),
        wanted.one.map(|one| one.number),
        &wanted.kinds,
        &wanted.states,
        wanted.requirement,
        &wanted.groups,
        wanted.after.map(|after| after.year),
        wanted.after.map(|after| after.number),
        wanted.offset,
        wanted.limit,
    )
    .fetch_one(connection)
    .await?;
    Ok(row.0)
}
