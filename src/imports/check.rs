//! A line laid over what is stored, and whether the whole may stand.

use std::collections::HashSet;

use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    brief,
    report::Fault,
    row::{Patch, Row},
};
use crate::{
    requirements::{
        content::{
            Content, Core, English, MOST_CLAUSE, MOST_CLAUSES, MOST_RATIONALE, MOST_TEXT, Maintained, Novelty, letters, tidy,
        },
        fields::{Evidence, Kind, Level, ParameterKind, Reference},
    },
    taxonomy::Objective,
};

/// The content that a line asks for, laid over what is stored. `group` is the product group that the line named.
///
/// # Errors
/// Every fault of the whole.
pub fn lay(row: &Row, old: Option<&Content>, group: Option<Uuid>, objectives: &[Objective]) -> Result<Content, Vec<Fault>> {
    let mut faults = Vec::new();
    let blank = blank();
    let base = old.unwrap_or(&blank);
    let new = old.is_none();
    let mut need = |given: bool, key: &str| {
        if new && !given {
            faults.push(Fault::new(key, String::new(), key));
        }
    };
    need(row.title.value().is_some(), "title");
    need(row.text.value().is_some(), "text");
    need(row.kind.value().is_some(), "type");
    need(row.level.value().is_some(), "level");
    need(group.is_some(), "product_group");
    for (cleared, key) in [(row.kind == Patch::Clear, "type"), (row.level == Patch::Clear, "level")] {
        if cleared && !new {
            faults.push(Fault::new(key, String::new(), key));
        }
    }
    for (place, text) in [("change_note", &row.change_note), ("running_contracts", &row.running_contracts)] {
        if let Some(text) = text.value().filter(|text| text.chars().count() > 4000) {
            faults.push(Fault::new(place, text.chars().take(60).collect(), "shorter"));
        }
    }

    let prose = |patch: &Patch<String>, old: &String| tidy(&patch.over(old, String::new()));
    let mut evidence = row.evidence.over(&base.core.evidence, Vec::new());
    if row.evidence_is_brief {
        for item in &mut evidence {
            brief::complete(item, base);
        }
    }
    let given_evidence = row.evidence.value().is_some();
    let english_evidence = if given_evidence {
        let texts: Vec<Option<String>> =
            evidence.iter().map(|e| e.text_en.as_deref().map(tidy).filter(|t| !t.is_empty())).collect();
        if texts.iter().all(Option::is_none) { Vec::new() } else { texts }
    } else {
        base.english.evidence.clone()
    };
    let core = Core {
        title: prose(&row.title, &base.core.title),
        text: row.text.over(&base.core.text, Vec::new()).iter().map(|text| tidy(text)).collect(),
        kind: row.kind.over(&base.core.kind, base.core.kind),
        level: row.level.over(&base.core.level, base.core.level),
        rationale: prose(&row.rationale, &base.core.rationale),
        proportionality: prose(&row.proportionality, &base.core.proportionality),
        legal_floor: prose(&row.legal_floor, &base.core.legal_floor),
        evidence: evidence.into_iter().map(|e| Evidence { text: tidy(&e.text), text_en: None, ..e }).collect(),
        answer: row.answer.over_option(base.core.answer.as_ref()),
        award: row.award.over_option(base.core.award.as_ref()),
        follow_up: brief::follow_up(row, base.core.follow_up.as_ref(), &mut faults),
        applies_to: row.applies_to.over_option(base.core.applies_to.as_ref()),
        parameters: row.parameters.over(&base.core.parameters, Vec::new()),
        exemptions: row.exemptions.over(&base.core.exemptions, Vec::new()),
        definitions: row.definitions.over(&base.core.definitions, Vec::new()),
        appendices: row.appendices.over(&base.core.appendices, Vec::new()),
        references: row
            .references
            .over(&base.core.references, Vec::new())
            .into_iter()
            .map(|reference| Reference { edition: reference.edition.filter(|edition| !edition.is_empty()), ..reference })
            .collect(),
    };
    let english_text = if new || row.text_en != Patch::Keep {
        row.text_en.over(&base.english.text, Vec::new()).iter().map(|text| tidy(text)).collect()
    } else if core.text == base.core.text {
        base.english.text.clone()
    } else {
        // The Swedish text is another: the English one of before would lie.
        Vec::new()
    };
    let family = row.family.over_option(base.maintained.family.as_ref());
    let content = Content {
        maintained: Maintained {
            group: group.unwrap_or(base.maintained.group),
            relation: if family.is_some() { row.relation_to_lower.over_option(base.maintained.relation.as_ref()) } else { None },
            family,
            guidance: prose(&row.guidance, &base.maintained.guidance),
            limitations: prose(&row.limitations, &base.maintained.limitations),
            builds_on: prose(&row.builds_on, &base.maintained.builds_on),
            cpv: sorted(row.cpv.over(&base.maintained.cpv, Vec::new()).iter().map(|code| bare_cpv(code)).collect()),
            objectives: sorted(
                row.objectives
                    .over(&base.maintained.objectives, Vec::new())
                    .into_iter()
                    .map(|given| slug(given, objectives))
                    .collect(),
            ),
            agenda_goals: sorted(row.agenda_goals.over(&base.maintained.agenda_goals, Vec::new())),
            eforms: sorted(row.eforms.over(&base.maintained.eforms, Vec::new())),
            gpp: base.maintained.gpp.clone(),
            contributors: base.maintained.contributors.clone(),
            review_by: row.review_by.over_option(base.maintained.review_by.as_ref()),
        },
        english: English {
            title: row.title_en.over_option(base.english.title.as_ref()).map(|t| tidy(&t)),
            text: english_text,
            rationale: row.rationale_en.over_option(base.english.rationale.as_ref()).map(|t| tidy(&t)),
            evidence: if english_evidence.len() == core.evidence.len() { english_evidence } else { Vec::new() },
        },
        core,
    };
    if faults.is_empty() {
        check(&content, objectives, &mut faults);
    }
    if faults.is_empty() { Ok(content) } else { Err(faults) }
}

