//! Pages for those who look after the bank: what waits, and lists of what has to be mended. In Swedish alone.

pub mod inbox;
pub mod requirements;
pub mod task;
