//! Who takes part: `GET /api/v1/organisations`, and each of them.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use utoipa::ToSchema;

use super::{
    paging::{List, Offset, Place},
    params::Params,
    requirement::dated,
    store,
    taxonomy::Owner,
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        web::{Asked, At, Problem, Visit, links},
    },
    organisations::{Kind, is_slug},
    requirements::fields::iso_date_option,
};

const PATH: &str = "/api/v1/organisations";
/// Words of a name that are looked at.
const MOST_WORDS: usize = 10;

/// An organisation as the database tells it.
#[derive(Debug, Deserialize)]
pub(super) struct OrganisationRow {
    slug: String,
    kind: Kind,
    name: String,
    name_en: String,
    short_name: Option<String>,
    short_name_en: Option<String>,
    about: String,
    about_en: String,
    homepage: Option<String>,
    nuts: Option<String>,
    procurement_area: Option<Owner>,
    product_groups: Vec<OwnedGroup>,
}

/// A page of organisations.
#[derive(Debug, Deserialize)]
pub(super) struct OrganisationRows {
    /// When any of it changed last.
    #[serde(with = "rfc3339::option")]
    pub(super) changed: Option<OffsetDateTime>,
    /// How many there are on all pages.
    pub(super) total: i64,
    /// Those on the page.
    pub(super) items: Vec<OrganisationRow>,
}

/// What is asked of the database.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) slug: Option<String>,
    pub(super) kinds: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) offset: i64,
    pub(super) limit: i64,
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Organisation {
    #[schema(example = "region-norrbotten")]
    slug: String,
    kind: Kind,
    #[schema(example = "Region Norrbotten")]
    name: String,
    name_en: String,
    /// Where there is little room; null where the name is all there is.
    #[schema(example = "Norrbotten")]
    short_name: Option<String>,
    short_name_en: Option<String>,
    /// What it does; may be empty.
    about: String,
    about_en: String,
    homepage: Option<String>,
    /// A region's code in NUTS 2021, level 3.
    #[schema(example = "SE332")]
    nuts: Option<String>,
    /// The procurement area that a region is in today.
    procurement_area: Option<Owner>,
    /// What that area looks after today.
    product_groups: Vec<OwnedGroup>,
    links: OrganisationLinks,
}

/// A product group that is looked after for a period.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct OwnedGroup {
    /// Area and group, unique in the bank.
    #[schema(example = "medicinteknik/handskar")]
    path: String,
    name: String,
    name_en: String,
    /// First day.
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    /// Last day.
    #[serde(with = "iso_date_option")]
    to: Option<Date>,
}

/// Where an organisation can be read about.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrganisationLinks {
    #[serde(rename = "self")]
    this: String,
    /// Its page.
    html: String,
}

impl OrganisationRow {
    /// As it is seen from outside.
    pub(super) fn body(self, base: &str) -> Organisation {
        let links = OrganisationLinks {
            this: format!("{base}{PATH}/{}", self.slug),
            html: format!("{base}{}", links::organisation(Lang::Sv, &self.slug)),
        };
        Organisation {
            slug: self.slug,
            kind: self.kind,
            name: self.name,
            name_en: self.name_en,
            short_name: self.short_name,
            short_name_en: self.short_name_en,
            about: self.about,
            about_en: self.about_en,
            homepage: self.homepage,
            nuts: self.nuts,
            procurement_area: self.procurement_area,
            product_groups: self.product_groups,
            links,
        }
    }
}

/// Organisations by name
#[utoipa::path(
    get,
    path = "/api/v1/organisations",
    operation_id = "organisations",
    tag = "organisations",
    params(
        ("q" = Option<String>, Query),
        ("kind" = Option<Vec<Kind>>, Query),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<Organisation>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let params = Params::read(query, &["q", "kind", "limit", "page", "cursor"])?;
    let place: Place<Offset> = Place::read(&params, &visit.app, PATH)?;
    let typed = params.one("q")?.unwrap_or_default().to_lowercase();
    let wanted = Wanted {
        slug: None,
        kinds: params.codes("kind", &Kind::ALL.map(Kind::code))?,
        words: typed.split_whitespace().take(MOST_WORDS).map(|word| word.chars().take(80).collect()).collect(),
        offset: i64::from(place.offset()),
        limit: i64::from(place.limit),
    };
    let mut connection = visit.app.db.read().await?;
    let rows = store::organisations(&mut connection, &wanted, visit.today(), visit.now).await?;
    drop(connection);
    let base = visit.app.settings.base_url();
    let items = rows.items.into_iter().map(|row| row.body(base)).collect();
    dated(&place.list(&params, &visit.app, PATH, items, rows.total)?, rows.changed)
}

/// One organisation
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{slug}",
    operation_id = "organisation",
    tag = "organisations",
    params(("slug" = String, Path, description = "The name in addresses", example = "region-norrbotten")),
    responses(
        (status = 200, description = "The organisation", body = Organisation),
        (status = 404, description = "No such organisation", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(visit: Visit, At(slug): At<String>, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    // Nothing else is ever a slug.
    if !is_slug(&slug) {
        return Err(Error::NotFound);
    }
    let wanted = Wanted { slug: Some(slug), limit: 1, ..Wanted::default() };
    let mut connection = visit.app.db.read().await?;
    let rows = store::organisations(&mut connection, &wanted, visit.today(), visit.now).await?;
    drop(connection);
    let row = rows.items.into_iter().next().ok_or(Error::NotFound)?;
    dated(&row.body(visit.app.settings.base_url()), rows.changed)
}
