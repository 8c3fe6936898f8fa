//! Postgres alone, asked by pgbench for the very document that the page of a requirement is made of.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, bail};

use super::{bank::Cluster, client::CONNECTIONS};

/// What the program asks for each page of a requirement.
const QUERY: &str = include_str!("../../../src/portal/reads/requirement.sql");
/// Names for `$1` … `$6`.
const NAMES: [&str; 6] = ["level", "organisations", "now", "today", "number", "version"];

/// The script: a number is drawn, the query is asked as a prepared statement.
pub fn script(most: i64) -> String {
    let mut query = QUERY.to_owned();
    for (place, name) in NAMES.iter().enumerate().rev() {
        query = query.replace(&format!("${}", place + 1), &format!(":{name}"));
    }
    // No variable can be null.
    let query = query.replace(":version", "nullif(:version, 0)");
    let lines: Vec<&str> = query.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    format!("\\set number random(1, {most})\n{};\n", lines.join("\n"))
}

/// Runs the script for so many seconds; gives transactions a second.
///
/// # Errors
/// When pgbench is missing or fails.
pub fn run(cluster: &Cluster, database: &str, script: &Path, now: time::OffsetDateTime, seconds: u64) -> anyhow::Result<f64> {
    let stamp = now.format(&time::format_description::well_known::Rfc3339)?;
    let output = Command::new(cluster.binaries().join("pgbench"))
        .envs(cluster.environment())
        .env("PGOPTIONS", "-c timezone=UTC")
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=1"])
        .arg(format!("--client={CONNECTIONS}"))
        .arg(format!("--time={seconds}"))
        .args(["-D", "level=0", "-D", "organisations={}", "-D", "version=0", "-D"])
        .arg(format!("now={stamp}"))
        .arg("-D")
        .arg(format!("today={}", now.date()))
        .arg("--file")
        .arg(script)
        .arg(database)
        .output()
        .context("pgbench")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("pgbench: {}", String::from_utf8_lossy(&output.stderr));
    }
    tps(&said).with_context(|| format!("pgbench says no tps: {said}"))
}

/// Writes the script where Postgres' tools can read it.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path, most: i64) -> anyhow::Result<std::path::PathBuf> {
    let path = folder.join(format!("requirement-{most}.sql"));
    fs::write(&path, script(most))?;
    Ok(path)
}

fn tps(said: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix("tps = "))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_asks_with_variables() {
        let script = script(1_000);
        assert!(script.starts_with("\\set number random(1, 1000)\n"), "{script}");
        assert!(
            script.contains("where number = :number")
                && script.contains("may_see(v.audience, v.owner_org, :level, :organisations)")
        );
        assert!(!script.contains('$') && !script.contains("\n--"), "{script}");
    }

    #[test]
    fn the_rate_is_read() {
        assert_eq!(tps("latency average = 2.1 ms\ntps = 7493.52 (without initial connection time)\n"), Some(7493.52));
        assert_eq!(tps("nothing"), None);
    }
}
