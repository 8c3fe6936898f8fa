//! Rows of a selection with all that they say: for the page of one row, and for everything that goes into a tender.

use std::ops::Deref;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, value::RawValue};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Access, Arguments, Unread,
    selection::{RepealLine, StopLine},
};
pub use crate::requirements::clause_form::WordedClause;

use crate::{
    kernel::{actor::Viewer, clock, i18n::Lang},
    requirements::{
        RequirementNumber,
        content::Core,
        fields::{Exemption, Kind, Level, Parameter, Relation},
        lifecycle::Standing,
        parameters,
    },
    selections::values,
};

/// A selection with its rows whole.
#[derive(Debug, Clone, Deserialize)]
pub struct WholeSelection {
    /// What may be done with it.
    #[serde(default)]
    pub right: i32,
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Hours a year that there are for follow-up.
    pub follow_up_hours: Option<i32>,
    /// How many years the contract lasts.
    pub contract_years: Option<i32>,
    /// Its rows: by type as tenders are, then in the order that was chosen.
    pub rows: Vec<WholeRow>,
}

/// A row with all that it says.
#[derive(Debug, Clone, Deserialize)]
pub struct WholeRow {
    /// Its id.
    pub id: Uuid,
    /// The requirement.
    pub requirement: Uuid,
    /// The version it is pinned to.
    pub version_id: Uuid,
    /// The lock that its forms carry.
    pub lock_version: i32,
    number: i64,
    /// The number of the version.
    pub version: i32,
    /// Whether the text may not be shown; there is no core then.
    pub hidden: bool,
    /// Since when it is or was in force.
    #[serde(with = "time::serde::rfc3339::option")]
    pub valid_from: Option<OffsetDateTime>,
    /// Until when.
    #[serde(with = "time::serde::rfc3339::option")]
    pub valid_to: Option<OffsetDateTime>,
    /// Whether it was taken back before its day.
    pub revoked: bool,
    /// The decided core.
    pub core: Option<Decided>,
    /// The clauses with their ids and English texts.
    pub clauses: Vec<ClauseText>,
    /// The Swedish title, also where the text may not be shown.
    pub title: String,
    /// Type of requirement.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// The English title.
    pub title_en: Option<String>,
    /// One English text for each piece of evidence, or none.
    pub evidence_en: Vec<Option<String>>,
    /// The hash of the canonical text.
    pub sha256: Option<String>,
    /// The version that is in force, if any.
    pub in_force: Option<i32>,
    /// A stop for the time being.
    pub stop: Option<StopLine>,
    /// A repeal, in effect or to come.
    pub repeal: Option<RepealLine>,
    /// Whether the buyer has said that the row is wanted although its requirement is repealed.
    pub repeal_confirmed: bool,
    /// The family.
    pub family: Option<String>,
    /// How it stands to the lower member of its family.
    pub relation: Option<Relation>,
    /// The product group.
    pub group: GroupName,
    /// Slugs of environmental objectives.
    pub objectives: Vec<String>,
    /// eForms BT-774 codes.
    pub eforms: Vec<String>,
    /// eForms BT-805 code.
    pub gpp: Option<String>,
    /// What is filled in.
    pub values: Map<String, Value>,
    /// Which exemptions are used, by place; none: those that have not ended.
    pub exemptions: Option<Vec<usize>>,
    /// The buyer's own words.
    pub note: String,
    /// Why the guide proposed it.
    pub reason: String,
    /// The buyer's own wording.
    pub wording: Option<Vec<WordedClause>>,
    /// Why there is one.
    pub wording_reason: String,
    /// The version that it builds on: an earlier one, where the row has been updated since.
    #[serde(default)]
    pub wording_version: Option<i32>,
    /// The clauses of that version, where it is another than the row's.
    #[serde(default)]
    pub wording_base: Option<Vec<ClauseText>>,
}

