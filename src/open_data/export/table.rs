//! Tables of an export: CSV for whatever reads it, made of the same objects as the lines of JSON.

use anyhow::Context;
use office_files::csv::{Dialect, Writer};
use serde_json::Value;

use super::files::{Folder, Out};

/// A column: its heading, and where its value lies in the object.
pub(super) type Column = (&'static str, &'static str);

/// The columns of each table. They keep their order; new ones come at the end.
pub(super) mod columns {
    use super::Column;

    pub(in super::super) const REQUIREMENTS: &[Column] = &[
        ("id", "/id"),
        ("version", "/version"),
        ("status", "/status"),
        ("title", "/title"),
        ("title_en", "/title_en"),
        ("text", "/text"),
        ("text_en", "/text_en"),
        ("type", "/type"),
        ("level", "/level"),
        ("family", "/family"),
        ("relation_to_lower", "/relation_to_lower"),
        ("rationale", "/rationale"),
        ("rationale_en", "/rationale_en"),
        ("proportionality", "/proportionality"),
        ("legal_floor", "/legal_floor"),
        ("guidance", "/guidance"),
        ("limitations", "/limitations"),
        ("evidence", "/evidence"),
        ("answer", "/answer"),
        ("award", "/award"),
        ("follow_up", "/follow_up"),
        ("applies_to", "/applies_to"),
        ("parameters", "/parameters"),
        ("exemptions", "/exemptions"),
        ("definitions", "/definitions"),
        ("appendices", "/appendices"),
        ("references", "/references"),
        ("product_area", "/product_area"),
        ("product_group", "/product_group"),
        ("cpv", "/cpv"),
        ("objectives", "/objectives"),
        ("agenda_goals", "/agenda_goals"),
        ("eforms", "/eforms"),
        ("builds_on", "/builds_on"),
        ("changes", "/changes"),
        ("change_note", "/change_note"),
        ("running_contracts", "/running_contracts"),
        ("review_by", "/review_by"),
        ("transition_until", "/transition_until"),
        ("valid_from", "/valid_from"),
        ("valid_to", "/valid_to"),
        ("origin", "/origin"),
        ("decision", "/decision/number"),
        ("stopped", "/stopped/reason"),
        ("repealed", "/repealed/reason"),
        ("not_shown", "/not_shown/reason"),
        ("sha256", "/sha256"),
        ("url", "/links/html"),
    ];
    pub(in super::super) const GROUPS: &[Column] = &[
        ("path", "/path"),
        ("area", "/area"),
        ("area_name", "/area_name"),
        ("name", "/name"),
        ("name_en", "/name_en"),
        ("description", "/description"),
        ("description_en", "/description_en"),
        ("owner", "/owner/procurement_area"),
        ("owner_name", "/owner/name"),
        ("owner_from", "/owner/from"),
        ("owner_to", "/owner/to"),
        ("cpv", "/cpv"),
    ];
    pub(in super::super) const OBJECTIVES: &[Column] = &[
        ("slug", "/slug"),
        ("name", "/name"),
        ("name_en", "/name_en"),
        ("description", "/description"),
        ("description_en", "/description_en"),
    ];
    pub(in super::super) const CPV: &[Column] = &[("code", "/code"), ("name", "/name"), ("name_en", "/name_en")];
    pub(in super::super) const ORGANISATIONS: &[Column] = &[
        ("slug", "/slug"),
        ("kind", "/kind"),
        ("name", "/name"),
        ("name_en", "/name_en"),
        ("short_name", "/short_name"),
        ("short_name_en", "/short_name_en"),
        ("about", "/about"),
        ("about_en", "/about_en"),
        ("homepage", "/homepage"),
        ("nuts", "/nuts"),
        ("procurement_area", "/procurement_area/procurement_area"),
        ("product_groups", "/product_groups"),
        ("url", "/links/html"),
    ];
    pub(in super::super) const REFERENCES: &[Column] = &[
        ("kind", "/kind"),
        ("name", "/name"),
        ("edition", "/edition"),
        ("url", "/url"),
        ("in_force_from", "/in_force_from"),
        ("in_force_to", "/in_force_to"),
        ("status", "/status"),
        ("replaced_by", "/replaced_by"),
    ];
    pub(in super::super) const DECISIONS: &[Column] = &[
        ("number", "/number"),
        ("kind", "/kind"),
        ("title", "/title"),
        ("decided_on", "/decided_on"),
        ("decided_at", "/decided_at"),
        ("organisation", "/decided_by/organisation/name"),
        ("body", "/body"),
        ("met_on", "/met_on"),
        ("paragraph", "/paragraph"),
        ("dnr", "/dnr"),
        ("reasons", "/reasons"),
        ("consequences", "/consequences"),
        ("emergency", "/emergency/reason"),
        ("reviewed_at", "/emergency/review/at"),
        ("reference", "/file/reference"),
        ("corrects", "/corrects"),
        ("corrected_by", "/corrected_by"),
        ("proposals", "/proposals"),
        ("item_count", "/item_count"),
        ("items", "/items"),
        ("url", "/links/html"),
    ];
    pub(in super::super) const LEFT_OUT: &[Column] = &[("id", "/id"), ("version", "/version"), ("why", "/why")];
}

/// A table that is being written.
pub(super) struct Table {
    writer: Writer<Out>,
    columns: &'static [Column],
}

impl Table {
    /// Begins one with its headings.
    pub(super) fn new(folder: &Folder, name: &str, columns: &'static [Column]) -> anyhow::Result<Self> {
        let mut writer = Writer::new(folder.begin(name)?, Dialect::Plain)?;
        writer.row(columns.iter().map(|(heading, _)| *heading))?;
        Ok(Self { writer, columns })
    }

    /// One more row.
    pub(super) fn row(&mut self, object: &Value) -> anyhow::Result<()> {
        let cells = self.columns.iter().map(|(_, place)| object.pointer(place).map(cell).unwrap_or_default());
        self.writer.row(cells).context("a row that cannot be written")
    }

    /// Ends it.
    pub(super) fn keep(self, folder: &mut Folder) -> anyhow::Result<()> {
        let (out, written) = self.writer.finish()?;
        folder.end(out, Some(written.rows.saturating_sub(1)))
    }
}

/// What a cell says: plain values as they are, lists of them with a blank line between texts and a semicolon between words,
/// everything else as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| item.is_string() || item.is_number()) => {
            let items: Vec<String> = items.iter().map(cell).collect();
            let word = |item: &String| !item.contains(|c: char| c.is_whitespace() || c == ';');
            items.join(if items.iter().all(word) { ";" } else { "\n\n" })
        }
        other => other.to_string(),
    }
}
