//! Letters about how one signs in. Nobody can turn them off: they are how an owner learns of what somebody else did.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::reads::people,
    kernel::{
        i18n::Texts,
        mail::{self, Letter, To},
        web::links,
    },
};

/// What there is to tell.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) enum News<'a> {
    /// Somebody has signed in with a browser that was not used lately.
    SignedIn(&'a str),
    /// Many wrong passwords were tried.
    ManyTries,
    /// Somebody has shown the right password, and wrong codes only.
    WrongCodes,
    /// Signing in takes two steps from now on.
    SetUp,
    /// It takes one step from now on.
    Removed,
    /// Whoever runs the bank has taken the second factor away.
    Reset,
    /// There are new codes on paper.
    NewCodes,
    /// A service was linked.
    Linked,
    /// A service was taken away.
    Unlinked,
    /// What the bank holds about them was taken out.
    Exported,
}

/// Writes to the person, in their language, if the caller's transaction is kept.
pub(in crate::accounts) async fn tell(
    tx: &mut PgConnection,
    person: Uuid,
    news: News<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(who) = people::addressee(tx, person).await? else { return Ok(()) };
    let lang = who.lang();
    let t = Texts(lang);
    let moment = lang.moment(now);
    let (kind, subject, text) = match news {
        News::SignedIn(browser) => {
            let browser = if browser.is_empty() { t.accounts_session_unnamed() } else { browser };
            ("new_sign_in", t.accounts_news_signed_in_subject(), t.accounts_news_signed_in(moment, browser))
        }
        News::ManyTries => ("many_tries", t.accounts_news_tries_subject(), t.accounts_news_tries(moment)),
        News::WrongCodes => ("wrong_codes", t.accounts_news_codes_subject(), t.accounts_news_codes(moment)),
        News::SetUp => ("second_factor_set", t.accounts_news_set_up_subject(), t.accounts_news_set_up(moment)),
        News::Removed => ("second_factor_removed", t.accounts_news_removed_subject(), t.accounts_news_removed(moment)),
        News::Reset => ("second_factor_reset", t.accounts_news_reset_subject(), t.accounts_news_reset(moment)),
        News::NewCodes => ("recovery_codes", t.accounts_news_new_codes_subject(), t.accounts_news_new_codes(moment)),
        News::Linked => ("identity_linked", t.accounts_news_linked_subject(), t.accounts_news_linked(moment)),
        News::Unlinked => ("identity_unlinked", t.accounts_news_unlinked_subject(), t.accounts_news_unlinked(moment)),
        News::Exported => ("own_data_export", t.accounts_letter_export_subject(), t.accounts_letter_export_text(moment)),
    };
    let (label, path) = match news {
        News::Reset => (t.accounts_two_steps_heading(), links::TWO_STEPS),
        News::WrongCodes | News::ManyTries => (t.accounts_account(), links::OWN_ACCOUNT),
        _ => (t.accounts_sessions(), links::OWN_SESSIONS),
    };
    let letter = Letter::new(kind, lang, subject)
        .paragraph(text)
        .paragraph(match news {
            News::ManyTries => t.accounts_news_no_one_in(),
            News::Reset => t.accounts_news_reset_do(),
            _ => t.accounts_news_not_you(),
        })
        .button(label, links::localized(lang, path))
        .small(t.accounts_news_always());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}
