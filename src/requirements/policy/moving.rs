//! What follows when the tree or what requirements refer to is looked after: requirements move, drafts cite something else.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Refused, need};
use crate::{
    kernel::{actor::Actor, rights::Right},
    requirements::store,
};

/// May move all requirements of one product group to another. They are locked.
#[derive(Debug)]
pub struct Regroup {
    by: Actor,
    from: Uuid,
    to: Uuid,
    requirements: Vec<Uuid>,
}

/// May have all drafts that cite one reference cite another. Their requirements are locked.
#[derive(Debug)]
pub struct Recite {
    by: Actor,
    from: Uuid,
    to: Uuid,
    versions: Vec<Uuid>,
}

impl Regroup {
    /// Locks the requirements of the group, and those with a draft that is to put them there.
    ///
    /// # Errors
    /// When the actor may not edit the tree.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, from: Uuid, to: Uuid) -> Result<Self, Refused> {
        need(Right::EditTaxonomy, actor)?;
        let requirements = store::of_group(tx, from).await?;
        let requirements = store::lock_requirements(tx, &requirements).await?;
        Ok(Self { by: actor.clone(), from, to, requirements })
    }

    /// Who moves them.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// Out of which group.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// Into which.
    pub fn to(&self) -> Uuid {
        self.to
    }

    /// The requirements.
    pub fn requirements(&self) -> &[Uuid] {
        &self.requirements
    }
}

impl Recite {
    /// Locks the requirements with a draft that cites the one.
    ///
    /// # Errors
    /// When the actor may not edit what is referred to.
    pub async fn ask(tx: &mut PgConnection, actor: &Actor, from: Uuid, to: Uuid) -> Result<Self, Refused> {
        need(Right::EditTaxonomy, actor)?;
        let versions = store::drafts_citing(tx, from).await?;
        let requirements = store::requirements_of(tx, &versions).await?;
        store::lock_requirements(tx, &requirements).await?;
        // What was decided while it waited is not to be touched.
        let versions = store::drafts_citing(tx, from).await?;
        Ok(Self { by: actor.clone(), from, to, versions })
    }

    /// Who has them do so.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// What they cite.
    pub fn from(&self) -> Uuid {
        self.from
    }

    /// What they are to cite.
    pub fn to(&self) -> Uuid {
        self.to
    }

    /// The drafts.
    pub fn versions(&self) -> &[Uuid] {
        &self.versions
    }
}
