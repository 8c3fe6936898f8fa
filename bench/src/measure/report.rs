//! Results as Markdown, and where they stand in a document.

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::Context;

use super::{
    rounds::{Comparison, FOREIGN, Round},
    run::{LARGE, Measured, Results},
    targets::{Verdict, targets},
};
use crate::stats::Spread;

/// What stands between these lines is written by a run.
const BEGIN: &str = "<!-- bench: results begin -->";
const END: &str = "<!-- bench: results end -->";

/// Puts the results between the marks of a document.
///
/// # Errors
/// When the document has no such marks.
pub fn write(path: &Path, results: &str) -> anyhow::Result<()> {
    let document = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    fs::write(path, replace(&document, results).with_context(|| format!("{} has no marks", path.display()))?)?;
    Ok(())
}

fn replace(document: &str, results: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", results.trim()))
}

/// The results.
pub fn text(results: &Results) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write!(text, "{}\n\n{}\n\n{}\n\n{}", head(results), gates(results), ceilings(results), loads(results));
    let _ = write!(text, "\n\n{}", writes(results));
    text
}

fn disturbed(results: &Results) -> bool {
    let mut all: Vec<&Comparison> = vec![&results.static_page, &results.last_page];
    all.extend(results.pgbench.as_ref());
    all.extend(results.growth.iter().map(|(_, comparison)| comparison));
    all.extend(results.ceilings.iter().map(|(_, comparison)| comparison));
    all.extend(results.loads.iter().map(|measured| &measured.comparison));
    all.iter().any(|comparison| comparison.disturbed())
        || results.loads.iter().any(|measured| measured.times.is_some_and(|times| times.foreign > FOREIGN))
}

fn head(results: &Results) -> String {
    let kind = if results.settings.short { "short" } else { "full" };
    let busy = if disturbed(results) {
        format!(
            "\n\n**Made on a busy machine**: rounds are kept in which others used more than {FOREIGN} of a core (marked ⚠). Ratios \
             hold roughly, percentiles do not."
        )
    } else {
        format!("\n\nIn no round did others use more than {FOREIGN} of a core.")
    };
    format!(
        "A {kind} run of {} on {}, {}, seed {}.{busy}",
        results.at.date(),
        results.machine,
        results.postgres,
        results.settings.seed
    )
}

fn gates(results: &Results) -> String {
    let mut text = "### Targets\n\n| | measured | | gate | goal | |\n|---|--:|---|--:|--:|---|\n".to_owned();
    for target in targets(results) {
        let verdict = match (target.verdict(), target.later) {
            (Verdict::Missing, _) => "not measured".to_owned(),
            (Verdict::Failed, Some(later)) => format!("not yet: {later}"),
            (Verdict::Failed, None) => "**fails**".to_owned(),
            (Verdict::Passed, _) => "passes".to_owned(),
            (Verdict::Goal, _) => "reaches the goal".to_owned(),
        };
        let unit = target.unit;
        let value = target.value.map_or_else(|| "–".to_owned(), |value| format!("{} {unit}", figure(value)));
        let _ = writeln!(
            text,
            "| {} | {value} | {} | {} {unit} | {} {unit} | {verdict} |",
            target.name,
            target.note,
            figure(target.gate),
            figure(target.goal)
        );
    }
    text.push_str(
        "\nNot yet, since the product does not have them: comments, publishing in the browser, the mixed load, exports. Not in \
         this run: the peers.",
    );
    text
}

fn ceilings(results: &Results) -> String {
    let mut text =
        "### What the machine can do\n\n| page of the same size | answers/s | CPU µs | of (a) |\n|---|--:|--:|--:|\n".to_owned();
    if let Some((_, first)) = results.ceilings.first() {
        let a = |of: fn(&Round) -> f64| {
            crate::stats::spread(&first.rounds.iter().map(|(a, _)| of(a)).collect::<Vec<_>>()).map_or(0.0, |s| s.median)
        };
        let _ = writeln!(text, "| (a) axum, a static page | {} | {} | |", figure(a(|r| r.rate)), figure(a(Round::cost)));
    }
    for (name, comparison) in &results.ceilings {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            figure(comparison.b(|round| round.rate)),
            figure(comparison.b(Round::cost)),
            share(comparison.rate())
        );
    }
    if let Some(comparison) = &results.pgbench {
        let rates: Vec<f64> = comparison.rounds.iter().map(|(a, _)| a.rate).collect();
        let costs: Vec<f64> = comparison.rounds.iter().map(|(a, _)| a.postgres).collect();
        let median = |figures: &[f64]| crate::stats::spread(figures).map_or(0.0, |s| s.median);
        let _ = writeln!(
            text,
            "| pgbench, the query of the requirement's page, prepared | {} | {} | |",
            figure(median(&rates)),
            figure(median(&costs))
        );
    }
    text
}

