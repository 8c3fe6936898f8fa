//! SQL that locks and writes.

mod draft;
mod handling;
mod templates;

pub(super) use draft::{Begun, begin, discard, give, see_similar, set_reasons, set_subject, set_text, touch};
pub use handling::{Overtaken, TakenIn};
pub(super) use handling::{
    add_note, answer, cosigners, overtaken, put_back, regroup, set_handler, set_state, sign, take_in, unsign,
};
pub(super) use templates::{add_template, is_name_taken, lock_template, remove_template, set_template, word_alone};

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{lifecycle::State, number::ProposalNumber, proposal::Kind};

/// A proposal that is locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct Locked {
    /// Its id.
    pub id: Uuid,
    /// What it is cited by, once it was sent in.
    pub number: Option<ProposalNumber>,
    /// What is wished for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub owner: Uuid,
    /// Who began it.
    pub author: Uuid,
    /// The product group.
    pub group: Uuid,
    /// Its title.
    pub title: String,
    /// Who handles it.
    pub handler: Option<Uuid>,
    /// Since when it stands there.
    pub state_since: OffsetDateTime,
    /// Counts every change of what is written.
    pub lock_version: i32,
    /// Whether all of it was taken in, where it was.
    pub wholly: Option<bool>,
    /// The public reason of the last step that took one.
    pub said: String,
}

struct Row {
    id: Uuid,
    number: Option<i64>,
    year: Option<i16>,
    kind: String,
    state: String,
    owner_org: Uuid,
    author_id: Uuid,
    group_id: Uuid,
    title: String,
    handler_id: Option<Uuid>,
    state_since: OffsetDateTime,
    lock_version: i32,
    taken_wholly: Option<bool>,
    said: String,
}

impl Row {
    fn read(self) -> sqlx::Result<Locked> {
        let unknown = |what: &str| sqlx::Error::Decode(format!("unknown word {what}").into());
        Ok(Locked {
            id: self.id,
            number: self.number.zip(self.year).map(|(number, year)| ProposalNumber { year, number }),
            kind: Kind::from_code(&self.kind).ok_or_else(|| unknown(&self.kind))?,
            state: State::from_code(&self.state).ok_or_else(|| unknown(&self.state))?,
            owner: self.owner_org,
            author: self.author_id,
            group: self.group_id,
            title: self.title,
            handler: self.handler_id,
            state_since: self.state_since,
            lock_version: self.lock_version,
            wholly: self.taken_wholly,
            said: self.said,
        })
    }
}

/// Locks one by its id.
pub(super) async fn lock(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, year, kind, state, owner_org, author_id, group_id, title, handler_id, state_since, lock_version, taken_wholly, said
         from proposal where id = $1 for update",
        id
    )
    .fetch_optional(tx)
    .await?;
    row.map(Row::read).transpose()
}

/// Locks one that was sent in, by its number; not what is held, but for the organisation that sent it.
pub(super) async fn lock_public(
    tx: &mut PgConnection,
    number: ProposalNumber,
    organisation: Uuid,
) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, year, kind, state, owner_org, author_id, group_id, title, handler_id, state_since, lock_version, taken_wholly, said
         from proposal p where number = $1 and year = $2
           and (owner_org = $3 or not exists (select from membership m where m.id = p.sent_by and not m.approved)) for update",
        number.number,
        number.year,
        organisation,
    )
    .fetch_optional(tx)
    .await?;
    row.map(Row::read).transpose()
}

/// Locks those that were taken into these versions, in the order of their numbers.
pub(super) async fn lock_taken(tx: &mut PgConnection, versions: &[Uuid]) -> sqlx::Result<Vec<Locked>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, number, year, kind, state, owner_org, author_id, group_id, title, handler_id, state_since, lock_version, taken_wholly, said
         from proposal where taken_into = any($1) and state = 'taken_in' order by number for update",
        versions,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Locks those that are open on a requirement, alone or to be merged with others, in the order of their numbers.
pub(super) async fn lock_open_on(tx: &mut PgConnection, requirement: Uuid) -> sqlx::Result<Vec<Locked>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, number, year, kind, state, owner_org, author_id, group_id, title, handler_id, state_since, lock_version, taken_wholly, said
         from proposal p
         where (requirement_id = $1 or exists (select from proposal_requirement m where m.proposal_id = p.id and m.requirement_id = $1))
           and state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant')
         order by number for update",
        requirement,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Locks one that is open and not taken in, on a requirement that has ceased to apply.
pub(super) async fn lock_overtaken(tx: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, year, kind, state, owner_org, author_id, group_id, title, handler_id, state_since, lock_version, taken_wholly, said
         from proposal p
         where id = $1 and state in ('submitted', 'returned', 'in_preparation', 'dormant')
           and exists (
               select from requirement_repeal t
               where t.effective <= $2
                 and (t.requirement_id = p.requirement_id
                      or t.requirement_id in (select m.requirement_id from proposal_requirement m where m.proposal_id = p.id)))
         for update",
        id,
        now,
    )
    .fetch_optional(tx)
    .await?;
    row.map(Row::read).transpose()
}

/// Whether nobody has approved what the person does for the organisation.
pub(super) async fn waits(tx: &mut PgConnection, person: Uuid, organisation: Uuid) -> sqlx::Result<bool> {
    let approved = sqlx::query_scalar!(
        "select approved from membership where person_id = $1 and organisation_id = $2 order by lower(valid) desc limit 1",
        person,
        organisation,
    );
    Ok(approved.fetch_optional(tx).await? != Some(true))
}

/// Of two who merge proposals into each other, the second waits for the first.
pub(super) async fn merge_alone(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('proposal_merge', 0))").execute(tx).await?;
    Ok(())
}

/// Whether a person looks after the area that owns a group.
pub(super) async fn coordinates(
    tx: &mut PgConnection,
    person: Uuid,
    organisation: Uuid,
    group: Uuid,
    (today, now): (Date, OffsetDateTime),
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select coordinates_group($1, $2, $3, $4, $5) as "may!""#, person, organisation, group, today, now)
        .fetch_one(tx)
        .await
}

/// What was returned and has been silent since before then.
pub(super) async fn silent(tx: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from proposal where state = 'returned' and state_since < $1 order by state_since", before)
        .fetch_all(tx)
        .await
}
