//! One product area, and one product group: the same page at two depths.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sqlx::PgConnection;

use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{
            At, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    portal::{
        labels,
        reads::{
            area::{self, AreaData, Member, Owner, When},
            list::Name,
            words::{first_sentence, in_a_row},
        },
    },
    requirements::fields::Level,
    search::catalogue::Catalogue,
    selections::MOST_ROWS,
    taxonomy,
};

/// Where the pages are.
pub fn routes() -> Routes {
    Routes::new().page(links::AREA, Right::ReadPublished, area_page).page(links::GROUP, Right::ReadPublished, group_page)
}

/// A level in the row of levels above the list.
struct LevelCount {
    code: &'static str,
    label: &'static str,
    count: i64,
    href: String,
    /// Where all of them are put into the selection; none where that is none, or more than one takes.
    collect: Option<String>,
}

impl LevelCount {
    fn collect(&self) -> &str {
        self.collect.as_deref().unwrap_or_default()
    }
}

/// A step of a family's stair.
struct Step<'a> {
    code: &'static str,
    label: &'static str,
    members: Vec<&'a Member>,
}

#[derive(Template)]
#[template(path = "portal/area.html")]
struct AreaPage {
    layout: Layout,
    data: AreaData,
}

impl AreaPage {
    fn lang(&self) -> Lang {
        self.layout.lang
    }

    fn is_group(&self) -> bool {
        self.data.group.is_some()
    }

    /// What the page is about.
    fn name(&self) -> &str {
        self.data.group.as_ref().unwrap_or(&self.data.area).in_lang(self.lang())
    }

    /// The list of requirements, narrowed to this place and perhaps a level.
    fn list(&self, level: Option<Level>) -> String {
        self.narrowed(links::REQUIREMENTS, level)
    }

    /// An address that takes the filters of a list, narrowed to this place and perhaps a level.
    fn narrowed(&self, path: &str, level: Option<Level>) -> String {
        let area = &self.data.area.slug;
        let place = self.data.group.as_ref().map_or_else(|| area.clone(), |group| format!("{area}/{}", group.slug));
        let level = level.and_then(|level| words::word(words::LEVELS, level.code()));
        let pairs = [Some(("omrade", place.as_str())), level.map(|level| ("niva", level))];
        links::with_query(&self.layout.href(path), pairs.into_iter().flatten())
    }

    /// Each level with its count and the list narrowed to it.
    fn levels(&self) -> Vec<LevelCount> {
        Level::ALL
            .iter()
            .map(|level| {
                let count = self.data.levels.get(level.code()).copied().unwrap_or(0);
                let fits = (1..=i64::try_from(MOST_ROWS).unwrap_or(i64::MAX)).contains(&count);
                LevelCount {
                    code: level.code(),
                    label: labels::level(&self.layout.t, level),
                    count,
                    href: self.list(Some(*level)),
                    collect: fits.then(|| self.narrowed(links::COLLECTED, Some(*level))),
                }
            })
            .collect()
    }

    /// Whether the list holds more than the page shows.
    fn has_more(&self) -> bool {
        usize::try_from(self.data.total).unwrap_or(0) > self.data.hits.len()
    }

    fn shown(&self) -> i64 {
        i64::try_from(self.data.hits.len()).unwrap_or(0)
    }

    /// Whether there are groups to choose from.
    fn has_groups(&self) -> bool {
        !self.is_group() && !self.data.groups.is_empty()
    }

    /// The other groups of the area, on a group's page.
    fn siblings(&self) -> Vec<&Name> {
        let own = self.data.group.as_ref().map(|group| group.slug.as_str());
        if own.is_none() {
            return Vec::new();
        }
        self.data.groups.iter().map(|group| &group.name).filter(|name| Some(name.slug.as_str()) != own).collect()
    }

    fn owners(&self, when: When) -> Vec<&Owner> {
        self.data.owners.iter().filter(|owner| owner.when == when).collect()
    }

    fn now(&self) -> Vec<&Owner> {
        self.owners(When::Now)
    }

    fn later(&self) -> Vec<&Owner> {
        self.owners(When::Later)
    }

    fn earlier(&self) -> Vec<&Owner> {
        self.owners(When::Earlier)
    }

    fn organisation(&self, slug: &str) -> String {
        links::organisation(self.lang(), slug)
    }

    fn procurement_area(&self, letter: &str) -> String {
        links::procurement_area(self.lang(), letter)
    }

    fn period(&self, owner: &Owner) -> String {
        owner.period(self.lang())
    }

