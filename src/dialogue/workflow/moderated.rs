//! Reports and objections, and what those do who moderate.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Refused, note, take_turn};
use crate::{
    dialogue::{
        comment::Rule,
        letters::{self, News},
        lifecycle::{State, Step, WhyNot},
        policy::{Moderate, Own, Report},
        store,
    },
    kernel::web::Client,
};

/// Says that what another said breaks a rule.
///
/// # Errors
/// [`WhyNot::SaidAlready`], [`Refused::NotUntil`], or the database.
pub async fn report(
    tx: &mut PgConnection,
    permit: &Report,
    reason: &str,
    client: Client,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    take_turn(tx, permit.hand(), client, now).await?;
    let comment = permit.comment();
    if !store::report(tx, permit.hand(), comment, (Some(permit.rule()), reason), now).await? {
        return Err(WhyNot::SaidAlready.into());
    }
    let told = json!({"about": comment.cited, "rule": permit.rule().code()});
    note(tx, permit.hand(), "dialogue.report", comment.id, told, None, now).await?;
    Ok(())
}

/// Says that what was hidden of one's own breaks no rule; once for each time that it is hidden.
///
/// # Errors
/// [`WhyNot::SaidAlready`], [`WhyNot::NotNow`], [`Refused::NotUntil`], or the database.
pub async fn object(
    tx: &mut PgConnection,
    permit: &Own,
    reason: &str,
    client: Client,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let comment = permit.comment();
    if comment.state != State::Hidden {
        return Err(WhyNot::NotNow.into());
    }
    if store::has_objected(tx, comment).await? {
        return Err(WhyNot::SaidAlready.into());
    }
    take_turn(tx, permit.hand(), client, now).await?;
    if !store::report(tx, permit.hand(), comment, (None, reason), now).await? {
        return Err(WhyNot::SaidAlready.into());
    }
    note(tx, permit.hand(), "dialogue.object", comment.id, json!({"about": comment.cited}), None, now).await?;
    Ok(())
}

/// What becomes of a comment.
#[derive(Debug, Clone, Copy)]
pub enum Done<'a> {
    /// It is hidden.
    Hidden(Rule, &'a str),
    /// A passage is left out.
    Masked(Rule, &'a str, &'a str),
    /// What was reported breaks no rule.
    Dismissed(&'a str),
    /// It is shown again.
    Restored(&'a str),
    /// It stays hidden.
    Kept(&'a str),
}

/// Does it, writes it in the log and tells its author.
///
/// # Errors
/// Why it cannot be done, or the database.
pub async fn moderate(tx: &mut PgConnection, permit: &Moderate, done: Done<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    let comment = permit.comment();
    let (step, action, outcome, rule) = match done {
        Done::Hidden(rule, why) => (Step::Hide(why), "hide", "hidden", Some(rule)),
        Done::Masked(rule, why, _) => (Step::Mask(why), "mask", "masked", Some(rule)),
        Done::Dismissed(why) => (Step::Dismiss(why), "dismiss", "dismissed", None),
        Done::Restored(why) => (Step::Restore(why), "restore", "restored", None),
        Done::Kept(why) => (Step::Keep(why), "keep", "kept", None),
    };
    let to = comment.state.after(step)?;
    let reason = step.reason().unwrap_or_default();
    if let Done::Masked(_, _, passage) = done
        && !store::passage_stands(tx, comment.id, passage).await?
    {
        return Err(WhyNot::NoPassage.into());
    }
    let was_open = store::close_reports(tx, permit.hand(), comment.id, outcome, now).await?;
    // There is nothing to dismiss, or to answer, where nobody has said anything.
    if !was_open && matches!(done, Done::Dismissed(_) | Done::Kept(_)) {
        return Err(WhyNot::NotNow.into());
    }
    let logged = store::log(tx, permit, action, (rule, reason), now).await?;
    if let Done::Masked(_, _, passage) = done {
        store::mask(tx, permit, logged, passage).await?;
    }
    if to != comment.state {
        let why = rule.filter(|_| to == State::Hidden).map(|rule| (rule, reason));
        store::set_state(tx, comment, to, why, now).await?;
    }
    let told = json!({"about": comment.cited, "rule": rule.map(Rule::code)});
    let action = match done {
        Done::Hidden(..) => "dialogue.hide",
        Done::Masked(..) => "dialogue.mask",
        Done::Dismissed(_) => "dialogue.dismiss",
        Done::Restored(_) => "dialogue.restore",
        Done::Kept(_) => "dialogue.keep",
    };
    note(tx, permit.hand(), action, comment.id, told, Some(reason), now).await?;
    let news = match done {
        Done::Hidden(rule, why) => News::Hidden(rule, why),
        Done::Masked(rule, why, _) => News::Masked(rule, why),
        Done::Restored(why) => News::Restored(why),
        Done::Kept(why) => News::Kept(why),
        // Nothing has become of it.
        Done::Dismissed(_) => return Ok(()),
    };
    let about = letters::About { cited: &comment.cited, comment: comment.id, experience: comment.experience };
    letters::send(tx, about, comment.author, &news, now).await?;
    Ok(())
}
