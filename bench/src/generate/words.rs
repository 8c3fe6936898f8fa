//! Words and texts. Every text begins as one of the repository's own requirements; a share of its longer words is exchanged
//! for others, drawn by Zipf's law from real words and from compounds of them. So lengths and sentences are real, common
//! words are common, and there are as many rare ones as a bank of that size has.

use std::{collections::HashMap, collections::HashSet};

use kravbank::requirements::content::Core;
use rand::{Rng, RngExt};
use serde::Deserialize;

use super::draw::{self, Stream, Zipf};

/// The example bank: whole requirements.
const WHOLE: &[&str] = &[
    include_str!("../../../data/example/1-handskar.jsonl"),
    include_str!("../../../data/example/1-inkontinens.jsonl"),
    include_str!("../../../data/example/1-it.jsonl"),
    include_str!("../../../data/example/1-ovriga-a.jsonl"),
    include_str!("../../../data/example/1-ovriga-b.jsonl"),
    include_str!("../../../data/example/1-textil.jsonl"),
    include_str!("../../../data/example/3-it.jsonl"),
    include_str!("../../../data/example/3-medicinteknik.jsonl"),
    include_str!("../../../data/example/3-ovriga.jsonl"),
];
/// Short ones, as an older collection has them.
const SHORT: &str = include_str!("../../../tests/data/requirements.jsonl");
/// Of a hundred requirements, so many are of the short kind.
const SHORT_IN_HUNDRED: u32 = 20;
/// Words made of two others.
const COMPOUNDS: usize = 60_000;
/// The shortest word that may be exchanged, in characters.
const EXCHANGED: usize = 5;

/// A requirement to take after.
#[derive(Debug, Clone, Deserialize)]
pub struct Model {
    /// The decided core.
    #[serde(flatten)]
    pub core: Core,
    /// English title, where there is one.
    #[serde(default)]
    pub title_en: Option<String>,
    /// English clauses.
    #[serde(default)]
    pub text_en: Vec<String>,
    /// English rationale.
    #[serde(default)]
    pub rationale_en: Option<String>,
    /// Advice to the buyer.
    #[serde(default)]
    pub guidance: String,
    /// What to watch out for.
    #[serde(default)]
    pub limitations: String,
    /// Where it comes from.
    #[serde(default)]
    pub builds_on: String,
    /// CPV codes.
    #[serde(default)]
    pub cpv: Vec<String>,
    /// Environmental objectives.
    #[serde(default)]
    pub objectives: Vec<String>,
    /// Agenda 2030 goals.
    #[serde(default)]
    pub agenda_goals: Vec<i16>,
    /// eForms codes.
    #[serde(default)]
    pub eforms: Vec<String>,
}

/// The models, and the words of one bank.
#[derive(Debug)]
pub struct Words {
    whole: Vec<Model>,
    short: Vec<Model>,
    english: Vec<Model>,
    in_swedish: Vec<String>,
    in_english: Vec<String>,
    swedish_law: Zipf,
    english_law: Zipf,
}

impl Words {
    /// The words of the bank with this seed.
    ///
    /// # Errors
    /// When a file of the repository is not in the exchange format.
    pub fn new(seed: u64) -> serde_json::Result<Self> {
        let read = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
        let mut whole: Vec<Model> = Vec::new();
        for text in WHOLE {
            let some: serde_json::Result<Vec<Model>> = read(text);
            whole.extend(some?);
        }
        let short: serde_json::Result<Vec<Model>> = read(SHORT);
        let short = short?;
        let english: Vec<Model> =
            whole.iter().filter(|m| m.title_en.is_some() && m.text_en.len() == m.core.text.len()).cloned().collect();
        let mut in_swedish = by_frequency(whole.iter().chain(&short).flat_map(|m| {
            let core = &m.core;
            core.text.iter().chain([&core.title, &core.rationale, &core.proportionality, &m.guidance])
        }));
        in_swedish.extend(compounds(seed, &in_swedish));
        let in_english = by_frequency(english.iter().flat_map(|m| m.text_en.iter().chain(&m.title_en).chain(&m.rationale_en)));
        let (swedish_law, english_law) = (Zipf::new(in_swedish.len()), Zipf::new(in_english.len()));
        Ok(Self { whole, short, english, in_swedish, in_english, swedish_law, english_law })
    }

