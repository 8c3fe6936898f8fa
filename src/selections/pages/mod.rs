//! One page a file, each with its forms.

pub mod adding;
pub mod copying;
pub mod overview;
mod own;
pub mod rows;
pub mod selection;
pub mod selections;
pub mod settings;
