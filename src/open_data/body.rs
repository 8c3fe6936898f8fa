//! One version of a requirement as the API gives it: the keys of the exchange format, and what the bank adds.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    kernel::{i18n::Lang, web::links},
    requirements::{
        RequirementNumber,
        fields::{
            Answer, Appendix, AppliesTo, Award, Change, Definition, Evidence, Exemption, FollowUp, Kind, Level, Parameter,
            Reference, ReferenceKind, Relation, iso_date_option,
        },
    },
};

/// One version of a requirement. `title` to `references` are its decided core, which never changes; `status` and `replaced_by` of a
/// reference stand beside it, as do English texts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Requirement {
    /// The permanent number.
    #[schema(example = "KB-0042")]
    pub(super) id: String,
    /// The version's number within the requirement.
    #[schema(example = 2)]
    pub(super) version: i32,
    /// How it stands now: `current`, `coming`, `superseded`, `repealed`, or `dropped` for what was revoked before its day.
    #[schema(example = "current")]
    pub(super) status: &'static str,
    pub(super) title: String,
    /// The Swedish text applies.
    pub(super) title_en: Option<String>,
    /// The clauses in order.
    pub(super) text: Vec<String>,
    /// As many as in Swedish, or none.
    pub(super) text_en: Vec<String>,
    /// The clauses with ids that last from version to version.
    pub(super) clauses: Vec<Clause>,
    pub(super) r#type: Kind,
    pub(super) level: Level,
    /// Slug of the family of levels that it belongs to.
    pub(super) family: Option<String>,
    pub(super) relation_to_lower: Option<Relation>,
    pub(super) rationale: Option<String>,
    pub(super) rationale_en: Option<String>,
    pub(super) proportionality: Option<String>,
    pub(super) legal_floor: Option<String>,
    pub(super) guidance: Option<String>,
    pub(super) limitations: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) answer: Option<Answer>,
    pub(super) award: Option<Award>,
    pub(super) follow_up: Option<FollowUp>,
    pub(super) applies_to: Option<AppliesTo>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) exemptions: Vec<Exemption>,
    pub(super) definitions: Vec<Definition>,
    pub(super) appendices: Vec<Appendix>,
    pub(super) references: Vec<CitedReference>,
    /// Slug of the product area.
    pub(super) product_area: String,
    pub(super) product_area_name: String,
    /// Slug of the product group within the area.
    pub(super) product_group: String,
    pub(super) product_group_name: String,
    /// Codes without check digit.
    pub(super) cpv: Vec<String>,
    /// Slugs of environmental quality objectives.
    pub(super) objectives: Vec<String>,
    /// Goals of Agenda 2030.
    pub(super) agenda_goals: Vec<i16>,
    /// Codes of eForms BT-774.
    pub(super) eforms: Vec<String>,
    pub(super) builds_on: Option<String>,
    /// What this version changes.
    pub(super) changes: Vec<Change>,
    pub(super) change_note: Option<String>,
    /// What the change means for a contract that runs.
    pub(super) running_contracts: Option<String>,
    #[serde(with = "iso_date_option")]
    pub(super) review_by: Option<Date>,
    /// First day in force, in Sweden.
    #[serde(with = "iso_date_option")]
    pub(super) effective_from: Option<Date>,
    /// Until when the version before may still be used.
    #[serde(with = "iso_date_option")]
    pub(super) transition_until: Option<Date>,
    #[serde(with = "rfc3339::option")]
    pub(super) valid_from: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    pub(super) valid_to: Option<OffsetDateTime>,
    #[serde(with = "rfc3339")]
    pub(super) updated_at: OffsetDateTime,
    /// `decision`, `import` (read in, not decided here) or `example`.
    #[schema(example = "decision")]
    pub(super) origin: String,
    /// What put it into force; null in the example bank.
    pub(super) decision: Option<Decision>,
    /// Why it is not to be used for the time being, if so.
    pub(super) stopped: Option<Stopped>,
    /// That the requirement ended or will end, and what came instead.
    pub(super) repealed: Option<Repealed>,
    /// RFC 8785 JSON of id, version and decided core: what is hashed.
    pub(super) canonical: String,
    /// SHA-256 of `canonical` in UTF-8, lower-case hex.
    pub(super) sha256: String,
    /// How the hash is made.
    #[schema(example = 1)]
    pub(super) hash_scheme: i16,
    pub(super) links: Links,
}

/// A clause with its lasting id.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Clause {
    pub(super) id: Uuid,
    pub(super) text: String,
    pub(super) text_en: Option<String>,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Decision {
    #[schema(example = "B-2026-0011")]
    pub(super) number: String,
    #[schema(example = "network")]
    pub(super) kind: String,
    #[serde(with = "rfc3339")]
    pub(super) decided_at: OffsetDateTime,
    /// What it rests on.
    pub(super) reference: Option<String>,
}

/// A stop for the time being.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Stopped {
    #[serde(with = "rfc3339")]
    pub(super) since: OffsetDateTime,
    pub(super) reason: String,
}

/// The end of a requirement.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Repealed {
    #[serde(with = "rfc3339")]
    pub(super) effective: OffsetDateTime,
    pub(super) reason: String,
    pub(super) successors: Vec<Successor>,
}

/// What came instead.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Successor {
    #[schema(example = "KB-0043")]
    pub(super) id: String,
    /// `replaced`, `merged` or `split`.
    pub(super) kind: String,
}

/// Where more can be read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Links {
    /// The requirement, whichever version is current.
    #[serde(rename = "self")]
    pub(super) this: String,
    /// This version, for ever.
    pub(super) version: String,
    /// All versions.
    pub(super) versions: String,
    /// The page of this version.
    pub(super) html: String,
}

impl Links {
    /// Those of a version, seen from outside.
    pub(super) fn to(base: &str, number: RequirementNumber, version: i32) -> Self {
        let this = format!("{base}/api/v1/requirements/{number}");
        Self {
            version: format!("{this}/versions/{version}"),
            versions: format!("{this}/versions"),
            html: format!("{base}{}", links::version(Lang::Sv, number, version)),
            this,
        }
    }
}

/// A law, standard or label that is cited, in the edition that is meant; and what holds of it now, which is no part of the decided
/// core.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CitedReference {
    /// What it is called.
    pub(super) name: String,
    /// Law, standard or label.
    pub(super) kind: ReferenceKind,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    /// Which edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) edition: Option<String>,
    /// First day in force.
    #[serde(skip_serializing_if = "Option::is_none", with = "iso_date_option")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) in_force_from: Option<Date>,
    /// Last day in force.
    #[serde(skip_serializing_if = "Option::is_none", with = "iso_date_option")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) in_force_to: Option<Date>,
    /// `in_force`, `replaced` or `retired`, as the network says today.
    #[schema(example = "in_force")]
    pub(super) status: String,
    /// What replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replaced_by: Option<ReplacingReference>,
}

/// What replaces a reference.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(super) struct ReplacingReference {
    /// What it is called.
    pub(super) name: String,
    /// Which edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) edition: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
}

impl CitedReference {
    /// As the core has it, with what holds of it now.
    pub(super) fn of(reference: Reference, mark: Option<(String, Option<ReplacingReference>)>) -> Self {
        let (status, replaced_by) = mark.unwrap_or_else(|| ("in_force".to_owned(), None));
        Self {
            name: reference.name,
            kind: reference.kind,
            url: reference.url,
            edition: reference.edition,
            in_force_from: reference.in_force_from,
            in_force_to: reference.in_force_to,
            status,
            replaced_by,
        }
    }
}
