//! What a selection takes and what it gives: `/korgar/…/oversikt`. Follow-up in hours, what it serves, what to write in the
//! notice.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use super::written::apart;
use crate::{
    kernel::{
        config::{EffortHours, GppCriteria},
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{At, Client, Crumb, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{
        fields::{Effort, Level},
        names,
    },
    selections::{
        Holder,
        budget::{self, Budget, Verdict},
        coverage::{self, Served},
        eforms::{self, Described, IMPACTS, Titled},
        policy::Reach,
        reads::{
            Access,
            overview::{self as read, Name, OverviewData, OverviewRow},
        },
    },
};

/// Rows that are shown as those that take most.
const DEAREST: usize = 10;
/// Rows without follow-up that are named.
const WITHOUT: usize = 20;
/// Groups in which a link looks for more requirements.
const GROUPS: usize = 10;

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTION_OVERVIEW, Right::ReadPublished, page)
}

/// A part of the bar of hours, in hundredths of its length.
struct Part {
    code: &'static str,
    from: i64,
    width: i64,
}

#[derive(Template)]
#[template(path = "selections/overview.html")]
struct OverviewPage {
    layout: Layout,
    data: OverviewData,
    budget: Budget,
    objectives: (Vec<Served<Name>>, Vec<Name>),
    impacts: (Vec<Served<&'static str>>, Vec<&'static str>),
    gpp: Vec<GppCriteria>,
    each: EffortHours,
}

impl OverviewPage {
    fn verdict(&self) -> Verdict {
        self.budget.verdict()
    }

    /// Hours a year that there are.
    fn given(&self) -> i64 {
        self.budget.given.unwrap_or(0)
    }

    /// How long the contract lasts.
    fn years(&self) -> i64 {
        self.budget.years.unwrap_or(0)
    }

    /// The bar: what each class of work takes, against what there is or what is taken, whichever is more.
    fn bar(&self) -> Vec<Part> {
        let whole = self.budget.a_year().max(self.budget.given.unwrap_or(0)).max(1);
        let mut from = 0;
        let parts = self.budget.lines.iter().filter(|line| line.hours() > 0).map(|line| {
            // From where the one before ends: what is rounded away leaves no gap.
            let (start, end) = (from * 100 / whole, (from + line.hours()) * 100 / whole);
            from += line.hours();
            Part { code: line.effort.code(), from: start, width: (end - start).max(1) }
        });
        parts.collect()
    }

    /// Where on the bar the hours that there are end; none where it is at its end.
    fn limit(&self) -> Option<i64> {
        let (given, taken) = (self.budget.given?, self.budget.a_year());
        (given < taken).then(|| given * 100 / taken.max(1))
    }

    /// What a class of work is called, at the head of its row.
    fn effort(&self, effort: &Effort) -> String {
        let mut letters = names::effort(&self.layout.t, effort).chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The rows that take most, with their hours.
    fn dearest(&self) -> Vec<(&OverviewRow, i64)> {
        let hours = |row: &OverviewRow| row.effort.map_or(0, |effort| budget::hours(self.each, effort));
        let mut rows: Vec<(&OverviewRow, i64)> = self.data.rows.iter().map(|row| (row, hours(row))).collect();
        // Where all take the same, none takes most.
        let least = rows.iter().map(|(_, hours)| *hours).min().unwrap_or(0);
        rows.retain(|(_, hours)| *hours > least);
        rows.sort_by_key(|(_, hours)| std::cmp::Reverse(*hours));
        rows.truncate(DEAREST);
        rows
    }

    /// The rows that say nothing of follow-up, the first of them.
    fn without(&self) -> Vec<&OverviewRow> {
        self.data.rows.iter().filter(|row| row.effort.is_none()).take(WITHOUT).collect()
    }

    fn without_more(&self) -> i64 {
        self.budget.without - number(WITHOUT)
    }

    fn rows(&self) -> i64 {
        number(self.data.rows.len())
    }

    /// How many rows serve it at a level.
    fn at_level(&self, levels: &[i64; 3], level: &Level) -> i64 {
        levels[*level as usize]
    }

    fn level(&self, level: &Level) -> &'static str {
        names::level(&self.layout.t, level)
    }

