//! What can be found, and how it is looked for. Knows no slice: whoever owns a thing puts its document here, in the same
//! transaction as the thing itself.

pub mod catalogue;
mod jobs;
mod query;
mod similar;
mod store;
mod words;

pub use jobs::ForgetCommits;
pub use query::{Query, cpv_prefix, parse};
pub use similar::{Alike, Similar, Wanted, similar};
pub use store::{Document, forget_commits, put};
pub use words::{BEST, MOST, Narrowed};

use crate::kernel::jobs::Jobs;

/// What is done at night.
pub fn jobs() -> Jobs {
    Jobs::new().daily::<ForgetCommits>()
}
