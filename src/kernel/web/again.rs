//! A form shown again: after signing in, for another membership, without signing in, after an outage. It is asked for once more inside the
//! program, marked so that its page shows what was typed and sends nothing.

use std::{net::SocketAddr, time::Duration};

use askama::Template;
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use tower::ServiceExt;

use super::{
    App, Carried, Denied, Layout, Routes, Sent, Visit, Who, away,
    carried::is_flash,
    closed,
    form::{see_other, unkept},
    frame::{self, Found, REQUEST_ID},
    html, links,
    unsent::{Held, Lost, Show, ShownAgain, Unsent, Why},
};
use crate::kernel::{
    error::{Error, Failure, Result},
    i18n::Texts,
    rights::Right,
};

/// So much sooner than the frame a form that takes too long is given up, so that what was typed is kept.
const MARGIN: Duration = Duration::from_secs(2);

/// Where a form that travels is shown again, for whoever is signed in by now.
pub fn routes() -> Routes {
    Routes::new().page(links::SHOWN_AGAIN, Right::ReadPublished, back).post_unbound(
        links::SHOWN_AGAIN,
        Right::ReadPublished,
        send,
    )
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::START))
}

async fn send(visit: Visit, Sent(unsent): Sent<Unsent>) -> Response {
    unsent.shown_on(see_other(&links::localized(visit.lang, links::START)))
}

/// Makes pages of forms that were held back, and shows forms again: each of them is another address, so `inside` finds its way
/// anew.
pub async fn again(State((app, inside)): State<(App, Router)>, mut request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let Ok(typed) = away::put_aside(&mut request).await else {
        return Error::BadRequest("the body broke off".to_owned()).into_response();
    };
    let mut asked = Asked {
        uri: request.uri().clone(),
        headers: request.headers().clone(),
        peer: request.extensions().get().copied(),
        again: None,
    };
    // Sooner than the frame gives up, which knows nothing of what was typed.
    let limit = frame::limit_of(request.method(), request.uri().path()).saturating_sub(MARGIN);
    let found = request.extensions().get::<Found>().cloned().unwrap_or_default();
    let mut response = away::hold(frame::guarded(&found, limit, next.run(request)).await, typed);
    let Some(Show(unsent)) = response.extensions_mut().remove::<Show>() else { return dressed(&app, &asked, response) };
    let cookies = response.headers().get_all(header::SET_COOKIE).into_iter().cloned().collect::<Vec<_>>();
    let typed = away::Typed::again(unsent.clone());
    asked.become_again(&app, unsent, &cookies);
    let shown = async {
        let Ok(shown) = inside.oneshot(asked.request()).await;
        shown
    };
    let shown = frame::guarded(&found, limit, shown).await;
    let mut shown = dressed(&app, &asked, away::hold(shown, Some(typed)));
    for cookie in cookies {
        shown.headers_mut().append(header::SET_COOKIE, cookie);
    }
    shown
}

/// What is kept of a request whose answer may become another one.
struct Asked {
    uri: Uri,
    headers: HeaderMap,
    peer: Option<ConnectInfo<SocketAddr>>,
    /// The form that is only shown.
    again: Option<ShownAgain>,
}

impl Asked {
    /// The same browser with these cookies, at the address of a form that is to be shown again. What was just done is told on
    /// the page after.
    fn become_again(&mut self, app: &App, unsent: Unsent, cookies: &[HeaderValue]) {
        let mut jar = CookieJar::from_headers(&self.headers);
        let set = cookies.iter().filter_map(|cookie| Cookie::parse(cookie.to_str().ok()?.to_owned()).ok());
        for cookie in set.filter(|cookie| !is_flash(&app.settings, cookie.name())) {
            let (name, value) = (cookie.name().to_owned(), cookie.value().to_owned());
            jar = if value.is_empty() { jar.remove(Cookie::from(name)) } else { jar.add(Cookie::new(name, value)) };
        }
        let carried: Vec<String> = jar.iter().map(|cookie| format!("{}={}", cookie.name(), cookie.value())).collect();
        if let Ok(value) = HeaderValue::from_str(&carried.join("; ")) {
            self.headers.insert(header::COOKIE, value);
        }
        for name in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
            self.headers.remove(name);
        }
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        // It is a path of ours, which was looked at before it came here.
        self.uri = unsent.to.parse().unwrap_or_else(|_| Uri::from_static("/"));
        self.again = Some(ShownAgain(unsent));
    }

    fn request(&self) -> Request {
        let body = self.again.as_ref().map(|ShownAgain(unsent)| unsent.body.clone()).unwrap_or_default();
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if let Some(again) = &self.again {
            request.extensions_mut().insert(again.clone());
        }
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        request
    }

    fn visit(&self, app: &App, who: Option<Who>) -> Visit {
        let visit = Visit::of(self.uri.path(), self.uri.query(), app, Carried::of(&self.headers, &app.settings), who);
        Visit { again: self.again.clone(), ..visit }
    }
}

