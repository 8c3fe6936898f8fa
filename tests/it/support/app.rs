//! The program as a visitor meets it: real HTTP on a port of its own, a set clock.

use std::{
    fmt::Debug,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{body::Body, http::Request};
use kravbank::{
    imports::{Report, Target},
    kernel::{clock::Clock, config::Settings, jobs, web::App},
    server,
};
use reqwest::{Method, StatusCode, header::HeaderMap, redirect::Policy};
use scraper::{Html, Selector};
use serde_json::Value;
use time::OffsetDateTime;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tower::ServiceExt;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    instrument::WithSubscriber,
};
use tracing_subscriber::{
    layer::{Context, Filter, Layer, SubscriberExt},
    registry,
};

use super::{Import, NOW, TestDb, db::scratch};

/// What a test's program is like.
pub struct Builder {
    clock: Clock,
    example: bool,
    people: bool,
    worker: bool,
    base_url: Option<String>,
    trusted_proxies: Option<String>,
    smtp: Option<String>,
    metrics: bool,
    others: Vec<(String, String)>,
    database: Option<TestDb>,
}

/// A running program.
pub struct TestApp {
    /// What every handler can reach.
    pub app: App,
    /// Where it listens, without a slash at the end.
    pub url: String,
    client: reqwest::Client,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    /// Where it writes files.
    pub data_dir: tempfile::TempDir,
    /// Last, since it goes when nothing uses it any more.
    pub db: TestDb,
}

impl Builder {
    /// Another time than [`NOW`].
    #[must_use]
    pub fn at(mut self, now: OffsetDateTime) -> Self {
        self.clock = Clock::Fixed(now);
        self
    }

    /// With the example bank in it.
    #[must_use]
    pub fn example(mut self) -> Self {
        self.example = true;
        self
    }

    /// As an example bank of which only the people are there.
    #[must_use]
    pub fn people(mut self) -> Self {
        self.people = true;
        self
    }

    /// With the job worker running.
    #[must_use]
    pub fn worker(mut self) -> Self {
        self.worker = true;
        self
    }

    /// At this address as far as visitors know.
    #[must_use]
    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(url.to_owned());
        self
    }

    /// Behind these proxies.
    #[must_use]
    pub fn trusted_proxies(mut self, networks: &str) -> Self {
        self.trusted_proxies = Some(networks.to_owned());
        self
    }

    /// Sending letters to this server.
    #[must_use]
    pub fn smtp(mut self, url: &str) -> Self {
        self.smtp = Some(url.to_owned());
        self
    }

    /// With another setting.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.others.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Counting for Prometheus.
    #[must_use]
    pub fn metrics(mut self) -> Self {
        self.metrics = true;
        self
    }

    /// On the database of another one, which has to live longer.
    #[must_use]
    pub fn beside(mut self, other: &TestApp) -> Self {
        self.database = Some(other.db.again());
        self
    }

    /// On this database, which has to live longer.
    #[must_use]
    pub fn on(mut self, db: &TestDb) -> Self {
        self.database = Some(db.again());
        self
    }

    /// Starts it, on a fresh database unless told otherwise.
    pub async fn spawn(self) -> TestApp {
        let db = self.database.unwrap_or_else(TestDb::create);
        if self.example {
            let pool = db.pool();
            let mut tx = pool.begin().await.expect("a transaction");
            kravbank::example::load(&mut tx, self.clock.now()).await.expect("the example bank loads");
            tx.commit().await.expect("it is kept");
            pool.pool().close().await;
        }
        if self.people {
            let pool = db.pool();
            let mut tx = pool.begin().await.expect("a transaction");
            kravbank::example::load_people(&mut tx, self.clock.now()).await.expect("the people are made");
            tx.commit().await.expect("they are kept");
            pool.pool().close().await;
        }
        let data_dir = scratch();
        let given = |name: &str| match name {
            "DATABASE_URL" => Some("postgres://tests".to_owned()),
            "KRAVBANK_BASE_URL" => self.base_url.clone(),
            "KRAVBANK_TRUSTED_PROXIES" => self.trusted_proxies.clone(),
            "KRAVBANK_METRICS_BIND" => self.metrics.then(|| "127.0.0.1:9464".to_owned()),
            "KRAVBANK_SMTP_URL" => self.smtp.clone(),
            "KRAVBANK_MAIL_FROM" => Some("Kravbanken <kravbanken@bank.example>".to_owned()),
            "KRAVBANK_DATA_DIR" => data_dir.path().to_str().map(str::to_owned),
            _ => self.others.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()),
        };
        let mut settings = Settings::load(&|_| None, &given, &[]).expect("good settings");
        settings.example = self.example || self.people;
        let app = App::new(db.pool(), self.clock, settings);
        let (stop, stopped) = watch::channel(false);
        let mut tasks = Vec::new();
        if self.worker {
            tasks.push(tokio::spawn(jobs::run(app.clone(), server::jobs(), stopped.clone())));
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let service = server::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tasks.push(tokio::spawn(async move {
            let mut stopped = stopped;
            let end = async move {
                let _ = stopped.wait_for(|stopped| *stopped).await;
            };
            axum::serve(listener, service).with_graceful_shutdown(end).await.expect("the server serves");
        }));
        let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        TestApp { app, url, client, stop, tasks, data_dir, db }
    }
}

