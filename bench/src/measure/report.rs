//! Results as Markdown, and where they stand in a document.

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::Context;

use super::{
    disturbance::FOREIGN,
    rounds::Round,
    run::{BESIDE, LARGE, Measured, MeasuredAlone, Results},
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
    let _ = write!(text, "\n\n{}\n\n{}", alone(results), writes(results));
    text
}

fn head(results: &Results) -> String {
    let kind = if results.settings.short { "short" } else { "full" };
    let (again, disturbed) = results.disturbed;
    let busy = match (results.settings.noisy, disturbed) {
        (true, _) => format!(
            "**Rounds are kept in which others on the machine used more than {FOREIGN} of a core** (marked ⚠). Ratios hold roughly, \
             percentiles do not."
        ),
        (false, 0) => format!("In no round did others use more than {FOREIGN} of a core; {again} were made anew for that."),
        (false, _) => format!(
            "**Others were busy on the machine**: {again} rounds were made anew since they used more than {FOREIGN} of a core, and \
             {disturbed} were disturbed all the same and thrown away. A figure of which nothing is left is –."
        ),
    };
    format!(
        "A {kind} run of {} on {}, {}, seed {}; {} minutes.\n\n{busy}",
        results.at.date(),
        results.machine,
        results.postgres,
        results.settings.seed,
        results.took.as_secs().div_ceil(60)
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
        "\nNot yet, since the product does not have them: comments, publishing in the browser, the mixed load. Not in \
         this run: the peers. *Not measured*: others disturbed every round.",
    );
    text
}

fn ceilings(results: &Results) -> String {
    let mut text =
        "### What the machine can do\n\n| page of the same size | answers/s | CPU µs | of (a) |\n|---|--:|--:|--:|\n".to_owned();
    if let Some((_, first)) = results.ceilings.first() {
        let _ = writeln!(
            text,
            "| (a) axum, a static page | {} | {} | |",
            maybe(first.a(|round| round.rate)),
            maybe(first.a(Round::cost))
        );
    }
    for (name, comparison) in &results.ceilings {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            maybe(comparison.b(|round| round.rate)),
            maybe(comparison.b(Round::cost)),
            share(comparison.rate())
        );
    }
    if let Some(comparison) = &results.pgbench {
        let _ = writeln!(
            text,
            "| pgbench, the query of the requirement's page, prepared | {} | {} | |",
            maybe(comparison.a(|round| round.rate)),
            maybe(comparison.a(|round| round.postgres))
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
        let disturbed = comparison.disturbed() || times.is_some_and(|times| times.foreign > FOREIGN);
        #[expect(clippy::cast_precision_loss, reason = "some kilobytes")]
        let size = comparison.b(|round| round.size as f64 / 1024.0);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            requirements(*bank),
            load.name,
            maybe(size),
            maybe(comparison.b(|round| round.rate)),
            share(comparison.rate()),
            maybe(comparison.b(|round| round.program)),
            maybe(comparison.b(|round| round.postgres)),
            time(|times| times.p50),
            time(|times| times.p99),
            marks(failures, disturbed)
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
            requirements(import.bank),
            import.requirements,
            figure(import.took.as_secs_f64()),
            figure(each),
            figure(import.cost)
        );
    }
    let [small, large] = results.first_list.map(|time| figure(time.as_secs_f64()));
    let _ = write!(
        text,
        "\n### After a start\n\nCold start on the bank of 100,000: {} s. The first list after a start, which reads the catalogue: {small} s \
         at 1,000, {large} s at 100,000.",
        figure(results.cold.1.as_secs_f64())
    );
    text
}

/// What is timed by itself.
fn alone(results: &Results) -> String {
    let mut text = "### One request after the other\n\nEvery other page and call.\n\n\
                    | requirements | load | KB | p50 ms | p99 ms | CPU µs: program | Postgres | |\n\
                    |--:|---|--:|--:|--:|--:|--:|---|\n"
        .to_owned();
    for MeasuredAlone { bank, timed, alone, .. } in &results.timed {
        let (bank, name) = (requirements(*bank), timed.load.name);
        let Some(alone) = alone else {
            let _ = writeln!(text, "| {bank} | {name} | – | – | – | – | – | |");
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "some kilobytes")]
        let size = alone.size as f64 / 1024.0;
        let _ = writeln!(
            text,
            "| {bank} | {name} | {} | {} | {} | {} | {} | {} |",
            figure(size),
            milliseconds(alone.times.p50),
            milliseconds(alone.times.p99),
            figure(alone.program),
            figure(alone.postgres),
            marks(alone.times.failures, alone.times.foreign > FOREIGN)
        );
    }
    text.push_str(&crowds(results));
    text
}

/// Pages of requirements beside those who ask for what is large.
fn crowds(results: &Results) -> String {
    let rows: Vec<String> = results.timed.iter().filter_map(crowd).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\n### Pages beside what is large\n\nPages of requirements on the bank of 100,000, {} a second, first with nothing beside \
         them, then beside so many who ask for something large at once. Memory of the program: before, the most meanwhile, two \
         seconds after.\n\n\
         | beside | p50 ms: without | with | p95 ms: without | with | p99 ms: without | with | | those: answers/s | p50 ms | p99 ms | | \
         memory MB | | |\n|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|---|--:|--:|--:|\n{}",
        figure(BESIDE),
        rows.concat()
    )
}

fn crowd(measured: &MeasuredAlone) -> Option<String> {
    let (many, (quiet, beside)) = (measured.timed.crowd?, measured.beside?);
    let (pages, crowd) = (beside.pages, beside.crowd);
    let times = [quiet.p50, pages.p50, quiet.p95, pages.p95, quiet.p99, pages.p99].map(milliseconds).join(" | ");
    let disturbed = quiet.foreign > FOREIGN || pages.foreign > FOREIGN;
    Some(format!(
        "| {many} × {} | {times} | {} | {} | {} | {} | {} | {} |\n",
        measured.timed.load.name,
        marks(quiet.failures + pages.failures, disturbed),
        figure(crowd.rate),
        milliseconds(crowd.p50),
        milliseconds(crowd.p99),
        marks(crowd.failures, false),
        beside.memory.map(figure).join(" | ")
    ))
}

fn milliseconds(time: Duration) -> String {
    figure(time.as_secs_f64() * 1e3)
}

fn requirements(bank: i64) -> &'static str {
    if bank == LARGE { "100,000" } else { "1,000" }
}

fn marks(failures: usize, disturbed: bool) -> String {
    let failed = (failures > 0).then(|| format!("{failures} failed"));
    failed.into_iter().chain(disturbed.then(|| "⚠".to_owned())).collect::<Vec<_>>().join(", ")
}

fn maybe(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), figure)
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
