//! Lists in pages: by number near the beginning, by an opaque cursor at any depth.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::params::{Params, bad};
use crate::kernel::{
    error::{Error, Result},
    web::{App, Problem, links},
};

/// Names of the parameters that every list takes.
pub(super) const PARAMETERS: [&str; 3] = ["limit", "page", "cursor"];
/// How many are on a page unless told.
pub(super) const DEFAULT_LIMIT: u32 = 20;
/// The most that is on a page.
pub(super) const MOST: u32 = 100;
/// Pages are counted so deep; from there on by cursor.
pub(super) const DEPTH: u32 = 1_000;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T> {
    /// What is on the page.
    pub(super) items: Vec<T>,
    /// How many there are on all pages.
    #[schema(example = 97)]
    pub(super) total: i64,
    /// Which page this is, from 1.
    #[schema(example = 1)]
    pub(super) page: u32,
    /// How many there are at most on a page.
    #[schema(example = 20)]
    pub(super) limit: u32,
    /// Address of the next page; null on the last.
    pub(super) next: Option<String>,
}

/// What part of a list is asked for.
#[derive(Debug)]
pub(super) struct Place<C> {
    /// The page's number.
    pub(super) page: u32,
    /// How many are on a page.
    pub(super) limit: u32,
    /// Where the page before ended, if it was reached by cursor.
    pub(super) after: Option<C>,
}

/// What is inside a cursor.
#[derive(Serialize, Deserialize)]
struct Cursor<C> {
    page: u32,
    after: C,
}

/// Where a list ended that is short enough to be counted through.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Offset(u32);

impl<C: DeserializeOwned + Serialize> Place<C> {
    /// Reads `limit`, `page` and `cursor`; `path` is the list's own.
    ///
    /// # Errors
    /// A bad request where one is wrong, both places are given, or the page is too deep.
    pub(super) fn read(params: &Params, app: &App, path: &str) -> Result<Self> {
        let limit = params.number("limit", 1, MOST)?.unwrap_or(DEFAULT_LIMIT);
        let page = params.number("page", 1, u32::MAX)?;
        let Some(text) = params.one("cursor")? else {
            let page = page.unwrap_or(1);
            if u64::from(page) * u64::from(limit) > u64::from(DEPTH) {
                return Err(too_deep(params, app, path, page, limit));
            }
            return Ok(Self { page, limit, after: None });
        };
        if let Some(page) = page {
            return Err(bad("page", &page.to_string(), "either page or cursor, not both"));
        }
        let cursor: Option<Cursor<C>> = hex::decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let cursor = cursor.ok_or_else(|| bad("cursor", text, "a cursor from \"next\" of the same list"))?;
        Ok(Self { page: cursor.page.max(1), limit, after: Some(cursor.after) })
    }

    /// The address of the page that begins after this key.
    ///
    /// # Errors
    /// When the key cannot be written, which is a fault of ours.
    pub(super) fn next(&self, params: &Params, app: &App, path: &str, after: C) -> Result<String> {
        let cursor = hex::encode(serde_json::to_vec(&Cursor { page: self.page.saturating_add(1), after })?);
        Ok(address(params, app, path, "cursor", &cursor))
    }

    /// How many rows to pass over: none where a cursor says where to begin.
    pub(super) fn passed_over(&self) -> i64 {
        if self.after.is_some() { 0 } else { i64::from(self.page - 1) * i64::from(self.limit) }
    }

    /// The page of a list that is read by key, from as many rows as it holds and, where there are more, one besides. `key` says
    /// where a row stands, `body` what is told of it.
    ///
    /// # Errors
    /// When the cursor cannot be written, which is a fault of ours.
    pub(super) fn keyed<R, T>(
        &self,
        (params, app, path): (&Params, &App, &str),
        mut rows: Vec<R>,
        total: i64,
        key: impl Fn(&R) -> C,
        body: impl FnMut(R) -> T,
    ) -> Result<List<T>> {
        let more = rows.len() > self.limit as usize;
        rows.truncate(self.limit as usize);
        let last = rows.last().filter(|_| more).map(key);
        let next = last.map(|after| self.next(params, app, path, after)).transpose()?;
        Ok(List { items: rows.into_iter().map(body).collect(), total, page: self.page, limit: self.limit, next })
    }
}

impl Place<Offset> {
    /// How many come before the page.
    pub(super) fn offset(&self) -> u32 {
        self.after.as_ref().map_or_else(|| (self.page - 1) * self.limit, |after| after.0)
    }

    /// The page of a list, from its items on that page and the total.
    ///
    /// # Errors
    /// When the cursor cannot be written, which is a fault of ours.
    pub(super) fn list<T>(&self, params: &Params, app: &App, path: &str, items: Vec<T>, total: i64) -> Result<List<T>> {
        let end = self.offset().saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
        let more = !items.is_empty() && i64::from(end) < total;
        let next = if more { Some(self.next(params, app, path, Offset(end))?) } else { None };
        Ok(List { items, total, page: self.page, limit: self.limit, next })
    }

    /// The page of a list that is here as a whole.
    ///
    /// # Errors
    /// When the cursor cannot be written, which is a fault of ours.
    pub(super) fn slice<T>(&self, params: &Params, app: &App, path: &str, all: Vec<T>) -> Result<List<T>> {
        let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let items = all.into_iter().skip(self.offset() as usize).take(self.limit as usize).collect();
        self.list(params, app, path, items, total)
    }
}

/// `page` leads no deeper: the problem points at the last page that it reaches, whose `next` goes on by cursor.
fn too_deep(params: &Params, app: &App, path: &str, page: u32, limit: u32) -> Error {
    let mut problem = Problem::new(
        StatusCode::BAD_REQUEST,
        Some(format!(
            "parameter page: got \"{page}\", expected page × limit to be at most {DEPTH} (limit is {limit}); to read on, follow \
             \"next\" of each page; \"next\" of this problem is the last page that can be had by number"
        )),
    );
    problem.next = Some(address(params, app, path, "page", &(DEPTH / limit).to_string()));
    Error::Problem(Box::new(problem))
}

fn address(params: &Params, app: &App, path: &str, name: &str, value: &str) -> String {
    let path = links::with_query(path, params.without_place().chain([(name, value)]));
    format!("{}{path}", app.settings.base_url())
}
