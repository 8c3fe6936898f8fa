//! Standing behind a proposal of others, and no longer.

use axum::response::Response;
use serde::Deserialize;

use super::{Told, number, one};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Client, Flash, Routes, Sent, Visit, carry_flash, links, see_other},
    },
    proposals::{
        policy::Sign,
        workflow::{self, Refused},
    },
};

/// Where it is said; whoever asks for the address is shown the proposal.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_COSIGNERS, Right::DraftProposals, back).post(
        links::PROPOSAL_COSIGNERS,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// `med`, or `bort`.
    gor: String,
}

async fn back(visit: Visit, At(text): At<String>) -> Result<Response> {
    Ok(match number(&visit, &text)? {
        Ok(number) => see_other(&links::proposal(visit.lang, number)),
        Err(response) => response,
    })
}

async fn send(visit: Visit, At(text): At<String>, client: Client, Sent(form): Sent<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let t = visit.texts();
    let ends = form.gor == "bort";
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Sign::ask(&mut tx, &visit.actor(), number).await?;
        if ends {
            workflow::unsign(&mut tx, &permit, client, visit.now).await?;
        } else {
            workflow::sign(&mut tx, &permit, client, visit.now).await?;
        }
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::proposal(visit.lang, number));
            let said = if ends { t.proposals_unsigned(number) } else { t.proposals_signed(number) };
            carry_flash(&mut response, &visit.app.settings, &Flash::new(said));
            Ok(response)
        }
        Err(why) => told(&visit, why, number).await,
    }
}

/// The proposal's page, with why not.
pub(super) async fn told(visit: &Visit, why: Refused, number: crate::proposals::ProposalNumber) -> Result<Response> {
    let told = Told::of(visit, why)?;
    let here = visit.clone().on(&links::proposal(crate::kernel::i18n::Lang::Sv, number));
    let page = one::show(&here, number, told.faults.clone()).await?;
    Ok(told.on(visit, page))
}
