//! Dialogue: what people say of requirements, and of whatever a slice above has threads begun on. Threads with replies, answers
//! for those who prepare, moderation; and what regions have met with when they used a requirement.

mod comment;
mod example;
mod experience;
mod eyes;
mod letters;
pub mod lifecycle;
mod names;
mod pages;
mod policy;
mod reads;
mod regroup;
mod store;
mod workflow;

pub use comment::{About, Kind, Subject};
pub use example::{ExampleExperience, ExampleThread, On as ExampleOn, lay_example, lay_experience};
pub use eyes::Eyes;
pub use names::{kind as kind_name, state as state_name, state_tag};
pub use pages::{
    new::{Asks as NewAsks, Form as NewForm, open as open_new, start},
    place::{Anchor, Place},
    thread::{Asks as ThreadAsks, Form as ReplyForm, reply, show as show_thread},
    threads::{Asks as ThreadsAsks, show as show_threads},
};
pub use reads::summary::{Latest, Summary, glimpse, summary};
pub use regroup::regroup;
pub use workflow::Refused;

use crate::kernel::web::Routes;

/// Threads on requirements, what is done with comments, moderation, experience.
pub fn routes() -> Routes {
    pages::threads::routes()
        .merge(pages::new::routes())
        .merge(pages::thread::routes())
        .merge(pages::own::routes())
        .merge(pages::report::routes())
        .merge(pages::moderation::routes())
        .merge(pages::experiences::routes())
}
