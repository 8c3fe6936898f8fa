//! The places in a clause that a buyer fills in, and how their values are written.

use serde_json::{Map, Value};
use time::{Date, macros::format_description};

use super::{
    clauses::Clause,
    fields::{Parameter, ParameterKind},
};
use crate::kernel::i18n::Lang;

/// A piece of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text.
    Text(String),
    /// A parameter: what it is called, and the value where the buyer chooses none.
    Parameter {
        /// What it is called.
        label: String,
        /// Its default, or its name in brackets.
        shown: String,
    },
}

/// Cuts a clause at its parameters, with their defaults. What stands in braces and is no parameter stays text.
pub fn segments(text: &str, parameters: &[Parameter], lang: Lang) -> Vec<Segment> {
    filled_segments(text, parameters, &Map::new(), lang)
}

/// Cuts a clause at its parameters, with the values that a buyer has filled in, or else their defaults. A value is never read
/// as text with parameters of its own.
pub fn filled_segments(text: &str, parameters: &[Parameter], values: &Map<String, Value>, lang: Lang) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        written.push_str(before);
        let named = after.split_once("}}").and_then(|(key, tail)| {
            parameters.iter().find(|parameter| parameter.key == key.trim()).map(|parameter| (parameter, tail))
        });
        if let Some((parameter, tail)) = named {
            if !written.is_empty() {
                pieces.push(Segment::Text(std::mem::take(&mut written)));
            }
            let shown = shown(parameter, values.get(&parameter.key), lang);
            pieces.push(Segment::Parameter { label: parameter.label.clone(), shown });
            rest = tail;
        } else {
            written.push_str("{{");
            rest = after;
        }
    }
    written.push_str(rest);
    if !written.is_empty() {
        pieces.push(Segment::Text(written));
    }
    pieces
}

/// A value of a parameter as it is printed; without one its default, without that its name in brackets.
pub fn shown(parameter: &Parameter, value: Option<&Value>, lang: Lang) -> String {
    match value.or(parameter.default.as_ref()) {
        Some(value) if parameter.kind == ParameterKind::Date => print_date(value, lang),
        Some(value) => print(value, lang),
        None => format!("[{}]", parameter.label),
    }
}

/// What stands in braces and is no parameter, each once.
pub fn unknown<'a>(texts: impl IntoIterator<Item = &'a str>, parameters: &[Parameter]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for text in texts {
        for (_, after) in text.match_indices("{{").map(|(at, braces)| text.split_at(at + braces.len())) {
            let Some((key, _)) = after.split_once("}}") else { continue };
            let key = key.trim();
            if !key.contains("{{") && !parameters.iter().any(|parameter| parameter.key == key) && !found.contains(&key) {
                found.push(key);
            }
        }
    }
    found
}

/// A clause as plain text, with the values that a buyer has filled in, or else the defaults.
pub fn filled(text: &str, parameters: &[Parameter], values: &Map<String, Value>, lang: Lang) -> String {
    joined(filled_segments(text, parameters, values, lang))
}

/// A clause as plain text, with the defaults of its parameters.
pub fn plain(text: &str, parameters: &[Parameter], lang: Lang) -> String {
    joined(segments(text, parameters, lang))
}

fn joined(segments: Vec<Segment>) -> String {
    let text = segments.into_iter().map(|segment| match segment {
        Segment::Text(text) => text,
        Segment::Parameter { shown, .. } => shown,
    });
    text.collect()
}

/// A clause as plain text, with the names of its parameters in brackets: for comparing texts, not values.
pub fn named(text: &str, parameters: &[Parameter], lang: Lang) -> String {
    segments(text, parameters, lang)
        .into_iter()
        .map(|segment| match segment {
            Segment::Text(text) => text,
            Segment::Parameter { label, .. } => format!("[{label}]"),
        })
        .collect()
}

/// Clauses as people read them, as [`named`] makes them.
pub fn named_clauses(clauses: &[Clause], parameters: &[Parameter], lang: Lang) -> Vec<Clause> {
    clauses.iter().map(|clause| Clause { id: clause.id, text: named(&clause.text, parameters, lang) }).collect()
}

/// A value as it is printed: decimal comma in Swedish.
pub fn print(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            // Without an exponent, however small it is.
            let text = number.as_f64().filter(|_| number.is_f64()).map_or_else(|| number.to_string(), |n| n.to_string());
            let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("\u{2212}", text));
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            let whole = whole.parse().map_or_else(|_| whole.to_owned(), |n: i64| lang.number(n));
            match part {
                "" | "0" => format!("{sign}{whole}"),
                part => format!("{sign}{whole}{}{part}", if lang.is_swedish() { ',' } else { '.' }),
            }
        }
        other => other.to_string(),
    }
}

fn print_date(value: &Value, lang: Lang) -> String {
    value
        .as_str()
        .and_then(|text| Date::parse(text, format_description!("[year]-[month]-[day]")).ok())
        .map_or_else(|| print(value, lang), |date| lang.date(date))
}
