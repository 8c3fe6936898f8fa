//! The lists of a version that are rows of fields: parameters, exemptions, definitions, appendices, what is cited.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    said::{Reading, row_number},
    spec::{REFERENCES, in_row},
};
use crate::requirements::{
    content::tidy,
    fields::{Appendix, Definition, Exemption, Parameter, ParameterKind, Reference, ReferenceKind},
};

impl Reading<'_> {
    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let mut keys = HashSet::new();
        let mut parameters = Vec::new();
        for (place, row) in self.rows("parameter") {
            let key = row[0].clone();
            let plain =
                (1..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if !plain {
                self.faults.add(in_row("parameter_nyckel", place), self.t.preparation_fault_key());
            } else if !keys.insert(key.clone()) {
                self.faults.add(in_row("parameter_nyckel", place), self.t.preparation_fault_key_twice());
            }
            self.need("parameter_namn", place, &row[1]);
            let kind = ParameterKind::from_code(&row[2]);
            if kind.is_none() {
                self.faults.add(in_row("parameter_slag", place), self.t.preparation_fault_choose_parameter(row_number(place)));
            }
            let kind = kind.unwrap_or(ParameterKind::Text);
            let options: Vec<String> = row[6].lines().map(str::to_owned).collect();
            if options.len() > 50 {
                self.faults.add(in_row("parameter_val", place), self.t.preparation_fault_fewer());
            }
            if kind == ParameterKind::Choice && options.is_empty() {
                self.faults.add(in_row("parameter_val", place), self.t.preparation_fault_options());
            }
            let min = self.value(in_row("parameter_minst", place), kind, &row[4]);
            let max = self.value(in_row("parameter_mest", place), kind, &row[5]);
            let default = self.value(in_row("parameter_forval", place), kind, &row[7]);
            if let (Some(Value::Number(min)), Some(Value::Number(max))) = (&min, &max) {
                self.ordered(in_row("parameter_mest", place), Some(min), Some(max));
            }
            let unit = Some(row[3].clone()).filter(|unit| !unit.is_empty());
            parameters.push(Parameter { key, label: row[1].clone(), kind, unit, min, max, options, default });
        }
        parameters
    }

    pub(super) fn exemptions(&mut self) -> Vec<Exemption> {
        let mut exempted = Vec::new();
        for (place, row) in self.rows("undantag") {
            self.need("undantag_vad", place, &row[0]);
            self.need("undantag_skal", place, &row[1]);
            let until = self.day(in_row("undantag_till", place), &row[2]);
            exempted.push(Exemption { what: tidy(&row[0]), reason: tidy(&row[1]), until });
        }
        exempted
    }

    pub(super) fn definitions(&mut self) -> Vec<Definition> {
        let mut defined = Vec::new();
        for (place, row) in self.rows("begrepp") {
            self.need("begrepp_ord", place, &row[0]);
            self.need("begrepp_text", place, &row[1]);
            defined.push(Definition { term: row[0].clone(), text: tidy(&row[1]) });
        }
        defined
    }

    pub(super) fn appendices(&mut self) -> Vec<Appendix> {
        let mut appended = Vec::new();
        for (place, row) in self.rows("bilaga") {
            self.need("bilaga_rubrik", place, &row[0]);
            self.need("bilaga_text", place, &row[1]);
            appended.push(Appendix { title: row[0].clone(), text: tidy(&row[1]) });
        }
        appended
    }

    pub(super) fn references(&mut self) -> Vec<Reference> {
        let mut cited: Vec<Reference> = Vec::new();
        for (place, row) in self.rows(REFERENCES) {
            self.need("kalla_namn", place, &row[1]);
            let kind = ReferenceKind::from_code(&row[0]);
            if kind.is_none() {
                self.faults.add(in_row("kalla_slag", place), self.t.preparation_fault_choose_reference(row_number(place)));
            }
            let url = Some(row[3].clone()).filter(|url| !url.is_empty());
            if url.as_deref().is_some_and(|url| !is_url(url)) {
                self.faults.add(in_row("kalla_adress", place), self.t.preparation_fault_url());
            }
            let in_force_from = self.day(in_row("kalla_fran", place), &row[4]);
            let in_force_to = self.day(in_row("kalla_till", place), &row[5]);
            if let (Some(from), Some(to)) = (in_force_from, in_force_to)
                && to < from
            {
                self.faults.add(in_row("kalla_till", place), self.t.preparation_fault_later());
            }
            let edition = Some(row[2].clone()).filter(|edition| !edition.is_empty());
            let one = Reference {
                name: row[1].clone(),
                kind: kind.unwrap_or(ReferenceKind::Law),
                url,
                edition,
                in_force_from,
                in_force_to,
            };
            if cited.iter().any(|other| (other.kind, &other.name, &other.edition) == (one.kind, &one.name, &one.edition)) {
                self.faults.add(in_row("kalla_namn", place), self.t.preparation_fault_cited_twice());
            }
            cited.push(one);
        }
        cited
    }
}

fn is_url(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}
