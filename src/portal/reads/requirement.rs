//! A requirement with all that its page shows.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::list::Name;
use crate::{
    decisions::DecisionNumber,
    dialogue,
    kernel::actor::Viewer,
    requirements::{
        RequirementNumber,
        content::Core,
        fields::{Change, Kind, Level, Relation, iso_date_option},
        lifecycle::{Standing, State},
    },
};

/// A clause of the version shown.
#[derive(Debug, Deserialize)]
pub struct ClauseText {
    /// Lasting id.
    pub id: Uuid,
    /// Swedish text.
    pub text: String,
    /// English text, if there is one.
    pub text_en: Option<String>,
}

/// Another requirement, named.
#[derive(Debug, Deserialize)]
pub struct Other {
    number: i64,
    /// Swedish title.
    pub title: String,
    /// English title, if there is one.
    pub title_en: Option<String>,
    /// How it is connected: `replaced`, `merged` or `split`.
    #[serde(default)]
    pub kind: String,
}

impl Other {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// A member of the family.
#[derive(Debug, Deserialize)]
pub struct Member {
    number: i64,
    /// Swedish title.
    pub title: String,
    /// English title, if there is one.
    pub title_en: Option<String>,
    /// Level.
    pub level: Level,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// How it stands to the lower one.
    pub relation: Option<Relation>,
    /// Whether it is stopped for the time being.
    pub stopped: bool,
}

impl Member {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// A stop.
#[derive(Debug, Deserialize)]
pub struct StopData {
    /// Why.
    pub reason: String,
    /// Since when.
    #[serde(with = "iso_date_option")]
    pub since: Option<Date>,
}

/// A repeal.
#[derive(Debug, Deserialize)]
pub struct RepealData {
    /// Why.
    pub reason: String,
    /// From when.
    #[serde(with = "iso_date_option")]
    pub effective: Option<Date>,
    /// Whether that day has come.
    pub over: bool,
    /// The decision, if the network decided it.
    pub decision: Option<DecisionData>,
    /// What came instead.
    pub successors: Vec<Other>,
}

/// A version in short.
#[derive(Debug, Deserialize)]
pub struct VersionRow {
    /// Its number.
    pub number: i32,
    state: String,
    #[serde(with = "time::serde::rfc3339::option")]
    from: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    to: Option<OffsetDateTime>,
    /// First day in force.
    #[serde(with = "iso_date_option")]
    pub from_day: Option<Date>,
    /// The day on which it was no longer in force.
    #[serde(with = "iso_date_option")]
    pub to_day: Option<Date>,
    /// What it changes.
    pub changes: Vec<Change>,
    /// In words.
    pub note: String,
    /// What it means for running contracts.
    pub running_contracts: String,
    /// Whether its text may not be shown.
    pub hidden: bool,
    ended: bool,
}

impl VersionRow {
    /// The instant from which it is or was in force; none for what never was.
    pub fn begins(&self) -> Option<OffsetDateTime> {
        self.from
    }

    /// Whether it was decided, and called back before its day.
    pub fn was_called_back(&self) -> bool {
        State::from_code(&self.state) == Some(State::Revoked)
    }

    /// Where it stands at `now`.
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        let state = State::from_code(&self.state).unwrap_or(State::Preparation);
        Standing::at(now, state, self.from, self.to, self.ended)
    }
}

/// A text out of sight.
#[derive(Debug, Deserialize)]
pub struct NotShown {
    /// Why.
    pub reason: String,
    /// Since when.
    #[serde(with = "iso_date_option")]
    pub since: Option<Date>,
}

/// A decision.
#[derive(Debug, Deserialize)]
pub struct DecisionData {
    number: i64,
    year: Option<i16>,
    /// When.
    #[serde(with = "iso_date_option")]
    pub day: Option<Date>,
    /// What it rests on.
    pub reference: String,
}

impl DecisionData {
    /// What it is cited by.
    pub fn id(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }
}

/// The version shown, whole.
#[derive(Debug, Deserialize)]
pub struct VersionData {
    /// Its number.
    pub number: i32,
    /// `decision`, `import` or `example`.
    pub origin: String,
    /// Until when the earlier version may still be used.
    #[serde(with = "iso_date_option")]
    pub transition_until: Option<Date>,
    /// Hash of the core, in hex.
    pub sha256: Option<String>,
    /// When it was decided or read in.
    #[serde(with = "iso_date_option")]
    pub decided_on: Option<Date>,
    /// Set when its text may not be shown.
    pub not_shown: Option<NotShown>,
    /// The decision, if there is one.
    pub decision: Option<DecisionData>,
    /// What it refers to, in the order of the core, with what holds of it now.
    pub references: Vec<ReferenceNow>,
    /// The decided core.
    pub core: Core,
    /// Its clauses.
    pub clauses: Vec<ClauseText>,
    /// English title.
    pub title_en: Option<String>,
    /// English rationale.
    pub rationale_en: Option<String>,
    /// English texts of the evidence, in its order.
    pub evidence_en: Vec<Option<String>>,
}

/// Another reference, named.
#[derive(Debug, Deserialize)]
pub struct OtherReference {
    /// Its id.
    pub id: Uuid,
    name: String,
    edition: String,
}

impl OtherReference {
    /// Name and edition.
    pub fn label(&self) -> String {
        if self.edition.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.edition) }
    }
}

