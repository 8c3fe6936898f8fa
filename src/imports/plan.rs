//! What each line becomes, decided before anything is written.

use std::collections::{HashMap, HashSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    check,
    report::{Fault, Outcome, Report, Warning},
    row::{Patch, Row},
    run::{Options, Target},
};
use crate::{
    kernel::clock,
    requirements::{
        Laid, RequirementNumber, Stored, StoredVersion,
        clauses::{Clause, carry_ids},
        content::Content,
        fields::Level,
        lifecycle::State,
        workflow::NewVersion,
    },
    taxonomy::{Groups, NoGroup, Objective},
};

/// No version has a higher number.
const MOST_VERSIONS: i32 = 9_999;

/// A version to lay in, and when it takes effect if it is to be in force.
#[derive(Debug)]
pub struct Step {
    /// The version.
    pub version: NewVersion,
    /// From when; none for preparation.
    pub from: Option<OffsetDateTime>,
    /// The line that asks for it.
    pub line: usize,
    /// The level of the version decided last, if there is one.
    pub level_before: Option<Level>,
}

/// An edit of what is maintained beside a version that stays.
#[derive(Debug)]
pub struct Edit {
    /// Which version, which requirement.
    pub laid: Laid,
    /// The new content; its core is the stored one.
    pub content: Content,
    /// The clauses of the version.
    pub clauses: Vec<Clause>,
    /// Whether the version is a draft of a requirement that is published.
    pub waits: bool,
    /// The line that asks for it.
    pub line: usize,
    /// The requirement's number and the version's.
    pub cited: (RequirementNumber, i32),
}

/// Everything that is to be written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Versions.
    pub steps: Vec<Step>,
    /// Edits.
    pub edits: Vec<Edit>,
    /// Places in `steps` of requirements that brought no number.
    pub unnumbered: Vec<usize>,
    /// The highest number that the file itself brought for a new requirement.
    pub highest: i64,
}

/// What is known when lines are judged.
#[derive(Debug)]
pub struct Known<'a> {
    /// The groups.
    pub groups: &'a Groups,
    /// The objectives.
    pub objectives: &'a [Objective],
    /// The CPV codes of the file that are in the list.
    pub cpv: &'a HashSet<String>,
    /// The requirements of the file that are stored.
    pub stored: &'a HashMap<i64, Stored>,
    /// How the file is to be taken.
    pub options: &'a Options,
    /// The time of the import.
    pub now: OffsetDateTime,
}

