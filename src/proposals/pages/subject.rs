//! The first step: what a proposal is about.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told, crumbs,
    steps::{self, Found, Step, Steps},
    subject_said::{Form, said},
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Client, Crumb, Drafted, Faults, Layout, Routes, Visit, again, html,
            links::{self, words},
            unkept,
        },
    },
    proposals::{
        lifecycle::WhyNot,
        names,
        policy::{Begin, Write},
        proposal::{Kind, MOST_TITLE},
        reads::{
            draft::Draft,
            targets::{self, Area},
        },
        workflow::{self, Refused, Wish},
    },
};

/// The page without a draft and with one, and where both are sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::NEW_PROPOSAL, Right::DraftProposals, new)
        .form(links::NEW_PROPOSAL, Right::DraftProposals, begin)
        .page(links::PROPOSAL_DRAFT, Right::DraftProposals, edit)
        .form(links::PROPOSAL_DRAFT, Right::DraftProposals, save)
}

/// What links fill in: `?slag=andra&krav=KB-0042`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    slag: String,
    krav: String,
    titel: String,
}

#[derive(Template)]
#[template(path = "proposals/subject.html")]
struct SubjectPage {
    layout: Layout,
    steps: Steps,
    areas: Vec<Area>,
    form: Form,
    faults: Faults,
    draft: Option<Uuid>,
    /// Of a draft the kind stands, and so does the requirement that it changes.
    kind: Option<Kind>,
    /// What is kept, where it was changed since the form was opened.
    kept: Option<Form>,
}

impl SubjectPage {
    fn action(&self) -> String {
        let action = match self.draft {
            Some(id) => links::proposal_draft(self.layout.lang, id, ""),
            None => self.layout.href(links::NEW_PROPOSAL),
        };
        format!("{action}#{}", links::FAULTS)
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let t = self.layout.t;
        let hint = |kind: Kind| match kind {
            Kind::New => t.proposals_kind_new_hint(),
            Kind::Change => t.proposals_kind_change_hint(),
            Kind::Repeal => t.proposals_kind_repeal_hint(),
            Kind::Merge => t.proposals_kind_merge_hint(),
        };
        let word = |kind: Kind| words::word(words::PROPOSALS, kind.code()).unwrap_or_default();
        Kind::ALL.into_iter().map(|kind| (word(kind), names::kind(&t, &kind), hint(kind))).collect()
    }

    fn kind_name(&self, kind: &Kind) -> &'static str {
        names::kind(&self.layout.t, kind)
    }

    fn has_requirements(&self) -> bool {
        self.kind.is_none_or(|kind| kind == Kind::Merge)
    }

    fn has_group(&self) -> bool {
        self.kind.is_none_or(|kind| kind == Kind::New)
    }

    fn is_group(&self, id: &Uuid) -> bool {
        self.form.grupp == id.to_string()
    }
}

async fn show(visit: &Visit, form: Form, faults: Faults, draft: Option<&Draft>) -> Result<Response> {
    show_beside(visit, form, faults, draft, None).await
}

