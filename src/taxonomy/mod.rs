//! What requirements are about: product areas and groups, CPV, objectives; and what they refer to.

mod cpv;
mod groups;
pub mod policy;
pub mod references;
mod store;
pub mod workflow;

pub use cpv::{CpvError, CpvReport, bare as bare_code, import as import_cpv, known as known_cpv};
pub use groups::{Group, Groups, NoGroup, Objective, add as add_group, load as load_groups, objectives, set_owner, slug};
pub use workflow::{Facts, Refused, moved, where_now};
