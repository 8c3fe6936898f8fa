//! A field of the core in words, line by line, for tables of what changed.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    kernel::i18n::{Lang, Texts},
    portal::labels,
    requirements::{
        diff::Field,
        fields::{
            Answer, Appendix, AppliesTo, Award, Definition, Evidence, Exemption, FollowUp, Kind, Level, Parameter, Reference,
        },
        parameters::print,
    },
};

/// The field's value in words; no line where it is empty.
pub fn lines(t: &Texts, lang: Lang, field: Field, value: &Value) -> Vec<String> {
    match field {
        Field::Kind => one(value, |kind: &Kind| vec![labels::kind(t, kind).to_owned()]),
        Field::Level => one(value, |level: &Level| vec![labels::level(t, level).to_owned()]),
        Field::Evidence => many(value, |e: &Evidence| {
            let due = e.due.map(|due| format!(" ({})", labels::due(t, &due))).unwrap_or_default();
            format!("{}: {}{due}", labels::evidence(t, &e.kind), e.text)
        }),
        Field::Answer => one(value, |a: &Answer| {
            let mut line = labels::answer(t, &a.kind).to_owned();
            for part in [a.unit.clone(), Some(a.options.join(", "))].into_iter().flatten().filter(|part| !part.is_empty()) {
                line = format!("{line}, {part}");
            }
            vec![line]
        }),
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
        Field::FollowUp => one(value, |f: &FollowUp| {
            let mut lines = vec![f.method.clone()];
            lines.extend([f.frequency.clone(), f.by.clone(), f.consequence.clone()].into_iter().flatten());
            if let Some(days) = f.reply_days {
                lines.push(t.requirement_reply_days(days.to_string()));
            }
            lines.push(format!("{}: {}", t.requirement_effort(), labels::effort(t, &f.effort)));
            lines
        }),
        Field::AppliesTo => one(value, |a: &AppliesTo| {
            let mut words: Vec<&str> = a.kinds.iter().map(|kind| labels::bought(t, kind)).collect();
            words.extend(a.per.as_ref().map(|per| labels::per(t, per)));
            vec![words.join(", ")]
        }),
        Field::Parameters => many(value, |p: &Parameter| {
            let default = p.default.as_ref().map(|value| format!(": {}", print(value, lang))).unwrap_or_default();
            format!("{} ({}){default}", p.label, labels::parameter(t, &p.kind))
        }),
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

fn one<T: DeserializeOwned>(value: &Value, say: impl Fn(&T) -> Vec<String>) -> Vec<String> {
    serde_json::from_value(value.clone()).map(|value| say(&value)).unwrap_or_default()
}

fn many<T: DeserializeOwned>(value: &Value, say: impl Fn(&T) -> String) -> Vec<String> {
    one(value, |items: &Vec<T>| items.iter().map(&say).collect())
}
