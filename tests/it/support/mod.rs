//! What the tests stand on: a database each, the program around it, lines of requirements.

pub mod app;
pub mod browser;
pub mod builders;
pub mod db;
pub mod letters;
pub mod provider;
pub mod smtp;

pub use app::{Answer, TestApp};
pub use browser::Browser;
pub use builders::{Import, Line, complete, line, lines};
pub use db::TestDb;

use time::{OffsetDateTime, macros::datetime};

/// The time of the tests: a Sunday in November, in Sweden an hour later.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);
