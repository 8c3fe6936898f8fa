//! All tests of the bank, in one program.
#![allow(deprecated, reason = "as in the library: sqlx marks every query on a time while chrono is anywhere in the tree")]

mod accounts;
mod admin;
mod architecture;
mod authorization;
mod backup;
mod curation;
mod decisions;
mod dialogue;
mod imports;
mod kernel;
mod licences;
mod open_data;
mod packaging;
mod portal;
mod preparation;
mod proposals;
mod reports;
mod requirements;
mod search;
mod selections;
mod support;
