//! Who looks, and when: what every read and lock of a thread asks.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::kernel::{
    actor::{Actor, Viewer},
    clock,
    web::Visit,
};

/// Who looks, and when.
#[derive(Debug, Clone)]
pub struct Eyes {
    /// What they may see.
    pub viewer: Viewer,
    /// Who they are.
    pub person: Option<Uuid>,
    /// For whom they act.
    pub acting: Option<Uuid>,
    /// Today in Sweden.
    pub today: Date,
    /// The time.
    pub now: OffsetDateTime,
}

impl Eyes {
    /// Those of a visit.
    pub fn of(visit: &Visit) -> Self {
        let (person, acting) = visit.actor().person();
        Self { viewer: visit.viewer.clone(), person, acting, today: visit.today(), now: visit.now }
    }

    /// Those of somebody who acts without a browser.
    pub fn of_actor(actor: &Actor, now: OffsetDateTime) -> Self {
        let (person, acting) = actor.person();
        let viewer = match (actor, acting) {
            (Actor::Person { roles, .. }, Some(organisation)) => Viewer::acting(organisation, roles),
            _ => Viewer::anonymous(),
        };
        Self { viewer, person, acting, today: clock::in_sweden(now).date(), now }
    }
}
