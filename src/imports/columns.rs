//! The columns of a spreadsheet: the headings that people write, and what their cells become. The page that explains the
//! format shows this same list.

use crate::{
    kernel::i18n::{Lang, Texts},
    requirements::{
        fields::{Effort, EvidenceKind, Kind, Level},
        names,
    },
};

/// The format is Swedish in every language.
const SV: Texts = Texts(Lang::Sv);

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text as it is.
    Text,
    /// Clauses with a blank line between them.
    Clauses,
    /// CPV codes with semicolons between them.
    Cpv,
    /// Objectives by name or slug, with semicolons between them.
    Objectives,
    /// Pieces of evidence, each with its kind before it or not.
    Evidence,
    /// A type by name or code.
    Type,
    /// A level by name or code.
    Level,
    /// An effort by name or code.
    Effort,
    /// A day.
    Date,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The key of the exchange format that its cells become; `effort` is that of `follow_up`.
    pub key: &'static str,
    /// What its cells hold.
    pub holds: Holds,
}

/// Every column, in the order of the format.
pub const COLUMNS: &[Column] = &[
    Column { key: "id", holds: Holds::Text },
    Column { key: "title", holds: Holds::Text },
    Column { key: "text", holds: Holds::Clauses },
    Column { key: "type", holds: Holds::Type },
    Column { key: "level", holds: Holds::Level },
    Column { key: "family", holds: Holds::Text },
    Column { key: "rationale", holds: Holds::Text },
    Column { key: "proportionality", holds: Holds::Text },
    Column { key: "evidence", holds: Holds::Evidence },
    Column { key: "follow_up", holds: Holds::Text },
    Column { key: "effort", holds: Holds::Effort },
    Column { key: "product_area", holds: Holds::Text },
    Column { key: "product_group", holds: Holds::Text },
    Column { key: "cpv", holds: Holds::Cpv },
    Column { key: "objectives", holds: Holds::Objectives },
    Column { key: "guidance", holds: Holds::Text },
    Column { key: "builds_on", holds: Holds::Text },
    Column { key: "review_by", holds: Holds::Date },
    Column { key: "effective_from", holds: Holds::Date },
    Column { key: "title_en", holds: Holds::Text },
    Column { key: "text_en", holds: Holds::Clauses },
    Column { key: "rationale_en", holds: Holds::Text },
];

impl Column {
    /// The heading that people write.
    pub fn heading(&self) -> &'static str {
        SV.by_key(&format!("imports_column_{}", self.key)).unwrap_or(self.key)
    }

    /// What a cell may say where only some words are right, names before codes.
    pub fn words(&self) -> Vec<(&'static str, &'static str)> {
        match self.holds {
            Holds::Type => Kind::ALL.iter().map(|kind| (names::kind(&SV, kind), kind.code())).collect(),
            Holds::Level => Level::ALL.iter().map(|level| (names::level(&SV, level), level.code())).collect(),
            Holds::Effort => Effort::ALL.iter().map(|effort| (names::effort(&SV, effort), effort.code())).collect(),
            Holds::Evidence => EvidenceKind::ALL.iter().map(|kind| (evidence_words(*kind)[0], kind.code())).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a requirement that is new needs it.
    pub fn needed(&self) -> bool {
        matches!(self.key, "title" | "text" | "type" | "level" | "product_group")
    }
}

/// The column of a key, or of a path into it.
pub fn of(place: &str) -> Option<&'static Column> {
    let key = match place {
        "follow_up.effort" => "effort",
        place => place.split(['.', '[']).next()?,
    };
    COLUMNS.iter().find(|column| column.key == key)
}

/// The words that may stand before a colon for a kind of evidence; the first is the one to recommend.
pub fn evidence_words(kind: EvidenceKind) -> Vec<&'static str> {
    // A text cannot be called "other", which is a plural form.
    let name = if kind == EvidenceKind::Other { "misc" } else { kind.code() };
    let words = SV.by_key(&format!("imports_evidence_{name}")).unwrap_or(name);
    words.split(',').map(str::trim).chain([names::evidence(&SV, &kind), kind.code()]).collect()
}

/// The code of a name or code, whatever its case.
pub fn code<'a>(words: &[(&'static str, &'static str)], given: &'a str) -> &'a str
where
    'static: 'a,
{
    let lower = given.to_lowercase();
    words.iter().find(|(name, code)| name.to_lowercase() == lower || *code == lower).map_or(given, |(_, code)| code)
}
