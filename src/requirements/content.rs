//! What a version says (its decided core), what is maintained beside it, and the core's canonical form with its hash.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Date;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::{
    RequirementNumber,
    fields::{
        Answer, Appendix, AppliesTo, Award, Change, Definition, Evidence, Exemption, FollowUp, Kind, Level, Parameter, Reference,
        Relation,
    },
    lifecycle::{Missing, There},
};

/// Clauses of a version.
pub const MOST_CLAUSES: usize = 200;
/// Characters of a clause.
pub const MOST_CLAUSE: usize = 4000;
/// Characters of all clauses of a version together: what a form can bring, with as much in English.
pub const MOST_TEXT: usize = 200_000;

/// Characters of a rationale.
pub const MOST_RATIONALE: usize = 8000;

/// Characters of texts together.
pub fn letters<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    texts.into_iter().map(|text| text.chars().count()).sum()
}

/// How the hash of a version is made; see [`Core::canonical`].
pub const HASH_SCHEME: i16 = 1;

/// The decided core: frozen and hashed with the decision. Texts are NFC, lines end in LF, nothing trails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Core {
    /// 1–200 characters.
    pub title: String,
    /// The clauses in order, 1–200; 200,000 characters in all.
    pub text: Vec<String>,
    /// Type of requirement.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// Why it exists.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
    /// Why this level, and what it does to the market.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proportionality: String,
    /// What the law already demands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_floor: String,
    /// How conformity is shown; without English texts, which are maintained.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What the tenderer fills in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// How it is valued, for award criteria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// How it is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// What it is met by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<AppliesTo>,
    /// What the buyer fills in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What is exempted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<Exemption>,
    /// Words as meant here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<Definition>,
    /// Longer texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appendices: Vec<Appendix>,
    /// What is cited, with edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
}

/// What coordinators maintain without a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintained {
    /// The product group.
    pub group: Uuid,
    /// The family's slug.
    #[serde(default)]
    pub family: Option<String>,
    /// How it stands to the lower member of its family.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// Advice to the buyer.
    #[serde(default)]
    pub guidance: String,
    /// What to watch out for: MDR/IVDR, shortage.
    #[serde(default)]
    pub limitations: String,
    /// Where it comes from: `UHM 11467:1`.
    #[serde(default)]
    pub builds_on: String,
    /// CPV codes without check digit, sorted.
    #[serde(default)]
    pub cpv: Vec<String>,
    /// Slugs of environmental objectives, sorted.
    #[serde(default)]
    pub objectives: Vec<String>,
    /// Agenda 2030 goals, sorted.
    #[serde(default)]
    pub agenda_goals: Vec<i16>,
    /// eForms BT-774 codes, sorted.
    #[serde(default)]
    pub eforms: Vec<String>,
    /// What eForms calls the criteria (BT-805): `eu`, `national`, `none`, `other`.
    #[serde(default)]
    pub gpp: Option<String>,
    /// Who has helped to write it.
    #[serde(default)]
    pub contributors: String,
    /// Next review.
    #[serde(default, with = "super::fields::iso_date_option")]
    pub review_by: Option<Date>,
}

impl Maintained {
    /// What is maintained of a new requirement: its group, and nothing else yet.
    pub fn within(group: Uuid) -> Self {
        Self {
            group,
            family: None,
            relation: None,
            guidance: String::new(),
            limitations: String::new(),
            builds_on: String::new(),
            cpv: Vec::new(),
            objectives: Vec::new(),
            agenda_goals: Vec::new(),
            eforms: Vec::new(),
            gpp: None,
            contributors: String::new(),
            review_by: None,
        }
    }
}

/// The English texts of a version. The Swedish text applies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct English {
    /// Title.
    #[serde(default)]
    pub title: Option<String>,
    /// As many clauses as in Swedish, or none.
    #[serde(default)]
    pub text: Vec<String>,
    /// Rationale.
    #[serde(default)]
    pub rationale: Option<String>,
    /// One for each piece of evidence, or none.
    #[serde(default)]
    pub evidence: Vec<Option<String>>,
}

/// What a new version says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Novelty {
    /// What changes.
    pub changes: Vec<Change>,
    /// In words.
    pub note: String,
    /// What it means for a running contract.
    pub running_contracts: String,
    /// Until when the earlier version may still be used.
    pub transition_until: Option<Date>,
}

/// A requirement as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Decided.
    pub core: Core,
    /// Maintained.
    pub maintained: Maintained,
    /// English.
    pub english: English,
}

impl Content {
    /// What a decision asks for and is not here.
    pub fn missing(&self) -> Vec<Missing> {
        self.core.missing(!self.maintained.objectives.is_empty(), self.maintained.review_by.is_some())
    }
}

impl Core {
    /// RFC 8785 JSON of id, version and the core: what is hashed, and what the API gives as `canonical`.
    ///
    /// # Errors
    /// When a number cannot stand in JSON, which no checked core holds.
    pub fn canonical(&self, number: RequirementNumber, version: i32) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Hashed<'a> {
            id: String,
            version: i32,
            #[serde(flatten)]
            core: &'a Core,
        }
        let value = serde_json::to_value(Hashed { id: number.to_string(), version, core: self })?;
        serde_json_canonicalizer::to_string(&value)
    }

    /// What a decision asks for and is not here, nor maintained beside it.
    pub fn missing(&self, has_objective: bool, has_review: bool) -> Vec<Missing> {
        self.there(has_objective, has_review).missing()
    }

    /// What of that which a decision asks for is here.
    pub fn there(&self, has_objective: bool, has_review: bool) -> There {
        There {
            rationale: !self.rationale.is_empty(),
            proportionality: !self.proportionality.is_empty(),
            evidence: !self.evidence.is_empty(),
            follow_up: self.follow_up.is_some(),
            objective: has_objective,
            review: has_review,
            award: self.kind != Kind::AwardCriterion || self.award.is_some(),
        }
    }
}

/// SHA-256 of a canonical text.
pub fn hash(canonical: &str) -> Vec<u8> {
    Sha256::digest(canonical.as_bytes()).to_vec()
}

/// A text as the bank keeps it: NFC, LF, no trailing blanks, nothing that XML or Postgres cannot hold.
pub fn tidy(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = unified
        .split('\n')
        .map(|line| line.chars().filter(|c| *c == '\t' || !c.is_control()).nfc().collect::<String>().trim_end().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}