/// The answer, with a page where a form was held back, or where who is here now may not see the one that it came from.
fn dressed(app: &App, asked: &Asked, mut response: Response) -> Response {
    let who = response.extensions().get::<Who>().cloned();
    let page = if let Some(held) = response.extensions_mut().remove::<Held>() {
        let visit = asked.visit(app, who.clone());
        match held.why {
            Why::NotSignedIn | Why::NotProved => return response,
            Why::NoPage => typed(&visit, held.unsent, true),
            Why::Closed => {
                let shown = shown(visit.texts(), &held.unsent.pairs());
                closed::page(&visit, held, shown)
            }
            Why::Away => {
                let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };
                let shown = shown(visit.texts(), &held.unsent.pairs());
                let id = asked.headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
                away::page(&visit, held, shown, (failure, id))
            }
            Why::OtherMembership => {
                let denied = denied(&held.unsent);
                other(&visit, held).map(|page| match denied {
                    Some(denied) => denied.on(page),
                    None => page,
                })
            }
        }
    } else if let Some(ShownAgain(unsent)) = &asked.again {
        let failed = response.extensions().get::<Failure>().is_some_and(|failure| failure.status.is_client_error());
        if !failed {
            return response;
        }
        response.extensions_mut().remove::<Failure>();
        typed(&asked.visit(app, who.clone()), unsent.clone(), false)
    } else {
        return response;
    };
    let mut page = page.unwrap_or_else(IntoResponse::into_response);
    if let Some(who) = who {
        page.extensions_mut().insert(who);
    }
    page
}

/// The mark of a form that was held back because it was shown for another membership, for the log; the frame writes it down,
/// within its limits. A form without one was shown to a visitor.
fn denied(unsent: &Unsent) -> Option<Denied> {
    let denied = Denied::new("other_membership").named("form.other_membership");
    match uuid::Uuid::try_parse(&unsent.shown_for) {
        Ok(id) => Some(denied.of("membership", id)),
        Err(_) => (!unsent.shown_for.is_empty()).then_some(denied),
    }
}

#[derive(Template)]
#[template(path = "errors/other_membership.html")]
struct OtherPage {
    layout: Layout,
    unsent: Unsent,
    lost: Option<Lost>,
    /// For whom it was, where that is theirs to know.
    was: String,
    /// The membership to act for to send it as it was meant; none where it is not theirs.
    theirs: Option<uuid::Uuid>,
    /// For whom they act now.
    now: String,
}

fn other(visit: &Visit, held: Held) -> Result<Response> {
    let t = visit.texts();
    let Some(who) = &visit.who else { return Err(Error::NotSignedIn) };
    let now = who.membership().map_or_else(|| who.name.clone(), |membership| membership.name(visit.lang).to_owned());
    let meant = who.memberships.iter().find(|one| one.id.to_string() == held.unsent.shown_for);
    let was = match meant {
        Some(membership) => t.form_other_membership(membership.name(visit.lang), &now),
        None if held.unsent.shown_for.is_empty() => t.form_other_visitor(&now),
        None => t.form_other_person(&now),
    };
    let theirs = meant.map(|membership| membership.id);
    let layout = visit.layout(t.form_other_heading(), "", Vec::new()).without_alternate();
    let page = OtherPage { layout, unsent: held.unsent, lost: held.lost, was, theirs, now };
    Ok((StatusCode::CONFLICT, unkept(html(&page)?)).into_response())
}

#[derive(Template)]
#[template(path = "errors/typed.html")]
struct TypedPage {
    layout: Layout,
    unsent: Unsent,
    /// Everything that travels, for the button.
    pairs: Vec<(String, String)>,
    can_send: bool,
}

impl TypedPage {
    fn shown(&self) -> Vec<(String, String)> {
        shown(self.layout.t, &self.pairs)
    }

    /// The page from which it was sent; where it is not said, asking for its address leads there.
    fn back(&self) -> &str {
        let said = self.pairs.iter().find(|(name, value)| name == "tillbaka" && links::is_local(value));
        said.map_or(self.unsent.to.as_str(), |(_, value)| value)
    }
}

/// What somebody typed or chose, as far as it says anything to people.
fn shown(t: Texts, pairs: &[(String, String)]) -> Vec<(String, String)> {
    let label = |name: &str| match name {
        "namn" => t.form_field_name().to_owned(),
        "text" => t.form_field_text().to_owned(),
        "krav" => t.form_field_requirement().to_owned(),
        "anteckning" => t.form_field_note().to_owned(),
        "skal" => t.form_field_reason().to_owned(),
        "stycke" => t.form_field_clause().to_owned(),
        "epost" => t.form_field_email().to_owned(),
        _ => {
            let mut words = name.replace(['_', '-'], " ");
            // In capitals where the first letter is one byte long, as it is in all our names.
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words
        }
    };
    let says = |value: &str| !value.trim().is_empty() && uuid::Uuid::try_parse(value).is_err();
    let technical = ["tillbaka", "vid", "las", "nyckel", "id", "gor", "at", "version"];
    let fine =
        |(name, value): &&(String, String)| !technical.contains(&name.as_str()) && !name.starts_with("oskickat") && says(value);
    pairs.iter().filter(fine).map(|(name, value)| (label(name), value.clone())).collect()
}

/// What was typed, where the page of the form cannot be shown with it.
fn typed(visit: &Visit, unsent: Unsent, can_send: bool) -> Result<Response> {
    let t = visit.texts();
    let layout = visit.layout(t.form_typed_heading(), "", Vec::new()).without_alternate();
    // The heading says it by itself.
    let title = format!("{} – {}", t.form_typed_heading(), t.layout_name());
    let again = layout.again.clone().filter(|text| text != t.form_again());
    let layout = Layout { title, again, ..layout };
    let pairs = unsent.pairs();
    let page = unkept(html(&TypedPage { layout, unsent, pairs, can_send })?);
    Ok(if can_send { page } else { (StatusCode::NOT_FOUND, page).into_response() })
}
