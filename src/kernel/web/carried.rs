//! What a browser carries from page to page in cookies: the key of its selections, one message for the next page, and the key
//! of its session where somebody has signed in. A browser that carries nothing gets the pages that everybody gets.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use time::Duration;

use super::links::is_local;
use crate::kernel::config::Settings;

/// How long a browser keeps the key of its selections after it was last given one.
pub const KEPT: Duration = Duration::days(30);
const SELECTIONS: &str = "korg";
/// What stands in the cookie instead of a key where the selections are an account's.
const OF_ACCOUNT: &str = "konto";
const FLASH: &str = "besked";
const SESSION: &str = "session";
/// A message that no page has shown is forgotten after this.
const FLASH_KEPT: Duration = Duration::minutes(2);
/// Browsers keep cookies of four kilobytes.
const MOST_FLASH: usize = 3000;

/// The key of a browser's selections: 128 bits of chance, as 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionKey(String);

impl SelectionKey {
    /// A new one, which nobody can guess.
    pub fn draw() -> Self {
        // A UUID has six bits that are not chance; two of them have more than enough.
        let (one, other) = (uuid::Uuid::new_v4().into_bytes(), uuid::Uuid::new_v4().into_bytes());
        let mixed: Vec<u8> = one.iter().zip(other.iter().rev()).map(|(a, b)| a ^ b).collect();
        Self(hex::encode(mixed))
    }

    /// The key, if it is formed as one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_key = text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
        is_key.then(|| Self(text.to_owned()))
    }

    /// As it stands in cookies and links.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The selections of a browser, as its cookie tells of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selections {
    /// The key to them; none where they are an account's, which opens them.
    pub key: Option<SelectionKey>,
    /// How many requirements stood in the one in use when the cookie was given: for the header, and for nothing else.
    pub rows: i64,
}

/// A message about what was just done, for the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// What was done, in the language of the page that was sent from.
    pub text: String,
    /// The id of the element that it is about; none for the whole page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Where to go on: words and path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(String, String)>,
    /// How to undo it: the words of the button and the path of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<(String, String)>,
}

impl Flash {
    /// A message for the whole page.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), at: None, link: None, undo: None }
    }

    /// Whether it leads nowhere but to pages of ours; a cookie can be written by others.
    fn is_ours(&self) -> bool {
        [&self.link, &self.undo].into_iter().flatten().all(|(_, path)| is_local(path))
    }
}

/// What the cookies of a request say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The browser's selections.
    pub selections: Option<Selections>,
    /// What was just done.
    pub flash: Option<Flash>,
}

impl Carried {
    /// Reads them; what is not as the bank writes it is passed over.
    pub fn of(headers: &HeaderMap, settings: &Settings) -> Self {
        if !headers.contains_key(header::COOKIE) {
            return Self::default();
        }
        let jar = CookieJar::from_headers(headers);
        let value = |name: &str| jar.get(&full_name(settings, name)).map(Cookie::value);
        let selections = value(SELECTIONS).and_then(|value| {
            let (key, rows) = value.split_once('.').unwrap_or((value, "0"));
            let rows = rows.parse().ok().filter(|rows| (0..100_000).contains(rows)).unwrap_or(0);
            let key = if key == OF_ACCOUNT { None } else { Some(SelectionKey::parse(key)?) };
            Some(Selections { key, rows })
        });
        let flash = value(FLASH).filter(|value| value.len() <= MOST_FLASH).and_then(|value| {
            let json = percent_decode_str(value).decode_utf8().ok()?;
            serde_json::from_str(&json).ok().filter(Flash::is_ours)
        });
        Self { selections, flash }
    }

    /// Whether the browser carries anything: its pages are for nobody else.
    pub fn is_any(&self) -> bool {
        self.selections.is_some() || self.flash.is_some()
    }
}

/// Has the browser carry the key of its selections, and how many requirements are in the one in use. Those of an account need
/// no key: the browser carries the number alone, until it is closed.
pub fn carry_selections(response: &mut Response, settings: &Settings, key: Option<&SelectionKey>, rows: i64) {
    match key {
        Some(key) => set(response, settings, SELECTIONS, &format!("{}.{rows}", key.as_str()), Some(KEPT)),
        None => set(response, settings, SELECTIONS, &format!("{OF_ACCOUNT}.{rows}"), None),
    }
}

/// Has the browser forget its selections: they are an account's, which it is no longer signed in to.
pub fn forget_selections(response: &mut Response, settings: &Settings) {
    set(response, settings, SELECTIONS, "", Some(Duration::ZERO));
}

