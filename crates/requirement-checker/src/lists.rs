//! Lists of words and patterns, as the files in `rules/` have them, made ready to search with.
//!
//! Patterns are regular expressions without look-around and back-references, so that a search takes time in proportion to
//! the text. They hold no `\b`, which is slow in a language with å, ä and ö: a hit takes in the sign after it, and the sign
//! before it is looked at.

use std::ops::Range;

use regex_automata::meta::Regex;
use serde::Deserialize;

/// An entry of a list as it stands in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) name: String,
    /// What it looks like; its name, if left out. A blank is one white space of any kind.
    #[serde(default)]
    pub(crate) pattern: Option<String>,
    /// Whether capitals matter.
    #[serde(default)]
    pub(crate) case: bool,
    /// Longer words around a hit that make it harmless.
    #[serde(default)]
    pub(crate) except: Vec<String>,
    /// Words that make it harmless wherever they stand in the sentence.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
}

/// A list to search with.
#[derive(Debug)]
pub(crate) struct List {
    names: Vec<String>,
    patterns: Regex,
    except: Vec<Option<Regex>>,
    unless: Vec<Option<Regex>>,
}

/// Something of a list in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'l> {
    /// Which entry.
    pub(crate) entry: usize,
    /// Its name.
    pub(crate) name: &'l str,
    /// Where.
    pub(crate) range: Range<usize>,
}

/// Latin letters and digits: what a word goes on with. Others are seen by [`is_whole`].
const END: &str = "[^0-9A-Za-z_\u{c0}-\u{24f}]";

fn pattern(of: &str, case: bool) -> String {
    let spaced = of.replace(' ', r"\s");
    if case { format!("(?:{spaced}){END}") } else { format!("(?i:{spaced}){END}") }
}

/// Everything in a text that is a word or several, with the number of its pattern.
fn whole(regex: &Regex, text: &str) -> Vec<(usize, Range<usize>)> {
    let ended = format!("{text}\n");
    regex
        .find_iter(&ended)
        .map(|found| {
            let last = ended[found.range()].chars().next_back().map_or(0, char::len_utf8);
            (found.pattern().as_usize(), found.start()..found.end() - last)
        })
        .filter(|(_, range)| is_whole(text, range))
        .collect()
}

fn any(patterns: &[String]) -> Option<Regex> {
    (!patterns.is_empty()).then(|| regex(&patterns.iter().map(|one| pattern(one, false)).collect::<Vec<_>>()))
}

/// Patterns of the crate's own files, which a test compiles.
fn regex(patterns: &[String]) -> Regex {
    Regex::new_many(patterns).unwrap_or_else(|fault| panic!("a pattern in rules/ is wrong: {fault}: {patterns:?}"))
}

impl List {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        let patterns: Vec<String> =
            entries.iter().map(|entry| pattern(entry.pattern.as_deref().unwrap_or(&entry.name), entry.case)).collect();
        Self {
            names: entries.iter().map(|entry| entry.name.clone()).collect(),
            patterns: regex(&patterns),
            except: entries.iter().map(|entry| any(&entry.except)).collect(),
            unless: entries.iter().map(|entry| any(&entry.unless)).collect(),
        }
    }

    /// Every hit that is a word or several, in order.
    pub(crate) fn find<'l>(&'l self, text: &str) -> Vec<Hit<'l>> {
        let hit = |(entry, range)| Hit { entry, name: self.names[entry].as_str(), range };
        whole(&self.patterns, text).into_iter().map(hit).collect()
    }

    /// Every hit in a sentence of a text that none of its exceptions make harmless. Ranges are those of the text.
    pub(crate) fn find_in<'l>(&'l self, text: &str, sentence: &Range<usize>) -> Vec<Hit<'l>> {
        let part = &text[sentence.clone()];
        let mut hits = self.find(part);
        hits.retain(|hit| !self.is_excused(part, hit));
        for hit in &mut hits {
            hit.range = hit.range.start + sentence.start..hit.range.end + sentence.start;
        }
        hits
    }

    /// Whether there is any.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !whole(&self.patterns, text).is_empty()
    }

    /// Exceptions are looked for near the hit alone, so that many hits in one sentence cost no more than their number.
    fn is_excused(&self, sentence: &str, hit: &Hit<'_>) -> bool {
        let around = |regex: &Option<Regex>, bytes: usize, excuses: &dyn Fn(Range<usize>) -> bool| {
            let Some(regex) = regex else { return false };
            let from = floor(sentence, hit.range.start.saturating_sub(bytes));
            let to = floor(sentence, (hit.range.end + bytes).min(sentence.len()));
            let found = whole(regex, &sentence[from..to]).into_iter().map(|(_, range)| range.start + from..range.end + from);
            found.filter(|range| is_whole(sentence, range)).any(excuses)
        };
        around(&self.except[hit.entry], 80, &|range| range.start <= hit.range.start && hit.range.end <= range.end)
            || around(&self.unless[hit.entry], 400, &|_| true)
    }
}

/// The char boundary at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a range begins and ends where words do, and is no key of a parameter.
pub(crate) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let (before, within, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let begins = !within.starts_with(letter) || !before.ends_with(letter);
    let ends = !within.ends_with(letter) || !after.starts_with(letter);
    !within.is_empty() && begins && ends && !before.ends_with("{{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_and_leaves_parts_of_words() {
        let entry = |name: &str, pattern: &str, except: &[&str]| Entry {
            name: name.to_owned(),
            pattern: Some(pattern.to_owned()),
            case: false,
            except: except.iter().map(|&one| one.to_owned()).collect(),
            unless: Vec::new(),
        };
        let list = List::new(&[entry("god", "god(a|t)?", &["god sed"]), entry("ärlig", "ärlig", &[])]);
        let text = "God, godkänd, ogod, god\u{a0}sed, oärlig, ärlig, {{god}}";
        let hits = list.find_in(text, &(0..text.len()));
        assert_eq!(hits.iter().map(|hit| &text[hit.range.clone()]).collect::<Vec<_>>(), ["God", "ärlig"]);
    }
}
