//! The command line of the bench.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kravbank::kernel::db;
use kravbank_bench::generate;

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
    }
}
