//! What can stand instead of a row: the version in force of its requirement, other members of its family, what came after a
//! repeal.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Access, Arguments, Unread, rows::ClauseText};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        content::Core,
        fields::{Level, Relation},
    },
};

/// One of them, in force.
#[derive(Debug, Clone, Deserialize)]
pub struct Instead {
    number: i64,
    /// Its version in force.
    pub version: i32,
    /// Whether it is the row's own requirement.
    pub same: bool,
    /// How it came after the row's requirement: `replaced`, `merged`, `split`; none for a member of the family.
    pub successor: Option<String>,
    /// Level.
    pub level: Level,
    /// How it stands to the lower member of its family.
    pub relation: Option<Relation>,
    /// Whether it is not to be used for the time being.
    pub stopped: bool,
    title_en: Option<String>,
    /// The decided core.
    pub core: Core,
    /// Its clauses.
    pub clauses: Vec<ClauseText>,
}

impl Instead {
    /// The printed number.
    pub fn number(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// How it is cited: `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.number(), self.version)
    }

    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.core.title, !lang.is_swedish()),
        }
    }
}

/// Reads them for a row: its own requirement first, then by level and number. None of a row that one may not know of.
///
/// # Errors
/// When the database is away.
pub async fn instead(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    access: &Access,
    row: Uuid,
) -> sqlx::Result<Option<Unread<Vec<Instead>>>> {
    let Arguments { id, holder, link, person, organisation } = access.arguments();
    let found = sqlx::query_file!(
        "src/selections/reads/instead.sql",
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
    Ok(found.map(|found| Unread::new(found.instead)))
}
