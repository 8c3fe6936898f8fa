//! What is like something that somebody is about to write: by the words of titles and texts, within a group and beyond it.

use std::collections::HashSet;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::kernel::actor::Viewer;

/// Candidates by title that are looked at more closely.
const CANDIDATES: i64 = 25;
/// Words shorter than this say little.
const SHORTEST: usize = 4;

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it says, as far as that is known.
    pub text: &'a str,
    /// The facet of those that it stands among: `group:textil/handskar`.
    pub among: &'a str,
    /// At most so many.
    pub most: usize,
}

/// Something that is like it, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The printed number.
    pub number: i64,
    /// The thing that it is a state of.
    pub subject: Uuid,
    /// What it is called.
    pub title: String,
    /// Why it is shown.
    pub alike: Alike,
}

/// How alike two things are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Alike {
    /// Words that the titles share.
    pub title_words: usize,
    /// How much of the smaller text's words the other has, 0–100; 0 where one has no text.
    pub text_percent: usize,
    /// How alike the titles are letter by letter, 0–100.
    pub title_percent: usize,
}

impl Alike {
    /// Compares titles and texts; `title_percent` is what Postgres says of the titles' letters.
    pub fn of((title, text): (&str, &str), (other_title, other_text): (&str, &str), title_percent: usize) -> Self {
        let (one, other) = (words(text), words(other_text));
        let shared = one.intersection(&other).count();
        let smaller = one.len().min(other.len());
        Self {
            title_words: words(title).intersection(&words(other_title)).count(),
            text_percent: (shared * 100).checked_div(smaller).unwrap_or(0),
            title_percent,
        }
    }

    /// Whether it is worth a look, and in what order.
    pub fn rank(self) -> Option<usize> {
        let rank = self.title_percent * 2 + self.text_percent + self.title_words * 20;
        (self.title_percent >= 35 || self.text_percent >= 40 || self.title_words >= 2).then_some(rank)
    }
}

/// The words that say something, in small letters.
fn words(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(str::to_lowercase).collect()
}

/// What is in force and like it, most alike first, in one round trip.
///
/// # Errors
/// When the database refuses.
pub async fn similar(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    wanted: Wanted<'_>,
) -> sqlx::Result<Vec<Similar>> {
    let rows = store::candidates(connection, viewer, now, (wanted.title, wanted.among), CANDIDATES).await?;
    let alike = rows.into_iter().filter_map(|row| {
        let percent = usize::try_from(row.percent).unwrap_or(0);
        let alike = Alike::of((wanted.title, wanted.text), (&row.title, &row.body), percent);
        let rank = alike.rank()?;
        Some((rank, Similar { number: row.number, subject: row.subject, title: row.title, alike }))
    });
    let mut alike: Vec<(usize, Similar)> = alike.collect();
    alike.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
    Ok(alike.into_iter().take(wanted.most).map(|(_, similar)| similar).collect())
}
