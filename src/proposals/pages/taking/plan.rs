//! What a proposal is taken into, which changes that makes, and the text that comes of those chosen.

use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    kernel::web::{Visit, links::words},
    proposals::{
        lifecycle::WhyNot,
        proposal::Kind,
        reads::{BaseText, one::Proposal},
        taking::{self, Head, Part, Text},
        workflow::Refused,
    },
    requirements::{
        self, RequirementNumber, StoredVersion,
        begun::Begun,
        clause_form::WordedClause,
        clauses::Clause,
        content::{Content, Core, MOST_CLAUSES, MOST_RATIONALE, MOST_TEXT, Novelty, letters},
        fields::Change as Novel,
        lifecycle::State,
        policy::{self, Open, Prepare},
        workflow::preparing::{self, Fresh, Said},
    },
};

/// What it is taken into.
#[derive(Debug, Clone)]
pub(super) enum Onto {
    /// No text: a repeal is prepared.
    Nothing,
    /// A new requirement.
    Fresh,
    /// A new version of a requirement.
    Next {
        /// The requirement.
        number: RequirementNumber,
        /// The version that is begun.
        version: i32,
    },
    /// The version that is prepared already.
    Open {
        /// The requirement.
        number: RequirementNumber,
        /// The version.
        version: i32,
    },
}

/// The way to take a proposal in.
#[derive(Debug)]
pub(super) struct Plan {
    /// What it is taken into.
    pub onto: Onto,
    /// Whether that waits for its decision, so that it has to come back before anything is taken in.
    pub waits: bool,
    /// Whether the text that it would build on may not be shown, so that nothing is laid over it.
    pub hidden: bool,
    /// Whether it has English clauses, which belong to the Swedish text that is there now.
    pub has_english: bool,
    /// The changes to choose from; none where the text is taken in as it is.
    pub parts: Vec<Part>,
    /// Stands for what is proposed and the text that it is taken into, so that nobody takes in what they have not seen.
    pub seen: String,
}

impl Plan {
    /// Reads what it is taken into. `target` is which of several requirements, where they are to become one.
    pub async fn of(
        connection: &mut PgConnection,
        one: &Proposal,
        target: Option<RequirementNumber>,
    ) -> sqlx::Result<Option<Self>> {
        if one.kind == Kind::Repeal {
            return Ok(Some(Self::without_text(Onto::Nothing, one)));
        }
        let Some(number) = goes_into(one, target) else { return Ok(Some(Self::without_text(Onto::Fresh, one))) };
        let mut found = requirements::load(connection, &[number.get()]).await?;
        let Some(stored) = found.remove(&number.get()) else { return Ok(None) };
        let Some(into) = stored.open.as_ref().or(stored.decided.as_ref()) else { return Ok(None) };
        let is_open = stored.open.is_some();
        if !is_open && into.hidden {
            let onto = Onto::Next { number, version: stored.last_number + 1 };
            return Ok(Some(Self { hidden: true, ..Self::without_text(onto, one) }));
        }
        let onto = if is_open {
            Onto::Open { number, version: into.number }
        } else {
            Onto::Next { number, version: stored.last_number + 1 }
        };
        let there = text_of(into);
        let parts = match (&one.kind, base_of(one), proposed(one)) {
            (Kind::Change, Some(base), Some(proposed)) => taking::parts(&base, &there, &proposed),
            _ => Vec::new(),
        };
        let waits = is_open && into.state == State::Ready;
        let has_english = !into.content.english.text.is_empty();
        Ok(Some(Self { onto, waits, hidden: false, has_english, parts, seen: fingerprint(one, Some(&there)) }))
    }

    fn without_text(onto: Onto, one: &Proposal) -> Self {
        Self { onto, waits: false, hidden: false, has_english: false, parts: Vec::new(), seen: fingerprint(one, None) }
    }

    /// Whether a change is taken in; what is there already is.
    pub fn takes(&self, part: &Part, chosen: &[String]) -> bool {
        !part.is_there && chosen.contains(&part.key)
    }

