//! What the form of a row holds.

use time::Date;

use super::{
    one::One,
    parameter::{self, Typed},
};
use crate::{
    kernel::{
        i18n::Texts,
        web::{Faults, Visit, line, lines},
    },
    requirements::fields::Exemption,
    selections::{values, workflow::MOST_TEXT},
};

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// Values by key.
    pub values: Typed,
    /// Which exemptions are ticked, by place.
    pub exemptions: Vec<usize>,
    pub note: String,
    /// The lock that the form carries.
    pub lock: i32,
}

impl Form {
    /// What is kept now.
    pub fn of(one: &One, visit: &Visit) -> Self {
        Self {
            values: parameter::typed(one.row.parameters(), &one.row.values, visit.lang),
            exemptions: values::exemptions(exemptions(one), one.row.exemptions.as_deref(), visit.today()),
            note: one.row.note.clone(),
            lock: one.row.lock_version,
        }
    }

    /// What was sent: `p-…` for each parameter, `undantag` for each exemption that is ticked.
    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "undantag" => form.exemptions.extend(value.parse::<usize>().ok()),
                "anteckning" => form.note = lines(&value),
                "las" => form.lock = value.parse().unwrap_or(0),
                _ => {
                    if let Some(key) = name.strip_prefix("p-") {
                        form.values.insert(key.to_owned(), line(&value));
                    }
                }
            }
        }
        form
    }
}

pub fn exemptions(one: &One) -> &[Exemption] {
    one.row.core.as_ref().map_or(&[], |core| &core.exemptions)
}

/// The choice of exemptions as it is kept: none where it is the one that holds without a choice.
pub fn chosen(all: &[Exemption], ticked: &[usize], today: Date) -> Option<Vec<i16>> {
    let open = values::exemptions(all, None, today);
    let ticked: Vec<usize> = open.iter().copied().filter(|place| ticked.contains(place)).collect();
    (ticked != open).then(|| values::kept_places(ticked))
}

/// That there is no room for it: told at the longest text.
pub fn full(t: Texts, form: &Form) -> Faults {
    let note = ("anteckning".to_owned(), form.note.len());
    let values = form.values.iter().map(|(key, value)| (format!("p-{key}"), value.len()));
    let mut faults = Faults::default();
    if let Some((field, _)) = values.chain([note]).max_by_key(|(_, length)| *length) {
        faults.add(field, t.selection_row_full(MOST_TEXT / 1_000_000));
    }
    faults
}
