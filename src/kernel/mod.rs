//! Floor 0: what every slice stands on.

pub mod actor;
pub mod audit;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod events;
pub mod i18n;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod rights;
pub mod telemetry;
pub mod web;
