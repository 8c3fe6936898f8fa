//! The whole bank in one file, and back again (docs/adr/0016): a dump of the database and the files that belong to it, with a
//! manifest that says how many rows each table has and what they hash to, all of one snapshot. Restoring counts and hashes
//! anew before it says that it worked.

mod archive;
mod manifest;
mod policy;
mod programs;
mod restore;
mod store;
mod take;

pub use archive::BadArchive;
pub use manifest::{FileSum, Manifest, TableSum};
pub use programs::Target;
pub use restore::{Restored, contents, restore};
pub use store::sums;
pub use take::{Taken, take};

/// The folder of the data directory whose files belong to the bank: what somebody has uploaded.
pub const UPLOADS: &str = "uploads";

/// Something that an operator has to look after when it is older than this.
pub const STALE: time::Duration = time::Duration::hours(48);
