//! A field of the core in words, line by line: for tables that compare, and for plain text.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::{
    diff::Field,
    fields::{Answer, Appendix, AppliesTo, Award, Definition, Evidence, Exemption, FollowUp, Kind, Level, Parameter, Reference},
    names as labels,
    parameters::print,
};
use crate::kernel::i18n::{Lang, Texts};

/// The field's value in words; no line where it is empty.
pub fn lines(t: &Texts, lang: Lang, field: Field, value: &Value) -> Vec<String> {
    match field {
        Field::Kind => one(value, |kind: &Kind| vec![labels::kind(t, kind).to_owned()]),
        Field::Level => one(value, |level: &Level| vec![labels::level(t, level).to_owned()]),
        Field::Evidence => many(value, |e: &Evidence| evidence(t, e, &e.text)),
        Field::Answer => one(value, |a: &Answer| vec![answer(t, lang, a)]),
        Field::Award => one(value, |a: &Award| {
            let mut lines = vec![labels::award(t, &a.model).to_owned()];
            if let Some(max) = &a.max {
                lines.push(t.requirement_max(print(&Value::Number(max.clone()), lang)));
            }
            if let Some(Value::Array(steps)) = &a.steps {
                lines.extend(steps.iter().map(|step| print(step, lang)));
            }
            lines.push(a.explanation.clone());
            lines
        }),
        Field::FollowUp => one(value, |f: &FollowUp| follow_up(t, f)),
        Field::AppliesTo => one(value, |a: &AppliesTo| {
            let mut words: Vec<&str> = a.kinds.iter().map(|kind| labels::bought(t, kind)).collect();
            words.extend(a.per.as_ref().map(|per| labels::per(t, per)));
            vec![words.join(", ")]
        }),
        Field::Parameters => many(value, |p: &Parameter| parameter(t, lang, p)),
        Field::Exemptions => many(value, |e: &Exemption| {
            let until = e.until.map(|day| format!(" {} {}.", t.requirement_until(), lang.date(day))).unwrap_or_default();
            format!("{}. {}{until}", e.what, e.reason)
        }),
        Field::Definitions => many(value, |d: &Definition| format!("{}: {}", d.term, d.text)),
        Field::Appendices => many(value, |a: &Appendix| format!("{}: {}", a.title, a.text)),
        Field::References => many(value, |r: &Reference| match &r.edition {
            Some(edition) => format!("{}, {edition}", r.name),
            None => r.name.clone(),
        }),
        Field::Title | Field::Rationale | Field::Proportionality | Field::LegalFloor => {
            value.as_str().map(|text| vec![text.to_owned()]).unwrap_or_default()
        }
    }
}

/// A piece of evidence, its text in the language that the page has it in.
pub fn evidence(t: &Texts, evidence: &Evidence, text: &str) -> String {
    let mut line = format!("{}: {text}", labels::evidence(t, &evidence.kind));
    if let Some(due) = &evidence.due {
        let _ = write!(line, " ({})", labels::due(t, due));
    }
    if evidence.equivalent_accepted == Some(true) {
        let _ = write!(line, " {}", t.requirement_equivalent());
    }
    line
}

/// What the tenderer fills in, and within what bounds.
fn answer(t: &Texts, lang: Lang, answer: &Answer) -> String {
    let number = |number: &Number| print(&Value::Number(number.clone()), lang);
    let mut parts = vec![format!("{} {}", t.requirement_answers(), labels::answer(t, &answer.kind))];
    parts.extend(answer.unit.clone());
    parts.extend(answer.min.as_ref().map(|min| t.requirement_min(number(min))));
    parts.extend(answer.max.as_ref().map(|max| t.requirement_max(number(max))));
    let options = if answer.options.is_empty() { String::new() } else { format!(": {}", answer.options.join(", ")) };
    parts.join(", ") + &options
}

fn follow_up(t: &Texts, follow_up: &FollowUp) -> Vec<String> {
    let mut lines = vec![follow_up.method.clone()];
    lines.extend(follow_up.frequency.iter().map(|text| format!("{}: {text}", t.requirement_frequency())));
    lines.extend(follow_up.by.iter().map(|text| format!("{}: {text}", t.requirement_by())));
    lines.extend(follow_up.reply_days.map(|days| t.requirement_reply_days(days.to_string())));
    lines.extend(follow_up.consequence.iter().map(|text| format!("{}: {text}", t.requirement_consequence())));
    lines.push(format!("{}: {}", t.requirement_effort(), labels::effort(t, &follow_up.effort)));
    lines
}

/// What a parameter is called, what can be chosen and what is where nothing is chosen.
fn parameter(t: &Texts, lang: Lang, parameter: &Parameter) -> String {
    let unit = parameter.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let mut line = format!("{} ({})", parameter.label, labels::parameter(t, &parameter.kind));
    let _ = write!(line, ". {}: {}", t.requirement_parameter_range(), range(t, lang, parameter));
    if let Some(default) = &parameter.default {
        let _ = write!(line, ". {}: {}{unit}", t.requirement_parameter_default(), print(default, lang));
    }
    line
}

/// What a buyer can choose for a parameter.
pub fn range(t: &Texts, lang: Lang, parameter: &Parameter) -> String {
    let unit = parameter.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let print = |value: &Value| print(value, lang);
    match (&parameter.min, &parameter.max) {
        _ if !parameter.options.is_empty() => parameter.options.join(", "),
        (Some(min), Some(max)) => t.requirement_range(print(min), print(max)) + &unit,
        (Some(min), None) => t.requirement_range_from(print(min)) + &unit,
        (None, Some(max)) => t.requirement_range_to(print(max)) + &unit,
        (None, None) => t.requirement_range_free().to_owned(),
    }
}

fn one<T: DeserializeOwned>(value: &Value, say: impl Fn(&T) -> Vec<String>) -> Vec<String> {
    serde_json::from_value(value.clone()).map(|value| say(&value)).unwrap_or_default()
}

fn many<T: DeserializeOwned>(value: &Value, say: impl Fn(&T) -> String) -> Vec<String> {
    one(value, |items: &Vec<T>| items.iter().map(&say).collect())
}
