//! What the machine can do: the same page from nothing but the web framework (a), from the template engine (b), and from one
//! indexed row (c). `/a` and `/a-br` are bytes of a real page, `/b` and `/c/{number}` are of its size.

use std::path::Path;

use anyhow::Context;
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use sqlx::{
    PgPool, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::net::TcpListener;

/// A page of headings and paragraphs.
#[derive(Debug, Clone, Template)]
#[template(path = "ceiling.html")]
struct Page {
    title: String,
    /// Heading and paragraphs.
    sections: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Clone)]
struct Ceilings {
    page: Vec<u8>,
    compressed: Vec<u8>,
    filled: Page,
    pool: PgPool,
}

/// Serves the ceilings until it is ended; prints the address first.
///
/// # Errors
/// When a file cannot be read or no port is free.
#[expect(clippy::disallowed_methods, reason = "a bare program is measured, without the server's own routes")]
pub async fn serve(database: PgConnectOptions, page: &Path, compressed: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| std::fs::read(path).with_context(|| path.display().to_string());
    let (page, compressed) = (read(page)?, read(compressed)?);
    let pool = PgPoolOptions::new().max_connections(16).test_before_acquire(false).connect_lazy_with(database);
    let filled = fill(page.len(), "Sidan", "Leverantören ska lämna underlag som visar att kravet är uppfyllt.");
    let router = Router::new()
        .route("/a", get(async |State(all): State<Ceilings>| html(all.page, None)))
        .route("/a-br", get(async |State(all): State<Ceilings>| html(all.compressed, Some("br"))))
        .route("/b", get(async |State(all): State<Ceilings>| render(&all.filled)))
        .route("/c/{number}", get(one_row))
        .with_state(Ceilings { page, compressed, filled, pool });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

fn html(body: Vec<u8>, encoding: Option<&'static str>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(encoding));
    }
    response
}

fn render(page: &Page) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[expect(clippy::disallowed_types, reason = "a bare program is measured, without the server's own extractors")]
async fn one_row(State(all): State<Ceilings>, axum::extract::Path(number): axum::extract::Path<i64>) -> Response {
    let found = sqlx::query(
        "select v.title, v.canonical from requirement r join requirement_version v on v.requirement_id = r.id and v.number = 1
         where r.number = $1",
    )
    .bind(number)
    .fetch_optional(&all.pool)
    .await;
    match found {
        Ok(Some(row)) => {
            let text: Option<String> = row.get("canonical");
            render(&fill(all.page.len(), row.get("title"), text.as_deref().unwrap_or("–")))
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A page of about this size that says the text over and over.
fn fill(size: usize, title: &str, text: &str) -> Page {
    // The words between the tags, and the tags.
    let paragraphs = (size / (text.len() + 9)).max(1);
    let sections = (0..paragraphs.div_ceil(8))
        .map(|section| (format!("Avsnitt {}", section + 1), vec![text.to_owned(); 8.min(paragraphs - section * 8)]))
        .collect();
    Page { title: title.to_owned(), sections }
}
