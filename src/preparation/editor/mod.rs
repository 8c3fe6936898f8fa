//! The editor of a version: its fields as a table (`spec`), what is typed in them (`typed`), what that says (`said`), and what
//! becomes of it when somebody else has saved in the meantime (`merge`).

pub mod merge;
pub mod said;
mod said_lists;
pub mod spec;
pub mod typed;
