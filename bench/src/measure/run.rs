//! One run, from the start of Postgres to the last figure.

use std::{
    fs,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use sqlx::{ConnectOptions, Connection};

use super::{
    bank::Cluster,
    client::{self, Asked},
    disturbance::Disturbance,
    loads::{FIRST, ITEM, ITEM_BR, LAST, Load, Sample, Timed},
    pgbench, processor,
    program::{self, Program},
    rounds::{Alone, Comparison, Crowded, Length, Meter, Subject, Times},
    selection::{self, Selection},
};
use crate::{
    generate::{self, Bank, Words},
    stats::percentile,
};

/// The two sizes that are compared.
pub const SMALL: i64 = 1_000;
/// The larger.
pub const LARGE: i64 = 100_000;
/// Requirements in the file that is read in.
const IMPORTED: i64 = 1_000;
/// Times that the program is started for its cold start.
const STARTS: usize = 5;
/// Pages of requirements a second that are timed beside a crowd.
pub const BESIDE: f64 = 50.0;
/// Loads that are measured on the small bank, too.
const ON_SMALL: &[&str] = &[
    ITEM,
    ITEM_BR,
    FIRST,
    "start page",
    "group, the largest",
    "API, requirement",
    "API, list, first page",
    "search, a common word",
];

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the cluster is kept.
    pub folder: PathBuf,
    /// The seed of the banks.
    pub seed: u64,
    /// Shorter rounds, and fewer.
    pub short: bool,
    /// Disturbed rounds are kept.
    pub noisy: bool,
    /// Only loads whose names contain this.
    pub only: Option<String>,
}

/// A load with what came of it.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Requirements in the bank.
    pub bank: i64,
    /// The load.
    pub load: Load,
    /// Against ceiling (c).
    pub comparison: Comparison,
    /// At half the rate of the closed loop; none where nothing was answered, or others disturbed it.
    pub times: Option<Times>,
}

/// A load that was timed by itself.
#[derive(Debug, Clone)]
pub struct MeasuredAlone {
    /// Requirements in the bank.
    pub bank: i64,
    /// The load.
    pub timed: Timed,
    /// One request after the other; none where others disturbed it.
    pub alone: Option<Alone>,
    /// Pages of requirements at one and the same rate: with nothing beside them, and beside the crowd. None without a crowd,
    /// or where others disturbed it.
    pub beside: Option<(Times, Crowded)>,
}

/// An import of new requirements as in force.
#[derive(Debug, Clone, Copy)]
pub struct Import {
    /// Requirements in the bank before.
    pub bank: i64,
    /// Requirements read in.
    pub requirements: i64,
    /// How long it took.
    pub took: Duration,
    /// Microseconds of processor time for one, the program's and Postgres'.
    pub cost: f64,
}

