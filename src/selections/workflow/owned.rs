//! What is decided about a selection of an organisation: whose it is and what colleagues may do. It is audited by ids, never
//! by what stands in it: what an authority thinks of buying is its own.

use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts,
    kernel::{
        actor::Actor,
        audit,
        i18n::Texts,
        mail::{self, Letter, To},
        web::links,
    },
    selections::{
        policy::{Colleagues, Decide, Move, Take},
        store,
    },
};

async fn note(
    tx: &mut PgConnection,
    by: &Actor,
    action: &'static str,
    selection: Uuid,
    new: Option<Value>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "selection", object_id: Some(selection), old: None, new, reason: None };
    audit::record(tx, by, now, entry).await
}

/// Has the selections of a browser become those of who has signed in with it; gives how many that were.
///
/// # Errors
/// When the database refuses.
pub async fn move_in(tx: &mut PgConnection, permit: &Move, now: OffsetDateTime) -> sqlx::Result<i64> {
    let moved = store::owned::move_all(tx, permit).await?;
    if !moved.is_empty() {
        audit::record_many(tx, permit.by(), now, "selection.move", "selection", &moved).await?;
    }
    Ok(i64::try_from(moved.len()).unwrap_or(i64::MAX))
}

/// How many rows stand in the selection that a person uses at an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn rows_in_use(tx: &mut PgConnection, person: Uuid, organisation: Uuid, now: OffsetDateTime) -> sqlx::Result<i64> {
    match store::owned::holder_of(tx, (person, organisation)).await? {
        Some(holder) => store::rows_in_use(tx, holder, now).await,
        None => Ok(0),
    }
}

/// Says what colleagues may do, where the selection is still as it was seen; whether it was.
///
/// # Errors
/// When the database refuses.
pub async fn share(
    tx: &mut PgConnection,
    permit: &Decide,
    colleagues: Colleagues,
    seen: i32,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = store::owned::set_colleagues(tx, permit, colleagues, seen).await?;
    if done {
        let new = Some(json!({"colleagues": colleagues.number()}));
        note(tx, permit.by(), "selection.share", permit.edit().selection(), new, now).await?;
    }
    Ok(done)
}

/// Gives a selection to a colleague; gives their name and how many rows the selection in use has, none where they are no
/// colleague.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(
    tx: &mut PgConnection,
    permit: &Decide,
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(String, i64)>> {
    let Some(name) = store::owned::hand_over(tx, permit, person, now).await? else { return Ok(None) };
    let new = Some(json!({"person": person}));
    note(tx, permit.by(), "selection.hand_over", permit.edit().selection(), new, now).await?;
    tell_owner(tx, permit, person, now).await?;
    Ok(Some((name, store::rows_in_use(tx, permit.edit().holder(), now).await?)))
}

/// Tells the new owner, in their language, if it is not they who gave it. Its name is said in the letter alone, which is
/// forgotten when it is sent.
async fn tell_owner(tx: &mut PgConnection, permit: &Decide, person: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    let Some(giver) = permit.by().person().0.filter(|giver| *giver != person) else { return Ok(()) };
    let (Some(who), Some(giver)) = (accounts::addressee(tx, person).await?, accounts::addressee(tx, giver).await?) else {
        return Ok(());
    };
    let (lang, t) = (who.lang(), Texts(who.lang()));
    let letter = Letter::new("selection_handed_over", lang, t.selection_share_letter())
        .paragraph(t.selection_share_letter_hello(&who.name))
        .paragraph(t.selection_share_letter_text(&giver.name, permit.edit().name()))
        .button(t.selection_share_letter_button(), links::selection(lang, permit.edit().selection()))
        .small(t.selection_share_letter_small());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}

/// Takes a selection that nobody owns any more.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut PgConnection, permit: &Take, now: OffsetDateTime) -> sqlx::Result<()> {
    store::owned::take(tx, permit).await?;
    note(tx, permit.by(), "selection.take", permit.selection(), None, now).await
}

/// Writes down that a selection of an organisation was removed.
pub(super) async fn note_removal(tx: &mut PgConnection, permit: &Decide, now: OffsetDateTime) -> sqlx::Result<()> {
    if permit.edit().person().is_none() {
        return Ok(());
    }
    note(tx, permit.by(), "selection.remove", permit.edit().selection(), None, now).await
}
