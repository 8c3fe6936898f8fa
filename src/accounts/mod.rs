//! People who sign in: who they are, what they do for which organisation, and where they are signed in.
//!
//! A request is recognised once ([`recognise()`]); what comes of it is `kernel::web::SignedIn`, which every page and permit
//! takes from there.

mod browser;
mod factor;
mod jobs;
mod key;
mod letters;
mod name;
mod oidc;
mod pages;
mod password;
mod policy;
mod reads;
mod recognise;
mod session;
mod setup;
mod store;
mod workflow;

pub use name::{name_for, name_or_removed};
pub use pages::{prove::first as prove_first, roles, roles::name as role_name};
pub use password::warm;
pub use policy::erase::NotErased;
pub use reads::people::{Addressee, addressee};
pub use reads::{
    acting::{actor_of, example_actor},
    applications::waiting_count,
    leaving::{Leaving, Name as OrganisationName, leaving},
};
pub use recognise::{recognise, signed_in};
pub use session::{ABSOLUTE, IDLE};
pub use setup::offer_setup;
pub use workflow::managed::{Managed, end_sessions_of, fits, give_role, reset_factor, set_open, take_role};
pub use workflow::{
    ExamplePeople, Invited, LINK_HOLDS, Refused, add_example_people,
    by_mail::mail_link,
    create_admin, end_all_sessions,
    erase::{EraseRefused, erase, erase_remains},
    example::{ExampleJoining, lay_joining},
    export::{EXPORT_HOLDS, Export, begin_export},
    sweep,
};

use crate::kernel::{jobs::Jobs, web::Routes};

/// The most characters of a person's name.
pub const MOST_NAME: usize = 120;

/// Signing in and out, choosing a password by a link, one's own pages.
pub fn routes() -> Routes {
    pages::sign_in::routes()
        .merge(pages::example::routes())
        .merge(pages::sign_out::routes())
        .merge(pages::choose_password::routes())
        .merge(pages::account::routes())
        .merge(pages::sessions::routes())
        .merge(pages::acting::routes())
        .merge(pages::code::routes())
        .merge(pages::prove::routes())
        .merge(pages::two_steps::routes())
        .merge(pages::erase::routes())
        .merge(pages::oidc::routes())
        .merge(pages::services::routes())
        .merge(pages::setup::routes())
        .merge(pages::forgot::routes())
        .merge(pages::email::routes())
        .merge(pages::register::routes())
        .merge(pages::confirm::routes())
        .merge(pages::organisation::routes())
        .merge(pages::member::routes())
        .merge(pages::senders::routes())
        .merge(pages::approval::routes())
}

/// Work beside the requests.
pub fn jobs() -> Jobs {
    Jobs::new()
        .daily::<jobs::SweepSessions>()
        .daily::<jobs::EraseRemains>()
        .on_demand::<jobs::AnswerReset>()
        .on_demand::<jobs::AnswerApplication>()
}