/// What the line says about the version it makes.
pub fn novelty(row: &Row) -> Novelty {
    Novelty {
        changes: row.changes.value().cloned().unwrap_or_default(),
        note: row.change_note.value().map(|t| tidy(t)).unwrap_or_default(),
        running_contracts: row.running_contracts.value().map(|t| tidy(t)).unwrap_or_default(),
        transition_until: row.transition_until.value().copied(),
    }
}

fn blank() -> Content {
    Content {
        core: Core {
            title: String::new(),
            text: Vec::new(),
            kind: Kind::TechnicalSpecification,
            level: Level::Basic,
            rationale: String::new(),
            proportionality: String::new(),
            legal_floor: String::new(),
            evidence: Vec::new(),
            answer: None,
            award: None,
            follow_up: None,
            applies_to: None,
            parameters: Vec::new(),
            exemptions: Vec::new(),
            definitions: Vec::new(),
            appendices: Vec::new(),
            references: Vec::new(),
        },
        maintained: Maintained {
            group: Uuid::nil(),
            family: None,
            relation: None,
            guidance: String::new(),
            limitations: String::new(),
            builds_on: String::new(),
            cpv: Vec::new(),
            objectives: Vec::new(),
            agenda_goals: Vec::new(),
            eforms: Vec::new(),
            gpp: None,
            contributors: String::new(),
            review_by: None,
        },
        english: English::default(),
    }
}

