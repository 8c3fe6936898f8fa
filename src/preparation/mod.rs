//! Preparing versions: the workbench of those who coordinate. What is in preparation, the editor with every field, the checker
//! beside the text, what is missing before a decision. Everything that is written goes through `requirements::workflow`.

mod checking;
mod editor;
mod example;
mod names;
mod pages;
mod reads;

pub use example::{ExamplePreparation, lay_example};

use crate::kernel::web::Routes;

/// The list, a new requirement, the workbench of one, the editor, and what takes a page of its own.
pub fn routes() -> Routes {
    pages::list::routes()
        .merge(pages::fresh::routes())
        .merge(pages::one::routes())
        .merge(pages::edit::routes())
        .merge(pages::act::routes())
}
