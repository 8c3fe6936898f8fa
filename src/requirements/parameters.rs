//! The places in a clause that a buyer fills in, and how their values are written.

use serde_json::Value;
use time::{Date, macros::format_description};

use super::fields::{Parameter, ParameterKind};
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

/// Cuts a clause at its parameters. What stands in braces and is no parameter stays text.
pub fn segments(text: &str, parameters: &[Parameter], lang: Lang) -> Vec<Segment> {
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
            pieces.push(parameter_segment(parameter, lang));
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

fn parameter_segment(parameter: &Parameter, lang: Lang) -> Segment {
    let shown = match &parameter.default {
        Some(value) if parameter.kind == ParameterKind::Date => print_date(value, lang),
        Some(value) => print(value, lang),
        None => format!("[{}]", parameter.label),
    };
    Segment::Parameter { label: parameter.label.clone(), shown }
}

/// A clause as plain text, with the defaults of its parameters.
pub fn plain(text: &str, parameters: &[Parameter], lang: Lang) -> String {
    segments(text, parameters, lang)
        .into_iter()
        .map(|segment| match segment {
            Segment::Text(text) => text,
            Segment::Parameter { shown, .. } => shown,
        })
        .collect()
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

/// A value as it is printed: decimal comma in Swedish.
pub fn print(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
            let whole = whole.parse().map_or_else(|_| whole.to_owned(), |n: i64| lang.number(n));
            match part {
                "" | "0" => whole,
                part => format!("{whole}{}{part}", if lang.is_swedish() { ',' } else { '.' }),
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
