//! What requirements refer to.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{RequirementNumber, fields::iso_date_option},
};

/// How many stand on a page.
pub(in crate::curation) const PAGE: i64 = 50;
/// Requirements on the page of a reference.
pub(in crate::curation) const CITING: i64 = 20;

/// One in the list.
#[derive(Debug)]
pub(in crate::curation) struct Row {
    pub(in crate::curation) id: Uuid,
    pub(in crate::curation) kind: String,
    pub(in crate::curation) name: String,
    pub(in crate::curation) edition: String,
    pub(in crate::curation) status: String,
    /// Whether it is the same as another.
    pub(in crate::curation) same: bool,
    /// How many requirements in force cite it.
    pub(in crate::curation) cited: i64,
}

/// What is asked for.
#[derive(Debug, Default)]
pub(in crate::curation) struct Wanted<'a> {
    pub(in crate::curation) text: &'a str,
    pub(in crate::curation) kind: Option<&'a str>,
    pub(in crate::curation) status: Option<&'a str>,
    pub(in crate::curation) after: Option<Uuid>,
}

/// A page of them, and one more where there are more.
pub(in crate::curation) async fn list(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    wanted: &Wanted<'_>,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_file_as!(
        Row,
        "src/curation/reads/references.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        wanted.text,
        wanted.kind,
        wanted.status,
        wanted.after,
        PAGE + 1,
    )
    .fetch_all(connection)
    .await
}

/// Another reference, named.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Named {
    pub(in crate::curation) id: Uuid,
    name: String,
    edition: String,
}

impl Named {
    /// Name and edition.
    pub(in crate::curation) fn label(&self) -> String {
        label(&self.name, &self.edition)
    }
}

/// Name and edition.
pub(in crate::curation) fn label(name: &str, edition: &str) -> String {
    if edition.is_empty() { name.to_owned() } else { format!("{name}, {edition}") }
}

/// A condition that a label meets, and who said so when, where the bank knows.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Met {
    pub(in crate::curation) code: String,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::curation) at: Option<OffsetDateTime>,
    pub(in crate::curation) name: Option<String>,
    /// Whether it was a person.
    pub(in crate::curation) person: bool,
}

/// A requirement in force that cites it.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Citing {
    pub(in crate::curation) number: i64,
    title: String,
    title_en: Option<String>,
}

impl Citing {
    /// The printed number.
    pub(in crate::curation) fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The title, and whether it is in another language than the page.
    pub(in crate::curation) fn title(&self, lang: Lang) -> (&str, bool) {
        match (lang, &self.title_en) {
            (Lang::En, Some(title)) => (title, false),
            (Lang::En, None) => (&self.title, true),
            (Lang::Sv, _) => (&self.title, false),
        }
    }
}

/// One reference as it is.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Reference {
    pub(in crate::curation) id: Uuid,
    pub(in crate::curation) kind: String,
    pub(in crate::curation) name: String,
    pub(in crate::curation) edition: String,
    pub(in crate::curation) url: Option<String>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) from: Option<Date>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) to: Option<Date>,
    pub(in crate::curation) criteria: Option<String>,
    pub(in crate::curation) note: String,
    pub(in crate::curation) lock: i32,
    pub(in crate::curation) own_status: String,
    /// What holds of it, or of what it is the same as.
    pub(in crate::curation) status: String,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) ended_on: Option<Date>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) marked_on: Option<Date>,
    pub(in crate::curation) successor: Option<Named>,
    pub(in crate::curation) same: Option<Named>,
    pub(in crate::curation) replaces: Vec<Named>,
    /// Whether something decided cites it.
    pub(in crate::curation) frozen: bool,
    pub(in crate::curation) conditions: Vec<Met>,
    pub(in crate::curation) cited: i64,
    pub(in crate::curation) rows: Vec<Citing>,
}

impl Reference {
    /// Name and edition.
    pub(in crate::curation) fn label(&self) -> String {
        label(&self.name, &self.edition)
    }
}

/// One of them, with requirements in force that cite it after this number.
pub(in crate::curation) async fn one(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    (id, after): (Uuid, i64),
) -> sqlx::Result<Option<Reference>> {
    let read = sqlx::query_file_scalar!(
        "src/curation/reads/reference.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        id,
        after,
        CITING
    );
    Ok(read.fetch_optional(connection).await?.map(|json| json.0))
}

/// Others of the kind that one may lead to: those that are not the same as another.
pub(in crate::curation) async fn others(
    connection: &mut PgConnection,
    kind: &str,
    but: Uuid,
) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        r#"select id, name, edition from reference where kind = $1 and id <> $2 and status <> 'same'
           order by lower(name) collate "sv-x-icu", edition, id"#,
        kind,
        but,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, label(&row.name, &row.edition))).collect())
}

/// One by name and edition, with its lock.
pub(in crate::curation) async fn named(
    connection: &mut PgConnection,
    name: &str,
    edition: &str,
) -> sqlx::Result<Option<(Uuid, i32)>> {
    let row = sqlx::query!("select id, lock from reference where name = $1 and edition = $2 order by id limit 1", name, edition)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| (row.id, row.lock)))
}

/// The group at a path such as `textil/arbetsklader`.
pub(in crate::curation) async fn group(connection: &mut PgConnection, path: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select g.id from product_group g join product_area a on a.id = g.area_id where a.slug || '/' || g.slug = $1",
        path,
    )
    .fetch_optional(connection)
    .await
}
