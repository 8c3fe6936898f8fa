//! What is read: a draft as the caller has it, borrowed. Codes are those of the bank's exchange format.

use serde::{Deserialize, Serialize};

/// A set of codes.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
pub(crate) use codes;

codes! {
    /// What a requirement is in a tender.
    Kind {
        /// Kvalificeringskrav: about the supplier.
        Qualification = "qualification_requirement",
        /// Teknisk specifikation: about what is bought.
        TechnicalSpecification = "technical_specification",
        /// Tilldelningskriterium: what is valued.
        AwardCriterion = "award_criterion",
        /// Särskilt kontraktsvillkor: about how the contract is performed.
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
    /// The conditions under which a label may be asked for (LOU 9:12–15).
    Tick {
        /// Its criteria have to do with what is bought, and with nothing else.
        Linked = "linked",
        /// They are fit to define what is bought.
        Suitable = "suitable",
        /// They can be verified objectively and favour nobody.
        Verifiable = "verifiable",
        /// They come of an open procedure in which all concerned could take part.
        OpenProcedure = "open_procedure",
        /// The label is there for whoever wants it.
        Accessible = "accessible",
        /// A third party decides, over which the applicant has no decisive influence.
        ThirdParty = "third_party",
    }
}

/// A draft. What is not there yet is empty or `None`; nothing has to be.
///
/// Texts should be NFC: a word that is written with combining marks is not recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<'a> {
    /// What it is in a tender.
    pub kind: Kind,
    /// How far it goes.
    pub level: Level,
    /// What it is called.
    pub title: &'a str,
    /// The text, clause by clause; `{{key}}` where the buyer fills something in.
    pub clauses: Vec<&'a str>,
    /// Why it exists.
    pub rationale: &'a str,
    /// Why this level, and what it does to the market.
    pub proportionality: &'a str,
    /// What the law already demands.
    pub legal_floor: &'a str,
    /// How conformity is shown.
    pub evidence: Vec<Evidence<'a>>,
    /// How it is checked.
    pub follow_up: Option<FollowUp<'a>>,
    /// What is cited.
    pub references: Vec<Reference<'a>>,
    /// How it is valued.
    pub award: Option<Award<'a>>,
    /// What the tenderer fills in.
    pub answer: Option<Answer<'a>>,
    /// What it is met by.
    pub per: Option<Per>,
    /// What the buyer fills in.
    pub parameters: Vec<Parameter<'a>>,
    /// Words as meant here.
    pub definitions: Vec<Definition<'a>>,
    /// Requirements that are like this one, by the caller's own measure.
    pub near: Vec<Near<'a>>,
}

impl<'a> Draft<'a> {
    /// A draft with clauses and nothing else.
    pub fn new(kind: Kind, level: Level, clauses: Vec<&'a str>) -> Self {
        Self {
            kind,
            level,
            title: "",
            clauses,
            rationale: "",
            proportionality: "",
            legal_floor: "",
            evidence: Vec::new(),
            follow_up: None,
            references: Vec::new(),
            award: None,
            answer: None,
            per: None,
            parameters: Vec::new(),
            definitions: Vec::new(),
            near: Vec::new(),
        }
    }
}

/// How the tenderer shows conformity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// Kind of evidence.
    pub kind: EvidenceKind,
    /// What is asked for.
    pub text: &'a str,
    /// When it is due.
    pub due: Option<Due>,
    /// Whether equivalent evidence is accepted.
    pub equivalent_accepted: Option<bool>,
}

/// How conformity is checked during the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp<'a> {
    /// What is done.
    pub method: &'a str,
    /// How often.
    pub frequency: Option<&'a str>,
    /// By whom.
    pub by: Option<&'a str>,
    /// How much work it is.
    pub effort: Effort,
}

/// A law, standard or label that is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Law, standard or label.
    pub kind: ReferenceKind,
    /// The conditions that somebody has ticked for a label; `None` where the caller keeps no ticks, which gives no hint.
    pub ticks: Option<Vec<Tick>>,
}

/// How an award criterion is valued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Award<'a> {
    /// How it works.
    pub explanation: &'a str,
}

/// What the tenderer fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// What kind of answer.
    pub kind: AnswerKind,
    /// Unit of a number.
    pub unit: Option<&'a str>,
}

/// A value that the buyer fills in; `{{key}}` in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// What stands in the text.
    pub key: &'a str,
    /// What kind of value.
    pub kind: ParameterKind,
    /// Unit of a number, where the value is printed with it.
    pub unit: Option<&'a str>,
}

/// A word as the requirement uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition<'a> {
    /// The word.
    pub term: &'a str,
    /// What it means.
    pub text: &'a str,
}

/// A requirement that is like the draft.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<'a> {
    /// Its number.
    pub id: &'a str,
    /// How like, from 0 to 1.
    pub likeness: f32,
}
