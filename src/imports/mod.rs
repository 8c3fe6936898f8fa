//! Files in the exchange format, read in: one transaction, one report, the same for a dry run and a real one.

mod check;
mod plan;
mod report;
mod row;
mod run;

pub use report::{Fault, Outcome, Report};
pub use run::{ImportError, Options, Progress, Target, run};