/// All figures of a run.
#[derive(Debug, Clone)]
pub struct Results {
    /// How it was made.
    pub settings: Settings,
    /// When it began, in UTC.
    pub at: time::OffsetDateTime,
    /// What Postgres calls itself.
    pub postgres: String,
    /// The processor and how many there are of it.
    pub machine: String,
    /// Median and p99 of writing 8 KB through to the disk.
    pub fsync: (Duration, Duration),
    /// (a) for A; (a) in br, (b) and (c) for B.
    pub ceilings: Vec<(&'static str, Comparison)>,
    /// Every load.
    pub loads: Vec<Measured>,
    /// Every load that is timed by itself.
    pub timed: Vec<MeasuredAlone>,
    /// The compressed item against (a) in br.
    pub static_page: Comparison,
    /// The item against pgbench; none without pgbench.
    pub pgbench: Option<Comparison>,
    /// The list's last page against its first, on the large bank.
    pub last_page: Comparison,
    /// The large bank against the small one: item, list.
    pub growth: Vec<(&'static str, Comparison)>,
    /// Imports into both banks.
    pub imports: Vec<Import>,
    /// Megabytes: started, after a thousand pages, and on the large bank after all loads.
    pub memory: [f64; 3],
    /// From the start of the process to its first page; the large bank's last.
    pub cold: (Vec<Duration>, Duration),
    /// The first list after a start, which reads the catalogue: small bank, large bank.
    pub first_list: [Duration; 2],
    /// How long it took.
    pub took: Duration,
    /// Rounds that were made anew since others disturbed them, and those that were disturbed all the same.
    pub disturbed: (usize, usize),
}

fn say(text: &str) {
    eprintln!("{} {text}", kravbank::kernel::clock::Clock::System.now().time().to_string().split('.').next().unwrap_or_default());
}

/// Makes the run.
///
/// # Errors
/// When Postgres or a program does not start, or does not answer.
pub async fn run(settings: Settings) -> anyhow::Result<Results> {
    let (at, started) = (kravbank::kernel::clock::Clock::System.now(), Instant::now());
    let kravbank = program::beside()?;
    let (folder, seed) = (settings.folder.clone(), settings.seed);
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(&folder, seed)).await??;
    let names = [cluster.bank(SMALL).await?, cluster.bank(LARGE).await?];
    let samples = [Sample::take(&cluster.options(&names[0])).await?, Sample::take(&cluster.options(&names[1])).await?];
    let mut connection = cluster.options(&names[0]).connect().await?;
    let postgres: String = sqlx::query_scalar("select split_part(version(), ' on ', 1)").fetch_one(&mut connection).await?;
    let groups = generate::groups(&mut connection).await?;
    connection.close().await?;
    let file = generate::exchange(&Bank::new(seed, LARGE, groups, &[])?, IMPORTED)?;
    let length = if settings.short {
        Length { rounds: 2, round: Duration::from_secs(1), open: Duration::from_secs(2), noisy: settings.noisy }
    } else {
        Length { rounds: 3, round: Duration::from_secs(3), open: Duration::from_secs(6), noisy: settings.noisy }
    };
    // As long again for rounds that are made anew, or so.
    let patience = if settings.short { Duration::from_mins(5) } else { Duration::from_mins(20) };
    let run = Run { settings, patience, at, postgres, kravbank, names, samples, words: Words::new(seed)?, length };
    // Loads block; imports come last, when nobody uses the banks that are copied.
    let (mut results, run, cluster) = tokio::task::spawn_blocking(move || {
        let results = run.measure(&cluster)?;
        anyhow::Ok((results, run, cluster))
    })
    .await??;
    for (bank, name) in [SMALL, LARGE].into_iter().zip(&run.names) {
        let what = format!("import of {IMPORTED} into {bank}");
        if run.settings.only.as_ref().is_some_and(|only| !what.contains(only)) {
            continue;
        }
        say(&what);
        let copy = cluster.copy(name).await?;
        // What was measured before is told all the same.
        match run.import(&cluster, bank, &copy, &file) {
            Ok(import) => results.imports.push(import),
            Err(error) => say(&format!("import: {error:#}")),
        }
        cluster.drop_database(&copy).await?;
    }
    results.took = started.elapsed();
    Ok(results)
}

struct Run {
    settings: Settings,
    patience: Duration,
    at: time::OffsetDateTime,
    postgres: String,
    kravbank: PathBuf,
    names: [String; 2],
    samples: [Sample; 2],
    words: Words,
    length: Length,
}

fn subject(program: &Program, paths: Arc<[String]>, compressed: bool) -> Subject {
    Subject::Pages {
        asked: Asked { address: program.address, paths, compressed, cookie: None, apart: false },
        process: program.process(),
    }
}

/// How long a program takes for its first list.
fn first_list(program: &Program) -> anyhow::Result<Duration> {
    let started = Instant::now();
    client::fetch(program.address, "/krav", false)?;
    Ok(started.elapsed())
}

fn find<'a>(loads: &'a [Load], name: &str) -> anyhow::Result<&'a Load> {
    loads.iter().find(|load| load.name == name).with_context(|| format!("no load {name}"))
}

