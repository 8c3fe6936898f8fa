//! Reports of faults: that a page is not accessible, that something is wrong with a requirement. Whoever looks may send
//! one; nobody but the network reads it. The accessibility statement is here too, since the law wants the form on it.

mod jobs;
mod listing;
mod pages;
mod policy;
mod reads;
mod report;
mod store;
mod workflow;

pub use jobs::ForgetContacts;
pub use listing::{OpenReport, listing};
pub use report::{MOST_ASSISTIVE, MOST_PLACE, MOST_TEXT};
pub use workflow::{LIMIT, forget_contacts, open_reports};

use crate::kernel::{jobs::Jobs, web::Routes};

/// The statement, the forms, where they are sent, the receipt.
pub fn routes() -> Routes {
    pages::accessibility::routes().merge(pages::requirement::routes()).merge(pages::receipt::routes())
}

/// What is done at night.
pub fn jobs() -> Jobs {
    Jobs::new().daily::<ForgetContacts>()
}
