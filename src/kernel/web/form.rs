//! What every form needs: texts made clean, faults by field, answers that nobody keeps.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use time::{Date, Duration, OffsetDateTime};

use super::Visit;
use crate::kernel::{clock, error::Result, i18n::Texts};

/// The most characters of an e-mail address.
pub const MOST_EMAIL: usize = 254;

/// A fault in what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The id of the field; empty where the fault is not in a field.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do, the same words in the summary and at the field.
    pub text: String,
}

/// All faults of a form, in the order of its fields.
#[derive(Debug, Clone, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// One that belongs to no field: too many at once, the database away.
    pub fn general(text: impl Into<String>) -> Self {
        Self(vec![Fault { field: Cow::Borrowed(""), text: text.into() }])
    }

    /// Adds one.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.0.push(Fault { field: field.into(), text: text.into() });
    }

    /// Adds one where a text is longer than it may be.
    pub fn check_length(&mut self, t: Texts, field: impl Into<Cow<'static, str>>, text: &str, most: usize) {
        self.check_size(t, field, text.chars().count(), most);
    }

    /// Adds one where what was counted together is more than it may be.
    pub fn check_size(&mut self, t: Texts, field: impl Into<Cow<'static, str>>, length: usize, most: usize) {
        if length > most {
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            self.add(field, t.form_too_long(number(length), number(most)));
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first fault of a field, if any.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    /// Each of them.
    pub fn all(&self) -> &[Fault] {
        &self.0
    }
}

/// A text of many lines as it is kept: lines end in `\n`, blanks around it are gone, and so is what cannot be seen.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unseen(*c)).collect::<String>().trim().to_owned()
}

/// A text of one line as it is kept: every break is a blank, so that no header, mail or log line can be broken with it.
pub fn line(text: &str) -> String {
    lines(text).replace(['\n', '\t'], " ").trim().to_owned()
}

/// Control characters, and those that turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a text is formed like an e-mail address: that is all that can be known without writing to it.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let fine = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;:\"()".contains(c))
    };
    let host_is_fine = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    text.chars().count() <= MOST_EMAIL && fine(name) && fine(host) && host_is_fine
}

/// The form again, with faults that the visitor can put right.
///
/// # Errors
/// When the page cannot be rendered.
pub fn again(faults: Faults, show: impl FnOnce(Faults) -> Result<Response>) -> Result<Response> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(faults)?).into_response())
}

/// When one may do something again, by the clock in Sweden: the day where it is not today, and the time of day.
pub fn again_at(visit: &Visit, at: OffsetDateTime) -> (Option<Date>, String) {
    // What is rounded up to midnight is tomorrow.
    let day = clock::in_sweden(at + Duration::seconds(59)).date();
    ((day != visit.today()).then_some(day), visit.lang.time_from(at))
}

/// 429: the page that says so, and for programs how long to wait.
pub fn too_many(page: Response, visit: &Visit, until: OffsetDateTime) -> Response {
    let mut page = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    let seconds = (until - visit.now).whole_seconds().max(0) + 1;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    page
}

/// 303: what was sent is done with, and can be asked for there.
pub fn see_other(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// A page with a key of its own, or with what somebody typed: nobody keeps it.
pub fn unkept(mut page: Response) -> Response {
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
