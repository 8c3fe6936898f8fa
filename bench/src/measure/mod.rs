//! Measuring.

pub mod processor;
