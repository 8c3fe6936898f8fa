//! What happens by mail: links to choose a password by, another address.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Invited, entry};
use crate::{
    accounts::{
        jobs::AnswerReset,
        key::Key,
        letters,
        policy::{
            OverPassword, Own,
            by_mail::{ChangeEmail, SendLinks},
        },
        reads::people,
        store,
        store::by_mail,
    },
    kernel::{
        actor::Actor,
        audit,
        i18n::Lang,
        jobs,
        limits::{self, Limit, Taken, Window},
        mail::{self, To},
        web::{Client, links},
    },
};

/// How long a link to choose another password holds.
pub(in crate::accounts) const RESET_HOLDS: Duration = Duration::HOUR;
/// How long a link to show that an address is one's own holds.
pub(in crate::accounts) const EMAIL_HOLDS: Duration = Duration::HOUR;
/// Whoever asks again so soon has a letter on its way.
const RESET_REST: Duration = Duration::MINUTE;

/// How often a link may be asked for, for one address from one place.
const RESET: Limit = Limit {
    name: "reset",
    each: &[Window::new(3, Duration::minutes(10)), Window::new(6, Duration::HOUR), Window::new(12, Duration::DAY)],
    all: &[],
};
/// How often from one place, whatever the address.
const RESET_PLACE: Limit = Limit { name: "reset_place", each: &[Window::new(30, Duration::minutes(10))], all: &[] };
/// How many such letters one person gets, wherever they are asked for; whoever asks is not told.
const RESET_LETTERS: Limit = Limit { name: "reset_letters", each: &[Window::new(20, Duration::DAY)], all: &[] };
/// How many letters to new addresses one person may cause.
const EMAIL_LETTERS: Limit =
    Limit { name: "email_letters", each: &[Window::new(5, Duration::HOUR), Window::new(10, Duration::DAY)], all: &[] };

/// Takes down that somebody wants to choose a password anew, whether or not there is an account: the same is done for both.
pub(in crate::accounts) async fn ask_reset(
    tx: &mut PgConnection,
    email: &str,
    client: Client,
    now: OffsetDateTime,
) -> sqlx::Result<Taken> {
    let place = client.subject();
    let pair = format!("{} {place}", email.to_lowercase());
    for (limit, subject) in [(&RESET, &pair), (&RESET_PLACE, &place)] {
        if let Taken::NotUntil(at) = limits::take(tx, limit, subject, now).await? {
            return Ok(Taken::NotUntil(at));
        }
    }
    let request = by_mail::note_request(tx, email, now).await?;
    jobs::enqueue(tx, &AnswerReset { request }, &format!("answer_reset:{request}")).await?;
    audit::record(tx, &Actor::Anonymous, now, entry("person.ask_reset", "reset_request", Some(request))).await?;
    Ok(Taken::Yes)
}

/// Sends the link, if there is somebody to send it to.
pub(in crate::accounts) async fn answer_reset(
    tx: &mut PgConnection,
    permit: &SendLinks,
    request: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(person) = by_mail::take_request(tx, permit, request).await? else { return Ok(()) };
    let Some(who) = people::addressee(tx, person).await? else { return Ok(()) };
    if by_mail::has_link_since(tx, person, now - RESET_REST).await?
        || limits::take(tx, &RESET_LETTERS, &person.to_string(), now).await? != Taken::Yes
    {
        return Ok(());
    }
    let key = Key::draw();
    store::make_link(tx, permit, (person, &key.sha256()), now, now + RESET_HOLDS).await?;
    let letter = letters::reset(&who, links::choose_password(who.lang(), key.as_str()), RESET_HOLDS.whole_minutes());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await?;
    audit::record(tx, permit.by(), now, entry("person.send_reset", "person", Some(person))).await
}

/// Sends a link to an address that somebody wants to sign in with. What is there already is not said: the letter goes to
/// whoever has the address.
pub(in crate::accounts) async fn ask_email(
    tx: &mut PgConnection,
    permit: &Own,
    email: &str,
    lang: Lang,
    now: OffsetDateTime,
) -> sqlx::Result<Taken> {
    let person = permit.person();
    if let Taken::NotUntil(at) = limits::take(tx, &EMAIL_LETTERS, &person.to_string(), now).await? {
        return Ok(Taken::NotUntil(at));
    }
    let name = people::addressee(tx, person).await?.map(|who| who.name).unwrap_or_default();
    let key = Key::draw();
    by_mail::want_email(tx, permit, (email, &key.sha256()), now, now + EMAIL_HOLDS).await?;
    let letter = letters::confirm_email(lang, &name, links::confirm_email(lang, key.as_str()), EMAIL_HOLDS.whole_minutes());
    mail::post(tx, &To::address(email), &letter, None, now).await?;
    audit::record(tx, permit.by(), now, entry("person.ask_email", "person", Some(person))).await?;
    Ok(Taken::Yes)
}

/// Gives somebody the address that they have shown to be theirs, and tells the old one.
pub(in crate::accounts) async fn change_email(
    tx: &mut PgConnection,
    permit: &ChangeEmail,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let before = people::addressee(tx, permit.person()).await?;
    by_mail::change_email(tx, permit, now).await?;
    if let Some(before) = before {
        letters::tell_old_address(tx, permit.person(), before, now).await?;
    }
    audit::record(tx, &permit.by(), now, entry("person.change_email", "person", Some(permit.person()))).await
}

/// Tells somebody that their password is another.
pub(super) async fn tell_password(tx: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    let write = |t: crate::kernel::i18n::Texts| {
        (t.accounts_letter_password().to_owned(), t.accounts_letter_password_text(t.0.moment(now)))
    };
    letters::tell(tx, person, "password_changed", write, now).await
}

/// Sends the link of an account that was made at the command line; whether there is an address to send it to.
///
/// # Errors
/// When the database refuses.
pub async fn mail_link(tx: &mut PgConnection, actor: &Actor, invited: &Invited, now: OffsetDateTime) -> sqlx::Result<bool> {
    let Some(permit) = SendLinks::ask(actor) else { return Ok(false) };
    let Some(who) = people::addressee(tx, invited.person).await? else { return Ok(false) };
    let letter = letters::administrator(&who, invited.path.clone(), invited.ends_at);
    mail::post(tx, &To::person(invited.person, who.email), &letter, None, now).await?;
    let new = Some(json!({"kind": "account_link"}));
    audit::record(tx, permit.by(), now, audit::Entry { new, ..entry("person.send_link", "person", Some(invited.person)) })
        .await?;
    Ok(true)
}
