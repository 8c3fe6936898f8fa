//! All SQL that writes, and what only the network reads.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    lifecycle::{Entry, Outcome, State},
    listing::OpenReport,
    policy::{Forget, Handle, Read, Send},
    report::{Content, Report, ReportNumber},
};
use crate::kernel::{actor::Audience, i18n::Lang};

/// Those who send the same form wait for each other until the transaction ends.
pub(super) async fn lock_form(tx: &mut PgConnection, form_key: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('fault_report_form:' || $1::uuid::text, 0))", form_key)
        .execute(tx)
        .await?;
    Ok(())
}

/// The receipt of what was sent before by this form with this content.
pub(super) async fn receipt_of(tx: &mut PgConnection, form_key: Uuid, hash: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select receipt from fault_report where form_key = $1 and content_sha256 = $2", form_key, hash)
        .fetch_optional(tx)
        .await
}

/// Writes a report; gives its id, its number and the key of its receipt.
pub(super) async fn insert(
    tx: &mut PgConnection,
    permit: &Send,
    report: &Report,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, i64, Uuid)> {
    let (kind, place, assistive, topic, clause) = match &report.content {
        Content::Accessibility { place, assistive } => ("accessibility", place.as_str(), assistive.as_str(), None, None),
        Content::Requirement { topic, clause } => ("requirement", "", "", Some(topic.code()), *clause),
    };
    let (person, organisation) = permit.by().person();
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'fault_report' returning last)
         insert into fault_report (id, number, kind, audience, requirement_id, version_id, clause_id, topic, text, place,
                                   assistive, email, language, receipt, form_key, content_sha256, created_at, person_id, organisation_id)
         select $1, taken.last, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 from taken
         returning id, number, receipt",
        Uuid::now_v7(),
        kind,
        Audience::Preparers.level(),
        permit.about().map(|about| about.requirement),
        permit.about().map(|about| about.version),
        clause,
        topic,
        report.text,
        place,
        assistive,
        report.email,
        report.language.code(),
        // Nothing but chance: whoever knows one receipt can guess no other.
        Uuid::new_v4(),
        report.form_key,
        hash,
        now,
        person,
        organisation,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.number, row.receipt))
}

/// The reports that wait, oldest first.
pub(super) async fn open(tx: &mut PgConnection, _permit: &Read) -> sqlx::Result<Vec<OpenReport>> {
    let rows = sqlx::query!(
        r#"select f.number, f.kind, f.created_at, f.language, f.topic, f.text, f.place, f.assistive, f.email,
                  r.number as "requirement?", v.number as "version?", c.position as "clause?", o.name_sv as "organisation?"
           from fault_report f
           left join organisation o on o.id = f.organisation_id
           left join requirement r on r.id = f.requirement_id
           left join requirement_version v on v.id = f.version_id and may_see(v.audience, v.owner_org, $1, '{}'::uuid[])
           left join version_clause c on c.version_id = v.id and c.clause_id = f.clause_id
           where f.state = 'new' and not report_is_held(f.person_id, f.organisation_id) order by f.number"#,
        Audience::Preparers.level(),
    )
    .fetch_all(tx)
    .await?;
    let report = rows.into_iter().map(|row| OpenReport {
        number: ReportNumber(row.number).to_string(),
        kind: row.kind,
        received: row.created_at,
        language: row.language,
        requirement: row.requirement.map(|number| crate::requirements::RequirementNumber::from_db(number).to_string()),
        version: row.version,
        clause: row.clause,
        topic: row.topic,
        organisation: row.organisation,
        text: row.text,
        place: row.place,
        assistive: row.assistive,
        email: row.email,
    });
    Ok(report.collect())
}

/// A report that is locked until the transaction ends.
#[derive(Debug)]
pub struct Locked {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: ReportNumber,
    /// Where it stands.
    pub state: State,
    /// Whether a page is what it is about, not a requirement.
    pub of_a_page: bool,
    /// The requirement that it is about.
    pub requirement: Option<Uuid>,
    /// Where to answer.
    pub email: Option<String>,
    /// The person who sent it, if somebody had signed in.
    pub person: Option<Uuid>,
    /// The language that it was written in.
    pub language: Lang,
}

/// Locks a report by its number.
pub(super) async fn lock(tx: &mut PgConnection, number: ReportNumber) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query!(
        "select id, kind, state, requirement_id, email, person_id, language from fault_report where number = $1 for update",
        number.0
    )
    .fetch_optional(tx)
    .await?;
    row.map(|row| {
        Ok(Locked {
            id: row.id,
            number,
            state: State::from_code(&row.state).ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))?,
            of_a_page: row.kind == "accessibility",
            requirement: row.requirement_id,
            email: row.email,
            person: row.person_id,
            language: if row.language == "en" { Lang::En } else { Lang::Sv },
        })
    })
    .transpose()
}

/// Writes what is said of the report; false where the same form brought it before.
pub(super) async fn say(
    tx: &mut PgConnection,
    permit: &Handle,
    entry: &Entry<'_>,
    form_key: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into fault_report_entry (id, report_id, at, person_id, kind, outcome, text, sent, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (form_key) do nothing",
        Uuid::now_v7(),
        permit.report().id,
        now,
        permit.person(),
        entry.code(),
        entry.outcome().map(Outcome::code),
        entry.text(),
        entry.is_sent(),
        form_key,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the form was sent before.
pub(super) async fn was_said(tx: &mut PgConnection, permit: &Handle, form_key: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from fault_report_entry where form_key = $1 and report_id = $2) as "said!""#,
        form_key,
        permit.report().id
    )
    .fetch_one(tx)
    .await
}

/// Puts the report where it stands now.
pub(super) async fn stand(
    tx: &mut PgConnection,
    permit: &Handle,
    to: State,
    entry: &Entry<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update fault_report set state = $2, outcome = $3, closed_at = case when $2 = 'closed' then $4::timestamptz end where id = $1",
        permit.report().id,
        to.code(),
        entry.outcome().map(Outcome::code),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Erases addresses that are older than so many months, and the hashes that they are part of.
pub(super) async fn erase_contacts(
    tx: &mut PgConnection,
    _permit: &Forget,
    months: i32,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "update fault_report set email = null, content_sha256 = null, email_erased_at = $2
         where email is not null and created_at <= $2::timestamptz - make_interval(months => $1)
         returning id",
        months,
        now,
    )
    .fetch_all(tx)
    .await
}
