//! Reports of faults: that a page is not accessible, that something is wrong with a requirement. Whoever looks may send
//! one; nobody but the network reads it, and it deals with each. The accessibility statement is here too, since the law wants the form on it.

pub mod lifecycle;

mod jobs;
mod letters;
mod listing;
mod pages;
mod policy;
mod reads;
mod report;
mod store;
mod workflow;

pub use jobs::ForgetContacts;
pub use listing::{OpenReport, listing};
pub use report::{ANSWER_WITHIN, MOST_ASSISTIVE, MOST_PLACE, MOST_TEXT, ReportNumber, Topic};
pub use workflow::{ExampleReport, LIMIT, forget_contacts, lay_example, open_reports};

use crate::kernel::{jobs::Jobs, web::Routes};

/// The statement, the forms, where they are sent, the receipt, and the page of a report for those who deal with it.
pub fn routes() -> Routes {
    pages::accessibility::routes()
        .merge(pages::requirement::routes())
        .merge(pages::receipt::routes())
        .merge(pages::handled::routes())
}

/// What is done at night.
pub fn jobs() -> Jobs {
    Jobs::new().daily::<ForgetContacts>()
}
