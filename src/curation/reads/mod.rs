//! What the pages read.

pub(super) mod plan;
pub(super) mod references;
pub(super) mod tree;
