//! The second factor: what happens when it is set up, shown and taken away.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    entry, leave,
    letters::{News, tell},
};
use crate::{
    accounts::{
        factor::{self, STEP_HOLDS, Secret},
        key::Key,
        policy::{
            Enter, Own,
            factor::{Fresh, Half, Shown, Shows, Step},
        },
        session::End,
        store::{self, factor as kept, step},
    },
    kernel::{
        audit,
        limits::{self, Limit, Taken, Window},
        web::Client,
    },
};
use time::Duration;

/// How often a code may be tried for one person from one place.
const CODE: Limit = Limit {
    name: "code",
    each: &[Window::new(5, Duration::minutes(5)), Window::new(15, Duration::HOUR), Window::new(40, Duration::DAY)],
    all: &[],
};
/// How often from wherever: of a million codes three are right, so that a few hundred tries a day come to nothing. Whoever
/// uses this up knows the password already; its owner comes in by a code on paper all the same.
const CODE_PERSON: Limit =
    Limit { name: "code_person", each: &[Window::new(60, Duration::HOUR), Window::new(200, Duration::DAY)], all: &[] };
/// How often a code on paper may be tried for one person from one place; none is ever guessed.
const RECOVERY: Limit =
    Limit { name: "recovery_code", each: &[Window::new(10, Duration::minutes(10)), Window::new(40, Duration::DAY)], all: &[] };

