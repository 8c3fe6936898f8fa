//! The pages of the administration. They are in Swedish alone.

pub(super) mod account;
pub(super) mod accounts;
pub(super) mod erase;
pub(super) mod factor;
pub(super) mod jobs;
pub(super) mod letters;
pub(super) mod log;
pub(super) mod organisation;
pub(super) mod organisations;
pub(super) mod overview;
pub(super) mod read_only;
pub(super) mod start;
pub(super) mod words;

use axum::response::Response;
use time::OffsetDateTime;

use crate::kernel::{
    actor::Actor,
    i18n::Texts,
    rights::Right,
    web::{Crumb, Faults, Flash, Layout, Visit, carry_flash, links, see_other},
};

/// The most characters of a reason.
const MOST_REASON: usize = 1000;

/// Whether a reason is one; what is wrong with it where it is not.
fn reason(t: Texts, text: &str, faults: &mut Faults) {
    if text.is_empty() {
        faults.add("skal", t.admin_reason_missing());
    }
    faults.check_length(t, "skal", text, MOST_REASON);
}

/// A page of the administration in its menu.
#[derive(Debug, Clone)]
struct Entry {
    label: &'static str,
    href: &'static str,
    here: bool,
}

/// The pages that this actor may see, in the order of the menu.
fn menu(t: &Texts, actor: &Actor, here: &str) -> Vec<Entry> {
    [
        (Right::Administer, t.admin_overview(), links::ADMIN),
        (Right::Administer, t.admin_jobs(), links::ADMIN_JOBS),
        (Right::Administer, t.admin_letters_menu(), links::ADMIN_LETTERS),
        (Right::ReadLog, t.admin_log(), links::ADMIN_LOG),
        (Right::ManageAccounts, t.admin_accounts(), links::ADMIN_ACCOUNTS),
        (Right::ManageAccounts, t.admin_organisations(), links::ADMIN_ORGANISATIONS),
        (Right::Administer, t.admin_words(), links::ADMIN_WORDS),
        (Right::Administer, t.admin_read_only(), links::ADMIN_READ_ONLY),
    ]
    .into_iter()
    .filter(|(right, _, _)| right.held_by(actor))
    .map(|(_, label, href)| Entry { label, href, here: href == here })
    .collect()
}

/// The frame of a page: its title, where it stands in the menu, and the page above it where that is another one.
fn frame(visit: &Visit, title: &str, here: &'static str, above: Option<(&str, String)>) -> (Layout, Vec<Entry>) {
    let (t, actor) = (visit.texts(), visit.actor());
    let menu = menu(&t, &actor, here);
    let mut crumbs = vec![Crumb::link(t.layout_nav_start(), links::START.to_owned())];
    if here != links::ADMIN && Right::Administer.held_by(&actor) {
        crumbs.push(Crumb::link(t.admin_overview(), links::ADMIN.to_owned()));
    }
    crumbs.extend(above.map(|(label, href)| Crumb::link(label, href)));
    crumbs.push(Crumb::here(title));
    (visit.layout(title, "admin", crumbs).without_alternate(), menu)
}

/// Back to a page, with what was just done.
fn told(visit: &Visit, to: &str, text: impl Into<String>) -> Response {
    let mut response = see_other(to);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    response
}

/// Where a form is sent and its answer begins with what is wrong.
fn to_faults(path: &str) -> String {
    format!("{path}#{}", links::FAULTS)
}

/// `3 minuter`, `2 timmar`, `4 dagar`: how long ago something was.
fn since(t: &Texts, at: OffsetDateTime, now: OffsetDateTime) -> String {
    let ago = now - at;
    match (ago.whole_days(), ago.whole_hours(), ago.whole_minutes()) {
        (2.., _, _) => t.admin_days(ago.whole_days()),
        (_, 2.., _) => t.admin_hours(ago.whole_hours()),
        _ => t.admin_minutes(ago.whole_minutes().max(0)),
    }
}