    /// A requirement to take after. With `english`, one that has English texts.
    pub fn model(&self, rng: &mut impl Rng, english: bool) -> &Model {
        if english {
            draw::one(rng, &self.english)
        } else if rng.random_ratio(SHORT_IN_HUNDRED, 100) {
            draw::one(rng, &self.short)
        } else {
            draw::one(rng, &self.whole)
        }
    }

    /// All models, for what they cite.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.whole.iter()
    }

    /// The Swedish word of this rank, 0 the commonest.
    pub fn swedish(&self, rank: usize) -> &str {
        &self.in_swedish[rank.min(self.in_swedish.len() - 1)]
    }

    /// How many Swedish words there are.
    pub fn count(&self) -> usize {
        self.in_swedish.len()
    }

    /// Any Swedish word, by its frequency.
    pub fn any(&self, rng: &mut impl Rng) -> &str {
        &self.in_swedish[self.swedish_law.draw(rng)]
    }

    /// The text with a share of its longer words exchanged (`in_hundred` of a hundred).
    pub fn vary(&self, rng: &mut impl Rng, text: &str, in_hundred: u32) -> String {
        vary(rng, text, in_hundred, &self.in_swedish, &self.swedish_law)
    }

    /// The same for an English text.
    pub fn vary_english(&self, rng: &mut impl Rng, text: &str, in_hundred: u32) -> String {
        vary(rng, text, in_hundred, &self.in_english, &self.english_law)
    }
}

/// Words of at least [`EXCHANGED`] letters in small letters, the commonest first.
fn by_frequency<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
        if word.chars().count() >= EXCHANGED {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}

/// Words made of two others, as Swedish makes them.
fn compounds(seed: u64, words: &[String]) -> Vec<String> {
    let parts: Vec<&String> = words.iter().filter(|word| (EXCHANGED..=9).contains(&word.chars().count())).collect();
    let mut rng = draw::stream(seed, Stream::Vocabulary);
    let mut known: HashSet<String> = words.iter().cloned().collect();
    let mut made = Vec::with_capacity(COMPOUNDS);
    while made.len() < COMPOUNDS {
        let (first, second) = (draw::one(&mut rng, &parts), draw::one(&mut rng, &parts));
        let joint = if rng.random_ratio(1, 3) { "s" } else { "" };
        let word = format!("{first}{joint}{second}");
        if known.insert(word.clone()) {
            made.push(word);
        }
    }
    made
}

fn vary(rng: &mut impl Rng, text: &str, in_hundred: u32, words: &[String], law: &Zipf) -> String {
    let mut varied = String::with_capacity(text.len() + text.len() / 4);
    for (place, piece) in text.split(' ').enumerate() {
        if place > 0 {
            varied.push(' ');
        }
        let word = piece.trim_end_matches(['.', ',', ';', ':', '?']);
        let exchangeable = word.chars().count() >= EXCHANGED
            && word.chars().all(char::is_alphabetic)
            && word.chars().skip(1).all(char::is_lowercase);
        if exchangeable && rng.random_ratio(in_hundred, 100) {
            let other = &words[law.draw(rng)];
            if word.starts_with(char::is_uppercase) {
                let mut letters = other.chars();
                varied.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                varied.push_str(letters.as_str());
            } else {
                varied.push_str(other);
            }
            varied.push_str(&piece[word.len()..]);
        } else {
            varied.push_str(piece);
        }
    }
    varied
}

/// The text cut at a word so that it has at most so many characters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole).to_owned()
}
