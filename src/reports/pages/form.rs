//! What the forms share: the checks of fields that both have, and how an attempt to send is answered.

use axum::response::Response;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        web::{Faults, Layout, Visit, again_at, is_email, links, see_other, too_many},
    },
    reports::{report::MOST_TEXT, workflow::Outcome},
};

/// The key of the form that was sent; a form without one is a form of its own.
pub fn key(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap_or_else(|_| Uuid::new_v4())
}

/// In whose name a report is sent, where somebody has signed in.
pub fn sent_by(layout: &Layout) -> Option<String> {
    let t = layout.t;
    let who = layout.who.as_ref()?;
    Some(match who.membership() {
        Some(membership) => t.report_handled_sent_for(membership.name(layout.lang)),
        None => t.report_handled_sent_as().to_owned(),
    })
}

/// Checks the text that says what is wrong.
pub fn check_text(t: Texts, faults: &mut Faults, text: &str) {
    if text.is_empty() {
        faults.add("text", t.report_text_empty());
    }
    faults.check_length(t, "text", text, MOST_TEXT);
}

/// Checks the address to answer, which may be empty.
pub fn check_email(t: Texts, faults: &mut Faults, email: &str) {
    if !email.is_empty() && !is_email(email) {
        faults.add("epost", t.report_email_wrong());
    }
}

/// Answers an attempt to send: the receipt, or the form again with all that was typed and what to do.
///
/// # Errors
/// Those that are no matter of ours; others are told on the page.
pub fn answer(visit: &Visit, outcome: Result<Outcome>, show: impl FnOnce(Faults) -> Result<Response>) -> Result<Response> {
    let t = visit.texts();
    match outcome {
        Ok(Outcome::Received(receipt)) => Ok(see_other(&format!("{}#kvitto", links::report_receipt(visit.lang, receipt)))),
        Ok(Outcome::NotUntil(until)) => {
            let text = match again_at(visit, until) {
                (None, time) => t.form_too_many_today(time),
                (Some(day), time) => t.form_too_many_later(visit.lang.date(day), time),
            };
            Ok(too_many(show(Faults::general(text))?, visit, until))
        }
        Err(error) if error.is_ours() => {
            let text = if matches!(error, Error::Unavailable(_)) { t.form_away() } else { t.form_failed() };
            let page = show(Faults::general(text))?;
            Ok(error.on_page(page))
        }
        Err(error) => Err(error),
    }
}
