//! One organisation.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{
    area::{When, period},
    list::Name,
    organisations::ShortName,
    words::Words,
};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    organisations::Kind,
    requirements::fields::iso_date_option,
    search::catalogue::{Catalogue, Question},
};

/// That a region is in a procurement area.
#[derive(Debug, Deserialize)]
pub struct Membership {
    /// The letter.
    pub letter: String,
    /// The regions that it shares the area with.
    pub others: Vec<Name>,
}

/// A product group that is looked after for a period.
#[derive(Debug, Deserialize)]
pub struct Ownership {
    /// The procurement area that looks after it.
    pub letter: String,
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    #[serde(with = "iso_date_option")]
    to: Option<Date>,
    /// Where the period lies.
    pub when: When,
    /// The product area.
    pub area: Name,
    /// The group.
    pub group: Name,
    /// Requirements in force.
    #[serde(default)]
    pub count: i64,
}

impl Ownership {
    /// The period.
    pub fn period(&self, lang: Lang) -> String {
        period(lang, self.from, self.to)
    }

    /// When it begins.
    pub fn first_day(&self) -> Option<Date> {
        self.from
    }

    /// How filters name the group: `textil/tvatteritjanster`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.area.slug, self.group.slug)
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct OrganisationData {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    /// A region's code in Eurostat's classification.
    pub nuts: Option<String>,
    /// Its own site.
    pub homepage: Option<String>,
    #[serde(flatten)]
    short: ShortName,
    about_sv: String,
    about_en: String,
    /// A region's procurement area today.
    pub membership: Option<Membership>,
    /// What it looks after with others, did and will, latest first.
    pub owned: Vec<Ownership>,
}

impl OrganisationData {
    /// The name for where there is little room.
    pub fn short(&self, lang: Lang) -> &str {
        self.short.or(&self.name, lang)
    }

    /// What it does.
    pub fn about(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.about_sv, Some(&self.about_en))
    }
}

/// Reads the page; none where there is no such organisation.
///
/// # Errors
/// When the database is away.
pub async fn organisation(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    lang: Lang,
    slug: &str,
) -> sqlx::Result<Option<OrganisationData>> {
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let row = sqlx::query_file!("src/portal/reads/organisation.sql", slug, today, lang.is_swedish())
            .fetch_one(&mut *connection)
            .await?;
        if row.generation <= snapshot.generation() {
            let mut page = row.page.map(|page| page.0);
            let found = snapshot.find(&Question::in_force(viewer, now, today));
            for owned in page.iter_mut().flat_map(|page| &mut page.owned) {
                owned.count = found.count(&format!("group:{}", owned.path()));
            }
            return Ok(page);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
