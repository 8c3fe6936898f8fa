//! Who may ask for what: every route, whoever asks, whatever state the thing is in. What the tables here do not know is
//! denied, that is, the test fails.

mod document;
mod elsewhere;
mod forms;
mod hidden;
mod objects;
mod proved;
mod reading;
mod requirements;
mod routes;
mod sites;

pub use requirements::fill;
pub use routes::cases;

/// The id of what is nobody's.
const NOBODYS: &str = "01900000-0000-7000-8000-000000000000";
