//! One page a file, each with its forms.

pub mod adding;
pub mod copying;
pub mod download;
pub mod export;
mod own;
mod print;
pub mod rows;
pub mod selection;
pub mod selections;
pub mod settings;
pub mod shared;
pub mod sharing;
mod written;
