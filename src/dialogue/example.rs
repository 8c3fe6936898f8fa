//! The dialogue of the example bank: said and moderated by its people, by the same steps as everybody's.

use anyhow::Context;
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    comment::{Kind, Quote, Rule, Said, Subject},
    experience::Told,
    eyes::Eyes,
    policy::{Moderate, Own, Reply, Report, Settle, Share, Start},
    reads::subject,
    workflow::{
        self,
        moderated::{self, Done},
    },
};
use crate::{
    kernel::{
        actor::{Actor, Audience, Viewer},
        web::Client,
    },
    requirements::RequirementNumber,
};

const NOWHERE: Client = Client { address: None };

/// A thread as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleThread {
    /// The requirement, or the proposal by its place among those of the example bank, from 0.
    pub on: On,
    /// The word of who begins it.
    pub author: String,
    days: i64,
    kind: Kind,
    /// The clause by its place, from 1.
    #[serde(default)]
    clause: Option<usize>,
    /// The version of the requirement; the one in force without it.
    #[serde(default)]
    version: Option<i32>,
    /// `regions`, `network`; everybody without it.
    #[serde(default)]
    audience: Option<String>,
    #[serde(default)]
    unnamed: bool,
    text: String,
    /// What came after, in order.
    #[serde(default)]
    pub then: Vec<Then>,
}

/// What a thread is on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum On {
    /// A requirement.
    Requirement(String),
    /// A proposal.
    Proposal(usize),
}

/// What happened in a thread; `comment` is the place of a comment in it, 0 for the first.
#[derive(Debug, Deserialize)]
pub struct Then {
    /// The word of who does it.
    pub by: String,
    days: i64,
    #[serde(default)]
    comment: usize,
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum What {
    Reply {
        text: String,
        #[serde(default)]
        official: bool,
    },
    Edit {
        text: String,
    },
    Delete,
    Solve,
    Reopen,
    Report {
        rule: Rule,
        reason: String,
    },
    Hide {
        rule: Rule,
        reason: String,
    },
    Mask {
        rule: Rule,
        reason: String,
        passage: String,
    },
    Dismiss {
        reason: String,
    },
    Object {
        reason: String,
    },
}

/// Lays a thread; `actors` are those of its [`ExampleThread::then`], in order. A subject is given for what this slice does not
/// keep.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_example(
    tx: &mut PgConnection,
    (thread, subject): (&ExampleThread, Option<Subject>),
    (author, actors): (&Actor, &[Actor]),
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let at = now - Duration::days(thread.days);
    let (subject, quote) = match (subject, &thread.on) {
        (Some(subject), _) => (subject, None),
        (None, On::Requirement(number)) => on_requirement(tx, thread, number, now).await?,
        (None, On::Proposal(_)) => anyhow::bail!("no subject"),
    };
    let audience = match thread.audience.as_deref() {
        Some("regions") => Audience::Authorities,
        Some("network") => Audience::Preparers,
        _ => Audience::Public,
    };
    let said = |text, named| Said { text, language: "sv", named, form_key: Uuid::new_v4() };
    let permit = Start::ask(tx, author, &subject, audience, &Eyes::of_actor(author, now)).await?;
    let id =
        workflow::start(tx, &permit, (thread.kind, quote.as_ref()), &said(&thread.text, !thread.unnamed), NOWHERE, at).await?;
    let mut comments = vec![id];
    for (then, actor) in thread.then.iter().zip(actors) {
        let at = now - Duration::days(then.days) + Duration::minutes(7);
        let eyes = Eyes::of_actor(actor, now);
        let comment = *comments.get(then.comment).context("no such comment")?;
        match &then.what {
            What::Reply { text, official } => {
                let permit = Reply::ask(tx, actor, &subject, id, &eyes).await?;
                let answers = (then.comment > 0).then_some(comment);
                comments.push(workflow::reply(tx, &permit, (answers, *official), &said(text, true), NOWHERE, at).await?);
            }
            What::Edit { text } => {
                let permit = Own::ask(tx, actor, comment, &eyes).await?;
                workflow::edit(tx, &permit, text, NOWHERE, at).await?;
            }
            What::Delete => {
                let permit = Own::ask(tx, actor, comment, &eyes).await?;
                workflow::delete(tx, &permit, at).await?;
            }
            What::Solve | What::Reopen => {
                let permit = Settle::ask(tx, actor, id, &eyes).await?;
                workflow::settle(tx, &permit, matches!(then.what, What::Solve), at).await?;
            }
            What::Report { rule, reason } => {
                let permit = Report::ask(tx, actor, comment, *rule, &eyes).await?;
                moderated::report(tx, &permit, reason, NOWHERE, at).await?;
            }
            What::Object { reason } => {
                let permit = Own::ask(tx, actor, comment, &eyes).await?;
                moderated::object(tx, &permit, reason, NOWHERE, at).await?;
            }
            What::Hide { rule, reason } => moderate(tx, actor, (comment, &eyes), Done::Hidden(*rule, reason), at).await?,
            What::Mask { rule, reason, passage } => {
                moderate(tx, actor, (comment, &eyes), Done::Masked(*rule, reason, passage), at).await?;
            }
            What::Dismiss { reason } => moderate(tx, actor, (comment, &eyes), Done::Dismissed(reason), at).await?,
        }
    }
    Ok(())
}

