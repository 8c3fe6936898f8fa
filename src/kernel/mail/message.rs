//! A letter as it travels: headers, text and HTML.

use std::time::SystemTime;

use askama::Template;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use super::{
    letter::{AsHtml, AsText},
    smtp::Trouble,
    store::Waiting,
};
use crate::kernel::{
    config::Settings,
    i18n::{Lang, Texts},
};

/// Says to other programs that nobody wrote it by hand, so that none answers (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The language that it is written in.
#[derive(Debug, Clone)]
struct ContentLanguage(&'static str);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(Lang::Sv.code()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.to_owned())
    }
}

/// Puts it together. The same letter has the same id each time, so that one that arrives twice is known again.
///
/// # Errors
/// When the address is none that mail can be sent to, which no later try will change.
pub(super) fn message(settings: &Settings, letter: &Waiting) -> Result<Message, Trouble> {
    let address = letter.address.parse().map_err(|_| Trouble::lasting("the address is none"))?;
    let from = &settings.mail.from;
    let base_url = settings.base_url();
    let parts = letter.parts.0.as_slice();
    let text = AsText::new(letter.lang(), parts, base_url).render();
    let html = AsHtml { t: Texts(letter.lang()), lang: letter.lang(), subject: &letter.subject, parts, base_url }.render();
    let (text, html) = text.and_then(|text| Ok((text, html?))).map_err(|_| Trouble::passing("the letter was not written"))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, address))
        .subject(letter.subject.clone())
        .date(SystemTime::from(letter.created_at))
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .header(AutoSubmitted)
        .header(ContentLanguage(letter.lang().code()))
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| Trouble::lasting(&error.to_string()))
}
