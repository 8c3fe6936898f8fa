//! Requirements: versions, clauses, lifecycle, comparison.

mod diff;