/// A decided core with the text that its hash is made of.
#[derive(Debug, Clone)]
pub struct Decided {
    core: Core,
    canonical: Box<RawValue>,
}

impl Decided {
    /// The canonical text: RFC 8785 JSON of id, version and core.
    pub fn canonical(&self) -> &str {
        self.canonical.get()
    }
}

impl Deref for Decided {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
    }
}

impl<'de> Deserialize<'de> for Decided {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let canonical = Box::<RawValue>::deserialize(deserializer)?;
        let core = serde_json::from_str(canonical.get()).map_err(serde::de::Error::custom)?;
        Ok(Self { core, canonical })
    }
}

/// A clause.
#[derive(Debug, Clone, Deserialize, serde::Serialize)]
pub struct ClauseText {
    /// Its lasting id.
    pub id: Uuid,
    /// In Swedish.
    pub text: String,
    /// In English, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_en: Option<String>,
}

/// The product group of a row.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupName {
    /// Slug of the area.
    pub area: String,
    /// Slug of the group.
    pub slug: String,
    /// Swedish name.
    pub sv: String,
    /// English name.
    pub en: String,
}

impl WholeRow {
    /// The printed number of the requirement.
    pub fn number(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// Where the pinned version stands; the same rule as on the page of the selection.
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        let repealed = self.repeal.as_ref().is_some_and(|repeal| repeal.over);
        super::standing(self.valid_from, self.valid_to, self.revoked, self.in_force.is_some(), repealed, now)
    }

    /// The day from which the version is in force, was or will be.
    pub fn first_day(&self) -> Option<Date> {
        self.valid_from.map(|from| clock::in_sweden(from).date())
    }

    /// The repeal of the requirement, where it has taken effect.
    pub fn repeal_over(&self) -> Option<&RepealLine> {
        self.repeal.as_ref().filter(|repeal| repeal.over && self.in_force.is_none())
    }

    /// The repeal of the requirement, where it is decided and still to come.
    pub fn repeal_to_come(&self) -> Option<&RepealLine> {
        self.repeal.as_ref().filter(|repeal| !repeal.over)
    }

    /// What stands in braces in the text, or in the wording, and is no parameter.
    pub fn unknown(&self) -> Vec<&str> {
        match &self.wording {
            Some(wording) => parameters::unknown(wording.iter().map(|clause| clause.text.as_str()), self.parameters()),
            None => parameters::unknown(self.clauses.iter().map(|clause| clause.text.as_str()), self.parameters()),
        }
    }

    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }

    /// What the buyer fills in; nothing where the text may not be shown.
    pub fn parameters(&self) -> &[Parameter] {
        self.core.as_ref().map_or(&[], |core| &core.parameters)
    }

    /// How it is cited: `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.number(), self.version)
    }

    /// The version that the buyer's own wording builds on, as it is cited.
    pub fn builds_on(&self) -> String {
        format!("{}:{}", self.number(), self.wording_version.unwrap_or(self.version))
    }

    /// The exemptions that are used: those that were chosen, or all; never one that has ended.
    pub fn used_exemptions<'a>(&self, core: &'a Core, today: Date) -> impl Iterator<Item = &'a Exemption> {
        let used = values::exemptions(&core.exemptions, self.exemptions.as_deref(), today);
        used.into_iter().filter_map(|place| core.exemptions.get(place))
    }
}

/// Reads a selection with all its rows, or with one; none where there is no such selection, or who asks may not know of it.
///
/// # Errors
/// When the database is away.
pub async fn rows(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    access: &Access,
    row: Option<Uuid>,
) -> sqlx::Result<Option<Unread<WholeSelection>>> {
    let Arguments { id, holder, link, person, organisation } = access.arguments();
    let found = sqlx::query_file!(
        "src/selections/reads/rows.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        id,
        holder,
        link,
        row,
        person,
        organisation
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|found| Unread::new(found.rows)))
}