    /// The groups that an owner has here; empty where the page is about one group anyway.
    fn owned(&self, owner: &Owner) -> String {
        if self.is_group() || self.data.groups.len() < 2 {
            return String::new();
        }
        in_a_row(owner.groups.iter().map(|group| group.in_lang(self.lang())))
    }

    /// The list of requirements with this CPV code.
    fn cpv(&self, code: &str) -> String {
        links::with_query(&self.layout.href(links::REQUIREMENTS), [("cpv", code)])
    }

    /// Whether the codes are too many to stand open beside the text.
    fn folds_cpv(&self) -> bool {
        self.data.cpv.len() > 8
    }

    fn cpv_count(&self) -> i64 {
        i64::try_from(self.data.cpv.len()).unwrap_or(0)
    }

    /// The stair of a family.
    fn steps<'a>(&self, members: &'a [Member]) -> Vec<Step<'a>> {
        Level::ALL
            .iter()
            .map(|level| Step {
                code: level.code(),
                label: labels::level(&self.layout.t, level),
                members: members.iter().filter(|member| member.level == *level).collect(),
            })
            .collect()
    }

    fn group(&self, slug: &str) -> String {
        links::group(self.lang(), &self.data.area.slug, slug)
    }

    /// The requirements here by level.
    fn by_level(&self) -> String {
        links::by_level(self.lang(), &self.data.area.slug, self.data.group.as_ref().map(|group| group.slug.as_str()))
    }

    /// The guide, with this group chosen; on an area's page with all its groups that have requirements.
    fn guide(&self) -> String {
        let own = self.data.group.as_ref().map(|group| group.slug.as_str());
        let all = self.data.groups.iter().filter(|group| group.count > 0).map(|group| group.name.slug.as_str());
        let groups: Vec<String> =
            all.filter(|slug| own.is_none_or(|own| own == *slug)).map(|slug| format!("{}/{slug}", self.data.area.slug)).collect();
        links::guide(self.lang(), groups.iter().map(String::as_str))
    }

    /// The members of a family side by side.
    fn side_by_side(&self, members: &[Member]) -> String {
        links::side_by_side(self.lang(), members.iter().map(Member::id).take(super::side_by_side::MOST))
    }

    fn requirement(&self, id: impl std::fmt::Display) -> String {
        links::requirement(self.lang(), id)
    }
}

async fn area_page(visit: Visit, At(area): At<String>) -> Result<Response> {
    page(visit, &area, None).await
}

async fn group_page(visit: Visit, At((area, group)): At<(String, String)>) -> Result<Response> {
    page(visit, &area, Some(&group)).await
}

async fn page(visit: Visit, area: &str, group: Option<&str>) -> Result<Response> {
    // Nothing else is ever a slug, and a NUL would be an error to the database.
    if ![Some(area), group].into_iter().flatten().all(is_slug) {
        return Err(Error::NotFound);
    }
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let data = area::area(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), area, group).await?;
    let Some(data) = data else { return moved(&visit, &mut connection, area, group).await };
    let (t, lang) = (visit.texts(), visit.lang);
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.layout_nav_areas(), links::localized(lang, links::AREAS)),
    ];
    let area_name = data.area.in_lang(lang);
    let title = if let Some(group) = &data.group {
        crumbs.push(Crumb::link(area_name, links::area(lang, &data.area.slug)));
        crumbs.push(Crumb::here(group.in_lang(lang)));
        t.area_title_group(group.in_lang(lang), area_name)
    } else {
        crumbs.push(Crumb::here(area_name));
        t.area_title(area_name)
    };
    let layout = visit.layout(&title, "areas", crumbs).described(first_sentence(data.description(lang).text));
    html(&AreaPage { layout, data })
}

/// 308 to where a group stands that stood here before, on the page of the same kind; otherwise there is nothing.
pub(super) async fn moved(visit: &Visit, connection: &mut PgConnection, area: &str, group: Option<&str>) -> Result<Response> {
    let group = group.ok_or(Error::NotFound)?;
    let (to_area, to_group) = taxonomy::moved(connection, area, group).await?.ok_or(Error::NotFound)?;
    let path = visit.path.replacen(&format!("/{area}/{group}"), &format!("/{to_area}/{to_group}"), 1);
    let moved = Visit { path, ..visit.clone() };
    Ok((StatusCode::PERMANENT_REDIRECT, [("location", moved.address_in(visit.lang))]).into_response())
}

/// Whether it can be the slug of an area or a group.
pub(super) fn is_slug(text: &str) -> bool {
    text.len() <= 80 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
