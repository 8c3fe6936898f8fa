//! A decision: what, why, who and when, fit for the minutes when it is printed.

use askama::Template;
use axum::response::Response;
use time::OffsetDateTime;

use super::{crumbs, number, weekday};
use crate::{
    accounts::{name_for, name_or_removed},
    decisions::{
        lifecycle::Kind,
        names,
        reads::{
            Cited,
            one::{self as read, Answered, Decision, Item, Review, SuccessorKnown},
        },
    },
    kernel::{
        clock,
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Layout, Routes, Visit, html, links},
    },
    proposals,
    requirements::names as requirement_names,
};

/// The page.
pub fn routes() -> Routes {
    Routes::new().page(links::DECISION, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "decisions/one.html")]
struct DecisionPage {
    layout: Layout,
    one: Decision,
    now: OffsetDateTime,
    label: Option<String>,
    /// Whether who looks may approve afterwards what one decided alone.
    may_review: bool,
    /// Whether who looks may draft a correction.
    may_correct: bool,
}

impl DecisionPage {
    fn title(&self) -> &str {
        if self.one.is_import() { self.layout.t.decisions_import_title() } else { &self.one.fields.title }
    }

    fn day(&self, at: &OffsetDateTime) -> String {
        weekday(&self.layout.t, clock::in_sweden(*at).date())
    }

    fn met(&self) -> Option<String> {
        self.one.fields.met_on.map(|day| self.layout.lang.date(day))
    }

    fn review_by(&self) -> Option<String> {
        self.one.review_by.map(|day| self.layout.lang.date(day))
    }

    fn is_overdue(&self) -> bool {
        self.one.awaits() && self.one.review_by.is_some_and(|day| day < clock::in_sweden(self.now).date())
    }

    fn decider(&self) -> String {
        match self.one.decider_for(self.layout.lang) {
            Some(organisation) => name_for(self.layout.t, self.one.decider.as_deref(), organisation),
            None => name_or_removed(self.layout.t, self.one.decider.as_deref()).to_owned(),
        }
    }

    fn submitter(&self) -> &str {
        name_or_removed(self.layout.t, self.one.submitter.as_deref())
    }

    fn reviewer(&self, review: &Review) -> String {
        name_for(self.layout.t, review.name.as_deref(), review.organisation(self.layout.lang))
    }

    /// Short facts of the minutes, as far as they are there.
    fn facts(&self) -> Vec<(&'static str, &str)> {
        let (t, fields) = (self.layout.t, &self.one.fields);
        let all = [
            (t.decisions_body(), fields.body.as_str()),
            (t.decisions_paragraph(), &fields.paragraph),
            (t.decisions_dnr(), &fields.dnr),
            (t.decisions_rapporteur(), &fields.rapporteur),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Longer texts, as far as they are there.
    fn texts(&self) -> Vec<(&'static str, &str)> {
        let (t, fields) = (self.layout.t, &self.one.fields);
        let all = [
            (t.decisions_reasons(), fields.reasons.as_str()),
            (t.decisions_consequences(), &fields.consequences),
            (t.decisions_present(), &fields.present),
            (t.decisions_reservations(), &fields.reservations),
            (t.decisions_conflicts(), &fields.conflicts),
            (t.decisions_note(), &fields.note),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn kind(&self, item: &Item) -> &'static str {
        names::kind(&self.layout.t, &item.kind)
    }

    fn outcome(&self, item: &Item) -> &'static str {
        names::outcome(&self.layout.t, &item.kind, &item.outcome)
    }

    /// What the version changes, in words.
    fn changes(&self, item: &Item) -> String {
        let t = self.layout.t;
        item.changes.iter().map(|change| requirement_names::change(&t, change)).collect::<Vec<_>>().join(", ")
    }

    fn tag(&self, item: &Item) -> &'static str {
        names::outcome_tag(&item.kind, &item.outcome)
    }

    /// Where the item is read: its version, or the requirement where the version is not for everybody.
    fn link(&self, item: &Item) -> Option<String> {
        let lang = self.layout.lang;
        match (item.seen, item.known) {
            (true, _) => Some(links::version(lang, item.requirement(), item.version)),
            (false, true) => Some(links::requirement(lang, item.requirement())),
            _ => None,
        }
    }

    fn item_title<'a>(&self, item: &'a Item) -> Option<&'a str> {
        item.title(self.layout.lang)
    }

    fn is_foreign(&self, item: &Item) -> bool {
        item.is_foreign(self.layout.lang)
    }

    /// A proposal that it answers: number, page, what became of it.
    fn answered(&self, answered: &Answered) -> (String, String, &'static str) {
        let number = answered.cited();
        let link = links::proposal(self.layout.lang, number);
        (number.to_string(), link, proposals::state_name(&self.layout.t, &answered.state()))
    }

    fn whose<'a>(&self, answered: &'a Answered) -> &'a str {
        answered.organisation(self.layout.lang)
    }

    /// The comparison with the version before.
    fn compare(&self, item: &Item) -> Option<(i32, String)> {
        let before = item.before.filter(|_| item.seen && !item.hidden && item.kind == Kind::Adopt && !item.revoked)?;
        Some((before, links::compare(self.layout.lang, item.requirement(), before, item.version)))
    }

    /// From when it holds, in words that know whether that has been.
    fn holds(&self, item: &Item) -> Option<String> {
        let at = item.effective?;
        let (t, day, over) = (self.layout.t, self.day(&at), at <= self.now);
        Some(match (item.kind, over) {
            (Kind::Repeal, true) => t.decisions_ended(day),
            (Kind::Repeal, false) => t.decisions_ends(day),
            (_, true) => t.decisions_holds_since(day),
            (_, false) => t.decisions_holds_from(day),
        })
    }

    fn successor(&self, successor: &SuccessorKnown) -> (&'static str, String, Option<String>) {
        let requirement = successor.row.requirement();
        let link = successor.known.then(|| links::requirement(self.layout.lang, requirement));
        (names::successor(&self.layout.t, &successor.row.kind), requirement.to_string(), link)
    }

    fn cited(&self, cited: &Cited) -> (String, String) {
        (cited.number().to_string(), links::decision(self.layout.lang, cited.number()))
    }

    fn more(&self) -> i64 {
        self.one.total - i64::try_from(self.one.items.len()).unwrap_or(0)
    }

    fn review_link(&self) -> String {
        links::decision_review(self.one.cited())
    }

    fn correct_link(&self) -> String {
        links::correct_decision(self.one.cited())
    }
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let one = read::one(&mut *visit.app.db.read().await?, &visit.viewer, number, visit.now).await?.ok_or(Error::NotFound)?;
    let t = visit.texts();
    let name = if one.is_import() { t.decisions_import_title() } else { &one.fields.title };
    let title = format!("{name} – {number}");
    let layout = visit.layout(&title, "decisions", crumbs(&visit, vec![Crumb::here(number.to_string())]));
    let layout = layout.described(t.decisions_description(number));
    let me = visit.actor().person().0;
    let may_review = one.awaits() && Right::Decide.held_by(&visit.actor()) && !one.made_by.contains(&me);
    let may_correct = !one.is_import() && super::begin::may_begin(&visit);
    let label = visit.app.words.get().decision_label(visit.lang).map(str::to_owned);
    html(&DecisionPage { layout, one, now: visit.now, label, may_review, may_correct })
}