/// The slug of an objective that is named in either way; what names none stays as it is.
fn slug(given: String, objectives: &[Objective]) -> String {
    objectives.iter().find(|objective| objective.is(&given)).map_or(given, |objective| objective.slug.clone())
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// Eight digits: the check digit goes.
fn bare_cpv(code: &str) -> String {
    let code = code.trim();
    match code.split_once('-') {
        Some((bare, check)) if check.len() == 1 => bare.to_owned(),
        _ => code.to_owned(),
    }
}

fn check(content: &Content, objectives: &[Objective], faults: &mut Vec<Fault>) {
    let core = &content.core;
    let maintained = &content.maintained;
    let mut fault = |place: &str, value: &str, expected: &str| {
        let shown: String = value.chars().take(60).collect();
        faults.push(Fault::new(place, shown, expected));
    };
    let long = |text: &str, most: usize| text.chars().count() > most;
    if core.title.is_empty() || long(&core.title, 200) {
        fault("title", &core.title, "title");
    }
    let unfit = |t: &&String| t.is_empty() || long(t, MOST_CLAUSE);
    if core.text.is_empty()
        || core.text.len() > MOST_CLAUSES
        || letters(&core.text) > MOST_TEXT
        || core.text.iter().any(|t| unfit(&t))
    {
        fault("text", core.text.iter().find(unfit).map_or("", String::as_str), "text");
    }
    if content.english.title.as_ref().is_some_and(|t| long(t, 200)) {
        fault("title_en", content.english.title.as_deref().unwrap_or(""), "title");
    }
    if !content.english.text.is_empty()
        && (content.english.text.len() != core.text.len() || content.english.text.iter().any(|t| unfit(&t)))
    {
        fault("text_en", &content.english.text.len().to_string(), "text_en");
    }
    for (place, text, most) in [
        ("rationale", &core.rationale, MOST_RATIONALE),
        ("proportionality", &core.proportionality, 8000),
        ("legal_floor", &core.legal_floor, 8000),
        ("guidance", &maintained.guidance, 8000),
        ("limitations", &maintained.limitations, 4000),
        ("builds_on", &maintained.builds_on, 400),
    ] {
        if long(text, most) {
            fault(place, text, "shorter");
        }
    }
    if content.english.rationale.as_ref().is_some_and(|t| long(t, MOST_RATIONALE)) {
        fault("rationale_en", content.english.rationale.as_deref().unwrap_or(""), "shorter");
    }
    for (place, count, most) in [
        ("evidence", core.evidence.len(), 20),
        ("parameters", core.parameters.len(), 20),
        ("exemptions", core.exemptions.len(), 50),
        ("definitions", core.definitions.len(), 50),
        ("appendices", core.appendices.len(), 20),
        ("references", core.references.len(), 50),
    ] {
        if count > most {
            fault(place, &count.to_string(), "fewer");
        }
    }
    // What lies inside lists and objects is bounded as a whole: the longest text in it.
    let nested = serde_json::to_value(core).unwrap_or_default();
    if let Some((place, text)) = too_long(&nested, "") {
        fault(&place, &text, "shorter");
    }
    check_nested(content, &mut fault);
    if maintained.family.as_deref().is_some_and(|slug| !is_slug(slug)) {
        fault("family", maintained.family.as_deref().unwrap_or(""), "family");
    }
    for code in &maintained.cpv {
        if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
            fault("cpv", code, "cpv");
        }
    }
    for slug in &maintained.objectives {
        if !objectives.iter().any(|objective| objective.slug == *slug) {
            fault("objectives", slug, "objectives");
        }
    }
    for goal in &maintained.agenda_goals {
        if !(1..=17).contains(goal) {
            fault("agenda_goals", &goal.to_string(), "agenda_goals");
        }
    }
    for code in &maintained.eforms {
        if !["biodiv-eco", "circ-econ", "clim-adapt", "clim-mitig", "pollu-prev", "water-mar", "other"].contains(&code.as_str()) {
            fault("eforms", code, "eforms");
        }
    }
    let mut cited = HashSet::new();
    for reference in &core.references {
        let edition = reference.edition.clone().unwrap_or_default();
        if reference.name.is_empty() || long(&reference.name, 300) || long(&edition, 100) {
            fault("references", &reference.name, "references");
        } else if !cited.insert((reference.kind, reference.name.clone(), edition)) {
            fault("references", &reference.name, "once");
        }
        if reference.url.as_deref().is_some_and(|url| !is_url(url)) {
            fault("references", reference.url.as_deref().unwrap_or(""), "url");
        }
        if let (Some(from), Some(to)) = (reference.in_force_from, reference.in_force_to)
            && to < from
        {
            fault("references", &to.to_string(), "later");
        }
    }
    check_parameters(core, &mut fault);
}

/// The most bytes that a list or an object may take, with room to what the database refuses.
const MOST_JSON: usize = 300_000;

