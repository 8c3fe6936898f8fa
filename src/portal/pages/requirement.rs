//! One requirement: its version in force at `/krav/KB-0042`, any version at `/krav/KB-0042/v/3`, both also as plain text.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::{
    field_text,
    identity::{Found, find},
    requirement_text,
    side_by_side::MOST,
};
use crate::{
    kernel::{
        actor::Audience,
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Asked, At, Crumb, Layout, Routes, Visit, html, links, text},
    },
    portal::{
        labels,
        reads::{
            list::Name,
            requirement::{self as read, RequirementData, VersionRow},
            words::cut,
        },
    },
    requirements::{
        RequirementNumber,
        fields::{Level, Parameter},
        lifecycle::{Missing, Standing},
        parameters::{self, Segment, segments},
    },
};

/// Where requirements are.
pub fn routes() -> Routes {
    Routes::new().page(links::REQUIREMENT, Right::ReadPublished, current).page(links::VERSION, Right::ReadPublished, version)
}

/// `?format=txt` gives plain text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    format: Option<String>,
}

/// A step of the family's ladder.
struct Rung<'a> {
    level: Level,
    members: Vec<&'a read::Member>,
}

impl Rung<'_> {
    /// Whether this requirement stands on it.
    fn holds(&self, id: RequirementNumber) -> bool {
        self.members.iter().any(|member| member.id() == id)
    }
}

#[derive(Template)]
#[template(path = "portal/requirement.html")]
struct RequirementPage {
    layout: Layout,
    data: RequirementData,
    standing: Standing,
    now: OffsetDateTime,
    /// Whether the address names the version.
    pinned: bool,
}

impl RequirementPage {
    fn core(&self) -> &crate::requirements::content::Core {
        &self.data.version.core
    }

    /// Whether there is an English text to show on an English page.
    fn in_english(&self) -> bool {
        !self.layout.lang.is_swedish() && self.data.version.clauses.iter().all(|clause| clause.text_en.is_some())
    }

    fn title(&self) -> &str {
        match &self.data.version.title_en {
            Some(english) if !self.layout.lang.is_swedish() => english,
            _ => &self.core().title,
        }
    }

    /// Whether the title is Swedish on an English page.
    fn title_is_foreign(&self) -> bool {
        !self.layout.lang.is_swedish() && self.data.version.title_en.is_none()
    }

    /// A clause in the language of the page where it has it, with parameters as pieces of their own.
    fn clause(&self, clause: &read::ClauseText) -> Vec<Segment> {
        // Numbers are written as in the language of the text, not of the page: 2,500 is another number in Swedish.
        match &clause.text_en {
            Some(english) if self.in_english() => segments(english, &self.core().parameters, Lang::En),
            _ => segments(&clause.text, &self.core().parameters, Lang::Sv),
        }
    }

    fn rationale(&self) -> (&str, bool) {
        match &self.data.version.rationale_en {
            Some(english) if !self.layout.lang.is_swedish() => (english, false),
            _ => (&self.core().rationale, !self.layout.lang.is_swedish()),
        }
    }

    /// The text of a piece of evidence, and whether it is Swedish on an English page.
    fn evidence_text(&self, place: &usize) -> (&str, bool) {
        let english = self.data.version.evidence_en.get(*place).and_then(Option::as_deref);
        match english {
            Some(english) if !self.layout.lang.is_swedish() => (english, false),
            _ => (self.core().evidence.get(*place).map_or("", |e| e.text.as_str()), !self.layout.lang.is_swedish()),
        }
    }

    fn shown(&self) -> Option<&VersionRow> {
        self.data.shown()
    }

    /// Whether the version shown was decided, and called back before its day.
    fn was_called_back(&self) -> bool {
        self.shown().is_some_and(VersionRow::was_called_back)
    }

    /// The version in force, where it is not the one shown.
    fn newer(&self) -> Option<&VersionRow> {
        self.data.current(self.now).filter(|row| row.number != self.data.version.number)
    }

    /// A version that is decided and waits for its day, where it is not the one shown.
    fn coming(&self) -> Option<&VersionRow> {
        self.data.versions.iter().find(|row| row.standing(self.now) == Standing::Coming && row.number != self.data.version.number)
    }

