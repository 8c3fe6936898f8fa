//! The API as programs meet it.

mod document;
mod examples;
pub mod export;
mod list;
mod organisations;
mod outside;
mod proposals;
mod requirement;
mod taxonomy;

use serde_json::Value;

use crate::support::{Answer, TestApp};

/// Every list of the API that can be walked in the example bank.
const LISTS: [&str; 7] = [
    "/api/v1/requirements",
    "/api/v1/requirements/KB-0004/versions",
    "/api/v1/product-areas",
    "/api/v1/objectives",
    "/api/v1/cpv",
    "/api/v1/organisations",
    "/api/v1/proposals",
];
const EVERY_STATUS: &str = "status=current&status=coming&status=superseded&status=repealed";

/// The path of an absolute address of the bank.
fn path_of(address: &Value) -> Option<String> {
    let address = address.as_str()?;
    let rest = address.split_once("://").expect("an absolute address").1;
    Some(rest[rest.find('/').expect("a path")..].to_owned())
}

/// Every page of a list, by `next`.
async fn walk(app: &TestApp, path: &str) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut path = Some(path.to_owned());
    while let Some(at) = path {
        let page = app.get(&at).await.expect(200).json();
        path = path_of(&page["next"]);
        pages.push(page);
        assert!(pages.len() < 2_000, "{at}: no end");
    }
    pages
}

fn items(pages: &[Value]) -> Vec<&Value> {
    pages.iter().flat_map(|page| page["items"].as_array().expect("a list")).collect()
}

fn field(items: &[&Value], name: &str) -> Vec<String> {
    items.iter().map(|item| item[name].as_str().map_or_else(|| item[name].to_string(), str::to_owned)).collect()
}

/// A problem document of this status; gives its detail.
#[track_caller]
fn problem(answer: Answer, status: u16) -> (Value, String) {
    let answer = answer.expect(status);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.path);
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{}", answer.path);
    assert!(problem["title"].is_string() && problem["type"].is_string() && problem["instance"].is_string());
    let detail = problem["detail"].as_str().unwrap_or_default().to_owned();
    (problem, detail)
}
