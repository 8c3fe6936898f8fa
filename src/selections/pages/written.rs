//! A selection whole, for everything that is written out of it: read in one round trip, worked on away from the threads that
//! answer pages. And a row, or rows in short, where that is much.

use crate::{
    kernel::{
        error::{Error, Result},
        web::{Client, Visit},
    },
    selections::{
        desk::{Desk, Queue, SMALL},
        document::Origin,
        reads::{
            Access,
            rows::{self, WholeSelection},
        },
    },
};

/// The most that is written out at once, as the database gives it: a thousand rows of many pages each.
const MOST_BYTES: usize = 48 * 1024 * 1024;

/// At which queue of the desk.
pub type At = fn(&Desk) -> &Queue;

/// What came of it.
pub enum Worked<T> {
    /// It is done.
    Done(T),
    /// There is too much in it.
    TooLarge,
}

/// Reads a selection and works on it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or who asks may not know of it; [`Error::Unavailable`] where too many are at it, or
/// too many for this client.
pub async fn work<T: Send + 'static>(
    visit: &Visit,
    (client, at): (Client, At),
    access: &Access,
    work: impl FnOnce(WholeSelection, Origin<'_>) -> anyhow::Result<T> + Send + 'static,
) -> Result<Worked<T>> {
    let app = visit.app.clone();
    let desk = app.kept.of::<Desk>();
    let turn = at(&desk).turn(&client.subject()).await;
    let turn = turn.ok_or_else(|| Error::Unavailable(anyhow::anyhow!("too many selections are being written out")))?;
    let mut connection = app.db.read().await?;
    let found = rows::rows(&mut connection, &visit.viewer, visit.now, access, None).await?.ok_or(Error::NotFound)?;
    drop(connection);
    if found.bytes() > MOST_BYTES {
        return Ok(Worked::TooLarge);
    }
    let now = visit.now;
    let done = tokio::task::spawn_blocking(move || {
        // The turn ends with the work, not with the patience of whoever asked.
        let _turn = turn;
        let selection = found.read()?;
        drop(found);
        let origin = Origin { base_url: app.settings.base_url(), example: app.settings.example, now };
        work(selection, origin)
    });
    let done = done.await.map_err(|error| Error::Internal(error.into()))?;
    Ok(Worked::Done(done?))
}

/// Works on what was read of a row, or of rows in short: so many bytes. What is small is worked on here; more takes its turn on
/// another thread.
///
/// # Errors
/// What the work fails with; [`Error::Unavailable`] where too many are at it, or too many for this client.
pub async fn apart<T: Send + 'static>(
    visit: &Visit,
    client: &Client,
    bytes: usize,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    if bytes <= SMALL {
        return work();
    }
    let turn = visit.app.kept.of::<Desk>().short.turn(&client.subject()).await;
    let turn = turn.ok_or_else(|| Error::Unavailable(anyhow::anyhow!("too many long rows are being shown")))?;
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    done.await.map_err(|error| Error::Internal(error.into()))?
}
