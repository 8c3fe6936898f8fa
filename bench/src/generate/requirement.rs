//! One requirement: what it says, how its versions follow each other, how it ends.

use kravbank::requirements::{
    RequirementNumber,
    content::{Core, English, Maintained, hash},
    fields::{Change, Kind, Level},
};
use rand::{Rng, RngExt, rngs::ChaCha8Rng};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    bank::{Bank, Place, TODAY, decided_at, milliseconds, month_of, start_of},
    draw::{self, Stream},
    words::{Model, cut},
};

/// Of a hundred requirements: one, two, three, four decided versions.
const VERSIONS: &[u32] = &[60, 25, 10, 5];
/// Of a hundred words that may be exchanged, so many are.
const VARIED: u32 = 25;

/// When a version holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Valid {
    /// It was not decided.
    Never,
    /// From an instant on, until another where it has an end.
    Range(OffsetDateTime, Option<OffsetDateTime>),
    /// It was revoked before its day.
    Empty,
}

/// A version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: i32,
    /// Its state, as the database has it.
    pub state: &'static str,
    /// The month whose decision it came by.
    pub decision: Option<Date>,
    /// When it holds.
    pub valid: Valid,
    /// What it says.
    pub core: Core,
    /// Places of what it cites in [`Bank::references`].
    pub cited: Vec<usize>,
    /// Ids of its clauses.
    pub clauses: Vec<Uuid>,
    /// English texts, where it has them.
    pub english: Option<English>,
    /// What it changes.
    pub change: Change,
    /// In words.
    pub note: String,
    /// Canonical text and hash of what is or was decided.
    pub sealed: Option<(String, Vec<u8>)>,
    /// Whether its text may not be shown.
    pub hidden: bool,
    /// When it was laid in.
    pub created_at: OffsetDateTime,
    /// When it ended without a decision, or was revoked.
    pub closed_at: Option<OffsetDateTime>,
}

/// A temporary stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its id.
    pub id: Uuid,
    /// Since when.
    pub since: OffsetDateTime,
    /// Until when, where it was lifted.
    pub until: Option<OffsetDateTime>,
    /// Why.
    pub reason: String,
}

/// An end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeal {
    /// From when.
    pub effective: OffsetDateTime,
    /// Why.
    pub reason: String,
    /// Number of what came instead, and how.
    pub successor: Option<(i64, &'static str)>,
}

/// A requirement with all its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: i64,
    /// Its family.
    pub family: Option<Uuid>,
    /// What is maintained beside the text.
    pub maintained: Maintained,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When what is maintained was last set.
    pub maintained_at: OffsetDateTime,
    /// Its versions.
    pub versions: Vec<Version>,
    /// The stop, if there is or was one.
    pub stop: Option<Stop>,
    /// The end, if it has one.
    pub repeal: Option<Repeal>,
}

/// What happens to a requirement, drawn before its texts.
struct Fate {
    /// First days of its decided versions.
    starts: Vec<Date>,
    repealed_on: Option<Date>,
    stopped_on: Option<Date>,
    lifted: bool,
    revoked: bool,
    /// `discarded` or `not_approved`.
    given_up: Option<&'static str>,
    /// `preparation` or `ready`.
    open: Option<&'static str>,
}

fn days(rng: &mut impl Rng, from: i64, to: i64) -> Duration {
    Duration::days(rng.random_range(from..=to))
}

impl Fate {
    fn draw(rng: &mut ChaCha8Rng) -> Self {
        let open = *draw::one(rng, &["preparation", "preparation", "ready"]);
        let mut fate = Self {
            starts: Vec::new(),
            repealed_on: None,
            stopped_on: None,
            lifted: rng.random_ratio(1, 5),
            revoked: rng.random_ratio(1, 500),
            given_up: rng.random_ratio(1, 200).then(|| *draw::one(rng, &["discarded", "not_approved"])),
            open: rng.random_ratio(1, 25).then_some(open),
        };
        if rng.random_ratio(1, 100) {
            // Nothing of it was ever decided.
            return Self { revoked: false, given_up: None, open: Some(open), ..fate };
        }
        let coming = rng.random_ratio(3, 100);
        let mut start = if coming {
            TODAY + days(rng, 30, 900)
        } else {
            // The young outnumber the old.
            TODAY - days(rng, 0, 2_500).min(days(rng, 0, 2_500))
        };
        for place in 0..=draw::weighted(rng, VERSIONS) {
            if place == 1 && coming {
                start = TODAY - days(rng, 0, 1_500);
            } else if place > 0 {
                start -= days(rng, 200, 900);
            }
            fate.starts.insert(0, start);
        }
        let last = fate.starts[fate.starts.len() - 1];
        if !coming && rng.random_ratio(1, 20) {
            let to_come = rng.random_ratio(1, 10);
            let held = (TODAY - last).whole_days().max(1);
            fate.repealed_on = Some(if to_come { TODAY + days(rng, 30, 400) } else { last + days(rng, 1, held) });
            (fate.open, fate.revoked) = (None, false);
        } else if !coming && rng.random_ratio(3, 200) {
            let held = (TODAY - last).whole_days().max(1);
            fate.stopped_on = Some(last + days(rng, 0, held - 1));
        }
        if coming {
            fate.revoked = false;
        }
        fate
    }
}

