//! What becomes of each item, and from when: said by who decides.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Told, below, day, find, id, typed, when};
use crate::{
    decisions::{
        draft::{MOST_TEXT, Said},
        lifecycle::{Kind, Outcome, State, is_far},
        names,
        policy::Write,
        reads::draft::{Draft, Item},
        workflow::{self, Refused},
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{
            At, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, line, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_OUTCOMES, Right::Decide, page).swedish_form(
        links::DECISION_OUTCOMES,
        Right::Decide,
        send,
    )
}

/// Whether who looks may write in the draft as it stands.
pub(super) fn may_write(visit: &Visit, draft: &Draft) -> bool {
    match draft.state() {
        State::Draft => super::begin::may_begin(visit),
        State::Waiting | State::Decided => Right::Decide.held_by(&visit.actor()),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    las: String,
    /// The versions, in order, with what is said of each.
    version: Vec<String>,
    utfall: Vec<String>,
    skal: Vec<String>,
    fran: Vec<String>,
}

/// An item as the form shows it.
struct Line {
    item: Item,
    outcome: String,
    reason: String,
    from: String,
}

#[derive(Template)]
#[template(path = "decisions/outcomes.html")]
struct OutcomesPage {
    layout: Layout,
    draft: Draft,
    las: String,
    lines: Vec<Line>,
    faults: Faults,
    conflict: bool,
}

impl OutcomesPage {
    fn action(&self) -> String {
        format!("{}#{}", links::decision_draft(self.draft.id, links::DECISION_STEP_OUTCOMES), links::FAULTS)
    }

    fn back(&self) -> String {
        links::decision_draft(self.draft.id, "")
    }

    /// What can become of an item: word, name.
    fn outcomes(&self, line: &Line) -> Vec<(&'static str, &'static str)> {
        let name = |outcome: &Outcome| names::outcome(&self.layout.t, &line.item.kind, outcome);
        Outcome::ALL.iter().map(|outcome| (names::outcome_word(Some(*outcome)), name(outcome))).collect()
    }

    fn kind(&self, line: &Line) -> &'static str {
        names::kind(&self.layout.t, &line.item.kind)
    }

    fn has_day(&self, line: &Line) -> bool {
        line.item.kind != Kind::Revoke
    }

    /// What is kept of an item where somebody else wrote meanwhile.
    fn kept(&self, line: &Line) -> Option<String> {
        if !self.conflict {
            return None;
        }
        let outcome = line.item.outcome.map_or("", |outcome| names::outcome(&self.layout.t, &line.item.kind, &outcome));
        let day = line.item.on.map(|day| self.layout.lang.date(day)).unwrap_or_default();
        let kept: Vec<&str> = [outcome, &day, &line.item.reason].into_iter().filter(|text| !text.is_empty()).collect();
        Some(kept.join(". "))
    }
}

/// How the page is shown: with what is kept, with what was typed, or with both.
enum Shown {
    Stored,
    Typed(Form),
    Beside(Form),
}

async fn show(visit: &Visit, id: Uuid, shown: Shown, faults: Faults) -> Result<Response> {
    let draft = match find(visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    if draft.state() != State::Waiting {
        return Ok(see_other(&links::decision_draft(id, "")));
    }
    let (form, conflict) = match shown {
        Shown::Stored => (None, false),
        Shown::Typed(form) => (Some(form), false),
        Shown::Beside(form) => (Some(form), true),
    };
    let line = |item: &Item| {
        let place = form.as_ref().and_then(|form| form.version.iter().position(|id| *id == item.version_id.to_string()));
        let at = |list: &[String]| place.and_then(|place| list.get(place)).cloned().unwrap_or_default();
        match &form {
            Some(form) if place.is_some() => {
                Line { item: item.clone(), outcome: at(&form.utfall), reason: at(&form.skal), from: at(&form.fran) }
            }
            _ => Line {
                item: item.clone(),
                outcome: names::outcome_word(item.outcome).to_owned(),
                reason: item.reason.clone(),
                from: typed(item.on),
            },
        }
    };
    let lines = draft.items.iter().map(line).collect();
    let las = match &form {
        Some(form) if !conflict => form.las.clone(),
        // Whoever has seen both goes on from what is kept now.
        _ => draft.lock.to_string(),
    };
    let t = visit.texts();
    let layout = visit.layout(t.decisions_outcomes_title(), "lmc", below(visit, &draft, t.decisions_outcomes_title()));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&OutcomesPage { layout, draft, las, lines, faults, conflict })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    show(&visit, id(&text)?, Shown::Stored, Faults::default()).await
}

/// What was said of each, or what is wrong with it; fields stand under the requirement, so the draft is asked.
fn said(visit: &Visit, draft: &Draft, form: &Form) -> std::result::Result<Vec<Said>, Faults> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let mut all = Vec::new();
    for (place, version) in form.version.iter().enumerate() {
        let Some(item) = Uuid::try_parse(version).ok().and_then(|version| draft.item(version)) else { continue };
        let at = |list: &[String]| list.get(place).cloned().unwrap_or_default();
        let requirement = item.requirement();
        let outcome = words::code(words::OUTCOMES, &at(&form.utfall)).and_then(Outcome::from_code);
        let (reason, from) = (at(&form.skal), at(&form.fran));
        if matches!(outcome, Some(Outcome::Returned | Outcome::Rejected)) && reason.is_empty() {
            faults.add(format!("skal-{requirement}"), t.decisions_why_no_reason(requirement));
        }
        faults.check_length(t, format!("skal-{requirement}"), &reason, MOST_TEXT);
        let on = match day(&from) {
            Ok(Some(day)) if day < visit.today() => {
                faults.add(format!("fran-{requirement}"), t.decisions_day_past());
                None
            }
            Ok(Some(day)) if is_far(day, visit.today()) => {
                faults.add(format!("fran-{requirement}"), t.decisions_day_far());
                None
            }
            Ok(on) => on.filter(|_| item.kind != Kind::Revoke),
            Err(()) => {
                faults.add(format!("fran-{requirement}"), t.decisions_day_wrong());
                None
            }
        };
        all.push(Said { version: item.version_id, outcome, reason, on });
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let id = id(&text)?;
    let clean = |list: &[String], clean: fn(&str) -> String| list.iter().map(|text| clean(text)).collect();
    let form = Form { skal: clean(&form.skal, lines), fran: clean(&form.fran, line), ..form };
    if is_draft {
        return show(&visit, id, Shown::Typed(form), Faults::default()).await;
    }
    let draft = match find(&visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    let said = match said(&visit, &draft, &form) {
        Ok(said) => said,
        Err(faults) => {
            let page = show(&visit, id, Shown::Typed(form), faults.clone()).await;
            return again(faults, |_| page);
        }
    };
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id, when(&visit)).await?;
        workflow::set_outcomes(&mut tx, &permit, (form.las.parse().unwrap_or(0), &said), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::decision_draft(id, ""));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().decisions_saved()));
            Ok(response)
        }
        Err(why) => {
            let beside = matches!(why, Refused::Changed);
            let told = Told::of(&visit, why)?;
            let shown = if beside { Shown::Beside(form) } else { Shown::Typed(form) };
            let page = show(&visit, id, shown, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