/// What an answer does to the session of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionChange {
    /// None.
    Kept,
    /// It has this key from now on: somebody has signed in, or acts for another membership.
    New(String),
    /// It is over.
    Over,
}

/// What this answer does to the session of the browser.
pub fn session_change(response: &Response, settings: &Settings) -> SessionChange {
    let name = full_name(settings, SESSION);
    let set = response.headers().get_all(header::SET_COOKIE).into_iter();
    let last = set.filter_map(|value| Cookie::parse(value.to_str().ok()?).ok()).rfind(|cookie| cookie.name() == name);
    match last.as_ref().map(Cookie::value) {
        None => SessionChange::Kept,
        Some("") => SessionChange::Over,
        Some(key) => SessionChange::New(key.to_owned()),
    }
}

/// Has the browser carry a message to the next page.
pub fn carry_flash(response: &mut Response, settings: &Settings, flash: &Flash) {
    let mut flash = flash.clone();
    loop {
        // Nothing in it refuses to be written.
        let json = serde_json::to_string(&flash).unwrap_or_default();
        let value = utf8_percent_encode(&json, NON_ALPHANUMERIC).to_string();
        if value.len() <= MOST_FLASH {
            return set(response, settings, FLASH, &value, Some(FLASH_KEPT));
        }
        // A message that is too long loses its end, never the way to undo.
        let kept = flash.text.chars().count() * 3 / 4;
        if kept == 0 {
            return;
        }
        flash.text = flash.text.chars().take(kept).chain(['…']).collect();
    }
}

/// The key of the browser's session, if the cookie holds one: 256 bits of chance as hexadecimal digits. It is looked for in
/// the database alone; nothing else is made of it.
pub fn session_of(headers: &HeaderMap, settings: &Settings) -> Option<String> {
    key_of(headers, settings, SESSION)
}

fn key_of(headers: &HeaderMap, settings: &Settings, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let value = jar.get(&full_name(settings, name))?.value();
    (value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())).then(|| value.to_owned())
}

/// Has the browser carry the key of its session, until it is closed: how long it holds is the database's to say.
pub fn carry_session(response: &mut Response, settings: &Settings, key: &str) {
    set(response, settings, SESSION, key, None);
}

/// Has the browser forget its session.
pub fn forget_session(response: &mut Response, settings: &Settings) {
    set(response, settings, SESSION, "", Some(Duration::ZERO));
}

/// A key that a browser carries for some minutes, from one step of something to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// The password was right, a code is still to be shown.
    Step,
    /// Somebody is on their way to a provider that signs them in, and back.
    Round,
    /// Recovery codes that were just made, to be shown.
    Codes,
}

impl Passing {
    fn name(self) -> &'static str {
        match self {
            Self::Step => "steg",
            Self::Round => "tjanst",
            Self::Codes => "reservkoder",
        }
    }
}

/// The key that the browser carries for this, if it is formed as one.
pub fn passing_of(headers: &HeaderMap, settings: &Settings, which: Passing) -> Option<String> {
    key_of(headers, settings, which.name())
}

/// Has the browser carry a key for this, and forget it after a while.
pub fn carry_passing(response: &mut Response, settings: &Settings, which: Passing, key: &str, kept: Duration) {
    set(response, settings, which.name(), key, Some(kept));
}

/// Has the browser forget it.
pub fn forget_passing(response: &mut Response, settings: &Settings, which: Passing) {
    set(response, settings, which.name(), "", Some(Duration::ZERO));
}

/// Whether the cookie of this name is a message for the next page.
pub(super) fn is_flash(settings: &Settings, name: &str) -> bool {
    name == full_name(settings, FLASH)
}

/// Has the browser forget the message, which a page has shown.
pub(super) fn forget_flash(response: &mut Response, settings: &Settings) {
    set(response, settings, FLASH, "", Some(Duration::ZERO));
}

/// Over https the name says that no other host and no unsafe page may have written it.
fn full_name(settings: &Settings, name: &str) -> String {
    if settings.is_https() { format!("__Host-{name}") } else { name.to_owned() }
}

fn set(response: &mut Response, settings: &Settings, name: &str, value: &str, kept: Option<Duration>) {
    let mut cookie = Cookie::build((full_name(settings, name), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(settings.is_https());
    if let Some(kept) = kept {
        cookie = cookie.max_age(kept);
    }
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
