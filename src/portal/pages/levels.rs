//! The requirements of an area or a group by level: `/omraden/textil/nivaer`, `/omraden/textil/tvatteritjanster/nivaer`.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::area::{is_slug, moved};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    portal::{
        labels,
        reads::{
            levels::{self as read, Covered, LevelsData, LevelsQuery, PAGE, Row},
            list::Name,
            requirement::Member,
            words::Words,
        },
    },
    requirements::{
        RequirementNumber,
        fields::{Kind, Level},
    },
    search::catalogue::Catalogue,
    selections::MOST_ROWS,
};

/// Where the pages are.
pub fn routes() -> Routes {
    Routes::new().page(links::AREA_BY_LEVEL, Right::ReadPublished, area_page).page(
        links::GROUP_BY_LEVEL,
        Right::ReadPublished,
        group_page,
    )
}

/// What the address says. What is not known in it is passed over, so that an old bookmark still shows something.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    /// A type.
    typ: Option<String>,
    /// The page begins after the row with this number.
    efter: Option<String>,
    /// The page ends before it; `slut` is the last page.
    fore: Option<String>,
}

impl Asks {
    fn kind(&self) -> Option<Kind> {
        self.typ.as_deref().and_then(|word| words::code(words::TYPES, word)).and_then(Kind::from_code)
    }
}

/// A level at the head of its column.
struct Head {
    level: Level,
    label: &'static str,
    covered: Covered,
}

/// The rows of a group that stand on the page.
struct Part<'a> {
    group: &'a Name,
    rows: Vec<&'a Row>,
}

#[derive(Template)]
#[template(path = "portal/levels.html")]
struct LevelsPage {
    layout: Layout,
    data: LevelsData,
    kind: Option<Kind>,
    /// The page without its place.
    path: String,
    /// Links to first, previous, next and last page; empty where there is none.
    pages: [String; 4],
}

impl LevelsPage {
    fn name(&self) -> &str {
        self.data.group.as_ref().unwrap_or(&self.data.area).in_lang(self.layout.lang)
    }

    /// The page of the place itself.
    fn place(&self) -> String {
        let (lang, area) = (self.layout.lang, &self.data.area.slug);
        self.data.group.as_ref().map_or_else(|| links::area(lang, area), |group| links::group(lang, area, &group.slug))
    }

    fn heads(&self) -> Vec<Head> {
        let t = self.layout.t;
        let head = |level: &Level| Head { level: *level, label: labels::level(&t, level), covered: self.data.levels.of(*level) };
        Level::ALL.iter().map(head).collect()
    }

    /// Where everything on a level is put into the selection; none where that is none, or more than one takes.
    fn collect(&self, head: &Head) -> Option<String> {
        let fits = (1..=i64::try_from(MOST_ROWS).unwrap_or(i64::MAX)).contains(&head.covered.requirements);
        let place = self
            .data
            .group
            .as_ref()
            .map_or_else(|| self.data.area.slug.clone(), |group| format!("{}/{}", self.data.area.slug, group.slug));
        let level = words::word(words::LEVELS, head.level.code());
        let kind = self.kind.and_then(|kind| words::word(words::TYPES, kind.code()));
        let pairs = [Some(("omrade", place.as_str())), level.map(|level| ("niva", level)), kind.map(|kind| ("typ", kind))];
        fits.then(|| links::with_query(&self.layout.href(links::COLLECTED), pairs.into_iter().flatten()))
    }

