//! What happens to a report: permit, store, audit, event, in the caller's transaction.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    letters,
    lifecycle::{Entry, Outcome as End, State, WhyNot},
    listing::OpenReport,
    policy::{Forget, Handle, Read, Send},
    report::{CONTACT_MONTHS, Content, Report, ReportNumber},
    store,
};
use crate::{
    kernel::{
        actor::{Actor, Audience},
        audit, events,
        i18n::Lang,
        limits::{self, Limit, Taken, Window},
        mail,
        web::Client,
    },
    tasks,
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
    /// There is no such report.
    #[error("no such report")]
    NoReport,
    /// Not as the report stands.
    #[error(transparent)]
    WhyNot(#[from] WhyNot),
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

/// Says something of a report: a note, an answer, how it ended, why it is opened again. The same form sent twice says it once.
///
/// # Errors
/// [`WhyNot`], and when the database refuses.
pub async fn say(
    tx: &mut PgConnection,
    permit: &Handle,
    entry: &Entry<'_>,
    form_key: Uuid,
    network: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let report = permit.report();
    // The second of two clicks finds the report as the first left it.
    if store::was_said(tx, permit, form_key).await? {
        return Ok(());
    }
    let to = report.state.after(entry, report.email.is_some())?;
    if !store::say(tx, permit, entry, form_key, now).await? {
        return Ok(());
    }
    if let Some((to, letter)) = letters::letter(report, entry, network) {
        mail::post(tx, &to, &letter, None, now).await?;
    }
    if to != report.state {
        store::stand(tx, permit, to, entry, now).await?;
    }
    if to == State::Closed {
        let kind = if report.of_a_page { tasks::Kind::Accessibility } else { tasks::Kind::Fault };
        tasks::let_go(tx, kind, report.id).await?;
    }
    let (action, event) = match entry {
        Entry::Note(_) => ("report.note", None),
        Entry::Answer(_) => ("report.answer", Some("report.answered")),
        Entry::Close { .. } => ("report.close", Some("report.closed")),
        Entry::Reopen(_) => ("report.reopen", Some("report.reopened")),
    };
    // What was said stands with the report; the log tells that it was.
    let new = json!({"number": report.number.0, "outcome": entry.outcome().map(End::code), "sent": entry.is_sent()});
    let entry = audit::Entry {
        action,
        object_kind: "fault_report",
        object_id: Some(report.id),
        old: Some(json!({"state": report.state.code()})),
        new: Some(new),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    if let Some(kind) = event {
        let event = events::Event {
            kind,
            subject_kind: "fault_report",
            subject: report.id,
            part: report.requirement,
            audience: Audience::Preparers,
            owner: None,
            from: Some(report.state.code()),
            to: Some(to.code()),
            reason: None,
        };
        events::record(tx, permit.by(), now, event).await?;
    }
    Ok(())
}
