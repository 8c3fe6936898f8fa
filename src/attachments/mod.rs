//! Files that hang on what people write: looked through for what they are, kept in the database piece by piece, given out as
//! files to save and never as pages. What they hang on is a slice's above: it says by a permit of its own who may lay a file
//! to what ([`Holder`]), and asks who may see what it hangs on before it gives a file out.

mod check;
mod example;
mod kind;
mod name;
mod policy;
mod reads;
mod serve;
mod store;
mod workflow;

pub use check::{Seen, Wrong, look_through};
pub use example::ExampleFile;
pub use kind::Kind;
pub use name::cleaned;
pub use policy::{Holder, Subject};
pub use reads::Attachment;
pub use serve::{Kept, serve};
pub use workflow::{MOST_FILES, New, Refused, attach, give, take_away};

/// The most bytes of a file, as in the database.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
