//! Typed texts for a Swedish and English interface, made at build time.
//!
//! A `build.rs` calls [`build`] with the folder that holds `sv.toml` and `en.toml`. Every key
//! becomes one Rust method with typed arguments; a key that is missing in one language, or takes
//! other arguments there, fails the build. The format is described in the crate's README.
//!
//! | Module     | What it holds                                             |
//! |------------|-----------------------------------------------------------|
//! | `name`     | which names are allowed for keys and arguments            |
//! | `text`     | one text: literals, placeholders, plural forms            |
//! | `parse`    | one TOML file into flattened keys and texts               |
//! | `check`    | both languages side by side                               |
//! | `generate` | the Rust code, and writing it for `include!`              |
//! | `entries`  | the texts of one file as they are written, for tests      |
//! | `error`    | everything that can be wrong, all reported at once        |

mod check;
mod entries;
mod error;
mod generate;
mod name;
mod parse;
mod text;

pub use entries::{Entry, Form, entries};
pub use error::{Error, Fault, Problem};
pub use generate::{build, generate};
