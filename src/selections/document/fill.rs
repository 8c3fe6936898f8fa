//! Values as they stand in a document.

use serde_json::{Map, Value};

use crate::{
    kernel::i18n::Lang,
    requirements::{
        fields::{Parameter, ParameterKind},
        parameters::shown,
    },
};

/// What a parameter is in this selection, with its unit: what is filled in, or its default; none where there is neither.
pub fn value(parameter: &Parameter, values: &Map<String, Value>, lang: Lang) -> Option<String> {
    let value = values.get(&parameter.key).or(parameter.default.as_ref())?;
    let shown = shown(parameter, Some(value), lang);
    Some(match (&parameter.kind, &parameter.unit) {
        // The text of a requirement has the unit itself; a list of values does not.
        (ParameterKind::Number | ParameterKind::Percent, Some(unit)) if !unit.is_empty() => format!("{shown} {unit}"),
        _ => shown,
    })
}
