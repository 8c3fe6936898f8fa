//! The work on a file that was laid down: examined in a transaction that is taken back, or read in, one file after the other.
//! One program at a time works; whoever holds the lock is alive, since Postgres lets it go with the program. What was left
//! undone is begun anew, and given up after the third time.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::anyhow;
use sqlx::{Acquire, PgConnection};
use time::OffsetDateTime;

use super::{
    policy::Settle,
    run::{self, ImportError, Options, Progress, T, Target},
    store::{self, Waiting},
    workflow::{self, MOST_ATTEMPTS, Purpose, Refused},
};
use crate::{
    accounts,
    kernel::{actor::Actor, error::is_outage, web::App},
    requirements::policy::Refused as RequirementRefused,
};

/// How often those who wait are told how far it is.
const TOLD: Duration = Duration::from_secs(1);

/// Examines and reads in whatever waits, until nothing does, somebody else is at it, or the program is told to stop.
///
/// # Errors
/// When the database is away.
pub async fn run_waiting(app: &App) -> anyhow::Result<()> {
    while !app.draining.has_begun() && run_next(app).await? {}
    Ok(())
}

/// The next one; whether there was one.
async fn run_next(app: &App) -> anyhow::Result<bool> {
    let mut tx = app.db.begin().await.map_err(anyhow::Error::from)?;
    store::take_time(&mut tx).await?;
    if !store::work_alone(&mut tx).await? {
        return Ok(false);
    }
    let Some(waiting) = store::next(&mut tx).await? else { return Ok(false) };
    // In a transaction of its own: what kills the program is counted too.
    let attempts = store::begin(&mut *app.db.read().await.map_err(anyhow::Error::from)?, waiting.id).await?;
    let now = app.clock.now();
    let nobody = || Actor::Person { id: waiting.person, organisation: waiting.organisation, roles: Vec::new() };
    if attempts > MOST_ATTEMPTS {
        end(&mut tx, &waiting, &nobody(), Err(T.import_why_attempts().to_owned()), now).await?;
        tx.commit().await?;
        return Ok(true);
    }
    // What they may is asked anew: they may have left since.
    let actor = accounts::actor_of(&mut tx, waiting.person, waiting.organisation, now).await?.unwrap_or_else(nobody);
    let progress = (AtomicUsize::new(0), AtomicUsize::new(0));
    let show = |at: Progress| {
        progress.0.store(at.done, Ordering::Relaxed);
        progress.1.store(at.of, Ordering::Relaxed);
    };
    let telling = async {
        loop {
            tokio::time::sleep(TOLD).await;
            let (done, of) = (progress.0.load(Ordering::Relaxed), progress.1.load(Ordering::Relaxed));
            if of > 0
                && let Ok(mut connection) = app.db.read().await
                && let Err(error) = store::advance(&mut connection, waiting.id, done, of).await
            {
                tracing::debug!(%error, "nobody is told how far an import is");
            }
        }
    };
    let told_to_stop = async {
        while !app.draining.has_begun() {
            tokio::time::sleep(TOLD / 4).await;
        }
    };
    let worked = tokio::select! {
        worked = work(&mut tx, &waiting, &actor, now, &show) => worked,
        () = telling => return Ok(false),
        // What was done goes with the transaction, and is begun anew by whoever comes next.
        () = told_to_stop => return Ok(false),
    };
    match worked {
        Ok(()) => tx.commit().await?,
        Err(error) if error.downcast_ref::<sqlx::Error>().is_some_and(is_outage) => return Err(error),
        Err(error) => {
            tracing::error!(number = waiting.number, cause = format!("{error:#}"), "an import failed");
            tx.rollback().await?;
            let mut tx = app.db.begin().await.map_err(anyhow::Error::from)?;
            end(&mut tx, &waiting, &actor, Err(T.import_why_fault().to_owned()), now).await?;
            tx.commit().await?;
        }
    }
    Ok(true)
}

/// Works on one file inside the caller's transaction, as the example bank does.
pub(super) async fn work_in(tx: &mut PgConnection, number: i64, actor: &Actor, now: OffsetDateTime) -> anyhow::Result<()> {
    let waiting = store::next(tx).await?.filter(|waiting| waiting.number == number);
    let waiting = waiting.ok_or_else(|| anyhow!("no file {number} waits"))?;
    work(tx, &waiting, actor, now, &|_| {}).await
}

/// Runs the import in a part of the transaction, which stays where the file was read in, and writes down what it gave.
async fn work(
    tx: &mut PgConnection,
    waiting: &Waiting,
    actor: &Actor,
    now: OffsetDateTime,
    show: &(dyn Fn(Progress) + Sync),
) -> anyhow::Result<()> {
    let file = store::file(tx, waiting.id).await?;
    let options = Options {
        target: Target::Preparation,
        create_groups: waiting.create_groups,
        skip_invalid: waiting.skip_invalid,
        replace: waiting.replace,
        reference: waiting.reference.clone(),
        // A decision alone names who ran it, and a preparation has none.
        operator: String::new(),
        file_name: waiting.file_name.clone(),
    };
    let mut part = tx.begin().await?;
    let outcome = match run::run(&mut part, actor, &options, &file, now, show).await {
        Ok(report) => Ok(report),
        Err(ImportError::File(text)) => Err(text),
        Err(ImportError::NotAllowed | ImportError::Refused(RequirementRefused::WhyNot(_))) => {
            Err(T.import_why_right().to_owned())
        }
        Err(ImportError::Refused(RequirementRefused::Database(error))) => return Err(error.into()),
        Err(error) => return Err(error.into()),
    };
    if waiting.purpose == Purpose::ReadIn && outcome.as_ref().is_ok_and(|report| report.accepted) {
        part.commit().await?;
    } else {
        part.rollback().await?;
    }
    end(tx, waiting, actor, outcome, now).await
}

async fn end(
    tx: &mut PgConnection,
    waiting: &Waiting,
    actor: &Actor,
    outcome: Result<super::report::Report, String>,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    // Somebody may have given it up while it was examined; then nothing is to be written.
    let given_up = || match waiting.purpose {
        Purpose::Examine => Ok(()),
        Purpose::ReadIn => Err(anyhow!("what is read in has another state by now")),
    };
    let Some(permit) = Settle::at_work(tx, actor, waiting.number).await? else { return given_up() };
    match workflow::settle(tx, &permit, waiting.purpose, outcome.as_ref().map_err(String::as_str), now).await {
        Ok(()) => Ok(()),
        Err(Refused::WhyNot(_)) => given_up(),
        Err(error) => Err(error.into()),
    }
}
