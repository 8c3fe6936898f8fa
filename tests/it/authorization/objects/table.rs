//! The tables of `objects.md`, read.

/// One kind of object.
#[derive(Debug)]
pub(super) struct Table {
    /// What it is.
    pub(super) heading: String,
    /// The states, in the order of the columns.
    pub(super) states: Vec<String>,
    /// The database's tables that it stands in, which are put back after each change.
    pub(super) kept: Vec<String>,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// What is answered to somebody at one address.
#[derive(Debug)]
pub(super) struct Row {
    /// Method and pattern.
    pub(super) route: String,
    /// Who asks.
    pub(super) who: String,
    /// The fields of a form.
    pub(super) sent: String,
    /// One for each state.
    pub(super) statuses: Vec<u16>,
}

/// Reads them.
pub(super) fn tables(text: &str) -> Vec<Table> {
    text.split("\n## ").filter(|part| part.contains("\n| Route |")).map(table).collect()
}

fn table(text: &str) -> Table {
    let heading = text.lines().next().unwrap_or_default().trim_start_matches("## ").to_owned();
    let kept = text.lines().find_map(|line| line.strip_prefix("Kept in: ")).expect("a line that says where it is kept");
    let kept = kept.trim_end_matches('.').split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
    let mut lines = text.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = lines.next().expect("a head");
    assert_eq!(head[..3], ["Route", "Who", "Sent"], "{heading}");
    let states = head[3..].to_vec();
    let rows = lines.skip(1).map(|cells| row(&heading, &cells, states.len())).collect();
    Table { heading, states, kept, rows }
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn row(heading: &str, cells: &[String], states: usize) -> Row {
    assert_eq!(cells.len(), states + 3, "{heading}: {cells:?}");
    let statuses = cells[3..].iter().map(|cell| cell.parse().unwrap_or_else(|_| panic!("{heading}: {cells:?}"))).collect();
    Row { route: cells[0].replace('`', ""), who: cells[1].clone(), sent: cells[2].trim_matches('`').to_owned(), statuses }
}
