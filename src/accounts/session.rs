//! How long a session holds, and why one ends. Pure.

use time::Duration;

/// A session ends when nothing was asked in it for so long.
pub const IDLE: Duration = Duration::hours(8);
/// A session ends after this, whatever is asked in it.
pub const ABSOLUTE: Duration = Duration::days(7);
/// A session that is over is kept so long, for whoever asks what happened.
pub(super) const KEPT: Duration = Duration::days(30);
/// That something was asked is written down this often, no oftener: a page is no write.
pub(super) const NOTED_EVERY: Duration = Duration::minutes(5);

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Its owner signed out.
    SignOut,
    /// Somebody signed in with the same browser.
    SignedInAnew,
    /// Its owner ended it from another browser.
    Owner,
    /// The password was changed.
    Password,
    /// The second factor was set up, or taken away.
    SecondFactor,
    /// The person was given other rights.
    Role,
    /// Whoever runs the service ended it.
    Administrator,
    /// The account was erased.
    Erased,
}

impl End {
    /// The word in the database.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SignOut => "sign_out",
            Self::SignedInAnew => "signed_in_anew",
            Self::Owner => "owner",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::Role => "role",
            Self::Administrator => "administrator",
            Self::Erased => "erased",
        }
    }
}
