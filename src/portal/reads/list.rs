//! The list of requirements.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        fields::{Kind, Level, iso_date_option},
        lifecycle::Standing,
    },
};

/// What is asked for.
#[derive(Debug, Default)]
pub struct ListQuery {
    /// Words to search for.
    pub words: Option<String>,
    /// A requirement's number.
    pub number: Option<i64>,
    /// Beginning of a CPV code, at least two digits.
    pub cpv: Option<String>,
    /// Facets `area:` and `group:`.
    pub areas: Vec<String>,
    /// Facets `level:`.
    pub levels: Vec<String>,
    /// Facets `type:`.
    pub types: Vec<String>,
    /// Facets `objective:`.
    pub objectives: Vec<String>,
    /// Facets `evidence:`.
    pub evidence: Vec<String>,
    /// Standings.
    pub standings: Vec<String>,
    /// Only those whose review is overdue.
    pub overdue: bool,
    /// `relevance`, `latest`, `title` or `number`.
    pub sort: &'static str,
    /// The neighbour that the page begins after, or ends before.
    pub key: Option<Uuid>,
    /// Whether the page ends before the key (or at the end, without one).
    pub backwards: bool,
}

/// A name in both languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Name {
    /// Slug or code.
    #[serde(alias = "code")]
    pub slug: String,
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Name {
    /// The name in the language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// An area with its groups.
#[derive(Debug, Deserialize)]
pub struct AreaName {
    /// The area.
    #[serde(flatten)]
    pub name: Name,
    /// Its groups.
    pub groups: Vec<Name>,
}

/// A requirement in the list.
#[derive(Debug, Deserialize)]
pub struct Hit {
    /// The key to page by.
    pub key: Uuid,
    number: i64,
    /// Version number.
    pub version: i32,
    title: String,
    title_en: Option<String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    standing: String,
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    group_sv: String,
    group_en: String,
    /// Whether it is stopped for the time being.
    pub stopped: bool,
    /// Whether its review is overdue.
    pub overdue: bool,
    title_marked: Option<String>,
    excerpt: String,
    cut: bool,
}

/// A piece of a text in which hits are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it is a hit.
    pub marked: bool,
}

impl Hit {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing::from_code(&self.standing).unwrap_or(Standing::Current)
    }

    /// When it takes or took effect.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The title to show, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (Vec<Part>, bool) {
        match (&self.title_en, &self.title_marked) {
            (Some(english), _) if !lang.is_swedish() => (vec![Part { text: english.clone(), marked: false }], false),
            (_, Some(marked)) => (parts(marked), !lang.is_swedish()),
            (_, None) => (vec![Part { text: self.title.clone(), marked: false }], !lang.is_swedish()),
        }
    }

    /// The excerpt, hits marked.
    pub fn excerpt(&self) -> Vec<Part> {
        // A text that was cut off ends at a whole word.
        let text = match self.excerpt.rsplit_once(' ') {
            Some((whole, _)) if self.cut && self.title_marked.is_none() => whole,
            _ => &self.excerpt,
        };
        let mut excerpt = parts(text);
        if self.cut {
            excerpt.push(Part { text: " …".to_owned(), marked: false });
        }
        excerpt
    }

    /// The group's name.
    pub fn group_name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.group_sv } else { &self.group_en }
    }
}

/// Cuts a text at the marks that the query put around hits.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (place, piece) in text.split('\u{1}').enumerate() {
        let (marked, rest) = if place == 0 { ("", piece) } else { piece.split_once('\u{2}').unwrap_or((piece, "")) };
        for (text, marked) in [(marked, true), (rest, false)] {
            if !text.is_empty() {
                parts.push(Part { text: text.to_owned(), marked });
            }
        }
    }
    parts
}

/// How many there would be: for each filter, by facet.
#[derive(Debug, Default, Deserialize)]
#[allow(missing_docs, reason = "one field a filter")]
pub struct Counts {
    pub area: HashMap<String, i64>,
    pub level: HashMap<String, i64>,
    #[serde(rename = "type")]
    pub kind: HashMap<String, i64>,
    pub objective: HashMap<String, i64>,
    pub evidence: HashMap<String, i64>,
    pub status: HashMap<String, i64>,
    pub review: i64,
}

/// How many there would be without each filter.
#[derive(Debug, Default, Deserialize)]
#[allow(missing_docs, reason = "one field a filter")]
pub struct Without {
    pub area: i64,
    pub level: i64,
    #[serde(rename = "type")]
    pub kind: i64,
    pub objective: i64,
    pub evidence: i64,
    pub status: i64,
    pub review: i64,
    pub all: i64,
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct ListData {
    /// Hits in all.
    pub total: i64,
    /// Hits before the page.
    pub before: i64,
    /// The hits of the page.
    pub hits: Vec<Hit>,
    /// Counts by filter.
    pub counts: Counts,
    /// Counts without each filter.
    pub without: Without,
    /// Every area.
    pub areas: Vec<AreaName>,
    /// Every objective.
    pub objectives: Vec<Name>,
    /// The CPV code searched for, where it is in the list.
    pub cpv: Option<Name>,
}

/// Requirements on a page.
pub const PAGE: i64 = 20;

/// Reads the page.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    query: &ListQuery,
) -> sqlx::Result<ListData> {
    sqlx::query_file_scalar!(
        "src/portal/reads/list.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        query.words,
        query.number,
        query.cpv,
        &query.areas,
        &query.levels,
        &query.types,
        &query.objectives,
        &query.evidence,
        &query.standings,
        query.overdue,
        today,
        query.sort,
        query.key,
        query.backwards,
        PAGE,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}
