//! What can be found, and how it is looked for. Knows no slice: whoever owns a thing puts its document here, in the same
//! transaction as the thing itself.

pub mod catalogue;
mod query;
mod store;

pub use query::{Query, cpv_prefix, parse};
pub use store::{Document, put};