async fn show_beside(visit: &Visit, form: Form, faults: Faults, draft: Option<&Draft>, kept: Option<Form>) -> Result<Response> {
    // The groups are not the form: without them what was typed is shown all the same.
    let areas = match visit.app.db.read().await {
        Ok(mut connection) => targets::areas(&mut connection).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let t = visit.texts();
    let (steps, layout) = if let Some(draft) = draft {
        let layout = steps::layout(visit, draft, t.proposals_step_subject(), !faults.is_empty());
        (Steps::of(visit.lang, draft, Step::Subject), layout)
    } else {
        let here = Crumb::here(t.proposals_new_title());
        let layout = visit.layout(t.proposals_new_title(), "proposals", crumbs(visit, vec![here]));
        (Steps::first(t), if faults.is_empty() { layout } else { layout.faulty() })
    };
    let (id, kind) = (draft.map(|draft| draft.id), draft.map(|draft| draft.kind));
    Ok(unkept(html(&SubjectPage { layout, steps, areas, form, faults, draft: id, kind, kept })?))
}

async fn new(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let form = Form { slag: asks.slag, krav: asks.krav, titel: asks.titel, ..Form::default() }.cleaned();
    show(&visit.bare(), form, Faults::default(), None).await
}

async fn begin(visit: Visit, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = form.cleaned();
    if is_draft {
        return show(&visit, form, Faults::default(), None).await;
    }
    let begun = async {
        let mut tx = visit.app.db.begin().await?;
        let said = said(&visit, &mut tx, &form, None).await?;
        Ok::<_, Error>((tx, said))
    };
    let (mut tx, said) = match begun.await {
        Ok((tx, Ok(said))) => (tx, said),
        Ok((_, Err(faults))) => {
            let page = show(&visit, form, faults.clone(), None).await;
            return again(faults, |_| page);
        }
        Err(error) => {
            let told = Told::failed(&visit, error)?;
            let page = show(&visit, form, told.faults.clone(), None).await?;
            return Ok(told.on(&visit, page));
        }
    };
    let made = async {
        let permit = Begin::ask(&visit.actor())?;
        let wish = Wish { kind: said.kind, group: said.group, base: said.base, merged: &said.merged, title: &said.title };
        let id = workflow::begin(&mut tx, &permit, &wish, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(id)
    };
    match made.await {
        Ok(id) => Ok(steps::to(&visit, id, Step::Similar)),
        Err(why) => answer(&visit, why, form, None).await,
    }
}

/// The page with what was typed and why it was refused.
async fn answer(visit: &Visit, why: Refused, form: Form, draft: Option<(&Draft, Form)>) -> Result<Response> {
    let is_conflict = matches!(why, Refused::WhyNot(WhyNot::Changed));
    let told = Told::of(visit, why)?;
    let (draft, kept) = draft.map_or((None, None), |(draft, kept)| (Some(draft), Some(kept).filter(|_| is_conflict)));
    let page = show_beside(visit, form, told.faults.clone(), draft, kept).await?;
    Ok(told.on(visit, page))
}

async fn edit(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let found = steps::found(&visit, &mut *visit.app.db.read().await?, id).await?;
    match found {
        Found::Draft(draft) => show(&visit, Form::of(&draft), Faults::default(), Some(&draft)).await,
        Found::Elsewhere(response, _) => Ok(response),
    }
}

async fn save(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let draft = match steps::found(&visit, &mut tx, id).await? {
        Found::Draft(draft) => draft,
        Found::Elsewhere(response, _) => return Ok(response),
    };
    let form = form.cleaned();
    if is_draft {
        drop(tx);
        return show(&visit, form, Faults::default(), Some(&draft)).await;
    }
    // What it changes or ends stays what it was begun on.
    if matches!(draft.kind, Kind::Change | Kind::Repeal) {
        return Ok(steps::to(&visit, id, Step::Similar));
    }
    let said = match said(&visit, &mut tx, &form, Some(draft.kind)).await? {
        Ok(said) => said,
        Err(faults) => {
            drop(tx);
            let page = show(&visit, form, faults.clone(), Some(&draft)).await;
            return again(faults, |_| page);
        }
    };
    let saved = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        let subject = (said.group, said.title.as_str(), said.merged.as_slice());
        workflow::set_subject(&mut tx, &permit, form.las, subject, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match saved.await {
        Ok(()) => Ok(steps::to(&visit, id, Step::Similar)),
        Err(why) => {
            let now = match steps::found(&visit, &mut *visit.app.db.read().await?, id).await? {
                Found::Draft(now) | Found::Elsewhere(_, now) => now,
            };
            // What is sent next knows what is kept now.
            let (kept, form) = (Form::of(&now), Form { las: now.lock, ..form });
            answer(&visit, why, form, Some((&now, kept))).await
        }
    }
}
