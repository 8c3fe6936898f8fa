//! Who was not let in stands in the audit log. Whatever refuses marks its answer; the frame, which all answers pass, writes it
//! down. Nobody can fill the log: lines are counted, in Postgres, for the person or, without one, for the place.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration as Wait, Instant},
};

use axum::response::Response;
use serde_json::json;
use sqlx::Connection;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{App, Client};
use crate::kernel::{
    actor::Actor,
    audit,
    error::Result,
    limits::{self, Limit, Taken, Window},
    rights::Right,
};

/// How many lines are written for one person or place, and for all.
const DENIED: Limit = Limit {
    name: "denied",
    each: &[Window::new(30, Duration::minutes(10)), Window::new(200, Duration::DAY)],
    all: &[Window::new(5_000, Duration::DAY)],
};
/// The same for what was never there: it takes the same work, and leaves no line.
const NOT_THERE: Limit = Limit { name: "denied_nothing", ..DENIED };
/// Where there were more, one line a day says so.
const DENIED_MORE: Limit =
    Limit { name: "denied_more", each: &[Window::new(1, Duration::DAY)], all: &[Window::new(500, Duration::DAY)] };
/// The most letters of an address that are kept.
const MOST_PATH: usize = 200;
/// Nobody waits longer for a line to be written; the program's own log has it then.
const PATIENCE: Wait = Wait::from_secs(2);

/// That a proxy is not known is written down this often.
const FORGED_EVERY: Wait = Wait::from_mins(10);

/// Why somebody was not let in; a mark on an answer that is on its way out.
#[derive(Debug, Clone)]
pub struct Denied {
    why: &'static str,
    object: Option<(&'static str, Uuid)>,
    right: Option<Right>,
    action: &'static str,
    /// Whether nothing is there: all is done as if there were, and nothing of it kept.
    is_nothing: bool,
}

impl Denied {
    /// For this reason, a word: `cross_site`, `right`, `not_theirs`.
    pub fn new(why: &'static str) -> Self {
        Self { why, object: None, right: None, action: "access.deny", is_nothing: false }
    }

    /// From this object.
    #[must_use]
    pub fn of(self, kind: &'static str, id: Uuid) -> Self {
        Self { object: Some((kind, id)), ..self }
    }

    /// From an object that is not there. Nobody is to learn by how long it takes whether there is one: the same is done as for
    /// one of somebody else's, and taken back.
    #[must_use]
    pub fn of_nothing(self, kind: &'static str, id: Uuid) -> Self {
        Self { object: Some((kind, id)), is_nothing: true, ..self }
    }

    /// Under another name in the log.
    #[must_use]
    pub fn named(self, action: &'static str) -> Self {
        Self { action, ..self }
    }

    /// For want of this right.
    #[must_use]
    pub fn without(self, right: Right) -> Self {
        Self { right: Some(right), ..self }
    }

    /// Marks the answer that says so.
    #[must_use]
    pub fn on(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

/// On a request with the key of a session that opens nothing: ended, over, or never there.
#[derive(Debug, Clone, Copy)]
pub struct DeadKey;

/// At most two write at once, so that whoever sends thousands of requests waits for themselves, and not for connections that
/// others need.
struct Writers(Semaphore);

impl Default for Writers {
    fn default() -> Self {
        Self(Semaphore::new(2))
    }
}

/// When somebody last was found to say where they come from without being a proxy of ours.
#[derive(Default)]
struct LastForged(Mutex<Option<Instant>>);

/// The mark for a request whose word on where it came from is not taken: once in ten minutes, since it stands on every request
/// of a proxy that the settings do not name. It is answered all the same, as one of whoever is connected.
pub(super) fn forged(app: &App) -> Option<Denied> {
    let kept = app.kept.of::<LastForged>();
    let mut last = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let due = last.is_none_or(|at| at.elapsed() > FORGED_EVERY);
    due.then(|| {
        *last = Some(Instant::now());
        Denied::new("forwarded_not_trusted")
    })
}

/// Writes down who was not let in where. What goes wrong meanwhile is a matter of the program's log alone.
pub(super) async fn note(app: &App, denied: &Denied, by: &Actor, client: Client, asked: &str) {
    let writers = app.kept.of::<Writers>();
    let written = tokio::time::timeout(PATIENCE, async {
        // Nobody closes it.
        let _turn = writers.0.acquire().await.ok();
        write(app, denied, by, client, asked).await
    });
    let cause = match written.await {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no time".to_owned(),
    };
    tracing::warn!(why = denied.why, cause, "a refusal is not in the audit log");
}

async fn write(app: &App, denied: &Denied, by: &Actor, client: Client, asked: &str) -> Result<()> {
    let now = app.clock.now();
    let subject = client.subject_of(by);
    let mut tx = app.db.begin().await?;
    let limit = if denied.is_nothing { &NOT_THERE } else { &DENIED };
    if limits::take(&mut tx, limit, &subject, now).await? == Taken::Yes {
        let asked: String = asked.chars().take(MOST_PATH).collect();
        let new = json!({"why": denied.why, "asked": asked, "right": denied.right.map(|right| format!("{right:?}"))});
        let mut kept = tx.begin().await?;
        record(&mut kept, by, now, (denied.action, denied.object), new).await?;
        if denied.is_nothing {
            kept.rollback().await?;
        } else {
            kept.commit().await?;
        }
    } else if !denied.is_nothing && limits::take(&mut tx, &DENIED_MORE, &subject, now).await? == Taken::Yes {
        record(&mut tx, by, now, ("access.deny", None), json!({"why": "more"})).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &mut sqlx::PgConnection,
    by: &Actor,
    now: OffsetDateTime,
    (action, object): (&'static str, Option<(&'static str, Uuid)>),
    new: serde_json::Value,
) -> sqlx::Result<()> {
    let (object_kind, object_id) = object.map_or(("address", None), |(kind, id)| (kind, Some(id)));
    let entry = audit::Entry { action, object_kind, object_id, old: None, new: Some(new), reason: None };
    audit::record(tx, by, now, entry).await
}
