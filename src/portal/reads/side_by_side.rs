//! Some requirements beside each other, each with one version whole.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{list::Name, requirement::ClauseText, words::Words};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        content::Core,
        fields::{Relation, iso_date_option},
        lifecycle::{Standing, State},
    },
};

/// A requirement that is asked for, in its version in force unless another is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Its number.
    pub number: RequirementNumber,
    /// The version, from 1.
    pub version: Option<i32>,
}

impl std::fmt::Display for Wanted {
    /// As it stands in an address: `KB-0042`, or `KB-0107:3`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.version {
            Some(version) => write!(f, "{}:{version}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

/// One version with all that is compared.
#[derive(Debug, Deserialize)]
pub struct Column {
    number: i64,
    asked: i32,
    /// The version shown.
    pub version: i32,
    state: String,
    #[serde(with = "time::serde::rfc3339::option")]
    from: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    to: Option<OffsetDateTime>,
    /// First day in force.
    #[serde(with = "iso_date_option")]
    pub from_day: Option<Date>,
    ended: bool,
    /// Its core; none where the text may not be shown.
    pub core: Option<Core>,
    clauses: Option<Vec<ClauseText>>,
    title_en: Option<String>,
    rationale_en: Option<String>,
    evidence_en: Vec<Option<String>>,
    /// Why it is not to be used for the time being, if so.
    pub stopped: Option<String>,
    /// How it stands to the lower member of its family.
    pub relation: Option<Relation>,
    /// Advice to the buyer.
    pub guidance: String,
    /// What to watch out for.
    pub limitations: String,
    /// Where it comes from.
    pub builds_on: String,
    /// Next review.
    #[serde(with = "iso_date_option")]
    pub review_by: Option<Date>,
    /// Product area.
    pub area: Name,
    /// Product group.
    pub group: Name,
    /// CPV codes.
    pub cpv: Vec<Name>,
    /// Environmental objectives.
    pub objectives: Vec<Name>,
    /// Agenda 2030 goals.
    pub agenda: Vec<Name>,
}

impl Column {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// As it was asked for.
    pub fn wanted(&self) -> Wanted {
        Wanted { number: self.id(), version: Some(self.asked).filter(|version| *version > 0) }
    }

    /// Where the version stands at `now`.
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        let state = State::from_code(&self.state).unwrap_or(State::Preparation);
        Standing::at(now, state, self.from, self.to, self.ended)
    }

    /// The title; empty where the text may not be shown.
    pub fn title(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, self.core.as_ref().map_or("", |core| &core.title), self.title_en.as_deref())
    }

    /// Its clauses.
    pub fn clauses(&self) -> &[ClauseText] {
        self.clauses.as_deref().unwrap_or_default()
    }

    /// Why it exists.
    pub fn rationale(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, self.core.as_ref().map_or("", |core| &core.rationale), self.rationale_en.as_deref())
    }

    /// The text of a piece of evidence by its place.
    pub fn evidence_text(&self, lang: Lang, place: usize) -> Words<'_> {
        let swedish = self.core.as_ref().and_then(|core| core.evidence.get(place)).map_or("", |evidence| &evidence.text);
        Words::choose(lang, swedish, self.evidence_en.get(place).and_then(Option::as_deref))
    }
}

/// What the query gives.
#[derive(Debug, Deserialize)]
pub struct SideBySide {
    /// One for each requirement that the viewer may see, in the order asked for.
    pub columns: Vec<Column>,
}

/// Reads the versions that are wanted; what the viewer may not see, or what there is not, is left out.
///
/// # Errors
/// When the database is away.
pub async fn side_by_side(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    wanted: &[Wanted],
) -> sqlx::Result<SideBySide> {
    let numbers: Vec<i64> = wanted.iter().map(|one| one.number.get()).collect();
    let versions: Vec<i32> = wanted.iter().map(|one| one.version.unwrap_or(0)).collect();
    sqlx::query_file_scalar!(
        "src/portal/reads/side_by_side.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        &numbers,
        &versions,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}
