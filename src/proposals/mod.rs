//! Proposals: somebody's wish to add, change, repeal or merge requirements. Written in five steps as a draft that colleagues
//! share, sent in with a number, handled in the open.

pub mod adapting;
pub mod deadline;
mod example;
mod jobs;
mod letters;
pub mod lifecycle;
mod names;
mod number;
mod pages;
mod policy;
mod proposal;
mod reads;
mod regroup;
mod store;
pub mod taking;
mod workflow;

pub use example::{ExampleProposal, ExampleTemplate, example_subject, lay_example, lay_templates};
pub use jobs::{CloseOvertaken, LetSilentLie};
pub use names::{kind as kind_name, next as next_step, state as state_name, state_tag};
pub use number::ProposalNumber;
pub use proposal::Kind;
pub use reads::targets::{AreaName, area_names};
pub use regroup::regroup;
pub use workflow::{
    Refused,
    handling::hand_waiting,
    taking::{By, decided, declined, put_back, repealed},
};

use sqlx::PgConnection;

use crate::kernel::{
    jobs::Jobs,
    web::{Routes, Visit},
};

/// Whether a proposal has this number, and whoever looks may read it.
///
/// # Errors
/// When the database is away.
pub async fn can_be_read(connection: &mut PgConnection, visit: &Visit, number: ProposalNumber) -> sqlx::Result<bool> {
    reads::one::one(connection, visit, number).await.map(|one| one.is_some())
}

/// The list, the five steps, a proposal, and the page of those who handle it.
pub fn routes() -> Routes {
    pages::list::routes()
        .merge(pages::drafts::routes())
        .merge(pages::subject::routes())
        .merge(pages::similar::routes())
        .merge(pages::text::routes())
        .merge(pages::reasons::routes())
        .merge(pages::attachments::routes())
        .merge(pages::review::routes())
        .merge(pages::discard::routes())
        .merge(pages::one::routes())
        .merge(pages::dialogue::routes())
        .merge(pages::receipt::routes())
        .merge(pages::cosigners::routes())
        .merge(pages::withdrawal::routes())
        .merge(pages::handled::routes())
        .merge(pages::taking::routes())
        .merge(pages::templates::routes())
}

/// What is done at night, and by the minute.
pub fn jobs() -> Jobs {
    Jobs::new().daily::<LetSilentLie>().every_minute::<CloseOvertaken>()
}
