//! The moment: a page of its own with one button.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told, below, draft_name,
    front::{self, Front},
    id, with_texts,
};
use crate::{
    decisions::{
        draft::MOST_TEXT,
        lifecycle::{self, Outcome, REVIEW_DAYS, State},
        policy::{Decide, may_alone},
        reads::draft::{Draft, FEW},
        workflow::{self, Refused},
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, lines, links, see_other, unkept},
    },
    requirements::diff::{ClauseChange, Piece},
};

/// The page, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_DECIDE, Right::Decide, page).swedish_form(
        links::DECISION_DECIDE,
        Right::Decide,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    las: String,
    /// Why it cannot wait, where one decides alone.
    bradska: String,
}

#[derive(Template)]
#[template(path = "decisions/decide.html")]
struct DecidePage {
    layout: Layout,
    draft: Draft,
    fronts: Vec<Front>,
    name: String,
    form: Form,
    faults: Faults,
    /// Whether one person alone decides.
    alone: bool,
}

impl DecidePage {
    fn action(&self) -> String {
        format!("{}#{}", links::decision_draft(self.draft.id, links::DECISION_STEP_DECIDE), links::FAULTS)
    }

    fn back(&self) -> String {
        links::decision_draft(self.draft.id, "")
    }

    /// What the minutes say, as it will be printed.
    fn minutes(&self) -> Vec<(&'static str, String)> {
        front::minutes(self.layout.t, &self.draft.fields)
    }

    /// How many selections hold what changes.
    fn selections(&self) -> i64 {
        let counts = self.draft.items.iter().filter(|item| item.outcome == Some(Outcome::Adopted));
        counts.map(|item| item.selections).sum()
    }
}

async fn show(visit: &Visit, id: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let draft = match with_texts(visit, (id, FEW)).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    let facts = draft.facts();
    let me = visit.actor().person().0.unwrap_or_default();
    let alone = lifecycle::is_one_person(&facts, me, draft.submitted_by);
    let decider = (!(alone && may_alone(&visit.actor()))).then_some((me, draft.submitted_by));
    // What stands in the way is told where it can be put right.
    if faults.is_empty() && (draft.state() != State::Waiting || !lifecycle::why_not(&facts, decider, visit.now).is_empty()) {
        return Ok(see_other(&links::decision_draft(id, "")));
    }
    let t = visit.texts();
    let name = draft_name(visit, &draft);
    let layout = visit.layout(&t.decisions_decide_title(&name), "lmc", below(visit, &draft, t.decisions_decide()));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let form = if form.las.is_empty() { Form { las: draft.lock.to_string(), ..form } } else { form };
    let fronts = front::all(t, (&draft, visit.viewer.sees_preparation())).await?;
    Ok(unkept(html(&DecidePage { layout, draft, fronts, name, form, faults, alone })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    show(&visit, id(&text)?, Form::default(), Faults::default()).await
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let id = id(&text)?;
    let form = Form { bradska: lines(&form.bradska), ..form };
    if is_draft {
        return show(&visit, id, form, Faults::default()).await;
    }
    let mut faults = Faults::default();
    faults.check_length(visit.texts(), "bradska", &form.bradska, MOST_TEXT);
    if !faults.is_empty() {
        let page = show(&visit, id, form, faults.clone()).await;
        return again(faults, |_| page);
    }
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Decide::ask(&mut tx, &visit.actor(), id).await?;
        let seen = form.las.parse().unwrap_or(0);
        let number = workflow::decide(&mut tx, &permit, (seen, &form.bradska), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(number)
    };
    let t = visit.texts();
    match done.await {
        Ok(number) => {
            let mut response = see_other(&links::decision(visit.lang, number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(t.decisions_decided_now(number)));
            Ok(response)
        }
        Err(Refused::NeedsEmergency) => {
            let mut faults = Faults::default();
            faults.add("bradska", t.decisions_emergency_empty());
            let page = show(&visit, id, form, faults.clone()).await;
            again(faults, |_| page)
        }
        // Who sent it twice finds the decision.
        Err(Refused::NotThere) => show(&visit, id, form, Faults::default()).await,
        Err(why) => {
            // Where it was changed they go on from the draft as it is shown now, with what they typed.
            let form = if matches!(why, Refused::Changed) { Form { las: String::new(), ..form } } else { form };
            let told = Told::of(&visit, why)?;
            let page = show(&visit, id, form, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
