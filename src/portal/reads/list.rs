//! The list of requirements.

use std::sync::Arc;

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
    search::{
        BEST, MOST, Narrowed,
        catalogue::{Catalogue, Filter, Found, Order, Place, Question, Snapshot, standing},
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

/// What the database tells of a page.
#[derive(Debug, Deserialize)]
struct PageData {
    /// These two come from the catalogue where nothing is searched for.
    #[serde(default)]
    total: i64,
    #[serde(default)]
    before: i64,
    hits: Vec<Hit>,
    areas: Vec<AreaName>,
    objectives: Vec<Name>,
    #[serde(default)]
    cpv: Option<Name>,
}

/// All that the page shows.
#[derive(Debug)]
pub struct ListData {
    /// Hits in all, as far as they were looked at.
    pub total: i64,
    /// Whether there are more hits than were looked at.
    pub uncounted: bool,
    /// Whether more have the words than were looked at.
    pub more: bool,
    /// Hits before the page.
    pub before: i64,
    /// The hits of the page.
    pub hits: Vec<Hit>,
    /// What each choice of a filter would give.
    pub found: Found,
    /// Every area.
    pub areas: Vec<AreaName>,
    /// Every objective.
    pub objectives: Vec<Name>,
    /// The CPV code searched for, where it is in the list.
    pub cpv: Option<Name>,
}

/// Requirements on a page.
pub const PAGE: i64 = 20;

/// The filters in the order in which [`ListQuery::question`] asks for them.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub enum By {
    Area,
    Level,
    Type,
    Objective,
    Evidence,
    Status,
    Review,
}

impl ListQuery {
    /// The same as the catalogue is asked it.
    pub fn question(&self, viewer: &Viewer, now: OffsetDateTime, today: Date) -> Question {
        let filter = |prefixes, chosen: &[String]| Filter { prefixes, chosen: chosen.to_vec() };
        let standings: Vec<String> = self.standings.iter().map(|standing| format!("standing:{standing}")).collect();
        let overdue: Vec<String> = self.overdue.then(|| standing::OVERDUE.to_owned()).into_iter().collect();
        Question {
            viewer: viewer.clone(),
            now,
            today,
            number: self.number,
            cpv: self.cpv.iter().cloned().collect(),
            changed_since: None,
            filters: vec![
                filter(&["area:", "group:"], &self.areas),
                filter(&["level:"], &self.levels),
                filter(&["type:"], &self.types),
                filter(&["objective:"], &self.objectives),
                filter(&["evidence:"], &self.evidence),
                filter(&["standing:"], &standings),
                filter(&["review:"], &overdue),
            ],
        }
    }

    /// The order that needs no words; by number where it is by relevance.
    pub fn order(&self) -> Order {
        match self.sort {
            "title" => Order::Title,
            "number" | "relevance" => Order::Number,
            _ => Order::Latest,
        }
    }

    fn place(&self) -> Place {
        match (self.key, self.backwards) {
            (Some(key), false) => Place::After(key),
            (Some(key), true) => Place::Before(key),
            (None, true) => Place::Last,
            (None, false) => Place::Offset(0),
        }
    }
}

/// Reads the page: what it shows by the catalogue, or by the words that are searched for.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    query: &ListQuery,
) -> sqlx::Result<ListData> {
    let question = query.question(viewer, now, today);
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let (seen, data) = match &query.words {
            Some(words) => with_words(connection, &snapshot, &question, query, words).await?,
            None => browsed(connection, &snapshot, &question, query).await?,
        };
        if seen <= snapshot.generation() {
            return Ok(data);
        }
        snapshot = catalogue.at_least(connection, seen).await?;
    }
}

async fn browsed(
    connection: &mut PgConnection,
    snapshot: &Arc<Snapshot>,
    question: &Question,
    query: &ListQuery,
) -> sqlx::Result<(i64, ListData)> {
    let found = snapshot.find(question);
    let page = found.page(query.order(), query.place(), usize::try_from(PAGE).unwrap_or(usize::MAX));
    let row = sqlx::query_file!(
        "src/portal/reads/list_page.sql",
        question.viewer.level(),
        question.viewer.organisations(),
        question.now,
        question.today,
        &page.ids,
        query.cpv,
    )
    .fetch_one(connection)
    .await?;
    let data = PageData { total: found.total(), before: page.before, ..row.page.0 };
    Ok((row.generation, ListData::new(data, found, false)))
}

async fn with_words(
    connection: &mut PgConnection,
    snapshot: &Arc<Snapshot>,
    question: &Question,
    query: &ListQuery,
    words: &str,
) -> sqlx::Result<(i64, ListData)> {
    let narrowed = Narrowed::new(question);
    let row = sqlx::query_file!(
        "src/portal/reads/list_words.sql",
        question.viewer.level(),
        question.viewer.organisations(),
        question.now,
        words,
        narrowed.must,
        narrowed.narrow,
        &narrowed.standings,
        narrowed.only_overdue,
        question.today,
        query.sort,
        query.key,
        query.backwards,
        PAGE,
        MOST,
        BEST,
    )
    .fetch_one(connection)
    .await?;
    let found = snapshot.find_among(question, &row.found);
    let more = row.found.len() >= usize::try_from(MOST).unwrap_or(usize::MAX);
    let data = ListData::new(row.page.0, found, more);
    Ok((row.generation, ListData { uncounted: more && (narrowed.narrow.is_none() || data.total >= MOST), ..data }))
}

impl ListData {
    fn new(data: PageData, found: Found, more: bool) -> Self {
        let PageData { total, before, hits, areas, objectives, cpv } = data;
        Self { total, uncounted: false, more, before, hits, found, areas, objectives, cpv }
    }
}
