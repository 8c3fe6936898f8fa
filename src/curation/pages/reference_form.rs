//! The form for what requirements refer to: what is cited of it, and what stands beside.

use serde::Deserialize;
use uuid::Uuid;

use crate::{
    curation::reads::references::Reference,
    kernel::{
        i18n::Texts,
        web::{Faults, line, lines, links::words},
    },
    requirements::fields::iso_date_option,
    taxonomy::references::{Beside, Cited, Condition},
};

pub(super) const MOST_NAME: usize = 300;
pub(super) const MOST_EDITION: usize = 100;
pub(super) const MOST_URL: usize = 600;
pub(super) const MOST_NOTE: usize = 2_000;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) slag: String,
    pub(super) namn: String,
    pub(super) utgava: String,
    pub(super) webb: String,
    pub(super) fran: String,
    pub(super) till: String,
    pub(super) anteckning: String,
    pub(super) kriterier: String,
    pub(super) villkor: Vec<String>,
    pub(super) las: String,
    /// The one of the same name, where that is in the way.
    #[serde(skip)]
    pub(super) taken: Option<Uuid>,
}

impl Form {
    /// What there is.
    pub(super) fn of(one: &Reference) -> Self {
        let day = |day: Option<time::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            slag: words::word(words::REFERENCE_KINDS, &one.kind).unwrap_or_default().to_owned(),
            namn: one.name.clone(),
            utgava: one.edition.clone(),
            webb: one.url.clone().unwrap_or_default(),
            fran: day(one.from),
            till: day(one.to),
            anteckning: one.note.clone(),
            kriterier: one.criteria.clone().unwrap_or_default(),
            villkor: one.conditions.iter().map(|met| met.code.clone()).collect(),
            las: one.lock.to_string(),
            taken: None,
        }
    }

    /// The same without what nobody means.
    pub(super) fn clean(self) -> Self {
        Self {
            slag: self.slag,
            namn: line(&self.namn),
            utgava: line(&self.utgava),
            webb: line(&self.webb),
            fran: line(&self.fran),
            till: line(&self.till),
            anteckning: lines(&self.anteckning),
            kriterier: lines(&self.kriterier),
            villkor: self.villkor,
            las: line(&self.las),
            taken: None,
        }
    }

    /// The lock that was seen; none that there is where it is no number.
    pub(super) fn lock(&self) -> i32 {
        self.las.parse().unwrap_or_default()
    }

    /// Law, standard or label.
    pub(super) fn kind(&self) -> Option<&'static str> {
        words::code(words::REFERENCE_KINDS, &self.slag)
    }

    /// What is cited of it, or what is wrong.
    pub(super) fn cited(&self, t: Texts, faults: &mut Faults) -> Option<Cited> {
        let kind = self.kind();
        if kind.is_none() {
            faults.add("slag", t.curation_reference_kind_missing());
        }
        if self.namn.is_empty() {
            faults.add("namn", t.curation_reference_name_missing());
        }
        faults.check_length(t, "namn", &self.namn, MOST_NAME);
        faults.check_length(t, "utgava", &self.utgava, MOST_EDITION);
        faults.check_length(t, "webb", &self.webb, MOST_URL);
        let is_address =
            ["https://", "http://"].iter().any(|scheme| self.webb.len() > scheme.len() && self.webb.starts_with(scheme));
        if !self.webb.is_empty() && (!is_address || self.webb.contains(char::is_whitespace)) {
            faults.add("webb", t.curation_reference_url_wrong());
        }
        let (from, to) = (long_ago(&self.fran), long_ago(&self.till));
        if !self.fran.is_empty() && from.is_none() {
            faults.add("fran", t.curation_reference_from_wrong());
        }
        if !self.till.is_empty() && to.is_none_or(|to| from.is_some_and(|from| to < from)) {
            faults.add("till", t.curation_reference_to_wrong());
        }
        let kind = kind.filter(|_| faults.is_empty())?;
        let url = Some(self.webb.clone()).filter(|url| !url.is_empty());
        Some(Cited { kind: kind.to_owned(), name: self.namn.clone(), edition: self.utgava.clone(), url, from, to })
    }

    /// What stands beside it, or what is wrong.
    pub(super) fn beside(&self, t: Texts, is_label: bool, faults: &mut Faults) -> Beside {
        faults.check_length(t, "anteckning", &self.anteckning, MOST_NOTE);
        faults.check_length(t, "kriterier", &self.kriterier, MOST_NOTE);
        let conditions = Condition::ALL.into_iter().filter(|one| is_label && self.villkor.iter().any(|code| code == one.code()));
        Beside {
            note: self.anteckning.clone(),
            conditions: conditions.collect(),
            criteria: Some(self.kriterier.clone()).filter(|text| is_label && !text.is_empty()),
        }
    }
}

/// A day as a browser sends it; laws may be old.
fn long_ago(text: &str) -> Option<time::Date> {
    iso_date_option::parse(text).filter(|day| (1700..=2200).contains(&day.year()))
}
