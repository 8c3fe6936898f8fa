//! Which clause of a new version is which clause of the one before. Equal text keeps its id; otherwise the nearest clause
//! of at least 60 % likeness does; what is left is new.

use std::cmp::Ordering;

use serde::Deserialize;
use similar::{Algorithm, ChangeTag, TextDiff};
use uuid::Uuid;

/// How alike two texts must be to be one clause that was changed.
const LIKENESS: f32 = 0.6;

/// How many pairs of words may be looked at in all, counted as if every word of one text met every word of the other. Beyond
/// that two texts are as alike as the words that they share, in whatever order: counted and not timed, so that the same texts
/// always get the same ids.
const WORK: usize = 40_000_000;

/// A clause of a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Clause {
    /// Lasting id.
    pub id: Uuid,
    /// Its text in this version.
    pub text: String,
}

/// Gives each new text the id of the old clause that it continues, or a new one.
pub fn carry_ids(old: &[Clause], new: &[String]) -> Vec<Clause> {
    let mut taken = vec![false; old.len()];
    let mut ids: Vec<Option<Uuid>> = vec![None; new.len()];
    for (place, text) in new.iter().enumerate() {
        if let Some(same) = (0..old.len()).find(|o| !taken[*o] && old[*o].text == *text) {
            taken[same] = true;
            ids[place] = Some(old[same].id);
        }
    }
    let (old_words, new_words): (Vec<_>, Vec<_>) =
        (old.iter().map(|clause| sorted(&clause.text)).collect(), new.iter().map(|text| sorted(text)).collect());
    let mut work = WORK;
    // The most alike pair first, so that a clause goes to its nearest continuation.
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (place, text) in new.iter().enumerate().filter(|(place, _)| ids[*place].is_none()) {
        for (o, clause) in old.iter().enumerate().filter(|(o, _)| !taken[*o]) {
            // Words in the same order are at most as many as words in common.
            let mut alike = in_common(&old_words[o], &new_words[place]);
            let pairs_of_words = old_words[o].len() * new_words[place].len();
            if alike >= LIKENESS && work >= pairs_of_words {
                work -= pairs_of_words;
                alike = likeness(&clause.text, text);
            }
            if alike >= LIKENESS {
                pairs.push((alike, o, place));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, o, place) in pairs {
        if !taken[o] && ids[place].is_none() {
            taken[o] = true;
            ids[place] = Some(old[o].id);
        }
    }
    new.iter().zip(ids).map(|(text, id)| Clause { id: id.unwrap_or_else(Uuid::now_v7), text: text.clone() }).collect()
}

/// The share of words that two texts have in common in the same order, 0–1.
pub fn likeness(a: &str, b: &str) -> f32 {
    let a: Vec<&str> = a.split_whitespace().collect();
    let b: Vec<&str> = b.split_whitespace().collect();
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_slices(&a, &b);
    let same = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Equal).count();
    share(same, a.len() + b.len())
}

/// The words of a text in the order of their letters.
fn sorted(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// The share of words that two texts have in common in any order, 0–1.
fn in_common(a: &[&str], b: &[&str]) -> f32 {
    let (mut at, mut to, mut same) = (0, 0, 0);
    while at < a.len() && to < b.len() {
        match a[at].cmp(b[to]) {
            Ordering::Less => at += 1,
            Ordering::Greater => to += 1,
            Ordering::Equal => {
                same += 1;
                at += 1;
                to += 1;
            }
        }
    }
    share(same, a.len() + b.len())
}

/// What share of `all` words of two texts those are of which each has `same`.
fn share(same: usize, all: usize) -> f32 {
    if all == 0 {
        return 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a clause has at most some thousand words")]
    let share = 2.0 * same as f32 / all as f32;
    share
}
