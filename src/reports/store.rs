//! All SQL that writes, and what only the network reads.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    listing::OpenReport,
    policy::{Forget, Read, Send},
    report::{Content, Report, ReportNumber},
};
use crate::kernel::actor::Audience;

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
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'fault_report' returning last)
         insert into fault_report (id, number, kind, audience, requirement_id, version_id, clause_id, topic, text, place,
                                   assistive, email, language, receipt, form_key, content_sha256, created_at)
         select $1, taken.last, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 from taken
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
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.number, row.receipt))
}

/// The reports that wait, oldest first.
pub(super) async fn open(tx: &mut PgConnection, _permit: &Read) -> sqlx::Result<Vec<OpenReport>> {
    let rows = sqlx::query!(
        r#"select f.number, f.kind, f.created_at, f.language, f.topic, f.text, f.place, f.assistive, f.email,
                  r.number as "requirement?", v.number as "version?", c.position as "clause?"
           from fault_report f
           left join requirement r on r.id = f.requirement_id
           left join requirement_version v on v.id = f.version_id and may_see(v.audience, v.owner_org, $1, '{}'::uuid[])
           left join version_clause c on c.version_id = v.id and c.clause_id = f.clause_id
           where f.state = 'new' order by f.number"#,
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
        text: row.text,
        place: row.place,
        assistive: row.assistive,
        email: row.email,
    });
    Ok(report.collect())
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
