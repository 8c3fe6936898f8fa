//! Requirements: versions, clauses, lifecycle, comparison.

mod canonical;
mod clauses;
mod diff;
mod ends;
mod histories;
mod lifecycle;
mod number;
mod policy;
mod validity;
