//! What happens to a file that is read in by way of the browser: permit, transition, store, audit, events, in the caller's
//! transaction.

use std::io::{Cursor, Read};

use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    jobs::RunImports,
    lifecycle::{State, Step, WhyNot},
    policy::{Settle, Upload},
    report::Report,
    run::T,
    store,
};
use crate::{
    kernel::{
        actor::{Actor, Audience},
        audit, events, jobs,
    },
    tasks,
};

/// A file that nobody has read in or given up is given up after this.
pub const KEPT: Duration = Duration::days(14);
/// Work that was begun so often and never ended is given up.
pub const MOST_ATTEMPTS: i32 = 3;

/// A file that is to be laid down, checked and within all limits.
#[derive(Debug)]
pub(super) struct New {
    /// What it is called.
    pub(super) file_name: String,
    /// How large it is.
    pub(super) bytes: i64,
    /// What it hashes to.
    pub(super) sha256: Vec<u8>,
    /// Whether product groups that are named but not there are made.
    pub(super) create_groups: bool,
    /// Whether rows that cannot be taken are passed over.
    pub(super) skip_invalid: bool,
    /// Whether a stored requirement may get both another title and another group.
    pub(super) replace: bool,
    /// What the import rests on.
    pub(super) reference: String,
}

/// What a job does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Sees what would happen.
    Examine,
    /// Has it happen.
    ReadIn,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No right to it, or no such file.
    #[error("no such file, or no right to it")]
    NotThere,
    /// Not as the file stands.
    #[error(transparent)]
    WhyNot(#[from] WhyNot),
    /// The file cannot be read from where it was put down.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Lays a file down and asks for its examination; gives its number.
pub(super) async fn upload(
    tx: &mut PgConnection,
    permit: &Upload,
    new: &New,
    mut file: impl Read + Send,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let (id, number) = store::insert(tx, permit, new, now).await?;
    let mut piece = Vec::with_capacity(store::PART);
    for part in 0.. {
        piece.clear();
        // A mebibyte that was just written comes from memory, not from the disk.
        (&mut file).take(store::PART as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        store::insert_part(tx, id, part, &piece).await?;
    }
    let told = json!({
        "number": number, "sha256": hex::encode(&new.sha256), "bytes": new.bytes, "create_groups": new.create_groups,
        "skip_invalid": new.skip_invalid, "replace": new.replace,
    });
    let entry = audit::Entry {
        action: "import.upload",
        object_kind: "import",
        object_id: Some(id),
        old: None,
        new: Some(told),
        reason: Some(new.reference.as_str()).filter(|reference| !reference.is_empty()),
    };
    audit::record(tx, permit.by(), now, entry).await?;
    ask_for_work(tx, number, Purpose::Examine).await?;
    Ok(number)
}

/// Says that an examined file is to be read in.
pub(super) async fn confirm(tx: &mut PgConnection, permit: &Settle, now: OffsetDateTime) -> Result<(), Refused> {
    let accepted = permit.import().accepted;
    step(tx, permit, Step::Confirm { accepted }, None, now).await?;
    ask_for_work(tx, permit.import().number, Purpose::ReadIn).await?;
    Ok(())
}

/// Gives a file up.
pub(super) async fn cancel(tx: &mut PgConnection, permit: &Settle, why: &str, now: OffsetDateTime) -> Result<(), Refused> {
    step(tx, permit, Step::Cancel, Some(why), now).await
}

/// Writes down what the work on a file gave.
pub(super) async fn settle(
    tx: &mut PgConnection,
    permit: &Settle,
    purpose: Purpose,
    outcome: Result<&Report, &str>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let made = match (purpose, outcome) {
        (_, Err(_)) => Step::Fail,
        (Purpose::Examine, Ok(_)) => Step::Examine,
        (Purpose::ReadIn, Ok(report)) if report.accepted => Step::ReadIn,
        (Purpose::ReadIn, Ok(_)) => Step::Refuse,
    };
    step(tx, permit, made, outcome.err(), now).await?;
    // What is confirmed was accepted; only where it stands elsewhere may the report say that it is not.
    if let Ok(report) = outcome {
        store::keep_report(tx, permit, report).await?;
    }
    Ok(())
}

async fn step(tx: &mut PgConnection, permit: &Settle, step: Step, why: Option<&str>, now: OffsetDateTime) -> Result<(), Refused> {
    let import = permit.import();
    let to = import.state.after(step)?;
    store::stand(tx, permit, to, why, now).await?;
    if to != State::Examined {
        tasks::let_go(tx, tasks::Kind::Import, import.id).await?;
    }
    let (action, event) = match step {
        Step::Examine => ("import.examine", "import.examined"),
        Step::Confirm { .. } => ("import.confirm", "import.confirmed"),
        Step::ReadIn => ("import.run", "import.done"),
        Step::Refuse => ("import.refuse", "import.refused"),
        Step::Fail => ("import.fail", "import.failed"),
        Step::Cancel => ("import.cancel", "import.cancelled"),
    };
    let entry = audit::Entry {
        action,
        object_kind: "import",
        object_id: Some(import.id),
        old: Some(json!({"state": import.state.code()})),
        new: Some(json!({"state": to.code(), "number": import.number, "sha256": hex::encode(&import.sha256)})),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await?;
    let event = events::Event {
        kind: event,
        subject_kind: "import",
        subject: import.id,
        part: None,
        audience: Audience::Preparers,
        owner: None,
        from: Some(import.state.code()),
        to: Some(to.code()),
        reason: None,
    };
    events::record(tx, permit.by(), now, event).await?;
    Ok(())
}

/// One job for each thing that is to be done; whichever of them runs first does all that waits.
async fn ask_for_work(tx: &mut PgConnection, number: i64, purpose: Purpose) -> sqlx::Result<()> {
    jobs::enqueue(tx, &RunImports {}, &format!("run_imports:{number}:{purpose:?}")).await
}

/// Gives up what has lain too long; gives how many that were.
///
/// # Errors
/// When the database refuses.
pub async fn end_old(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<usize, Refused> {
    let mut ended = 0;
    for number in store::older_than(tx, now - KEPT).await? {
        let permit = Settle::over(tx, actor, number).await?.ok_or(Refused::NotThere)?;
        cancel(tx, &permit, T.import_why_old(), now).await?;
        ended += 1;
    }
    Ok(ended)
}

/// A file that the example bank was born with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleImport {
    file_name: String,
    reference: String,
}

/// Lays down a file as this person and examines it at once.
///
/// # Errors
/// For who may not, where the file cannot be taken, and when the database refuses.
pub async fn lay_example(
    tx: &mut PgConnection,
    actor: &Actor,
    example: &ExampleImport,
    file: &[u8],
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let permit = Upload::ask(actor).ok_or(Refused::NotThere)?;
    let new = New {
        file_name: example.file_name.clone(),
        bytes: i64::try_from(file.len())?,
        sha256: Sha256::digest(file).to_vec(),
        create_groups: false,
        skip_invalid: false,
        replace: false,
        reference: example.reference.clone(),
    };
    let number = upload(tx, &permit, &new, Cursor::new(file), now).await?;
    super::runner::work_in(tx, number, actor, now).await
}
