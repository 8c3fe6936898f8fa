//! Selections: the guide that proposes them, and what they take and give.

mod eforms;
mod guide;
mod overview;
mod propose;

use crate::support::Answer;

/// The path of the selection that an answer leads to.
fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let location = answer.header("location");
    assert!(location.starts_with("/korgar/") || location.starts_with("/en/korgar/"), "{location}");
    location.split('#').next().unwrap_or_default().to_owned()
}
