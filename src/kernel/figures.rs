//! What is counted for those who watch the service, as Prometheus reads it. Nothing is counted where nobody asks for it:
//! without `KRAVBANK_METRICS_BIND` there is no recorder. Addresses stand in it as the patterns of routes and never as they were
//! asked for, so that there are few of them and no key, no name and no search word among them.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::config::Settings;

/// Upper bounds in seconds, from a page out of memory to the time limit.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 20.0];

/// What is counted.
#[derive(Default)]
pub struct Figures(Option<Recorder>);

struct Recorder {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Figures({})", self.0.is_some())
    }
}

impl Figures {
    /// With a recorder where somebody may ask for it.
    pub fn of(settings: &Settings) -> Self {
        Self(settings.metrics_bind.map(|_| {
            // The bounds are a constant, and not empty.
            let builder = PrometheusBuilder::new();
            let recorder = builder.set_buckets(&BUCKETS).unwrap_or_default().build_recorder();
            let handle = recorder.handle();
            metrics::with_local_recorder(&recorder, describe);
            Recorder { recorder, handle }
        }))
    }

    /// An answer, by the pattern of its route; none where no route fits.
    pub fn answered(&self, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        self.record(|| {
            let route = route.unwrap_or("none").to_owned();
            let method = match *method {
                Method::GET => "GET",
                Method::HEAD => "HEAD",
                Method::POST => "POST",
                Method::OPTIONS => "OPTIONS",
                // Whoever asks may write here what they like.
                _ => "other",
            };
            let status = status.as_str().to_owned();
            metrics::counter!("kravbank_http_requests_total", "route" => route.clone(), "method" => method, "status" => status)
                .increment(1);
            metrics::histogram!("kravbank_http_request_seconds", "route" => route, "method" => method).record(took);
        });
    }

    /// Has something recorded here and nowhere else.
    pub fn record(&self, what: impl FnOnce()) {
        if let Some(recorder) = &self.0 {
            metrics::with_local_recorder(&recorder.recorder, what);
        }
    }

    /// All of it as text; none where nothing is counted.
    pub fn text(&self) -> Option<String> {
        self.0.as_ref().map(|recorder| recorder.handle.render())
    }

    /// Gathers what was measured, so that it does not grow while nobody asks.
    pub fn tend(&self) {
        if let Some(recorder) = &self.0 {
            recorder.handle.run_upkeep();
        }
    }
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("kravbank_http_requests_total", "Requests answered, by pattern of the route.");
    describe_histogram!("kravbank_http_request_seconds", "Time from the first byte of a request to its answer.");
    describe_gauge!("kravbank_build_info", "1; the labels say which program runs.");
    describe_gauge!("kravbank_db_connections", "Connections of the pool, by what they do.");
    describe_gauge!("kravbank_db_connections_most", "The most connections that the pool opens.");
    describe_gauge!("kravbank_db_size_bytes", "Size of the database.");
    describe_gauge!("kravbank_database_up", "1 where the database answered, else 0; then what is in it is not told.");
    describe_gauge!("kravbank_jobs", "Jobs, by state: waiting (due), later, running, failed (given up).");
    describe_gauge!("kravbank_jobs_oldest_seconds", "How long the oldest job that is due has waited.");
    describe_gauge!("kravbank_worker_silence_seconds", "Time since the job worker of this process last showed a sign of life.");
    describe_gauge!("kravbank_mails", "Letters that are kept, by state: waiting, sent, dead (given up).");
    describe_gauge!("kravbank_sessions", "Sessions that hold.");
    describe_gauge!("kravbank_audit_unsealed", "Rows of the audit log that no seal holds yet.");
    describe_gauge!("kravbank_backup_age_seconds", "Age of the last backup; missing where none was taken.");
}
