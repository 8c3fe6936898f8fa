//! An item as it stands in front of who decides: the same on the page of the draft and on the page where it is decided.

use super::weekday;
use crate::{
    decisions::{
        draft::Fields,
        lifecycle::Kind,
        names,
        reads::draft::{Current, Draft, Item, OpenProposal},
    },
    kernel::{
        clock,
        error::Result,
        i18n::{Lang, Texts},
        web::links,
    },
    requirements::{
        RequirementNumber,
        clauses::Clause,
        diff::{self, ClauseChange},
        names as requirement_names,
    },
};

/// A proposal that has to do with it.
pub(super) struct Proposed {
    pub cited: String,
    pub link: String,
    pub title: String,
    /// Whose it is, and how many stand behind it.
    pub whose: String,
}

/// What comes instead of what ends.
pub(super) struct Instead {
    pub how: &'static str,
    pub cited: String,
    pub link: String,
}

/// An item, in words.
pub(super) struct Front {
    pub id: RequirementNumber,
    pub cited: String,
    pub title: String,
    pub link: String,
    pub kind: &'static str,
    /// What becomes of it: words and class.
    pub outcome: Option<(&'static str, &'static str)>,
    pub reason: String,
    pub cause: String,
    pub note: String,
    pub running_contracts: String,
    /// From when it holds, its group, type and level, what it changes.
    pub facts: Vec<(&'static str, String)>,
    pub answered: Vec<Proposed>,
    pub other_proposals: Vec<Proposed>,
    /// What is said of it and still open: words and where.
    pub threads: Vec<(String, String)>,
    pub selections: i64,
    pub successors: Vec<Instead>,
    /// How many clauses differ.
    pub summary: Option<String>,
    /// The comparison of all fields with what is in force.
    pub compare: Option<String>,
    /// The text against what is in force, where it is laid beside it here.
    pub changes: Vec<ClauseChange>,
    /// The text of something new.
    pub clauses: Vec<String>,
}

/// All items of a draft. `whole` is whether who looks may read what is prepared in the whole bank; who looks after an area reads it on
/// its workbench.
pub(super) async fn all(t: Texts, (draft, whole): (&Draft, bool)) -> Result<Vec<Front>> {
    let compared = compared(draft).await?;
    Ok(draft.items.iter().zip(compared).map(|(item, changes)| Front::of(t, (item, whole), changes)).collect())
}

/// The texts that were read, beside what is in force. Each comparison has its deadline, after which clauses stand whole; none of
/// it holds up what else the program answers.
async fn compared(draft: &Draft) -> Result<Vec<Vec<ClauseChange>>> {
    let pair = |item: &Item| -> (Vec<Clause>, Vec<Clause>) {
        let old = item.current.as_ref().map(Current::clauses).unwrap_or_default();
        if item.kind == Kind::Adopt { (old, item.clauses()) } else { (Vec::new(), Vec::new()) }
    };
    let pairs: Vec<_> = draft.items.iter().map(pair).collect();
    if pairs.iter().all(|(old, new)| old.is_empty() || new.is_empty()) {
        return Ok(pairs.iter().map(|_| Vec::new()).collect());
    }
    let both = |(old, new): &(Vec<Clause>, Vec<Clause>)| {
        if old.is_empty() || new.is_empty() { Vec::new() } else { diff::clauses(old, new) }
    };
    let done = tokio::task::spawn_blocking(move || pairs.iter().map(both).collect());
    Ok(done.await.map_err(anyhow::Error::from)?)
}

impl Front {
    fn of(t: Texts, (item, whole): (&Item, bool), changes: Vec<ClauseChange>) -> Self {
        let adopts = item.kind == Kind::Adopt;
        let proposed =
            |answered: bool| item.proposals.iter().filter(move |one| one.answered == answered).map(move |one| told(t, one));
        let clauses = if adopts && changes.is_empty() && item.current.as_ref().is_none_or(|current| current.clauses().is_empty())
        {
            item.clauses().into_iter().map(|one| one.text).collect()
        } else {
            Vec::new()
        };
        let compare = item.current.as_ref().filter(|_| adopts && whole);
        Self {
            id: item.requirement(),
            cited: item.cited(),
            title: item.title.clone(),
            link: if whole || item.kind != Kind::Adopt {
                links::version(Lang::Sv, item.requirement(), item.version)
            } else {
                links::workbench(item.requirement(), "")
            },
            kind: names::kind(&t, &item.kind),
            outcome: item
                .outcome
                .map(|outcome| (names::outcome(&t, &item.kind, &outcome), names::outcome_tag(&item.kind, &outcome))),
            reason: item.reason.clone(),
            cause: item.cause.clone(),
            note: if adopts { item.note.clone() } else { String::new() },
            running_contracts: if adopts { item.running_contracts.clone() } else { String::new() },
            facts: facts(t, item),
            answered: proposed(true).collect(),
            other_proposals: proposed(false).collect(),
            threads: threads(t, item),
            selections: item.selections,
            successors: item
                .successors
                .iter()
                .map(|other| Instead {
                    how: names::successor(&t, &other.kind),
                    cited: other.requirement().to_string(),
                    link: links::requirement(Lang::Sv, other.requirement()),
                })
                .collect(),
            summary: item.compared.filter(|_| adopts).map(|n| t.proposals_summary(n.changed, n.added, n.removed)),
            compare: compare.map(|current| links::compare(Lang::Sv, item.requirement(), current.version, item.version)),
            changes,
            clauses,
        }
    }
}

fn told(t: Texts, one: &OpenProposal) -> Proposed {
    let whose = one.organisation.clone().unwrap_or_else(|| t.accounts_removed().to_owned());
    Proposed {
        cited: one.cited().to_string(),
        link: links::proposal(Lang::Sv, one.cited()),
        title: one.title.clone(),
        whose: if one.support > 0 { t.decisions_supported(whose, one.support) } else { whose },
    }
}

/// From when, where, of which kind, and what that was before.
fn facts(t: Texts, item: &Item) -> Vec<(&'static str, String)> {
    let current = item.current.as_ref();
    let was = |now: &str, before: Option<&str>| match before {
        Some(before) if before != now => t.proposals_was(now, before),
        _ => now.to_owned(),
    };
    let mut facts: Vec<(&'static str, String)> = from(t, item).map(|from| (t.decisions_from(), from)).into_iter().collect();
    facts.push((t.decisions_group(), item.group.clone()));
    if item.kind != Kind::Adopt {
        return facts;
    }
    let (kind, level) = (|kind| requirement_names::kind(&t, kind), |level| requirement_names::level(&t, level));
    facts.push((t.proposals_type(), was(kind(&item.requirement_type), current.map(|current| kind(&current.kind)))));
    facts.push((t.proposals_level(), was(level(&item.level), current.map(|current| level(&current.level)))));
    let title = current.filter(|current| current.title != item.title);
    facts.extend(title.map(|current| (t.proposals_title(), was(&item.title, Some(&current.title)))));
    if !item.changes.is_empty() {
        let changes: Vec<&str> = item.changes.iter().map(|change| requirement_names::change(&t, change)).collect();
        facts.push((t.decisions_item_changes(), changes.join(", ")));
    }
    facts
}

/// From when it would hold.
pub(super) fn from(t: Texts, item: &Item) -> Option<String> {
    let day = |at| weekday(&t, clock::in_sweden(at).date());
    match item.kind {
        Kind::Revoke => item.takes_effect.map(|at| t.decisions_was_to_hold(day(at))),
        Kind::Adopt | Kind::Repeal => Some(match item.on {
            Some(day) => t.decisions_from_day(weekday(&t, day)),
            None => t.decisions_at_once().to_owned(),
        }),
    }
}

fn threads(t: Texts, item: &Item) -> Vec<(String, String)> {
    let cited = item.requirement().to_string();
    let mut all = Vec::new();
    let counted = item.threads;
    if counted.open > 0 {
        all.push((t.decisions_threads_open(counted.open, counted.questions), links::dialogue(Lang::Sv, &cited)));
    }
    if counted.internal > 0 {
        all.push((t.decisions_threads_internal(counted.internal), links::internal_dialogue(&cited)));
    }
    all
}

/// What the minutes say, as it will be printed: the fields that are filled in.
pub(super) fn minutes(t: Texts, fields: &Fields) -> Vec<(&'static str, String)> {
    let met = fields.met_on.map(|day| Lang::Sv.date(day)).unwrap_or_default();
    let all = [
        (t.decisions_body(), fields.body.clone()),
        (t.decisions_met(), met),
        (t.decisions_paragraph(), fields.paragraph.clone()),
        (t.decisions_dnr(), fields.dnr.clone()),
        (t.decisions_rapporteur(), fields.rapporteur.clone()),
        (t.decisions_reasons(), fields.reasons.clone()),
        (t.decisions_consequences(), fields.consequences.clone()),
        (t.decisions_present(), fields.present.clone()),
        (t.decisions_reservations(), fields.reservations.clone()),
        (t.decisions_conflicts(), fields.conflicts.clone()),
        (t.decisions_note(), fields.note.clone()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}
