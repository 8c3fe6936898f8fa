//! What an address of the guide holds: everything that was chosen so far.

use serde::Deserialize;

use super::propose::Wish;
use crate::{
    kernel::{
        config::EffortHours,
        i18n::{Lang, Texts},
        web::{
            Faults, line,
            links::{self, words},
        },
    },
    requirements::fields::Level,
};

/// Groups that can be chosen at once.
pub const MOST_GROUPS: usize = 20;
/// The largest value of a contract, in SEK: more than all regions buy for in a year.
const MOST_VALUE: i64 = 1_000_000_000_000;

/// What the address says. What is typed stands in it as it was typed, so that it can be put right.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// What was searched for.
    q: Option<String>,
    /// Product groups, as `area/group`.
    grupp: Vec<String>,
    /// What the contract is worth, in SEK.
    varde: Option<String>,
    /// How many years it lasts.
    ar: Option<String>,
    /// Hours a year for follow-up.
    timmar: Option<String>,
    /// How far to go.
    niva: Option<String>,
    /// That a step was left without a choice: `1` or `3`.
    saknas: Option<String>,
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What is bought.
    What,
    /// The contract.
    Contract,
    /// How far to go.
    Ambition,
    /// The proposal.
    Proposal,
}

impl Step {
    /// Which it is of the four.
    pub fn number(self) -> i64 {
        1 + self as i64
    }

    /// Where it is.
    pub fn path(self) -> &'static str {
        match self {
            Self::What => links::GUIDE,
            Self::Contract => links::GUIDE_CONTRACT,
            Self::Ambition => links::GUIDE_AMBITION,
            Self::Proposal => links::GUIDE_PROPOSAL,
        }
    }
}

/// A text of the address: one line, at most so long.
fn typed(text: Option<&String>, most: usize) -> String {
    line(text.map(String::as_str).unwrap_or_default()).chars().take(most).collect()
}

impl Asks {
    /// What a form sends of it.
    pub fn of(
        grupp: Vec<String>,
        varde: Option<String>,
        ar: Option<String>,
        timmar: Option<String>,
        niva: Option<String>,
    ) -> Self {
        Self { grupp, varde, ar, timmar, niva, ..Self::default() }
    }

    /// What was searched for.
    pub fn query(&self) -> String {
        typed(self.q.as_ref(), 200)
    }

    /// The groups, each once. What can be no slug is passed over.
    pub fn groups(&self) -> Vec<String> {
        let is_slug = |part: &str| {
            !part.is_empty()
                && part.len() <= 80
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let mut groups: Vec<String> = Vec::new();
        for group in &self.grupp {
            let known = group.split_once('/').is_some_and(|(area, group)| is_slug(area) && is_slug(group));
            if known && !groups.contains(group) && groups.len() < MOST_GROUPS {
                groups.push(group.clone());
            }
        }
        groups
    }

    /// What was typed as the contract's value.
    pub fn value(&self) -> String {
        typed(self.varde.as_ref(), 20)
    }

    /// What was typed as its length.
    pub fn years(&self) -> String {
        typed(self.ar.as_ref(), 20)
    }

    /// What was typed as hours a year.
    pub fn hours(&self) -> String {
        typed(self.timmar.as_ref(), 20)
    }

    /// How far to go.
    pub fn ambition(&self) -> Option<Level> {
        self.niva.as_deref().and_then(|word| words::code(words::LEVELS, word)).and_then(Level::from_code)
    }

    /// Whether the address says that this step was left without a choice.
    pub fn lacks(&self, step: Step) -> bool {
        self.saknas.as_deref() == Some(step.number().to_string().as_str())
    }

    /// What is wrong with what was typed of the contract.
    pub fn faults(&self, t: Texts) -> Faults {
        let mut faults = Faults::default();
        for (field, text, least, most) in
            [("varde", self.value(), 1, MOST_VALUE), ("ar", self.years(), 1, 50), ("timmar", self.hours(), 0, 100_000)]
        {
            if whole(&text, least, most).is_err() {
                // The limit of a value is nothing that anybody comes near.
                let wrong = if field == "varde" {
                    t.guide_contract_value_wrong().to_owned()
                } else {
                    t.selections_whole_number(least, most)
                };
                faults.add(field, wrong);
            }
        }
        faults
    }

    /// What is wished for, where everything that is needed was chosen.
    pub fn wish(&self, each: EffortHours) -> Option<Wish> {
        Some(Wish {
            ambition: self.ambition()?,
            value: whole(&self.value(), 1, MOST_VALUE).ok()?,
            years: whole(&self.years(), 1, 50).ok()?,
            hours: whole(&self.hours(), 0, 100_000).ok()?,
            each,
        })
    }

    /// The first step before this one that has to be done again, if any.
    pub fn unfinished(&self, before: Step, t: Texts) -> Option<Step> {
        let wrong = if self.groups().is_empty() {
            Some(Step::What)
        } else if !self.faults(t).is_empty() {
            Some(Step::Contract)
        } else if self.ambition().is_none() {
            Some(Step::Ambition)
        } else {
            None
        };
        wrong.filter(|step| *step < before)
    }

    /// Everything that was chosen, as names and values of an address or of hidden fields.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = self.groups().into_iter().map(|group| ("grupp", group)).collect();
        let level = self.ambition().and_then(|level| words::word(words::LEVELS, level.code())).unwrap_or_default();
        let rest = [("varde", self.value()), ("ar", self.years()), ("timmar", self.hours()), ("niva", level.to_owned())];
        pairs.extend(rest.into_iter().filter(|(_, value)| !value.is_empty()));
        pairs
    }

    /// The address of a step with everything that was chosen.
    pub fn link(&self, lang: Lang, step: Step) -> String {
        let pairs = self.pairs();
        links::with_query(&links::localized(lang, step.path()), pairs.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The address of a step that has to be done again, where the page says so.
    pub fn again(&self, lang: Lang, step: Step) -> String {
        let mut pairs = self.pairs();
        if !self.query().is_empty() && step == Step::What {
            pairs.push(("q", self.query()));
        }
        if step != Step::Contract {
            pairs.push(("saknas", step.number().to_string()));
        }
        let path = links::localized(lang, step.path());
        let link = links::with_query(&path, pairs.iter().map(|(name, value)| (*name, value.as_str())));
        format!("{link}#{}", links::FAULTS)
    }
}

/// A whole number within limits, blanks between its digits allowed; nothing for an empty text.
fn whole(text: &str, least: i64, most: i64) -> Result<Option<i64>, ()> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().ok().filter(|number| (least..=most).contains(number)).map(Some).ok_or(())
}
