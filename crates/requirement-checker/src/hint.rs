//! What comes out: hints, each with what was found, where, and the words it is about.

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

use crate::draft::{Due, Tick, codes};

codes! {
    /// A rule: one file in `rules/`, with its words, and what is right and wrong by it.
    Rule {
        /// A standard or label is named without "eller likvärdigt".
        Equivalent = "equivalent",
        /// A brand or an origin is named without "eller likvärdigt".
        Brand = "brand",
        /// A word that can be read in many ways.
        Vague = "vague",
        /// Nothing says how much.
        Measure = "measure",
        /// A limit lacks its unit, or how it is measured.
        Limit = "limit",
        /// Evidence is missing, or shows something else.
        Evidence = "evidence",
        /// Follow-up is missing, or cannot be planned.
        FollowUp = "follow_up",
        /// Labour conditions in a technical specification.
        Labour = "labour",
        /// A property of the product in a qualification requirement.
        Qualification = "qualification",
        /// An award criterion without model or added value.
        Award = "award",
        /// A label whose six conditions are not ticked.
        Ticks = "ticks",
        /// A sentence of too many words.
        LongSentence = "long_sentence",
        /// A clause that repeats the law.
        OnlyLaw = "only_law",
        /// Another requirement says the same.
        Near = "near",
        /// Two demands in one sentence.
        DoubleDemand = "double_demand",
        /// Two negations that undo each other.
        DoubleNegation = "double_negation",
        /// "Ska kunna" of somebody who has to do it.
        AbleTo = "able_to",
    }
}

codes! {
    /// How much a hint weighs. Nothing stops anybody.
    Severity {
        /// A court, a supplier or a follow-up may stumble over it.
        Advice = "advice",
        /// It reads better otherwise.
        Note = "note",
    }
}

/// Where a hint belongs. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "field", content = "number", rename_all = "snake_case")]
pub enum Place {
    /// The whole.
    Requirement,
    /// The level.
    Level,
    /// All clauses.
    Text,
    /// A clause.
    Clause(usize),
    /// The rationale.
    Rationale,
    /// The proportionality.
    Proportionality,
    /// All evidence, or the lack of it.
    AllEvidence,
    /// A piece of evidence.
    Evidence(usize),
    /// What the tenderer fills in.
    Answer,
    /// What it is met by.
    AppliesTo,
    /// How it is valued; a span is in the explanation.
    Award,
    /// How it is checked.
    FollowUp,
    /// How often it is checked.
    FollowUpFrequency,
    /// What is cited; a span is in its name.
    Reference(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Requirement => f.write_str("requirement"),
            Self::Level => f.write_str("level"),
            Self::Text => f.write_str("text"),
            Self::Clause(n) => write!(f, "clause {n}"),
            Self::Rationale => f.write_str("rationale"),
            Self::Proportionality => f.write_str("proportionality"),
            Self::AllEvidence => f.write_str("evidence"),
            Self::Evidence(n) => write!(f, "evidence {n}"),
            Self::AppliesTo => f.write_str("applies_to"),
            Self::Answer => f.write_str("answer"),
            Self::Award => f.write_str("award"),
            Self::FollowUp => f.write_str("follow_up"),
            Self::FollowUpFrequency => f.write_str("follow_up frequency"),
            Self::Reference(n) => write!(f, "reference {n}"),
        }
    }
}

/// The words a hint is about: bytes of the text at its place, on char boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The words.
    pub quote: String,
}

/// A law as the text names it, a standard, a label.
pub type Name = String;

