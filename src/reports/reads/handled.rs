//! A report as those see it who deal with it.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::actor::Viewer,
    reports::report::{ReportNumber, Topic},
};

/// The report.
#[derive(Debug, Deserialize)]
pub struct Handled {
    /// Its id.
    pub id: Uuid,
    /// `accessibility` or `requirement`.
    pub kind: String,
    /// `new` or `closed`.
    pub state: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// What kind of fault.
    pub topic: Option<Topic>,
    /// What is wrong.
    pub text: String,
    /// Where, in the words of the one who sent it.
    pub place: String,
    /// What they use to read the page.
    pub assistive: String,
    /// `sv` or `en`.
    pub language: String,
    /// Where to answer.
    pub email: Option<String>,
    /// Whether the address was erased since its time was over.
    pub email_erased: bool,
    /// When it came in.
    #[serde(with = "time::serde::rfc3339")]
    pub received: OffsetDateTime,
    /// Whether it is held until the one who sent it is approved.
    pub held: bool,
    /// Who sent it, where somebody had signed in.
    pub person: Option<String>,
    /// Whom they acted for.
    pub organisation: Option<String>,
    /// What it is about, where that is a requirement.
    pub about: Option<About>,
    /// Who has taken it.
    pub handler: Option<Handler>,
    /// What was said of it, in order.
    pub entries: Vec<Said>,
}

/// The version that a report is about.
#[derive(Debug, Deserialize)]
pub struct About {
    /// The requirement's number.
    pub requirement: i64,
    /// The version's number.
    pub version: i32,
    /// Its title, where its text may be shown.
    pub title: Option<String>,
    /// The place of the clause, from 1.
    pub place: Option<i32>,
    /// Its text.
    pub clause: Option<String>,
}

/// Who has taken a task.
#[derive(Debug, Deserialize)]
pub struct Handler {
    /// The person.
    pub id: Uuid,
    /// Their name; none where the account was erased.
    pub name: Option<String>,
}

/// Something that was said of a report.
#[derive(Debug, Deserialize)]
pub struct Said {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub by: Option<String>,
    /// `note`, `answer`, `closed` or `reopened`.
    pub kind: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// The words.
    pub text: String,
    /// Whether it was sent to the one who reported.
    pub sent: bool,
}

/// Reads it, in one round trip; none where there is none.
///
/// # Errors
/// When the database is away.
pub async fn handled(connection: &mut PgConnection, viewer: &Viewer, number: ReportNumber) -> sqlx::Result<Option<Handled>> {
    sqlx::query_file_scalar!("src/reports/reads/handled.sql", number.0, viewer.level(), viewer.organisations())
        .fetch_optional(connection)
        .await
        .map(|json| json.map(|json| json.0))
}
