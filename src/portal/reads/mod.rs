//! What pages read: one round trip each, over many slices. Writes nothing.

pub mod area;
pub mod areas;
pub mod compare;
pub mod history;
pub mod hits;
pub mod levels;
pub mod list;
pub mod lmc;
pub mod organisation;
pub mod organisations;
pub mod organisations_found;
pub mod own_data;
pub mod own_work;
pub mod requirement;
pub mod side_by_side;
pub mod sitemap;
pub mod start;
pub mod words;
