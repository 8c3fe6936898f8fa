//! A selection for programs. Names are those of the exchange format where it has them; what was decided stands unfilled, what
//! the tender says stands in `written_out`. Described in `docs/exchange-format.md`.

use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    kernel::i18n::Lang,
    requirements::{content::HASH_SCHEME, fields},
    selections::{
        document::{Document, Item, Options, Origin, Part, Side},
        reads::rows::{ClauseText, Decided, WholeRow, WholeSelection, WordedClause},
    },
};

/// The version of this form; it grows when a name changes its meaning or goes.
const VERSION: u8 = 1;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    format_version: u8,
    selection: About<'a>,
    exported_on: String,
    source: &'static str,
    base_url: &'a str,
    licence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    languages: &'static [&'static str],
    hash_scheme: i16,
    requirements: Vec<Requirement<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    id: Uuid,
    name: &'a str,
}

#[derive(Serialize)]
struct Requirement<'a> {
    id: String,
    version: i32,
    cited: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_en: Option<&'a str>,
    #[serde(rename = "type")]
    kind: fields::Kind,
    level: fields::Level,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repealed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wording: Option<Wording<'a>>,
    written_out: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    written_out_en: Vec<&'a str>,
    clauses: &'a [ClauseText],
    parameters: &'a [fields::Parameter],
    values: &'a Map<String, Value>,
    exemptions: Vec<&'a fields::Exemption>,
    definitions: &'a [fields::Definition],
    appendices: &'a [fields::Appendix],
    references: &'a [fields::Reference],
    #[serde(skip_serializing_if = "Option::is_none")]
    applies_to: Option<&'a fields::AppliesTo>,
    evidence: Vec<Evidence<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a fields::Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    award: Option<&'a fields::Award>,
    #[serde(skip_serializing_if = "Option::is_none")]
    follow_up: Option<&'a fields::FollowUp>,
    product_area: &'a str,
    product_group: &'a str,
    objectives: &'a [String],
    eforms: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<&'a str>,
}

/// The buyer's own wording.
#[derive(Serialize)]
struct Wording<'a> {
    builds_on: String,
    reason: &'a str,
    clauses: &'a [WordedClause],
}

/// Evidence with its English text.
#[derive(Serialize)]
struct Evidence<'a> {
    kind: fields::EvidenceKind,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_en: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<fields::Due>,
    #[serde(skip_serializing_if = "Option::is_none")]
    equivalent_accepted: Option<bool>,
}

/// The whole file. `document` is in both languages, whatever was asked: a program picks its own.
pub fn write(
    selection: &WholeSelection,
    document: &Document,
    options: Options,
    origin: Origin<'_>,
) -> serde_json::Result<Vec<u8>> {
    let rows = selection.rows.iter().filter(|row| options.kind.is_none_or(|kind| kind == row.kind));
    let items = document.items().map(|(_, item)| item);
    let requirements = rows.zip(items).map(|(row, item)| requirement(row, item, options, origin));
    let file = File {
        format: "kravbanken-selection",
        format_version: VERSION,
        selection: About { id: selection.id, name: &selection.name },
        exported_on: document.date.to_string(),
        source: "Kravbanken",
        base_url: origin.base_url,
        licence: "CC0-1.0",
        notice: document.notice.as_ref().map(|notice| notice.text.clone()),
        languages: &["sv", "en"],
        hash_scheme: HASH_SCHEME,
        requirements: requirements.collect(),
    };
    let mut bytes = Vec::with_capacity(4096 * (1 + file.requirements.len()));
    serde_json::to_writer(&mut bytes, &file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn requirement<'a>(row: &'a WholeRow, item: &'a Item, options: Options, origin: Origin<'_>) -> Requirement<'a> {
    let core = row.core.as_ref();
    let lines = || item.block(Part::Clauses).into_iter().flat_map(|block| &block.lines).filter_map(|line| line.text.as_ref());
    // What builds on a text that may not be shown is not shown either.
    let wording = row.wording.as_ref().filter(|_| core.is_some());
    let unchanged = core.filter(|_| row.wording.is_none());
    let english = |text: &'a Option<String>| text.as_deref().filter(|text| !text.is_empty());
    let today = crate::kernel::clock::in_sweden(origin.now).date();
    Requirement {
        id: row.number().to_string(),
        version: row.version,
        cited: &item.cited,
        title: core.map_or(&item.title.text, |_| &row.title),
        title_en: core.and_then(|_| english(&row.title_en)),
        kind: row.kind,
        level: row.level,
        status: row.standing(origin.now).code(),
        stopped: row.stop.as_ref().map(|stop| stop.reason.as_str()),
        repealed: row.repeal_over().map(|repeal| repeal.reason.as_str()),
        wording: wording.map(|clauses| Wording { builds_on: row.builds_on(), reason: &row.wording_reason, clauses }),
        written_out: lines().map(|text| text.on(Side::Main)).collect(),
        written_out_en: lines().filter_map(|text| text.beside.as_deref()).collect(),
        clauses: core.map(|_| row.clauses.as_slice()).unwrap_or_default(),
        parameters: core.map(|core| core.parameters.as_slice()).unwrap_or_default(),
        values: &row.values,
        exemptions: core.map(|core| row.used_exemptions(core, today).collect()).unwrap_or_default(),
        definitions: core.map(|core| core.definitions.as_slice()).unwrap_or_default(),
        appendices: core.map(|core| core.appendices.as_slice()).unwrap_or_default(),
        references: core.map(|core| core.references.as_slice()).unwrap_or_default(),
        applies_to: core.and_then(|core| core.applies_to.as_ref()),
        evidence: core.map(|core| evidence(row, &core.evidence)).unwrap_or_default(),
        answer: core.and_then(|core| core.answer.as_ref()),
        award: core.and_then(|core| core.award.as_ref()),
        follow_up: core.and_then(|core| core.follow_up.as_ref()),
        product_area: &row.group.area,
        product_group: &row.group.slug,
        objectives: &row.objectives,
        eforms: &row.eforms,
        note: Some(row.note.as_str()).filter(|note| options.notes && !note.is_empty()),
        url: format!("{}{}", origin.base_url, crate::kernel::web::links::version(Lang::Sv, row.number(), row.version)),
        sha256: row.sha256.as_deref().filter(|_| row.wording.is_none()),
        canonical: unchanged.filter(|_| row.sha256.is_some()).map(Decided::canonical),
    }
}

fn evidence<'a>(row: &'a WholeRow, evidence: &'a [fields::Evidence]) -> Vec<Evidence<'a>> {
    let english = |place: usize| row.evidence_en.get(place).and_then(Option::as_deref).filter(|text| !text.is_empty());
    let with = |(place, one): (usize, &'a fields::Evidence)| Evidence {
        kind: one.kind,
        text: &one.text,
        text_en: english(place),
        due: one.due,
        equivalent_accepted: one.equivalent_accepted,
    };
    evidence.iter().enumerate().map(with).collect()
}
