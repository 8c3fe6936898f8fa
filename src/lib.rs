//! Kravbanken: the national bank of environmental procurement requirements for Sweden's regions.
//!
//! The map, by floor. `use crate::` goes only downwards; `tests/it/architecture.rs` checks it.

#![allow(
    deprecated,
    reason = "sqlx 0.9 marks every query on a time as deprecated once chrono is anywhere in the tree, as it is through the \
              job library, even where the crate to use is named; no other deprecated item is used"
)]

// Floor 7: the program
pub mod commands;
pub mod server;
// Floor 6
pub mod admin;
pub mod example;
pub mod open_data;
pub mod portal;
// Floor 5
pub mod imports;
pub mod selections;
// Floor 4
pub mod curation;
pub mod decisions;
// Floor 3
pub mod dialogue;
pub mod preparation;
pub mod proposals;
pub mod reports;
// Floor 2
pub mod requirements;
// Floor 1
pub mod accounts;
pub mod attachments;
pub mod backup;
pub mod organisations;
pub mod search;
pub mod tasks;
pub mod taxonomy;
// Floor 0
pub mod kernel;