impl Run {
    fn measure(&self, cluster: &Cluster) -> anyhow::Result<Results> {
        let first = |place: usize| format!("/krav/KB-{:04}", self.samples[place].numbers.first().copied().unwrap_or(1));
        let url = |place: usize| cluster.url(&self.names[place], "");
        say("cold starts and memory");
        let mut cold = Vec::new();
        for _ in 1..STARTS {
            cold.push(Program::serve(&self.kravbank, &url(0), &first(0))?.1);
        }
        let (small, time) = Program::serve(&self.kravbank, &url(0), &first(0))?;
        cold.push(time);
        std::thread::sleep(Duration::from_secs(2));
        let idle = processor::memory(small.process()).unwrap_or_default();
        for number in &self.samples[0].numbers {
            client::fetch(small.address, &format!("/krav/KB-{number:04}"), true)?;
        }
        let hot = processor::memory(small.process()).unwrap_or_default();
        let (large, cold_large) = Program::serve(&self.kravbank, &url(1), &first(1))?;
        let first_list = [first_list(&small)?, first_list(&large)?];
        let ceilings = self.ceilings(cluster, small.address)?;
        let programs = vec![small.process(), large.process(), ceilings.process()];
        let meter = Meter { cluster, length: self.length, programs, disturbance: Disturbance::with(self.patience) };
        let paths = |path: &str| -> Arc<[String]> { Arc::new([path.to_owned()]) };
        say("ceilings");
        let bare = subject(&ceilings, paths("/a"), false);
        let bare_br = subject(&ceilings, paths("/a-br"), true);
        let numbers: Arc<[String]> = self.samples[0].numbers.iter().map(|number| format!("/c/{number}")).collect();
        let one_row = subject(&ceilings, numbers, false);
        let mut measured = Vec::new();
        for (name, other) in [
            ("(a) the same, br", &bare_br),
            ("(b) axum and askama, data in memory", &subject(&ceilings, paths("/b"), false)),
            ("(c) one indexed SELECT and askama", &one_row),
        ] {
            measured.push((name, meter.compare(&bare, other)?));
        }
        let banks = [
            (&small, SMALL, self.samples[0].loads(small.address, &self.words)?),
            (&large, LARGE, self.samples[1].loads(large.address, &self.words)?),
        ];
        let of = |place: usize, name: &str| {
            let (program, _, loads) = &banks[place];
            find(loads, name).map(|load| subject(program, load.paths.clone(), load.compressed))
        };
        say("comparisons");
        let static_page = meter.compare(&bare_br, &of(0, ITEM_BR)?)?;
        let script = pgbench::write(&self.settings.folder, SMALL)?;
        let alone = Subject::Pgbench { script, database: self.names[0].clone() };
        let pgbench = match meter.compare(&alone, &of(0, ITEM)?) {
            Ok(comparison) => Some(comparison),
            Err(error) => {
                say(&format!("pgbench: {error:#}"));
                None
            }
        };
        let last_page = meter.compare(&of(1, FIRST)?, &of(1, LAST)?)?;
        let mut growth = Vec::new();
        for (name, load) in [("requirement", ITEM), ("list", FIRST)] {
            growth.push((name, meter.compare(&of(0, load)?, &of(1, load)?)?));
        }
        let mut loads = Vec::new();
        for (program, bank, all) in &banks {
            for load in all.iter().filter(|load| *bank == LARGE || ON_SMALL.contains(&load.name)) {
                if self.settings.only.as_ref().is_none_or(|only| load.name.contains(only)) {
                    say(&format!("{bank}: {}", load.name));
                    loads.push(Self::load(&meter, &one_row, program, *bank, load)?);
                }
            }
        }
        let item = find(&banks[1].2, ITEM)?.asked(large.address);
        let mut timed = Vec::new();
        for one in self.samples[1].timed(&self.words) {
            if self.settings.only.as_ref().is_none_or(|only| one.load.name.contains(only)) {
                say(&format!("{LARGE}: {}", one.load.name));
                timed.push(Self::timed(&meter, &large, LARGE, &item, one)?);
            }
        }
        if selection::is_wanted(self.settings.only.as_deref()) {
            timed.extend(self.exports(&meter, [&small, &large], &item)?);
        }
        let large_memory = processor::memory(large.process()).unwrap_or_default();
        Ok(Results {
            settings: self.settings.clone(),
            at: self.at,
            postgres: self.postgres.clone(),
            machine: machine(),
            fsync: fsync(&self.settings.folder)?,
            ceilings: measured,
            loads,
            timed,
            static_page,
            pgbench,
            last_page,
            growth,
            imports: Vec::new(),
            memory: [idle, hot, large_memory],
            cold: (cold, cold_large),
            first_list,
            took: Duration::ZERO,
            disturbed: meter.disturbance.counts(),
        })
    }

