//! All that a list holds, put into the selection in use. The filters stand in the address, as they do in the list's.

use axum::response::Response;
use serde::Deserialize;

use super::list::Asks;
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Client, Flash, Routes, Sent, Visit, carry_flash, links, see_other, unkept},
    },
    portal::reads::hits,
    search::catalogue::Catalogue,
    selections::{self, MOST_ROWS, Putting, Wanted},
};

/// Where the buttons are sent; whoever comes there by hand is shown the list.
pub fn routes() -> Routes {
    Routes::new().page(links::COLLECTED, Right::ReadPublished, list).post(links::COLLECTED, Right::MakeSelection, send)
}

/// Where the button stood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    tillbaka: String,
    /// The id of the element there that says what was done.
    vid: String,
}

/// The address of the list with these filters.
fn address(visit: &Visit, asks: &Asks) -> String {
    links::with_query(&links::localized(visit.lang, links::REQUIREMENTS), asks.pairs(|_, _| false))
}

async fn list(visit: Visit, Asked(asks): Asked<Asks>) -> Response {
    see_other(&address(&visit, &asks))
}

async fn send(visit: Visit, Asked(asks): Asked<Asks>, client: Client, Sent(form): Sent<Form>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let query = asks.query();
    let found = hits::hits(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), &query, MOST_ROWS).await?;
    drop(connection);
    let back = if form.tillbaka.is_empty() { address(&visit, &asks) } else { form.tillbaka };
    let at = Some(form.vid).filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let wanted: Vec<Wanted> = found
        .cited
        .iter()
        .map(|(number, version)| Wanted { number: *number, version: Some(*version), reason: String::new() })
        .collect();
    if wanted.is_empty() {
        let t = visit.texts();
        let most = i64::try_from(MOST_ROWS).unwrap_or(i64::MAX);
        let text = if found.total == 0 { t.collect_nothing().to_owned() } else { t.collect_too_many(found.total, most) };
        let local = if links::is_local(&back) { back } else { address(&visit, &asks) };
        let path = local.split('#').next().unwrap_or(&local);
        let to = at.as_ref().map_or_else(|| path.to_owned(), |id| format!("{path}#{id}"));
        let mut response = see_other(&to);
        carry_flash(&mut response, &visit.app.settings, &Flash { at, ..Flash::new(text) });
        return Ok(unkept(response));
    }
    selections::put(&visit, &client, Putting { wanted: &wanted, back: &back, at, new: None }).await
}
