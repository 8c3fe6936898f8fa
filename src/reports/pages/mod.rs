//! One page a file, and what the forms share.

pub mod accessibility;
mod form;
pub mod handled;
pub mod receipt;
pub mod requirement;