    /// The rows of the page, those of one group together.
    fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = Vec::new();
        for row in &self.data.page {
            match parts.last_mut() {
                Some(part) if part.group.slug == row.group.slug => part.rows.push(row),
                _ => parts.push(Part { group: &row.group, rows: vec![row] }),
            }
        }
        parts
    }

    /// Whether rows are of several groups.
    fn has_groups(&self) -> bool {
        self.data.group.is_none()
    }

    fn title<'a>(&self, member: &'a Member) -> Words<'a> {
        Words::choose(self.layout.lang, &member.title, member.title_en.as_deref())
    }

    fn link(&self, id: RequirementNumber) -> String {
        links::requirement(self.layout.lang, id)
    }

    /// The members beside each other, where there are several.
    fn compare(&self, row: &Row) -> Option<String> {
        let ids = row.members.iter().map(Member::id).take(super::side_by_side::MOST);
        (row.members.len() > 1).then(|| links::side_by_side(self.layout.lang, ids))
    }

    fn group_link(&self, group: &Name) -> String {
        links::by_level(self.layout.lang, &self.data.area.slug, Some(&group.slug))
    }

    /// The types to choose from: word, label, chosen.
    fn kinds(&self) -> Vec<(&'static str, &'static str, bool)> {
        let t = self.layout.t;
        let choice = |kind: &Kind| {
            let word = words::word(words::TYPES, kind.code()).unwrap_or_default();
            (word, labels::kind(&t, kind), self.kind == Some(*kind))
        };
        Kind::ALL.iter().map(choice).collect()
    }

    fn first(&self) -> i64 {
        self.data.before + 1
    }

    fn last(&self) -> i64 {
        self.data.before + i64::try_from(self.data.page.len()).unwrap_or(0)
    }

    fn several_pages(&self) -> bool {
        self.data.rows > PAGE
    }
}

async fn area_page(visit: Visit, At(area): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    page(visit, &area, None, &asks).await
}

async fn group_page(visit: Visit, At((area, group)): At<(String, String)>, Asked(asks): Asked<Asks>) -> Result<Response> {
    page(visit, &area, Some(&group), &asks).await
}

async fn page(visit: Visit, area: &str, group: Option<&str>, asks: &Asks) -> Result<Response> {
    if ![Some(area), group].into_iter().flatten().all(is_slug) {
        return Err(Error::NotFound);
    }
    let kind = asks.kind();
    let number = |text: Option<&str>| text.and_then(RequirementNumber::parse_loosely).map(RequirementNumber::get);
    let query = LevelsQuery {
        area,
        group,
        kind,
        key: number(asks.fore.as_deref().or(asks.efter.as_deref())),
        backwards: asks.fore.is_some(),
    };
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let data = read::levels(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), &query).await?;
    let Some(data) = data else { return moved(&visit, &mut connection, area, group).await };
    drop(connection);
    let (t, lang) = (visit.texts(), visit.lang);
    let (area_name, group_name) = (data.area.in_lang(lang), data.group.as_ref().map(|group| group.in_lang(lang)));
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.layout_nav_areas(), links::localized(lang, links::AREAS)),
        Crumb::link(area_name, links::area(lang, &data.area.slug)),
    ];
    if let Some(group) = &data.group {
        crumbs.push(Crumb::link(group.in_lang(lang), links::group(lang, &data.area.slug, &group.slug)));
    }
    crumbs.push(Crumb::here(t.levels_crumb()));
    let place = group_name.map_or_else(|| t.area_title(area_name), |group| t.area_title_group(group, area_name));
    let mut title = t.levels_title(place);
    if let Some(kind) = &kind {
        title = format!("{title} ({})", labels::kind(&t, kind));
    }
    if data.rows > PAGE {
        let last = data.before + i64::try_from(data.page.len()).unwrap_or(0);
        title = format!("{title}, {}", t.levels_where(data.before + 1, last, data.rows));
    }
    let path = links::by_level(lang, &data.area.slug, data.group.as_ref().map(|group| group.slug.as_str()));
    let pages = pages(&path, asks, &data);
    let layout = visit.layout(&title, "areas", crumbs);
    html(&LevelsPage { layout, data, kind, path, pages })
}

/// Links to first, previous, next and last page.
fn pages(path: &str, asks: &Asks, data: &LevelsData) -> [String; 4] {
    let typ = asks.kind().and_then(|kind| words::word(words::TYPES, kind.code())).map(|word| ("typ", word.to_owned()));
    let link = |there: bool, place: Option<(&'static str, String)>| {
        let pairs: Vec<_> = typ.iter().cloned().chain(place).collect();
        if there { links::with_query(path, pairs.iter().map(|(name, value)| (*name, value.as_str()))) } else { String::new() }
    };
    let shown = i64::try_from(data.page.len()).unwrap_or(0);
    let (earlier, later) = (data.before > 0, data.before + shown < data.rows);
    let key = |row: Option<&Row>| row.map(|row| row.id().to_string()).unwrap_or_default();
    [
        link(earlier, None),
        link(earlier, Some(("fore", key(data.page.first())))),
        link(later, Some(("efter", key(data.page.last())))),
        link(later, Some(("fore", "slut".to_owned()))),
    ]
}
