//! The start page.

use std::cmp::Reverse;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{
    list::Name,
    words::{Words, clip, in_a_row},
};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{RequirementNumber, fields::iso_date_option},
    search::catalogue::{Catalogue, Filter, Order, Place, Question, standing},
};

/// Areas that have a tile of their own.
const AREAS: usize = 9;
/// Rows in each list of news.
const NEWS: usize = 5;
/// Characters of a change note.
const NOTE: usize = 170;
/// Groups named on a tile.
const GROUPS: usize = 4;

/// A version that came, or comes, into force.
#[derive(Debug, Deserialize)]
pub struct News {
    number: i64,
    /// Version number.
    pub version: i32,
    title: String,
    title_en: Option<String>,
    note: String,
    /// The day it takes effect.
    #[serde(with = "iso_date_option")]
    pub from: Option<Date>,
}

impl News {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The title.
    pub fn title(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.title, self.title_en.as_deref())
    }

    /// What the version changes, cut short; empty for a first version. Always Swedish.
    pub fn note(&self) -> String {
        clip(&self.note, NOTE)
    }
}

/// An area, what is in it and how many requirements.
#[derive(Debug, Deserialize)]
pub struct Area {
    /// The area.
    #[serde(flatten)]
    pub name: Name,
    /// Requirements in force.
    #[serde(default)]
    pub count: i64,
    groups: Vec<Name>,
}

impl Area {
    /// The names of its groups in a row; empty where they say no more than the area's own.
    pub fn groups(&self, lang: Lang) -> String {
        let names = self.groups.iter().map(|group| group.in_lang(lang)).filter(|name| *name != self.name.in_lang(lang));
        let mut row = in_a_row(names.clone().take(GROUPS));
        if names.count() > GROUPS {
            row.push_str(" …");
        }
        row
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct StartData {
    /// Requirements in force.
    #[serde(default)]
    pub in_force: i64,
    /// Those of them whose review is overdue.
    #[serde(default)]
    pub overdue: i64,
    /// Those of them with an English title.
    #[serde(default)]
    pub english: i64,
    /// Areas with requirements in force.
    #[serde(default)]
    pub areas_in_use: i64,
    /// Areas.
    pub areas_in_all: i64,
    /// What came into force last, latest first.
    pub latest: Vec<News>,
    /// What comes into force, soonest first.
    pub coming: Vec<News>,
    /// The areas with most requirements.
    pub areas: Vec<Area>,
}

/// Reads the page.
///
/// # Errors
/// When the database is away.
pub async fn start(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
) -> sqlx::Result<StartData> {
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let current = snapshot.find(&Question::in_force(viewer, now, today));
        let coming = Filter { prefixes: &["standing:"], chosen: vec![standing::COMING.to_owned()] };
        let coming = snapshot.find(&Question { filters: vec![coming], ..Question::in_force(viewer, now, today) });
        let row = sqlx::query_file!(
            "src/portal/reads/start.sql",
            viewer.level(),
            viewer.organisations(),
            now,
            today,
            &current.page(Order::Latest, Place::Offset(0), NEWS).ids,
            &coming.page(Order::Earliest, Place::Offset(0), NEWS).ids,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            let mut data = row.page.0;
            data.in_force = current.total();
            data.overdue = current.count(standing::OVERDUE);
            data.english = current.count("lang:en");
            data.areas_in_use = i64::try_from(current.counts("area:").count()).unwrap_or(0);
            for area in &mut data.areas {
                area.count = current.count(&format!("area:{}", area.name.slug));
            }
            // They come in their own order, which those of the same size keep.
            data.areas.sort_by_key(|area| Reverse(area.count));
            data.areas.truncate(AREAS);
            return Ok(data);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
