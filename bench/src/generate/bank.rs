//! What all requirements of a bank share: groups with their sizes, what is cited, families, days.

use kravbank::requirements::fields::{Kind, Level, Reference, ReferenceKind, Relation};
use rand::{RngExt, seq::SliceRandom};
use time::{Date, Month, OffsetDateTime, macros::date};
use uuid::Uuid;

use super::{
    draw::{self, Stream, Zipf},
    words::Words,
};

/// The day on which the bank is as it is made: what comes into force later is to come.
pub const TODAY: Date = date!(2026 - 11 - 01);
/// Laws, standards and labels that there are.
const REFERENCES: usize = 1_500;
/// Requirements whose families are drawn together.
const BLOCK: i64 = 3;
/// Of a hundred blocks: no family, a family of two, of three.
const FAMILIES: &[u32] = &[45, 25, 30];

/// A product group.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: Uuid,
    /// Slug of its area.
    pub area: String,
    /// Its slug.
    pub slug: String,
    /// Names of the area and of the group.
    pub names: (String, String),
}

/// Something that is cited.
#[derive(Debug, Clone)]
pub struct Cited {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub reference: Reference,
    /// Whether the database has it already.
    pub there: bool,
}

/// What requirements share.
#[derive(Debug)]
pub struct Bank {
    /// Where all chance begins.
    pub seed: u64,
    /// How many requirements there are.
    pub count: i64,
    /// Words and models.
    pub words: Words,
    /// Groups, the largest first.
    pub groups: Vec<Group>,
    group_law: Zipf,
    /// What is cited, the most cited first.
    pub references: Vec<Cited>,
    reference_law: Zipf,
}

/// A requirement's place: its group, its family and the step it stands on.
#[derive(Debug, Clone)]
pub struct Place {
    /// The group's place in [`Bank::groups`].
    pub group: usize,
    /// The family, where it has one.
    pub family: Option<(Uuid, String)>,
    /// How it stands to the member below.
    pub relation: Option<Relation>,
    /// Its level, where the family gives it.
    pub level: Option<Level>,
    /// Its type, where the family gives it.
    pub kind: Option<Kind>,
}

impl Bank {
    /// A bank with this seed and so many requirements, in these groups, where these references are there already (both in
    /// any order).
    ///
    /// # Errors
    /// When a file of the repository is not in the exchange format.
    pub fn new(seed: u64, count: i64, mut groups: Vec<Group>, known: &[(Uuid, Reference)]) -> serde_json::Result<Self> {
        let words = Words::new(seed)?;
        groups.sort_by_key(|group| group.id);
        groups.shuffle(&mut draw::stream(seed, Stream::Groups));
        let references = references(seed, &words, known);
        let (group_law, reference_law) = (Zipf::new(groups.len()), Zipf::new(references.len()));
        Ok(Self { seed, count, words, groups, group_law, references, reference_law })
    }

    /// Where the requirement of this number stands.
    pub fn place(&self, number: i64) -> Place {
        let first = (number - 1) / BLOCK * BLOCK + 1;
        let mut rng = draw::stream(self.seed, Stream::Family(first));
        let members = match draw::weighted(&mut rng, FAMILIES) {
            0 => 0,
            more => i64::try_from(more).unwrap_or(0) + 1,
        };
        let family = draw::id(&mut rng, milliseconds(start_of(date!(2014 - 01 - 01))));
        let group = self.group_law.draw(&mut rng);
        let kind = *draw::one(&mut rng, &[Kind::TechnicalSpecification, Kind::ContractCondition]);
        let step = number - first;
        if step >= members {
            let mut rng = draw::stream(self.seed, Stream::Family(number + i64::from(u32::MAX)));
            return Place { group: self.group_law.draw(&mut rng), family: None, relation: None, level: None, kind: None };
        }
        let level = match step {
            0 => Level::Basic,
            1 => Level::Advanced,
            _ => Level::Spearhead,
        };
        let relation = (step > 0).then(|| *draw::one(&mut rng, &[Relation::Replaces, Relation::AddsTo]));
        Place { group, family: Some((family, format!("familj-{first}"))), relation, level: Some(level), kind: Some(kind) }
    }

    /// Every family that there is.
    pub fn families(&self) -> impl Iterator<Item = (Uuid, String)> {
        let steps = usize::try_from(BLOCK).unwrap_or(1);
        (1..=self.count).step_by(steps).filter_map(|first| self.place(first).family)
    }

    /// The id of the requirement of this number, which others name before it is made.
    pub fn requirement_id(&self, number: i64) -> Uuid {
        let mut rng = draw::stream(self.seed, Stream::Requirement(number));
        draw::id(&mut rng, milliseconds(start_of(date!(2014 - 01 - 01))) + number * 1_000)
    }

    /// The id of the decision of a month.
    pub fn decision_id(&self, month: Date) -> Uuid {
        let mut rng = draw::stream(self.seed, Stream::Decision(month));
        draw::id(&mut rng, milliseconds(decided_at(month)))
    }

    /// Places in [`Bank::references`] of what a version cites, none twice.
    pub fn cited(&self, rng: &mut impl rand::Rng) -> Vec<usize> {
        let mut cited = Vec::new();
        for _ in 0..rng.random_range(1..=5) {
            let place = self.reference_law.draw(rng);
            if !cited.contains(&place) {
                cited.push(place);
            }
        }
        cited
    }
}

/// Those that the models cite, then made ones.
fn references(seed: u64, words: &Words, known: &[(Uuid, Reference)]) -> Vec<Cited> {
    let mut rng = draw::stream(seed, Stream::References);
    let mut found: Vec<Reference> = Vec::new();
    for reference in words.models().flat_map(|model| &model.core.references) {
        if !found.contains(reference) {
            found.push(reference.clone());
        }
    }
    for number in found.len()..REFERENCES {
        let (year, subject) = (rng.random_range(1995..=2026), words.any(&mut rng).to_owned());
        let plain = |kind, name, edition| Reference { kind, name, url: None, edition, in_force_from: None, in_force_to: None };
        found.push(match draw::weighted(&mut rng, &[4, 5, 1]) {
            0 => Reference {
                url: Some(format!("https://eur-lex.europa.eu/eli/reg/{year}/{number}/oj")),
                in_force_from: Date::from_calendar_date(year, Month::July, 1).ok(),
                ..plain(ReferenceKind::Law, format!("Förordning (EU) {year}/{number} om {subject}"), None)
            },
            1 => plain(ReferenceKind::Standard, format!("SS-EN {}", 10_000 + number), Some(year.to_string())),
            _ => plain(ReferenceKind::Label, format!("Märkning {number}, {subject}"), Some(format!("version {}", year - 1990))),
        });
    }
    let made = milliseconds(start_of(date!(2014 - 01 - 01)));
    found
        .into_iter()
        .map(|reference| {
            let id = draw::id(&mut rng, made);
            match known.iter().find(|(_, there)| *there == reference) {
                Some((known, _)) => Cited { id: *known, reference, there: true },
                None => Cited { id, reference, there: false },
            }
        })
        .collect()
}

/// The first day of the month that a day lies in.
pub fn month_of(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// When the decision of a month is made.
pub fn decided_at(month: Date) -> OffsetDateTime {
    start_of(month) + time::Duration::hours(9)
}

/// When a Swedish day begins.
pub fn start_of(day: Date) -> OffsetDateTime {
    kravbank::kernel::clock::start_of_day(day)
}

/// Milliseconds since 1970.
pub fn milliseconds(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1_000
}
