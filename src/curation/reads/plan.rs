//! What is going on.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::fields::iso_date_option,
};

/// States in which a proposal waits for its answer.
const OPEN: [&str; 4] = ["submitted", "returned", "in_preparation", "taken_in"];

/// A place, named in both languages.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Named {
    pub(in crate::curation) slug: String,
    sv: String,
    en: String,
}

impl Named {
    /// What it is called.
    pub(in crate::curation) fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// A procurement area that owns something.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Owner {
    pub(in crate::curation) letter: String,
    sv: String,
    en: String,
}

impl Owner {
    /// What it is called.
    pub(in crate::curation) fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// A line of the plan.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Line {
    pub(in crate::curation) id: Uuid,
    sv: String,
    en: String,
    pub(in crate::curation) state: String,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) starts_on: Option<Date>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) decision_month: Option<Date>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) priority_until: Option<Date>,
    pub(in crate::curation) in_preparation: Option<i64>,
    #[serde(with = "time::serde::rfc3339")]
    pub(in crate::curation) changed: OffsetDateTime,
    pub(in crate::curation) group: Option<Named>,
}

impl Line {
    /// What is going on.
    pub(in crate::curation) fn text(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// An area in which something is going on.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct UnderWay {
    #[serde(flatten)]
    pub(in crate::curation) area: Named,
    /// Proposals that wait for their answer.
    pub(in crate::curation) proposals: i64,
    pub(in crate::curation) owners: Vec<Owner>,
    pub(in crate::curation) lines: Vec<Line>,
}

/// All areas in which something is going on.
pub(in crate::curation) async fn under_way(
    connection: &mut PgConnection,
    viewer: &Viewer,
    today: Date,
    person: Option<Uuid>,
) -> sqlx::Result<Vec<UnderWay>> {
    let open: Vec<String> = OPEN.iter().map(|state| (*state).to_owned()).collect();
    let read = sqlx::query_file_scalar!(
        "src/curation/reads/under_way.sql",
        viewer.level(),
        viewer.organisations(),
        today,
        &open,
        person
    );
    Ok(read.fetch_one(connection).await?.0)
}

/// A line as it is stored.
#[derive(Debug)]
pub(in crate::curation) struct Stored {
    pub(in crate::curation) area: Option<String>,
    pub(in crate::curation) group: Option<Uuid>,
    pub(in crate::curation) text_sv: String,
    pub(in crate::curation) text_en: String,
    pub(in crate::curation) state: String,
    pub(in crate::curation) starts_on: Option<Date>,
    pub(in crate::curation) decision_month: Option<Date>,
    pub(in crate::curation) priority_until: Option<Date>,
    pub(in crate::curation) in_preparation: Option<i32>,
    pub(in crate::curation) lock: i32,
}

/// One line.
pub(in crate::curation) async fn line(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        r#"select a.slug as "area?", x.group_id as "group", x.text_sv, x.text_en, x.state, x.starts_on, x.decision_month, x.priority_until,
                  x.in_preparation, x.lock
           from plan_line x left join product_area a on a.id = x.area_id where x.id = $1"#,
        id,
    )
    .fetch_optional(connection)
    .await
}
