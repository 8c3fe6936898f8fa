//! The arithmetic of results.

use std::time::Duration;

/// Middle, least and greatest of some figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

/// The spread of these figures; none of none.
pub fn spread(figures: &[f64]) -> Option<Spread> {
    let mut sorted: Vec<f64> = figures.iter().copied().filter(|figure| figure.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
    Some(Spread { median, min, max })
}

/// The spread of the ratios of each round: `(b, a)` gives b / a. Rounds whose `a` is nothing are left out.
pub fn ratios(rounds: &[(f64, f64)]) -> Option<Spread> {
    let each: Vec<f64> = rounds.iter().filter(|(_, a)| *a > 0.0).map(|(b, a)| b / a).collect();
    spread(&each)
}

/// The time that so many of a thousand answers needed at most (`990` is p99), by nearest rank; none of none.
pub fn percentile(times: &[Duration], of_thousand: usize) -> Option<Duration> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * of_thousand).div_ceil(1_000).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[3.0, 1.0, 2.0]), Some(Spread { median: 2.0, min: 1.0, max: 3.0 }));
        assert_eq!(spread(&[4.0, 1.0, 2.0, 3.0]), Some(Spread { median: 2.5, min: 1.0, max: 4.0 }));
        assert_eq!(spread(&[f64::NAN, 5.0]), Some(Spread { median: 5.0, min: 5.0, max: 5.0 }));
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        // The machine slowed down between the rounds; the ratio did not change.
        assert_eq!(ratios(&[(50.0, 100.0), (5.0, 10.0), (9.0, 0.0)]), Some(Spread { median: 0.5, min: 0.5, max: 0.5 }));
        assert_eq!(ratios(&[(9.0, 0.0)]), None);
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 500), Some(Duration::from_millis(100)));
        assert_eq!(percentile(&times, 990), Some(Duration::from_millis(198)));
        assert_eq!(percentile(&times, 1_000), Some(Duration::from_millis(200)));
        assert_eq!(percentile(&times[..1], 990), Some(Duration::from_millis(200)));
        assert_eq!(percentile(&[], 990), None);
    }
}
