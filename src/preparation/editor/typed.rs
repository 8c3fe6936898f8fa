//! What stands in the fields of the editor: of a version that is stored, or as somebody sent it.

use std::collections::BTreeMap;

use serde_json::{Number, Value};
use time::Date;
use uuid::Uuid;

use super::spec::{self, CLAUSES, Field, Part, Widget};
use crate::{
    kernel::web::{line, lines},
    requirements::{
        clauses::Clause,
        content::{Content, Novelty},
        fields::Reference,
    },
};

/// A row of a list: as many values as the list has columns.
pub type Row = Vec<String>;

/// Everything that stands in the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: BTreeMap<&'static str, String>,
    checks: BTreeMap<&'static str, Vec<String>>,
    lists: BTreeMap<&'static str, Vec<Row>>,
}

impl Typed {
    /// As it is stored.
    pub fn of(content: &Content, clauses: &[Clause], novelty: &Novelty) -> Self {
        let mut typed = Self::default();
        typed.core(content, clauses);
        typed.maintained(content);
        typed.checks.insert("andringar", novelty.changes.iter().map(|change| change.code().to_owned()).collect());
        typed.put("andringsnotis", &novelty.note);
        typed.put("pagaende_avtal", &novelty.running_contracts);
        typed.put("overgang", day(novelty.transition_until));
        typed
    }

    fn core(&mut self, content: &Content, clauses: &[Clause]) {
        let (core, english) = (&content.core, &content.english);
        self.put("titel", &core.title);
        self.put("titel_en", english.title.as_deref().unwrap_or_default());
        self.put("typ", core.kind.code());
        self.put("niva", core.level.code());
        let clause = |(place, clause): (usize, &Clause)| {
            vec![clause.id.to_string(), clause.text.clone(), english.text.get(place).cloned().unwrap_or_default()]
        };
        self.lists.insert(CLAUSES, clauses.iter().enumerate().map(clause).collect());
        self.put("motiv", &core.rationale);
        self.put("motiv_en", english.rationale.as_deref().unwrap_or_default());
        self.put("proportionalitet", &core.proportionality);
        self.put("lagniva", &core.legal_floor);
        let evidence = core.evidence.iter().enumerate().map(|(place, one)| {
            let translated = english.evidence.get(place).cloned().flatten().unwrap_or_default();
            let equivalent = one.equivalent_accepted.map_or("", |yes| if yes { "ja" } else { "nej" });
            let due = one.due.map_or("", |due| due.code());
            vec![one.kind.code().to_owned(), one.text.clone(), translated, due.to_owned(), equivalent.to_owned()]
        });
        self.lists.insert("bevis", evidence.collect());
        if let Some(follow_up) = &core.follow_up {
            self.put("uppf_metod", &follow_up.method);
            self.put("uppf_omfattning", follow_up.effort.code());
            self.put("uppf_ofta", follow_up.frequency.as_deref().unwrap_or_default());
            self.put("uppf_av", follow_up.by.as_deref().unwrap_or_default());
            self.put("uppf_dagar", follow_up.reply_days.map(|days| days.to_string()).unwrap_or_default());
            self.put("uppf_foljd", follow_up.consequence.as_deref().unwrap_or_default());
        }
        if let Some(answer) = &core.answer {
            self.put("svar_slag", answer.kind.code());
            self.put("svar_enhet", answer.unit.as_deref().unwrap_or_default());
            self.put("svar_minst", number(answer.min.as_ref()));
            self.put("svar_mest", number(answer.max.as_ref()));
            self.lists.insert("svarsval", answer.options.iter().map(|option| vec![option.clone()]).collect());
        }
        if let Some(award) = &core.award {
            self.put("utv_modell", award.model.code());
            self.put("utv_mest", number(award.max.as_ref()));
            let steps = award.steps.as_ref().and_then(Value::as_array).into_iter().flatten();
            self.lists.insert("steg", steps.map(|step| vec![step.as_str().unwrap_or_default().to_owned()]).collect());
            self.put("utv_forklaring", &award.explanation);
        }
        if let Some(applies) = &core.applies_to {
            self.checks.insert("galler_kop", applies.kinds.iter().map(|kind| kind.code().to_owned()).collect());
            self.put("galler_per", applies.per.map_or("", |per| per.code()));
        }
        let exempted = core.exemptions.iter().map(|one| vec![one.what.clone(), one.reason.clone(), day(one.until)]);
        self.lists.insert("undantag", exempted.collect());
        let parameters = core.parameters.iter().map(|one| {
            vec![
                one.key.clone(),
                one.label.clone(),
                one.kind.code().to_owned(),
                one.unit.clone().unwrap_or_default(),
                value(one.min.as_ref()),
                value(one.max.as_ref()),
                one.options.join("\n"),
                value(one.default.as_ref()),
            ]
        });
        self.lists.insert("parameter", parameters.collect());
        self.lists.insert(spec::REFERENCES, core.references.iter().map(cited).collect());
        let defined = core.definitions.iter().map(|one| vec![one.term.clone(), one.text.clone()]);
        self.lists.insert("begrepp", defined.collect());
        self.lists.insert("bilaga", core.appendices.iter().map(|one| vec![one.title.clone(), one.text.clone()]).collect());
    }

    fn maintained(&mut self, content: &Content) {
        let kept = &content.maintained;
        self.put("grupp", kept.group.to_string());
        self.put("familj", kept.family.as_deref().unwrap_or_default());
        self.put("relation", kept.relation.map_or("", |relation| relation.code()));
        self.put("vagledning", &kept.guidance);
        self.put("begransningar", &kept.limitations);
        self.put("bygger_pa", &kept.builds_on);
        self.put("medverkande", &kept.contributors);
        self.put("cpv", kept.cpv.join("\n"));
        self.put("gpp", kept.gpp.as_deref().unwrap_or_default());
        self.put("oversyn", day(kept.review_by));
        self.checks.insert("mal", kept.objectives.clone());
        self.checks.insert("agenda", kept.agenda_goals.iter().map(ToString::to_string).collect());
        self.checks.insert("eforms", kept.eforms.clone());
    }

