//! The guide: what is bought, how large the contract is, how far to go, and a proposal with reasons. Three steps and a
//! result, each an address that holds all that was chosen; nothing is kept until the selection is made.

mod asks;
mod pages;
pub mod propose;
mod reads;
mod words;

use crate::kernel::web::Routes;

/// Its pages.
pub fn routes() -> Routes {
    Routes::new()
        .merge(pages::what::routes())
        .merge(pages::contract::routes())
        .merge(pages::ambition::routes())
        .merge(pages::proposal::routes())
}