    /// A repeal that is decided and has not taken effect.
    fn ending(&self) -> Option<&read::RepealData> {
        self.data.repeal.as_ref().filter(|repeal| !repeal.over)
    }

    /// How a successor is connected, in words.
    fn successor(&self, other: &read::Other) -> &'static str {
        let t = self.layout.t;
        match other.kind.as_str() {
            "merged" => t.requirement_successor_merged(),
            "split" => t.requirement_successor_split(),
            _ => t.requirement_successor_replaced(),
        }
    }

    /// What it refers to that is replaced or retired, where it is for tenders.
    fn stale(&self) -> Vec<&read::ReferenceNow> {
        let all = self.data.version.references.iter();
        all.filter(|reference| self.can_be_selected() && reference.is_stale()).collect()
    }

    /// The page of what is referred to in this place of the core.
    fn reference_link(&self, place: &usize) -> Option<String> {
        let reference = self.data.version.references.get(*place)?;
        Some(links::reference(self.layout.lang, reference.id()))
    }

    fn other_reference(&self, id: impl std::fmt::Display) -> String {
        links::reference(self.layout.lang, id)
    }

    fn is_imported(&self) -> bool {
        self.data.version.origin == "import"
    }

    fn is_overdue(&self) -> bool {
        self.data.overdue && self.standing == Standing::Current
    }

    /// The ladder: the three levels, each with its members of the family.
    fn rungs(&self) -> Vec<Rung<'_>> {
        Level::ALL
            .iter()
            .map(|level| Rung { level: *level, members: self.data.members.iter().filter(|m| m.level == *level).collect() })
            .collect()
    }

    fn has_family(&self) -> bool {
        // A requirement that is no longer in force stands on no step.
        let (mine, others): (Vec<_>, Vec<_>) = self.data.members.iter().partition(|member| member.id() == self.data.id());
        !mine.is_empty() && !others.is_empty()
    }

    fn member_title<'a>(&self, member: &'a read::Member) -> &'a str {
        localized(self.layout.lang, &member.title, member.title_en.as_deref())
    }

    fn other_title<'a>(&self, other: &'a read::Other) -> &'a str {
        localized(self.layout.lang, &other.title, other.title_en.as_deref())
    }

    /// Whether a title without this English text is Swedish on an English page.
    #[allow(clippy::ref_option, reason = "templates hand references over")]
    fn is_foreign(&self, english: &Option<String>) -> bool {
        !self.layout.lang.is_swedish() && english.is_none()
    }

    fn permalink(&self) -> String {
        links::version(self.layout.lang, self.data.id(), self.data.version.number)
    }

    fn version_link(&self, number: &i32) -> String {
        links::version(self.layout.lang, self.data.id(), *number)
    }

    fn history_link(&self) -> String {
        links::history(self.layout.lang, self.data.id())
    }

    /// Where a change of it is proposed, of what is in force.
    fn propose_link(&self) -> Option<String> {
        let is_current = self.standing == Standing::Current;
        let may = self.layout.who.as_ref().is_none_or(|who| Right::DraftProposals.held_by(&who.actor()));
        (is_current && may).then(|| links::propose_on(self.layout.lang, self.data.id()))
    }

    fn cited(&self) -> String {
        self.data.id().to_string()
    }

    fn dialogue_link(&self) -> String {
        links::dialogue(self.layout.lang, &self.cited())
    }

    fn experiences_link(&self) -> String {
        links::experiences(self.layout.lang, self.data.id())
    }

    /// Whether whoever looks may begin a thread, or may once they have signed in.
    fn may_comment(&self) -> bool {
        let may = self.layout.who.as_ref().is_none_or(|who| Right::Comment.held_by(&who.actor()));
        may && self.data.repeal.as_ref().is_none_or(|repeal| !repeal.over)
    }

    /// The form of a new thread on the whole; empty where there is none for whoever looks.
    fn comment_link(&self) -> String {
        if self.may_comment() { links::comment_on(self.layout.lang, &self.cited(), None) } else { String::new() }
    }

    fn comment_clause(&self, clause: &uuid::Uuid) -> String {
        links::comment_on(self.layout.lang, &self.cited(), Some(*clause))
    }

    fn clause_threads(&self, clause: &uuid::Uuid) -> String {
        links::with_query(&self.dialogue_link(), [("stycke", clause.to_string().as_str())])
    }

    /// The workbench, for who reads all that is prepared.
    fn workbench_link(&self) -> Option<String> {
        let who = self.layout.who.as_ref()?;
        let may = Right::ReadPreparation.held_by(&who.actor()) && who.viewer().level() >= Audience::Preparers.level();
        may.then(|| links::workbench(self.data.id(), ""))
    }

    fn report_link(&self) -> String {
        links::report_requirement(self.layout.lang, self.data.id(), self.data.version.number)
    }

    /// The comparison with the version before the one shown.
    fn compare_link(&self) -> Option<(i32, String)> {
        let number = self.data.version.number;
        let before = self.data.versions.iter().find(|row| row.number < number && !row.hidden)?.number;
        Some((before, links::compare(self.layout.lang, self.data.id(), before, number)))
    }

    /// The members of the family side by side.
    fn levels_link(&self) -> String {
        links::side_by_side(self.layout.lang, self.data.members.iter().map(read::Member::id).take(MOST))
    }

    /// Where another requirement is chosen to stand beside this one.
    fn side_link(&self) -> String {
        let (id, version) = (self.data.id(), self.data.version.number);
        links::side_by_side(self.layout.lang, [if self.pinned { format!("{id}:{version}") } else { id.to_string() }])
    }

    /// The last versions, for the short timeline.
    fn latest(&self) -> impl Iterator<Item = &VersionRow> {
        self.data.versions.iter().filter(|row| row.from_day.is_some()).take(3)
    }

    /// What a decision of the network would ask for and the text lacks; shown for what was read in.
    fn missing(&self) -> Vec<&'static str> {
        let name = |what: Missing| labels::missing(&self.layout.t, &what);
        self.core().missing(!self.data.objectives.is_empty(), self.data.review_by.is_some()).into_iter().map(name).collect()
    }

    fn missing_list(&self) -> String {
        self.missing().join(", ")
    }

    /// Whether it is for tenders: in force, or soon.
    fn can_be_selected(&self) -> bool {
        matches!(self.standing, Standing::Current | Standing::Coming)
    }

    /// How it is named when it is put into a selection: with the version where it is not the one in force.
    fn selected(&self) -> String {
        let (id, version) = (self.data.id(), self.data.version.number);
        if self.standing == Standing::Current { id.to_string() } else { format!("{id}:{version}") }
    }

    fn anchor(&self) -> String {
        self.selected().replace(':', "-")
    }

    /// A number or text of a parameter or answer as it is printed.
    fn value(&self, value: &Value) -> String {
        parameters::print(value, self.layout.lang)
    }

    fn steps(&self) -> Vec<String> {
        match self.core().award.as_ref().and_then(|award| award.steps.as_ref()) {
            Some(Value::Array(steps)) => steps.iter().map(|step| self.value(step)).collect(),
            _ => Vec::new(),
        }
    }

    /// What a buyer can choose for a parameter.
    fn range(&self, parameter: &Parameter) -> String {
        field_text::range(&self.layout.t, self.layout.lang, parameter)
    }

    fn name<'a>(&self, name: &'a Name) -> &'a str {
        name.in_lang(self.layout.lang)
    }

    /// Where the directory tells of who is responsible.
    fn procurement_area(&self, letter: &str) -> String {
        links::procurement_area(self.layout.lang, letter)
    }

    fn number(&self, number: &serde_json::Number) -> String {
        self.value(&Value::Number(number.clone()))
    }
}

