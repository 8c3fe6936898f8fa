//! Everything that a list holds, not one page of it: for putting all of it into a selection.

use std::sync::Arc;

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::list::{ListQuery, MOST};
use crate::{
    kernel::actor::Viewer,
    requirements::RequirementNumber,
    search::catalogue::{Catalogue, Place, Snapshot},
};

/// What a list holds.
#[derive(Debug)]
pub struct Hits {
    /// How many there are.
    pub total: i64,
    /// Number and version of each, in the order of the list, or by number where that goes by words; none where there are more
    /// than was asked for.
    pub cited: Vec<(RequirementNumber, i32)>,
}

/// Reads what the list holds, if it is at most so many.
///
/// # Errors
/// When the database is away.
pub async fn hits(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    query: &ListQuery,
    most: usize,
) -> sqlx::Result<Hits> {
    let question = query.question(viewer, now, today);
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let found = match &query.words {
            None => snapshot.find(&question),
            Some(words) => {
                let ids = with_words(connection, viewer, words).await?;
                snapshot.find_among(&question, &ids)
            }
        };
        let total = found.total();
        let ids = if usize::try_from(total).is_ok_and(|total| total <= most) {
            found.page(query.order(), Place::Offset(0), most).ids
        } else {
            Vec::new()
        };
        let (seen, cited) = cited(connection, viewer, &ids).await?;
        if seen <= Snapshot::generation(&snapshot) {
            return Ok(Hits { total, cited });
        }
        snapshot = Arc::clone(&catalogue.at_least(connection, seen).await?);
    }
}

/// What has the words, at most as much as a list looks at.
async fn with_words(connection: &mut PgConnection, viewer: &Viewer, words: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select d.id from search_document d
         where d.kind = 'requirement' and may_see(d.audience, d.owner_org, $1, $2)
           and not 'state:open' = any (d.facets) and d.tsv @@ websearch_to_tsquery('swedish', $3)
         limit $4",
        viewer.level(),
        viewer.organisations(),
        words,
        MOST,
    )
    .fetch_all(connection)
    .await
}

/// Number and version of these, in their order, and the generation of the catalogue that they were read at.
async fn cited(
    connection: &mut PgConnection,
    viewer: &Viewer,
    ids: &[Uuid],
) -> sqlx::Result<(i64, Vec<(RequirementNumber, i32)>)> {
    let row = sqlx::query!(
        r#"select (select last from search_generation) as "generation!",
                  coalesce(array_agg(r.number order by s.row) filter (where r.id is not null), '{}') as "numbers!",
                  coalesce(array_agg(v.number order by s.row) filter (where r.id is not null), '{}') as "versions!"
           from unnest($3::uuid[]) with ordinality s(id, row)
           join requirement_version v on v.id = s.id and may_see(v.audience, v.owner_org, $1, $2)
           join requirement r on r.id = v.requirement_id"#,
        viewer.level(),
        viewer.organisations(),
        ids,
    )
    .fetch_one(connection)
    .await?;
    let cited = row.numbers.into_iter().map(RequirementNumber::from_db).zip(row.versions).collect();
    Ok((row.generation, cited))
}
