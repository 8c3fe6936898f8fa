//! One page a file, each with its forms.

pub mod adding;
pub mod copying;
pub mod download;
pub mod export;
pub mod instead;
mod one;
pub mod overview;
mod own;
mod paging;
mod parameter;
mod print;
pub mod row;
pub mod rows;
mod said;
pub mod selection;
pub mod selections;
pub mod settings;
pub mod shared;
pub mod sharing;
pub mod wording;
mod written;
