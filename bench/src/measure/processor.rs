//! Who used the processor: the program, Postgres, the bench itself, and everybody else on the machine.

use std::fs;

use anyhow::Context;

/// Seconds of processor time that were used since the start of the processes, at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Used {
    /// The program measured.
    pub program: f64,
    /// Postgres with all its processes.
    pub postgres: f64,
    /// The bench and the tools that it runs.
    pub bench: f64,
    /// All that the machine did, time taken by other machines on the same iron included.
    pub all: f64,
}

impl Used {
    /// What was used from then until now.
    #[must_use]
    pub fn since(self, then: Self) -> Self {
        Self {
            program: self.program - then.program,
            postgres: self.postgres - then.postgres,
            bench: self.bench - then.bench,
            all: self.all - then.all,
        }
    }

    /// What nobody here used.
    pub fn foreign(self) -> f64 {
        (self.all - self.program - self.postgres - self.bench).max(0.0)
    }
}

/// The processes to look at; a missing one uses nothing.
#[derive(Debug, Clone, Default)]
pub struct Processes {
    /// The program measured.
    pub program: Option<u32>,
    /// The postmaster.
    pub postmaster: Option<u32>,
    /// Others whose time is the bench's own: ceilings or programs that wait for their round.
    pub others: Vec<u32>,
}

impl Processes {
    /// What they have used so far.
    ///
    /// # Errors
    /// When `/proc` cannot be read.
    pub fn used(&self) -> anyhow::Result<Used> {
        let ticks = f64::from(u32::try_from(rustix::param::clock_ticks_per_second()).unwrap_or(100));
        #[expect(clippy::cast_precision_loss, reason = "ticks of some hours")]
        let seconds = |ticks_used: u64| ticks_used as f64 / ticks;
        let alone = |process: Option<u32>| process.map_or(0, |process| stat(process).map_or(0, |stat| stat.own));
        let machine = fs::read_to_string("/proc/stat").context("/proc/stat")?;
        Ok(Used {
            program: seconds(alone(self.program)),
            postgres: seconds(self.postmaster.map_or(0, family)),
            // Children that have ended, such as pgbench, count with the bench.
            bench: seconds(
                stat(std::process::id()).map_or(0, |stat| stat.own + stat.children)
                    + self.others.iter().map(|other| alone(Some(*other))).sum::<u64>(),
            ),
            all: seconds(busy(&machine)),
        })
    }
}

/// Ticks of a process, and of those of its children that have ended and been waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    parent: u32,
    own: u64,
    children: u64,
}

fn stat(process: u32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

fn parse(stat: &str) -> Option<Stat> {
    // The name in brackets may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(Stat { parent: u32::try_from(number(1)?).ok()?, own: number(11)? + number(12)?, children: number(13)? + number(14)? })
}

/// Ticks of a process, its living children, and its ended ones.
fn family(parent: u32) -> u64 {
    let own = stat(parent).map_or(0, |stat| stat.own + stat.children);
    let living = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| {
        let process: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        stat(process).filter(|stat| stat.parent == parent)
    });
    own + living.map(|stat| stat.own + stat.children).sum::<u64>()
}

/// Ticks in which any processor did something, or was kept from it by another machine: all but idle and waiting for disks.
/// What guests use stands in user time already.
fn busy(machine: &str) -> u64 {
    let ticks: Vec<u64> = machine
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|tick| tick.parse().ok())
        .collect();
    ticks.iter().enumerate().filter(|(place, _)| !matches!(place, 3 | 4)).map(|(_, tick)| tick).sum()
}

/// Memory of the process that is its own or in use, in megabytes (`VmRSS`).
pub fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes: u32 = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()?;
    Some(f64::from(kilobytes) / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_is_skipped() {
        let stat = "41 (a (b) c) S 7 41 41 0 -1 4194560 1 2 3 4 11 22 33 44 20 0 1 0 100";
        assert_eq!(parse(stat), Some(Stat { parent: 7, own: 33, children: 77 }));
        assert_eq!(parse("nothing"), None);
    }

    #[test]
    fn idle_and_waiting_is_not_busy() {
        assert_eq!(busy("cpu  1 2 4 800 1600 8 16 32 64 128\ncpu0 9 9 9"), 63);
    }

    #[test]
    fn foreign_is_what_is_left() {
        let used = Used { program: 1.0, postgres: 0.5, bench: 0.25, all: 2.0 };
        assert!((used.foreign() - 0.25).abs() < 1e-9);
        assert!(Used { all: 0.0, ..used }.foreign().abs() < 1e-9);
    }

    #[test]
    fn this_process_uses_something() {
        let used = Processes::default().used().expect("/proc");
        assert!(used.all > 0.0 && memory(std::process::id()).is_some_and(|megabytes| megabytes > 1.0));
    }
}
