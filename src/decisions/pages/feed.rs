//! The latest decisions as an Atom feed.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::list::title;
use crate::{
    decisions::reads::list::{self as read, List, Row, Wanted},
    kernel::{
        error::Result,
        i18n::{Lang, Texts},
        rights::Right,
        web::{Routes, Visit, links, xml},
    },
};

/// How many it holds.
const ENTRIES: i64 = 50;

/// The feed, in Swedish: that is what decisions are called in.
pub fn routes() -> Routes {
    Routes::new().get(links::DECISIONS_FEED, Right::ReadPublished, feed)
}

#[derive(Template)]
#[template(path = "decisions/feed.xml")]
struct Feed {
    base: String,
    lang: Lang,
    t: Texts,
    list: List,
    updated: String,
}

impl Feed {
    fn address(&self, path: &str) -> String {
        format!("{}{}", self.base, links::localized(self.lang, path))
    }

    fn link(&self, row: &Row) -> String {
        format!("{}{}", self.base, links::decision(self.lang, row.cited()))
    }

    /// The same in both languages, for good.
    fn id(&self, row: &Row) -> String {
        format!("{}{}", self.base, links::decision(Lang::Sv, row.cited()))
    }

    fn title(&self, row: &Row) -> String {
        format!("{}: {}", row.cited(), title(&self.t, row))
    }

    fn at(&self, at: &OffsetDateTime) -> String {
        written(*at)
    }
}

fn written(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

async fn feed(visit: Visit) -> Result<Response> {
    let wanted = Wanted { kind: "all", area: None, key: None, backwards: false };
    let list = read::list(&mut *visit.app.db.read().await?, &wanted, ENTRIES).await?;
    let updated = list.rows.iter().map(|row| row.updated).max().unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let base = visit.app.settings.base_url().to_owned();
    let mut answer = xml(&Feed { base, lang: visit.lang, t: visit.texts(), list, updated: written(updated) })?;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"));
    Ok(answer)
}
