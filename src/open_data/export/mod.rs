//! `kravbank export-all`: all that the bank says in public, as files that need no Kravbanken to be read. It is what a visitor
//! who has not signed in may see, of one moment, written as it is read: the memory it takes does not grow with the bank.

mod files;
mod importable;
mod table;

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub use files::Manifest;
use files::{Folder, Lines};
use importable::Importable;
use table::{Table, columns};

use super::{body::Links, decisions, openapi, organisations::Wanted, row::VersionRow, store};
use crate::kernel::{
    actor::Viewer,
    clock,
    i18n::{Lang, Texts},
};

/// Requirements that are read at a time.
const STRETCH: i64 = 200;
/// Rows of other lists that are read at a time.
const PAGE: i64 = 500;
/// How the files are made; another number when they are made in another way.
const FORMAT: u32 = 1;
/// What is in each file, for whoever opens the folder without the bank.
const ABOUT_EXPORT: &str = include_str!("../../../docs/export-format.md");
const ABOUT_EXCHANGE: &str = include_str!("../../../docs/exchange-format.md");
const README: &str = include_str!("readme.md");

/// What is written, and what is said of it.
#[derive(Debug)]
pub struct Bank<'a> {
    /// The address of the bank, without the slash at its end.
    pub base: &'a str,
    /// Whether it is the example bank.
    pub example: bool,
    /// The only time there is.
    pub now: OffsetDateTime,
}

/// Writes everything into a folder, which has to be empty. `progress` is told how far the numbers of requirements are gone
/// through. The list of files, `manifest.json`, is written last: without it the folder is not whole.
///
/// # Errors
/// When the database is away or the disk is full.
pub async fn write(
    connection: &mut PgConnection,
    bank: &Bank<'_>,
    folder: &Path,
    progress: &(dyn Fn(i64, i64) + Sync),
) -> anyhow::Result<Manifest> {
    store::begin_snapshot(connection).await?;
    let written = write_all(connection, bank, folder, progress).await;
    store::end_snapshot(connection).await?;
    written
}

async fn write_all(
    connection: &mut PgConnection,
    bank: &Bank<'_>,
    folder: &Path,
    progress: &(dyn Fn(i64, i64) + Sync),
) -> anyhow::Result<Manifest> {
    let mut folder = Folder::new(folder);
    let said = requirements(connection, bank, &mut folder, progress).await?;
    sorted_by(connection, bank, &mut folder).await?;
    organisations(connection, bank, &mut folder).await?;
    decisions(connection, bank, &mut folder).await?;
    references(connection, &mut folder).await?;
    let described = openapi::describe(bank.base).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    folder.text("openapi.json", &(serde_json::to_string_pretty(&described)? + "\n"))?;
    folder.text("docs/export-format.md", ABOUT_EXPORT)?;
    folder.text("docs/exchange-format.md", ABOUT_EXCHANGE)?;
    let created_at = bank.now.to_offset(time::UtcOffset::UTC).format(&Rfc3339)?;
    let notice = bank.example.then(|| Texts(Lang::Sv).open_data_export_example());
    let readme = README
        .replace("{base}", bank.base)
        .replace("{created}", &Lang::Sv.moment(bank.now))
        .replace("{notice}", &notice.map(|text| format!("**{text}.**\n\n")).unwrap_or_default());
    folder.text("README.md", &readme)?;
    folder.finish(json!({
        "format": "kravbanken-export", "format_version": FORMAT, "created_at": created_at, "base_url": bank.base,
        "program_version": env!("CARGO_PKG_VERSION"), "licence": "CC0-1.0", "notice": notice, "counts": said,
    }))
}

/// How much there was.
#[derive(Debug, Default, Serialize)]
struct Counts {
    requirements: u64,
    versions: u64,
    not_shown: u64,
}

async fn requirements(
    connection: &mut PgConnection,
    bank: &Bank<'_>,
    folder: &mut Folder,
    progress: &(dyn Fn(i64, i64) + Sync),
) -> anyhow::Result<Counts> {
    let viewer = Viewer::anonymous();
    let last = store::stretch(connection, 0, i64::MAX).await?.unwrap_or(0);
    let mut all = folder.lines("requirements.jsonl")?;
    let mut table = Table::new(folder, "requirements.csv", columns::REQUIREMENTS)?;
    let mut importable = Importable::new(folder)?;
    let mut counts = Counts::default();
    let mut after = 0;
    while let Some(until) = store::stretch(connection, after, STRETCH).await? {
        let rows = store::all_versions(connection, &viewer, bank.now, after, until).await?;
        for of_one in by_requirement(rows) {
            counts.requirements += 1;
            let standing = importable::Standing::of(&of_one);
            let mut bodies = Vec::new();
            for row in of_one {
                counts.versions += 1;
                counts.not_shown += u64::from(row.not_shown_since.is_some());
                let body = body(row, bank)?;
                all.line(&body)?;
                table.row(&body)?;
                bodies.push(body);
            }
            importable.add(folder, &standing, bodies)?;
        }
        progress(until, last);
        after = until;
    }
    folder.keep(all)?;
    table.keep(folder)?;
    importable.keep(folder)?;
    Ok(counts)
}

/// The versions of each requirement; they come one after the other.
fn by_requirement(rows: Vec<VersionRow>) -> Vec<Vec<VersionRow>> {
    let mut grouped: Vec<Vec<VersionRow>> = Vec::new();
    for row in rows {
        match grouped.last_mut() {
            Some(same) if same.last().is_some_and(|last| last.number == row.number) => same.push(row),
            _ => grouped.push(vec![row]),
        }
    }
    grouped
}

