//! What the pages read.

pub(super) mod tree;
