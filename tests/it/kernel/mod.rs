//! Floor 0.

mod audit;
mod client;
mod clock;
mod config;
mod db;
mod frame;
mod i18n;
mod jobs;
mod outage;
mod server;
