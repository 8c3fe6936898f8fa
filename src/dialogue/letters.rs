//! What those are written who have said something.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{comment::Rule, names};
use crate::{
    accounts,
    kernel::{
        i18n::Texts,
        mail::{self, Letter, To},
        web::{links, markdown},
    },
};

/// What there is to tell.
#[derive(Debug, Clone, Copy)]
pub(super) enum News<'a> {
    /// Their thread was answered for those who prepare, in these words.
    Answered(&'a str),
    /// Their comment was hidden: it breaks this rule, and why.
    Hidden(Rule, &'a str),
    /// A passage of it was left out.
    Masked(Rule, &'a str),
    /// They were right, and it is shown again.
    Restored(&'a str),
    /// It stays hidden.
    Kept(&'a str),
}

/// Writes to the person, in their language, if the caller's transaction is kept.
pub(super) async fn send(
    tx: &mut PgConnection,
    (cited, comment): (&str, Uuid),
    person: Uuid,
    news: &News<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(who) = accounts::addressee(tx, person).await? else { return Ok(()) };
    let lang = who.lang();
    let t = Texts(lang);
    let (kind, subject, first, said) = match news {
        News::Answered(words) => (
            "dialogue_answered",
            t.dialogue_letter_answered_subject(cited),
            t.dialogue_letter_answered(cited),
            markdown::plain(words),
        ),
        News::Hidden(rule, why) => (
            "dialogue_hidden",
            t.dialogue_letter_hidden_subject(cited),
            t.dialogue_letter_hidden(cited, names::rule(&t, rule)),
            (*why).to_owned(),
        ),
        News::Masked(rule, why) => (
            "dialogue_masked",
            t.dialogue_letter_masked_subject(cited),
            t.dialogue_letter_masked(cited, names::rule(&t, rule)),
            (*why).to_owned(),
        ),
        News::Restored(why) => (
            "dialogue_objection",
            t.dialogue_letter_restored_subject(cited),
            t.dialogue_letter_restored(cited),
            (*why).to_owned(),
        ),
        News::Kept(why) => {
            ("dialogue_objection", t.dialogue_letter_kept_subject(cited), t.dialogue_letter_kept(cited), (*why).to_owned())
        }
    };
    let mut letter = Letter::new(kind, lang, subject).paragraph(first).paragraph(said);
    if matches!(news, News::Hidden(..) | News::Masked(..) | News::Kept(_)) {
        letter = letter.paragraph(t.dialogue_letter_by());
    }
    let (label, to) = match news {
        News::Hidden(..) => (t.dialogue_letter_object(), links::in_comment(lang, comment, links::COMMENT_OBJECTION)),
        _ => (t.dialogue_letter_button(), links::comment(lang, comment)),
    };
    let letter = letter.button(label, to).small(t.dialogue_letter_why());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}
