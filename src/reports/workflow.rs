//! What happens to a report: permit, store, audit, event, in the caller's transaction.

use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    letters,
    lifecycle::{Entry, Outcome as End, State, WhyNot},
    listing::OpenReport,
    policy::{Forget, Handle, Read, Send},
    reads,
    report::{CONTACT_MONTHS, Content, Report, ReportNumber, Topic},
    store,
};
use crate::{
    kernel::{
        actor::{Actor, Audience, Viewer},
        audit, events,
        i18n::Lang,
        limits::{self, Limit, Taken, Window},
        mail,
        web::Client,
    },
    requirements::RequirementNumber,
    tasks,
};

/// How many reports are taken: from one person or, of those who are not signed in, one address; and from everybody.
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
    if let Taken::NotUntil(until) = limits::take(tx, &LIMIT, &report.client.subject_of(permit.by()), now).await? {
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

/// A report that the example bank was born with, and what has been done with it.
#[derive(Debug, Deserialize)]
pub struct ExampleReport {
    /// How many days ago it came in.
    days: i64,
    /// The requirement that it is about, and its version; none for a page.
    #[serde(default)]
    about: Option<(String, i32)>,
    #[serde(default)]
    topic: Option<Topic>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    assistive: String,
    text: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    english: bool,
    /// Notes, in order.
    #[serde(default)]
    notes: Vec<String>,
    /// How it ended, and why.
    #[serde(default)]
    closed: Option<(String, String)>,
}

/// Lays down a report of the example bank: from a visitor or from `sender`, dealt with by `handler`.
///
/// # Errors
/// For who may not, for what is about nothing, and when the database refuses.
pub async fn lay_example(
    tx: &mut PgConnection,
    sender: &Actor,
    handler: &Actor,
    example: &ExampleReport,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let at = now - Duration::days(example.days);
    let content = match example.topic {
        Some(topic) => Content::Requirement { topic, clause: None },
        None => Content::Accessibility { place: example.place.clone(), assistive: example.assistive.clone() },
    };
    let permit = match &example.about {
        Some((id, version)) => {
            let number: RequirementNumber = id.parse()?;
            let target = reads::target(tx, &Viewer::anonymous(), now, number, Some(*version)).await?;
            Send::ask_about(sender, &target.ok_or_else(|| anyhow::anyhow!("no version {id}:{version}"))?)
        }
        None => Send::ask(sender),
    };
    let report = Report {
        content,
        text: example.text.clone(),
        email: example.email.clone(),
        language: if example.english { Lang::En } else { Lang::Sv },
        form_key: Uuid::new_v4(),
        client: Client { address: None },
    };
    let permit = permit.ok_or(Refused::Right)?;
    let (_, number, _) =
        store::insert(tx, &permit, &report, &report.sha256(permit.about().map(|about| about.version)), at).await?;
    let entries = example.notes.iter().map(|note| Entry::Note(note));
    let closed = example.closed.as_ref().map(|(outcome, reason)| {
        let outcome = End::from_code(outcome).ok_or_else(|| anyhow::anyhow!("no outcome {outcome}"))?;
        anyhow::Ok(Entry::Close { outcome, reason, told: false })
    });
    for (entry, hours) in entries.chain(closed.transpose()?).zip(1..) {
        let permit = Handle::ask(tx, handler, ReportNumber(number)).await?;
        say(tx, &permit, &entry, Uuid::new_v4(), "", at + Duration::hours(hours)).await?;
    }
    Ok(())
}
