//! A proposal as threads are begun on it.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    dialogue::{About, Subject},
    kernel::web::Visit,
    proposals::{lifecycle::State, number::ProposalNumber},
};

/// What is spoken of.
#[derive(Debug)]
pub struct Spoken {
    /// What threads are begun on.
    pub subject: Subject,
    /// The proposal's title.
    pub title: String,
    /// Whether it waits for the approval of who sent it.
    pub held: bool,
}

/// Reads it; none where there is none for the viewer.
///
/// # Errors
/// When the database is away.
pub async fn spoken(connection: &mut PgConnection, visit: &Visit, number: ProposalNumber) -> sqlx::Result<Option<Spoken>> {
    let row = sqlx::query_file!(
        "src/proposals/reads/dialogue.sql",
        number.number,
        number.year,
        visit.viewer.level(),
        visit.viewer.organisations(),
        visit.actor().person().0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Spoken {
        subject: subject(row.id, number, row.group, State::from_code(&row.state).is_some_and(State::is_open) && !row.held),
        title: row.title,
        held: row.held,
    }))
}

/// A proposal as threads are begun on it.
pub fn subject(id: Uuid, number: ProposalNumber, group: Uuid, is_open: bool) -> Subject {
    Subject { about: About::Proposal, id, cited: number.to_string(), group, version: None, audience: 0, is_open }
}
