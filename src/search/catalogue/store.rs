//! All SQL of the catalogue.

use sqlx::PgConnection;
use uuid::Uuid;

use super::entry::Row;

/// The generation of what this connection sees.
pub(super) async fn generation(connection: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!("select last from search_generation").fetch_one(connection).await
}

/// Every document of a kind, whoever may see it: what a viewer may see is asked of the catalogue.
pub(super) async fn all(connection: &mut PgConnection, kind: &str) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select id, subject_id as subject, number, audience, owner_org as owner, lower(valid) as "from!", upper(valid) as to,
                  changed_at as changed, stops_at as stops, title, shelf, array_to_string(facets, ' ') as "facets!", review_by
           from search_document where kind = $1 and not isempty(valid)"#,
        kind,
    )
    .fetch_all(connection)
    .await
}

/// What has changed since a generation: the subjects, and every document that they have now.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) subjects: Vec<Uuid>,
    pub(super) documents: Vec<Row>,
}

/// What has changed since this generation.
pub(super) async fn changed(connection: &mut PgConnection, kind: &str, generation: i64) -> sqlx::Result<Changed> {
    let subjects = sqlx::query_scalar!(
        "select c.subject_id from search_commit t join search_change c on c.xid = t.xid where t.generation > $2 and c.kind = $1",
        kind,
        generation,
    )
    .fetch_all(&mut *connection)
    .await?;
    let documents = sqlx::query_as!(
        Row,
        r#"select id, subject_id as subject, number, audience, owner_org as owner, lower(valid) as "from!", upper(valid) as to,
                  changed_at as changed, stops_at as stops, title, shelf, array_to_string(facets, ' ') as "facets!", review_by
           from search_document where kind = $1 and subject_id = any($2) and not isempty(valid)"#,
        kind,
        &subjects,
    )
    .fetch_all(connection)
    .await?;
    Ok(Changed { subjects, documents })
}
