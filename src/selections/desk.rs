//! Where selections are written out: work for threads of its own, few at a time, in a queue that ends. Who stands in it has
//! taken nothing from the database yet, so that memory is bounded by what is worked on, not by what is asked for.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may wait.
pub const MOST_WAITING: usize = 60;
/// How long anybody waits; below the frame's limit for a page.
const LONGEST_WAIT: Duration = Duration::from_secs(12);

/// The desk of this process.
#[derive(Debug)]
pub struct Desk {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Desk {
    /// Half of the processors work at it, so that the other half answers pages.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { turns: Arc::new(Semaphore::new((processors / 2).max(1))), waiting: AtomicUsize::new(0) }
    }
}

/// The right to work, until it is dropped.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "it is held, and nothing else")] OwnedSemaphorePermit);

/// One who waits; gone when it is dropped, also where whoever asked has gone.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Desk {
    /// Waits for a turn; none where too many wait already, or it takes too long.
    pub async fn turn(&self) -> Option<Turn> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= MOST_WAITING {
            return None;
        }
        let turn = tokio::time::timeout(LONGEST_WAIT, Arc::clone(&self.turns).acquire_owned()).await;
        turn.ok()?.ok().map(Turn)
    }

    /// How many turns are free.
    pub fn free(&self) -> usize {
        self.turns.available_permits()
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}
