//! Handing letters to an SMTP server, and what can go wrong there.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        Error,
        response::{Category, Detail, Severity},
    },
};
use tokio::sync::OnceCell;

use crate::kernel::{config::Settings, web::App};

/// How long the server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why a letter was not sent.
#[derive(Debug)]
pub(super) struct Trouble {
    /// For those who run the bank.
    pub(super) text: String,
    /// Whether another try would end the same.
    pub(super) lasts: bool,
    /// Whether it is the address: its server knows nobody of that name, or takes nothing for them.
    pub(super) refused: bool,
}

impl Trouble {
    /// It may be gone later.
    pub(super) fn passing(text: &str) -> Self {
        Self { text: text.to_owned(), lasts: false, refused: false }
    }

    /// It will not.
    pub(super) fn lasting(text: &str) -> Self {
        Self { text: text.to_owned(), lasts: true, refused: false }
    }
}

/// The way to the server, which keeps connections open for some time. One for the program.
#[derive(Default)]
struct Way(OnceCell<AsyncSmtpTransport<Tokio1Executor>>);

/// Hands it over.
///
/// # Errors
/// When the server does not take it, or is not there.
pub(super) async fn send(app: &App, url: &str, message: Message) -> Result<(), Trouble> {
    let way = app.kept.of::<Way>();
    let build = async || {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map(|builder| builder.timeout(Some(PATIENCE)).build::<Tokio1Executor>())
    };
    let transport = way.0.get_or_try_init(build).await.map_err(|error| trouble(&app.settings, &error))?;
    transport.send(message).await.map(drop).map_err(|error| trouble(&app.settings, &error))
}

/// What an error means. A server that refuses for good says so with a code from 500; that it wants to know who we are is a
/// matter of the settings, which somebody can put right.
fn trouble(settings: &Settings, error: &Error) -> Trouble {
    let of_settings = error.status().is_some_and(|code| {
        code.severity == Severity::PermanentNegativeCompletion
            && code.category == Category::Unspecified3
            && matches!(code.detail, Detail::Zero | Detail::Four | Detail::Five | Detail::Eight)
    });
    let text = settings.mail.without_password(&error.to_string());
    Trouble { refused: is_refused(error), text, lasts: error.is_permanent() && !of_settings }
}

/// Whether the server says that there is no such mailbox: 550, 551 or 553, unless the code that explains it (RFC 3463) says
/// that it is the sender, or a rule of the server's, as with what it takes for spam.
fn is_refused(error: &Error) -> bool {
    let of_mailbox = error.status().is_some_and(|code| {
        code.severity == Severity::PermanentNegativeCompletion
            && code.category == Category::MailSystem
            && matches!(code.detail, Detail::Zero | Detail::One | Detail::Three)
    });
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    of_mailbox && !["5.7.", "5.1.7", "5.1.8"].iter().any(|ours| said.trim_start().starts_with(ours))
}