fn localized<'a>(lang: Lang, swedish: &'a str, english: Option<&'a str>) -> &'a str {
    match english {
        Some(english) if !lang.is_swedish() => english,
        _ => swedish,
    }
}

#[derive(Template)]
#[template(path = "portal/gone.html")]
struct GonePage {
    layout: Layout,
    data: RequirementData,
}

impl GonePage {
    fn history_link(&self) -> String {
        links::history(self.layout.lang, self.data.id())
    }

    fn report_link(&self) -> String {
        links::report_requirement(self.layout.lang, self.data.id(), self.data.version.number)
    }
}

#[derive(Template)]
#[template(path = "portal/no_version.html")]
struct NoVersionPage {
    layout: Layout,
    data: RequirementData,
    version: i32,
}

impl NoVersionPage {
    fn history_link(&self) -> String {
        links::history(self.layout.lang, self.data.id())
    }
}

/// How the text begins, as a buyer would read it.
fn description(lang: Lang, data: &RequirementData) -> String {
    let Some(clause) = data.version.clauses.first() else { return String::new() };
    let (text, lang) = match &clause.text_en {
        Some(english) if !lang.is_swedish() => (english, Lang::En),
        _ => (&clause.text, Lang::Sv),
    };
    cut(&parameters::plain(text, &data.version.core.parameters, lang), 200)
}