    /// Whether all of the proposal is taken in.
    pub fn is_wholly(&self, one: &Proposal, chosen: &[String], how: &str) -> bool {
        if self.parts.is_empty() {
            return !one.kind.has_text() || how == words::WHOLLY;
        }
        self.parts.iter().all(|part| part.is_there || chosen.contains(&part.key))
    }
}

/// The requirement that its text goes into; none for a new one, and for a repeal. `target` is which of several.
pub(super) fn goes_into(one: &Proposal, target: Option<RequirementNumber>) -> Option<RequirementNumber> {
    match one.kind {
        Kind::Repeal | Kind::New => None,
        Kind::Change => one.base.as_ref().map(BaseText::requirement),
        Kind::Merge => target,
    }
}

fn fingerprint(one: &Proposal, there: Option<&Text<Clause>>) -> String {
    Sha256::digest(format!("{:?} {:?} {there:?}", proposed(one), one.reasons))
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

fn text_of(version: &StoredVersion) -> Text<Clause> {
    let core = &version.content.core;
    Text { head: Head { title: core.title.clone(), kind: core.kind, level: core.level }, clauses: version.clauses.clone() }
}

fn base_of(one: &Proposal) -> Option<Text<Clause>> {
    one.base.as_ref().map(|base| Text {
        head: Head { title: base.title.clone(), kind: base.kind, level: base.level },
        clauses: base.clauses.clone(),
    })
}

fn proposed(one: &Proposal) -> Option<Text<WordedClause>> {
    let (kind, level) = one.requirement_type.zip(one.level)?;
    Some(Text { head: Head { title: one.title.clone(), kind, level }, clauses: one.clauses.clone() })
}

/// Writes the text that comes of it; gives the version that it stands in.
pub(super) async fn write(
    tx: &mut PgConnection,
    visit: &Visit,
    (one, target): (&Proposal, Option<RequirementNumber>),
    (chosen, seen): (&[String], &str),
) -> Result<Option<Uuid>, Refused> {
    if one.kind == Kind::Repeal {
        return Ok(None);
    }
    let number = goes_into(one, target);
    if number.is_none() && fingerprint(one, None) != seen {
        return Err(WhyNot::Changed.into());
    }
    let proposed = proposed(one).ok_or(WhyNot::NotPrepared)?;
    let because = visit.texts().proposals_taking_because(one.cited(), one.title.as_str());
    let Some(number) = number else { return fresh(tx, visit, one, (proposed, &because)).await.map(Some) };
    let (actor, now) = (visit.actor(), visit.now);
    let id = requirements::load(tx, &[number.get()]).await?.remove(&number.get()).ok_or(WhyNot::NotPrepared)?.id;
    let permit = Prepare::within(tx, &actor, Some(id), None, now).await.map_err(refused)?;
    // Once more, now that nobody else writes in it.
    let stored = requirements::load(tx, &[number.get()]).await?.remove(&number.get()).ok_or(WhyNot::NotPrepared)?;
    let into = stored.open.as_ref().or(stored.decided.as_ref()).ok_or(WhyNot::NotPrepared)?;
    let there = text_of(into);
    if stored.open.is_none() && into.hidden {
        return Err(WhyNot::TextHidden.into());
    }
    if fingerprint(one, Some(&there)) != seen {
        return Err(WhyNot::Changed.into());
    }
    let text = match (one.kind, base_of(one)) {
        (Kind::Change, Some(base)) => taking::taken(&base, &there, &proposed, |key| chosen.iter().any(|part| part == key)),
        _ => proposed,
    };
    if text.clauses.len() > MOST_CLAUSES || letters(text.clauses.iter().map(|clause| &clause.text)) > MOST_TEXT {
        return Err(WhyNot::TooLong.into());
    }
    let version = if let Some(open) = &stored.open {
        open.id
    } else {
        let why = (Begun::Proposal, because.as_str());
        preparing::revise(tx, &permit, (number, &stored), why, false, now).await.map_err(refused)?
    };
    let novelty = if stored.open.is_some() { into.novelty.clone() } else { Novelty::default() };
    let novelty = changed(novelty, &there.head, &text.head);
    say(tx, visit, version, (into.content.clone(), text, novelty)).await?;
    Ok(Some(version))
}

/// Writes in an open version.
async fn say(
    tx: &mut PgConnection,
    visit: &Visit,
    version: Uuid,
    (content, text, novelty): (Content, Text<WordedClause>, Novelty),
) -> Result<(), Refused> {
    let permit = Open::ask(tx, &visit.actor(), version, None, visit.now).await.map_err(refused)?;
    let seen = permit.version().lock_version;
    let (content, clauses) = worded(content, text);
    preparing::amend(tx, &permit, seen, Said { content, clauses, novelty }, visit.now).await.map_err(refused)
}

/// What a version says of itself, with what a proposal changes in it.
fn changed(mut novelty: Novelty, was: &Head, is: &Head) -> Novelty {
    let also = [(Novel::Meaning, true), (Novel::Type, was.kind != is.kind), (Novel::Level, was.level != is.level)];
    for (change, is_so) in also {
        if is_so && !novelty.changes.contains(&change) {
            novelty.changes.push(change);
        }
    }
    novelty
}

/// A version's content with another text.
fn worded(mut content: Content, text: Text<WordedClause>) -> (Content, Vec<Clause>) {
    let Text { head, clauses } = text;
    let clauses: Vec<Clause> =
        clauses.into_iter().map(|clause| Clause { id: clause.id.unwrap_or_else(Uuid::now_v7), text: clause.text }).collect();
    let lines: Vec<String> = clauses.iter().map(|clause| clause.text.clone()).collect();
    // An English text belongs to the Swedish one that it was written for.
    if content.core.text != lines {
        content.english.text = Vec::new();
    }
    if content.core.title != head.title {
        content.english.title = None;
    }
    content.core = Core { title: head.title, kind: head.kind, level: head.level, text: lines, ..content.core };
    (content, clauses)
}

/// A new requirement with the proposed text, its reasons as the rationale to begin with.
async fn fresh(
    tx: &mut PgConnection,
    visit: &Visit,
    one: &Proposal,
    (text, because): (Text<WordedClause>, &str),
) -> Result<Uuid, Refused> {
    let permit = Prepare::within(tx, &visit.actor(), None, Some(one.group.id), visit.now).await.map_err(refused)?;
    let Head { title, kind, level } = &text.head;
    let begun = Fresh { title, group: one.group.id, kind: *kind, level: *level, reason: because };
    let (number, version) = preparing::create(tx, &permit, &begun, visit.now).await.map_err(refused)?;
    let stored = requirements::load(tx, &[number.get()]).await?.remove(&number.get()).and_then(|stored| stored.open);
    let mut content = stored.ok_or(WhyNot::NotPrepared)?.content;
    let reasons = [one.reasons.problem.as_str(), one.reasons.gain.as_str()];
    let rationale: Vec<&str> = reasons.into_iter().filter(|reason| !reason.is_empty()).collect();
    // Together they may be longer than a rationale is; the gain stands in the proposal too.
    let whole = rationale.join("\n\n");
    content.core.rationale = if whole.chars().count() > MOST_RATIONALE { one.reasons.problem.clone() } else { whole };
    content.core.legal_floor.clone_from(&one.reasons.legal);
    // Clauses of another requirement stay there; these are new.
    let clauses = text.clauses.into_iter().map(|clause| WordedClause { id: None, ..clause }).collect();
    let novelty = Novelty { changes: vec![Novel::New], ..Novelty::default() };
    say(tx, visit, version, (content, Text { head: text.head, clauses }, novelty)).await?;
    Ok(version)
}

fn refused(refused: policy::Refused) -> Refused {
    match refused {
        policy::Refused::WhyNot(requirements::lifecycle::WhyNot::NotAllowed) => Refused::Right,
        policy::Refused::WhyNot(requirements::lifecycle::WhyNot::GroupRetired) => WhyNot::GroupRetired.into(),
        policy::Refused::WhyNot(_) => WhyNot::NotPrepared.into(),
        policy::Refused::Database(error) => error.into(),
        policy::Refused::Canonical(error) => sqlx::Error::Encode(error.into()).into(),
    }
}
