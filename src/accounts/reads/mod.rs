//! What pages read of accounts: each asks for one person's own.

pub(super) mod account;
pub(super) mod acting;
pub(super) mod applications;
pub(super) mod example;
pub(super) mod factor;
pub(super) mod identity;
pub(super) mod invitations;
pub(super) mod leaving;
pub(super) mod link;
pub(super) mod members;
pub(super) mod people;
pub(super) mod recognised;
pub(super) mod sessions;
pub(super) mod setup;
pub(super) mod theirs;
