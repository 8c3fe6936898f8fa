//! One line of the exchange format, read key by key, so that everything wrong with it is told at once.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};

use super::{json, report::Fault};
use crate::kernel::clock;
use crate::requirements::{
    content::tidy,
    fields::{
        Answer, Appendix, AppliesTo, Award, Change, Definition, Effort, Evidence, Exemption, FollowUp, Kind, Level, Parameter,
        Reference, Relation, iso_date_option,
    },
};

/// What a key says about a field: nothing, that it is to be empty, or a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The key is not there: what is stored stays.
    #[default]
    Keep,
    /// The key is there and empty: what is stored goes.
    Clear,
    /// The key's value.
    Set(T),
}

impl<T: Clone> Patch<T> {
    /// The field's new value.
    pub fn over(&self, old: &T, empty: T) -> T {
        match self {
            Self::Keep => old.clone(),
            Self::Clear => empty,
            Self::Set(value) => value.clone(),
        }
    }

    /// The new value of a field that may be missing.
    pub fn over_option(&self, old: Option<&T>) -> Option<T> {
        match self {
            Self::Keep => old.cloned(),
            Self::Clear => None,
            Self::Set(value) => Some(value.clone()),
        }
    }

    /// The value, where one is given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

/// Method and effort of a follow-up where they come apart, in two columns; the rest of a follow-up stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowUpParts {
    /// What is done.
    pub method: Patch<String>,
    /// How much work it is.
    pub effort: Patch<Effort>,
}

/// A line, understood. Keys are those of the exchange format.
#[derive(Debug, Default)]
pub struct Row {
    pub id: Option<String>,
    pub version: Patch<i32>,
    pub title: Patch<String>,
    pub title_en: Patch<String>,
    pub text: Patch<Vec<String>>,
    pub text_en: Patch<Vec<String>>,
    pub kind: Patch<Kind>,
    pub level: Patch<Level>,
    pub family: Patch<String>,
    pub relation_to_lower: Patch<Relation>,
    pub rationale: Patch<String>,
    pub rationale_en: Patch<String>,
    pub proportionality: Patch<String>,
    pub legal_floor: Patch<String>,
    pub guidance: Patch<String>,
    pub limitations: Patch<String>,
    pub evidence: Patch<Vec<Evidence>>,
    pub answer: Patch<Answer>,
    pub award: Patch<Award>,
    pub follow_up: Patch<FollowUp>,
    pub applies_to: Patch<AppliesTo>,
    pub product_area: Option<String>,
    pub product_group: Patch<String>,
    pub cpv: Patch<Vec<String>>,
    pub objectives: Patch<Vec<String>>,
    pub agenda_goals: Patch<Vec<i16>>,
    pub eforms: Patch<Vec<String>>,
    pub references: Patch<Vec<Reference>>,
    pub parameters: Patch<Vec<Parameter>>,
    pub exemptions: Patch<Vec<Exemption>>,
    pub definitions: Patch<Vec<Definition>>,
    pub appendices: Patch<Vec<Appendix>>,
    pub builds_on: Patch<String>,
    pub changes: Patch<Vec<Change>>,
    pub change_note: Patch<String>,
    pub running_contracts: Patch<String>,
    pub review_by: Patch<Date>,
    /// The beginning of a day in Sweden, or a moment.
    pub effective_from: Patch<OffsetDateTime>,
    pub transition_until: Patch<Date>,
    /// From a spreadsheet, instead of `follow_up`.
    pub follow_up_parts: FollowUpParts,
    /// Whether `evidence` comes from a spreadsheet, which has no room for when it is due and the like.
    pub evidence_is_brief: bool,
}

/// Reads a line.
///
/// # Errors
/// Every fault of the line.
pub fn read(line: &str) -> Result<Row, Vec<Fault>> {
    let mut twice = Vec::new();
    let Ok(Value::Object(map)) = json::read(line, &mut twice) else {
        let shown: String = line.chars().take(60).collect();
        return Err(vec![Fault::new("", shown, "json")]);
    };
    let twice = twice.iter().map(|key| Fault::new(&brief(&Value::String(tidy(key))), String::new(), "once_key"));
    let mut faults: Vec<Fault> = twice.collect();
    match from_map(map) {
        Ok(row) if faults.is_empty() => Ok(row),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more);
            Err(faults)
        }
    }
}

