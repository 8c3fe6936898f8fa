//! One page a file.

pub mod about;
pub mod area;
pub mod areas;
pub mod collect;
pub mod compare;
mod filters;
pub mod glossary;
pub mod history;
mod identity;
pub mod import_format;
pub mod levels;
pub mod list;
pub mod lmc;
mod numbers;
pub mod organisation;
pub mod organisations;
mod organisations_found;
pub mod own;
pub mod own_comments;
pub mod own_data;
pub mod requirement;
mod requirement_text;
pub mod side_by_side;
mod side_rows;
pub mod start;

use crate::requirements::field_text;
