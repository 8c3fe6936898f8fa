//! Decisions: the only way by which a version comes into force, and a requirement ends. Of two kinds: *inläsning*, the first fill of
//! the bank from a file that others decided on; and those of the network, drafted from versions that are ready, decided by somebody
//! else than who submitted them, and never changed after that.

mod draft;
mod example;
mod import;
mod letters;
pub mod lifecycle;
mod names;
mod number;
mod pages;
mod policy;
mod reads;
mod store;
mod workflow;

pub use example::{Cast, ExampleDecision, lay_example};
pub use import::{ImportRecord, decide_import, put_example_into_force};
pub use number::DecisionNumber;

use crate::kernel::web::Routes;

/// What is decided, for everybody; drafts and the decision itself, for those who prepare and decide.
pub fn routes() -> Routes {
    pages::list::routes()
        .merge(pages::one::routes())
        .merge(pages::feed::routes())
        .merge(pages::review::routes())
        .merge(pages::drafts::routes())
        .merge(pages::begin::routes())
        .merge(pages::draft::routes())
        .merge(pages::fields::routes())
        .merge(pages::items::routes())
        .merge(pages::outcomes::routes())
        .merge(pages::decide::routes())
        .merge(pages::discard::routes())
}
