//! One page a file, each with its forms.

pub mod adding;
pub mod copying;
pub mod instead;
mod one;
mod own;
mod parameter;
pub mod row;
pub mod rows;
mod said;
pub mod selection;
pub mod selections;
pub mod settings;
pub mod wording;