    fn load(meter: &Meter<'_>, ceiling: &Subject, program: &Program, bank: i64, load: &Load) -> anyhow::Result<Measured> {
        let asked = load.asked(program.address);
        let pages = Subject::Pages { asked: asked.clone(), process: program.process() };
        let comparison = meter.compare(ceiling, &pages)?;
        let times = match comparison.b(|round| round.rate / 2.0) {
            Some(rate) if rate > 0.0 => meter.open(&asked, program.process(), rate)?,
            _ => None,
        };
        Ok(Measured { bank, load: load.clone(), comparison, times })
    }

    /// The files of a selection, on both banks; with a crowd on the large one.
    fn exports(&self, meter: &Meter<'_>, programs: [&Program; 2], item: &Asked) -> anyhow::Result<Vec<MeasuredAlone>> {
        let mut measured = Vec::new();
        for ((bank, program), sample) in [SMALL, LARGE].into_iter().zip(programs).zip(&self.samples) {
            let selection = Selection::make(program.address, &sample.numbers)?;
            for one in selection.exports() {
                if self.settings.only.as_ref().is_none_or(|only| one.load.name.contains(only)) {
                    say(&format!("{bank}: {}", one.load.name));
                    let one = if bank == LARGE { one } else { Timed::from(one.load) };
                    measured.push(Self::timed(meter, program, bank, item, one)?);
                }
            }
        }
        Ok(measured)
    }

    fn timed(meter: &Meter<'_>, program: &Program, bank: i64, item: &Asked, timed: Timed) -> anyhow::Result<MeasuredAlone> {
        let asked = timed.load.asked(program.address);
        let alone = meter.alone(&asked, program.process())?;
        let beside = match timed.crowd {
            Some(many) => {
                let quiet = meter.open(item, program.process(), BESIDE)?;
                quiet.zip(meter.beside(item, program.process(), BESIDE, &asked, many)?)
            }
            None => None,
        };
        Ok(MeasuredAlone { bank, timed, alone, beside })
    }

    /// The ceilings, with the bytes of a real page.
    fn ceilings(&self, cluster: &Cluster, address: SocketAddr) -> anyhow::Result<Program> {
        let path = format!("/krav/KB-{:04}", self.samples[0].numbers.first().copied().unwrap_or(1));
        let files = [("page.html", false), ("page.html.br", true)].map(|(name, compressed)| {
            let (body, encoding) = client::fetch(address, &path, compressed)?;
            if compressed != (encoding.as_deref() == Some("br")) {
                bail!("{path} came as {encoding:?}");
            }
            let file = self.settings.folder.join(name);
            fs::write(&file, body)?;
            Ok(file)
        });
        let [page, compressed] = files;
        Program::ceilings(&cluster.url(&self.names[0], ""), &page?, &compressed?)
    }

    /// The program's own import into a database that nobody else uses.
    fn import(&self, cluster: &Cluster, bank: i64, database: &str, text: &str) -> anyhow::Result<Import> {
        let file = self.settings.folder.join("import.jsonl");
        fs::write(&file, text)?;
        let processes = processor::Processes { program: None, postmaster: Some(cluster.postmaster()?), others: Vec::new() };
        let before = processes.used()?;
        let started = Instant::now();
        let output = Command::new(&self.kravbank)
            .args(["import", "--as", "current", "--reference", "bench"])
            .arg(&file)
            .env("DATABASE_URL", cluster.url(database, ""))
            .output()?;
        let took = started.elapsed();
        if !output.status.success() {
            let said = [output.stdout, output.stderr].concat();
            let said: String = String::from_utf8_lossy(&said).chars().take(2_000).collect();
            bail!("the import ended with {}: {said}", output.status);
        }
        let used = processes.used()?.since(before);
        #[expect(clippy::cast_precision_loss, reason = "a thousand")]
        // The import was a child of the bench and has ended; the bench itself only waited.
        let cost = (used.bench + used.postgres) * 1e6 / IMPORTED as f64;
        Ok(Import { bank, requirements: IMPORTED, took, cost })
    }
}

/// Median and p99 of writing 8 KB through to the disk that the cluster is on.
fn fsync(folder: &Path) -> anyhow::Result<(Duration, Duration)> {
    let path = folder.join("fsync");
    let mut file = fs::File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let started = Instant::now();
        file.write_all(&[7; 8_192])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    fs::remove_file(&path)?;
    let at = |part| percentile(&times, part).unwrap_or_default();
    Ok((at(500), at(990)))
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    format!("{cores} × {}", name.trim_start_matches([':', ' ', '\t']))
}
