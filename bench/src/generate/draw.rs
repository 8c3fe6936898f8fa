//! Chance that can be had again: every thing has a stream of its own, so that the order of work changes nothing.

use rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng};
use time::Date;
use uuid::Uuid;

/// What a stream of chance is for; streams of one thing never meet those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Words of the whole bank.
    Vocabulary,
    /// Laws, standards, labels.
    References,
    /// Which groups are large.
    Groups,
    /// The family that begins with this requirement, or whether one does.
    Family(i64),
    /// A requirement and all that it says.
    Requirement(i64),
    /// What happened to a requirement.
    Event(i64),
    /// The decision of a month.
    Decision(Date),
}

/// The chance of a stream.
pub fn stream(seed: u64, stream: Stream) -> ChaCha8Rng {
    let (kind, number) = match stream {
        Stream::Vocabulary => (1, 0),
        Stream::References => (2, 0),
        Stream::Groups => (3, 0),
        Stream::Family(number) => (4, number),
        Stream::Requirement(number) => (5, number),
        Stream::Event(number) => (7, number),
        Stream::Decision(month) => (6, i64::from(month.to_julian_day())),
    };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream((kind << 48) | number.cast_unsigned());
    rng
}

/// A version 7 id of a thing made at this instant (milliseconds since 1970).
pub fn id(rng: &mut impl Rng, milliseconds: i64) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(milliseconds.cast_unsigned(), &rng.random()).into_uuid()
}

/// One of these.
///
/// # Panics
/// When there is none.
pub fn one<'a, T>(rng: &mut impl Rng, things: &'a [T]) -> &'a T {
    &things[rng.random_range(0..things.len())]
}

/// Ranks drawn by Zipf's law: the first twice as often as the second, three times as often as the third.
#[derive(Debug, Clone)]
pub struct Zipf {
    sums: Vec<f64>,
}

impl Zipf {
    /// A law for this many ranks.
    pub fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        #[expect(clippy::cast_precision_loss, reason = "ranks are few")]
        let sums = (1..=ranks).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { sums: sums.collect() }
    }

    /// A rank, from 0.
    ///
    /// # Panics
    /// When the law is for no ranks.
    pub fn draw(&self, rng: &mut impl Rng) -> usize {
        let at = rng.random::<f64>() * self.sums[self.sums.len() - 1];
        self.sums.partition_point(|sum| *sum < at).min(self.sums.len() - 1)
    }
}

/// A number of these weights: the place of the weight that was met.
pub fn weighted(rng: &mut impl Rng, weights: &[u32]) -> usize {
    let mut at = rng.random_range(0..weights.iter().sum::<u32>());
    for (place, weight) in weights.iter().enumerate() {
        if at < *weight {
            return place;
        }
        at -= weight;
    }
    0
}
