//! What waits for those who look after the bank.

use std::collections::BTreeMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    backup,
    decisions::DecisionNumber,
    imports::KEPT,
    kernel::{clock, db, mail},
    organisations,
    portal::reads::lmc::{
        reach::Reach,
        requirements::{incomplete, overdue},
    },
    proposals::{self, ProposalNumber, lifecycle::State},
    reports::ANSWER_WITHIN,
    requirements::{RequirementNumber, fields::iso_date_option, lifecycle::Missing},
    search::catalogue::{Catalogue, Entry, Found, Order, Page},
    tasks::Kind,
};

/// Tasks on a page.
pub const PAGE: usize = 25;

/// Where a task stands in the order of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Since when it waits.
    pub since: OffsetDateTime,
    /// The rank of its kind.
    pub rank: i32,
    /// Its number.
    pub number: i64,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.since.unix_timestamp_nanos() / 1_000, self.rank, self.number)
    }
}

impl std::str::FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(());
        let micros: i64 = next()?.parse().map_err(|_| ())?;
        let since = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).map_err(|_| ())?;
        // What Postgres cannot tell either is no task of ours.
        if !(1970..=9000).contains(&since.year()) {
            return Err(());
        }
        let (rank, number) = (next()?.parse().map_err(|_| ())?, next()?.parse().map_err(|_| ())?);
        if parts.next().is_some() { Err(()) } else { Ok(Self { since, rank, number }) }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only what whoever looks has taken.
    pub mine: bool,
    /// Whether whoever looks approves accounts, and so sees who waits for that.
    pub approves: bool,
    /// The neighbour that the page begins after, or ends before.
    pub key: Option<Key>,
    /// Whether the page ends before the key (or at the end, without one).
    pub backwards: bool,
}

/// Who has taken a task.
#[derive(Debug, Deserialize)]
pub struct Handler {
    /// The person.
    pub id: Uuid,
    /// Their name; none where the account was erased.
    pub name: Option<String>,
}

/// A report that waits.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// How it begins.
    pub text: String,
    /// The language that it is in.
    pub language: String,
    /// Whether somebody waits for an answer.
    pub answer: bool,
    /// Whom the one who sent it acted for.
    pub organisation: Option<String>,
    /// The requirement that it is about.
    pub requirement: Option<i64>,
    /// Its version.
    pub version: Option<i32>,
}

/// A requirement that waits.
#[derive(Debug, Deserialize)]
pub struct Requirement {
    /// Its title.
    pub title: String,
    /// What it lacks.
    missing: Vec<String>,
    /// What it refers to that is replaced or retired.
    pub stale: Vec<Stale>,
}

/// Something that is referred to and is replaced or retired.
#[derive(Debug, Deserialize)]
pub struct Stale {
    /// What it is called.
    pub name: String,
    by: Option<String>,
    edition: Option<String>,
}

impl Stale {
    /// What replaces it.
    pub fn by(&self) -> Option<String> {
        let edition = self.edition.as_deref().filter(|edition| !edition.is_empty());
        self.by.as_ref().map(|name| edition.map_or_else(|| name.clone(), |edition| format!("{name}, {edition}")))
    }
}

impl Requirement {
    /// What it lacks.
    pub fn missing(&self) -> Vec<Missing> {
        Missing::ALL.into_iter().filter(|missing| self.missing.iter().any(|code| code == missing.code())).collect()
    }
}

/// A file that waits.
#[derive(Debug, Deserialize)]
pub struct Import {
    /// Its name.
    pub file: String,
    /// Whether it can be read in.
    pub accepted: bool,
    /// Rows that cannot be taken.
    pub rejected: i64,
    /// Requirements that would be new.
    pub new: i64,
    /// Requirements that would change.
    pub changed: i64,
}

/// Somebody who waits to be approved.
#[derive(Debug, Deserialize)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// For whom they want to take part.
    pub organisation: String,
    kind: String,
    /// Whether that organisation is shown already.
    pub listed: bool,
}

impl Account {
    /// What the organisation is.
    pub fn kind(&self) -> organisations::Kind {
        // The database knows no other word.
        organisations::Kind::from_code(&self.kind).unwrap_or(organisations::Kind::Supplier)
    }
}

/// What was said, that was reported or waits for an answer.
#[derive(Debug, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// How what it is about is cited.
    pub cited: String,
    /// The thread that it stands in.
    pub thread: Uuid,
    /// The language that it is in.
    pub language: String,
    /// For whom it was said.
    pub organisation: String,
    /// Whether only regions and the network read it.
    pub inside: bool,
}

/// A proposal that waits for somebody who prepares.
#[derive(Debug, Deserialize)]
pub struct Proposal {
    year: i16,
    /// What is wished for.
    pub kind: proposals::Kind,
    state: String,
    /// Its title.
    pub title: String,
    #[serde(with = "iso_date_option")]
    answer_by: Option<Date>,
    /// Whether it was completed and sent in once more.
    pub again: bool,
    /// Its product group.
    pub group: String,
    /// Whose it is.
    pub organisation: String,
    requirement: Option<i64>,
}

