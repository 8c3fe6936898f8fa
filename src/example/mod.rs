//! The example bank: files in the exchange format, compiled in, read in through the importer, and what happened to some
//! requirements after that.

mod pages;
mod store;

pub use pages::routes;

use anyhow::{Context, anyhow};
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts, curation, decisions, dialogue,
    imports::{self, Options, Target},
    kernel::{
        actor::{Actor, System},
        clock, db,
    },
    organisations, preparation, proposals, reports,
    requirements::{
        RequirementNumber,
        fields::iso_date_option,
        lifecycle::Step,
        policy::{Advance, HideText, Repeal, Stop},
        workflow,
    },
    selections, taxonomy,
};

include!(concat!(env!("OUT_DIR"), "/example_files.rs"));

const SELECTIONS: &str = include_str!("../../data/example/selections.json");
const PEOPLE: &str = include_str!("../../data/example/people.json");
/// The fact that the example bank has its people; a bank from before there were any gets them too.
const PEOPLE_LOADED: &str = "example_people_loaded";
/// What waits for the coordinators, and a file that one of them has sent.
const REPORTS: &str = include_str!("../../data/example/reports.json");
const IMPORT: &[u8] = include_bytes!("../../data/example/import.csv");
const IMPORT_NOTE: &str = include_str!("../../data/example/import.json");
const JOINING: &str = include_str!("../../data/example/joining.json");
const PROPOSALS: &str = include_str!("../../data/example/proposals.json");
const DIALOGUE: &str = include_str!("../../data/example/dialogue.json");
const EXPERIENCES: &str = include_str!("../../data/example/experiences.json");
const DECISIONS: &str = include_str!("../../data/example/decisions.json");
const PREPARATION: &str = include_str!("../../data/example/preparation.json");
const CURATION: &str = include_str!("../../data/example/curation.json");
const TEMPLATES: &str = include_str!("../../data/example/templates.json");
const STATES: &str = include_str!("../../data/example/states.json");
/// Who has dealt with reports, and sent a file.
const COORDINATOR: &str = "lmc";
/// Who decides, and who stood in for them once.
const DECIDER: &str = "beslutsfattare";
const STAND_IN: &str = "lmc2";
const ACTOR: Actor = Actor::System(System::Example);

/// A report, and who sent it: a person of the example bank, or a visitor.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    sender: Option<String>,
    #[serde(flatten)]
    report: reports::ExampleReport,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Happening {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    version: Option<i32>,
    #[serde(default)]
    repeal: Option<RepealNote>,
    #[serde(default)]
    stop: Option<StopNote>,
    #[serde(default)]
    hide: Option<HideNote>,
    /// Steps that a version is taken, in order.
    #[serde(default)]
    steps: Vec<StepNote>,
    #[serde(default)]
    owners: Option<Owners>,
}

#[derive(Deserialize)]
struct RepealNote {
    #[serde(with = "iso_date_option")]
    effective: Option<Date>,
    reason: String,
    successors: Vec<Successor>,
}

#[derive(Deserialize)]
struct Successor {
    id: String,
    kind: String,
}

#[derive(Deserialize)]
struct StopNote {
    #[serde(with = "iso_date_option")]
    since: Option<Date>,
    reason: String,
}

