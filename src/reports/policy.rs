//! Who may send reports, read them, and forget what they hold of persons.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    reads::Target,
    report::ReportNumber,
    store::{self, Locked},
    workflow::Refused,
};
use crate::kernel::{actor::Actor, rights::Right};

/// May send one report.
#[derive(Debug)]
pub struct Send {
    by: Actor,
    about: Option<Subject>,
}

/// What a report on a requirement is about: read for somebody who may see it.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// The requirement.
    pub requirement: Uuid,
    /// The version.
    pub version: Uuid,
}

impl Send {
    /// A report on the site, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        Right::ReportFault.held_by(actor).then(|| Self { by: actor.clone(), about: None })
    }

    /// A report on a version that was found for who looks.
    pub fn ask_about(actor: &Actor, target: &Target) -> Option<Self> {
        let about = Subject { requirement: target.requirement, version: target.version };
        Right::ReportFault.held_by(actor).then(|| Self { by: actor.clone(), about: Some(about) })
    }

    /// Who sends.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// What it is about, if a requirement.
    pub fn about(&self) -> Option<Subject> {
        self.about
    }
}

/// May read what was sent in.
#[derive(Debug)]
pub struct Read {
    by: Actor,
}

impl Read {
    /// The permit, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        Right::ReadReports.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who reads.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}

/// May deal with one report, which is locked.
#[derive(Debug)]
pub struct Handle {
    by: Actor,
    person: Uuid,
    report: Locked,
}

impl Handle {
    /// Locks the report.
    ///
    /// # Errors
    /// [`Refused::Right`] for who may not, [`Refused::NoReport`] where there is none.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, number: ReportNumber) -> Result<Self, Refused> {
        let person = actor.person().0.filter(|_| Right::HandleInbox.held_by(actor)).ok_or(Refused::Right)?;
        let report = store::lock(tx, number).await?.ok_or(Refused::NoReport)?;
        Ok(Self { by: actor.clone(), person, report })
    }

    /// Who deals with it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// The same as a person.
    pub fn person(&self) -> Uuid {
        self.person
    }

    /// The report.
    pub fn report(&self) -> &Locked {
        &self.report
    }
}

/// May erase addresses whose time is over.
#[derive(Debug)]
pub struct Forget {
    by: Actor,
}

impl Forget {
    /// The permit, or none for who may not.
    pub fn ask(actor: &Actor) -> Option<Self> {
        Right::EraseContacts.held_by(actor).then(|| Self { by: actor.clone() })
    }

    /// Who erases.
    pub fn by(&self) -> &Actor {
        &self.by
    }
}
