//! Erasing an account: at once whatever names or lets in, the night after what is left.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Refused, entry};
use crate::{
    accounts::{
        policy::{
            Manage,
            erase::{Erase, EraseRemains, NotErased},
        },
        store::erase as kept,
    },
    kernel::{
        actor::Actor,
        audit,
        i18n::{Lang, Texts},
        mail::{self, Letter, To},
        web::links,
    },
    tasks,
};

/// Somebody's account could not be erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseRefused {
    /// The rules say no.
    #[error("no right to erase accounts")]
    Right,
    /// There is no such account, or nobody else runs the bank.
    #[error("not erased: {0:?}")]
    Not(NotErased),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Erases somebody's account on their request, for a reason that the log keeps, in the caller's transaction, for whoever may manage accounts.
///
/// # Errors
/// For who may not, where there is no such account or it is the last administrator's, and when the database refuses.
pub async fn erase(
    tx: &mut PgConnection,
    actor: &Actor,
    (person, reason): (Uuid, &str),
    now: OffsetDateTime,
) -> Result<(), EraseRefused> {
    let manage = Manage::ask(actor).ok_or(EraseRefused::Right)?;
    let permit = Erase::on_request(tx, &manage, person, now).await?.map_err(EraseRefused::Not)?;
    Ok(erased(tx, &permit, Some(reason), now).await?)
}

/// Erases an account: nobody is signed in with it or can be, its name and its address stand nowhere. What was done keeps the
/// person's id and the organisation.
pub(in crate::accounts) async fn erased(
    tx: &mut PgConnection,
    permit: &Erase,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let person = permit.person();
    let known = kept::known(tx, permit).await?;
    let sessions = kept::sessions(tx, permit, now).await?;
    let identities = kept::ways_in(tx, permit).await?;
    kept::name(tx, permit, now).await?;
    if let Some(word) = &known.example {
        kept::invent_anew(tx, permit, (&known, word), now).await?;
    }
    let memberships = kept::memberships(tx, permit, now).await?;
    let tasks = tasks::let_go_of(tx, person).await?;
    let letters = mail::forget(tx, person, known.email.as_deref()).await?;
    if let Some(email) = known.email {
        kept::wishes(tx, permit, &email, now).await?;
        let lang = if known.language == Lang::En.code() { Lang::En } else { Lang::Sv };
        mail::post(tx, &To::address(email), &last_letter(lang, permit.is_on_request()), None, now).await?;
    }
    let new = json!({
        "on_request": permit.is_on_request(), "sessions": sessions, "memberships": memberships, "identities": identities,
        "tasks": tasks, "letters_withdrawn": letters.withdrawn, "letters_erased": letters.erased,
    });
    let erased = audit::Entry { new: Some(new), reason, ..entry("person.erase", "person", Some(person)) };
    audit::record(tx, permit.by(), now, erased).await
}

/// That the account is erased, to an address that the bank forgets when it is sent.
fn last_letter(lang: Lang, on_request: bool) -> Letter {
    let t = Texts(lang);
    let text = if on_request { t.accounts_letter_erased_on_request() } else { t.accounts_letter_erased_text() };
    Letter::new("account_erased", lang, t.accounts_letter_erased_subject())
        .paragraph(text)
        .paragraph(t.accounts_letter_erased_what())
        .button(t.accounts_contact(), links::localized(lang, links::CONTACT))
        .small(t.accounts_letter_erased_small())
        .leaving_nothing()
}

/// Takes away what is left of those who are erased, and writes down how much that was; gives how many people it was of.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn erase_remains(tx: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<usize, Refused> {
    let permit = EraseRemains::ask(actor).ok_or(Refused::Right)?;
    let people = kept::remaining(tx).await?;
    for person in &people {
        let (sessions, identities) = kept::remains(tx, &permit, *person).await?;
        let letters = mail::remove(tx, *person).await?;
        let new = json!({"remains": true, "sessions": sessions, "identities": identities, "letters": letters});
        let erased = audit::Entry { new: Some(new), ..entry("person.erase", "person", Some(*person)) };
        audit::record(tx, permit.by(), now, erased).await?;
    }
    Ok(people.len())
}
