//! Proposals of the example bank: written and handled by its people, by the same steps as everybody's.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    number::ProposalNumber,
    policy::{Begin, Handle, Send, Sign, Write},
    proposal::{Base, Kind, Reasons, Text},
    reads::{dialogue, draft, targets},
    store,
    workflow::{
        self, Refused, Wish, attaching,
        handling::{self, Done},
        templates::{self, Worded},
    },
};
use crate::{
    attachments::ExampleFile,
    dialogue::Subject,
    kernel::{
        actor::{Actor, Viewer},
        clock,
        web::Client,
    },
    requirements::{
        RequirementNumber,
        clause_form::WordedClause,
        fields::{Kind as Type, Level},
    },
};

/// A proposal as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleProposal {
    /// The word of the person who writes it.
    pub author: String,
    /// So many days ago.
    pub days: i64,
    kind: Kind,
    #[serde(default)]
    requirements: Vec<String>,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default, rename = "type")]
    requirement_type: Option<Type>,
    #[serde(default)]
    level: Option<Level>,
    /// What is made of the clauses, in order.
    #[serde(default)]
    edits: Vec<Edit>,
    reasons: Reasons,
    /// Its files.
    #[serde(default)]
    files: Vec<ExampleFile>,
    /// Whether it stays a draft.
    #[serde(default)]
    draft: bool,
    /// The words of those who stand behind it.
    #[serde(default)]
    pub cosigners: Vec<String>,
    /// What was done with it, in order.
    #[serde(default)]
    steps: Vec<Taken>,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Edit {
    /// Another text of the clause at this place, from 1.
    Change(usize, String),
    /// The clause at this place goes.
    Remove(usize),
    /// A clause at the end.
    Add(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    days: i64,
    step: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    into: Option<usize>,
}

/// Lays one, and gives its number if it was sent in; `now` is the time of the example bank, `laid` are those before it.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_example(
    tx: &mut PgConnection,
    (author, coordinator, cosigners): (&Actor, &Actor, &[Actor]),
    (proposal, laid): (&ExampleProposal, &[ProposalNumber]),
    now: OffsetDateTime,
) -> anyhow::Result<Option<ProposalNumber>> {
    let at = now - Duration::days(proposal.days);
    let id = begun(tx, author, proposal, (at, now)).await?;
    written(tx, author, id, proposal, at).await?;
    if proposal.draft {
        return Ok(None);
    }
    let organisation = author.person().1.unwrap_or_default();
    let viewer = Viewer::acting(organisation, &[]);
    let draft = draft::draft(tx, (&viewer, None), id).await?.ok_or(Refused::NotThere)?;
    let write = Write::ask(tx, author, id).await?;
    let permit = Send::ask(tx, write).await?;
    let number = workflow::send(tx, &permit, (draft.lock, draft.lacks()), Client { address: None }, at).await?;
    for cosigner in cosigners {
        let permit = Sign::ask(tx, cosigner, number).await?;
        workflow::sign(tx, &permit, Client { address: None }, at + Duration::days(1)).await?;
    }
    for taken in &proposal.steps {
        let at = now - Duration::days(taken.days);
        let permit = Handle::ask(tx, coordinator, number, (clock::in_sweden(at).date(), at)).await?;
        handling::handle(tx, &permit, taken.done(laid)?, at).await?;
    }
    if let Some(note) = &proposal.note {
        let permit = Handle::ask(tx, coordinator, number, (clock::in_sweden(now).date(), now)).await?;
        handling::add_note(tx, &permit, note, Client { address: None }, now - Duration::days(1)).await?;
    }
    Ok(Some(number))
}

impl Taken {
    /// `laid` are those that were sent in before, oldest first; `into` counts them from 1.
    fn done(&self, laid: &[ProposalNumber]) -> anyhow::Result<Done<'_>> {
        Ok(match self.step.as_str() {
            "begin" => Done::Begun,
            "return" => Done::Returned(&self.reason),
            "rest" => Done::Rested(&self.reason),
            "reject" => Done::Rejected(&self.reason),
            "merge" => {
                let into = self.into.and_then(|place| laid.get(place.checked_sub(1)?));
                Done::Merged(&self.reason, *into.ok_or_else(|| anyhow::anyhow!("merge into what?"))?)
            }
            other => anyhow::bail!("no step is called {other}"),
        })
    }
}