/// Something that is referred to, with what holds of it now.
#[derive(Debug, Deserialize)]
pub struct ReferenceNow {
    #[serde(flatten)]
    this: OtherReference,
    status: String,
    /// What replaces it.
    pub successor: Option<OtherReference>,
}

impl ReferenceNow {
    /// Its id.
    pub fn id(&self) -> Uuid {
        self.this.id
    }

    /// Name and edition.
    pub fn label(&self) -> String {
        self.this.label()
    }

    /// Whether it is replaced or retired.
    pub fn is_stale(&self) -> bool {
        matches!(self.status.as_str(), "replaced" | "retired")
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct RequirementData {
    number: i64,
    /// Advice to the buyer.
    pub guidance: String,
    /// What to watch out for.
    pub limitations: String,
    /// Where it comes from.
    pub builds_on: String,
    /// Next review.
    #[serde(with = "iso_date_option")]
    pub review_by: Option<Date>,
    /// Whether the review is overdue.
    pub overdue: bool,
    /// Agenda 2030 goals.
    pub agenda: Vec<Name>,
    /// eForms codes.
    pub eforms: Vec<String>,
    /// Product area.
    pub area: Name,
    /// Product group.
    pub group: Name,
    /// The procurement area that owns the group today.
    pub owner: Option<Name>,
    /// CPV codes.
    pub cpv: Vec<Name>,
    /// Environmental objectives.
    pub objectives: Vec<Name>,
    /// Set while it is stopped.
    pub stop: Option<StopData>,
    /// Set when it is repealed or will be.
    pub repeal: Option<RepealData>,
    /// What it came instead of.
    pub follows: Vec<Other>,
    /// The family's members in force, lowest level first.
    pub members: Vec<Member>,
    /// Every version that may be seen, newest first.
    pub versions: Vec<VersionRow>,
    /// What everybody says of it.
    pub dialogue: Talk,
    /// What regions have met with when they used it.
    pub experience: Experience,
    /// The version shown.
    pub version: VersionData,
}

/// The dialogue in short.
#[derive(Debug, Deserialize)]
pub struct Talk {
    /// How many threads there are, and the latest.
    #[serde(flatten)]
    pub summary: dialogue::Summary,
    clauses: HashMap<Uuid, i64>,
}

impl Talk {
    /// How many comments there are on a clause.
    pub fn on(&self, clause: &Uuid) -> i64 {
        self.clauses.get(clause).copied().unwrap_or(0)
    }
}

/// What was met with, in short.
#[derive(Debug, Deserialize)]
pub struct Experience {
    /// How many have told.
    pub total: i64,
    /// How many of them could check that it was met.
    pub verified: i64,
    /// How many have had a court look at it.
    pub reviewed: i64,
}

impl RequirementData {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The row of the version shown.
    pub fn shown(&self) -> Option<&VersionRow> {
        self.versions.iter().find(|row| row.number == self.version.number)
    }

    /// The version in force at `now`.
    pub fn current(&self, now: OffsetDateTime) -> Option<&VersionRow> {
        self.versions.iter().find(|row| row.standing(now) == Standing::Current)
    }
}

/// Reads the requirement with one version; none when there is nothing that the viewer may see.
///
/// # Errors
/// When the database is away.
pub async fn requirement(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    number: RequirementNumber,
    version: Option<i32>,
) -> sqlx::Result<Option<RequirementData>> {
    sqlx::query_file_scalar!(
        "src/portal/reads/requirement.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        today,
        number.get(),
        version,
    )
    .fetch_optional(connection)
    .await
    .map(|json| json.map(|json| json.0))
}
