//! Values filled in where the text of a requirement has a place for them.

use serde_json::{Map, Value};

use crate::{
    kernel::i18n::Lang,
    requirements::{
        fields::{Parameter, ParameterKind},
        parameters::{Segment, print, segments},
    },
};

/// The parameters with what is filled in as their default: what is not filled in keeps its own, if it has one.
fn given(parameters: &[Parameter], values: &Map<String, Value>) -> Vec<Parameter> {
    let given = |parameter: &Parameter| values.get(&parameter.key).filter(|value| !is_empty(value)).cloned();
    let with = |parameter: &Parameter| Parameter {
        default: given(parameter).or_else(|| parameter.default.clone()),
        ..parameter.clone()
    };
    parameters.iter().map(with).collect()
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A text with its values filled in. What stands in braces and is no parameter stays as it is.
pub fn filled(text: &str, parameters: &[Parameter], values: &Map<String, Value>, lang: Lang) -> String {
    if !text.contains("{{") {
        return text.to_owned();
    }
    segments(text, &given(parameters, values), lang)
        .into_iter()
        .map(|segment| match segment {
            Segment::Text(text) => text,
            Segment::Parameter { shown, .. } => shown,
        })
        .collect()
}

/// What a parameter is in this selection: what is filled in, or its default; none where there is neither.
pub fn value(parameter: &Parameter, values: &Map<String, Value>, lang: Lang) -> Option<String> {
    let value = values.get(&parameter.key).filter(|value| !is_empty(value)).or(parameter.default.as_ref())?;
    let one = Parameter { default: Some(value.clone()), ..parameter.clone() };
    let place = format!("{{{{{}}}}}", parameter.key);
    match segments(&place, std::slice::from_ref(&one), lang).into_iter().next() {
        Some(Segment::Parameter { shown, .. }) => Some(with_unit(shown, parameter)),
        _ => Some(print(value, lang)),
    }
}

/// A number with its unit; the text of a requirement has the unit itself.
fn with_unit(shown: String, parameter: &Parameter) -> String {
    match (&parameter.kind, &parameter.unit) {
        (ParameterKind::Number | ParameterKind::Percent, Some(unit)) if !unit.is_empty() => format!("{shown} {unit}"),
        _ => shown,
    }
}