/// Begins it on what is in force now, as if that had been so then.
async fn begun(
    tx: &mut PgConnection,
    author: &Actor,
    proposal: &ExampleProposal,
    (at, now): (OffsetDateTime, OffsetDateTime),
) -> anyhow::Result<Uuid> {
    let numbers: Vec<RequirementNumber> =
        proposal.requirements.iter().filter_map(|id| RequirementNumber::parse_loosely(id)).collect();
    let found = targets::targets(tx, &Viewer::anonymous(), &numbers, now).await?;
    anyhow::ensure!(found.len() == proposal.requirements.len(), "{:?} are not all in force", proposal.requirements);
    let bases: Vec<Base> = found.iter().map(targets::Target::base).collect();
    let group = match (&proposal.group, found.first()) {
        (Some(path), _) => targets::group_of(tx, path).await?.ok_or_else(|| anyhow::anyhow!("no group {path}"))?,
        (None, Some(first)) => first.group,
        (None, None) => anyhow::bail!("about what?"),
    };
    let title = proposal.title.clone().or_else(|| found.first().map(|first| first.title.clone())).unwrap_or_default();
    let (base, merged) = if proposal.kind == Kind::Merge { (None, bases) } else { (bases.first().copied(), Vec::new()) };
    let permit = Begin::ask(author)?;
    let wish = Wish { kind: proposal.kind, group, base, merged: &merged, title: &title };
    Ok(workflow::begin(tx, &permit, &wish, Client { address: None }, at).await?)
}

async fn written(
    tx: &mut PgConnection,
    author: &Actor,
    id: Uuid,
    proposal: &ExampleProposal,
    at: OffsetDateTime,
) -> anyhow::Result<()> {
    let viewer = Viewer::acting(author.person().1.unwrap_or_default(), &[]);
    let draft = draft::draft(tx, (&viewer, None), id).await?.ok_or(Refused::NotThere)?;
    let permit = Write::ask(tx, author, id).await?;
    workflow::see_similar(tx, &permit, at).await?;
    if proposal.kind.has_text() {
        let mut clauses: Vec<Option<WordedClause>> = draft.clauses.into_iter().map(Some).collect();
        for edit in &proposal.edits {
            match edit {
                Edit::Change(place, text) => match clauses.get_mut(place - 1) {
                    Some(Some(clause)) => clause.text.clone_from(text),
                    _ => anyhow::bail!("no clause {place}"),
                },
                Edit::Remove(place) => clauses[place - 1] = None,
                Edit::Add(text) => clauses.push(Some(WordedClause { id: None, text: text.clone() })),
            }
        }
        let text = Text {
            title: proposal.title.clone().unwrap_or(draft.title),
            kind: proposal.requirement_type.or(draft.requirement_type),
            level: proposal.level.or(draft.level),
            clauses: clauses.into_iter().flatten().collect(),
        };
        workflow::set_text(tx, &permit, draft.lock, &text, at).await?;
    }
    let permit = Write::ask(tx, author, id).await?;
    let seen = permit.proposal().lock_version;
    workflow::set_reasons(tx, &permit, seen, &proposal.reasons, at).await?;
    for file in &proposal.files {
        let (new, content) = file.made();
        attaching::attach(tx, &permit, (&new, content), Client { address: None }, at).await?;
    }
    Ok(())
}

/// A proposal that was laid, as threads are begun on it.
///
/// # Errors
/// When there is none.
pub async fn example_subject(tx: &mut PgConnection, number: ProposalNumber) -> anyhow::Result<Subject> {
    let proposal = store::lock_public(tx, number, Uuid::nil()).await?.ok_or(Refused::NotThere)?;
    Ok(dialogue::subject(proposal.id, number, proposal.group, true))
}

/// A text to answer with, as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleTemplate {
    name: String,
    kind: String,
    text: String,
}

/// Lays the texts that proposals are answered with.
///
/// # Errors
/// When the file does not fit.
pub async fn lay_templates(
    tx: &mut PgConnection,
    coordinator: &Actor,
    worded: &[ExampleTemplate],
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    for one in worded {
        let worded = Worded { name: &one.name, kind: &one.kind, text: &one.text };
        let laid = templates::put(tx, coordinator, None, worded, now - Duration::days(90)).await?;
        anyhow::ensure!(laid.is_some(), "{} is there twice", one.name);
    }
    Ok(())
}
