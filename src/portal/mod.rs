//! Pages that show many slices: start, the list, a requirement with all that belongs to it, areas, glossary, about.

mod labels;
mod machines;
pub mod pages;
mod reads;

use crate::kernel::web::Routes;

/// Every page, and what machines look for.
pub fn routes() -> Routes {
    Routes::new()
        .merge(pages::start::routes())
        .merge(pages::areas::routes())
        .merge(pages::area::routes())
        .merge(pages::organisations::routes())
        .merge(pages::organisation::routes())
        .merge(pages::glossary::routes())
        .merge(pages::about::routes())
        .merge(pages::import_format::routes())
        .merge(pages::list::routes())
        .merge(pages::collect::routes())
        .merge(pages::requirement::routes())
        .merge(pages::history::routes())
        .merge(pages::compare::routes())
        .merge(pages::side_by_side::routes())
        .merge(pages::levels::routes())
        .merge(pages::lmc::inbox::routes())
        .merge(pages::lmc::requirements::routes())
        .merge(pages::lmc::task::routes())
        .merge(pages::own::routes())
        .merge(pages::own_comments::routes())
        .merge(pages::own_data::routes())
        .merge(machines::routes())
}
