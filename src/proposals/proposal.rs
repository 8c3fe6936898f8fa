//! What a proposal holds, and what it needs before it is sent in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::requirements::{
    clause_form::WordedClause,
    fields::{Kind as Type, Level},
};

/// Characters of a title.
pub const MOST_TITLE: usize = 200;
/// Characters of each reason.
pub const MOST_REASON: usize = 4000;
/// Characters of the conflict of interest.
pub const MOST_INTEREST: usize = 2000;
/// Requirements that may be merged into one.
pub const MOST_MERGED: usize = 6;

/// What is wished for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A requirement that is not there.
    New,
    /// Another text of one.
    Change,
    /// The end of one.
    Repeal,
    /// One instead of several.
    Merge,
}

impl Kind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 4] = [Self::New, Self::Change, Self::Repeal, Self::Merge];

    /// The word in the database and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Repeal => "repeal",
            Self::Merge => "merge",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether a text belongs to it.
    pub fn has_text(self) -> bool {
        self != Self::Repeal
    }
}

/// Why something is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// What is wrong as it is.
    pub problem: String,
    /// What good the environment has of it.
    pub gain: String,
    /// How it can be shown and followed up.
    pub verification: String,
    /// What there is that meets it; for those who prepare alone.
    pub products: String,
    /// What it rests on: law, standards, sources.
    pub legal: String,
    /// What the author's organisation has to win or lose by it.
    pub interest: String,
}

/// The text that is proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// Type of requirement.
    pub kind: Option<Type>,
    /// Level.
    pub level: Option<Level>,
    /// Its clauses, in order.
    pub clauses: Vec<WordedClause>,
}

/// What a draft lacks that it needs before it is sent in, in the order of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lack {
    /// Similar requirements and proposals have not been looked at.
    Similar,
    /// It has no text.
    Text,
    /// It has no type or no level.
    TypeOrLevel,
    /// It proposes what is there already.
    Unchanged,
    /// It does not say what is wrong.
    Problem,
    /// It does not say what good it does.
    Gain,
    /// It does not say how it can be shown and followed up.
    Verification,
    /// A supplier or an industry body has not said what it has to win or lose.
    Interest,
}

/// What has been written so far, as far as sending in asks for it.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box on a list")]
pub struct There {
    /// The kind.
    pub kind: Kind,
    /// Whether similar ones were looked at.
    pub similar: bool,
    /// Whether there is a text.
    pub text: bool,
    /// Whether there are type and level.
    pub type_and_level: bool,
    /// Whether something differs from what it builds on.
    pub changed: bool,
    /// Whether it says what is wrong.
    pub problem: bool,
    /// Whether it says what good it does.
    pub gain: bool,
    /// Whether it says how it can be shown.
    pub verification: bool,
    /// Whether it says what the author's organisation has to win or lose, or is of one that does not have to.
    pub interest: bool,
}

impl There {
    /// What is lacking.
    pub fn lacks(self) -> Vec<Lack> {
        let text = self.kind.has_text();
        let lacks = [
            (Lack::Similar, !self.similar),
            (Lack::Text, text && !self.text),
            (Lack::TypeOrLevel, text && !self.type_and_level),
            (Lack::Unchanged, self.kind == Kind::Change && self.text && !self.changed),
            (Lack::Problem, !self.problem),
            (Lack::Gain, matches!(self.kind, Kind::New | Kind::Change) && !self.gain),
            (Lack::Verification, self.kind == Kind::New && !self.verification),
            (Lack::Interest, !self.interest),
        ];
        lacks.into_iter().filter(|(_, is_lacking)| *is_lacking).map(|(lack, _)| lack).collect()
    }
}

/// A requirement that a proposal is about, with the version that was in force when it was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// The requirement.
    pub requirement: Uuid,
    /// The version.
    pub version: Uuid,
}
