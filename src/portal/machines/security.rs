//! `GET /.well-known/security.txt` (RFC 9116) and the policy that it names: whom to tell of a hole, and what happens then.

use axum::response::Response;
use time::{Duration, format_description::well_known::Rfc3339};

use crate::kernel::{
    clock,
    error::{Error, Result},
    rights::Right,
    web::{Routes, Visit, links, text},
};

const FILE: &str = "/.well-known/security.txt";
const POLICY: &str = "/security-policy.txt";
/// The file holds for so long; the standard wants less than a year, and each reader is given a new one.
const HOLDS: Duration = Duration::days(180);

/// Where they are.
pub(super) fn routes() -> Routes {
    Routes::new().get(FILE, Right::ReadPublished, file).get(POLICY, Right::ReadPublished, policy)
}

/// Every address in the file has to be https: a bank that is not reached so, such as one being tried, has none.
async fn file(visit: Visit) -> Result<Response> {
    let settings = &visit.app.settings;
    if !settings.is_https() {
        return Err(Error::NotFound);
    }
    let base = settings.base_url();
    let contact = settings.security_contact.clone().unwrap_or_else(|| format!("{base}{}", links::CONTACT));
    // The same the whole day, so that whoever has it need not fetch it again.
    let expires = (clock::start_of_day(visit.today()) + HOLDS).format(&Rfc3339).map_err(anyhow::Error::from)?;
    Ok(text(format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: sv, en\nCanonical: {base}{FILE}\nPolicy: {base}{POLICY}\n"
    )))
}

async fn policy() -> Response {
    text(include_str!("../../../SECURITY.md").to_owned())
}
