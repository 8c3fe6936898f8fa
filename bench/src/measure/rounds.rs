//! Rounds A B A B: what is compared is measured by turns, so that what else happens on the machine meets both.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use anyhow::{Context, anyhow};

use super::{
    bank::Cluster,
    client::{self, Asked, CONNECTIONS, Outcome, Pace},
    disturbance::{Disturbance, FOREIGN},
    pgbench,
    processor::{Processes, Used, memory},
};
use crate::stats::{Spread, percentile, ratios, spread};

/// How often memory is looked at while a crowd asks.
const GLANCE: Duration = Duration::from_millis(20);
/// How long after the crowd it is looked at again.
const CALM: Duration = Duration::from_secs(2);

/// How long is measured, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    /// Rounds of a comparison.
    pub rounds: usize,
    /// Seconds of a round.
    pub round: Duration,
    /// Seconds of an open loop.
    pub open: Duration,
    /// Whether disturbed rounds are kept; the results say so. Otherwise they are thrown away.
    pub noisy: bool,
}

/// What is measured in a round.
#[derive(Debug, Clone)]
pub enum Subject {
    /// Pages of a program.
    Pages {
        /// Which.
        asked: Asked,
        /// The program's process.
        process: u32,
    },
    /// Postgres alone.
    Pgbench {
        /// The script.
        script: PathBuf,
        /// The database.
        database: String,
    },
}

/// One round.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Round {
    /// Good answers a second.
    pub rate: f64,
    /// Microseconds of processor time that the program used for one.
    pub program: f64,
    /// The same of Postgres.
    pub postgres: f64,
    /// Cores that others used.
    pub foreign: f64,
    /// Requests without a good answer.
    pub failures: usize,
    /// Bytes of an answer.
    pub size: usize,
}

impl Round {
    /// Microseconds of processor time for one answer, the program's and Postgres' together.
    pub fn cost(&self) -> f64 {
        self.program + self.postgres
    }
}

/// What came of all rounds of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The rounds of A and of B, side by side; a pair of which others disturbed one is not among them.
    pub rounds: Vec<(Round, Round)>,
}

impl Comparison {
    /// How the rate of B is to that of A.
    pub fn rate(&self) -> Option<Spread> {
        ratios(&self.rounds.iter().map(|(a, b)| (b.rate, a.rate)).collect::<Vec<_>>())
    }

    /// How the cost of B is to that of A.
    pub fn cost(&self) -> Option<Spread> {
        ratios(&self.rounds.iter().map(|(a, b)| (b.cost(), a.cost())).collect::<Vec<_>>())
    }

    /// The median of some figure of A; none where no round was kept.
    pub fn a(&self, figure: impl Fn(&Round) -> f64) -> Option<f64> {
        spread(&self.rounds.iter().map(|(a, _)| figure(a)).collect::<Vec<_>>()).map(|spread| spread.median)
    }

    /// The same of B.
    pub fn b(&self, figure: impl Fn(&Round) -> f64) -> Option<f64> {
        spread(&self.rounds.iter().map(|(_, b)| figure(b)).collect::<Vec<_>>()).map(|spread| spread.median)
    }

    /// Whether a round was kept that others disturbed.
    pub fn disturbed(&self) -> bool {
        self.rounds.iter().any(|(a, b)| a.foreign > FOREIGN || b.foreign > FOREIGN)
    }
}

/// Times of an open loop.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Requests a second that were sent.
    pub rate: f64,
    /// Half of the answers came within this.
    pub p50: Duration,
    /// 95 of a hundred did.
    pub p95: Duration,
    /// 99 of a hundred did.
    pub p99: Duration,
    /// Requests without a good answer.
    pub failures: usize,
    /// Cores that others used.
    pub foreign: f64,
}

/// Measures on one cluster.
#[derive(Debug)]
pub struct Meter<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    /// How long.
    pub length: Length,
    /// Every program that runs; what is not measured counts with the bench.
    pub programs: Vec<u32>,
    /// What others did.
    pub disturbance: Disturbance,
}

/// One request after the other, with nothing beside it.
#[derive(Debug, Clone, Copy)]
pub struct Alone {
    /// Times of the answers, from the client.
    pub times: Times,
    /// Bytes of an answer.
    pub size: usize,
    /// Microseconds of processor time that the program used for one.
    pub program: f64,
    /// The same of Postgres.
    pub postgres: f64,
}

