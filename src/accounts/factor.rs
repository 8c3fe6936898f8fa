//! The second factor: codes that an app makes of a secret and the time (TOTP, RFC 6238), and codes on paper that stand in for
//! them once each. Pure.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use totp_rs::{Builder, Secret as Bytes, Totp};

use super::key::Key;

/// The seconds that a code is shown.
const STEP: i64 = 30;
/// Clocks that are a step apart understand each other.
const SKEW: i64 = 1;
/// The digits of a code.
pub(super) const DIGITS: usize = 6;
/// Bytes of a secret, as RFC 4226 wants it.
const SECRET: usize = 20;
/// How many codes on paper one has.
pub(super) const RECOVERY_CODES: usize = 10;
/// Characters of a code on paper: five bits each.
const RECOVERY: usize = 16;
/// Digits and letters that are told apart when read aloud or written by hand (Crockford).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How long a secret waits for a code of the app that it is given to.
pub(super) const DRAFT_HOLDS: Duration = Duration::minutes(30);
/// How long somebody who has shown the password may look for a code.
pub(super) const STEP_HOLDS: Duration = Duration::minutes(10);
/// Codes that may be tried for one right password.
pub(super) const STEP_TRIES: i16 = 5;
/// What changes how one signs in takes that one has proved who one is within this.
pub(super) const FRESH: Duration = Duration::minutes(10);

/// What an app was given.
#[derive(Clone)]
pub(super) struct Secret(Vec<u8>);

impl Secret {
    /// A new one.
    pub(super) fn draw() -> Self {
        Self(Bytes::generate().as_bytes().to_vec())
    }

    /// The one that is kept.
    pub(super) fn kept(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What is kept.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// To type: groups of four letters and digits.
    pub(super) fn groups(&self) -> Vec<String> {
        let text = Bytes::from(self.0.clone()).to_base32();
        text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect()
    }

    /// The address that an app reads from the picture; `whose` is how the app tells accounts apart.
    pub(super) fn address(&self, whose: &str, bank: &str) -> Option<String> {
        // A colon parts bank and person.
        let (whose, bank) = (whose.replace(':', " "), bank.replace(':', " "));
        let builder = Builder::new().with_secret(self.0.clone()).with_account_name(whose).with_issuer(Some(bank));
        builder.build().ok()?.to_url().ok()
    }

    /// The time step of the code, where it is one of this secret about now, and none of it was used in that step or later.
    pub(super) fn step_of(&self, code: &str, last: i64, now: OffsetDateTime) -> Option<i64> {
        let code = digits(code)?;
        let totp = self.totp()?;
        let current = now.unix_timestamp() / STEP;
        (current - SKEW..=current + SKEW)
            .filter(|step| *step > last)
            .find(|step| u64::try_from(step * STEP).is_ok_and(|at| totp.check(&code, at).is_some()))
    }

    fn totp(&self) -> Option<Totp> {
        if self.0.len() != SECRET {
            return None;
        }
        // Steps are gone through here, so that one is known to be used.
        Builder::new().with_secret(self.0.clone()).with_skew(0).build().ok()
    }
}

/// Never in a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

/// The digits of a code as somebody may type it: `123 456`.
fn digits(code: &str) -> Option<String> {
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

/// A picture of an address, as one that a page may show: black on white whatever the page's colours, since a camera reads it.
pub(super) fn picture(address: &str) -> Option<String> {
    let code = qrcode::QrCode::new(address.as_bytes()).ok()?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build();
    let escaped = percent_encoding::utf8_percent_encode(&svg, percent_encoding::NON_ALPHANUMERIC);
    Some(format!("data:image/svg+xml,{escaped}"))
}

/// The codes on paper that come of a key: the same key gives the same, so that they can be shown without being kept.
pub(super) fn recovery_codes(key: &Key) -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|place| {
            // HMAC takes keys of any length.
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_str().as_bytes()) else { return String::new() };
            mac.update(format!("recovery {place}").as_bytes());
            let bytes = mac.finalize().into_bytes();
            bytes.iter().take(RECOVERY).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
        })
        .collect()
}

/// A code on paper in groups of four.
pub(super) fn in_groups(code: &str) -> String {
    code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
}

/// What is kept of a code on paper, however somebody writes it; none for what is no such code.
pub(super) fn recovery_sha256(typed: &str) -> Option<Vec<u8>> {
    let code: String = typed
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    let is_code = code.len() == RECOVERY && code.bytes().all(|byte| LETTERS.contains(&byte));
    is_code.then(|| Sha256::digest(code.as_bytes()).to_vec())
}
