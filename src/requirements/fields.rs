//! The parts that a requirement is made of, as they are stored, exchanged and hashed. Names and codes are those of the
//! exchange format.

use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;

/// A set of codes that exists in the database, the exchange format and the interface alike.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        pub enum $name { $($(#[$case_doc])* #[serde(rename = $code)] $case),+ }

        impl $name {
            /// Every case, in order.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];

            /// The code that is stored and exchanged.
            pub fn code(self) -> &'static str {
                match self { $(Self::$case => $code),+ }
            }

            /// The case with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$case),)+ _ => None }
            }
        }
    };
}

codes! {
    /// What a requirement is in a tender.
    Kind {
        /// Kvalificeringskrav.
        Qualification = "qualification_requirement",
        /// Teknisk specifikation.
        TechnicalSpecification = "technical_specification",
        /// Tilldelningskriterium.
        AwardCriterion = "award_criterion",
        /// Särskilt kontraktsvillkor.
        ContractCondition = "contract_performance_condition",
    }
}

codes! {
    /// How far a requirement goes.
    Level {
        /// Bas.
        Basic = "basic",
        /// Avancerad.
        Advanced = "advanced",
        /// Spjutspets.
        Spearhead = "spearhead",
    }
}

codes! {
    /// How a member of a family stands to the one below it.
    Relation {
        /// It takes the lower one's place.
        Replaces = "replaces",
        /// It is asked for besides the lower one.
        AddsTo = "adds_to",
    }
}

codes! {
    /// What kind of evidence shows conformity.
    EvidenceKind {
        /// Certificate of a management system or the like.
        Certificate = "certificate",
        /// Ecolabel.
        Label = "label",
        /// Environmental product declaration.
        Epd = "epd",
        /// Test report.
        TestReport = "test_report",
        /// The supplier's own declaration.
        Declaration = "declaration",
        /// Technical documentation.
        TechnicalDocumentation = "technical_documentation",
        /// Anything else, named in the text.
        Other = "other",
    }
}

codes! {
    /// When evidence is due.
    Due {
        /// With the tender.
        WithTender = "with_tender",
        /// Before award.
        BeforeAward = "before_award",
        /// At contract start.
        ContractStart = "contract_start",
        /// Every year.
        Yearly = "yearly",
        /// When asked for.
        OnRequest = "on_request",
    }
}

codes! {
    /// What the tenderer fills in.
    AnswerKind {
        /// Yes, it is met.
        Confirm = "confirm",
        /// A number.
        Number = "number",
        /// Free text.
        Text = "text",
        /// One of some options.
        Choice = "choice",
        /// A document.
        File = "file",
    }
}

codes! {
    /// How an award criterion is valued.
    AwardModel {
        /// Points.
        Points = "points",
        /// A deduction from the tender price.
        PriceDeduction = "price_deduction",
        /// Life-cycle cost.
        Lcc = "lcc",
    }
}

codes! {
    /// How much work follow-up is, a contract and year.
    Effort {
        /// Some hours.
        Small = "small",
        /// A day or so.
        Medium = "medium",
        /// A week.
        Large = "large",
    }
}

codes! {
    /// What is bought.
    Bought {
        /// Goods.
        Goods = "goods",
        /// Services.
        Services = "services",
        /// Works.
        Works = "works",
    }
}

codes! {
    /// What a requirement is met by.
    Per {
        /// Each article.
        Article = "article",
        /// The supplier.
        Supplier = "supplier",
        /// The contract.
        Contract = "contract",
    }
}

codes! {
    /// What kind of value a parameter takes.
    ParameterKind {
        /// A number with a unit.
        Number = "number",
        /// A percentage.
        Percent = "percent",
        /// A date.
        Date = "date",
        /// One of some options.
        Choice = "choice",
        /// Free text.
        Text = "text",
    }
}

codes! {
    /// What is referred to.
    ReferenceKind {
        /// A law or regulation.
        Law = "law",
        /// A standard.
        Standard = "standard",
        /// An ecolabel.
        Label = "label",
    }
}

