//! Logs: one JSON object a line on standard output, in English, without personal data.

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// Sets the program's log up: `filter` as in `info,kravbank=debug`. Later calls change nothing.
pub fn init(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stdout);
    // A second call (a test that starts the program twice) keeps the first set-up.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
}
