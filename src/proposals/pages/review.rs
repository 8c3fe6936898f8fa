//! The fifth step: all of it, with the changes as readers will see them, and the button that sends it in.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    merged_links, reasons, refused,
    steps::{self, Found, Step, Steps},
    was,
};
use crate::{
    attachments::Attachment,
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Client, Faults, Layout, Routes, Sent, Visit, html, links, see_other, unkept},
    },
    organisations,
    proposals::{
        lifecycle::WhyNot,
        names as words,
        policy::{Send, Write},
        proposal::Kind,
        reads::{compared, draft::Draft, named, senders as read},
        workflow::{self, Refused},
    },
    requirements::{
        diff::{self, ClauseChange, Piece},
        names,
    },
};

/// The page, and where it is sent in.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_REVIEW, Right::DraftProposals, page).post(
        links::PROPOSAL_REVIEW,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    las: i32,
    /// The files that were shown.
    bilagor: String,
}

#[derive(Template)]
#[template(path = "proposals/review.html")]
struct ReviewPage {
    layout: Layout,
    steps: Steps,
    draft: Draft,
    changes: Vec<ClauseChange>,
    lacking: Vec<(&'static str, String)>,
    /// Who may send it, for who may not.
    senders: Option<Vec<String>>,
    network: String,
    faults: Faults,
}

impl ReviewPage {
    fn action(&self) -> String {
        format!("{}#{}", links::proposal_draft(self.layout.lang, self.draft.id, links::STEP_REVIEW), links::FAULTS)
    }

    fn step(&self, word: &str) -> String {
        links::proposal_draft(self.layout.lang, self.draft.id, word)
    }

    fn file(&self, one: &Attachment) -> String {
        links::draft_attachment(self.layout.lang, self.draft.id, one.id, "")
    }

    fn kind(&self) -> &'static str {
        words::kind(&self.layout.t, &self.draft.kind)
    }

    fn has_text(&self) -> bool {
        self.draft.kind.has_text()
    }

    fn is_new_text(&self) -> bool {
        matches!(self.draft.kind, Kind::New | Kind::Merge)
    }

    fn group(&self) -> String {
        format!("{}, {}", self.draft.group.area(self.layout.lang), self.draft.group.name(self.layout.lang))
    }

    fn base(&self) -> Option<(String, String)> {
        let base = self.draft.base.as_ref()?;
        Some((base.cited(), links::version(self.layout.lang, base.requirement(), base.version)))
    }

    fn merged(&self) -> Vec<(String, String, &str)> {
        merged_links(self.layout.lang, &self.draft.merged)
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        facts(&self.layout, &self.draft)
    }

    fn organisation(&self) -> &str {
        let membership = self.layout.who.as_ref().and_then(|who| who.membership());
        membership.map_or("", |membership| membership.name(self.layout.lang))
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        reasons::said(self.layout.t, &self.draft.reasons)
    }
}

/// Title, type and level, each with what it was where it is another.
fn facts(layout: &Layout, draft: &Draft) -> Vec<(&'static str, String)> {
    let t = layout.t;
    let base = draft.base.as_ref();
    let kind = draft.requirement_type.map_or(t.proposals_not_said(), |kind| names::kind(&t, &kind));
    let level = draft.level.map_or(t.proposals_not_said(), |level| names::level(&t, &level));
    vec![
        (t.proposals_title(), was(t, &draft.title, base.map(|base| base.title.as_str()))),
        (t.proposals_type(), was(t, kind, base.map(|base| names::kind(&t, &base.kind)))),
        (t.proposals_level(), was(t, level, base.map(|base| names::level(&t, &base.level)))),
    ]
}

/// The names of colleagues who may send it, for who may write and not send; none for who may.
async fn senders(visit: &Visit, connection: &mut PgConnection, draft: &Draft) -> Result<Option<Vec<String>>> {
    let Some(membership) = visit.who.as_ref().and_then(|who| who.membership()) else { return Ok(None) };
    // What somebody sends whom nobody has approved is held until then. Of another organisation nobody sends anything.
    let sends = organisations::may_send(draft.senders, &visit.actor()) || !membership.approved;
    if sends || draft.owner != membership.organisation {
        return Ok(None);
    }
    Ok(Some(read::senders(connection, draft.owner, draft.senders, visit.now).await?))
}

fn show(visit: &Visit, mut draft: Draft, senders: Option<Vec<String>>, faults: Faults) -> Result<Response> {
    let base = draft.base.as_ref().map(|base| base.named(visit.lang)).unwrap_or_default();
    if let Some(base) = &draft.base {
        named(&mut draft.clauses, &base.parameters, visit.lang);
    }
    let changes = if draft.kind == Kind::Change { diff::clauses(&base, &compared(&draft.clauses)) } else { Vec::new() };
    let lacking = steps::lacking(visit.lang, &draft, &draft.lacks());
    let layout = steps::layout(visit, &draft, visit.texts().proposals_step_review(), !faults.is_empty());
    let steps = Steps::of(visit.lang, &draft, Step::Review);
    let network = visit.app.words.get().network().to_owned();
    Ok(unkept(html(&ReviewPage { layout, steps, draft, changes, lacking, senders, network, faults })?))
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let draft = match steps::found(&visit, &mut connection, id).await? {
        Found::Draft(draft) => *draft,
        Found::Elsewhere(response, _) => return Ok(response),
    };
    let senders = senders(&visit, &mut connection, &draft).await?;
    drop(connection);
    show(&visit, draft, senders, Faults::default())
}

async fn send(visit: Visit, At(id): At<Uuid>, client: Client, Sent(form): Sent<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let draft = match steps::found(&visit, &mut tx, id).await? {
        Found::Draft(draft) => *draft,
        Found::Elsewhere(response, _) => return Ok(response),
    };
    let senders = senders(&visit, &mut tx, &draft).await?;
    let sent = async {
        let write = Write::ask(&mut tx, &visit.actor(), id).await?;
        // Nobody sends what they have not seen.
        if form.bilagor != draft.files() {
            return Err(WhyNot::Changed.into());
        }
        let permit = Send::ask(&mut tx, write).await?;
        let number = workflow::send(&mut tx, &permit, (form.las, draft.lacks()), client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(number)
    };
    match sent.await {
        Ok(number) => Ok(see_other(&format!("{}#kvitto", links::in_proposal(visit.lang, number, links::RECEIPT)))),
        Err(Refused::Lacks(lacks)) => {
            // Each of them leads to the step where it is put right.
            let mut faults = Faults::default();
            for (place, (text, _)) in steps::lacking(visit.lang, &draft, &lacks).into_iter().enumerate() {
                faults.add(format!("saknas-{}", place + 1), text);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, draft, senders, faults)?).into_response())
        }
        Err(why) => refused(&visit, why, |faults| show(&visit, draft, senders, faults)),
    }
}
