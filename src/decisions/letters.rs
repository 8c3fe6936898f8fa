//! What those are written whose work was decided on.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::number::DecisionNumber;
use crate::{
    accounts,
    kernel::{
        i18n::Texts,
        mail::{self, Letter, To},
        web::links,
    },
};

/// Writes to the person, in their language, if the caller's transaction is kept.
pub(super) async fn decided(
    tx: &mut PgConnection,
    person: Uuid,
    (number, title): (DecisionNumber, &str),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(who) = accounts::addressee(tx, person).await? else { return Ok(()) };
    let lang = who.lang();
    let t = Texts(lang);
    let letter = Letter::new("decision_made", lang, t.decisions_letter_subject(number))
        .paragraph(t.decisions_letter_text(number, title))
        .button(t.decisions_letter_button(number), links::decision(lang, number))
        .small(t.decisions_letter_why());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}
