//! The run itself: read, judge, write, in one transaction that a dry run rolls back.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    contents, family,
    plan::{Known, Plan, Step},
    report::{Laid, Report},
    row::{Patch, Row},
};
use crate::{
    decisions::{self, ImportRecord},
    kernel::{
        actor::{Actor, System},
        i18n::{Lang, Texts},
    },
    requirements::{
        self, RequirementNumber,
        content::tidy,
        policy::{Origin, Prepare, Refused},
        workflow::{self, Effect, NewVersion},
    },
    taxonomy::{self, Groups},
};

pub(super) const T: Texts = Texts(Lang::Sv);
/// Rows written at a time.
const CHUNK: usize = 500;
/// The longest texts about an import, as its decision holds them.
const LONGEST_REFERENCE: usize = 400;
const LONGEST_OPERATOR: usize = 200;
const LONGEST_FILE_NAME: usize = 400;

/// As what the lines are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// As versions in preparation.
    Preparation,
    /// As already in force.
    Current,
}

/// How a file is to be taken.
#[derive(Debug, Clone)]
pub struct Options {
    /// As what.
    pub target: Target,
    /// Whether product groups that are named but not there are made.
    pub create_groups: bool,
    /// Whether lines that cannot be taken are passed over.
    pub skip_invalid: bool,
    /// Whether a stored requirement may get both another title and another group.
    pub replace: bool,
    /// What the import rests on.
    pub reference: String,
    /// Who runs it.
    pub operator: String,
    /// Name of the file.
    pub file_name: String,
}

/// How far the run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Lines or rows done.
    pub done: usize,
    /// Lines or rows in all.
    pub of: usize,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file as a whole cannot be read; the text says why, in Swedish.
    #[error("{0}")]
    File(String),
    /// The actor may not import like this.
    #[error("{}", T.imports_not_allowed())]
    NotAllowed,
    /// The database or a rule of it refused, with line where it is known.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Runs an import inside the caller's transaction. Where the report is not `accepted`, or for a dry run, the caller rolls back.
///
/// # Errors
/// When the file as a whole cannot be read, the actor may not, or the database refuses.
pub async fn run(
    tx: &mut PgConnection,
    actor: &Actor,
    options: &Options,
    file: &[u8],
    now: OffsetDateTime,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    if tidy(&options.reference).chars().count() > LONGEST_REFERENCE {
        return Err(ImportError::File(T.imports_reference_too_long().to_owned()));
    }
    let contents = contents::read(file, &options.file_name, &mut report)?;
    let rows = &contents.rows;
    // One file at a time: what is judged is what stands when it is written.
    requirements::wait_for_other_imports(tx).await?;
    let mut groups = taxonomy::load_groups(tx).await?;
    if options.create_groups {
        create_groups(tx, actor, rows, &mut groups, &mut report, now).await?;
    }
    let plan = judge(tx, rows, &groups, options, now, &mut report).await?;
    contents.locate(&mut report);
    let taken = report.new + report.changed + report.unchanged;
    if !report.rejected.is_empty() && (!options.skip_invalid || taken == 0) {
        return Ok(report);
    }
    write(tx, actor, options, file, plan, now, &mut report, progress).await?;
    report.accepted = true;
    Ok(report)
}

async fn create_groups(
    tx: &mut PgConnection,
    actor: &Actor,
    rows: &[(usize, Row)],
    groups: &mut Groups,
    report: &mut Report,
    now: OffsetDateTime,
) -> Result<(), ImportError> {
    let permit = taxonomy::policy::Edit::ask(actor).ok_or(ImportError::NotAllowed)?;
    for (_, row) in rows {
        if let (Some(area), Patch::Set(group)) = (row.product_area.as_deref(), &row.product_group)
            && groups.find(Some(area), group).is_err()
            && [area, group].iter().all(|name| (1..=120).contains(&name.chars().count()))
        {
            let made = taxonomy::add_group(tx, &permit, area, group, now).await?;
            report.groups_made.push(format!("{} / {}", made.area_name, made.name));
            groups.push(made);
        }
    }
    Ok(())
}

