//! What pages read: one round trip each, over many slices. Writes nothing.

pub mod list;
