//! Measuring: a cluster with banks, the program's release build, the ceilings, loads, rounds, results.

pub mod bank;
pub mod ceiling;
pub mod client;
pub mod disturbance;
pub mod loads;
pub mod pgbench;
pub mod plan;
pub mod processor;
pub mod program;
pub mod report;
pub mod rounds;
pub mod run;
pub mod selection;
pub mod targets;