impl TestApp {
    /// To choose what it is like.
    pub fn build() -> Builder {
        Builder {
            clock: Clock::Fixed(NOW),
            example: false,
            people: false,
            worker: false,
            base_url: None,
            trusted_proxies: None,
            metrics: false,
            smtp: None,
            others: Vec::new(),
            database: None,
        }
    }

    /// An empty bank at [`NOW`].
    pub async fn spawn() -> Self {
        Self::build().spawn().await
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    /// Gets a path with these headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, "").await
    }

    /// Sends any request.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<reqwest::Body>) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{path}: {error:?}"));
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.unwrap_or_else(|error| panic!("{path}: {error:?}")).to_vec();
        Answer { path: path.to_owned(), status, headers, body }
    }

    /// Sends a form, as a browser on one of our pages does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, &[], fields).await
    }

    /// Sends a form with these headers too.
    pub async fn post_with(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let body = reqwest::Url::parse_with_params("http://x/", fields).expect("fields");
        let mut all = vec![("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        all.extend(headers);
        self.send(Method::POST, path, &all, body.query().unwrap_or_default().to_owned()).await
    }

    /// Reads a file in, which has to be taken whole.
    pub async fn import(&self, file: &str, target: Target) -> Report {
        Import::new(target).at(self.app.clock.now()).accepted(&self.db, file).await
    }

    /// The statements that a request sends to the database, in order. The request is made twice and the second one counts,
    /// so that connections are open; it does not pass through a socket, so that nothing else is counted.
    pub async fn queries_of(&self, path: &str) -> Vec<String> {
        let (status, queries) = self.queries(|| Request::get(path).body(Body::empty()).expect("a request")).await;
        assert!(status.is_success(), "{path}: {status}");
        queries
    }

    /// The same with these cookies.
    pub async fn queries_with(&self, path: &str, cookie: &str) -> Vec<String> {
        let request = || Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request");
        let (status, queries) = self.queries(request).await;
        assert!(status.is_success(), "{path}: {status}");
        queries
    }

    /// The same, whatever the answer is.
    pub async fn queries_at(&self, path: &str) -> Vec<String> {
        self.queries(|| Request::get(path).body(Body::empty()).expect("a request")).await.1
    }

    /// The same of a form that is sent, which has to be taken. It is sent twice, so `body` makes each time another one.
    pub async fn queries_of_form(&self, path: &str, body: impl Fn() -> String) -> Vec<String> {
        let form = || {
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
            request.body(Body::from(body())).expect("a request")
        };
        let (status, queries) = self.queries(form).await;
        assert_eq!(status, 303, "{path}");
        queries
    }

    async fn queries(&self, request: impl Fn() -> Request<Body>) -> (StatusCode, Vec<String>) {
        // Statements that are made for the first time learn with the first request that somebody listens.
        let listener = |log: &Log| registry().with(log.clone().with_filter(OnlyQueries));
        self.request(request()).with_subscriber(listener(&Log::default())).await;
        let log = Log::default();
        let status = self.request(request()).with_subscriber(listener(&log)).await;
        let mut queries = std::mem::take(&mut *log.0.lock().unwrap_or_else(PoisonError::into_inner));
        // The connection of the first request may still be on its way back, so that another one was opened.
        queries.retain(|query| !query.starts_with("select set_config('role'"));
        (status, queries)
    }

    async fn request(&self, request: Request<Body>) -> StatusCode {
        let response = server::service(self.app.clone()).oneshot(request).await.expect("the service never fails");
        let status = response.status();
        axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a whole body");
        status
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    /// What was asked for.
    pub path: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap_or_else(|_| panic!("{}: not UTF-8", self.path))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.path, self.text()))
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or_default())
    }

    /// The body as a page.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// The texts of the elements that a selector finds, blanks made single.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.html().select(&selector).map(|element| words(element.text().collect())).collect()
    }

    /// An attribute of the elements that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html().select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// Itself, having this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, String::from_utf8_lossy(&self.body));
        self
    }
}

/// What the database was asked.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        let text = if statement.whole.trim().is_empty() { statement.summary } else { statement.whole };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

/// sqlx reports each statement that it sent as an event of this target.
struct OnlyQueries;

impl<S> Filter<S> for OnlyQueries {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
