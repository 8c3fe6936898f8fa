//! Two versions of a requirement: `/krav/KB-0042/jamfor?fran=2&till=3&vy=lopande|sida`.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{
    field_text,
    identity::{Found, find},
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, At, Crumb, Layout, Routes, Visit, html, links},
    },
    portal::{
        labels,
        reads::compare::{self as read, CompareData},
    },
    requirements::{
        RequirementNumber,
        diff::{self, ClauseChange, Piece, Summary},
    },
};

/// Where comparisons are.
pub fn routes() -> Routes {
    Routes::new().page(links::COMPARE, Right::ReadPublished, page)
}

/// What the address says; numbers as text, since an empty choice is no fault.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    fran: Option<String>,
    till: Option<String>,
    vy: Option<String>,
}

/// A field that differs.
struct FieldRow {
    label: String,
    before: Vec<String>,
    after: Vec<String>,
    pieces: Option<Vec<Piece>>,
}

/// A run of clauses that are shown, or folded because nothing changed in them.
enum Block<'a> {
    Shown(&'a ClauseChange),
    Folded(Vec<&'a ClauseChange>),
}

#[derive(Template)]
#[template(path = "portal/compare.html")]
struct ComparePage {
    layout: Layout,
    id: RequirementNumber,
    data: CompareData,
    from: i32,
    to: i32,
    sides: bool,
    clauses: Vec<ClauseChange>,
    fields: Vec<FieldRow>,
}

impl ComparePage {
    fn is_possible(&self) -> bool {
        self.data.from.is_some() && self.data.to.is_some()
    }

    fn is_same(&self) -> bool {
        self.from == self.to && self.data.versions.len() > 1
    }

    /// Clauses, unchanged neighbours folded together.
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        for clause in &self.clauses {
            if matches!(clause, ClauseChange::Unchanged { .. }) && !clause.moved() {
                if let Some(Block::Folded(run)) = blocks.last_mut() {
                    run.push(clause);
                } else {
                    blocks.push(Block::Folded(vec![clause]));
                }
            } else {
                blocks.push(Block::Shown(clause));
            }
        }
        blocks
    }

    fn unchanged(&self, run: &[&ClauseChange]) -> String {
        self.layout.t.compare_unchanged(i64::try_from(run.len()).unwrap_or(i64::MAX))
    }

    /// The anchor of the next clause that is shown after this one.
    fn next(&self, clause: &ClauseChange) -> Option<String> {
        let shown = |c: &&ClauseChange| !matches!(c, ClauseChange::Unchanged { .. }) || c.moved();
        self.clauses.iter().filter(shown).skip_while(|c| c.id() != clause.id()).nth(1).map(anchor)
    }

    fn anchor(&self, clause: &ClauseChange) -> String {
        anchor(clause)
    }

    fn place(&self, clause: &ClauseChange) -> String {
        clause.place()
    }

    fn heading(&self, clause: &ClauseChange) -> String {
        let t = self.layout.t;
        let n = clause.place();
        match clause {
            ClauseChange::Unchanged { .. } => t.compare_clause_unchanged(n),
            ClauseChange::Changed { .. } => t.compare_clause_changed(n),
            ClauseChange::Rewritten { .. } => t.compare_clause_rewritten(n),
            ClauseChange::Added { .. } => t.compare_clause_added(n),
            ClauseChange::Removed { .. } => t.compare_clause_removed(n, self.from.to_string()),
        }
    }

    fn row_heading(&self, clause: &ClauseChange) -> String {
        clause.heading(&self.layout.t)
    }

    fn class(&self, clause: &ClauseChange) -> &'static str {
        clause.class()
    }

    fn pieces(&self, clause: &ClauseChange) -> Vec<Piece> {
        clause.pieces()
    }

    fn moved_from(&self, clause: &ClauseChange) -> Option<String> {
        clause.moved_from(&self.layout.t)
    }

    /// What changed, in a sentence or two.
    fn summary(&self) -> String {
        let t = self.layout.t;
        let summary = Summary::of(&self.clauses);
        let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        if summary.nothing_changed() {
            return t.compare_text_same().to_owned();
        }
        let mut parts = vec![
            t.compare_summary_changed(n(summary.changed)),
            t.compare_summary_added(n(summary.added)),
            t.compare_summary_removed(n(summary.removed)),
        ];
        if summary.moved > 0 {
            parts.push(t.compare_summary_moved(n(summary.moved)));
        }
        format!("{}.", parts.join(", "))
    }

    /// Sentences on the fields that weigh most.
    fn field_sentences(&self) -> Vec<String> {
        let t = self.layout.t;
        let heavy = [labels::field(&t, "level").to_owned(), labels::field(&t, "type").to_owned()];
        self.fields
            .iter()
            .filter(|row| heavy.contains(&row.label))
            .map(|row| {
                t.compare_summary_field(&row.label, row.before.join(", ").to_lowercase(), row.after.join(", ").to_lowercase())
            })
            .collect()
    }

    fn option(&self, version: &read::Comparable) -> String {
        let t = self.layout.t;
        match version.day {
            Some(day) => t.compare_option_year(version.number.to_string(), day.year().to_string()),
            None => t.compare_option(version.number.to_string()),
        }
    }
}

fn anchor(clause: &ClauseChange) -> String {
    format!("a-{}", clause.id())
}

/// Whether the address names a version at all.
fn is_named(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    // What is no number is a version that does not exist.
    let version = |text: &Option<String>| {
        is_named(text.as_deref()).then(|| text.as_deref().and_then(|t| t.trim().parse::<i32>().ok()).unwrap_or(0))
    };
    let mut connection = visit.app.db.read().await?;
    let data = read::compare(&mut connection, &visit.viewer, visit.now, number, version(&asks.fran), version(&asks.till)).await?;
    drop(connection);
    let data = data.ok_or(Error::NotFound)?;
    // A version that is named and cannot be compared is not there; that there is nothing to compare with is a state of its own.
    let named = is_named(asks.fran.as_deref()) && data.from.is_none() || is_named(asks.till.as_deref()) && data.to.is_none();
    if named {
        return Err(Error::NotFound);
    }
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.list_heading(), links::localized(visit.lang, links::REQUIREMENTS)),
        Crumb::link(number.to_string(), links::requirement(visit.lang, number)),
        Crumb::here(t.compare_crumb()),
    ];
    let (mut clauses, mut fields, mut from, mut to) = (Vec::new(), Vec::new(), 0, 0);
    if let (Some(old), Some(new)) = (&data.from, &data.to) {
        (from, to) = (old.number, new.number);
        clauses = diff::clauses(&old.clauses(visit.lang), &new.clauses(visit.lang));
        fields = diff::fields(&old.core, &new.core)
            .into_iter()
            .map(|change| FieldRow {
                label: labels::field(&t, change.field.code()).to_owned(),
                before: field_text::lines(&t, visit.lang, change.field, &change.before),
                after: field_text::lines(&t, visit.lang, change.field, &change.after),
                pieces: change.pieces,
            })
            .collect();
    }
    let title = if from == 0 {
        format!("{}: {number}", t.compare_heading_none())
    } else {
        t.compare_title(from.to_string(), to.to_string(), number)
    };
    let sides = asks.vy.as_deref() == Some("sida");
    let title = if sides && from != 0 { format!("{title}, {}", t.compare_view_sides().to_lowercase()) } else { title };
    let layout = visit.layout(&title, "requirements", crumbs).described(t.compare_description(number));
    html(&ComparePage { layout, id: number, data, from, to, sides, clauses, fields })
}