/// Pages beside a crowd that asks for something else.
#[derive(Debug, Clone, Copy)]
pub struct Crowded {
    /// The pages.
    pub pages: Times,
    /// What the crowd was answered.
    pub crowd: Times,
    /// Megabytes of the program: before, the most meanwhile, two seconds after.
    pub memory: [f64; 3],
}

impl Meter<'_> {
    fn processes(&self, program: Option<u32>) -> anyhow::Result<Processes> {
        let others = self.programs.iter().copied().filter(|other| Some(*other) != program).collect();
        Ok(Processes { program, postmaster: Some(self.cluster.postmaster()?), others })
    }

    /// Both by turns.
    ///
    /// # Errors
    /// When a program does not answer.
    pub fn compare(&self, a: &Subject, b: &Subject) -> anyhow::Result<Comparison> {
        // Caches fill, plans are made, pools open.
        for subject in [a, b] {
            self.once(subject, Duration::from_secs(1))?;
        }
        let mut comparison = Comparison::default();
        for _ in 0..self.length.rounds {
            if let (Some(a), Some(b)) = (self.round(a)?, self.round(b)?) {
                comparison.rounds.push((a, b));
            }
        }
        Ok(comparison)
    }

    /// One round, made anew when others disturbed it.
    fn round(&self, subject: &Subject) -> anyhow::Result<Option<Round>> {
        let once = || Ok((self.once(subject, self.length.round)?, self.length.round));
        self.disturbance.undisturbed(self.length.noisy, |round: &Round| round.foreign, once)
    }

    fn once(&self, subject: &Subject, length: Duration) -> anyhow::Result<Round> {
        match subject {
            Subject::Pages { asked, process } => {
                let (outcome, used) = self
                    .watched(Some(*process), || client::drive(asked, CONNECTIONS, Pace::Closed, length))
                    .context("the load")?;
                let seconds = outcome.took.as_secs_f64();
                let failures = outcome.failures;
                Ok(Round { failures, size: outcome.size(), ..round(outcome.rate(), seconds, used) })
            }
            Subject::Pgbench { script, database } => {
                let now = kravbank::kernel::clock::Clock::System.now();
                let seconds = length.as_secs().max(1);
                let (rate, used) = self.watched(None, || pgbench::run(self.cluster, database, script, now, seconds))?;
                #[expect(clippy::cast_precision_loss, reason = "some seconds")]
                Ok(round(rate, seconds as f64, used))
            }
        }
    }

    fn watched<T>(&self, program: Option<u32>, run: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(T, Used)> {
        let processes = self.processes(program)?;
        let before = processes.used()?;
        let done = run()?;
        Ok((done, processes.used()?.since(before)))
    }

    /// An open loop at this rate; none where others disturbed it.
    ///
    /// # Errors
    /// When the program does not answer.
    pub fn open(&self, asked: &Asked, process: u32, rate: f64) -> anyhow::Result<Option<Times>> {
        // At least twenty answers, so that there is something to take a percentile of.
        let length = self.length.open.max(Duration::from_secs_f64((20.0 / rate).min(20.0)));
        let once = || {
            let drive = || client::drive(asked, CONNECTIONS, Pace::Open(rate), length);
            let (outcome, used): (Outcome, Used) = self.watched(Some(process), drive)?;
            Ok((times(&outcome, used, rate), outcome.took))
        };
        self.disturbance.undisturbed(self.length.noisy, |times: &Times| times.foreign, once)
    }

    /// One request after the other; none where others disturbed it.
    ///
    /// # Errors
    /// When the program does not answer.
    pub fn alone(&self, asked: &Asked, process: u32) -> anyhow::Result<Option<Alone>> {
        client::drive(asked, 1, Pace::Closed, Duration::from_secs(1))?;
        let once = || {
            let drive = || client::drive(asked, 1, Pace::Closed, self.length.open);
            let (outcome, used): (Outcome, Used) = self.watched(Some(process), drive)?;
            let Round { program, postgres, .. } = round(outcome.rate(), outcome.took.as_secs_f64(), used);
            let alone = Alone { times: times(&outcome, used, outcome.rate()), size: outcome.size(), program, postgres };
            Ok((alone, outcome.took))
        };
        self.disturbance.undisturbed(self.length.noisy, |alone: &Alone| alone.times.foreign, once)
    }

    /// An open loop at this rate while so many ask for something else at once, each from an address of its own; none where
    /// others disturbed it.
    ///
    /// # Errors
    /// When the program does not answer.
    pub fn beside(&self, asked: &Asked, process: u32, rate: f64, other: &Asked, many: usize) -> anyhow::Result<Option<Crowded>> {
        let other = Asked { apart: true, ..other.clone() };
        let once = || {
            let length = self.length.open;
            let before = memory(process).unwrap_or_default();
            let done = AtomicBool::new(false);
            let both = || {
                std::thread::scope(|scope| {
                    let most = scope.spawn(|| most_memory(process, &done));
                    let crowd = scope.spawn(|| client::drive(&other, many, Pace::Closed, length));
                    let pages = client::drive(asked, CONNECTIONS, Pace::Open(rate), length);
                    let crowd = crowd.join();
                    done.store(true, Ordering::Relaxed);
                    let most = most.join().map_err(|_| anyhow!("the thread that looks at memory failed"))?;
                    let crowd = crowd.map_err(|_| anyhow!("the thread that asks for something else failed"))??;
                    Ok((pages?, crowd, most))
                })
            };
            let ((pages, crowd, most), used) = self.watched(Some(process), both)?;
            let took = pages.took.max(crowd.took);
            let pages = times(&Outcome { took, ..pages }, used, rate);
            let crowd = times(&crowd, used, crowd.rate());
            std::thread::sleep(CALM);
            let memory = [before, most, memory(process).unwrap_or_default()];
            Ok((Crowded { pages, crowd, memory }, took))
        };
        self.disturbance.undisturbed(self.length.noisy, |crowded: &Crowded| crowded.pages.foreign, once)
    }
}