codes! {
    /// What a new version changes.
    Change {
        /// The requirement is new.
        New = "new",
        /// Its meaning.
        Meaning = "meaning",
        /// Its level.
        Level = "level",
        /// Its type.
        Type = "type",
        /// The evidence.
        Evidence = "evidence",
        /// The follow-up.
        FollowUp = "follow_up",
        /// Nothing but clarity.
        Clarified = "clarified",
        /// It ends.
        Repealed = "repealed",
    }
}

/// How the tenderer shows conformity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Kind of evidence.
    pub kind: EvidenceKind,
    /// What is asked for, in Swedish.
    pub text: String,
    /// The same in English; maintained beside the decided core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_en: Option<String>,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Whether equivalent evidence is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalent_accepted: Option<bool>,
}

/// What the tenderer fills in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What kind of answer.
    pub kind: AnswerKind,
    /// Unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub min: Option<serde_json::Number>,
    /// Greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub max: Option<serde_json::Number>,
    /// What may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// How an award criterion is valued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// The model.
    pub model: AwardModel,
    /// The most that can be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub max: Option<serde_json::Number>,
    /// The steps on the way there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    pub steps: Option<serde_json::Value>,
    /// How it works.
    pub explanation: String,
}

/// How conformity is checked during the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// What is done.
    pub method: String,
    /// How much work it is.
    pub effort: Effort,
    /// How often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Days that the supplier has to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_days: Option<u16>,
    /// What follows when it is not met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequence: Option<String>,
}

/// What is bought, and what the requirement is met by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesTo {
    /// Goods, services, works.
    #[serde(default)]
    pub kinds: Vec<Bought>,
    /// Article, supplier or contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
}

/// A value that the buyer fills in; `{{key}}` in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What stands in the text.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What kind of value.
    pub kind: ParameterKind,
    /// Unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Least value: a number, or a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = serde_json::Value, required = false)]
    pub min: Option<serde_json::Value>,
    /// Greatest value: a number, or a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = serde_json::Value, required = false)]
    pub max: Option<serde_json::Value>,
    /// What may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The value where the buyer chooses none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = serde_json::Value, required = false)]
    pub default: Option<serde_json::Value>,
}

/// What need not meet the requirement, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// What is exempted.
    pub what: String,
    /// Why.
    pub reason: String,
    /// Until when, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "iso_date_option")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// A word as the requirement uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The word.
    pub term: String,
    /// What it means.
    pub text: String,
}

/// A longer text that belongs to the requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appendix {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A law, standard or label that is cited, in the edition that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What it is called.
    pub name: String,
    /// Law, standard or label.
    pub kind: ReferenceKind,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Which edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// First day in force.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "iso_date_option")]
    #[schema(value_type = Option<String>, format = Date)]
    pub in_force_from: Option<Date>,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "iso_date_option")]
    #[schema(value_type = Option<String>, format = Date)]
    pub in_force_to: Option<Date>,
}

/// Serde for a date as `2027-03-12` that may be missing.
pub mod iso_date_option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use time::{Date, format_description::StaticFormatDescription, macros::format_description};

    const FORMAT: StaticFormatDescription = format_description!("[year]-[month]-[day]");

    /// Reads `2027-03-12`; four digits of year, since databases know no year 0 and write others in other ways.
    pub fn parse(text: &str) -> Option<Date> {
        Date::parse(text, FORMAT).ok().filter(|date| (1000..=9999).contains(&date.year()) && text.len() == 10)
    }

    /// Writes the date.
    ///
    /// # Errors
    /// When the serializer refuses.
    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        date.as_ref().map(ToString::to_string).serialize(serializer)
    }

    /// Reads the date.
    ///
    /// # Errors
    /// When it is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text: Option<String> = Option::deserialize(deserializer)?;
        text.map(|text| parse(&text).ok_or_else(|| serde::de::Error::custom("expected a date such as 2027-03-12"))).transpose()
    }
}
