//! The second step, a required stop: what there is already that is like the draft, and why it is shown.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told,
    steps::{self, Found, Step, Steps},
};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Faults, Layout, Routes, Sent, Visit, html, links, unkept},
    },
    proposals::{
        lifecycle::State,
        names,
        policy::Write,
        reads::similar::{self as read, LikeProposal, LikeRequirement},
        workflow::{self, Refused},
    },
    requirements::RequirementNumber,
    search::Alike,
};

/// The page, and where one says that it was looked at.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_SIMILAR, Right::DraftProposals, page).post(
        links::PROPOSAL_SIMILAR,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {}

#[derive(Template)]
#[template(path = "proposals/similar.html")]
struct SimilarPage {
    layout: Layout,
    steps: Steps,
    faults: Faults,
    id: Uuid,
    requirements: Vec<LikeRequirement>,
    proposals: Vec<LikeProposal>,
}

impl SimilarPage {
    fn action(&self) -> String {
        links::proposal_draft(self.layout.lang, self.id, links::STEP_SIMILAR)
    }

    fn discard(&self) -> String {
        links::proposal_draft(self.layout.lang, self.id, links::STEP_DISCARD)
    }

    fn requirement(&self, number: &RequirementNumber) -> String {
        links::requirement(self.layout.lang, number)
    }

    fn change(&self, number: &RequirementNumber) -> String {
        links::propose_on(self.layout.lang, number)
    }

    fn proposal(&self, one: &LikeProposal) -> String {
        links::proposal(self.layout.lang, one.number)
    }

    fn organisation<'a>(&self, one: &'a LikeProposal) -> &'a str {
        one.organisation(self.layout.lang)
    }

    fn alike(&self, alike: &Alike) -> String {
        names::alike(&self.layout.t, alike)
    }

    fn state(&self, state: &State) -> &'static str {
        names::state(&self.layout.t, state)
    }

    fn tag(&self, state: &State) -> &'static str {
        names::state_tag(state)
    }

    fn is_nothing(&self) -> bool {
        self.requirements.is_empty() && self.proposals.is_empty()
    }
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, id, Faults::default()).await
}

async fn show(visit: &Visit, id: Uuid, faults: Faults) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let draft = match steps::found(visit, &mut connection, id).await? {
        Found::Draft(draft) => draft,
        Found::Elsewhere(response, _) => return Ok(response),
    };
    let (requirements, proposals) = read::similar(&mut connection, &visit.viewer, &draft, visit.now).await?;
    drop(connection);
    let layout = steps::layout(visit, &draft, visit.texts().proposals_step_similar(), !faults.is_empty());
    let steps = Steps::of(visit.lang, &draft, Step::Similar);
    Ok(unkept(html(&SimilarPage { layout, steps, faults, id, requirements, proposals })?))
}

async fn send(visit: Visit, At(id): At<Uuid>, Sent(Form {}): Sent<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let seen = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        workflow::see_similar(&mut tx, &permit, visit.now).await?;
        let kind = permit.proposal().kind;
        tx.commit().await?;
        Ok::<_, Refused>(kind)
    };
    match seen.await {
        Ok(kind) => Ok(steps::to(&visit, id, Step::Similar.next(kind))),
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, id, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
