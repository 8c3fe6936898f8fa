//! For those who run the service: how it is, what needs a hand, jobs that failed, the audit log, accounts, organisations, and
//! the settings that are words. In Swedish alone. Whoever administers has no say about content; whoever coordinates or decides
//! may read the log. Accounts and organisations are changed through their own slices.

mod events;
mod figures;
mod letters;
mod pages;
mod policy;
mod reads;
mod store;
mod workflow;

pub use events::action_label;
pub use figures::{give_figures, routes as figure_routes};
pub use letters::kind as letter_kind;

use crate::kernel::web::Routes;

/// Every page of the administration.
pub fn routes() -> Routes {
    pages::overview::routes()
        .merge(pages::jobs::routes())
        .merge(pages::letters::routes())
        .merge(pages::log::routes())
        .merge(pages::accounts::routes())
        .merge(pages::account::routes())
        .merge(pages::factor::routes())
        .merge(pages::erase::routes())
        .merge(pages::start::routes())
        .merge(pages::organisations::routes())
        .merge(pages::organisation::routes())
        .merge(pages::words::routes())
        .merge(pages::read_only::routes())
}