impl Plan {
    /// Judges one line: adds it to the plan, and says what becomes of it.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn add(&mut self, line: usize, row: &Row, known: &Known<'_>, report: &mut Report) -> Result<Outcome, Vec<Fault>> {
        let mut faults = Vec::new();
        let number = row
            .id
            .as_deref()
            .and_then(|id| id.parse::<RequirementNumber>().map_err(|_| faults.push(Fault::new("id", id.to_owned(), "id"))).ok());
        let stored = number.and_then(|number| known.stored.get(&number.get()));
        if let Patch::Set(version) = row.version {
            faults.extend(refuse_version(version, stored, known.options));
        }
        // A group that is not there stands for one that is, so that the rest of the line is judged too.
        let group = find_group(row, known).unwrap_or_else(|fault| {
            faults.push(fault);
            Some(Uuid::nil())
        });
        let base = stored.map(|stored| base(stored, row, known.options)).transpose();
        let base = base.unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        // What stands in a group that is retired may stay there; nothing comes to it.
        if let Some(retired) = group.and_then(|group| known.groups.retired(group))
            && base.is_none_or(|version| version.content.maintained.group != retired.id)
        {
            faults.push(Fault::new("product_group", retired.name.clone(), "product_group_retired"));
        }
        let laid = check::lay(row, base.map(|version| &version.content), group, known.objectives);
        let content = match (laid, faults.is_empty()) {
            (Ok(content), true) => content,
            (Ok(_), false) => return Err(faults),
            (Err(more), _) => {
                // Of a number that leads nowhere it is not known what is stored: only what the line says is told.
                let lost = row.id.is_some() && base.is_none() && !faults.is_empty();
                faults.extend(more.into_iter().filter(|fault| !lost || !fault.value.is_empty()));
                return Err(faults);
            }
        };
        for code in content.maintained.cpv.iter().filter(|code| !known.cpv.contains(*code)) {
            report.warnings.push(Warning::new(line, "cpv", super::run::T.imports_warning_cpv(code)));
        }
        let (Some(number), Some(stored), Some(base)) = (number, stored, base) else {
            self.new_requirement(line, number, row, content, known);
            return Ok(Outcome::New);
        };
        let other_title = base.content.core.title != content.core.title;
        let other_group = base.content.maintained.group != content.maintained.group;
        if other_title && other_group && !known.options.replace {
            return Err(vec![Fault::new("id", number.to_string(), "same_requirement")]);
        }
        // What came to nothing is as good as another text: the same again is a new version.
        let stands = base.state.is_open() || base.state == State::Decided;
        if stands && content == base.content {
            return Ok(Outcome::Unchanged);
        }
        if known.options.target == Target::Current && base.decided_here && base.state == State::Decided {
            return Err(vec![Fault::new("id", number.to_string(), "decided_here")]);
        }
        if stands && content.core == base.content.core {
            let laid = Laid { version: base.id, requirement: stored.id };
            let waits = base.state.is_open() && stored.decided.is_some();
            let cited = (number, base.number);
            self.edits.push(Edit { laid, content, clauses: base.clauses.clone(), waits, line, cited });
            return Ok(Outcome::Changed);
        }
        self.new_version(line, number, row, content, stored, base, known)?;
        Ok(Outcome::Changed)
    }

    fn new_requirement(
        &mut self,
        line: usize,
        number: Option<RequirementNumber>,
        row: &Row,
        content: Content,
        known: &Known<'_>,
    ) {
        match number {
            Some(number) => self.highest = self.highest.max(number.get()),
            None => self.unnumbered.push(self.steps.len()),
        }
        let clauses = carry_ids(&[], &content.core.text);
        self.steps.push(Step {
            version: NewVersion {
                id: Uuid::now_v7(),
                requirement: Uuid::now_v7(),
                requirement_number: number.unwrap_or(RequirementNumber::from_db(0)),
                new_requirement: true,
                number: row.version.value().copied().unwrap_or(1),
                clauses,
                novelty: check::novelty(row),
                content,
            },
            from: takes_effect(row, known),
            line,
            level_before: None,
        });
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one step, private to this file")]
    fn new_version(
        &mut self,
        line: usize,
        number: RequirementNumber,
        row: &Row,
        content: Content,
        stored: &Stored,
        base: &StoredVersion,
        known: &Known<'_>,
    ) -> Result<(), Vec<Fault>> {
        if stored.open.is_some() {
            return Err(vec![Fault::new("id", number.to_string(), "no_open_version")]);
        }
        let from = takes_effect(row, known);
        if let (Some(from), Some(before)) = (from, base.takes_effect)
            && from <= before
        {
            let shown = clock::in_sweden(from).date();
            return Err(vec![Fault::new("effective_from", shown.to_string(), "after_last_version")]);
        }
        if let Patch::Set(version) = row.version
            && version <= stored.last_number
        {
            return Err(vec![Fault::new("version", version.to_string(), "version_after_last")]);
        }
        if from.is_some() && base.ended {
            return Err(vec![Fault::new("id", number.to_string(), "not_repealed")]);
        }
        self.steps.push(Step {
            version: NewVersion {
                id: Uuid::now_v7(),
                requirement: stored.id,
                requirement_number: number,
                new_requirement: false,
                number: row.version.value().copied().unwrap_or(stored.last_number + 1),
                clauses: carry_ids(&base.clauses, &content.core.text),
                novelty: check::novelty(row),
                content,
            },
            from,
            line,
            level_before: stored.decided.as_ref().map(|version| version.content.core.level),
        });
        Ok(())
    }
}

/// Why a version cannot have the number that the line gives it. Only a bank that is filled from another one gives numbers; where
/// nothing changes none is taken.
fn refuse_version(version: i32, stored: Option<&Stored>, options: &Options) -> Option<Fault> {
    let expected = if options.target == Target::Preparation {
        "version_current"
    } else if !(1..=MOST_VERSIONS).contains(&version) {
        "version"
    } else if stored.is_some_and(|stored| version < stored.last_number) {
        "version_after_last"
    } else {
        return None;
    };
    Some(Fault::new("version", version.to_string(), expected))
}

/// The version that a line is laid over: the one decided last; for a preparation the open one, where there is one.
fn base<'a>(stored: &'a Stored, row: &Row, options: &Options) -> Result<&'a StoredVersion, Fault> {
    let fault = || Fault::new("id", row.id.clone().unwrap_or_default(), "no_open_version");
    // What is being prepared is not put into force past those who prepare it.
    if options.target == Target::Current && stored.decided.is_none() && stored.open.is_some() {
        return Err(fault());
    }
    let preferred = match options.target {
        Target::Preparation => stored.open.as_ref().or(stored.decided.as_ref()),
        Target::Current => stored.decided.as_ref(),
    };
    preferred.or(stored.dropped.as_ref()).ok_or_else(fault)
}

fn takes_effect(row: &Row, known: &Known<'_>) -> Option<OffsetDateTime> {
    (known.options.target == Target::Current).then(|| check::effective(row).unwrap_or(known.now))
}

fn find_group(row: &Row, known: &Known<'_>) -> Result<Option<Uuid>, Fault> {
    match &row.product_group {
        Patch::Set(group) => match known.groups.find(row.product_area.as_deref(), group.trim()) {
            Ok(group) => Ok(Some(group.id)),
            Err(NoGroup::Unknown) => Err(Fault::new("product_group", group.clone(), "product_group")),
            Err(NoGroup::Ambiguous) => Err(Fault::new("product_group", group.clone(), "product_group_one")),
        },
        Patch::Clear => Err(Fault::new("product_group", String::new(), "product_group")),
        Patch::Keep => Ok(None),
    }
}
