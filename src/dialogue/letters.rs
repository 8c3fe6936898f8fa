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

/// What it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// How what they spoke of is cited.
    pub(super) cited: &'a str,
    /// What they said there.
    pub(super) comment: Uuid,
    /// Whether that is no comment, but what they met with when they used a requirement.
    pub(super) experience: bool,
}

/// Writes to the person, in their language, if the caller's transaction is kept.
pub(super) async fn send(
    tx: &mut PgConnection,
    about: About<'_>,
    person: Uuid,
    news: &News<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(who) = accounts::addressee(tx, person).await? else { return Ok(()) };
    let lang = who.lang();
    let t = Texts(lang);
    let (kind, said) = match news {
        News::Answered(words) => ("dialogue_answered", markdown::plain(words)),
        News::Hidden(_, why) => ("dialogue_hidden", (*why).to_owned()),
        News::Masked(_, why) => ("dialogue_masked", (*why).to_owned()),
        News::Restored(why) | News::Kept(why) => ("dialogue_objection", (*why).to_owned()),
    };
    let (subject, first) = if about.experience { of_experience(t, about.cited, news) } else { of_comment(t, about.cited, news) };
    let mut letter = Letter::new(kind, lang, subject).paragraph(first).paragraph(said);
    if matches!(news, News::Hidden(..) | News::Masked(..) | News::Kept(_)) {
        letter = letter.paragraph(t.dialogue_letter_by());
    }
    let (label, to) = match news {
        News::Hidden(..) => (t.dialogue_letter_object(), links::in_comment(lang, about.comment, links::COMMENT_OBJECTION)),
        _ if about.experience => (t.dialogue_experience_back(), links::comment(lang, about.comment)),
        _ => (t.dialogue_letter_button(), links::comment(lang, about.comment)),
    };
    let why = if about.experience { t.dialogue_letter_experience_why() } else { t.dialogue_letter_why() };
    let letter = letter.button(label, to).small(why);
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}

/// What is said first of what they said in a thread: subject and paragraph.
fn of_comment(t: Texts, cited: &str, news: &News<'_>) -> (String, String) {
    match news {
        News::Answered(_) => (t.dialogue_letter_answered_subject(cited), t.dialogue_letter_answered(cited)),
        News::Hidden(rule, _) => {
            (t.dialogue_letter_hidden_subject(cited), t.dialogue_letter_hidden(cited, names::rule(&t, rule)))
        }
        News::Masked(rule, _) => {
            (t.dialogue_letter_masked_subject(cited), t.dialogue_letter_masked(cited, names::rule(&t, rule)))
        }
        News::Restored(_) => (t.dialogue_letter_restored_subject(cited), t.dialogue_letter_restored(cited)),
        News::Kept(_) => (t.dialogue_letter_kept_subject(cited), t.dialogue_letter_kept(cited)),
    }
}

/// The same of what they met with.
fn of_experience(t: Texts, cited: &str, news: &News<'_>) -> (String, String) {
    match news {
        // Nobody answers it.
        News::Answered(_) => of_comment(t, cited, news),
        News::Hidden(rule, _) => (
            t.dialogue_letter_experience_hidden_subject(cited),
            t.dialogue_letter_experience_hidden(cited, names::rule(&t, rule)),
        ),
        News::Masked(rule, _) => (
            t.dialogue_letter_experience_masked_subject(cited),
            t.dialogue_letter_experience_masked(cited, names::rule(&t, rule)),
        ),
        News::Restored(_) => (t.dialogue_letter_experience_restored_subject(cited), t.dialogue_letter_experience_restored(cited)),
        News::Kept(_) => (t.dialogue_letter_experience_kept_subject(cited), t.dialogue_letter_experience_kept(cited)),
    }
}
