//! Drafts, and what waits for who decides.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    decisions::{lifecycle::State, policy::When},
    kernel::actor::{Actor, Viewer},
};

/// One of them.
#[derive(Debug)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    state: String,
    /// What it is called.
    pub title: String,
    /// When it was changed last.
    pub changed_at: OffsetDateTime,
    /// Since when it waits.
    pub submitted_at: Option<OffsetDateTime>,
    /// Who began it.
    pub author: Option<String>,
    /// How many items it has.
    pub items: i64,
}

impl Row {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }
}

/// All that are theirs to see: what waits first, oldest first; then drafts, latest change first.
///
/// # Errors
/// When the database is away.
pub async fn drafts(
    connection: &mut PgConnection,
    (viewer, actor): (&Viewer, &Actor),
    (today, now): When,
) -> sqlx::Result<Vec<Row>> {
    let (person, organisation) = actor.person();
    sqlx::query_as!(
        Row,
        r#"select d.id, d.state, d.title, d.changed_at, d.submitted_at, a.name as author,
                  (select count(*) from decision_draft_item i where i.draft_id = d.id) as "items!"
           from decision_draft d left join person a on a.id = d.created_by
           where may_see(d.audience, d.owner_org, $1, $2) or draft_of_areas(d.id, d.created_by, $3, $4, $5, $6)
           order by d.state = 'draft', d.submitted_at, d.changed_at desc, d.id
           limit 200"#,
        viewer.level(),
        viewer.organisations(),
        person,
        organisation,
        today,
        now,
    )
    .fetch_all(connection)
    .await
}
