//! The bench: what the program costs, stated as ratios within one run and as CPU per request.
//!
//! `generate` fills a bank, `stats` holds the arithmetic. `docs/performance.md` says how to run it and how to read it.

#![allow(
    deprecated,
    reason = "sqlx 0.9 marks every query on a time as deprecated once chrono is anywhere in the tree; see the library's root"
)]

pub mod generate;
pub mod measure;
pub mod stats;