/// Declares what can be found: the code, the rule it belongs to, how much it weighs, and what its message needs to say.
macro_rules! findings {
    ($($(#[$doc:meta])* $case:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? } = $code:tt, $rule:ident, $severity:ident;)+) => {
        /// What was found, with what a message about it needs. The caller has the words.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "code")]
        #[non_exhaustive]
        pub enum Finding { $($(#[$doc])* #[serde(rename = $code)] $case { $($(#[$field_doc])* $field: $type),* }),+ }

        impl Finding {
            /// Every code with its rule, in order.
            pub const CODES: &'static [(&'static str, Rule)] = &[$(($code, Rule::$rule)),+];

            /// A code that stays the same: for texts, settings, statistics.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$case { .. } => $code),+ }
            }

            /// The rule.
            pub fn rule(&self) -> Rule {
                match self { $(Self::$case { .. } => Rule::$rule),+ }
            }

            /// How much it weighs.
            pub fn severity(&self) -> Severity {
                match self { $(Self::$case { .. } => Severity::$severity),+ }
            }
        }
    };
}

findings! {
    /// A standard is named, and nothing says that an equivalent one will do (LOU 9:4).
    StandardWithoutEquivalent { /** The standard. */ name: Name } = "standard_without_equivalent", Equivalent, Advice;
    /// A label is named, and nothing says that an equivalent one will do (LOU 9:14).
    LabelWithoutEquivalent { /** The label. */ name: Name } = "label_without_equivalent", Equivalent, Advice;
    /// A brand is named without "eller likvärdigt" (LOU 9:6).
    BrandWithoutEquivalent { /** The brand. */ name: Name } = "brand_without_equivalent", Brand, Advice;
    /// A certain origin is asked for (LOU 9:6).
    OriginWithoutEquivalent { /** The words. */ words: String } = "origin_without_equivalent", Brand, Advice;
    /// A word that can be read in many ways and that nothing here defines.
    VagueWord { /** The word as it stands. */ word: String } = "vague_word", Vague, Advice;
    /// "Bör" in what must be met.
    ShouldInMandatory { /** The word as it stands. */ word: String } = "should_in_mandatory", Vague, Advice;
    /// A word of degree, and no number, prohibition, standard or label anywhere in the text.
    NoMeasure { /** The word of degree. */ word: String } = "no_measure", Measure, Advice;
    /// A limit that is a number alone.
    LimitWithoutUnit { /** The limit. */ limit: String } = "limit_without_unit", Limit, Advice;
    /// A number is to be filled in, and nothing says of what.
    AnswerWithoutUnit {} = "answer_without_unit", Limit, Advice;
    /// A limit that has to be measured, and neither text nor evidence says how.
    LimitWithoutMethod { /** The limit. */ limit: String } = "limit_without_method", Limit, Advice;
    /// No evidence.
    EvidenceMissing {} = "evidence_missing", Evidence, Advice;
    /// A label is asked for, and no evidence is a label, licence or certificate.
    EvidenceLabelMissing { /** The label. */ label: Name } = "evidence_label_missing", Evidence, Advice;
    /// A test is asked for, and no evidence is a report of it.
    EvidenceTestMissing { /** The words. */ words: String } = "evidence_test_missing", Evidence, Advice;
    /// A limit that a laboratory measures, and nothing but declarations.
    EvidenceDeclarationOnly { /** The limit. */ limit: String } = "evidence_declaration_only", Evidence, Advice;
    /// Evidence names a label, certificate or standard, and equivalents are not accepted (LOU 9:9–11, 9:14).
    EvidenceEquivalentMissing { /** What is named. */ name: Name } = "evidence_equivalent_missing", Evidence, Advice;
    /// Evidence that comes when nobody can use it: with the tender for a contract performance condition, or not before the
    /// contract for what is valued at award.
    EvidenceDueNotFitting { /** When it is due. */ due: Due } = "evidence_due_not_fitting", Evidence, Advice;
    /// No follow-up.
    FollowUpMissing {} = "follow_up_missing", FollowUp, Advice;
    /// A contract performance condition, and nothing says how often it is checked.
    FollowUpFrequencyMissing {} = "follow_up_frequency_missing", FollowUp, Advice;
    /// Nothing says who checks it.
    FollowUpByMissing {} = "follow_up_by_missing", FollowUp, Advice;
    /// How often is said in words that commit nobody.
    FollowUpFrequencyVague { /** The words. */ words: String } = "follow_up_frequency_vague", FollowUp, Advice;
    /// A week's work, and only when somebody asks for it.
    FollowUpUnplanned { /** The words. */ words: String } = "follow_up_unplanned", FollowUp, Advice;
    /// Labour conditions in a technical specification: they are met in the performance of the contract.
    LabourInSpecification { /** The words. */ words: String } = "labour_in_specification", Labour, Advice;
    /// A property of the product in a qualification requirement, which is about the supplier.
    ProductInQualification { /** The words. */ words: String } = "product_in_qualification", Qualification, Advice;
    /// A qualification requirement that is met article by article.
    QualificationPerArticle {} = "qualification_per_article", Qualification, Advice;
    /// No award model.
    AwardModelMissing {} = "award_model_missing", Award, Advice;
    /// An award criterion that rewards what the law demands of all.
    AwardWithoutValue { /** The words. */ words: String } = "award_without_value", Award, Advice;
    /// An award criterion at the basic level.
    AwardAtBasicLevel {} = "award_at_basic_level", Award, Advice;
    /// A label with conditions that nobody has ticked.
    LabelTicksMissing { /** The label. */ label: Name, /** The conditions. */ missing: Vec<Tick> } = "label_ticks_missing", Ticks, Advice;
    /// A sentence of too many words.
    LongSentence { /** How many. */ words: usize, /** How many there should be at most. */ most: usize } = "long_sentence", LongSentence, Note;
    /// A clause that says what the law says.
    OnlyLaw { /** The law. */ law: Name } = "only_law", OnlyLaw, Advice;
    /// Another requirement says the same in other words.
    SameAs { /** Its number. */ id: String, /** How like, in percent. */ percent: u8 } = "same_as", Near, Advice;
    /// Two demands in one sentence, which cannot be answered and followed up one by one.
    DoubleDemand { /** From the conjunction to the second demand. */ words: String } = "double_demand", DoubleDemand, Note;
    /// Two negations that undo each other.
    DoubleNegation { /** The words. */ words: String } = "double_negation", DoubleNegation, Note;
    /// "Ska kunna" of somebody who has to do it: it does not say when, or whether it has to be done at all.
    AbleTo { /** The words. */ words: String } = "able_to", AbleTo, Note;
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
    /// Where.
    pub place: Place,
    /// The words, where there are some.
    pub span: Option<Span>,
}

impl Hint {
    /// A hint about a place as a whole.
    pub(crate) fn at(place: Place, finding: Finding) -> Self {
        Self { finding, place, span: None }
    }

    /// A hint about words at a place.
    pub(crate) fn on(place: Place, text: &str, range: Range<usize>, finding: Finding) -> Self {
        let span = Span { start: range.start, end: range.end, quote: text[range].to_owned() };
        Self { finding, place, span: Some(span) }
    }

    /// The rule.
    pub fn rule(&self) -> Rule {
        self.finding.rule()
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.finding.severity()
    }
}
