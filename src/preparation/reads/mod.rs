//! What pages read, each in one round trip.

pub mod known;
pub mod list;
pub mod one;
