//! One product area, or one product group.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, Month, OffsetDateTime};
use uuid::Uuid;

use super::{
    areas::GroupCount,
    list::Name,
    words::{Words, clip},
};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        fields::{Kind, Level, Parameter, Relation, iso_date_option},
        parameters,
    },
    search::catalogue::{Catalogue, Entry, Found, Order, Question},
};

/// Requirements shown; the list has the others.
const HITS: usize = 20;
/// Families shown on a group's page.
const FAMILIES: usize = 12;
/// Characters of an excerpt.
const EXCERPT: usize = 200;

/// Where an owner's period lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// It is running.
    Now,
    /// It has ended.
    Earlier,
    /// It has not begun.
    Later,
}

/// A procurement area that owns groups for a period.
#[derive(Debug, Deserialize)]
pub struct Owner {
    /// Its letter.
    pub letter: String,
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    #[serde(with = "iso_date_option")]
    to: Option<Date>,
    /// Where the period lies.
    pub when: When,
    /// The groups.
    pub groups: Vec<Name>,
    /// The regions that made up the procurement area.
    pub regions: Vec<Name>,
}

impl Owner {
    /// The period.
    pub fn period(&self, lang: Lang) -> String {
        period(lang, self.from, self.to)
    }
}

/// A period: `2026–2028` for whole years, days otherwise.
pub fn period(lang: Lang, from: Option<Date>, to: Option<Date>) -> String {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| lang.date(date));
    match (from, to) {
        (Some(from), Some(to)) if is_first_day(from) && is_last_day(to) => match (from.year(), to.year()) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}–{last}"),
        },
        (from, to) => format!("{} – {}", day(from), day(to)).trim().to_owned(),
    }
}

fn is_first_day(date: Date) -> bool {
    date.month() == Month::January && date.day() == 1
}

fn is_last_day(date: Date) -> bool {
    date.month() == Month::December && date.day() == 31
}

/// A requirement in force.
#[derive(Debug, Deserialize)]
pub struct Hit {
    number: i64,
    title: String,
    title_en: Option<String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// The day it took effect.
    #[serde(with = "iso_date_option")]
    pub from: Option<Date>,
    /// Its group.
    pub group: Name,
    /// Whether it is stopped for the time being.
    pub stopped: bool,
    /// Whether its review is overdue.
    pub overdue: bool,
    parameters: Vec<Parameter>,
    text: Option<String>,
    text_en: Option<String>,
}

impl Hit {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The title.
    pub fn title(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.title, self.title_en.as_deref())
    }

    /// How the text begins, with the values that a buyer who chooses none would read; and whether it is Swedish on an English page.
    pub fn excerpt(&self, lang: Lang) -> (String, bool) {
        let words = Words::choose(lang, self.text.as_deref().unwrap_or_default(), self.text_en.as_deref());
        let of_text = if words.foreign { Lang::Sv } else { lang };
        (clip(&parameters::plain(words.text, &self.parameters, of_text), EXCERPT), words.foreign)
    }
}

/// A member of a family.
#[derive(Debug, Deserialize)]
pub struct Member {
    number: i64,
    title: String,
    title_en: Option<String>,
    /// Level.
    pub level: Level,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// How it stands to the lower one.
    pub relation: Option<Relation>,
}

impl Member {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The title.
    pub fn title(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.title, self.title_en.as_deref())
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct AreaData {
    /// The area.
    pub area: Name,
    /// The group, on a group's page.
    pub group: Option<Name>,
    /// Since when it takes no new requirements.
    #[serde(with = "iso_date_option", default)]
    pub retired: Option<Date>,
    description_sv: String,
    description_en: String,
    /// Requirements in force.
    #[serde(default)]
    pub total: i64,
    /// The same by code of level.
    #[serde(default)]
    pub levels: HashMap<String, i64>,
    /// The groups of the area.
    pub groups: Vec<GroupCount>,
    /// Who owns, owned and will own them, latest first.
    pub owners: Vec<Owner>,
    /// CPV codes.
    pub cpv: Vec<Name>,
    /// The first requirements in force, by level and title.
    pub hits: Vec<Hit>,
    /// Families with more than one level, lowest member first.
    pub families: Vec<Vec<Member>>,
}

impl AreaData {
    fn counted(mut self, found: &Found) -> Self {
        self.total = found.total();
        self.levels = Level::ALL.iter().map(|level| (level.code().to_owned(), found.count(&facet(level)))).collect();
        for group in &mut self.groups {
            // The filter on the place leaves its own choice out of account: a group shows its own count also beside another.
            group.count = found.count(&format!("group:{}/{}", self.area.slug, group.name.slug));
        }
        self
    }

    /// What it holds and what matters there.
    pub fn description(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.description_sv, Some(&self.description_en))
    }
}

/// Reads the page of an area, or of a group of it; none where there is no such thing.
///
/// # Errors
/// When the database is away.
pub async fn area(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    area: &str,
    group: Option<&str>,
) -> sqlx::Result<Option<AreaData>> {
    let facet = group.map_or_else(|| format!("area:{area}"), |group| format!("group:{area}/{group}"));
    let question = Question::in_force(viewer, now, today).with(&["area:", "group:"], vec![facet]);
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let found = snapshot.find(&question);
        let (members, families) = if group.is_some() { families(&found) } else { (Vec::new(), Vec::new()) };
        let row = sqlx::query_file!(
            "src/portal/reads/area.sql",
            viewer.level(),
            viewer.organisations(),
            now,
            today,
            area,
            group,
            &first(&found),
            &members,
            &families,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            return Ok(row.page.map(|page| page.0.counted(&found)));
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}

/// The first requirements by level and title.
fn first(found: &Found) -> Vec<Uuid> {
    by_level(found).take(HITS).map(|entry| entry.id).collect()
}

/// The members of the first families that have more than one level, lowest first; and the family of each, by number.
fn families(found: &Found) -> (Vec<Uuid>, Vec<i32>) {
    let (rows, mut met, mut shown) = (found.rows(), HashSet::new(), Vec::new());
    // By level and title, so that a family stands where its first member does.
    for entry in by_level(found) {
        if shown.len() == FAMILIES {
            break;
        }
        if entry.family.as_ref().is_none_or(|family| !met.insert(family)) {
            continue;
        }
        let step = |member: &Entry| Level::ALL.iter().position(|level| found.has(member, &facet(level)));
        let mut members: Vec<(Option<usize>, &Entry)> = rows.around(entry.id).map(|member| (step(member), member)).collect();
        members.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| Order::Title.compare(one, other)));
        if members.first().map(|(step, _)| step) != members.last().map(|(step, _)| step) {
            shown.push(members);
        }
    }
    shown.iter().zip(0..).flat_map(|(members, number)| members.iter().map(move |(_, entry)| (entry.id, number))).unzip()
}

/// The requirements by level and title.
fn by_level(found: &Found) -> impl Iterator<Item = &Entry> {
    Level::ALL.iter().flat_map(|level| found.entries_with(Order::Title, &facet(level)))
}

fn facet(level: &Level) -> String {
    format!("level:{}", level.code())
}
