//! The receipt of a report: its number and what happens next, nothing of what was written. Its address cannot be guessed.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Layout, Routes, Visit, html, links, unkept},
    },
    reports::{
        reads::{self, Receipt},
        report::ANSWER_WITHIN,
    },
};

/// The receipt.
pub fn routes() -> Routes {
    Routes::new().page(links::REPORT_RECEIPT, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "reports/receipt.html")]
struct ReceiptPage {
    layout: Layout,
    receipt: Receipt,
}

impl ReceiptPage {
    fn received(&self) -> String {
        self.layout.lang.day_of(self.receipt.received)
    }

    fn answered_by(&self) -> String {
        self.layout.lang.day_of(self.receipt.received + ANSWER_WITHIN)
    }

    /// The version that it is about, as it is cited and where it is.
    fn about(&self) -> Option<(String, String)> {
        let (number, version) = self.receipt.about?;
        Some((format!("{number}:{version}"), links::version(self.layout.lang, number, version)))
    }
}

async fn page(visit: Visit, At(key): At<Uuid>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let receipt = reads::receipt(&mut connection, &visit.viewer, key).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let t = visit.texts();
    let title = t.report_receipt_title(receipt.number);
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(title.clone())];
    let layout = visit.layout(&title, "", crumbs);
    Ok(unkept(html(&ReceiptPage { layout, receipt })?))
}
