//! Routes are data: what is mounted is also listed, with the right that it takes, since axum cannot list its routes.
//! The rights test, `docs/rights.md` and the English mounting read the list.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware,
    routing::{MethodRouter, get, post},
};

use super::{
    App,
    bound::{Rule, bound},
    closed::{closed, stays_open},
    gate::gate,
    unsent::KEEPING_LIMIT,
};
use crate::kernel::rights::Right;

/// The largest form that is read: the longest texts that the bank takes, each letter escaped, and some more.
pub const FORM_LIMIT: usize = 128 * 1024;
/// The largest form that holds the whole text of a requirement: 50 clauses of 4 000 letters, each letter escaped, and some more.
const LONG_FORM_LIMIT: usize = 1536 * 1024;

/// In which languages an address exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Once: machines read it.
    None,
    /// Once: pages for those who look after the bank, who work in Swedish.
    Swedish,
    /// Bare in Swedish, and under `/en`.
    Both,
}

/// One method at one address.
#[derive(Debug, Clone)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The pattern as axum writes it: `/krav/{id}`.
    pub path: &'static str,
    /// What it takes to be answered.
    pub right: Right,
    /// Whether it is mounted under `/en` too.
    pub language: Language,
    /// Whether who sends it must have proved lately who they are.
    pub proved: bool,
}

/// A list of routes and the router that answers them.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
    router: Router<App>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page: GET, in both languages.
    #[must_use]
    pub fn page<H, T>(mut self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let english = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
        self = self.mount(path, gated(right, get(handler.clone()))).mount(&english, gated(right, get(handler)));
        self.list.push(Route { method: Method::GET, path, right, language: Language::Both, proved: false });
        self
    }

    /// Something that is read in one language or none: API, probes, files.
    #[must_use]
    pub fn get<H, T>(mut self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self = self.mount(path, gated(right, get(handler)));
        self.list.push(Route { method: Method::GET, path, right, language: Language::None, proved: false });
        self
    }

    /// Something that changes the bank: POST of a form, in both languages. That it comes from our own pages is checked for
    /// all of them in one place (`server::service`); that it is sent by whom it was shown to, for the membership that it was
    /// shown for, before the handler. Signing in and out is for whoever it is, and a form that could not be sent travels with it.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        if right == Right::SignIn {
            return self.post_unbound(path, right, handler);
        }
        self.post_bound(FORM_LIMIT, Rule { right, shows: false, proved: false }, path, handler)
    }

    /// A form whose handler takes `web::Drafted`: it shows its page with what was typed, where the form is to be shown again.
    #[must_use]
    pub fn form<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_bound(FORM_LIMIT, Rule { right, shows: true, proved: false }, path, handler)
    }

    /// The same for a form that may hold the whole text of a requirement.
    #[must_use]
    pub fn form_long<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_bound(LONG_FORM_LIMIT, Rule { right, shows: true, proved: false }, path, handler)
    }

    /// A form that means the same for whomever it was shown: whom to act for from now on. Another form may travel with it.
    #[must_use]
    pub fn post_unbound<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let method = unless_closed(path, right, post(handler)).layer(DefaultBodyLimit::max(KEEPING_LIMIT));
        self.post_with(path, right, gated(right, method))
    }

    /// A page for those who look after the bank: GET, in Swedish alone.
    #[must_use]
    pub fn swedish_page<H, T>(mut self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self = self.mount(path, gated(right, get(handler)));
        self.list.push(Route { method: Method::GET, path, right, language: Language::Swedish, proved: false });
        self
    }

    /// A form of such a page.
    #[must_use]
    pub fn swedish_post<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.swedish_post_at_most(FORM_LIMIT, path, right, handler)
    }

    /// A form of such a page whose handler takes `web::Drafted`.
    #[must_use]
    pub fn swedish_form<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.swedish_bound(FORM_LIMIT, Rule { right, shows: true, proved: false }, path, handler)
    }

    /// The same for a form that may hold the whole text of a requirement.
    #[must_use]
    pub fn swedish_form_long<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.swedish_bound(LONG_FORM_LIMIT, Rule { right, shows: true, proved: false }, path, handler)
    }

    /// A form of such a page that brings a file; how much of it is read is for the slice to say.
    #[must_use]
    pub fn swedish_post_at_most<H, T>(self, limit: usize, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.swedish_bound(limit, Rule { right, shows: false, proved: false }, path, handler)
    }

    /// A form of such a page that hurts somebody: whoever sends it has proved lately who they are, or proves it first. What was
    /// sent travels with it and is shown again by the handler (`web::Drafted`), not done.
    #[must_use]
    pub fn swedish_proved_form<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.swedish_bound(FORM_LIMIT, Rule { right, shows: true, proved: true }, path, handler)
    }

    /// A form with which another one may travel.
    #[must_use]
    pub fn post_keeping<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_bound(KEEPING_LIMIT, Rule { right, shows: false, proved: false }, path, handler)
    }

    fn swedish_bound<H, T>(mut self, limit: usize, rule: Rule, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self = self.mount(path, bound_to(limit, rule, path, post(handler)));
        let (right, proved) = (rule.right, rule.proved);
        self.list.push(Route { method: Method::POST, path, right, language: Language::Swedish, proved });
        self
    }

    /// The limit stands nearer the handler than that of the whole service, and holds instead of it.
    fn post_bound<H, T>(self, limit: usize, rule: Rule, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_with(path, rule.right, bound_to(limit, rule, path, post(handler)))
    }

    fn post_with(mut self, path: &'static str, right: Right, method: MethodRouter<App>) -> Self {
        self = self.mount(path, method.clone()).mount(&format!("/en{path}"), method);
        self.list.push(Route { method: Method::POST, path, right, language: Language::Both, proved: false });
        self
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that mounts")]
    fn mount(mut self, path: &str, method: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, method);
        self
    }

    /// These and those of another slice.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// What is mounted.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    /// The router that answers.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

/// Behind what asks for whom a form was shown, reading so much of it.
fn bound_to(limit: usize, rule: Rule, path: &str, method: MethodRouter<App>) -> MethodRouter<App> {
    let method: MethodRouter<App> = method.layer(middleware::from_fn(move |request, next| bound(rule, request, next)));
    unless_closed(path, rule.right, method).layer(DefaultBodyLimit::max(limit))
}

/// Behind what asks whether anything can be changed at the moment.
fn unless_closed(path: &str, right: Right, method: MethodRouter<App>) -> MethodRouter<App> {
    if stays_open(path) {
        return method;
    }
    method.layer(middleware::from_fn(move |request, next| closed(right, request, next)))
}

/// Behind the gate, where it takes more than a visitor has: no handler can forget to ask.
fn gated(right: Right, method: MethodRouter<App>) -> MethodRouter<App> {
    if right.of_visitor() {
        return method;
    }
    method.layer(middleware::from_fn(move |request, next| gate(right, request, next)))
}
