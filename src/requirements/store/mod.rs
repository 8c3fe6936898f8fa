//! All SQL of the slice. Every function works on the caller's connection or transaction.

mod amend;
mod ends;
mod family;
mod groups;
mod load;
mod locks;
mod maintained;
mod references;
mod write;

pub(super) use amend::{amend, begin, review, set_audience, set_handler, set_opening};
pub(super) use ends::{end_validity, hide_text, insert_repeal, insert_stop, lift_stop, reopen_predecessor};
pub use family::{Sibling, siblings};
pub use groups::in_place;
pub(super) use groups::{of_group, regroup, takes_none};
pub use load::{Stored, StoredVersion, load};
pub use locks::{LockedVersion, groups_of, lock_numbers, lock_version, version_id, wait_for_other_imports};
pub(super) use locks::{
    any_repealed, coordinates, is_version_to_come, lock_current, lock_requirements, lock_versions, requirements_of,
};
pub use maintained::Edit;
pub(super) use maintained::{maintain, maintain_decided, maintain_new};
pub use references::is_decided_on;
pub(super) use references::{drafts_citing, recite};
pub use write::{Laid, NewVersion};
pub(super) use write::{decide, insert_versions, set_state, take_numbers};
