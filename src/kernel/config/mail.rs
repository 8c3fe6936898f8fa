//! How letters are sent, and from whom.

use lettre::{AsyncSmtpTransport, Tokio1Executor, message::Mailbox};
use percent_encoding::percent_decode_str;

/// The settings for letters.
#[derive(Clone)]
pub struct Mail {
    /// The address of the SMTP server, with name and password in it; none means files below the data directory.
    pub smtp: Option<String>,
    /// Whom letters are from.
    pub from: Mailbox,
}

impl Mail {
    /// The server's name, without what it takes to get in; none where letters become files.
    pub fn server(&self) -> Option<String> {
        let uri: axum::http::Uri = self.smtp.as_deref()?.parse().ok()?;
        uri.host().map(str::to_owned)
    }

    /// The text without the password of the server, should it stand there.
    pub fn without_password(&self, text: &str) -> String {
        let authority = self.smtp.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        let password = authority.and_then(|rest| rest.rsplit_once('@')).and_then(|(login, _)| login.split_once(':'));
        let mut text = text.to_owned();
        if let Some((_, written)) = password {
            let plain = percent_decode_str(written).decode_utf8_lossy();
            for secret in [written, &*plain].into_iter().filter(|secret| !secret.is_empty()) {
                text = text.replace(secret, "***");
            }
        }
        text
    }
}

/// Without the password.
impl std::fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Mail").field("smtp", &self.smtp.is_some()).field("from", &self.from).finish()
    }
}

/// Whether it is the address of an SMTP server.
pub(super) fn is_smtp(url: &str) -> bool {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok()
}

/// Whether a password would go over the network for all to read.
pub(super) fn is_open(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return false };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let is_near = ["localhost", "127.0.0.1", "[::1]"].iter().any(|near| host.starts_with(near));
    rest.contains('@') && !url.contains("tls=required") && !is_near
}

/// `Kravbanken <kravbanken@example.se>`, or the address alone, which then gets the bank's name.
pub(super) fn sender(text: &str, name: &str) -> Option<Mailbox> {
    let mailbox: Mailbox = text.parse().ok()?;
    let fine = !text.contains(|c: char| c.is_control());
    fine.then(|| Mailbox { name: mailbox.name.or_else(|| Some(name.to_owned())), ..mailbox })
}
