//! What is to be reached: a gate that must hold and a goal, each with what was measured.

use std::time::Duration;

use super::run::{LARGE, Results, SMALL};

/// How a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The goal is reached.
    Goal,
    /// The gate is passed.
    Passed,
    /// It is not.
    Failed,
    /// It was not measured.
    Missing,
}

/// A target with what was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What it is about.
    pub name: String,
    /// What was measured; none where it was not.
    pub value: Option<f64>,
    /// What must hold.
    pub gate: f64,
    /// What is wished for.
    pub goal: f64,
    /// `%`, `×`, `ms`, `MB`, `s`.
    pub unit: &'static str,
    /// Whether more is better.
    pub more: bool,
    /// Why it does not bind yet.
    pub later: Option<&'static str>,
    /// More about the figure: least and greatest, the worst class.
    pub note: String,
}

impl Target {
    /// How it stands.
    pub fn verdict(&self) -> Verdict {
        let Some(value) = self.value else { return Verdict::Missing };
        let reaches = |limit: f64| if self.more { value >= limit } else { value <= limit };
        if reaches(self.goal) {
            Verdict::Goal
        } else if reaches(self.gate) {
            Verdict::Passed
        } else {
            Verdict::Failed
        }
    }
}

fn target(name: &str, unit: &'static str, gate: f64, goal: f64, value: Option<f64>) -> Target {
    Target { name: name.to_owned(), value, gate, goal, unit, more: unit == "%", later: None, note: String::new() }
}

fn spread(target: Target, spread: Option<crate::stats::Spread>, times: f64) -> Target {
    let note = spread.map_or(String::new(), |s| format!("{:.2}–{:.2}", s.min * times, s.max * times));
    Target { value: spread.map(|s| s.median * times), note, ..target }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Every target that can be measured today.
pub fn targets(results: &Results) -> Vec<Target> {
    let mut all = vec![
        Target {
            later: Some("needs the cache of pages, a later step"),
            ..spread(target("requirement, br, of (a) in br", "%", 60.0, 90.0, None), results.static_page.rate(), 100.0)
        },
        spread(
            target("requirement, uncompressed, of pgbench with the same query", "%", 50.0, 75.0, None),
            results.pgbench.as_ref().and_then(super::rounds::Comparison::rate),
            100.0,
        ),
        // The last page takes so many times as long as the first.
        spread(
            target("list at 100,000: first page / last page, answers a second", "×", 1.5, 1.1, None),
            results.last_page.rate().map(|s| crate::stats::Spread { median: 1.0 / s.median, min: 1.0 / s.max, max: 1.0 / s.min }),
            1.0,
        ),
    ];
    all.extend(searches(results));
    for measured in &results.timed {
        if let Some((gate, goal)) = measured.timed.limit {
            let value = measured.alone.map(|alone| milliseconds(alone.times.p50));
            all.push(target(&format!("{}, one after the other", measured.timed.load.name), "ms", gate, goal, value));
        }
    }
    for ((name, megabytes), (gate, goal)) in
        ["memory, 1,000, idle", "memory, 1,000, after 1,000 pages", "memory, 100,000, after all loads"]
            .into_iter()
            .zip(results.memory)
            .zip([(96.0, 48.0), (160.0, 96.0), (512.0, 256.0)])
    {
        all.push(target(name, "MB", gate, goal, Some(megabytes)));
    }
    // What holds for memory holds at its most, too.
    let most = results.timed.iter().filter_map(|measured| Some((measured.beside?.1.memory[1], measured.timed.load.name)));
    let most = most.max_by(|a, b| a.0.total_cmp(&b.0));
    all.push(Target {
        note: most.map_or(String::new(), |(_, name)| name.to_owned()),
        ..target("memory, 100,000, most beside a crowd", "MB", 512.0, 256.0, most.map(|(megabytes, _)| megabytes))
    });
    let seconds: Vec<f64> = results.cold.0.iter().map(Duration::as_secs_f64).collect();
    all.push(spread(
        target("cold start to the first page, database there", "s", 0.5, 0.1, None),
        crate::stats::spread(&seconds),
        1.0,
    ));
    for (name, comparison) in &results.growth {
        all.push(spread(
            target(&format!("CPU of a request, 1,000 → 100,000: {name}"), "×", 2.0, 1.2, None),
            comparison.cost(),
            1.0,
        ));
    }
    let import = |bank: i64| results.imports.iter().find(|import| import.bank == bank).map(|import| import.cost);
    let grown = import(LARGE).zip(import(SMALL)).map(|(large, small)| large / small);
    all.push(target("CPU of a write, 1,000 → 100,000: a requirement read in", "×", 2.0, 1.2, grown));
    all
}

/// The slowest class of search, at p99 and at p50.
fn searches(results: &Results) -> Vec<Target> {
    let classes = || results.loads.iter().filter(|measured| measured.bank == LARGE && measured.load.search);
    let worst = |of: fn(&super::rounds::Times) -> Duration| {
        classes()
            .filter_map(|measured| measured.times.as_ref().map(|times| (milliseconds(of(times)), measured.load.name)))
            .max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let make = |name: &str, gate, goal, worst: Option<(f64, &str)>| Target {
        note: worst.map_or(String::new(), |(_, class)| class.to_owned()),
        ..target(name, "ms", gate, goal, worst.map(|(value, _)| value))
    };
    vec![
        make("search at 100,000, half load, slowest class, p99", 200.0, 3.0, worst(|times| times.p99)),
        make("search at 100,000, half load, slowest class, p50", 60.0, 3.0, worst(|times| times.p50)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_judged_by_its_direction() {
        let more = |value| target("share", "%", 50.0, 75.0, Some(value)).verdict();
        assert_eq!([more(49.9), more(50.0), more(75.0)], [Verdict::Failed, Verdict::Passed, Verdict::Goal]);
        let less = |value| target("growth", "×", 2.0, 1.2, Some(value)).verdict();
        assert_eq!([less(2.1), less(2.0), less(1.2)], [Verdict::Failed, Verdict::Passed, Verdict::Goal]);
        assert_eq!(target("none", "s", 1.0, 0.5, None).verdict(), Verdict::Missing);
    }
}
