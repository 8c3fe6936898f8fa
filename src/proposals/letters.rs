//! What authors are written.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{lifecycle::Outcome, number::ProposalNumber, store::Locked};
use crate::{
    accounts,
    kernel::{
        i18n::Texts,
        mail::{self, Letter, To},
        web::links,
    },
};

/// What there is to tell.
#[derive(Debug, Clone, Copy)]
pub(super) enum News<'a> {
    /// It came in, and is answered by then, unless it is held.
    Received { answer_by: Option<Date> },
    /// More is asked for.
    Returned(&'a str),
    /// It is prepared.
    Begun,
    /// It is let lie, and why.
    Rested(&'a str),
    /// It is let lie, since what was asked for did not come.
    Silent,
    /// It is answered with no, and why.
    Rejected(&'a str),
    /// It goes on in another.
    Merged(&'a str, ProposalNumber),
    /// It is part of a version that is prepared; where not all of it, why.
    TakenIn(Option<&'a str>),
    /// That version was given up, and it is prepared again.
    PutBack,
    /// A decision answers it, with the reason where not wholly with yes.
    Answered(Outcome, Option<&'a str>, &'a str),
    /// A decision repealed what it is about, and it stays open, to be adapted to what comes instead: why, by which, to what.
    Succeeded(&'a str, &'a str, &'a str),
    /// A decision repealed what it is about.
    Overtaken(&'a str, &'a str),
}

/// Writes to the person, in their language, if the caller's transaction is kept.
pub(super) async fn send(
    tx: &mut PgConnection,
    proposal: &Locked,
    person: Uuid,
    news: &News<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (Some(who), Some(number)) = (accounts::addressee(tx, person).await?, proposal.number) else { return Ok(()) };
    let lang = who.lang();
    let (t, title) = (Texts(lang), proposal.title.as_str());
    let (kind, subject, first, said) = match news {
        News::Received { answer_by } => (
            "proposal_received",
            t.proposals_letter_received_subject(number),
            match answer_by {
                Some(day) => t.proposals_letter_received(number, title, lang.date(*day)),
                None => t.proposals_letter_held(number, title),
            },
            None,
        ),
        News::Returned(what) => (
            "proposal_returned",
            t.proposals_letter_returned_subject(number),
            t.proposals_letter_returned(number, title),
            Some(*what),
        ),
        News::Begun => {
            ("proposal_begun", t.proposals_letter_begun_subject(number), t.proposals_letter_begun(number, title), None)
        }
        News::Rested(why) => {
            ("proposal_rested", t.proposals_letter_rested_subject(number), t.proposals_letter_rested(number, title), Some(*why))
        }
        News::Silent => {
            ("proposal_rested", t.proposals_letter_rested_subject(number), t.proposals_letter_silent(number, title), None)
        }
        News::Rejected(why) => (
            "proposal_rejected",
            t.proposals_letter_rejected_subject(number),
            t.proposals_letter_rejected(number, title),
            Some(*why),
        ),
        News::Merged(why, into) => (
            "proposal_merged",
            t.proposals_letter_merged_subject(number),
            t.proposals_letter_merged(number, title, into),
            Some(*why),
        ),
        News::TakenIn(why) => (
            "proposal_taken_in",
            t.proposals_letter_taken_in_subject(number),
            match why {
                None => t.proposals_letter_taken_in(number, title),
                Some(_) => t.proposals_letter_taken_in_partly(number, title),
            },
            *why,
        ),
        News::PutBack => {
            ("proposal_begun", t.proposals_letter_put_back_subject(number), t.proposals_letter_put_back(number, title), None)
        }
        News::Answered(outcome, why, cited) => (
            "proposal_answered",
            t.proposals_letter_answered_subject(number),
            match outcome {
                Outcome::Accepted => t.proposals_letter_accepted(number, title, cited),
                Outcome::PartlyAccepted => t.proposals_letter_partly_accepted(number, title, cited),
                Outcome::Rejected => t.proposals_letter_declined(number, title, cited),
            },
            *why,
        ),
        News::Succeeded(why, cited, to) => (
            "proposal_succeeded",
            t.proposals_letter_succeeded_subject(number, to),
            t.proposals_letter_succeeded(cited, number, title, to),
            Some(*why),
        ),
        News::Overtaken(why, cited) => (
            "proposal_answered",
            t.proposals_letter_answered_subject(number),
            t.proposals_letter_overtaken(number, title, cited),
            Some(*why),
        ),
    };
    let letter = Letter::new(kind, lang, subject).paragraph(first);
    let letter = said.into_iter().fold(letter, Letter::paragraph);
    let letter = letter.button(t.proposals_letter_button(number), links::proposal(lang, number)).small(t.proposals_letter_why());
    mail::post(tx, &To::person(person, who.email), &letter, None, now).await
}