    fn impact(&self, code: &str) -> &'static str {
        eforms::impact(&self.layout.t, code)
    }

    fn criteria(&self, criteria: &GppCriteria) -> &'static str {
        eforms::criteria(&self.layout.t, *criteria)
    }

    /// Requirements for an objective in the product groups of the selection.
    fn find(&self, objective: &Name) -> String {
        let mut groups: Vec<&str> = self.data.rows.iter().map(|row| row.group.slug.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        let places = groups.into_iter().take(GROUPS).map(|group| ("omrade", group));
        links::with_query(&self.layout.href(links::REQUIREMENTS), places.chain([("miljomal", objective.slug.as_str())]))
    }

    /// The description for the notice, in a language.
    fn description(&self, lang: Lang) -> Vec<eforms::Part> {
        let rows = &self.data.rows;
        let of = Described {
            rows: rows.iter().map(|row| (row.kind, row.level)).collect(),
            impacts: self.impacts.0.iter().map(|served| served.what).collect(),
            objectives: self.objectives.0.iter().map(|served| served.what.in_lang(lang)).collect(),
            titles: rows
                .iter()
                .map(|row| {
                    let (title, foreign) = row.title(lang);
                    Titled { title, foreign, cited: row.cited() }
                })
                .collect(),
        };
        eforms::description(lang, &of)
    }

    /// The description in both languages: its language, and the text.
    fn descriptions(&self) -> [(&'static str, &'static str, Vec<eforms::Part>); 2] {
        let t = self.layout.t;
        [
            (Lang::Sv.code(), t.selection_overview_in_swedish(), self.description(Lang::Sv)),
            (Lang::En.code(), t.selection_overview_in_english(), self.description(Lang::En)),
        ]
    }

    fn selection(&self) -> String {
        links::selection(self.layout.lang, self.data.id)
    }

    fn settings(&self) -> String {
        links::in_selection(self.layout.lang, self.data.id, "uppgifter")
    }

    /// The row's own page.
    fn row(&self, row: &OverviewRow) -> String {
        links::row(self.layout.lang, self.data.id, row.id)
    }

    /// Where the row is swapped for another member of the family.
    fn swap(&self, row: &OverviewRow) -> String {
        links::in_row(self.layout.lang, self.data.id, row.id, "byte")
    }

    fn may_edit(&self) -> bool {
        Reach::of(self.data.right) >= Some(Reach::Edit)
    }

    fn removal(&self, row: &OverviewRow) -> String {
        links::in_row(self.layout.lang, self.data.id, row.id, "borttagning")
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn page(visit: Visit, client: Client, At(id): At<Uuid>) -> Result<Response> {
    let access = Access::Holder(Holder::asking(&visit), id);
    let mut connection = visit.app.db.read().await?;
    let data = read::overview(&mut connection, &visit.viewer, visit.now, &access).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let here = visit.clone();
    apart(&visit, &client, data.bytes(), move || show(&here, data.read()?)).await
}

fn show(visit: &Visit, data: OverviewData) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
        Crumb::link(&data.name, links::selection(visit.lang, data.id)),
        Crumb::here(t.selection_overview_crumb()),
    ];
    let settings = &visit.app.settings;
    let each = settings.effort_hours;
    let budget = Budget::of(data.rows.iter().map(|row| row.effort), each, data.follow_up_hours, data.contract_years);
    let served = data.rows.iter().map(|row| (row.level, row.objectives.as_slice()));
    let objectives = coverage::count(data.objectives.clone(), |name| name.slug.as_str(), &served);
    let served = data.rows.iter().map(|row| (row.level, row.eforms.as_slice()));
    let impacts = coverage::count(IMPACTS, |code| *code, &served);
    let gpp = eforms::gpp(data.rows.iter().map(|row| row.gpp.as_deref()), settings.gpp_criteria);
    let layout = visit.layout(&t.selection_overview_title(&data.name), "selections", crumbs);
    Ok(unkept(html(&OverviewPage { layout, data, budget, objectives, impacts, gpp, each })?))
}