    /// As somebody sent it. What is no field is passed over; the id of a clause is kept where it is one, once each.
    pub fn sent(pairs: &[(String, String)]) -> Self {
        let all = |name: &str| -> Vec<&String> { pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value).collect() };
        let mut typed = Self::default();
        for part in spec::parts() {
            match part {
                Part::Field(field) => {
                    typed.put(field.name, all(field.name).first().map(|text| clean(field, text)).unwrap_or_default());
                }
                Part::Checks(name, _) => {
                    typed.checks.insert(name, all(name).into_iter().map(|text| line(text)).collect());
                }
                Part::List(list) => {
                    let columns: Vec<Vec<&String>> = list.columns.iter().map(|column| all(column.name)).collect();
                    let rows = columns.iter().map(Vec::len).max().unwrap_or(0).min(list.most);
                    let value = |column: usize, row: usize| {
                        columns[column].get(row).map(|text| clean(&list.columns[column], text)).unwrap_or_default()
                    };
                    let row = |row: usize| (0..columns.len()).map(|column| value(column, row)).collect();
                    typed.lists.insert(list.name, (0..rows).map(row).collect());
                }
            }
        }
        let mut seen: Vec<Uuid> = Vec::new();
        for row in typed.rows_mut(CLAUSES) {
            let id = row[0].parse().ok().filter(|id| !seen.contains(id));
            row[0] = id.map(|id: Uuid| id.to_string()).unwrap_or_default();
            seen.extend(id);
        }
        typed
    }

    /// What stands in a field.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// What is ticked.
    pub fn ticked(&self, name: &str) -> &[String] {
        self.checks.get(name).map_or(&[], Vec::as_slice)
    }

    /// The rows of a list.
    pub fn rows(&self, name: &str) -> &[Row] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The same, to change.
    pub fn rows_mut(&mut self, name: &'static str) -> &mut Vec<Row> {
        self.lists.entry(name).or_default()
    }

    /// Fills in a field.
    pub fn put(&mut self, name: &'static str, text: impl Into<String>) {
        self.fields.insert(name, text.into());
    }

    /// Ticks these.
    pub fn tick(&mut self, name: &'static str, ticked: &[String]) {
        self.checks.insert(name, ticked.to_vec());
    }

    /// Without the rows in which nobody wrote anything.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for list in spec::lists() {
            self.rows_mut(list.name).retain(|row| !is_blank(list, row));
        }
        self
    }

    /// Adds what is cited.
    pub fn cite(&mut self, reference: &Reference) {
        self.rows_mut(spec::REFERENCES).push(cited(reference));
    }

    /// Does what a button says (`bevis-bort-2`, `bevis-efter-2`, `bevis-upp-2`, `bevis-ned-2`; `bevis-efter-0` is the first
    /// row). Gives the field that the browser goes to, or none where the button is another.
    pub fn rearrange(&mut self, button: &str) -> Option<String> {
        let mut words = button.rsplitn(3, '-');
        let (place, what, name) = (words.next()?, words.next()?, words.next()?);
        let (list, place) = (spec::list(name)?, place.parse::<usize>().ok()?);
        let rows = self.rows_mut(list.name);
        let count = rows.len();
        let mut focus = place.saturating_sub(1);
        match what {
            "bort" if (1..=count).contains(&place) => {
                rows.remove(place - 1);
                focus = focus.min(rows.len().saturating_sub(1));
            }
            "efter" if place <= count && count < list.most => {
                rows.insert(place, vec![String::new(); list.columns.len()]);
                focus = place;
            }
            "upp" if (2..=count).contains(&place) => {
                rows.swap(place - 1, place - 2);
                focus = place - 2;
            }
            "ned" if place >= 1 && place < count => {
                rows.swap(place - 1, place);
                focus = place;
            }
            "bort" | "efter" | "upp" | "ned" => {}
            _ => return None,
        }
        let column = list.columns.iter().find(|column| !matches!(column.widget, Widget::Hidden))?;
        Some(spec::in_row(column.name, focus))
    }
}

/// Whether nobody wrote anything in a row: what is chosen from few says nothing alone.
pub fn is_blank(list: &spec::List, row: &Row) -> bool {
    let columns = list.columns.iter().zip(row);
    columns.filter(|(column, _)| !matches!(column.widget, Widget::Hidden | Widget::Choice(..))).all(|(_, text)| text.is_empty())
}

fn clean(field: &Field, text: &str) -> String {
    match field.widget {
        Widget::Area(_) => lines(text),
        Widget::Lines(_) => {
            let text = lines(text);
            let kept: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            kept.join("\n")
        }
        Widget::Line(_) | Widget::Date | Widget::Choice(..) | Widget::Hidden => line(text),
    }
}

fn cited(reference: &Reference) -> Row {
    vec![
        reference.kind.code().to_owned(),
        reference.name.clone(),
        reference.edition.clone().unwrap_or_default(),
        reference.url.clone().unwrap_or_default(),
        day(reference.in_force_from),
        day(reference.in_force_to),
    ]
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A number as one writes it in Swedish.
fn number(number: Option<&Number>) -> String {
    number.map(|number| number.to_string().replace('.', ",")).unwrap_or_default()
}

fn value(one: Option<&Value>) -> String {
    match one {
        Some(Value::Number(one)) => number(Some(one)),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}
