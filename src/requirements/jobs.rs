//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{findable, store};
use crate::kernel::jobs;

/// So many requirements are put where they can be found while somebody waits for a page; more are left to a job.
pub const AT_ONCE: usize = 200;

/// Puts the requirements of an area, or of a group, where they can be found by what it is called now.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindAnew {
    area: String,
    group: Option<Uuid>,
}

impl TaskHandler for FindAnew {
    const IDENTIFIER: &'static str = "find_requirements_anew";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let ids = store::in_place(&mut tx, &self.area, self.group).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())?;
        // A few in each transaction: nobody who writes in one of them waits for all.
        for some in ids.chunks(AT_ONCE) {
            let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
            // What is decided meanwhile waits, or is read here.
            store::lock_requirements(&mut tx, some).await.map_err(|error| error.to_string())?;
            findable::index(&mut tx, some).await.map_err(|error| error.to_string())?;
            tx.commit().await.map_err(|error| error.to_string())?;
        }
        Ok::<_, String>(())
    }
}

/// When requirements can be found by what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// As soon as the transaction ends.
    Now,
    /// In a moment: they are many.
    Soon,
}

/// The requirements of an area, or of one group, are to be found by what it is called now: at once, or by a job that is put in the
/// queue in the same transaction.
///
/// # Errors
/// When the database refuses.
pub async fn find_anew(tx: &mut PgConnection, area: &str, group: Option<Uuid>) -> sqlx::Result<Found> {
    let ids = store::in_place(tx, area, group).await?;
    if ids.len() <= AT_ONCE {
        store::lock_requirements(tx, &ids).await?;
        findable::index(tx, &ids).await?;
        return Ok(Found::Now);
    }
    let key = group.map_or_else(|| format!("find_anew:{area}"), |group| format!("find_anew:{group}"));
    jobs::enqueue(tx, &FindAnew { area: area.to_owned(), group }, &key).await?;
    Ok(Found::Soon)
}
