//! A short catalogue of what can be found, held in the process: what a document can be filtered, counted and ordered by, but
//! none of its text. A page asks the catalogue which documents it shows and how many each filter would give, and Postgres for
//! those documents alone, so that a list costs the same in a bank of a hundred and of a hundred thousand.
//!
//! Postgres is the truth. Every transaction that changes documents gets a generation when it commits (migration 0015), and
//! every read that goes by the catalogue says which generation it saw; where that is a later one, the catalogue takes up the
//! difference and the read is made again.

mod entry;
mod find;
mod order;
mod rows;
mod snapshot;
mod store;

pub use entry::Entry;
pub use find::{Filter, Found, Question, standing};
pub use order::{Order, Page, Place};
pub use rows::{FoundRows, RowPage, RowPlace};
pub use snapshot::Snapshot;

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::PgConnection;
use tokio::sync::Mutex;

use crate::kernel::{error::Error, web::App};

/// The catalogue of one kind of document: of requirements, the only kind that there is so far.
#[derive(Debug, Default)]
pub struct Catalogue {
    now: RwLock<Option<Arc<Snapshot>>>,
    /// Held by the one who brings it up to date; the others wait for the result.
    reading: Mutex<()>,
}

const KIND: &str = "requirement";

/// Reads the catalogue, so that it is there when somebody asks for a list. Where the database is away, the first who asks
/// reads it.
pub async fn warm(app: App) {
    let read = async {
        let mut connection = app.db.read().await?;
        Catalogue::of(&app).held(&mut connection).await?;
        Ok::<(), Error>(())
    };
    if let Err(error) = read.await {
        tracing::debug!(%error, "the catalogue is read when it is asked for");
    }
}

impl Catalogue {
    /// The catalogue of this program.
    pub fn of(app: &App) -> Arc<Self> {
        app.kept.of()
    }

    /// The catalogue as it is held; read from the database where nobody has asked before.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn held(&self, connection: &mut PgConnection) -> sqlx::Result<Arc<Snapshot>> {
        match self.now() {
            Some(snapshot) => Ok(snapshot),
            None => self.at_least(connection, 0).await,
        }
    }

    /// The catalogue of this generation or a later one.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn at_least(&self, connection: &mut PgConnection, generation: i64) -> sqlx::Result<Arc<Snapshot>> {
        let _one_at_a_time = self.reading.lock().await;
        let held = self.now();
        if let Some(snapshot) = &held
            && snapshot.generation() >= generation
        {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = Arc::new(match held {
            None => Snapshot::new(store::generation(connection).await?, &store::all(connection, KIND).await?),
            Some(old) => {
                let generation = store::generation(connection).await?;
                old.with(generation, &store::changed(connection, KIND, old.generation()).await?)
            }
        });
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    fn now(&self) -> Option<Arc<Snapshot>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
