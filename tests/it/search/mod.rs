//! What can be found.

mod catalogue;