/// Understands keys and values.
///
/// # Errors
/// Every fault of them.
pub fn from_map(map: Map<String, Value>) -> Result<Row, Vec<Fault>> {
    let mut reader = Reader { map, faults: Vec::new() };
    let row = Row {
        id: reader.text("id"),
        version: reader.take("version"),
        title: reader.take("title"),
        title_en: reader.take("title_en"),
        text: reader.take("text"),
        text_en: reader.take("text_en"),
        kind: reader.take("type"),
        level: reader.take("level"),
        family: reader.take("family"),
        relation_to_lower: reader.take("relation_to_lower"),
        rationale: reader.take("rationale"),
        rationale_en: reader.take("rationale_en"),
        proportionality: reader.take("proportionality"),
        legal_floor: reader.take("legal_floor"),
        guidance: reader.take("guidance"),
        limitations: reader.take("limitations"),
        evidence: reader.take("evidence"),
        answer: reader.take("answer"),
        award: reader.take("award"),
        follow_up: reader.take("follow_up"),
        applies_to: reader.take("applies_to"),
        product_area: reader.text("product_area"),
        product_group: reader.take("product_group"),
        cpv: reader.take("cpv"),
        objectives: reader.take("objectives"),
        agenda_goals: reader.take("agenda_goals"),
        eforms: reader.take("eforms"),
        references: reader.take("references"),
        parameters: reader.take("parameters"),
        exemptions: reader.take("exemptions"),
        definitions: reader.take("definitions"),
        appendices: reader.take("appendices"),
        builds_on: reader.take("builds_on"),
        changes: reader.take("changes"),
        change_note: reader.take("change_note"),
        running_contracts: reader.take("running_contracts"),
        review_by: reader.date("review_by"),
        effective_from: reader.moment("effective_from"),
        transition_until: reader.date("transition_until"),
        follow_up_parts: FollowUpParts::default(),
        evidence_is_brief: false,
    };
    for key in reader.map.keys() {
        reader.faults.push(Fault::new(&brief(&Value::String(tidy(key))), String::new(), "unknown_key"));
    }
    if reader.faults.is_empty() { Ok(row) } else { Err(reader.faults) }
}

struct Reader {
    map: Map<String, Value>,
    faults: Vec<Fault>,
}

impl Reader {
    fn take<T: DeserializeOwned>(&mut self, key: &'static str) -> Patch<T> {
        let Some(value) = self.map.remove(key).map(tidied) else { return Patch::Keep };
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if empty {
            return Patch::Clear;
        }
        match serde_path_to_error::deserialize(&value) {
            Ok(value) => Patch::Set(value),
            Err(error) => {
                let path = error.path().to_string();
                let place = if path == "." { key.to_owned() } else { format!("{key}.{path}").replace(".[", "[") };
                let shown = lookup(&value, error.path()).unwrap_or(&value);
                self.faults.push(Fault::new(&place, brief(shown), key));
                Patch::Keep
            }
        }
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take::<String>(key) {
            Patch::Set(text) => Some(text),
            Patch::Keep | Patch::Clear => None,
        }
    }

    fn date(&mut self, key: &'static str) -> Patch<Date> {
        self.parsed(key, "date", iso_date_option::parse)
    }

    fn moment(&mut self, key: &'static str) -> Patch<OffsetDateTime> {
        self.parsed(key, key, |text| match iso_date_option::parse(text) {
            Some(day) => Some(clock::start_of_day(day)),
            // With room for any zone before the calendar ends.
            None => OffsetDateTime::parse(text, &Rfc3339).ok().filter(|at| (1000..9999).contains(&at.year())),
        })
    }

    fn parsed<T>(&mut self, key: &'static str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Patch<T> {
        match self.take::<String>(key) {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(text) => {
                if let Some(value) = parse(&text) {
                    Patch::Set(value)
                } else {
                    self.faults.push(Fault::new(key, text, expected));
                    Patch::Keep
                }
            }
        }
    }
}

/// The value with every text in it as the bank keeps texts, however deep it lies, and without keys that say nothing.
fn tidied(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(tidy(&text)),
        Value::Array(items) => items.into_iter().map(tidied).collect(),
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (tidy(&key), tidied(value))).collect()
        }
        other => other,
    }
}

fn lookup<'a>(value: &'a Value, path: &serde_path_to_error::Path) -> Option<&'a Value> {
    use serde_path_to_error::Segment;
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        Segment::Enum { .. } | Segment::Unknown => Some(value),
    })
}

/// A value short enough for a report.
pub fn brief(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
