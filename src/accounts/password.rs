//! Passwords: what is asked of them, what is kept, how one is compared. Argon2id with the parameters that OWASP asks for
//! (19 MiB, two passes), which stand in what is kept, so that they can be raised later.

use std::{sync::LazyLock, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::kernel::{
    error::{Error, Result},
    i18n::Texts,
};

/// The fewest characters. Length is what helps; nothing else is asked for (NIST SP 800-63B, ASVS 6.2).
pub(super) const FEWEST: usize = 12;
/// The most characters that are read.
pub(super) const MOST: usize = 256;
/// Tries that a password has to hold out, as a power of ten: an online attack that is slowed down never comes near.
const TRIES: f64 = 11.0;
/// Words that whoever guesses a password here would try first.
const CONTEXT: &[&str] = &["kravbanken", "kravbank", "krav", "region", "regionen", "miljo", "upphandling", "lmc", "sverige"];

/// Whoever waits longer for their turn is told that there are too many.
const PATIENCE: Duration = Duration::from_secs(8);
/// So many are worked out at once: each takes 19 MiB and a core for some tens of milliseconds.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));
/// What is compared with where there is nobody of that name, so that it takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// What is wrong with a password that somebody chose; `own` are words that others know of them.
///
/// # Errors
/// When too many are judged at once.
pub(super) async fn fault(t: Texts, password: &str, own: Vec<String>) -> Result<Option<String>> {
    let password = password.to_owned();
    in_turn(move || fault_now(t, &password, &own)).await
}

fn fault_now(t: Texts, password: &str, own: &[String]) -> Option<String> {
    let length = password.chars().count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    if length < FEWEST {
        return Some(t.accounts_password_short(number(FEWEST)));
    }
    if length > MOST {
        return Some(t.form_too_long(number(length), number(MOST)));
    }
    // The estimate looks through lists of common passwords, names and words, and for rows of keys, dates and repetition.
    let parts = own.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|part| part.chars().count() > 2);
    let known: Vec<String> = CONTEXT.iter().map(|word| (*word).to_owned()).chain(parts.map(str::to_lowercase)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(password, &known);
    (estimate.guesses_log10() < TRIES).then(|| t.accounts_password_common().to_owned())
}

/// What is kept of a password.
///
/// # Errors
/// When the program ends meanwhile.
pub(super) async fn hash(password: String) -> Result<String> {
    in_turn(move || hash_now(&password)).await?.ok_or_else(|| Error::Internal(anyhow::anyhow!("no hash was made")))
}

/// Whether it is the one; `kept` is none where there is nobody to compare with, which takes as long.
///
/// # Errors
/// When the program ends meanwhile.
pub(super) async fn is(password: String, kept: Option<String>) -> Result<bool> {
    in_turn(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODYS.clone());
        let same =
            PasswordHash::new(&kept).is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok());
        same && known
    })
    .await
}

/// Makes ready what is compared with where there is nobody, so that the first who asks waits no longer than others.
pub async fn warm() {
    // If it fails it is made when it is first needed.
    let _ = tokio::task::spawn_blocking(|| LazyLock::force(&NOBODYS).len()).await;
}

/// Whether what is kept was made with other parameters than today's.
pub(super) fn is_old(kept: &str) -> bool {
    let today = Argon2::default();
    let params = today.params();
    let written = format!("m={},t={},p={}", params.m_cost(), params.t_cost(), params.p_cost());
    kept.split('$').nth(3) != Some(written.as_str())
}

fn hash_now(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Off the async threads, and never more than a few at once. The turn ends with the work, not with the patience of whoever
/// asked.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let patience = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    let turn =
        patience.map_err(|_| Error::Unavailable(anyhow::anyhow!("too many passwords at once")))?.map_err(anyhow::Error::from)?;
    let work = move || {
        let _turn = turn;
        work()
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}
