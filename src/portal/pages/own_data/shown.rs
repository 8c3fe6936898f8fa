//! How a value of the file is written on the page.

use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    accounts,
    kernel::{
        actor::Role,
        i18n::{Lang, Texts},
    },
};

/// A value under its key, in words.
pub(super) fn shown(lang: Lang, key: &str, value: &Value) -> String {
    let t = Texts(lang);
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { t.own_data_yes() } else { t.own_data_no() }.to_owned(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), |number| lang.number(number)),
        Value::String(text) => text_of(lang, key, text),
        Value::Array(all) if key == "roles" => all.iter().map(|role| role_of(lang, role)).collect::<Vec<_>>().join("; "),
        Value::Array(all) => all.iter().map(|one| shown(lang, key, one)).collect::<Vec<_>>().join(", "),
        Value::Object(object) => {
            let name = object.get(if lang.is_swedish() { "name_sv" } else { "name_en" }).and_then(Value::as_str);
            name.map_or_else(|| value.to_string(), str::to_owned)
        }
    }
}

fn text_of(lang: Lang, key: &str, text: &str) -> String {
    let t = Texts(lang);
    let is_time = key.ends_with("_at") || matches!(key, "at" | "from" | "to");
    let word = match (key, text) {
        _ if is_time => moment(lang, text),
        ("language", "sv") => Some(t.accounts_language_sv().to_owned()),
        ("language", "en") => Some(t.accounts_language_en().to_owned()),
        ("action", code) => action(t, code).map(str::to_owned),
        _ => None,
    };
    word.unwrap_or_else(|| text.to_owned())
}

fn moment(lang: Lang, text: &str) -> Option<String> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(|at| lang.moment(at))
}

/// A role with its period.
fn role_of(lang: Lang, role: &Value) -> String {
    let t = Texts(lang);
    let of = |key: &str| role.get(key).and_then(Value::as_str);
    let code = of("role").unwrap_or_default();
    let mut text = Role::from_code(code).map_or_else(|| code.to_owned(), |role| accounts::role_name(&t, role).to_owned());
    if let Some(letter) = of("procurement_area") {
        text.push_str(&t.accounts_own_letter(letter));
    }
    let day = |key: &str| of(key).and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()).map(|at| lang.day_of(at));
    let period = match (day("from"), day("to")) {
        (Some(from), Some(to)) => t.own_data_from_to(from, to),
        (Some(from), None) => t.own_data_from(from),
        (None, _) => return text,
    };
    format!("{text} ({period})")
}

/// What is written in the log in words; what has none stands as it is.
fn action(t: Texts, code: &str) -> Option<&'static str> {
    Some(match code {
        "session.open" => t.own_data_action_session_open(),
        "session.end" => t.own_data_action_session_end(),
        "session.end_others" => t.own_data_action_session_end_others(),
        "session.refuse" => t.own_data_action_session_refuse(),
        "session.prove" => t.own_data_action_session_prove(),
        "session.act_for" => t.own_data_action_session_act_for(),
        "person.rename" => t.own_data_action_rename(),
        "person.change_password" | "person.choose_password" => t.own_data_action_password(),
        "person.set_second_factor" => t.own_data_action_second_factor(),
        "person.remove_second_factor" => t.own_data_action_second_factor_off(),
        "person.renew_recovery_codes" => t.own_data_action_recovery_codes(),
        "person.give_role" => t.own_data_action_role(),
        "person.export" => t.own_data_action_export(),
        _ => return None,
    })
}