/// What lies inside lists and objects, place by place.
fn check_nested(content: &Content, fault: &mut impl FnMut(&str, &str, &str)) {
    let core = &content.core;
    let mut short = |place: String, text: &str, most: usize| {
        if text.chars().count() > most {
            fault(&place, text, "shorter");
        }
    };
    for (n, text) in content.english.evidence.iter().enumerate() {
        short(format!("evidence[{n}].text_en"), text.as_deref().unwrap_or(""), 4000);
    }
    if let Some(answer) = &core.answer {
        short("answer.unit".to_owned(), answer.unit.as_deref().unwrap_or(""), 200);
        for (n, option) in answer.options.iter().enumerate() {
            short(format!("answer.options[{n}]"), option, 200);
        }
    }
    for (n, parameter) in core.parameters.iter().enumerate() {
        short(format!("parameters[{n}].label"), &parameter.label, 200);
        short(format!("parameters[{n}].unit"), parameter.unit.as_deref().unwrap_or(""), 200);
        for (m, option) in parameter.options.iter().enumerate() {
            short(format!("parameters[{n}].options[{m}]"), option, 200);
        }
    }
    for (n, definition) in core.definitions.iter().enumerate() {
        short(format!("definitions[{n}].term"), &definition.term, 200);
    }
    let options = core.answer.iter().map(|answer| ("answer.options".to_owned(), answer.options.len()));
    let chosen = core.parameters.iter().enumerate().map(|(n, p)| (format!("parameters[{n}].options"), p.options.len()));
    for (place, count) in options.chain(chosen).filter(|(_, count)| *count > 50) {
        fault(&place, &count.to_string(), "fewer");
    }
    for (n, parameter) in core.parameters.iter().enumerate() {
        for (key, value) in [("min", &parameter.min), ("max", &parameter.max), ("default", &parameter.default)] {
            if value.as_ref().is_some_and(|value| value.is_array() || value.is_object()) {
                fault(&format!("parameters[{n}].{key}"), "", "parameters");
            }
        }
    }
    if let Some(steps) = core.award.as_ref().and_then(|award| award.steps.as_ref()) {
        let fits = |step: &Value| step.as_str().is_some_and(|text| text.chars().count() <= 400);
        match steps.as_array() {
            Some(list) if list.len() <= 50 => {
                for (n, step) in list.iter().enumerate().filter(|(_, step)| !fits(step)) {
                    fault(&format!("award.steps[{n}]"), &super::row::brief(step), "award_steps");
                }
            }
            _ => fault("award.steps", &super::row::brief(steps), "award_steps"),
        }
    }
    if let Ok(Value::Object(fields)) = serde_json::to_value(core) {
        for (key, value) in fields.iter().filter(|(key, _)| !["text", "references"].contains(&key.as_str())) {
            if value.to_string().len() > MOST_JSON {
                fault(key, "", "shorter");
            }
        }
    }
}

/// `{{key}}` in the text and the parameters that are declared are the same set.
fn check_parameters(core: &Core, fault: &mut impl FnMut(&str, &str, &str)) {
    let mut keys = HashSet::new();
    for parameter in &core.parameters {
        let plain = (1..=40).contains(&parameter.key.len())
            && parameter.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !plain || !keys.insert(parameter.key.as_str()) {
            fault("parameters", &parameter.key, "parameter_key");
        }
        if parameter.kind == ParameterKind::Choice && parameter.options.is_empty() {
            fault("parameters", &parameter.key, "parameter_options");
        }
        if let (Some(Value::Number(min)), Some(Value::Number(max))) = (&parameter.min, &parameter.max)
            && min.as_f64() > max.as_f64()
        {
            fault("parameters", &parameter.key, "parameter_range");
        }
    }
    let mut used = HashSet::new();
    for clause in &core.text {
        for part in clause.split("{{").skip(1) {
            if let Some((key, _)) = part.split_once("}}") {
                used.insert(key.trim());
            }
        }
    }
    for key in used.difference(&keys) {
        fault("text", key, "parameter_declared");
    }
}

fn too_long(value: &Value, place: &str) -> Option<(String, String)> {
    match value {
        Value::String(text) if text.chars().count() > 8000 => Some((place.to_owned(), text.clone())),
        Value::Array(items) => items.iter().find_map(|item| too_long(item, place)),
        Value::Object(fields) => fields.iter().find_map(|(key, item)| too_long(item, if place.is_empty() { key } else { place })),
        _ => None,
    }
}

fn is_slug(slug: &str) -> bool {
    slug.len() <= 80
        && !slug.is_empty()
        && slug.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

fn is_url(url: &str) -> bool {
    url.len() <= 600
        && (url.starts_with("https://") || url.starts_with("http://"))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// When the version is to take effect, from the line or at once.
pub fn effective(row: &Row) -> Option<OffsetDateTime> {
    row.effective_from.value().copied()
}
