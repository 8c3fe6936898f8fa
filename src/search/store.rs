//! The documents.

use sqlx::{PgConnection, postgres::types::PgRange};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::kernel::actor::Viewer;

/// One thing, or one state of a thing, that can be found.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its id within its kind.
    pub id: Uuid,
    /// The thing that it is a state of.
    pub subject: Uuid,
    /// Printed number, for order.
    pub number: i64,
    /// Who may find it (`kernel::actor::Audience`).
    pub audience: i16,
    /// The organisation that may find it whatever the audience.
    pub owner: Option<Uuid>,
    /// When it is a current answer.
    pub valid: PgRange<OffsetDateTime>,
    /// Weighs most.
    pub title: String,
    /// Names of what it belongs to.
    pub names: String,
    /// The text itself; excerpts are cut from it.
    pub text: String,
    /// All else; weighs least.
    pub more: String,
    /// Where it stands among others in an order by place; what stands together has the same.
    pub shelf: String,
    /// What it can be filtered by: `level:basic`.
    pub facets: Vec<String>,
    /// Next review, if it has one.
    pub review_by: Option<Date>,
    /// When what everybody is told of it changed last; what its validity brings is known from that.
    pub changed: Option<OffsetDateTime>,
    /// When the latest stop of it begins.
    pub stops: Option<OffsetDateTime>,
}

/// Replaces all documents of the subjects by these.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut PgConnection, kind: &str, subjects: &[Uuid], documents: &[Document]) -> sqlx::Result<()> {
    sqlx::query!("delete from search_document where kind = $1 and subject_id = any($2)", kind, subjects)
        .execute(&mut *tx)
        .await?;
    note(tx, kind, subjects).await?;
    for some in documents.chunks(1_000) {
        let column = |value: fn(&Document) -> String| some.iter().map(value).collect::<Vec<String>>();
        let facets: Vec<serde_json::Value> = some.iter().map(|d| serde_json::json!(d.facets)).collect();
        let owners: Vec<Option<Uuid>> = some.iter().map(|d| d.owner).collect();
        let reviews: Vec<Option<Date>> = some.iter().map(|d| d.review_by).collect();
        let changed: Vec<Option<OffsetDateTime>> = some.iter().map(|d| d.changed).collect();
        let stops: Vec<Option<OffsetDateTime>> = some.iter().map(|d| d.stops).collect();
        let valid: Vec<PgRange<OffsetDateTime>> = some.iter().map(|d| d.valid).collect();
        sqlx::query!(
            r#"insert into search_document (kind, id, subject_id, number, audience, owner_org, valid, title, body, shelf, facets, review_by,
                   changed_at, stops_at, tsv)
               select $1, x.id, x.subject, x.number, x.audience, x.owner, x.valid, x.title, x.text,
                   x.shelf, f.facets, x.review_by, x.changed, x.stops,
                   setweight(to_tsvector('swedish', x.title), 'A') || setweight(to_tsvector('swedish', x.names), 'B')
                       || setweight(to_tsvector('swedish', x.text), 'C') || setweight(to_tsvector('swedish', x.more), 'D')
                       || array_to_tsvector(f.facets)
               from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::smallint[], $6::uuid[], $7::tstzrange[], $8::text[], $9::text[],
                           $10::text[], $11::text[], $12::text[], $13::jsonb[], $14::date[],
                           $15::timestamptz[], $16::timestamptz[])
                   as x(id, subject, number, audience, owner, valid, title, names, text, more, shelf, facets, review_by, changed, stops),
                   lateral (select array(select jsonb_array_elements_text(x.facets)) as facets) f"#,
            kind,
            &some.iter().map(|d| d.id).collect::<Vec<_>>(),
            &some.iter().map(|d| d.subject).collect::<Vec<_>>(),
            &some.iter().map(|d| d.number).collect::<Vec<_>>(),
            &some.iter().map(|d| d.audience).collect::<Vec<_>>(),
            &owners as &[Option<Uuid>],
            &valid,
            &column(|d| d.title.clone()),
            &column(|d| d.names.clone()),
            &column(|d| d.text.clone()),
            &column(|d| d.more.clone()),
            &column(|d| d.shelf.clone()),
            &facets,
            &reviews as &[Option<Date>],
            &changed as &[Option<OffsetDateTime>],
            &stops as &[Option<OffsetDateTime>],
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// A requirement in force that may be like something, by its title or by where it stands.
pub(super) struct Candidate {
    /// The printed number.
    pub(super) number: i64,
    /// The requirement.
    pub(super) subject: Uuid,
    /// Its title.
    pub(super) title: String,
    /// Its text.
    pub(super) body: String,
    /// How alike the titles are letter by letter, 0–100.
    pub(super) percent: i32,
}

/// Those whose titles are most alike, at most so many: of the same facet, and beyond it where the letters say so.
pub(super) async fn candidates(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    (title, among): (&str, &str),
    most: i64,
) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_as!(
        Candidate,
        r#"select d.number, d.subject_id as subject, d.title, d.body, (similarity(d.title, $1) * 100)::int as "percent!"
           from search_document d
           where d.kind = 'requirement' and d.valid @> $3::timestamptz and not 'state:open' = any (d.facets)
             and may_see(d.audience, d.owner_org, $4, $5)
             and (d.facets @> array[$2] or d.title % $1)
           order by similarity(d.title, $1) desc, d.number limit $6"#,
        title,
        among,
        now,
        viewer.level(),
        viewer.organisations(),
        most,
    )
    .fetch_all(connection)
    .await
}

/// Tells the catalogues that what can be found of these subjects is another thing once this transaction is committed.
async fn note(tx: &mut PgConnection, kind: &str, subjects: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "with this as (
             insert into search_commit (xid) values (pg_current_xact_id()) on conflict do nothing
         )
         insert into search_change (kind, subject_id, xid)
         select distinct $1, subject, pg_current_xact_id() from unnest($2::uuid[]) subject
         on conflict (kind, subject_id) do update set xid = excluded.xid",
        kind,
        subjects,
    )
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Throws away transactions that no subject was last changed by: a catalogue that is older learns of the subject from the
/// later one. Gives how many that were.
///
/// # Errors
/// When the database refuses.
pub async fn forget_commits(tx: &mut PgConnection) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from search_commit t where t.generation is not null and not exists (select from search_change c where c.xid = t.xid)",
    )
    .execute(tx)
    .await?;
    Ok(gone.rows_affected())
}
