//! Looking after what requirements hang on: the tree of areas and groups, with all that stands in it.

mod pages;
mod reads;
mod workflow;

use crate::kernel::web::Routes;

/// The pages of those who look after it.
pub fn routes() -> Routes {
    pages::tree::routes().merge(pages::area::routes()).merge(pages::group::routes()).merge(pages::change::routes())
}