/// Makes the requirement of this number.
pub fn make(bank: &Bank, number: i64) -> Requirement {
    let mut rng = draw::stream(bank.seed, Stream::Requirement(number));
    let id = bank.requirement_id(number);
    // The id was the first that its stream gave.
    let _ = draw::id(&mut rng, 0);
    let place = bank.place(number);
    let fate = Fate::draw(&mut rng);
    let english = rng.random_ratio(1, 3);
    let model = bank.words.model(&mut rng, english).clone();
    let maintained = maintained(bank, &mut rng, &model, &place);
    let mut writer = Writer { bank, rng, number, place, model, english, versions: Vec::new() };
    writer.write(&fate);
    let Writer { mut rng, mut versions, .. } = writer;
    let repeal = fate.repealed_on.map(|day| Repeal {
        effective: start_of(day),
        reason: bank.words.vary(&mut rng, REPEALED, VARIED),
        successor: (rng.random_ratio(3, 5) && bank.count > 1).then(|| {
            let other = 1 + (number - 1 + rng.random_range(1..bank.count)) % bank.count;
            (other, *draw::one(&mut rng, &["replaced", "merged", "split"]))
        }),
    });
    if let (Some(repeal), Some(Version { valid: Valid::Range(_, to), .. })) =
        (&repeal, versions.iter_mut().rev().find(|version| version.state == "decided"))
    {
        *to = Some(repeal.effective);
    }
    let stop = fate.stopped_on.map(|day| Stop {
        id: draw::id(&mut rng, milliseconds(start_of(day))),
        since: start_of(day),
        until: fate.lifted.then(|| start_of(day + days(&mut rng, 5, 200))),
        reason: bank.words.vary(&mut rng, STOPPED, VARIED),
    });
    let created_at = versions.first().map_or_else(|| start_of(TODAY), |version| version.created_at);
    let maintained_at = versions
        .iter()
        .filter(|version| version.decision.is_some())
        .map(|version| version.created_at)
        .max()
        .unwrap_or(created_at);
    let family = bank.place(number).family.map(|family| family.0);
    Requirement { id, number, family, maintained, created_at, maintained_at, versions, stop, repeal }
}

const REPEALED: &str = "Kravet går inte längre än lagstiftningen sedan de nya bestämmelserna började gälla, och fyller därför ingen \
                        funktion. Avtal som hänvisar till kravet gäller som förut.";
const STOPPED: &str = "Leverantörerna kan just nu inte visa hur kravet uppfylls eftersom standarden är under omarbetning. Använd \
                       nivån under tills vidare.";
const NOTE: &str = "Gränsvärdet har skärpts efter omprövning, och bevisen har gjorts tydligare för leverantören.";

fn maintained(bank: &Bank, rng: &mut ChaCha8Rng, model: &Model, place: &Place) -> Maintained {
    let mut sorted = model.clone();
    sorted.cpv.sort();
    sorted.cpv.dedup();
    sorted.objectives.sort();
    sorted.objectives.dedup();
    Maintained {
        group: bank.groups[place.group].id,
        family: place.family.as_ref().map(|family| family.1.clone()),
        relation: place.relation,
        guidance: bank.words.vary(rng, &model.guidance, VARIED),
        limitations: model.limitations.clone(),
        builds_on: model.builds_on.clone(),
        cpv: sorted.cpv,
        objectives: sorted.objectives,
        agenda_goals: model.agenda_goals.clone(),
        eforms: model.eforms.clone(),
        gpp: None,
        contributors: String::new(),
        review_by: rng.random_ratio(9, 10).then(|| TODAY + days(rng, -200, 1_200)),
    }
}

/// Writes the versions of a requirement, one after the other.
struct Writer<'a> {
    bank: &'a Bank,
    rng: ChaCha8Rng,
    number: i64,
    place: Place,
    model: Model,
    english: bool,
    versions: Vec<Version>,
}

