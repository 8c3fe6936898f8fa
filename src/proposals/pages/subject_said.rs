//! What the form of the first step says, and what is wrong with it.

use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        web::{Faults, Visit, line, links::words},
    },
    proposals::{
        proposal::{Base, Kind, MOST_MERGED, MOST_TITLE},
        reads::{
            draft::Draft,
            targets::{self, Target},
        },
    },
    requirements::RequirementNumber,
};

/// Characters of a list of requirements.
const MOST_LIST: usize = 200;

/// What is typed and chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) slag: String,
    pub(super) krav: String,
    pub(super) grupp: String,
    pub(super) titel: String,
    pub(super) las: i32,
}

impl Form {
    /// The same as it is kept.
    pub(super) fn cleaned(self) -> Self {
        Self {
            slag: words::code(words::PROPOSALS, &self.slag).and(Some(self.slag)).unwrap_or_default(),
            krav: line(&self.krav),
            grupp: Uuid::try_parse(&self.grupp).map(|id| id.to_string()).unwrap_or_default(),
            titel: line(&self.titel),
            las: self.las,
        }
    }

    /// What a draft says.
    pub(super) fn of(draft: &Draft) -> Self {
        let merged: Vec<String> = draft.merged.iter().map(|one| one.requirement().to_string()).collect();
        let requirement = draft.requirement().map(|number| number.to_string());
        Self {
            slag: words::word(words::PROPOSALS, draft.kind.code()).unwrap_or_default().to_owned(),
            krav: requirement.unwrap_or_else(|| merged.join(", ")),
            grupp: draft.group.id.to_string(),
            titel: draft.title.clone(),
            las: draft.lock,
        }
    }

    fn kind(&self) -> Option<Kind> {
        words::code(words::PROPOSALS, &self.slag).and_then(Kind::from_code)
    }

    /// The numbers that were written, or the first that is none.
    fn numbers(&self) -> Result<Vec<RequirementNumber>, String> {
        let mut numbers = Vec::new();
        for word in self.krav.split([',', ';', ' ']).filter(|word| !word.is_empty()) {
            let number = RequirementNumber::parse_loosely(word).ok_or_else(|| word.to_owned())?;
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }
}

/// What a form says, once all of it is right.
pub(super) struct Said {
    pub(super) kind: Kind,
    pub(super) group: Uuid,
    pub(super) title: String,
    pub(super) base: Option<Base>,
    pub(super) merged: Vec<Base>,
}

/// What it says, or what is wrong with it. `kind` is that of a draft, which stays.
pub(super) async fn said(
    visit: &Visit,
    connection: &mut PgConnection,
    form: &Form,
    kind: Option<Kind>,
) -> Result<std::result::Result<Said, Faults>> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let kind = kind.or_else(|| form.kind());
    let Some(kind) = kind else {
        faults.add("slag", t.proposals_kind_empty());
        return Ok(Err(faults));
    };
    faults.check_length(t, "titel", &form.titel, MOST_TITLE);
    if kind == Kind::New {
        if form.titel.is_empty() {
            faults.add("titel", t.proposals_title_empty());
        }
        let group = Uuid::try_parse(&form.grupp).ok();
        let group = match group {
            Some(group) if targets::is_group(connection, group).await? => Some(group),
            _ => {
                faults.add("grupp", t.proposals_group_empty());
                None
            }
        };
        return Ok(match group {
            Some(group) if faults.is_empty() => {
                Ok(Said { kind, group, title: form.titel.clone(), base: None, merged: Vec::new() })
            }
            _ => Err(faults),
        });
    }
    faults.check_length(t, "krav", &form.krav, MOST_LIST);
    let found = if faults.is_empty() { wanted(visit, connection, form, kind, &mut faults).await? } else { Vec::new() };
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let Some(first) = found.first() else { return Err(Error::NotFound) };
    let title = if form.titel.is_empty() || kind != Kind::Merge { first.title.clone() } else { form.titel.clone() };
    let bases: Vec<Base> = found.iter().map(Target::base).collect();
    let (base, merged) = if kind == Kind::Merge { (None, bases) } else { (bases.first().copied(), Vec::new()) };
    Ok(Ok(Said { kind, group: first.group, title, base, merged }))
}

/// The requirements that it names, as many as the kind wants, each in force.
async fn wanted(
    visit: &Visit,
    connection: &mut PgConnection,
    form: &Form,
    kind: Kind,
    faults: &mut Faults,
) -> Result<Vec<Target>> {
    let t = visit.texts();
    let numbers = match form.numbers() {
        Ok(numbers) => numbers,
        Err(word) => {
            faults.add("krav", t.proposals_requirement_unknown(word));
            return Ok(Vec::new());
        }
    };
    let fits = if kind == Kind::Merge { (2..=MOST_MERGED).contains(&numbers.len()) } else { numbers.len() == 1 };
    if !fits {
        let text = if kind == Kind::Merge { t.proposals_requirements_several() } else { t.proposals_requirement_one() };
        faults.add("krav", text);
        return Ok(Vec::new());
    }
    let found = targets::targets(connection, &visit.viewer, &numbers, visit.now).await?;
    for number in &numbers {
        match found.iter().find(|target| target.number() == *number) {
            None => faults.add("krav", t.proposals_requirement_not_in_force(number)),
            Some(target) if target.hidden => faults.add("krav", t.proposals_requirement_hidden(number)),
            Some(_) => {}
        }
    }
    Ok(found)
}
