//! All SQL that locks and writes.

mod draft;
mod made;

pub(super) use draft::{
    Begun, NewItem, begin, coordinates_all, discard, is_of_areas, lock, put_item, remove_item, set_fields, set_outcomes,
    set_state,
};
pub(super) use made::{Decided, Made, authors, insert_import, insert_import_items, insert_network, made, review};

use uuid::Uuid;

use super::{lifecycle::State, number::DecisionNumber};

/// A draft that is locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct Locked {
    /// Its id, which the decision keeps.
    pub id: Uuid,
    /// Where it stands.
    pub state: State,
    /// Who began it.
    pub created_by: Uuid,
    /// Who handed it to who decides.
    pub submitted_by: Option<Uuid>,
    /// Counts every change.
    pub lock_version: i32,
}

/// The number of a decision as its columns have it.
pub(super) fn number_of(year: Option<i16>, number: i64) -> DecisionNumber {
    DecisionNumber { year, number }
}
