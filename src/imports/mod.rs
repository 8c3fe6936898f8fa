//! Files in the exchange format, read in: one transaction, one report, the same for a dry run and a real one. Lines of JSON
//! and rows of a spreadsheet become the same `row::Row`, and from there on nobody knows which they were.
//!
//! [`run()`] is the whole of it for the command line and the example bank. By way of the browser (docs/adr/0018) a file is laid
//! down first (`workflow`), examined and read in by a job (`runner`), and looked at on `pages`.

mod brief;
mod check;
pub mod columns;
mod contents;
mod family;
mod jobs;
mod json;
pub mod lifecycle;
mod lines;
mod pages;
mod plan;
mod policy;
mod reads;
mod refusal;
mod report;
mod row;
mod run;
mod runner;
mod sheet;
mod store;
mod workflow;

pub use contents::MOST_BYTES;
pub use jobs::{EndImports, RunImports};
pub use report::{Fault, InSheet, Laid, Outcome, Report, Warning};
pub use run::{ImportError, Options, Progress, Target, run};
pub use runner::run_waiting;
pub use workflow::{ExampleImport, KEPT, MOST_ATTEMPTS, end_old, lay_example};

use crate::kernel::{jobs::Jobs, web::Routes};

/// The pages by which files are read in.
pub fn routes() -> Routes {
    pages::list::routes().merge(pages::one::routes())
}

/// What is done beside the requests. Whatever was left undone by a program that was ended is taken up within a minute.
pub fn jobs() -> Jobs {
    Jobs::new().every_minute::<RunImports>().daily::<EndImports>()
}
