//! What the own organisation writes on: drafts, and what was returned.

use askama::Template;
use axum::response::Response;

use super::crumbs;
use crate::{
    accounts::name_or_removed,
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
    },
    proposals::{
        lifecycle::State,
        names,
        reads::draft::{self as read, Listed},
    },
};

/// The list.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_DRAFTS, Right::DraftProposals, page)
}

#[derive(Template)]
#[template(path = "proposals/drafts.html")]
struct DraftsPage {
    layout: Layout,
    drafts: Vec<Listed>,
}

impl DraftsPage {
    fn link(&self, one: &Listed) -> String {
        links::proposal_draft(self.layout.lang, one.id, links::STEP_REVIEW)
    }

    fn kind(&self, one: &Listed) -> &'static str {
        names::kind(&self.layout.t, &one.kind())
    }

    fn is_returned(&self, one: &Listed) -> bool {
        one.state == State::Returned.code()
    }

    fn saved(&self, one: &Listed) -> String {
        let t = self.layout.t;
        t.proposals_saved_by(self.layout.lang.moment(one.changed_at), name_or_removed(t, one.changed_by.as_deref()))
    }

    fn organisation(&self) -> &str {
        let membership = self.layout.who.as_ref().and_then(|who| who.membership());
        membership.map_or("", |membership| membership.name(self.layout.lang))
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let drafts = read::drafts(&mut *visit.app.db.read().await?, &visit.viewer, visit.actor().person()).await?;
    let t = visit.texts();
    let layout =
        visit.layout(t.proposals_drafts_title(), "proposals", crumbs(&visit, vec![Crumb::here(t.proposals_drafts_heading())]));
    html(&DraftsPage { layout, drafts })
}
