//! What accounts write to people. Letters about security cannot be switched off.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::reads::{
    applications::Applied,
    people::{self, Addressee},
};
use crate::kernel::{
    i18n::{Lang, Texts},
    mail::{self, Letter, To},
    web::links,
};

/// Tells somebody what was done to their account: that a password, an address, a second factor or a role is another. `write`
/// gives subject and text in their language. Who has no address, or no account any more, is not told.
///
/// # Errors
/// When the database refuses.
pub(super) async fn tell(
    tx: &mut PgConnection,
    person: Uuid,
    kind: &'static str,
    write: impl FnOnce(Texts) -> (String, String),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(who) = people::addressee(tx, person).await? else { return Ok(()) };
    let letter = security(kind, &who, write);
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}

/// A letter about security: what was done, and what to do if it was somebody else.
fn security(kind: &'static str, who: &Addressee, write: impl FnOnce(Texts) -> (String, String)) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    let (subject, text) = write(t);
    Letter::new(kind, lang, subject)
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(text)
        .button(t.accounts_letter_own_account(), links::localized(lang, links::OWN_ACCOUNT))
        .small(t.accounts_letter_not_you())
}

/// That an address is no longer the one to sign in with, to that address.
pub(super) async fn tell_old_address(
    tx: &mut PgConnection,
    person: Uuid,
    who: Addressee,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let lang = who.lang();
    let t = Texts(lang);
    let letter = Letter::new("email_changed", lang, t.accounts_letter_email_changed())
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_email_changed_text(lang.moment(now)))
        .button(t.accounts_contact(), links::localized(lang, links::CONTACT))
        .small(t.accounts_letter_email_not_you());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}

/// A link to choose another password by.
pub(super) fn reset(who: &Addressee, path: String, minutes: i64) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    Letter::new("password_reset", lang, t.accounts_letter_reset())
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_reset_text())
        .button(t.accounts_letter_reset_button(), path)
        .small(t.accounts_letter_reset_small(minutes))
}

/// A link to show that an address is one's own.
pub(super) fn confirm_email(lang: Lang, name: &str, path: String, minutes: i64) -> Letter {
    let t = Texts(lang);
    Letter::new("email_confirm", lang, t.accounts_letter_confirm())
        .paragraph(t.accounts_letter_hello(name))
        .paragraph(t.accounts_letter_confirm_text())
        .button(t.accounts_letter_confirm_button(), path)
        .small(t.accounts_letter_confirm_small(minutes))
}

/// A link to choose a password by, for an account that was made at the command line.
pub(super) fn administrator(who: &Addressee, path: String, ends_at: OffsetDateTime) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    Letter::new("account_link", lang, t.accounts_letter_admin())
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_admin_text())
        .button(t.accounts_letter_admin_button(), path)
        .small(t.accounts_letter_admin_small(lang.moment(ends_at)))
}

/// A link that makes an account of an application.
pub(super) fn confirm_application(lang: Lang, applied: &Applied, path: String) -> Letter {
    let t = Texts(lang);
    Letter::new("application_confirm", lang, t.accounts_letter_application())
        .paragraph(t.accounts_letter_hello(&applied.name))
        .paragraph(t.accounts_letter_application_text(&applied.organisation))
        .button(t.accounts_letter_application_button(), path)
        .small(t.accounts_letter_application_small())
}

/// That there is an account with an address that somebody applied with.
pub(super) fn has_account(lang: Lang) -> Letter {
    let t = Texts(lang);
    Letter::new("account_there", lang, t.accounts_letter_there())
        .paragraph(t.accounts_letter_there_text())
        .button(t.accounts_letter_there_button(), links::localized(lang, links::SIGN_IN))
        .button(t.accounts_letter_there_register(), links::localized(lang, links::REGISTER))
        .small(t.accounts_letter_there_small())
}

/// That somebody wants to join an organisation, to who answers for it.
pub(super) fn application_asked(who: &Addressee, name: &str, organisation: &str) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    Letter::new("application_asked", lang, t.accounts_letter_asked(organisation))
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_asked_text(name, organisation))
        .button(t.accounts_letter_asked_button(), links::localized(lang, links::OWN_ORGANISATION))
        .small(t.accounts_letter_asked_small())
}

/// That an application was approved; `leads` where whoever applied looks after the organisation's accounts from now on.
pub(super) fn approved(who: &Addressee, organisation: &str, leads: bool) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    let letter = Letter::new("application_approved", lang, t.accounts_letter_approved(organisation))
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_approved_text(organisation));
    let letter = if leads { letter.paragraph(t.accounts_letter_approved_leads()) } else { letter };
    letter.button(t.accounts_letter_own(), links::localized(lang, links::OWN))
}

/// That an application was refused, and why.
pub(super) fn refused(who: &Addressee, organisation: &str, reason: &str) -> Letter {
    let (lang, t) = (who.lang(), Texts(who.lang()));
    Letter::new("application_refused", lang, t.accounts_letter_refused(organisation))
        .paragraph(t.accounts_letter_hello(&who.name))
        .paragraph(t.accounts_letter_refused_text(organisation))
        .paragraph(reason)
        .button(t.accounts_contact(), links::localized(lang, links::CONTACT))
        .small(t.accounts_letter_refused_small())
}

/// An invitation to an organisation.
pub(super) fn invitation(lang: Lang, organisation: &str, path: String, ends_at: OffsetDateTime) -> Letter {
    let t = Texts(lang);
    Letter::new("invitation", lang, t.accounts_letter_invitation(organisation))
        .paragraph(t.accounts_letter_invitation_text(organisation))
        .button(t.accounts_letter_invitation_button(), path)
        .small(t.accounts_letter_invitation_small(lang.moment(ends_at)))
}
