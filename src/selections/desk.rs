//! Where selections are written out: work for threads of its own, few at a time, in a queue that ends. Who stands in it has
//! taken nothing from the database yet, so that memory is bounded by what is worked on, not by what is asked for. Pages have a
//! queue of their own and do not wait behind files; nobody fills a queue alone.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may wait in a queue.
pub const MOST_WAITING: usize = 60;
/// How many files one client may wait for or have worked on.
pub const MOST_FILES: usize = 2;
/// How many pages of a sort: an organisation behind one address reads more at once than it takes out.
pub const MOST_PAGES: usize = 8;
/// What is read, in bytes, and worked on where it stands: reading it, and comparing what it says, takes less than a thread's
/// turn. More than this has rows by the hundred, or texts of many pages, whose comparison alone may take 200 ms.
pub const SMALL: usize = 32 * 1024;
/// How long anybody waits; below the frame's limit for a page.
const LONGEST_WAIT: Duration = Duration::from_secs(12);

/// The desk of this process.
#[derive(Debug)]
pub struct Desk {
    /// For files.
    pub files: Queue,
    /// For pages that are made of a whole selection.
    pub pages: Queue,
    /// For pages of one row, or of rows in short, where that is more than [`SMALL`]: nobody waits for them behind whole
    /// selections.
    pub short: Queue,
}

impl Default for Desk {
    /// Half of the processors work at files, so that the other half answers pages.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let turns = (processors / 2).max(1);
        Self { files: Queue::of(turns, MOST_FILES), pages: Queue::of(turns, MOST_PAGES), short: Queue::of(turns, MOST_PAGES) }
    }
}

/// A queue at the desk.
#[derive(Debug)]
pub struct Queue {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// How many each client waits for or has worked on; who has none is not in it.
    clients: Arc<Mutex<HashMap<String, usize>>>,
    most: usize,
}

/// The right to work, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _permit: OwnedSemaphorePermit,
    _place: Place,
}

/// One of the places of a client; given back when it is dropped, also where whoever asked has gone.
#[derive(Debug)]
struct Place {
    clients: Arc<Mutex<HashMap<String, usize>>>,
    subject: String,
}

impl Place {
    /// Takes one of the client's places, if there is any left.
    fn take(clients: &Arc<Mutex<HashMap<String, usize>>>, subject: &str, most: usize) -> Option<Self> {
        let mut counts = clients.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(subject.to_owned()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Self { clients: Arc::clone(clients), subject: subject.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.subject) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.subject);
            }
        }
    }
}

/// One who waits; gone when it is dropped, also where whoever asked has gone.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Queue {
    fn of(turns: usize, most: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            waiting: AtomicUsize::new(0),
            clients: Arc::new(Mutex::new(HashMap::new())),
            most,
        }
    }

    /// Waits for a turn; none where the client has as many as it may, too many wait already, or it takes too long.
    pub async fn turn(&self, subject: &str) -> Option<Turn> {
        let place = Place::take(&self.clients, subject, self.most)?;
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= MOST_WAITING {
            return None;
        }
        let turn = tokio::time::timeout(LONGEST_WAIT, Arc::clone(&self.turns).acquire_owned()).await;
        Some(Turn { _permit: turn.ok()?.ok()?, _place: place })
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
