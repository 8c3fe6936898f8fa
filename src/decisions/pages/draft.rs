//! A draft with all that stands in front of who decides, and what is done with it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::OffsetDateTime;

use super::{Told, draft_name, find, id, inner_crumbs, when};
use crate::{
    accounts::name_or_removed,
    decisions::{
        lifecycle::{self, Kind, State, Step},
        names,
        pages::weekday,
        policy::{Pass, may_alone},
        reads::draft::{Draft, Item, OpenProposal, SuccessorRow},
        workflow::{self, Refused},
    },
    kernel::{
        clock,
        error::Result,
        rights::Right,
        web::{At, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, carry_flash, html, links, see_other, unkept},
    },
    requirements::{
        diff::{self, ClauseChange, Piece, Summary},
        names as requirement_names,
    },
};

/// The page, and where it is handed on.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::DECISION_DRAFT, Right::PrepareDecisions, page)
        .swedish_page(links::DECISION_PASS, Right::PrepareDecisions, back)
        .swedish_post(links::DECISION_PASS, Right::PrepareDecisions, pass)
}

#[derive(Template)]
#[template(path = "decisions/draft.html")]
struct DraftPage {
    layout: Layout,
    draft: Draft,
    faults: Faults,
    name: String,
    /// What stands in the way of a decision: words and where it is put right.
    why: Vec<(String, String)>,
    /// Whether who looks drafts.
    drafts: bool,
    /// Whether who looks decides.
    decides: bool,
    /// Whether one person alone would decide, with a reason.
    alone: bool,
    label: Option<String>,
}

impl DraftPage {
    fn to(&self, below: &str) -> String {
        links::decision_draft(self.draft.id, below)
    }

    fn state(&self) -> &'static str {
        names::state(&self.layout.t, &self.draft.state())
    }

    fn tag(&self) -> &'static str {
        names::state_tag(&self.draft.state())
    }

    fn is_waiting(&self) -> bool {
        self.draft.state() == State::Waiting
    }

    /// Whether who looks may write in it as it stands.
    fn may_write(&self) -> bool {
        if self.is_waiting() { self.decides } else { self.drafts }
    }

    fn author(&self) -> String {
        let name = name_or_removed(self.layout.t, self.draft.author.name.as_deref());
        match &self.draft.author.organisation {
            Some(organisation) => format!("{name}, {organisation}"),
            None => name.to_owned(),
        }
    }

    fn submitted(&self) -> Option<(String, String)> {
        let at = self.draft.submitted?;
        Some((name_or_removed(self.layout.t, self.draft.submitter.as_deref()).to_owned(), self.layout.lang.moment(at)))
    }

    fn changed(&self) -> String {
        self.layout.lang.moment(self.draft.changed)
    }

    /// The fields that are filled in.
    fn texts(&self) -> Vec<(&'static str, String)> {
        let (t, fields) = (self.layout.t, &self.draft.fields);
        let met = fields.met_on.map(|day| self.layout.lang.date(day)).unwrap_or_default();
        let all = [
            (t.decisions_body(), fields.body.clone()),
            (t.decisions_met(), met),
            (t.decisions_paragraph(), fields.paragraph.clone()),
            (t.decisions_dnr(), fields.dnr.clone()),
            (t.decisions_rapporteur(), fields.rapporteur.clone()),
            (t.decisions_reasons(), fields.reasons.clone()),
            (t.decisions_consequences(), fields.consequences.clone()),
            (t.decisions_present(), fields.present.clone()),
            (t.decisions_reservations(), fields.reservations.clone()),
            (t.decisions_conflicts(), fields.conflicts.clone()),
            (t.decisions_note(), fields.note.clone()),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn corrects(&self) -> Option<(String, String, &str)> {
        let cited = self.draft.corrects.as_ref()?;
        Some((cited.number().to_string(), links::decision(self.layout.lang, cited.number()), &cited.title))
    }

    fn kind(&self, item: &Item) -> &'static str {
        names::kind(&self.layout.t, &item.kind)
    }

    fn outcome(&self, item: &Item) -> Option<(&'static str, &'static str)> {
        let outcome = item.outcome.as_ref()?;
        Some((names::outcome(&self.layout.t, &item.kind, outcome), names::outcome_tag(&item.kind, outcome)))
    }

    fn link(&self, item: &Item) -> String {
        links::version(self.layout.lang, item.requirement(), item.version)
    }

    /// From when it would hold.
    fn from(&self, item: &Item) -> Option<String> {
        match item.kind {
            Kind::Revoke => item.takes_effect.map(|at| self.layout.t.decisions_was_to_hold(self.day(at))),
            _ => Some(match item.on {
                Some(day) => self.layout.t.decisions_from_day(weekday(&self.layout.t, day)),
                None => self.layout.t.decisions_at_once().to_owned(),
            }),
        }
    }

    fn day(&self, at: OffsetDateTime) -> String {
        weekday(&self.layout.t, clock::in_sweden(at).date())
    }

    fn is_adopt(&self, item: &Item) -> bool {
        item.kind == Kind::Adopt
    }

    /// Type, level and title, with what they are in force.
    fn facts(&self, item: &Item) -> Vec<(&'static str, String)> {
        let (t, current) = (self.layout.t, item.current.as_ref());
        let was = |now: &str, before: Option<&str>| match before {
            Some(before) if before != now => t.proposals_was(now, before),
            _ => now.to_owned(),
        };
        let kind = |kind| requirement_names::kind(&t, kind);
        let level = |level| requirement_names::level(&t, level);
        let title = current.filter(|current| current.title != item.title);
        let mut facts = vec![
            (t.proposals_type(), was(kind(&item.requirement_type), current.map(|current| kind(&current.kind)))),
            (t.proposals_level(), was(level(&item.level), current.map(|current| level(&current.level)))),
        ];
        facts.extend(title.map(|current| (t.proposals_title(), was(&item.title, Some(&current.title)))));
        facts
    }

    /// The text against what is in force.
    fn changes(&self, item: &Item) -> Vec<ClauseChange> {
        match &item.current {
            Some(current) => diff::clauses(&current.clauses(), &item.clauses()),
            None => Vec::new(),
        }
    }

    fn summary(&self, changes: &[ClauseChange]) -> String {
        let summary = Summary::of(changes);
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.layout.t.proposals_summary(number(summary.changed), number(summary.added), number(summary.removed))
    }

    /// The text of something new.
    fn clauses(&self, item: &Item) -> Vec<String> {
        if item.current.is_some() { Vec::new() } else { item.clauses().into_iter().map(|clause| clause.text).collect() }
    }

    /// The comparison of all fields with what is in force.
    fn compare(&self, item: &Item) -> Option<String> {
        let current = item.current.as_ref()?;
        Some(links::compare(self.layout.lang, item.requirement(), current.version, item.version))
    }

    fn proposal(&self, proposal: &OpenProposal) -> (String, String) {
        (proposal.cited().to_string(), links::proposal(self.layout.lang, proposal.cited()))
    }

    fn successor(&self, successor: &SuccessorRow) -> (&'static str, String, String) {
        let requirement = successor.requirement();
        let link = links::requirement(self.layout.lang, requirement);
        (names::successor(&self.layout.t, &successor.kind), requirement.to_string(), link)
    }

    /// Whether the text of the item is shown with what it changes.
    fn has_text(&self, item: &Item) -> bool {
        item.kind == Kind::Adopt
    }
}

