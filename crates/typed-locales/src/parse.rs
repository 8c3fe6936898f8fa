//! One TOML file into flattened keys and texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Fault, Problem};
use crate::name;
use crate::text::{Leaf, Text};

/// Methods of the generated type that are not texts.
const TAKEN: &[&str] = &["by_key"];

/// A file taken apart.
#[derive(Debug)]
pub(crate) struct Locale {
    pub(crate) file: PathBuf,
    /// What was found, by flattened key.
    pub(crate) found: BTreeMap<String, Found>,
}

/// A key that a file has.
#[derive(Debug)]
pub(crate) struct Found {
    /// The key as the file nests it, with dots.
    pub(crate) key: String,
    pub(crate) line: usize,
    /// None when something is wrong with it, which has then been told.
    pub(crate) leaf: Option<Leaf>,
}

impl Locale {
    /// The file's name without its folder.
    pub(crate) fn name(&self) -> String {
        let name = self.file.file_name().unwrap_or(self.file.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

/// Reads a file; none, and the problems told, when it is not TOML at all.
pub(crate) fn parse(file: &Path, problems: &mut Vec<Problem>) -> Option<Locale> {
    let whole = |line, fault| Problem { file: file.to_owned(), key: None, line, fault };
    let source = match std::fs::read_to_string(file) {
        Ok(source) => source,
        Err(error) => {
            problems.push(whole(None, Fault::Unreadable(error.to_string())));
            return None;
        }
    };
    let (table, errors) = DeTable::parse_recoverable(&source);
    if !errors.is_empty() {
        problems.extend(errors.iter().map(|error| {
            let line = error.span().map(|span| line_of(&source, span.start));
            whole(line, Fault::Syntax(error.message().to_owned()))
        }));
        return None;
    }
    let mut reader = Reader { source: &source, problems, locale: Locale { file: file.to_owned(), found: BTreeMap::new() } };
    reader.keys(table.get_ref(), &[]);
    Some(reader.locale)
}

/// The line, counted from 1, of a byte in the source.
fn line_of(source: &str, at: usize) -> usize {
    let before = &source.as_bytes()[..at.min(source.len())];
    before.split(|&byte| byte == b'\n').count()
}

struct Reader<'a> {
    source: &'a str,
    problems: &'a mut Vec<Problem>,
    locale: Locale,
}

/// A key on the way down: its parts and the line of the last one.
struct Place<'a> {
    parts: &'a [&'a str],
    line: usize,
}

impl Reader<'_> {
    fn keys(&mut self, table: &DeTable<'_>, above: &[&str]) {
        for (part, value) in table {
            let mut parts = above.to_vec();
            parts.push(part.get_ref());
            let place = Place { parts: &parts, line: line_of(self.source, part.span().start) };
            if !name::is_snake_case(part.get_ref()) {
                self.problem(&place, Fault::KeyPart(part.get_ref().to_string()));
            } else if above.is_empty() && name::starts_with_digit(part.get_ref()) {
                self.problem(&place, Fault::KeyDigit);
            }
            self.value(value.get_ref(), &place);
        }
    }

    fn value(&mut self, value: &DeValue<'_>, place: &Place<'_>) {
        match value {
            DeValue::String(raw) => {
                let leaf = self.text(raw, place).map(Leaf::Text);
                self.leaf(leaf, place);
            }
            DeValue::Table(table) if table.contains_key("one") || table.contains_key("other") => {
                let leaf = self.plural(table, place);
                self.leaf(leaf, place);
            }
            DeValue::Table(table) => self.keys(table, place.parts),
            wrong => {
                self.problem(place, Fault::NotText(wrong.type_str()));
                self.leaf(None, place);
            }
        }
    }

    fn plural(&mut self, table: &DeTable<'_>, place: &Place<'_>) -> Option<Leaf> {
        let (Some(one), Some(other), 2) = (table.get("one"), table.get("other"), table.len()) else {
            let keys: Vec<String> = table.keys().map(|key| format!("`{}`", key.get_ref())).collect();
            self.problem(place, Fault::PluralKeys(keys.join(", ")));
            return None;
        };
        let one = self.form("one", one, place);
        let other = self.form("other", other, place);
        Some(Leaf::Plural { one: one?, other: other? })
    }

    fn form(&mut self, form: &'static str, value: &Spanned<DeValue<'_>>, place: &Place<'_>) -> Option<Text> {
        let mut parts = place.parts.to_vec();
        parts.push(form);
        let place = Place { parts: &parts, line: line_of(self.source, value.span().start) };
        if let DeValue::String(raw) = value.get_ref() {
            self.text(raw, &place)
        } else {
            self.problem(&place, Fault::PluralForm(form));
            None
        }
    }

    fn text(&mut self, raw: &str, place: &Place<'_>) -> Option<Text> {
        match Text::parse(raw) {
            Ok(text) => Some(text),
            Err(faults) => {
                for fault in faults {
                    self.problem(place, fault);
                }
                None
            }
        }
    }

    /// Keeps what a key stands for under its flattened name.
    fn leaf(&mut self, leaf: Option<Leaf>, place: &Place<'_>) {
        let method = place.parts.join("_");
        if name::is_keyword(&method) {
            self.problem(place, Fault::KeyKeyword(method.clone()));
        }
        if TAKEN.contains(&method.as_str()) {
            self.problem(place, Fault::KeyTaken(method.clone()));
        }
        for fault in leaf.as_ref().map(Leaf::faults).unwrap_or_default() {
            self.problem(place, fault);
        }
        if let Some(first) = self.locale.found.get(&method) {
            let other = first.key.clone();
            self.problem(place, Fault::Collision { method, other });
            return;
        }
        let found = Found { key: place.parts.join("."), line: place.line, leaf: leaf.filter(|leaf| leaf.faults().is_empty()) };
        self.locale.found.insert(method, found);
    }

    fn problem(&mut self, place: &Place<'_>, fault: Fault) {
        self.problems.push(Problem {
            file: self.locale.file.clone(),
            key: Some(place.parts.join(".")),
            line: Some(place.line),
            fault,
        });
    }
}
