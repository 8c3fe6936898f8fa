//! The first administrator: as long as there is none, the program prints a key when it starts, and whoever has it can make
//! themselves the first. There is no account and no password that a bank is born with.

use std::sync::{Mutex, PoisonError};

use super::{key::Key, reads};
use crate::kernel::{error::Result, web::App};

/// What is kept of the key that was printed. It lives as long as the process, and opens one thing once.
#[derive(Debug, Default)]
pub(super) struct Offered(Mutex<Option<Vec<u8>>>);

impl Offered {
    /// Whether a key was printed.
    pub(super) fn is_any(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Whether it is the one.
    pub(super) fn is(&self, typed: &str) -> bool {
        let Some(key) = Key::parse(typed) else { return false };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == Some(&key.sha256())
    }

    /// It opens nothing any more.
    pub(super) fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Draws the key to print, where there is no administrator; none where there is one, and in the example bank.
///
/// # Errors
/// When the database does not answer.
pub async fn offer_setup(app: &App) -> Result<Option<String>> {
    if app.settings.example || reads::setup::has_admin(&mut *app.db.read().await?, app.clock.now()).await? {
        return Ok(None);
    }
    let key = Key::draw();
    *app.kept.of::<Offered>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.sha256());
    Ok(Some(key.as_str().to_owned()))
}