/// The most memory that a process has until this is done.
fn most_memory(process: u32, done: &AtomicBool) -> f64 {
    let mut most = 0.0_f64;
    while !done.load(Ordering::Relaxed) {
        most = most.max(memory(process).unwrap_or_default());
        std::thread::sleep(GLANCE);
    }
    most
}

fn times(outcome: &Outcome, used: Used, rate: f64) -> Times {
    let at = |part| percentile(&outcome.times, part).unwrap_or(Duration::MAX);
    let foreign = used.foreign() / outcome.took.as_secs_f64();
    Times { rate, p50: at(500), p95: at(950), p99: at(990), failures: outcome.failures, foreign }
}

fn round(rate: f64, seconds: f64, used: Used) -> Round {
    let answers = (rate * seconds).max(1e-9);
    Round {
        rate,
        program: used.program / answers * 1e6,
        postgres: used.postgres / answers * 1e6,
        foreign: used.foreign() / seconds,
        failures: 0,
        size: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_shared_among_answers() {
        let used = Used { program: 0.4, postgres: 0.6, bench: 0.5, all: 1.7 };
        let round = round(500.0, 2.0, used);
        assert!((round.program - 400.0).abs() < 1e-6 && (round.postgres - 600.0).abs() < 1e-6);
        assert!((round.cost() - 1_000.0).abs() < 1e-6 && (round.foreign - 0.1).abs() < 1e-6);
    }

    #[test]
    fn a_comparison_is_of_b_to_a() {
        let with = |rate, cost, foreign| Round { rate, program: cost, foreign, ..Round::default() };
        let comparison = Comparison {
            rounds: vec![(with(100.0, 10.0, 0.0), with(50.0, 20.0, 0.1)), (with(10.0, 1.0, 0.0), with(5.0, 2.0, 0.3))],
        };
        assert_eq!(comparison.rate().map(|rate| rate.median), Some(0.5));
        assert_eq!(comparison.cost().map(|cost| cost.median), Some(2.0));
        assert!(comparison.disturbed());
        assert_eq!((comparison.a(|round| round.rate), comparison.b(|round| round.rate)), (Some(55.0), Some(27.5)));
        assert_eq!(Comparison::default().b(|round| round.rate), None);
    }
}
