//! Files in the exchange format, read in: one transaction, one report, the same for a dry run and a real one. Lines of JSON
//! and rows of a spreadsheet become the same `row::Row`, and from there on nobody knows which they were.

mod brief;
mod check;
pub mod columns;
mod contents;
mod family;
mod json;
mod lines;
mod plan;
mod refusal;
mod report;
mod row;
mod run;
mod sheet;

pub use contents::MOST_BYTES;
pub use report::{Fault, InSheet, Outcome, Report, Warning};
pub use run::{ImportError, Options, Progress, Target, run};
