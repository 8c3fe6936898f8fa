//! Logs: one JSON object a line on standard output, in English, without personal data.

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// Libraries that tell at `info` what no operator asks for, each migration of the job tables and each beat of the worker.
/// Their warnings are heard; the rest by who names them in the filter, where what is said later counts.
const QUIET: &str = "graphile_worker=warn,graphile_worker_migrations=warn,sqlx::postgres::notice=warn";

/// Sets the program's log up: `filter` as in `info,kravbank=debug`. Later calls change nothing.
pub fn init(filter: &str) {
    let filter = EnvFilter::try_new(format!("{QUIET},{filter}")).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stdout);
    // A second call (a test that starts the program twice) keeps the first set-up.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
}