impl Proposal {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Submitted)
    }

    /// The requirement that it is about.
    pub fn requirement(&self) -> Option<RequirementNumber> {
        self.requirement.map(RequirementNumber::from_db)
    }

    /// The last moment of the day by which it is to be answered.
    fn answer_by(&self) -> Option<OffsetDateTime> {
        let next = self.answer_by.and_then(Date::next_day)?;
        Some(clock::start_of_day(next) - Duration::SECOND)
    }
}

/// How the service itself is, for those whose work hangs on it.
#[derive(Debug, Deserialize)]
pub struct Service {
    /// Letters that were given up lately, but for those whose address will not have them.
    lost: i64,
    #[serde(with = "time::serde::rfc3339::option")]
    oldest: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    backup: Option<OffsetDateTime>,
}

/// Something that is wrong with the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// So many letters were given up.
    Lost(i64),
    /// A letter has waited since then.
    Late(OffsetDateTime),
    /// The last backup is of that time, which is too long ago; or there is none.
    Backup(Option<OffsetDateTime>),
}

impl Service {
    /// What is wrong with it at this time.
    pub fn troubles(&self, now: OffsetDateTime) -> Vec<Trouble> {
        let late = self.oldest.filter(|at| now - *at > mail::LATE).map(Trouble::Late);
        let lost = (self.lost > 0).then_some(Trouble::Lost(self.lost));
        let backup = self.backup.is_none_or(|at| now - at > backup::STALE).then_some(Trouble::Backup(self.backup));
        [late, lost, backup].into_iter().flatten().collect()
    }
}

/// Something that waits.
#[derive(Debug, Deserialize)]
pub struct Task {
    kind: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// Its number.
    pub number: i64,
    /// Its id.
    pub subject: Uuid,
    /// Who has taken it.
    pub handler: Option<Handler>,
    /// The report.
    pub report: Option<Report>,
    /// The requirement.
    pub requirement: Option<Requirement>,
    /// The file.
    pub import: Option<Import>,
    /// Who waits to be approved.
    pub account: Option<Account>,
    /// What was said.
    pub said: Option<Said>,
    /// The proposal.
    pub proposal: Option<Proposal>,
}

impl Task {
    /// What kind of thing it is.
    pub fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::Fault)
    }

    /// Where it stands in the order of all.
    pub fn key(&self) -> Key {
        Key { since: self.since, rank: self.kind().rank(), number: self.number }
    }

    /// What it is cited by, if it is a proposal.
    pub fn cited(&self) -> Option<ProposalNumber> {
        self.proposal.as_ref().map(|proposal| ProposalNumber { year: proposal.year, number: self.number })
    }

    /// Since when it stands there: a question waits from the day that it was asked, and is here when it has waited for too long.
    pub fn asked(&self) -> OffsetDateTime {
        if self.kind() == Kind::Question { self.since - QUESTION_WITHIN } else { self.since }
    }

    /// Until when it should be done, where there is such a day.
    pub fn deadline(&self) -> Option<OffsetDateTime> {
        match self.kind() {
            Kind::Accessibility | Kind::Fault => {
                self.report.as_ref().filter(|report| report.answer).map(|_| self.since + ANSWER_WITHIN)
            }
            // The last moment of the day of review.
            Kind::Overdue => Some(self.since - time::Duration::SECOND),
            Kind::Incomplete | Kind::Account | Kind::Comment | Kind::Reference => None,
            // Since then it is late.
            Kind::Question => Some(self.since),
            Kind::Import => Some(self.since + KEPT),
            Kind::Proposal => self.proposal.as_ref().and_then(Proposal::answer_by),
        }
    }
}

/// A decision that one made alone, and that another is to look at.
#[derive(Debug, Deserialize)]
pub struct ReviewDue {
    number: i64,
    year: Option<i16>,
    /// What it is called.
    pub title: String,
    /// By when.
    #[serde(with = "iso_date_option")]
    pub by: Option<Date>,
}

impl ReviewDue {
    /// What it is cited by.
    pub fn cited(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }
}

/// A question that nobody has answered within this time stands in the inbox; `waiting_dialogue` says the same.
const QUESTION_WITHIN: Duration = Duration::days(10);

/// How long a requirement may be stopped before that heads the inbox.
pub const LONGEST_STOP: Duration = Duration::days(60);