impl Writer<'_> {
    fn write(&mut self, fate: &Fate) {
        for (step, start) in fate.starts.iter().enumerate() {
            // Read in some weeks before the day, in the batch of that month.
            let month = month_of((*start - Duration::days(20)).min(TODAY - Duration::days(1)));
            let end = fate.starts.get(step + 1).map(|next| start_of(*next));
            let at = decided_at(month);
            let hidden = self.rng.random_ratio(1, 2_000);
            let version = self.version("decided", at);
            self.decide(version, month, Valid::Range(start_of(*start), end), hidden);
        }
        let last = self.versions.last().map_or(TODAY - days(&mut self.rng, 30, 200), |version| version.created_at.date());
        if fate.revoked {
            let month = month_of(last + Duration::days(40)).min(month_of(TODAY));
            let version = self.version("revoked", decided_at(month));
            self.decide(version, month, Valid::Empty, false);
            if let Some(version) = self.versions.last_mut() {
                version.closed_at = Some(version.created_at + Duration::days(3));
            }
        }
        if let Some(state) = fate.given_up {
            let at = start_of(last) + Duration::days(20);
            let mut version = self.version(state, at);
            version.closed_at = Some(at + Duration::days(9));
            self.versions.push(version);
        }
        if let Some(state) = fate.open {
            let at = start_of(TODAY - days(&mut self.rng, 1, 25));
            let version = self.version(state, at);
            self.versions.push(version);
        }
    }

    fn decide(&mut self, mut version: Version, month: Date, valid: Valid, hidden: bool) {
        version.decision = Some(month);
        version.valid = valid;
        version.hidden = hidden;
        let canonical =
            version.core.canonical(RequirementNumber::from_db(self.number), version.number).unwrap_or_else(|_| String::new());
        let sha256 = hash(&canonical);
        version.sealed = Some((canonical, sha256));
        self.versions.push(version);
    }

    /// The next version: the first after the model, later ones after the one before.
    fn version(&mut self, state: &'static str, at: OffsetDateTime) -> Version {
        let id = draw::id(&mut self.rng, milliseconds(at));
        let number = i32::try_from(self.versions.len()).unwrap_or(0) + 1;
        let (core, clauses, cited, english) = match self.versions.last().cloned() {
            None => self.first(at),
            Some(before) => self.next(before, at),
        };
        Version {
            id,
            number,
            state,
            decision: None,
            valid: Valid::Never,
            core,
            cited,
            clauses,
            english,
            change: if number == 1 {
                Change::New
            } else {
                *draw::one(&mut self.rng, &[Change::Meaning, Change::Evidence, Change::Clarified])
            },
            note: if number == 1 { String::new() } else { self.bank.words.vary(&mut self.rng, NOTE, VARIED) },
            sealed: None,
            hidden: false,
            created_at: at,
            closed_at: None,
        }
    }

    fn first(&mut self, at: OffsetDateTime) -> (Core, Vec<Uuid>, Vec<usize>, Option<English>) {
        let (bank, rng) = (self.bank, &mut self.rng);
        let words = &bank.words;
        let mut core = self.model.core.clone();
        core.title = cut(&words.vary(rng, &core.title, VARIED), 200);
        for text in core.text.iter_mut().chain([&mut core.rationale, &mut core.proportionality, &mut core.legal_floor]) {
            *text = words.vary(rng, text, VARIED);
        }
        let mut evidence = Vec::new();
        for piece in &mut core.evidence {
            piece.text = words.vary(rng, &piece.text, VARIED);
            evidence.push(piece.text_en.take());
        }
        if let Some(follow_up) = &mut core.follow_up {
            follow_up.method = words.vary(rng, &follow_up.method, VARIED);
        }
        let alone =
            *draw::one(rng, &[Level::Basic, Level::Basic, Level::Basic, Level::Advanced, Level::Advanced, Level::Spearhead]);
        core.level = self.place.level.unwrap_or(alone);
        core.kind = self.place.kind.unwrap_or(core.kind);
        if core.kind != Kind::AwardCriterion {
            core.award = None;
        }
        let cited = bank.cited(rng);
        core.references = cited.iter().map(|place| bank.references[*place].reference.clone()).collect();
        let clauses = core.text.iter().map(|_| draw::id(rng, milliseconds(at))).collect();
        let english = self.english.then(|| English {
            title: self.model.title_en.as_ref().map(|title| cut(&words.vary_english(rng, title, VARIED), 200)),
            text: self.model.text_en.iter().map(|text| words.vary_english(rng, text, VARIED)).collect(),
            rationale: self.model.rationale_en.as_ref().map(|text| words.vary_english(rng, text, VARIED)),
            evidence,
        });
        (core, clauses, cited, english)
    }

    /// A clause or two are changed; sometimes one is added.
    fn next(&mut self, before: Version, at: OffsetDateTime) -> (Core, Vec<Uuid>, Vec<usize>, Option<English>) {
        let words = &self.bank.words;
        let rng = &mut self.rng;
        let Version { mut core, mut clauses, cited, english, .. } = before;
        for _ in 0..rng.random_range(1..=2) {
            let place = rng.random_range(0..core.text.len());
            core.text[place] = words.vary(rng, &core.text[place], VARIED / 2);
        }
        if rng.random_ratio(3, 20) && core.text.len() < 6 {
            let model = words.model(rng, false);
            let other = draw::one(rng, &model.core.text);
            core.text.push(words.vary(rng, other, VARIED));
            clauses.push(draw::id(rng, milliseconds(at)));
        }
        (core, clauses, cited, english)
    }
}
