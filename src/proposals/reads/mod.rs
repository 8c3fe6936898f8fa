//! What pages read, each in one round trip.

pub mod dialogue;
pub mod draft;
pub mod list;
pub mod one;
pub mod senders;
pub mod similar;
pub mod targets;
pub mod templates;

use serde::Deserialize;
use uuid::Uuid;

use crate::{
    kernel::i18n::Lang,
    proposals::number::ProposalNumber,
    requirements::{
        RequirementNumber,
        clause_form::WordedClause,
        clauses::Clause,
        fields::{Kind as Type, Level, Parameter},
        parameters,
    },
};

/// A product group with its area.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: Uuid,
    /// Its word in addresses.
    pub slug: String,
    /// The area's word in addresses.
    pub area_slug: String,
    name_sv: String,
    name_en: String,
    area_sv: String,
    area_en: String,
}

impl Group {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }

    /// What its area is called.
    pub fn area(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.area_sv } else { &self.area_en }
    }

    /// The facet of its requirements.
    pub fn facet(&self) -> String {
        format!("group:{}/{}", self.area_slug, self.slug)
    }
}

/// A version that a proposal builds on, or is compared with.
#[derive(Debug, Clone, Deserialize)]
pub struct BaseText {
    /// The requirement's number.
    pub number: i64,
    /// The version's number.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Its level.
    pub level: Level,
    /// Its clauses; none where the text may not be shown.
    pub clauses: Vec<Clause>,
    /// The places in them that a buyer fills in.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
}

/// These clauses as people read them: with the names of the places that a buyer fills in, instead of their marks.
pub fn named(clauses: &mut [WordedClause], parameters: &[Parameter], lang: Lang) {
    for clause in clauses {
        clause.text = parameters::named(&clause.text, parameters, lang);
    }
}

impl BaseText {
    /// Its clauses as people read them.
    pub fn named(&self, lang: Lang) -> Vec<Clause> {
        parameters::named_clauses(&self.clauses, &self.parameters, lang)
    }

    /// The requirement's number as it is printed.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The version as it is cited.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.requirement(), self.version)
    }
}

/// A requirement that is to be merged with others.
#[derive(Debug, Clone, Deserialize)]
pub struct Merged {
    /// Its number.
    pub number: i64,
    /// The version that was in force.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// The places in it that a buyer fills in.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
}

impl Merged {
    /// The version as it is cited.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.requirement(), self.version)
    }

    /// The number as it is printed.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// Another proposal, by name.
#[derive(Debug, Clone, Deserialize)]
pub struct Other {
    number: i64,
    year: i16,
    /// Its title.
    pub title: String,
}

impl Other {
    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }
}

/// Clauses as they are compared: one without an id is of nobody's.
pub fn compared(clauses: &[WordedClause]) -> Vec<Clause> {
    let clause = |clause: &WordedClause| Clause { id: clause.id.unwrap_or_else(Uuid::now_v7), text: clause.text.clone() };
    clauses.iter().map(clause).collect()
}
