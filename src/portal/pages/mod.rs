//! One page a file.

mod filters;
pub mod list;
