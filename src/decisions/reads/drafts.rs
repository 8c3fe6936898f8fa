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

/// How many stand on a page.
pub const PAGE: usize = 50;

/// Those that are theirs to see beyond this one: what waits first, oldest first; then drafts, latest change first. One more than
/// a page holds where there are more.
///
/// # Errors
/// When the database is away.
pub async fn drafts(
    connection: &mut PgConnection,
    (viewer, actor): (&Viewer, &Actor),
    (today, now): When,
    beyond: Option<Uuid>,
) -> sqlx::Result<Vec<Row>> {
    let (person, organisation) = actor.person();
    sqlx::query_as!(
        Row,
        r#"with placed as (
               select d.id, d.state = 'draft' as drafted,
                      case when d.state = 'draft' then -extract(epoch from d.changed_at) else extract(epoch from d.submitted_at) end as place
               from decision_draft d
               where may_see(d.audience, d.owner_org, $1, $2) or draft_of_areas(d.id, d.created_by, $3, $4, $5, $6)
           )
           select d.id, d.state, d.title, d.changed_at, d.submitted_at, a.name as author,
                  (select count(*) from decision_draft_item i where i.draft_id = d.id) as "items!"
           from placed p join decision_draft d on d.id = p.id left join person a on a.id = d.created_by
           where not exists (select from placed b where b.id = $7 and (p.drafted, p.place, p.id) <= (b.drafted, b.place, b.id))
           order by p.drafted, p.place, p.id
           limit $8"#,
        viewer.level(),
        viewer.organisations(),
        person,
        organisation,
        today,
        now,
        beyond,
        i64::try_from(PAGE).unwrap_or(0) + 1,
    )
    .fetch_all(connection)
    .await
}
