//! What a selection serves: environmental objectives, categories of eForms, and at which levels. Pure.

use crate::requirements::fields::Level;

/// Something that requirements can serve, with how many of a selection do, by level from the lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served<T> {
    /// What is served.
    pub what: T,
    /// How many rows serve it, by level.
    pub levels: [i64; 3],
}

impl<T> Served<T> {
    /// How many rows serve it.
    pub fn rows(&self) -> i64 {
        self.levels.iter().sum()
    }

    /// The levels at which it is served, with how many rows.
    pub fn by_level(&self) -> impl Iterator<Item = (Level, i64)> + '_ {
        Level::ALL.iter().copied().zip(self.levels).filter(|(_, rows)| *rows > 0)
    }
}

/// Counts the rows that serve each of these things: what is served first and what is not after it, each in its order. A row
/// is its level and what it serves.
pub fn count<'a, T>(
    things: impl IntoIterator<Item = T>,
    code: impl Fn(&T) -> &str,
    rows: &(impl Iterator<Item = (Level, &'a [String])> + Clone),
) -> (Vec<Served<T>>, Vec<T>) {
    let (mut served, mut unserved) = (Vec::new(), Vec::new());
    for what in things {
        let mut levels = [0; 3];
        for (level, serves) in rows.clone() {
            if serves.iter().any(|one| one == code(&what)) {
                levels[level as usize] += 1;
            }
        }
        if levels.iter().sum::<i64>() > 0 {
            served.push(Served { what, levels });
        } else {
            unserved.push(what);
        }
    }
    (served, unserved)
}
