//! A selection written out: what goes into a tender, one model for every format. Groups by type as tenders are; each
//! requirement a list of labelled blocks in one fixed order. Pure: no database, no web.
//!
//! **Nothing here adds to or changes the words of a requirement.** Labels are labels, texts stand as they were decided, with
//! what the buyer filled in, or as the buyer worded them.

mod blocks;
pub mod equivalent;
mod part;
pub mod warnings;
mod words;

use time::{Date, OffsetDateTime};

pub use part::Part;
pub use words::{Languages, Side, Text, Words};

use crate::{
    kernel::{clock, i18n::Lang, web::links},
    requirements::{
        fields::{Answer, Kind, Level},
        names,
    },
    selections::reads::rows::WholeRow,
};

/// What is asked of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Its languages.
    pub languages: Languages,
    /// Whether the buyer's own notes stand in it.
    pub notes: bool,
    /// The one type that is asked for; none for all.
    pub kind: Option<Kind>,
}

/// Where and when it is made.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The bank's address, without a slash at the end.
    pub base_url: &'a str,
    /// Whether it is the example bank.
    pub example: bool,
    /// When it is made.
    pub now: OffsetDateTime,
}

/// A selection written out.
#[derive(Debug, Clone)]
pub struct Document {
    /// What the selection is called.
    pub name: String,
    /// Its languages.
    pub languages: Languages,
    /// The day it is made.
    pub date: Date,
    /// That nothing in it may be used, in the example bank.
    pub notice: Option<Text>,
    /// Where it comes from, when it was taken out, on what terms.
    pub source: Vec<Text>,
    /// The requirements, by type.
    pub groups: Vec<Group>,
}

/// The requirements of a type.
#[derive(Debug, Clone)]
pub struct Group {
    /// The type.
    pub kind: Kind,
    /// What it is called.
    pub label: Text,
    /// The requirements in the order that was chosen.
    pub items: Vec<Item>,
}

/// A requirement.
#[derive(Debug, Clone)]
pub struct Item {
    /// How it is cited: `KB-0042:3`.
    pub cited: String,
    /// Its title.
    pub title: Text,
    /// Its level.
    pub level: Level,
    /// What the level is called.
    pub level_label: Text,
    /// What it says, in the order of [`Part`].
    pub blocks: Vec<Block>,
    /// What the tenderer fills in.
    pub answer: Option<Answer>,
}

/// A labelled part of a requirement.
#[derive(Debug, Clone)]
pub struct Block {
    /// Which part.
    pub part: Part,
    /// What it is called; says so where its text is Swedish in an English document.
    pub label: Text,
    /// What it says.
    pub lines: Vec<Line>,
}

/// One thing that a part says.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What stands before the text: the kind of evidence, a defined term, the name of a value.
    pub lead: Option<Text>,
    /// The text.
    pub text: Option<Text>,
    /// What is said of it, by name.
    pub facts: Vec<(Text, Text)>,
    /// Where the text leads, if anywhere.
    pub link: Option<String>,
}

impl Document {
    /// Writes a selection out.
    pub fn of(name: &str, rows: &[WholeRow], options: Options, origin: Origin<'_>) -> Self {
        let words = Words::of(options.languages);
        let date = clock::in_sweden(origin.now).date();
        let mut groups: Vec<Group> = Vec::new();
        for row in rows.iter().filter(|row| options.kind.is_none_or(|kind| kind == row.kind)) {
            let item = Item {
                cited: row.cited(),
                title: title(row, words),
                level: row.level,
                level_label: words.say(|t, _| names::level(t, &row.level)),
                blocks: blocks::of(row, words, options, origin, date),
                answer: row.core.as_ref().and_then(|core| core.answer.clone()),
            };
            match groups.last_mut().filter(|group| group.kind == row.kind) {
                Some(group) => group.items.push(item),
                None => {
                    groups.push(Group { kind: row.kind, label: words.say(|t, _| names::kind(t, &row.kind)), items: vec![item] });
                }
            }
        }
        let total = groups.iter().map(|group| group.items.len()).sum::<usize>();
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let mut source = vec![
            words.say(|t, lang| t.selection_export_source(origin.base_url, lang.date(date), total)),
            words.say(|t, _| t.selection_export_licence()),
        ];
        if options.languages != Languages::Swedish {
            source.push(words.say(|t, _| t.requirement_swedish_applies()));
        }
        Self {
            name: name.to_owned(),
            languages: options.languages,
            date,
            notice: origin.example.then(|| words.say(|t, _| t.selection_export_example())),
            source,
            groups,
        }
    }

    /// The language that it begins with.
    pub fn main(&self) -> Lang {
        self.languages.main()
    }

    /// Every requirement, in order.
    pub fn items(&self) -> impl Iterator<Item = (&Group, &Item)> {
        self.groups.iter().flat_map(|group| group.items.iter().map(move |item| (group, item)))
    }
}

impl Item {
    /// A part of it, if it has that.
    pub fn block(&self, part: Part) -> Option<&Block> {
        self.blocks.iter().find(|block| block.part == part)
    }
}

impl Block {
    /// Whether any of it stands in English beside the Swedish.
    pub fn has_beside(&self) -> bool {
        self.lines.iter().any(|line| line.text.as_ref().is_some_and(|text| text.beside.is_some()))
    }

    /// It as plain lines.
    pub fn plain(&self, side: Side) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| line.plain(side)).collect();
        lines.join(if self.part == Part::Clauses { "\n\n" } else { "\n" })
    }
}

impl Line {
    /// A bare text.
    pub fn text(text: Text) -> Self {
        Self { text: Some(text), ..Self::default() }
    }

    /// A text with what it is called before it.
    pub fn led(lead: Text, text: Text) -> Self {
        Self { lead: Some(lead), text: Some(text), ..Self::default() }
    }

    /// The same with one more thing that is said of it.
    #[must_use]
    pub fn fact(mut self, name: Text, value: Text) -> Self {
        self.facts.push((name, value));
        self
    }

    /// It as plain lines: `lead: text`, then `name: value` for each fact.
    pub fn plain(&self, side: Side) -> String {
        let mut lines = Vec::new();
        match (&self.lead, &self.text) {
            (Some(lead), Some(text)) => lines.push(format!("{}: {}", lead.on(side), text.on(side))),
            (Some(only), None) | (None, Some(only)) => lines.push(only.on(side).to_owned()),
            (None, None) => {}
        }
        lines.extend(self.facts.iter().map(|(name, value)| format!("{}: {}", name.on(side), value.on(side))));
        lines.join("\n")
    }
}

/// The title of a version; where its text may not be shown, what it is cited by, and that.
fn title(row: &WholeRow, words: Words) -> Text {
    match row.core {
        Some(_) => words.of_requirement(&row.title, row.title_en.clone()),
        None => words.say(|t, _| t.selection_export_hidden_title(row.cited())),
    }
}

/// The lasting address of a version.
fn permalink(base_url: &str, lang: Lang, row: &WholeRow) -> String {
    format!("{base_url}{}", links::version(lang, row.number(), row.version))
}
