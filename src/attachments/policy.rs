//! Who may lay files to what. The slice whose it is makes the permit, of rows that it has locked in the same transaction, and
//! says by [`Holder`] what a file is to hang on.

use uuid::Uuid;

use crate::kernel::actor::Actor;

/// What files hang on.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// What it is: `proposal`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
}

/// A permit of another slice to write on what files hang on, which is locked until the transaction ends.
pub trait Holder: Sync {
    /// Who does it.
    fn by(&self) -> &Actor;
    /// The same as a person.
    fn person(&self) -> Uuid;
    /// What files hang on.
    fn subject(&self) -> Subject;
}