/// The way to a requirement.
fn crumbs(visit: &Visit, data: &RequirementData) -> Vec<Crumb> {
    let (t, lang) = (visit.texts(), visit.lang);
    vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.layout_nav_areas(), links::localized(lang, links::AREAS)),
        Crumb::link(data.area.in_lang(lang), links::area(lang, &data.area.slug)),
        Crumb::link(data.group.in_lang(lang), links::group(lang, &data.area.slug, &data.group.slug)),
    ]
}

/// The requirement is there, the version is not.
fn no_version(visit: &Visit, data: RequirementData, version: i32) -> Result<Response> {
    let mut crumbs = crumbs(visit, &data);
    crumbs.push(Crumb::link(data.id().to_string(), links::requirement(visit.lang, data.id())));
    crumbs.push(Crumb::here(visit.texts().requirement_version(version.to_string())));
    let title = visit.texts().errors_no_version_heading(data.id(), version.to_string());
    let layout = visit.layout(&title, "requirements", crumbs).without_alternate();
    let page = html(&NoVersionPage { layout, data, version })?;
    Ok((StatusCode::NOT_FOUND, page).into_response())
}

async fn current(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    show(&visit, &id, None, &asks).await
}

async fn version(visit: Visit, At((id, version)): At<(String, i32)>, Asked(asks): Asked<Asks>) -> Result<Response> {
    show(&visit, &id, Some(version), &asks).await
}

async fn show(visit: &Visit, id: &str, version: Option<i32>, asks: &Asks) -> Result<Response> {
    let number = match find(visit, id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut connection = visit.app.db.read().await?;
    let data = read::requirement(&mut connection, &visit.viewer, visit.now, visit.today(), number, version).await?;
    let Some(data) = data else {
        let Some(version) = version else { return Err(Error::NotFound) };
        let other = read::requirement(&mut connection, &visit.viewer, visit.now, visit.today(), number, None).await?;
        return no_version(visit, other.ok_or(Error::NotFound)?, version);
    };
    drop(connection);
    let t = visit.texts();
    let printed = format!("{number}:{}", data.version.number);
    let mut crumbs = crumbs(visit, &data);
    crumbs.push(Crumb::here(if version.is_some() { printed.clone() } else { number.to_string() }));
    if data.version.not_shown.is_some() {
        let layout = visit.layout(&t.gone_title(&printed), "requirements", crumbs).described(t.gone_text());
        let page = html(&GonePage { layout, data })?;
        return Ok((StatusCode::GONE, page).into_response());
    }
    let standing = data.shown().map_or(Standing::Current, |row| row.standing(visit.now));
    let name = localized(visit.lang, &data.version.core.title, data.version.title_en.as_deref());
    let title = if version.is_some() { format!("{name} – {printed}") } else { format!("{name} – {number}") };
    let description = description(visit.lang, &data);
    let layout = visit.layout(&title, "requirements", crumbs).described(description);
    let page = RequirementPage { layout, data, standing, now: visit.now, pinned: version.is_some() };
    if asks.format.as_deref() == Some("txt") {
        let permalink = format!("{}{}", visit.app.settings.base_url(), page.permalink());
        return Ok(text(requirement_text::plain(&page.data, page.standing, visit.lang, &permalink, visit.app.settings.example)));
    }
    html(&page)
}
