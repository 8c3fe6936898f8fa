//! Requirements: identity, versions with validity, clauses with lasting ids, families, lifecycle, comparison.

pub mod begun;
pub mod clause_form;
pub mod clauses;
mod compared;
pub mod content;
pub mod diff;
pub mod field_text;
pub mod fields;
mod findable;
pub mod identity;
mod jobs;
pub mod lifecycle;
pub mod names;
mod number;
pub mod parameters;
pub mod policy;
pub mod ready;
mod store;
pub mod workflow;

pub use findable::{MISSING, index};
pub use jobs::{FindAnew, Found, find_anew};
pub use number::RequirementNumber;
pub use store::{
    Edit, Laid, LockedVersion, Sibling, Stored, StoredVersion, groups_of, is_decided_on, load, lock_numbers, lock_version,
    siblings, version_id, wait_for_other_imports,
};

use crate::kernel::jobs::Jobs;

/// What is done beside the requests.
pub fn jobs() -> Jobs {
    Jobs::new().on_demand::<FindAnew>()
}
