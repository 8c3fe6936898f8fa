//! What happens to a report: permit, store, audit, event, in the caller's transaction.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    listing::OpenReport,
    policy::{Forget, Read, Send},
    report::{CONTACT_MONTHS, Content, Report},
    store,
};
use crate::kernel::{
    actor::{Actor, Audience},
    audit, events,
    limits::{self, Limit, Taken, Window},
};

/// How many reports are taken: from one address, and from everybody.
pub const LIMIT: Limit = Limit {
    name: "fault_report",
    each: &[Window::new(5, Duration::minutes(10)), Window::new(20, Duration::DAY)],
    all: &[Window::new(500, Duration::DAY)],
};

/// What came of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is there, now or since the same form was sent before; the receipt is here.
    Received(Uuid),
    /// There were too many; nothing is kept, and the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// Somebody asked for what they may not.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to the reports")]
    Right,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Takes a report in. The same form with the same content gives the receipt that it has, and counts for nothing.
///
/// # Errors
/// When the database refuses.
pub async fn send(tx: &mut PgConnection, permit: &Send, report: &Report, now: OffsetDateTime) -> sqlx::Result<Outcome> {
    let hash = report.sha256(permit.about().map(|about| about.version));
    // Of two clicks the second waits here until the first is done.
    store::lock_form(tx, report.form_key).await?;
    if let Some(receipt) = store::receipt_of(tx, report.form_key, &hash).await? {
        return Ok(Outcome::Received(receipt));
    }
    if let Taken::NotUntil(until) = limits::take(tx, &LIMIT, &report.client.subject(), now).await? {
        return Ok(Outcome::NotUntil(until));
    }
    let (id, number, receipt) = store::insert(tx, permit, report, &hash, now).await?;
    // What was written stays in the report, where it can be erased; the log is for ever.
    let kind = match report.content {
        Content::Accessibility { .. } => "accessibility",
        Content::Requirement { .. } => "requirement",
    };
    let about = permit.about();
    let new = json!({"number": number, "kind": kind, "version": about.map(|about| about.version)});
    let entry = audit::Entry {
        action: "report.send",
        object_kind: "fault_report",
        object_id: Some(id),
        old: None,
        new: Some(new),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    let event = events::Event {
        kind: "report.sent",
        subject_kind: "fault_report",
        subject: id,
        part: about.map(|about| about.requirement),
        audience: Audience::Preparers,
        owner: None,
        from: None,
        to: Some("new"),
        reason: None,
    };
    events::record(tx, permit.by(), now, event).await?;
    Ok(Outcome::Received(receipt))
}

/// The reports that wait, oldest first. That they were read is written down: addresses of persons stand in them.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn open_reports(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<Vec<OpenReport>, Refused> {
    let permit = Read::ask(actor).ok_or(Refused::Right)?;
    let reports = store::open(tx, &permit).await?;
    let entry = audit::Entry {
        action: "report.read",
        object_kind: "fault_report",
        object_id: None,
        old: None,
        new: Some(json!({"reports": reports.len()})),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(reports)
}

/// Erases the addresses that were kept long enough; gives how many that were.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn forget_contacts(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<usize, Refused> {
    let permit = Forget::ask(actor).ok_or(Refused::Right)?;
    let ids = store::erase_contacts(tx, &permit, CONTACT_MONTHS, now).await?;
    if !ids.is_empty() {
        audit::record_many(tx, permit.by(), now, "report.forget_contact", "fault_report", &ids).await?;
    }
    Ok(ids.len())
}