/// A version as the API gives it; of one whose text may not be shown what can be said of it.
fn body(row: VersionRow, bank: &Bank<'_>) -> anyhow::Result<Value> {
    let Some(since) = row.not_shown_since else {
        return Ok(serde_json::to_value(row.body(bank.base, bank.now)?)?);
    };
    let text = |at: Option<OffsetDateTime>| at.and_then(|at| at.to_offset(time::UtcOffset::UTC).format(&Rfc3339).ok());
    Ok(json!({
        "id": row.id().to_string(), "version": row.version, "status": row.standing(bank.now).code(),
        "valid_from": text(row.valid_from), "valid_to": text(row.valid_to), "origin": row.origin,
        "sha256": row.sha256, "hash_scheme": row.hash_scheme,
        "not_shown": {"since": text(Some(since)), "reason": row.not_shown_reason},
        "links": Links::to(bank.base, row.id(), row.version),
    }))
}

/// Areas with groups, objectives and CPV.
async fn sorted_by(connection: &mut PgConnection, bank: &Bank<'_>, folder: &mut Folder) -> anyhow::Result<()> {
    let areas = store::areas(connection, clock::in_sweden(bank.now).date(), bank.now).await?.items;
    let mut lines = folder.lines("product-areas.jsonl")?;
    let mut table = Table::new(folder, "product-groups.csv", columns::GROUPS)?;
    for area in areas {
        let area = serde_json::to_value(area)?;
        lines.line(&area)?;
        for group in area["groups"].as_array().into_iter().flatten() {
            let mut group = group.clone();
            group["area"] = area["slug"].clone();
            group["area_name"] = area["name"].clone();
            table.row(&group)?;
        }
    }
    folder.keep(lines)?;
    table.keep(folder)?;

    let mut both = Both::new(folder, "objectives", columns::OBJECTIVES)?;
    for objective in store::objectives(connection, bank.now).await?.items {
        both.add(&objective)?;
    }
    both.keep(folder)?;

    let mut both = Both::new(folder, "cpv", columns::CPV)?;
    let mut tabbed = folder.lines("import/cpv.tsv")?;
    for page in 0.. {
        let codes = store::cpv(connection, None, &[], page * PAGE, PAGE, bank.now).await?.items;
        if codes.is_empty() {
            break;
        }
        for code in codes {
            tabbed.plain(&format!("{}\t{}\t{}", code.code, code.name, code.name_en))?;
            both.add(&code)?;
        }
    }
    folder.keep(tabbed)?;
    both.keep(folder)
}

async fn organisations(connection: &mut PgConnection, bank: &Bank<'_>, folder: &mut Folder) -> anyhow::Result<()> {
    let today = clock::in_sweden(bank.now).date();
    let mut both = Both::new(folder, "organisations", columns::ORGANISATIONS)?;
    for page in 0.. {
        let wanted = Wanted { offset: page * PAGE, limit: PAGE, ..Wanted::default() };
        let found = store::organisations(connection, &wanted, today, bank.now).await?.items;
        if found.is_empty() {
            break;
        }
        for organisation in found {
            both.add(&organisation.body(bank.base))?;
        }
    }
    both.keep(folder)
}

/// Decisions, the latest first, without names of persons.
async fn decisions(connection: &mut PgConnection, bank: &Bank<'_>, folder: &mut Folder) -> anyhow::Result<()> {
    let mut both = Both::new(folder, "decisions", columns::DECISIONS)?;
    let mut wanted = decisions::Wanted { limit: PAGE, ..decisions::Wanted::default() };
    loop {
        let mut found = store::decisions(connection, &Viewer::anonymous(), &wanted).await?.items;
        // One more than the page holds tells that there are more.
        let more = i64::try_from(found.len())? > PAGE;
        found.truncate(usize::try_from(PAGE)?);
        wanted.after = found.last().map(|last| decisions::After { number: last.key() });
        for decision in found {
            both.add(&decision.body(bank.base).without_names())?;
        }
        if !more {
            break;
        }
    }
    both.keep(folder)
}

async fn references(connection: &mut PgConnection, folder: &mut Folder) -> anyhow::Result<()> {
    let mut both = Both::new(folder, "references", columns::REFERENCES)?;
    for page in 0.. {
        let found = store::references(connection, &Viewer::anonymous(), page * PAGE, PAGE).await?;
        if found.is_empty() {
            break;
        }
        for reference in found {
            both.add(&reference)?;
        }
    }
    both.keep(folder)
}

/// The same rows as lines of JSON and as a table.
struct Both {
    lines: Lines,
    table: Table,
}

impl Both {
    fn new(folder: &Folder, name: &str, columns: &'static [table::Column]) -> anyhow::Result<Self> {
        let lines = folder.lines(&format!("{name}.jsonl"))?;
        Ok(Self { lines, table: Table::new(folder, &format!("{name}.csv"), columns)? })
    }

    fn add(&mut self, row: &impl Serialize) -> anyhow::Result<()> {
        let row = serde_json::to_value(row)?;
        self.lines.line(&row)?;
        self.table.row(&row)
    }

    fn keep(self, folder: &mut Folder) -> anyhow::Result<()> {
        folder.keep(self.lines)?;
        self.table.keep(folder)
    }
}
