//! The command line of the bench.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use kravbank::kernel::db;
use kravbank_bench::{
    generate,
    measure::{ceiling, plan, report, run, targets},
};

/// Fills banks and measures the program.
#[derive(Debug, Parser)]
#[command(name = "bench", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill an empty database with requirements; it is migrated first
    Gen {
        /// How many requirements: 1k, 10k, 100k, or a number
        #[arg(long, value_parser = count, default_value = "1k")]
        n: i64,
        /// The same seed gives the same bank
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The database, as superuser
        #[arg(long, env = "DATABASE_URL")]
        database_url: String,
    },
    /// Measure: ceilings, loads, gates, at 1,000 and at 100,000 requirements
    Run {
        /// Shorter rounds, and fewer: about eight minutes instead of twenty
        #[arg(long)]
        short: bool,
        /// Keep rounds that others on the machine disturbed, and make none anew; the results say so
        #[arg(long)]
        noisy: bool,
        /// Only loads whose names contain this
        #[arg(long)]
        only: Option<String>,
        /// Put the results between the marks of this document
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
        #[command(flatten)]
        kept: Kept,
    },
    /// Show what Postgres does for each page
    Plan {
        /// How many requirements
        #[arg(long, value_parser = count, default_value = "100k")]
        n: i64,
        /// Only loads whose names contain this
        #[arg(long)]
        only: Option<String>,
        #[command(flatten)]
        kept: Kept,
    },
    /// Serve the ceilings; `run` starts this itself
    #[command(hide = true)]
    Ceiling {
        /// A page
        page: PathBuf,
        /// The same, compressed
        compressed: PathBuf,
        /// The database
        #[arg(long, env = "DATABASE_URL")]
        database_url: String,
    },
}

/// Banks are made once and kept.
#[derive(Debug, Args)]
struct Kept {
    /// Where the cluster with the banks is kept; about 4 GB
    #[arg(long, default_value = "/var/tmp/kravbank-bench", value_name = "FOLDER")]
    dir: PathBuf,
    /// The seed of the banks
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Reads `1k`, `100k` or a number.
fn count(text: &str) -> Result<i64, String> {
    let (digits, times) = text.strip_suffix('k').map_or((text, 1), |digits| (digits, 1_000));
    digits
        .parse::<i64>()
        .ok()
        .filter(|n| (1..=1_000_000).contains(n))
        .map(|n| n * times)
        .ok_or_else(|| format!("{text} is no number"))
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(cli.command))
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Gen { n, seed, database_url } => {
            let options = db::options(&database_url)?;
            db::migrate(&options, false).await?;
            let report = generate::fill(&options, n, seed).await?;
            for (step, time) in &report.steps {
                println!("{:>7.1} s  {step}", time.as_secs_f64());
            }
            println!(
                "{} requirements, {} versions, {} search documents, {} MB; {} invariants hold",
                report.requirements,
                report.versions,
                report.documents,
                report.bytes / 1_000_000,
                report.invariants.len()
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Run { short, noisy, only, write, kept } => {
            let settings = run::Settings { folder: kept.dir, seed: kept.seed, short, noisy, only };
            let results = run::run(settings).await?;
            let text = report::text(&results);
            println!("{text}");
            if let Some(path) = write {
                report::write(&path, &text)?;
            }
            let failed = targets::targets(&results)
                .iter()
                .any(|target| target.verdict() == targets::Verdict::Failed && target.later.is_none());
            Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Command::Plan { n, only, kept } => {
            plan::plan(&kept.dir, kept.seed, n, only).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Ceiling { page, compressed, database_url } => {
            ceiling::serve(db::options(&database_url)?, &page, &compressed).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
