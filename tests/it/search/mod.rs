//! What can be found.

mod catalogue;
mod words;
