//! Everything between the socket and a slice's pages: routes as data, what a request knows, how an answer is dressed.

mod again;
mod api;
mod assets;
mod away;
mod bound;
mod carried;
mod client;
mod closed;
mod denied;
mod download;
mod extract;
mod form;
mod frame;
mod gate;
mod kept;
mod layout;
pub mod links;
pub mod markdown;
mod probes;
mod routes;
mod signed_in;
mod unsent;
mod upload;
mod visit;

pub use again::{again as shown_again, routes as again_routes};
pub use api::{Problem, json};
pub use assets::{File, IMPORTEXEMPEL_CSV, IMPORTEXEMPEL_XLSX, routes as asset_routes};
pub use carried::{
    Carried, Flash, KEPT, Passing, SelectionKey, Selections, SessionChange, carry_flash, carry_passing, carry_selections,
    carry_session, forget_passing, forget_selections, forget_session, passing_of, session_change, session_of,
};
pub use client::Client;
pub use denied::{DeadKey, Denied};
pub use download::{disposition, is_fine_in_names};
pub use extract::{Asked, At, Drafted, Sent};
pub use form::{Fault, Faults, MOST_EMAIL, again, again_at, is_email, line, lines, see_other, too_many, unkept};
pub use frame::{Draining, Found, frame};
pub use layout::{Crumb, Layout, html, text, xml};
pub use probes::routes as probe_routes;
pub use routes::{FORM_LIMIT, Language, Route, Routes};
pub use signed_in::{Membership, SignedIn, Who};
pub use unsent::{Held, Lost, MOST_KEPT, SECRET, SHOWN_FOR, ShownAgain, Unsent, Why};
pub use upload::{Upload, Uploaded, UploadedFile};
pub use visit::Visit;

use std::sync::Arc;

use super::{clock::Clock, config::Settings, db::Db, figures::Figures, words::Words};

/// What every handler can reach.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

/// The parts of [`App`].
#[derive(Debug)]
pub struct Inner {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// The settings the program was started with.
    pub settings: Settings,
    /// Whether the program is on its way down.
    pub draining: Draining,
    /// When the job worker last showed that it lives.
    pub heartbeat: super::jobs::Heartbeat,
    /// What slices keep in the process.
    pub kept: kept::Kept,
    /// Settings that are words, as administrators last wrote them.
    pub words: Words,
    /// What is counted for those who watch the service.
    pub figures: Figures,
}

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            words: Words::of(&settings),
            figures: Figures::of(&settings),
            db,
            clock,
            settings,
            draining: Draining::default(),
            heartbeat: super::jobs::Heartbeat::default(),
            kept: kept::Kept::default(),
        }))
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
