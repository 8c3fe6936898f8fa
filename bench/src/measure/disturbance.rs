//! Others on the machine: a round that they disturb is made anew or thrown away, and a run ends all the same.

use std::{cell::Cell, time::Duration};

/// Cores that others may use in a round.
pub const FOREIGN: f64 = 0.2;
/// How often a round is made anew that others disturbed, while there is time for that.
const AGAIN: usize = 4;

/// What others on the machine did to a run.
#[derive(Debug, Clone, Default)]
pub struct Disturbance {
    /// Time that is left for rounds to be made anew.
    left: Cell<Duration>,
    /// Rounds that were made anew.
    again: Cell<usize>,
    /// Rounds that were disturbed all the same.
    disturbed: Cell<usize>,
}

impl Disturbance {
    /// With so much time for rounds to be made anew, so that a run ends on a machine that never rests.
    pub fn with(left: Duration) -> Self {
        Self { left: Cell::new(left), ..Self::default() }
    }

    /// Rounds that were made anew, and those that were disturbed all the same.
    pub fn counts(&self) -> (usize, usize) {
        (self.again.get(), self.disturbed.get())
    }

    /// Makes a round until nobody disturbs it. None where somebody always does, and disturbed ones are not to be kept.
    pub(super) fn undisturbed<T>(
        &self,
        noisy: bool,
        foreign: impl Fn(&T) -> f64,
        make: impl Fn() -> anyhow::Result<(T, Duration)>,
    ) -> anyhow::Result<Option<T>> {
        let (mut result, mut took) = make()?;
        if noisy {
            return Ok(Some(result));
        }
        for _ in 0..AGAIN {
            if foreign(&result) <= FOREIGN || self.left.get() < took {
                break;
            }
            self.left.set(self.left.get().saturating_sub(took));
            self.again.set(self.again.get() + 1);
            (result, took) = make()?;
        }
        if foreign(&result) <= FOREIGN {
            return Ok(Some(result));
        }
        self.disturbed.set(self.disturbed.get() + 1);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_on_a_busy_machine_ends() {
        let rounds = Cell::new(0);
        let make = |foreign: f64| {
            let rounds = &rounds;
            move || {
                rounds.set(rounds.get() + 1);
                Ok((foreign, Duration::from_secs(1)))
            }
        };
        let disturbance = Disturbance::with(Duration::from_secs(6));
        let ask = |foreign, noisy| disturbance.undisturbed(noisy, |foreign: &f64| *foreign, make(foreign)).expect("rounds");
        assert_eq!((ask(0.1, false), rounds.replace(0)), (Some(0.1), 1));
        assert_eq!((ask(0.9, false), rounds.replace(0)), (None, 1 + AGAIN));
        assert_eq!((ask(0.9, false), rounds.replace(0)), (None, 1 + 2), "the time for more is used up");
        assert_eq!((ask(0.9, false), rounds.replace(0)), (None, 1));
        assert_eq!(disturbance.counts(), (6, 3));
        assert_eq!(ask(0.9, true), Some(0.9));
    }
}
