//! Looking after what requirements hang on: the tree of areas and groups with all that stands in it, and what they refer to; and
//! telling everybody what is going on.

mod example;
mod pages;
mod plan;
mod reads;
mod store;
mod workflow;

pub use example::{ExampleCuration, lay_example};

use crate::kernel::web::Routes;

/// The pages of those who look after it.
pub fn routes() -> Routes {
    pages::tree::routes()
        .merge(pages::area::routes())
        .merge(pages::group::routes())
        .merge(pages::change::routes())
        .merge(pages::references::routes())
        .merge(pages::reference::routes())
        .merge(pages::cited::routes())
        .merge(pages::plan::routes())
        .merge(pages::under_way::routes())
}
