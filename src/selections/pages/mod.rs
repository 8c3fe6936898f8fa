//! One page a file, each with its forms.

pub mod adding;
pub mod colleagues;
pub mod copying;
pub mod download;
mod draft;
pub mod export;
pub mod instead;
pub mod kept;
mod one;
pub mod overview;
mod own;
pub mod own_text;
mod paging;
mod parameter;
mod preview;
mod print;
pub mod row;
mod row_form;
pub mod rows;
mod said;
pub mod selection;
pub mod selections;
pub mod settings;
pub mod shared;
pub mod sharing;
pub mod wording;
mod written;
