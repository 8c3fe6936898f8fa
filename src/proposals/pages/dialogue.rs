//! The dialogue on a proposal: the pages are those of `dialogue`, and stand on a proposal.

use axum::response::Response;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{crumbs, number};
use crate::{
    dialogue::{self, Anchor, NewAsks, NewForm, Place, ReplyForm, ThreadAsks, ThreadsAsks},
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Asked, At, Client, Crumb, Drafted, Routes, Visit, links},
    },
    proposals::{number::ProposalNumber, reads::dialogue as read},
};

/// The threads, the form of a new one, and one of them.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::PROPOSAL_DIALOGUE, Right::ReadPublished, threads)
        .form(links::PROPOSAL_DIALOGUE, Right::Comment, start)
        .page(links::PROPOSAL_DIALOGUE_NEW, Right::Comment, new)
        .page(links::PROPOSAL_DIALOGUE_THREAD, Right::ReadPublished, thread)
        .form(links::PROPOSAL_DIALOGUE_THREAD, Right::Comment, reply)
}

/// A proposal.
struct OfProposal(ProposalNumber);

impl Anchor for OfProposal {
    async fn place(&self, visit: &Visit, connection: &mut PgConnection, _version: Option<i32>) -> Result<Place> {
        let spoken = read::spoken(connection, visit, self.0).await?.ok_or(Error::NotFound)?;
        let t = visit.texts();
        let why = match (spoken.held, spoken.subject.is_open) {
            (true, _) => t.proposals_dialogue_held(),
            (_, false) => t.proposals_dialogue_closed(),
            _ => "",
        };
        let crumbs = crumbs(visit, vec![Crumb::link(self.0.to_string(), links::proposal(visit.lang, self.0))]);
        Ok(Place::whole(spoken.subject, Some((spoken.title, Lang::Sv)), (crumbs, "proposals")).closed(why))
    }

    fn cited(&self) -> String {
        self.0.to_string()
    }
}

async fn threads(visit: Visit, At(text): At<String>, Asked(asks): Asked<ThreadsAsks>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => dialogue::show_threads(visit, OfProposal(number), asks).await,
        Err(response) => Ok(response),
    }
}

async fn new(visit: Visit, At(text): At<String>, Asked(asks): Asked<NewAsks>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => dialogue::open_new(visit, OfProposal(number), asks).await,
        Err(response) => Ok(response),
    }
}

async fn start(visit: Visit, At(text): At<String>, client: Client, drafted: Drafted<NewForm>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => dialogue::start(visit, OfProposal(number), client, drafted).await,
        Err(response) => Ok(response),
    }
}

async fn thread(visit: Visit, At((text, id)): At<(String, String)>, Asked(asks): Asked<ThreadAsks>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => {
            let id = Uuid::try_parse(&id).map_err(|_| Error::NotFound)?;
            dialogue::show_thread(visit, OfProposal(number), id, asks).await
        }
        Err(response) => Ok(response),
    }
}

async fn reply(
    visit: Visit,
    At((text, id)): At<(String, String)>,
    client: Client,
    drafted: Drafted<ReplyForm>,
) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => {
            let id = Uuid::try_parse(&id).map_err(|_| Error::NotFound)?;
            dialogue::reply(visit, OfProposal(number), id, client, drafted).await
        }
        Err(response) => Ok(response),
    }
}