fn loads(results: &Results) -> String {
    let mut text =
        "### Loads\n\n| requirements | load | KB | answers/s | of (c) | CPU µs: program | Postgres | p50 ms | p99 ms | |\n\
                    |--:|---|--:|--:|--:|--:|--:|--:|--:|---|\n"
            .to_owned();
    for measured in &results.loads {
        let Measured { bank, load, comparison, times } = measured;
        let time = |of: fn(&super::rounds::Times) -> Duration| {
            times.as_ref().map_or_else(|| "–".to_owned(), |times| figure(of(times).as_secs_f64() * 1e3))
        };
        let failures: usize =
            comparison.rounds.iter().map(|(_, b)| b.failures).sum::<usize>() + times.map_or(0, |times| times.failures);
        let mut marks = Vec::new();
        if failures > 0 {
            marks.push(format!("{failures} failed"));
        }
        if comparison.disturbed() || times.is_some_and(|times| times.foreign > FOREIGN) {
            marks.push("⚠".to_owned());
        }
        #[expect(clippy::cast_precision_loss, reason = "some kilobytes")]
        let size = comparison.b(|round| round.size as f64 / 1024.0);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            if *bank == LARGE { "100,000" } else { "1,000" },
            load.name,
            figure(size),
            figure(comparison.b(|round| round.rate)),
            share(comparison.rate()),
            figure(comparison.b(|round| round.program)),
            figure(comparison.b(|round| round.postgres)),
            time(|times| times.p50),
            time(|times| times.p99),
            marks.join(", ")
        );
    }
    text
}

fn writes(results: &Results) -> String {
    let (median, p99) = results.fsync;
    let mut text = format!(
        "### Writes\n\nWriting 8 KB through to the disk took {} ms (median), {} ms (p99).\n\n\
         | requirements | load | s | a requirement, ms | CPU µs |\n|--:|---|--:|--:|--:|\n",
        figure(median.as_secs_f64() * 1e3),
        figure(p99.as_secs_f64() * 1e3)
    );
    for import in &results.imports {
        #[expect(clippy::cast_precision_loss, reason = "a thousand")]
        let each = import.took.as_secs_f64() * 1e3 / import.requirements as f64;
        let _ = writeln!(
            text,
            "| {} | import of {} as in force, one transaction | {} | {} | {} |",
            if import.bank == LARGE { "100,000" } else { "1,000" },
            import.requirements,
            figure(import.took.as_secs_f64()),
            figure(each),
            figure(import.cost)
        );
    }
    let _ = write!(text, "\nCold start on the bank of 100,000: {} s.", figure(results.cold.1.as_secs_f64()));
    text
}

fn share(spread: Option<Spread>) -> String {
    spread.map_or_else(
        || "–".to_owned(),
        |s| format!("{} % ({}–{})", figure(s.median * 100.0), figure(s.min * 100.0), figure(s.max * 100.0)),
    )
}

/// Three digits that say something.
fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 99.95 => {
            let digits = format!("{value:.0}");
            let mut grouped = String::new();
            for (place, digit) in digits.chars().enumerate() {
                if place > 0 && (digits.len() - place).is_multiple_of(3) && !grouped.ends_with('-') {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            grouped
        }
        size if size >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits() {
        assert_eq!(
            [figure(0.1234), figure(12.34), figure(123.4), figure(55_123.0), figure(1_234_567.0)].join(" "),
            "0.12 12.3 123 55,123 1,234,567"
        );
    }

    #[test]
    fn results_stand_between_the_marks() {
        let document = format!("# A\n\n{BEGIN}\nold\n{END}\n\nafter\n");
        assert_eq!(replace(&document, "new\n"), Some(format!("# A\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n")));
        assert_eq!(replace("no marks", "new"), None);
    }
}
