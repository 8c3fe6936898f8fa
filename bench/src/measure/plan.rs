//! What Postgres does for each page: the program is run on a bank where Postgres explains every slow query as it is asked,
//! with the parameters and the plan that it really has.

use std::{
    fs,
    io::{Read as _, Seek as _, SeekFrom},
    path::Path,
    time::Duration,
};

use super::{
    bank::Cluster,
    client,
    loads::{Load, Sample},
    program::{self, Program},
    selection::{self, Selection},
};
use crate::generate::Words;

/// Parameters of the connection: explain what takes at least so many milliseconds.
const EXPLAIN: &str = "session_preload_libraries=auto_explain auto_explain.log_min_duration=2 auto_explain.log_analyze=on \
                       auto_explain.log_buffers=on";

/// Prints the plans of every load on a bank of this size; those whose names contain `only`.
///
/// # Errors
/// When Postgres or the program does not start.
pub async fn plan(folder: &Path, seed: u64, bank: i64, only: Option<String>) -> anyhow::Result<()> {
    let (folder, kravbank) = (folder.to_owned(), program::beside()?);
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(&folder, seed)).await??;
    let name = cluster.bank(bank).await?;
    let sample = Sample::take(&cluster.options(&name)).await?;
    let words = Words::new(seed)?;
    tokio::task::spawn_blocking(move || {
        let options: Vec<String> = EXPLAIN.split_whitespace().map(|one| format!("-c%20{}", one.replace('=', "%3D"))).collect();
        let url = cluster.url(&name, &format!("&options={}", options.join("%20")));
        let (program, _) = Program::serve(&kravbank, &url, "/om")?;
        let mut log = fs::File::open(cluster.log())?;
        let mut loads = sample.loads(program.address, &words)?;
        loads.extend(sample.timed(&words).into_iter().map(|timed| timed.load));
        let selection = selection::is_wanted(only.as_deref()).then(|| Selection::make(program.address, &sample.numbers));
        let selection = selection.transpose()?;
        loads.extend(selection.iter().flat_map(Selection::exports).map(|timed| timed.load));
        for load in loads {
            if only.as_ref().is_some_and(|only| !load.name.contains(only)) {
                continue;
            }
            let asked = Load { compressed: false, ..load.clone() }.asked(program.address);
            // The second time it is as it will be: read from disk, planned.
            client::fetch_as(&asked, &load.paths[0])?;
            log.seek(SeekFrom::End(0))?;
            client::fetch_as(&asked, &load.paths[0])?;
            // The plan is written when the query ends, a moment around when its answer is sent.
            std::thread::sleep(Duration::from_millis(50));
            let mut said = String::new();
            log.read_to_string(&mut said)?;
            println!("\n## {}: {}\n\n{}", load.name, load.paths[0], short(&said));
        }
        anyhow::Ok(())
    })
    .await?
}

/// The plans without the texts of the queries.
fn short(said: &str) -> String {
    let mut kept = Vec::new();
    let mut in_query = false;
    for line in said.lines() {
        if line.contains("Query Text:") {
            in_query = true;
        } else if line.contains("(cost=") || line.contains("duration:") {
            in_query = false;
        }
        if !in_query && !line.trim().is_empty() {
            kept.push(line.trim_start_matches('\t'));
        }
    }
    if kept.is_empty() { "under 2 ms".to_owned() } else { kept.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn plans_are_kept_and_queries_are_not() {
        let said =
            "LOG:  duration: 5.1 ms  plan:\n\tQuery Text: select 1\n\tfrom x\n\tResult  (cost=0..1)\n\t  Buffers: shared hit=1\n";
        assert_eq!(short(said), "LOG:  duration: 5.1 ms  plan:\nResult  (cost=0..1)\n  Buffers: shared hit=1");
        assert_eq!(short("\n"), "under 2 ms");
    }
}
