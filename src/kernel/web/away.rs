//! A form that meets a bank that is away before its page can be shown: what was typed is kept in a page that says so. Pages that
//! can be shown without asking the database show the form itself (`Error::on_page`) and are left alone here.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    Layout, Visit,
    bound::{Read, read},
    form::unkept,
    html, links,
    unsent::{MOST_KEPT, Unsent, shown_for},
};
use crate::kernel::error::{Error, Failure};

/// The form as it came. Files, and what is longer than what travels, are not looked into.
pub(super) async fn kept(request: &mut Request) -> Result<Option<Unsent>, Error> {
    if !can_travel(request.headers()) {
        return Ok(None);
    }
    let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    match read(request).await {
        // A form that was to be shown again is still the one that it was.
        Read::Whole(body) if to.ends_with(links::SHOWN_AGAIN) => Ok(Some(Unsent::travelling(&body))),
        Read::Whole(body) => {
            let said = shown_for(&body);
            Ok(Some(Unsent::of(&to, &body, said.as_deref().unwrap_or_default(), said.is_none())))
        }
        Read::File | Read::Over => Ok(None),
        Read::Broken => Err(Error::BadRequest("the body broke off".to_owned())),
    }
}

fn can_travel(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_form = said(header::CONTENT_TYPE).is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"));
    let length = said(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    is_form && length.is_some_and(|length| length <= MOST_KEPT)
}

/// Whether an answer says that the bank is away and has no page of its own.
pub(super) fn is_away(response: &Response) -> bool {
    let failure = response.extensions().get::<Failure>();
    failure.is_some_and(|failure| failure.status == StatusCode::SERVICE_UNAVAILABLE && !failure.has_page)
}

#[derive(Template)]
#[template(path = "errors/away.html")]
struct AwayPage<'a> {
    layout: Layout,
    unsent: &'a Unsent,
    /// What somebody typed or chose, as far as it says anything to people.
    shown: Vec<(String, String)>,
}

impl AwayPage<'_> {
    fn again(&self) -> String {
        self.layout.href(links::SHOWN_AGAIN)
    }
}

/// The page that says so, with what was typed, instead of the answer; its cause stays with it for the log.
pub(super) fn instead(visit: &Visit, unsent: &Unsent, shown: Vec<(String, String)>, mut response: Response) -> Response {
    let layout = visit.layout(visit.texts().form_unreached_heading(), "", Vec::new()).without_alternate();
    let Ok(page) = html(&AwayPage { layout, unsent, shown }) else { return response };
    let failure = response.extensions_mut().remove::<Failure>();
    let mut page = (StatusCode::SERVICE_UNAVAILABLE, unkept(page)).into_response();
    if let Some(failure) = failure {
        page.extensions_mut().insert(Failure { has_page: true, ..failure });
    }
    page
}
