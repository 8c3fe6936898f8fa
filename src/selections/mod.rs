//! Selections: what an officer takes out of the bank into one tender. Named, ordered lists of requirement versions. Without an
//! account a browser has a key in a cookie, and the bank knows nothing else of whose they are; whoever signs in has them for
//! the organisation that they act for.

pub mod budget;
pub mod coverage;
pub mod desk;
pub mod document;
pub mod eforms;
mod example;
pub mod files;
mod follow;
mod foreign;
pub mod guide;
mod holder;
mod jobs;
pub mod notices;
mod pages;
mod policy;
mod reads;
mod store;
pub mod values;
mod workflow;

pub use example::{EXAMPLE_LINK, Laid};
pub use follow::follow;
pub use foreign::foreign;
pub use holder::Holder;
pub use jobs::SweepSelections;
pub use pages::adding::{Putting, put};
pub use reads::selection::RowLine;
pub use workflow::{LIMIT, MOST_ROWS, MOST_SELECTIONS, Wanted, lay};

use crate::kernel::{jobs::Jobs, web::Routes};

/// Selections and everything that is done with them.
pub fn routes() -> Routes {
    Routes::new()
        .merge(pages::adding::routes())
        .merge(pages::copying::routes())
        .merge(pages::selections::routes())
        .merge(pages::selection::routes())
        .merge(pages::settings::routes())
        .merge(pages::rows::routes())
        .merge(pages::overview::routes())
        .merge(guide::routes())
        .merge(pages::download::routes())
        .merge(pages::export::routes())
        .merge(pages::sharing::routes())
        .merge(pages::colleagues::routes())
        .merge(pages::shared::routes())
        .merge(pages::row::routes())
        .merge(pages::wording::routes())
        .merge(pages::own_text::routes())
        .merge(pages::instead::routes())
        .merge(pages::kept::routes())
}

/// What is done at night.
pub fn jobs() -> Jobs {
    Jobs::new().daily::<SweepSelections>()
}
