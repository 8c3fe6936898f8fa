//! Everything that a list holds, not one page of it: for putting all of it into a selection.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::list::ListQuery;
use crate::{
    kernel::actor::Viewer,
    requirements::RequirementNumber,
    search::{
        BEST, MOST, Narrowed,
        catalogue::{Catalogue, Place, Question},
    },
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
        let (total, ids) = if let Some(words) = &query.words {
            let ids = with_words(connection, &question, words).await?;
            (i64::try_from(ids.len()).unwrap_or(i64::MAX), ids)
        } else {
            let found = snapshot.find(&question);
            (found.total(), found.page(query.order(), Place::Offset(0), most.saturating_add(1)).ids)
        };
        let ids = if ids.len() > most { Vec::new() } else { ids };
        let (seen, cited) = cited(connection, viewer, &ids).await?;
        if seen <= snapshot.generation() {
            return Ok(Hits { total, cited });
        }
        snapshot = catalogue.at_least(connection, seen).await?;
    }
}

/// What has the words and passes the filters, by number; at most as much as a list looks at.
async fn with_words(connection: &mut PgConnection, question: &Question, words: &str) -> sqlx::Result<Vec<Uuid>> {
    let Narrowed { must, narrow, standings, only_overdue } = Narrowed::new(question);
    sqlx::query_scalar!(
        r#"select f.id as "id!" from found_by_words('requirement', $1, $2, $3, $4, $5, $6::text::tsquery, $7::text::tsquery, $8, $9,
                                                    null, 'number', $10, $11) f
           where f.id is not null order by f.number, f.id"#,
        question.viewer.level(),
        question.viewer.organisations(),
        question.now,
        question.today,
        words,
        must,
        narrow,
        &standings,
        only_overdue,
        MOST,
        BEST,
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
