//! What the pages read for those who look after the bank.

pub mod inbox;
pub mod reach;
pub mod requirements;
pub mod task;
