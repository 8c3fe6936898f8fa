//! Floor 0.

mod audit;
mod carried;
mod client;
mod clock;
mod config;
mod db;
mod form;
mod frame;
mod i18n;
mod jobs;
mod limits;
mod mail;
mod outage;
mod server;
