//! What the pages of the administration read, each in one round trip.

pub(super) mod account;
pub(super) mod accounts;
pub(super) mod jobs;
pub(super) mod log;
pub(super) mod organisations;
pub(super) mod start;
pub(super) mod state;
