//! Letters: one to oneself, to see that they go, and those that are sent again.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts::{self, Addressee},
    admin::policy::{SendAgain, TryMail},
    kernel::{
        actor::Actor,
        audit,
        i18n::Texts,
        limits::{self, Limit, Taken, Window},
        mail::{self, Letter, To},
        web::links,
    },
};

/// The word for a letter to oneself.
pub(in crate::admin) const TEST_LETTER: &str = "test_letter";
/// How many of them one person gets.
const TEST_LETTERS: Limit =
    Limit { name: "test_letter", each: &[Window::new(5, Duration::minutes(10)), Window::new(30, Duration::DAY)], all: &[] };

/// What came of asking for one.
#[derive(Debug)]
pub(in crate::admin) enum Tried {
    /// It is in the queue, under this id.
    Sent(Uuid),
    /// Their account has no address.
    NoAddress,
    /// There were too many; the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// Has a letter written to who asks; none for who may not.
pub(in crate::admin) async fn send_test(
    tx: &mut PgConnection,
    actor: &Actor,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Tried>> {
    let Some(permit) = TryMail::ask(actor) else { return Ok(None) };
    let person = permit.person();
    if let Taken::NotUntil(at) = limits::take(tx, &TEST_LETTERS, &person.to_string(), now).await? {
        return Ok(Some(Tried::NotUntil(at)));
    }
    let Some(who) = accounts::addressee(tx, person).await? else { return Ok(Some(Tried::NoAddress)) };
    let letter = letter(&who, now);
    let Some(id) = mail::post_traced(tx, &To::person(person, who.email), &letter, None, now).await? else {
        return Ok(Some(Tried::NoAddress));
    };
    note(tx, permit.by(), "mail.send_test", id, now).await?;
    Ok(Some(Tried::Sent(id)))
}

fn letter(who: &Addressee, now: OffsetDateTime) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    Letter::new(TEST_LETTER, lang, t.admin_test_subject())
        .paragraph(t.admin_test_text(lang.moment(now)))
        .button(t.admin_test_button(), links::ADMIN_LETTERS)
        .small(t.admin_test_small())
}

/// Has a letter sent again that was given up; whether there is something left to send. None for who may not.
pub(in crate::admin) async fn send_again(
    tx: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<bool>> {
    let Some(permit) = SendAgain::ask(actor, id) else { return Ok(None) };
    let sent = mail::again(tx, permit.letter()).await?;
    if sent {
        note(tx, permit.by(), "mail.send_again", permit.letter(), now).await?;
    }
    Ok(Some(sent))
}

/// Of a letter the log has the id alone.
async fn note(tx: &mut PgConnection, by: &Actor, action: &'static str, id: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "mail", object_id: Some(id), old: None, new: None, reason: None };
    audit::record(tx, by, now, entry).await
}
