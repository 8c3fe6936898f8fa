//! Parameters on pages: the field of each, what it says of its range, and values in words.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    kernel::{
        i18n::{Lang, Texts},
        web::Faults,
    },
    requirements::{
        fields::{Parameter, ParameterKind},
        parameters,
    },
    selections::values::{self, MOST_TEXT, Misfit, printed},
};

/// Options that stand as buttons below each other; more than that fold into a list.
const MOST_RADIOS: usize = 6;

/// What was typed for each parameter, by key.
pub type Typed = HashMap<String, String>;

/// What was typed last time: the values that are kept, as they would be typed.
pub fn typed(of: &[Parameter], values: &Map<String, Value>, lang: Lang) -> Typed {
    let text = |parameter: &Parameter| Some((parameter.key.clone(), parameters::print(values.get(&parameter.key)?, lang)));
    of.iter().filter_map(text).collect()
}

/// Reads what was typed; what is wrong is told at the field.
pub fn read(t: Texts, lang: Lang, of: &[Parameter], typed: &Typed, faults: &mut Faults) -> Map<String, Value> {
    let mut values = Map::new();
    for parameter in of {
        match values::parse(parameter, typed.get(&parameter.key).map_or("", String::as_str), lang) {
            Ok(None) => {}
            Ok(Some(value)) => {
                values.insert(parameter.key.clone(), value);
            }
            Err(what) => {
                let text = format!("{}: {}", parameter.label, misfit(t, lang, parameter, what));
                faults.add(format!("p-{}", parameter.key), text);
            }
        }
    }
    values
}

/// The field of a parameter.
#[derive(Debug)]
pub struct Field {
    /// Its id and name.
    pub id: String,
    /// What it is called, in Swedish.
    pub label: String,
    /// `radios`, `list`, `number`, `date` or `text`.
    pub kind: &'static str,
    /// What may be typed, and what an empty field means.
    pub hint: String,
    /// What is typed.
    pub value: String,
    /// What may be chosen.
    pub options: Vec<String>,
    /// What is said for no choice.
    pub none: String,
    /// The unit behind the field.
    pub unit: Option<String>,
}

/// The fields of parameters, with what is typed in them.
pub fn fields(t: Texts, lang: Lang, of: &[Parameter], typed: &Typed) -> Vec<Field> {
    let field = |parameter: &Parameter| Field {
        id: format!("p-{}", parameter.key),
        label: parameter.label.clone(),
        kind: match parameter.kind {
            ParameterKind::Choice if parameter.options.len() <= MOST_RADIOS => "radios",
            ParameterKind::Choice => "list",
            ParameterKind::Number | ParameterKind::Percent => "number",
            ParameterKind::Date => "date",
            ParameterKind::Text => "text",
        },
        hint: hint(t, lang, parameter),
        value: typed.get(&parameter.key).cloned().unwrap_or_default(),
        options: parameter.options.clone(),
        none: parameter.default.as_ref().map_or_else(
            || t.selection_row_not_chosen().to_owned(),
            |_| t.selection_row_as_proposed(printed(parameter, None, lang).unwrap_or_default()),
        ),
        unit: values::unit(parameter).map(str::to_owned),
    };
    of.iter().map(field).collect()
}

fn hint(t: Texts, lang: Lang, parameter: &Parameter) -> String {
    let kind = match parameter.kind {
        ParameterKind::Number | ParameterKind::Percent => t.selection_row_hint_number().to_owned(),
        ParameterKind::Date => t.selection_row_hint_date().to_owned(),
        ParameterKind::Choice => String::new(),
        ParameterKind::Text => t.selection_row_hint_text(i64::try_from(MOST_TEXT).unwrap_or(i64::MAX)),
    };
    let empty = match parameter.kind {
        // The first option says it.
        ParameterKind::Choice => String::new(),
        _ if parameter.default.is_some() => t.selection_row_hint_default(printed(parameter, None, lang).unwrap_or_default()),
        _ => t.selection_row_hint_needed().to_owned(),
    };
    let sentences = [kind, range(t, lang, parameter), empty];
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The range in a sentence; empty where there is none.
fn range(t: Texts, lang: Lang, parameter: &Parameter) -> String {
    let edge = |edge: &Option<Value>| printed(parameter, Some(edge.as_ref()?), lang);
    let date = parameter.kind == ParameterKind::Date;
    match (edge(&parameter.min), edge(&parameter.max)) {
        (Some(least), Some(most)) => t.selection_row_range(least, most),
        (Some(least), None) if date => t.selection_row_range_earliest(least),
        (Some(least), None) => t.selection_row_range_least(least),
        (None, Some(most)) if date => t.selection_row_range_latest(most),
        (None, Some(most)) => t.selection_row_range_most(most),
        (None, None) => String::new(),
    }
}

/// What is wrong with a value and what to do.
pub fn misfit(t: Texts, lang: Lang, parameter: &Parameter, what: Misfit) -> String {
    match what {
        Misfit::NoNumber => t.selection_row_fault_number().to_owned(),
        Misfit::TwoNumbers => t.selection_row_fault_two_numbers().to_owned(),
        Misfit::TooManyDigits => t.selection_row_fault_digits().to_owned(),
        Misfit::NoDate => t.selection_row_fault_date().to_owned(),
        Misfit::NoOption => t.selection_row_fault_option().to_owned(),
        Misfit::TooLong => t.selection_row_fault_long(i64::try_from(MOST_TEXT).unwrap_or(i64::MAX)),
        Misfit::Below | Misfit::Above => range(t, lang, parameter),
    }
}