async fn moderate(
    tx: &mut PgConnection,
    actor: &Actor,
    (comment, eyes): (Uuid, &Eyes),
    done: Done<'_>,
    at: OffsetDateTime,
) -> anyhow::Result<()> {
    let permit = Moderate::ask(tx, actor, comment, eyes).await?;
    Ok(moderated::moderate(tx, &permit, done, at).await?)
}

/// The requirement as everybody may see it, with the clause as it was.
async fn on_requirement(
    tx: &mut PgConnection,
    thread: &ExampleThread,
    number: &str,
    now: OffsetDateTime,
) -> anyhow::Result<(Subject, Option<Quote>)> {
    let number: RequirementNumber = number.parse()?;
    let eyes = Eyes { viewer: Viewer::anonymous(), ..Eyes::of_actor(&Actor::Anonymous, now) };
    let found = subject::requirement(tx, &eyes, number, thread.version).await?.context("no such requirement")?;
    let clauses = found.clauses(crate::kernel::i18n::Lang::Sv);
    let quote = match thread.clause {
        Some(place) => Some(found.quote(clauses.get(place - 1).context("no such clause")?.0).context("no such clause")?),
        None => None,
    };
    // What was said of a requirement was said before it was repealed.
    Ok((Subject { is_open: true, ..found.subject(number) }, quote))
}

/// What somebody has met with, as the file has it.
#[derive(Debug, Deserialize)]
pub struct ExampleExperience {
    /// The word of who tells.
    pub author: String,
    days: i64,
    requirement: String,
    told: Told,
    /// Who says that it breaks which rule, and why.
    #[serde(default)]
    pub report: Option<Complaint>,
    /// Who hides it, for which rule, and why.
    #[serde(default)]
    pub hide: Option<Complaint>,
}

/// That something breaks a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    /// The word of who says so.
    pub by: String,
    rule: Rule,
    reason: String,
}

/// Lays one.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_experience(
    tx: &mut PgConnection,
    author: &Actor,
    experience: &ExampleExperience,
    (reporter, moderator): (Option<&Actor>, Option<&Actor>),
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let number: RequirementNumber = experience.requirement.parse()?;
    let eyes = Eyes::of_actor(author, now);
    let found = subject::requirement(tx, &eyes, number, None).await?.context("no such requirement")?;
    let permit = Share::ask(tx, author, &found.subject(number)).await?;
    let at = now - Duration::days(experience.days);
    let id = workflow::share(tx, &permit, &experience.told, NOWHERE, at).await?.context("the same form twice")?;
    if let (Some(report), Some(reporter)) = (&experience.report, reporter) {
        let eyes = Eyes::of_actor(reporter, now);
        let permit = Report::ask(tx, reporter, id, report.rule, &eyes).await?;
        moderated::report(tx, &permit, &report.reason, NOWHERE, at + Duration::days(1)).await?;
    }
    if let (Some(hide), Some(moderator)) = (&experience.hide, moderator) {
        let eyes = Eyes::of_actor(moderator, now);
        moderate(tx, moderator, (id, &eyes), Done::Hidden(hide.rule, &hide.reason), at + Duration::days(2)).await?;
    }
    Ok(())
}