/// Counts a try at a code of the app, or at one on paper.
pub(in crate::accounts) async fn count(
    tx: &mut PgConnection,
    permit: &impl Shows,
    is_recovery: bool,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<Taken> {
    for (limit, subject) in counted(permit.person(), is_recovery, client) {
        if let Taken::NotUntil(at) = limits::take(tx, limit, &subject, now).await? {
            return Ok(Taken::NotUntil(at));
        }
    }
    Ok(Taken::Yes)
}

fn counted(person: Uuid, is_recovery: bool, client: Client) -> Vec<(&'static Limit, String)> {
    let pair = format!("{person} {}", client.subject());
    if is_recovery { vec![(&RECOVERY, pair)] } else { vec![(&CODE, pair), (&CODE_PERSON, person.to_string())] }
}

/// The code was right: it was no try to guess one.
async fn give_back(tx: &mut PgConnection, shown: &Shown, client: Client, now: OffsetDateTime) -> sqlx::Result<()> {
    for (limit, subject) in counted(shown.person(), shown.is_recovery(), client) {
        limits::give_back(tx, limit, &subject, now).await?;
    }
    Ok(())
}

/// Keeps that somebody has proved the first step; gives the key by which the code is asked for.
pub(in crate::accounts) async fn ask_for_code(tx: &mut PgConnection, permit: &Half, now: OffsetDateTime) -> sqlx::Result<Key> {
    let key = Key::draw();
    step::begin(tx, permit, &key.sha256(), now, now + STEP_HOLDS).await?;
    Ok(key)
}

/// A code after the password was wrong. After some of them the password has to be shown again.
pub(in crate::accounts) async fn refuse_code(
    tx: &mut PgConnection,
    permit: &Step,
    is_recovery: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if permit.is_last() {
        step::end(tx, permit).await?;
        // Who shows wrong codes has shown the right password.
        tell(tx, permit.person(), News::WrongCodes, now).await?;
    } else {
        step::count(tx, permit).await?;
    }
    let why = if is_recovery { "recovery_code" } else { "code" };
    let new = Some(json!({"why": why, "last": permit.is_last()}));
    let refused = audit::Entry { new, ..entry("session.refuse", "person", Some(permit.person())) };
    audit::record(tx, &permit.by(), now, refused).await
}

/// The code after the password was right: a session. Gives its key.
pub(in crate::accounts) async fn enter_by_code(
    tx: &mut PgConnection,
    (permit, enter): (&Step, &Enter),
    shown: &Shown,
    (before, browser, client): (Option<&str>, &str, Client),
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    kept::use_up(tx, shown, now).await?;
    step::end(tx, permit).await?;
    give_back(tx, shown, client, now).await?;
    super::give_back_sign_in(tx, permit.person(), client, now).await?;
    if let Some(before) = before {
        leave(tx, before, End::SignedInAnew, now).await?;
    }
    super::open(tx, enter, browser, json!({"how": permit.first_step(), "second": shown.how()}), now).await
}

/// Begins to set it up: draws a secret for an app.
pub(in crate::accounts) async fn begin(tx: &mut PgConnection, permit: &Fresh, now: OffsetDateTime) -> sqlx::Result<()> {
    kept::draft(tx, permit, &Secret::draw(), now).await
}

/// A code of the new secret was shown, of this time step: it holds from now on, with codes on paper that come of `codes`.
/// Every other session is over; this one gets another key.
pub(in crate::accounts) async fn set_up(
    tx: &mut PgConnection,
    permit: &Fresh,
    (secret, at_step, codes): (&Secret, i64, &Key),
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    kept::keep(tx, permit, (secret, at_step), now).await?;
    keep_codes(tx, permit, codes, now).await?;
    store::end_others(tx, permit, End::SecondFactor, now).await?;
    step::void(tx, permit).await?;
    let key = Key::draw();
    store::note_proof(tx, permit.own(), &key.sha256(), true, now).await?;
    let entry = entry("person.set_second_factor", "person", Some(permit.person()));
    audit::record(tx, permit.own().by(), now, entry).await?;
    tell(tx, permit.person(), News::SetUp, now).await?;
    Ok(key)
}

/// New codes on paper; the ones before open nothing any more.
pub(in crate::accounts) async fn renew_codes(
    tx: &mut PgConnection,
    permit: &Fresh,
    codes: &Key,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    keep_codes(tx, permit, codes, now).await?;
    let entry = entry("person.renew_recovery_codes", "person", Some(permit.person()));
    audit::record(tx, permit.own().by(), now, entry).await?;
    tell(tx, permit.person(), News::NewCodes, now).await
}

async fn keep_codes(tx: &mut PgConnection, permit: &Fresh, codes: &Key, now: OffsetDateTime) -> sqlx::Result<()> {
    let kept: Vec<Vec<u8>> = factor::recovery_codes(codes).iter().filter_map(|code| factor::recovery_sha256(code)).collect();
    kept::set_codes(tx, permit, &kept, now).await
}

/// Takes the second factor away. Every other session is over; roles that want one rest.
pub(in crate::accounts) async fn remove(tx: &mut PgConnection, permit: &Fresh, now: OffsetDateTime) -> sqlx::Result<Key> {
    kept::remove(tx, permit).await?;
    store::end_others(tx, permit, End::SecondFactor, now).await?;
    step::void(tx, permit).await?;
    let key = Key::draw();
    store::set_key(tx, permit.own(), &key.sha256()).await?;
    let entry = entry("person.remove_second_factor", "person", Some(permit.person()));
    audit::record(tx, permit.own().by(), now, entry).await?;
    tell(tx, permit.person(), News::Removed, now).await?;
    Ok(key)
}

/// Who they are was proved once more, by a code or, where there is no second factor, by the password. The session gets
/// another key.
pub(in crate::accounts) async fn prove(
    tx: &mut PgConnection,
    permit: &Own,
    by: Proof<'_>,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<Key> {
    let how = match by {
        Proof::Password => "password",
        Proof::Example => "example",
        Proof::Provider { .. } => "provider",
        Proof::Code(shown) => {
            kept::use_up(tx, shown, now).await?;
            give_back(tx, shown, client, now).await?;
            shown.how()
        }
    };
    let second = matches!(by, Proof::Code(_) | Proof::Example | Proof::Provider { second: true });
    let key = Key::draw();
    store::note_proof(tx, permit, &key.sha256(), second, now).await?;
    let new = Some(json!({"how": how}));
    let entry = audit::Entry { new, ..entry("session.prove", "session", Some(permit.session())) };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(key)
}

/// How somebody who has signed in proves once more who they are.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) enum Proof<'a> {
    /// By the password, which was compared.
    Password,
    /// As a person of the example bank, who has none.
    Example,
    /// By a code.
    Code(&'a Shown),
    /// By the service that they come in through.
    Provider {
        /// Whether it says that there was more than one factor.
        second: bool,
    },
}
