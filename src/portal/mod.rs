//! Pages that show many slices: start, the list, a requirement with all that belongs to it, areas, glossary, about.

mod labels;
pub mod pages;
mod reads;

use crate::kernel::web::Routes;

/// Every page.
pub fn routes() -> Routes {
    Routes::new().merge(pages::list::routes())
}
