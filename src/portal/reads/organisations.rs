//! The directory of organisations.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{list::Name, words::Words};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    organisations::Kind,
    search::catalogue::{Catalogue, Question},
};

/// So many are shown of a kind that may be long; the list has the others.
const FIRST: i64 = 12;

/// What an organisation is called where there is little room; most are called by their names there too.
#[derive(Debug, Clone, Deserialize)]
pub struct ShortName {
    short_sv: Option<String>,
    short_en: Option<String>,
}

impl ShortName {
    /// The short name, or the whole.
    pub fn or<'a>(&'a self, name: &'a Name, lang: Lang) -> &'a str {
        let short = if lang.is_swedish() { &self.short_sv } else { &self.short_en };
        short.as_deref().unwrap_or_else(|| name.in_lang(lang))
    }
}

/// A region, as the map and the table name it.
#[derive(Debug, Clone, Deserialize)]
pub struct Region {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    #[serde(flatten)]
    short: ShortName,
    /// Its code in Eurostat's classification, such as `SE110`.
    pub nuts: Option<String>,
    /// The letter of its procurement area today.
    pub letter: Option<String>,
}

impl Region {
    /// The name without the word region.
    pub fn short(&self, lang: Lang) -> &str {
        self.short.or(&self.name, lang)
    }
}

/// A product group that a procurement area looks after today.
#[derive(Debug, Deserialize)]
pub struct OwnedGroup {
    /// Slug of the product area.
    pub area: String,
    /// The group.
    #[serde(flatten)]
    pub name: Name,
    /// Requirements in force.
    #[serde(default)]
    pub count: i64,
    letter: String,
}

impl OwnedGroup {
    /// How filters name it: `textil/tvatteritjanster`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.area, self.name.slug)
    }
}

/// A procurement area, or the regions that are in none.
#[derive(Debug)]
pub struct ProcurementArea {
    /// Its letter; none for the regions that are in no area.
    pub letter: Option<String>,
    /// The regions in it.
    pub regions: Vec<Region>,
    /// What it looks after.
    pub groups: Vec<OwnedGroup>,
}

impl ProcurementArea {
    /// Requirements in force in its groups.
    pub fn count(&self) -> i64 {
        self.groups.iter().map(|group| group.count).sum()
    }
}

/// An organisation with what it does.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    about_sv: String,
    about_en: String,
}

impl Listed {
    /// What it does.
    pub fn about(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.about_sv, Some(&self.about_en))
    }
}

/// The organisations of one kind.
#[derive(Debug, Deserialize)]
pub struct OfKind {
    /// The kind.
    pub kind: Kind,
    /// How many there are.
    pub total: i64,
    /// The first of them, by name.
    pub first: Vec<Listed>,
}

/// What the database tells.
#[derive(Debug, Deserialize)]
struct Told {
    regions: Vec<Region>,
    owned: Vec<OwnedGroup>,
    kinds: Vec<OfKind>,
}

/// All that the page shows.
#[derive(Debug)]
pub struct Directory {
    /// The procurement areas by letter; last, if there are any, the regions in none.
    pub areas: Vec<ProcurementArea>,
    /// The other kinds that have any, in order.
    pub kinds: Vec<OfKind>,
}

impl Directory {
    fn new(told: Told) -> Self {
        let Told { regions, owned, mut kinds } = told;
        let mut letters: Vec<Option<String>> = regions.iter().map(|region| region.letter.clone()).collect();
        letters.extend(owned.iter().map(|group| Some(group.letter.clone())));
        letters.sort_by_key(|letter| (letter.is_none(), letter.clone()));
        letters.dedup();
        let mut areas: Vec<ProcurementArea> = letters
            .into_iter()
            .map(|letter| ProcurementArea {
                regions: regions.iter().filter(|region| region.letter == letter).cloned().collect(),
                letter,
                groups: Vec::new(),
            })
            .collect();
        for group in owned {
            if let Some(area) = areas.iter_mut().find(|area| area.letter.as_ref() == Some(&group.letter)) {
                area.groups.push(group);
            }
        }
        kinds.sort_by_key(|of_kind| Kind::ALL.iter().position(|kind| *kind == of_kind.kind));
        Self { areas, kinds }
    }

    /// Every region.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.areas.iter().flat_map(|area| &area.regions)
    }
}

/// Reads the page.
///
/// # Errors
/// When the database is away.
pub async fn directory(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    lang: Lang,
) -> sqlx::Result<Directory> {
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let row = sqlx::query_file!("src/portal/reads/organisations.sql", today, FIRST, lang.is_swedish())
            .fetch_one(&mut *connection)
            .await?;
        if row.generation <= snapshot.generation() {
            let found = snapshot.find(&Question::in_force(viewer, now, today));
            let mut directory = Directory::new(row.page.0);
            for group in directory.areas.iter_mut().flat_map(|area| &mut area.groups) {
                group.count = found.count(&format!("group:{}", group.path()));
            }
            return Ok(directory);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