async fn judge(
    tx: &mut PgConnection,
    rows: &[(usize, Row)],
    groups: &Groups,
    options: &Options,
    now: OffsetDateTime,
    report: &mut Report,
) -> Result<Plan, ImportError> {
    let objectives = taxonomy::objectives(tx).await?;
    let codes: Vec<String> = rows
        .iter()
        .flat_map(|(_, row)| row.cpv.value().into_iter().flatten())
        .map(|code| code.split('-').next().unwrap_or(code).trim().to_owned())
        .filter(|code| code.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let cpv: HashSet<String> = taxonomy::known_cpv(tx, &codes).await?.into_iter().collect();
    let numbers: Vec<i64> = rows
        .iter()
        .filter_map(|(_, row)| row.id.as_deref()?.parse::<RequirementNumber>().ok())
        .map(RequirementNumber::get)
        .collect();
    requirements::lock_numbers(tx, &numbers).await?;
    let mut stored = HashMap::new();
    for some in numbers.chunks(CHUNK) {
        stored.extend(requirements::load(tx, some).await?);
    }
    let known = Known { groups, objectives: &objectives, cpv: &cpv, stored: &stored, options, now };
    let mut plan = Plan::default();
    for (line, row) in rows {
        match plan.add(*line, row, &known, report) {
            Ok(outcome) => report.count(outcome),
            Err(faults) => report.rejected.push((*line, faults)),
        }
    }
    family::refuse_taken_levels(tx, &mut plan, report).await?;
    report.rejected.sort_by_key(|(line, _)| *line);
    Ok(plan)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one run, private to this file")]
async fn write(
    tx: &mut PgConnection,
    actor: &Actor,
    options: &Options,
    file: &[u8],
    mut plan: Plan,
    now: OffsetDateTime,
    report: &mut Report,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), ImportError> {
    let existing: Vec<_> = plan
        .steps
        .iter()
        .filter(|step| !step.version.new_requirement)
        .map(|step| step.version.requirement)
        .chain(plan.edits.iter().map(|edit| edit.laid.requirement))
        .collect();
    let permit = Prepare::ask(tx, actor, &existing).await?;
    number(tx, &permit, &mut plan, report).await?;
    report.laid = laid(&plan);
    let of = plan.steps.len() + plan.edits.len();
    let mut done = 0;
    for edits in plan.edits.chunks(CHUNK) {
        let edits: Vec<_> = edits
            .iter()
            .map(|edit| requirements::Edit { laid: edit.laid, content: &edit.content, clauses: &edit.clauses, waits: edit.waits })
            .collect();
        workflow::maintain(tx, &permit, &edits, now).await?;
        done += edits.len();
        progress(Progress { done, of });
    }
    let origin = match actor {
        Actor::System(System::Example) => Origin::Example,
        _ if options.target == Target::Current => Origin::Import,
        _ => Origin::Decision,
    };
    for steps in plan.steps.chunks(CHUNK) {
        let versions: Vec<NewVersion> = steps.iter().map(|step| step.version.clone()).collect();
        workflow::prepare(tx, &permit, origin, &versions, now).await?;
        done += steps.len();
        progress(Progress { done, of });
    }
    put_into_force(tx, actor, options, file, &plan.steps, now, report).await
}

/// What becomes of each requirement.
fn laid(plan: &Plan) -> Vec<Laid> {
    let edits = plan.edits.iter().map(|edit| Laid {
        line: edit.line,
        number: edit.cited.0,
        version: edit.cited.1,
        title: edit.content.core.title.clone(),
        is_new: false,
    });
    let steps = plan.steps.iter().map(|step| Laid {
        line: step.line,
        number: step.version.requirement_number,
        version: step.version.number,
        title: step.version.content.core.title.clone(),
        is_new: step.version.new_requirement,
    });
    let mut laid: Vec<Laid> = edits.chain(steps).collect();
    laid.sort_by_key(|laid| laid.line);
    laid
}

/// Gives numbers to what brought none, after the highest that the file brought.
async fn number(tx: &mut PgConnection, permit: &Prepare, plan: &mut Plan, report: &mut Report) -> Result<(), ImportError> {
    if plan.unnumbered.is_empty() && plan.highest == 0 {
        return Ok(());
    }
    let count = i64::try_from(plan.unnumbered.len()).unwrap_or(i64::MAX);
    let first = workflow::take_numbers(tx, permit, count, plan.highest).await?;
    if first + count - 1 > RequirementNumber::LAST {
        return Err(ImportError::File(T.imports_no_numbers_left().to_owned()));
    }
    for (place, step) in (0_i64..).zip(&plan.unnumbered) {
        plan.steps[*step].version.requirement_number = RequirementNumber::from_db(first + place);
    }
    if count > 0 {
        report.numbers = Some((first, first + count - 1));
    }
    Ok(())
}

async fn put_into_force(
    tx: &mut PgConnection,
    actor: &Actor,
    options: &Options,
    file: &[u8],
    steps: &[Step],
    now: OffsetDateTime,
    report: &mut Report,
) -> Result<(), ImportError> {
    let effects: Vec<Effect<'_>> = steps
        .iter()
        .filter_map(|step| step.from.map(|from| Effect { version: step.version.id, from, content: &step.version.content }))
        .collect();
    if effects.is_empty() {
        return Ok(());
    }
    if matches!(actor, Actor::System(System::Example)) {
        decisions::put_example_into_force(tx, actor, &effects, now).await?;
        return Ok(());
    }
    let record = ImportRecord {
        operator: cut(&options.operator, LONGEST_OPERATOR),
        file_name: cut(&options.file_name, LONGEST_FILE_NAME),
        file_sha256: Sha256::digest(file).to_vec(),
        reference: tidy(&options.reference),
    };
    report.decision = Some(decisions::decide_import(tx, actor, &record, &effects, now).await?);
    Ok(())
}

/// A name as a decision can hold it: never empty, never longer than this.
fn cut(name: &str, most: usize) -> String {
    let short: String = tidy(name).chars().take(most).collect();
    if short.is_empty() { "–".to_owned() } else { short }
}
