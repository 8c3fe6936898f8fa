//! What the pages read: one round trip each.

pub mod list;
pub mod one;
