//! One page a file.

mod filters;
pub mod about;
pub mod area;
pub mod areas;
pub mod glossary;
pub mod list;
pub mod start;
pub mod compare;
pub mod history;
mod identity;
pub mod requirement;
mod requirement_text;
mod field_text;
