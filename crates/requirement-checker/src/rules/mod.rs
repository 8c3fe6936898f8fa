//! The rules, each in its file, and the files with their words and examples.

mod able_to;
mod award;
mod brand;
mod double_demand;
mod double_negation;
mod equivalent;
mod evidence;
mod follow_up;
mod labour;
mod limit;
mod long_sentence;
mod measure;
mod near;
mod only_law;
mod qualification;
mod ticks;
mod vague;

pub use long_sentence::MOST_WORDS;
pub use near::LIKE;

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{
    Hint, Rule,
    examples::Example,
    lists::{Entry, List},
    reading::Reading,
};

/// A file in `rules/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Lists by name.
    #[serde(default)]
    lists: BTreeMap<String, Vec<Entry>>,
    /// What is right by it.
    pub(crate) right: Vec<Example>,
    /// What is wrong by it.
    pub(crate) wrong: Vec<Example>,
}

/// Reads the file of each rule.
macro_rules! files {
    ($($rule:ident => $file:tt, $find:path;)+) => {
        impl Rule {
            fn source(self) -> &'static str {
                match self { $(Self::$rule => include_str!(concat!("../../rules/", $file, ".toml"))),+ }
            }

            fn find(self, reading: &Reading<'_>) -> Vec<Hint> {
                match self { $(Self::$rule => $find(reading)),+ }
            }
        }
    };
}

files! {
    Equivalent => "equivalent", equivalent::find;
    Brand => "brand", brand::find;
    Vague => "vague", vague::find;
    Measure => "measure", measure::find;
    Limit => "limit", limit::find;
    Evidence => "evidence", evidence::find;
    FollowUp => "follow_up", follow_up::find;
    Labour => "labour", labour::find;
    Qualification => "qualification", qualification::find;
    Award => "award", award::find;
    Ticks => "ticks", ticks::find;
    LongSentence => "long_sentence", long_sentence::find;
    OnlyLaw => "only_law", only_law::find;
    Near => "near", near::find;
    DoubleDemand => "double_demand", double_demand::find;
    DoubleNegation => "double_negation", double_negation::find;
    AbleTo => "able_to", able_to::find;
}

static FILES: LazyLock<BTreeMap<Rule, File>> = LazyLock::new(|| {
    let read = |&rule: &Rule| {
        let file = toml::from_str(rule.source()).unwrap_or_else(|fault| panic!("rules/{}.toml is wrong: {fault}", rule.code()));
        (rule, file)
    };
    Rule::ALL.iter().map(read).collect()
});

impl Rule {
    /// The rule's file, which a test reads.
    pub(crate) fn file(self) -> &'static File {
        &FILES[&self]
    }

    /// A list of the rule's file.
    pub(crate) fn list(self, name: &str) -> List {
        let entries = self.file().lists.get(name).unwrap_or_else(|| panic!("rules/{}.toml has no list {name}", self.code()));
        List::new(entries)
    }
}

/// What all rules find, by place.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Rule::ALL.iter().flat_map(|rule| rule.find(reading)).collect();
    hints.sort_by_key(|hint| (hint.place, hint.span.as_ref().map(|span| (span.start, span.end))));
    hints
}