/// A requirement that has been stopped for longer.
#[derive(Debug, Deserialize)]
pub struct LongStop {
    number: i64,
    /// The requirement's title.
    pub title: String,
    /// Since when it is stopped.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

impl LongStop {
    /// What the requirement is cited by.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

#[derive(Debug, Deserialize)]
struct InboxData {
    reviews: Vec<ReviewDue>,
    stops: Vec<LongStop>,
    decisions: i64,
    counts: BTreeMap<String, i64>,
    held: BTreeMap<String, i64>,
    before: i64,
    tasks: Vec<Task>,
    service: Service,
}

/// All that the page shows.
#[derive(Debug)]
pub struct Inbox {
    /// How many wait of each kind, of what is asked for: all, or what whoever looks has taken.
    pub counts: [i64; Kind::ALL.len()],
    /// How many whoever looks has taken in all.
    pub mine: i64,
    /// How many there are on all pages.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// Those on the page.
    pub tasks: Vec<Task>,
    /// How the service itself is.
    pub service: Service,
    /// Decisions that another is to look at.
    pub reviews: Vec<ReviewDue>,
    /// Requirements that have been stopped for too long, the longest first; at most a hundred.
    pub stops: Vec<LongStop>,
    /// How many drafts wait for who decides.
    pub decisions: i64,
}

/// Reads the page.
///
/// # Errors
/// When the database is away.
pub async fn inbox(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    reach: &Reach,
    now: OffsetDateTime,
    today: Date,
    wanted: &Wanted,
) -> sqlx::Result<Inbox> {
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let late = snapshot.find(&overdue(reach, now, today));
        let lacking = snapshot.find(&incomplete(reach, now, today));
        let (late_page, lacking_page) = (chosen(&late, Kind::Overdue, wanted), chosen(&lacking, Kind::Incomplete, wanted));
        let row = sqlx::query_file!(
            "src/portal/reads/lmc/inbox.sql",
            reach.viewer.level(),
            reach.viewer.organisations(),
            now,
            today,
            reach.person,
            wanted.kind.map(Kind::code),
            wanted.mine,
            wanted.key.map(|key| key.since),
            wanted.key.map(|key| key.rank),
            wanted.key.map(|key| key.number),
            wanted.backwards,
            i64::try_from(PAGE).unwrap_or(i64::MAX),
            &late_page.ids,
            &lacking_page.ids,
            wanted.approves,
            now - mail::SAID_KEPT,
            db::LAST_BACKUP,
            reach.whole,
            reach.organisation,
            now - LONGEST_STOP,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation > snapshot.generation() {
            snapshot = catalogue.at_least(connection, row.generation).await?;
            continue;
        }
        let InboxData { counts, held, before, tasks, service, reviews, stops, decisions } = row.page.0;
        let counted = if wanted.mine { &held } else { &counts };
        let counts = Kind::ALL.map(|kind| match kind {
            Kind::Overdue if !wanted.mine => late.total(),
            Kind::Incomplete if !wanted.mine => lacking.total(),
            kind => counted.get(kind.code()).copied().unwrap_or(0),
        });
        let total: i64 = Kind::ALL
            .iter()
            .zip(counts)
            .filter(|(kind, _)| wanted.kind.is_none_or(|wanted| wanted == **kind))
            .map(|(_, n)| n)
            .sum();
        let on_page = i64::try_from(tasks.len()).unwrap_or(0);
        let known = before + late_page.before + lacking_page.before;
        let before = match (wanted.key, wanted.backwards) {
            // The neighbour itself stands before the page.
            (Some(_), false) => known + 1,
            (Some(_), true) => known - on_page,
            (None, true) => total - on_page,
            (None, false) => 0,
        };
        let (mine, before) = (held.values().sum(), before.clamp(0, total.max(0)));
        return Ok(Inbox { counts, mine, total, before, tasks, service, reviews, stops, decisions });
    }
}

/// As many of a kind as a page holds, from where it begins or ends.
fn chosen(found: &Found, kind: Kind, wanted: &Wanted) -> Page {
    if wanted.mine || wanted.kind.is_some_and(|wanted| wanted != kind) {
        return Page::default();
    }
    let order = if kind == Kind::Overdue { Order::Review } else { Order::Earliest };
    let Some(key) = wanted.key else {
        return if wanted.backwards {
            Page { before: 0, ..found.until(order, PAGE, |_| true) }
        } else {
            found.from(order, PAGE, |_| false)
        };
    };
    let at = |entry: &Entry| Key { since: since(kind, entry), rank: kind.rank(), number: entry.number };
    if wanted.backwards {
        return found.until(order, PAGE, |entry| at(entry) < key);
    }
    // The neighbour itself is counted by whoever knows where it stands.
    let first = found.from(order, PAGE + 1, |entry| at(entry) < key);
    let ids = found.from(order, PAGE, |entry| at(entry) <= key).ids;
    Page { before: first.before, ids }
}

/// Since when a requirement waits, as the statement says it too.
fn since(kind: Kind, entry: &Entry) -> OffsetDateTime {
    match entry.review_by.and_then(Date::next_day).filter(|_| kind == Kind::Overdue) {
        Some(day) => clock::start_of_day(day),
        None => entry.takes_effect(),
    }
}
