//! What another Kravbanken can read in: lines of the exchange format. A file holds a requirement once, so the first version of
//! each stands in one file, the second in the next; read in one after the other they give the same versions with the same
//! numbers and the same hashes. What the format has no room for, and what must not come into force again, is left out and listed.

use serde_json::{Map, Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    super::row::VersionRow,
    files::{Folder, Lines},
    table::{Table, columns},
};
use crate::{kernel::clock, requirements::lifecycle::State};

/// As much as a file of the exchange format may hold, with room to spare.
const MOST_ROWS: u64 = 50_000;
const MOST_BYTES: u64 = 64 << 20;

/// Keys that are handed on as they are. One that says nothing clears what the version before said.
const KEYS: [&str; 34] = [
    "id",
    "version",
    "title",
    "title_en",
    "text",
    "text_en",
    "type",
    "level",
    "rationale",
    "rationale_en",
    "proportionality",
    "legal_floor",
    "guidance",
    "limitations",
    "evidence",
    "answer",
    "award",
    "follow_up",
    "applies_to",
    "cpv",
    "objectives",
    "agenda_goals",
    "eforms",
    "references",
    "parameters",
    "exemptions",
    "definitions",
    "appendices",
    "builds_on",
    "changes",
    "change_note",
    "running_contracts",
    "review_by",
    "transition_until",
];
/// Those of the last version alone: on the way there another requirement may have had the place in the family.
const LAST_KEYS: [&str; 2] = ["family", "relation_to_lower"];

/// What becomes of a requirement's versions.
pub(super) struct Standing {
    /// Why none of them is read in, if so.
    whole: Option<&'static str>,
    /// For each: why it is not read in, if so.
    each: Vec<Option<&'static str>>,
}

impl Standing {
    /// Looks at all versions of a requirement, in their order.
    pub(super) fn of(rows: &[VersionRow]) -> Self {
        let each: Vec<Option<&'static str>> = rows
            .iter()
            .map(|row| match row.state.as_str() {
                _ if row.not_shown_since.is_some() => Some("not_shown"),
                state if State::from_code(state) != Some(State::Decided) => Some("revoked"),
                _ => None,
            })
            .collect();
        // What was before would come into force again.
        let last = each.iter().rfind(|why| **why != Some("revoked"));
        let whole = if rows.iter().any(|row| row.repealed.is_some()) {
            Some("repealed")
        } else if rows.iter().any(|row| row.stopped.is_some()) {
            Some("stopped")
        } else {
            last.copied().unwrap_or(Some("revoked"))
        };
        Self { whole, each }
    }
}

/// The files, each for the first, the second … version of every requirement.
pub(super) struct Importable {
    open: Vec<Part>,
    left_out: Table,
}

struct Part {
    number: usize,
    lines: Lines,
}

impl Importable {
    pub(super) fn new(folder: &Folder) -> anyhow::Result<Self> {
        Ok(Self { open: Vec::new(), left_out: Table::new(folder, "import/left-out.csv", columns::LEFT_OUT)? })
    }

    /// The versions of one requirement, in their order, as the API gives them.
    pub(super) fn add(&mut self, folder: &mut Folder, standing: &Standing, bodies: Vec<Value>) -> anyhow::Result<()> {
        let mut taken = Vec::new();
        for (body, why) in bodies.into_iter().zip(&standing.each) {
            match why.or(standing.whole) {
                Some(why) => self.left_out.row(&json!({"id": body["id"], "version": body["version"], "why": why}))?,
                None => taken.push(body),
            }
        }
        let count = taken.len();
        for (place, body) in taken.iter().enumerate() {
            self.part(folder, place)?.line(&line(body, place + 1 == count))?;
        }
        Ok(())
    }

    /// The file for the version at this place; another one when it is full.
    fn part(&mut self, folder: &mut Folder, place: usize) -> anyhow::Result<&mut Lines> {
        let begin = |folder: &Folder, number: usize| -> anyhow::Result<Part> {
            let name = format!("import/version-{:04}-{number:04}.jsonl", place + 1);
            Ok(Part { number, lines: folder.lines(&name)? })
        };
        if self.open.len() <= place {
            self.open.push(begin(folder, 1)?);
        }
        let part = &mut self.open[place];
        if part.lines.rows() >= MOST_ROWS || part.lines.bytes() >= MOST_BYTES {
            let full = std::mem::replace(part, begin(folder, part.number + 1)?);
            folder.keep(full.lines)?;
        }
        Ok(&mut part.lines)
    }

    /// Ends the files.
    pub(super) fn keep(self, folder: &mut Folder) -> anyhow::Result<()> {
        for part in self.open {
            folder.keep(part.lines)?;
        }
        self.left_out.keep(folder)
    }
}

/// A version as a line of the exchange format.
fn line(body: &Value, last: bool) -> Value {
    let keys = KEYS.iter().chain(LAST_KEYS.iter().filter(|_| last));
    let mut line: Map<String, Value> = keys.map(|key| ((*key).to_owned(), body[*key].clone())).collect();
    // What holds of a reference now is no part of what is decided.
    for reference in line.get_mut("references").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(reference) = reference.as_object_mut() {
            reference.remove("status");
            reference.remove("replaced_by");
        }
    }
    // By name, so that `--create-groups` can make what another bank does not have.
    line.insert("product_area".to_owned(), body["product_area_name"].clone());
    line.insert("product_group".to_owned(), body["product_group_name"].clone());
    line.insert("effective_from".to_owned(), from(&body["valid_from"]));
    Value::Object(line)
}

/// The day that it took effect, or the moment where that was not the beginning of a day.
fn from(valid_from: &Value) -> Value {
    let Some(moment) = valid_from.as_str().and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()) else {
        return Value::Null;
    };
    let day = clock::in_sweden(moment).date();
    if clock::start_of_day(day) == moment { json!(day.to_string()) } else { valid_from.clone() }
}
