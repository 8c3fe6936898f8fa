//! A draft with all that stands in front of who decides, and what is done with it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{
    Told, draft_name,
    front::{self, Front},
    id, inner_crumbs, when, with_texts,
};
use crate::{
    accounts::name_or_removed,
    decisions::{
        lifecycle::{self, State, Step, WhyNot},
        names::{self, Place},
        policy::{Pass, may_alone},
        reads::draft::{Draft, FEW},
        workflow::{self, Refused},
    },
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{At, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, carry_flash, html, links, see_other, unkept},
    },
    requirements::diff::{ClauseChange, Piece},
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
    fronts: Vec<Front>,
    faults: Faults,
    name: String,
    /// What stands in the way of a decision.
    why: Vec<Why>,
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

    fn texts(&self) -> Vec<(&'static str, String)> {
        front::minutes(self.layout.t, &self.draft.fields)
    }

    fn corrects(&self) -> Option<(String, String, &str)> {
        let cited = self.draft.corrects.as_ref()?;
        Some((cited.number().to_string(), links::decision(self.layout.lang, cited.number()), &cited.title))
    }
}

/// Something that stands in the way: with the way to where it is put right for who may, with who does it for everybody else.
struct Why {
    text: String,
    link: Option<String>,
    who: Option<&'static str>,
}

/// Who looks, and how far the draft has come.
#[derive(Clone, Copy)]
struct Reader {
    drafts: bool,
    decides: bool,
    waiting: bool,
}

impl Reader {
    fn why(self, t: Texts, draft: &Draft, why: &WhyNot) -> Why {
        let (text, place, field) = names::why_not(&t, why);
        let (step, may, who) = match place {
            Place::Item => ("", true, None),
            Place::Nowhere => return Why { text, link: None, who: None },
            Place::Fields if self.waiting => (links::DECISION_STEP_FIELDS, self.decides, Some(t.decisions_by_decider())),
            Place::Fields => (links::DECISION_STEP_FIELDS, self.drafts, Some(t.decisions_by_drafter())),
            Place::Items if self.waiting => (links::DECISION_STEP_ITEMS, false, Some(t.decisions_by_taking_back())),
            Place::Items => (links::DECISION_STEP_ITEMS, self.drafts, Some(t.decisions_by_drafter())),
            Place::Outcomes if self.waiting => (links::DECISION_STEP_OUTCOMES, self.decides, Some(t.decisions_by_decider())),
            Place::Outcomes => (links::DECISION_STEP_OUTCOMES, false, Some(t.decisions_by_decider_later())),
        };
        if !may {
            return Why { text, link: None, who };
        }
        let page = if step.is_empty() { String::new() } else { links::decision_draft(draft.id, step) };
        Why { text, link: Some(format!("{page}#{field}")), who: None }
    }
}

pub(super) async fn show(visit: &Visit, id: uuid::Uuid, faults: Faults) -> Result<Response> {
    let draft = match with_texts(visit, (id, FEW)).await? {
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
    let reader = Reader { drafts, decides, waiting: draft.state() == State::Waiting };
    let why = lifecycle::why_not(&facts, by, visit.now).iter().map(|why| reader.why(t, &draft, why)).collect();
    let fronts = front::all(t, (&draft, visit.viewer.sees_preparation())).await?;
    let name = draft_name(visit, &draft);
    let layout = visit.layout(&t.decisions_draft_title(&name), "lmc", inner_crumbs(visit, vec![Crumb::here(name.clone())]));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let label = visit.app.words.get().decision_label(visit.lang).map(str::to_owned);
    Ok(unkept(html(&DraftPage { layout, draft, fronts, faults, name, why, drafts, decides, alone, label })?))
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