/// A step of the lifecycle, with its reason where it takes one.
#[derive(Deserialize)]
struct StepNote {
    step: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
struct HideNote {
    reason: String,
}

#[derive(Deserialize)]
struct Owners {
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    #[serde(with = "iso_date_option")]
    to: Option<Date>,
    groups: std::collections::BTreeMap<String, String>,
}

/// Fills the bank, once, in the caller's transaction. Gives whether there was anything to do.
///
/// # Errors
/// When a file does not fit; the text names file and line.
pub async fn load(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<bool> {
    store::wait_for_others(tx).await?;
    load_people(tx, now).await?;
    if db::has_fact(tx, db::EXAMPLE_LOADED).await? {
        return Ok(false);
    }
    for (name, content) in FILES {
        let in_force = !name.starts_with('9');
        let options = Options {
            target: if in_force { Target::Current } else { Target::Preparation },
            create_groups: false,
            skip_invalid: false,
            replace: false,
            reference: String::new(),
            operator: "kravbank".to_owned(),
            file_name: (*name).to_owned(),
        };
        let report =
            imports::run(tx, &ACTOR, &options, content.as_bytes(), now, &|_| {}).await.with_context(|| (*name).to_owned())?;
        if !report.accepted {
            return Err(anyhow!("{name}:\n{}", report.text(false)));
        }
    }
    let happenings: Vec<Happening> = serde_json::from_str(STATES).context("states.json")?;
    for happening in happenings {
        let id = happening.id.clone().unwrap_or_default();
        happen(tx, happening, now).await.with_context(|| format!("states.json: {id}"))?;
    }
    let laid: Vec<selections::Laid> = serde_json::from_str(SELECTIONS).context("selections.json")?;
    for selection in &laid {
        selections::lay(tx, &ACTOR, selection, now).await.context("selections.json")?;
    }
    store::lay_failed_job(tx).await?;
    load_inbox(tx, now).await?;
    let proposed = load_proposals(tx, now).await.context("proposals.json")?;
    load_dialogue(tx, &proposed, now).await.context("dialogue.json")?;
    load_experiences(tx, now).await.context("experiences.json")?;
    load_decisions(tx, now).await.context("decisions.json")?;
    load_preparation(tx, now).await.context("preparation.json")?;
    let coordinator = accounts::example_actor(tx, COORDINATOR, now).await?.context("no coordinator")?;
    let looked_after: curation::ExampleCuration = serde_json::from_str(CURATION).context("curation.json")?;
    curation::lay_example(tx, &coordinator, &looked_after, now).await.context("curation.json")?;
    let joining = serde_json::from_str(JOINING).context("joining.json")?;
    accounts::lay_joining(tx, &ACTOR, &joining, now).await.context("joining.json")?;
    store::note_loaded(tx, db::EXAMPLE_LOADED, now).await?;
    Ok(true)
}

/// Makes the people that anybody may sign in as in the example bank, once, in the caller's transaction.
///
/// # Errors
/// When the file does not fit.
pub async fn load_people(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<()> {
    if db::has_fact(tx, PEOPLE_LOADED).await? {
        return Ok(());
    }
    let people = serde_json::from_str(PEOPLE).context("people.json")?;
    accounts::add_example_people(tx, &ACTOR, &people, now).await.context("people.json")?;
    store::note_loaded(tx, PEOPLE_LOADED, now).await?;
    Ok(())
}

/// Makes what waits for the coordinators.
async fn load_inbox(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<()> {
    let coordinator = accounts::example_actor(tx, COORDINATOR, now).await?.context("no coordinator")?;
    let sent: Vec<Sent> = serde_json::from_str(REPORTS).context("reports.json")?;
    for Sent { sender, report } in &sent {
        let sender = match sender {
            Some(word) => accounts::example_actor(tx, word, now).await?.with_context(|| format!("nobody is {word}"))?,
            None => Actor::Anonymous,
        };
        reports::lay_example(tx, &sender, &coordinator, report, now).await.context("reports.json")?;
    }
    let note = serde_json::from_str(IMPORT_NOTE).context("import.json")?;
    imports::lay_example(tx, &coordinator, &note, IMPORT, now - Duration::days(2)).await.context("import.csv")
}

/// Lays the versions that people prepare.
async fn load_preparation(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<()> {
    let prepared: Vec<preparation::ExamplePreparation> = serde_json::from_str(PREPARATION)?;
    for one in &prepared {
        let who = accounts::example_actor(tx, &one.who, now).await?.context("nobody prepares it")?;
        preparation::lay_example(tx, &who, one, now).await?;
    }
    Ok(())
}

/// Lays what was proposed, oldest first, and what became of it.
async fn load_proposals(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<Vec<proposals::ProposalNumber>> {
    let coordinator = accounts::example_actor(tx, COORDINATOR, now).await?.context("no coordinator")?;
    let proposed: Vec<proposals::ExampleProposal> = serde_json::from_str(PROPOSALS)?;
    // An industry body whose members all send.
    if let Some(by) = accounts::example_actor(tx, "bransch", now).await?
        && let Some(own) = by.person().1
    {
        organisations::set_senders(tx, &by, (own, organisations::Senders::Everybody), now).await?;
    }
    let mut laid = Vec::new();
    for proposal in &proposed {
        let author = accounts::example_actor(tx, &proposal.author, now).await?.context("no author")?;
        let mut cosigners = Vec::new();
        for word in &proposal.cosigners {
            cosigners.push(accounts::example_actor(tx, word, now).await?.context("no cosigner")?);
        }
        let number = proposals::lay_example(tx, (&author, &coordinator, &cosigners), (proposal, &laid), now).await?;
        laid.extend(number);
    }
    let worded: Vec<proposals::ExampleTemplate> = serde_json::from_str(TEMPLATES)?;
    proposals::lay_templates(tx, &coordinator, &worded, now).await?;
    Ok(laid)
}

/// Lays what people say of requirements and proposals.
async fn load_dialogue(tx: &mut PgConnection, proposed: &[proposals::ProposalNumber], now: OffsetDateTime) -> anyhow::Result<()> {
    let threads: Vec<dialogue::ExampleThread> = serde_json::from_str(DIALOGUE)?;
    for thread in &threads {
        let author = accounts::example_actor(tx, &thread.author, now).await?.context("no author")?;
        let mut actors = Vec::new();
        for then in &thread.then {
            actors.push(accounts::example_actor(tx, &then.by, now).await?.with_context(|| format!("nobody is {}", then.by))?);
        }
        let subject = match thread.on {
            dialogue::ExampleOn::Proposal(place) => {
                let number = *proposed.get(place).context("no such proposal")?;
                Some(proposals::example_subject(tx, number).await?)
            }
            dialogue::ExampleOn::Requirement(_) => None,
        };
        dialogue::lay_example(tx, (thread, subject), (&author, &actors), now).await?;
    }
    Ok(())
}

/// Lays what regions have met with when they used requirements.
async fn load_experiences(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<()> {
    let told: Vec<dialogue::ExampleExperience> = serde_json::from_str(EXPERIENCES)?;
    for experience in &told {
        let author = accounts::example_actor(tx, &experience.author, now).await?.context("no author")?;
        let mut others = Vec::new();
        for complaint in [&experience.report, &experience.hide] {
            others.push(match complaint {
                Some(one) => Some(accounts::example_actor(tx, &one.by, now).await?.context("nobody to complain")?),
                None => None,
            });
        }
        let others = (others[0].as_ref(), others[1].as_ref());
        dialogue::lay_experience(tx, &author, experience, others, now).await?;
    }
    Ok(())
}

/// Lays what was decided, oldest first, and what is about to be.
async fn load_decisions(tx: &mut PgConnection, now: OffsetDateTime) -> anyhow::Result<()> {
    let mut cast = Vec::new();
    for word in [COORDINATOR, DECIDER, STAND_IN] {
        cast.push(accounts::example_actor(tx, word, now).await?.with_context(|| format!("nobody is {word}"))?);
    }
    let [coordinator, decider, stand_in] = cast.as_slice() else { return Ok(()) };
    let cast = decisions::Cast { coordinator, decider, stand_in };
    let written: Vec<decisions::ExampleDecision> = serde_json::from_str(DECISIONS)?;
    let mut laid = Vec::new();
    for decision in &written {
        laid.extend(decisions::lay_example(tx, &cast, (decision, &laid), now).await?);
    }
    Ok(())
}

async fn happen(tx: &mut PgConnection, happening: Happening, now: OffsetDateTime) -> anyhow::Result<()> {
    if let Some(owners) = happening.owners {
        let (from, to) = (owners.from.context("from")?, owners.to.context("to")?);
        let permit = taxonomy::policy::Edit::ask(&ACTOR).context("no right to the tree")?;
        for (group, letter) in owners.groups {
            if !taxonomy::set_owner(tx, &permit, &group, &letter, from, to, now).await? {
                return Err(anyhow!("no group {group}"));
            }
        }
        return Ok(());
    }
    let requirement = find(tx, happening.id.as_deref().context("id")?).await?;
    if let Some(repeal) = happening.repeal {
        let effective = clock::start_of_day(repeal.effective.context("effective")?);
        let mut successors = Vec::new();
        for successor in &repeal.successors {
            successors.push((find(tx, &successor.id).await?, successor.kind.as_str()));
        }
        let permit = Repeal::ask(tx, &ACTOR, requirement, effective).await?;
        workflow::repeal(tx, &permit, &repeal.reason, effective, &successors, now).await?;
    }
    if let Some(stop) = happening.stop {
        let since = clock::start_of_day(stop.since.context("since")?);
        let permit = Stop::ask(tx, &ACTOR, requirement, since).await?;
        workflow::stop(tx, &permit, &stop.reason, since, now).await?;
    }
    for note in &happening.steps {
        let version = find_version(tx, requirement, happening.version.context("version")?).await?;
        take(tx, version, note, now).await?;
    }
    if let Some(hide) = happening.hide {
        let version = find_version(tx, requirement, happening.version.context("version")?).await?;
        let permit = HideText::ask(tx, &ACTOR, version).await?;
        workflow::hide_text(tx, &permit, &hide.reason, now).await?;
    }
    Ok(())
}

/// Takes a version a step onwards.
async fn take(tx: &mut PgConnection, version: Uuid, note: &StepNote, now: OffsetDateTime) -> anyhow::Result<()> {
    let locked = crate::requirements::lock_version(tx, version).await?.context("no such version")?;
    let reason = note.reason.as_str();
    let step = match note.step.as_str() {
        "submit" => Step::Submit,
        "return" => Step::Return(reason),
        "discard" => Step::Discard(reason),
        "decline" => Step::Decline(reason),
        "revoke" => Step::Revoke { reason, takes_effect: locked.takes_effect.context("takes_effect")?, now },
        other => return Err(anyhow!("no step {other}")),
    };
    let permit = Advance::ask(tx, &ACTOR, version, locked.lock_version).await?;
    workflow::advance(tx, &permit, step, now).await?;
    Ok(())
}

async fn find(tx: &mut PgConnection, id: &str) -> anyhow::Result<Uuid> {
    let number: RequirementNumber = id.parse()?;
    let stored = crate::requirements::load(tx, &[number.get()]).await?;
    stored.get(&number.get()).map(|stored| stored.id).with_context(|| format!("no requirement {id}"))
}

async fn find_version(tx: &mut PgConnection, requirement: Uuid, number: i32) -> anyhow::Result<Uuid> {
    crate::requirements::version_id(tx, requirement, number).await?.with_context(|| format!("no version {number}"))
}