pub(super) async fn show(visit: &Visit, id: uuid::Uuid, faults: Faults) -> Result<Response> {
    let draft = match find(visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    let t = visit.texts();
    let actor = visit.actor();
    let (drafts, decides) = (super::begin::may_begin(visit), Right::Decide.held_by(&actor));
    let facts = draft.facts();
    let me = actor.person().0.filter(|_| decides && draft.state() == State::Waiting);
    let one_person = me.is_some_and(|me| lifecycle::is_one_person(&facts, me, draft.submitted_by));
    let alone = one_person && may_alone(&actor);
    let by = me.filter(|_| !alone).map(|me| (me, draft.submitted_by));
    let why = lifecycle::why_not(&facts, by, visit.now)
        .iter()
        .map(|why| {
            let (text, step, place) = names::why_not(&t, why);
            (text, format!("{}#{place}", if step.is_empty() { String::new() } else { links::decision_draft(id, step) }))
        })
        .collect();
    let name = draft_name(visit, &draft);
    let layout = visit.layout(&t.decisions_draft_title(&name), "lmc", inner_crumbs(visit, vec![Crumb::here(name.clone())]));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let label = visit.app.words.get().decision_label(visit.lang).map(str::to_owned);
    Ok(unkept(html(&DraftPage { layout, draft, faults, name, why, drafts, decides, alone, label })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    show(&visit, id(&text)?, Faults::default()).await
}

async fn back(At(text): At<String>) -> Result<Response> {
    Ok(see_other(&links::decision_draft(id(&text)?, "")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// `lamna`, or `ta-tillbaka`.
    gor: String,
}

async fn pass(visit: Visit, At(text): At<String>, Sent(form): Sent<Form>) -> Result<Response> {
    let id = id(&text)?;
    let step = if form.gor == "lamna" { Step::Submit } else { Step::TakeBack };
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Pass::ask(&mut tx, &visit.actor(), id, when(&visit)).await?;
        workflow::pass(&mut tx, &permit, step, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::decision_draft(id, ""));
            let t = visit.texts();
            let said = if step == Step::Submit { t.decisions_submitted_now() } else { t.decisions_taken_back() };
            carry_flash(&mut response, &visit.app.settings, &Flash::new(said));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let here = visit.clone().on(&links::decision_draft(id, ""));
            let page = show(&here, id, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
