//! What the typed fields say: a version's content, and what is wrong with it. What cannot be read is left out of the content,
//! so that the checker can read a text that cannot be saved yet.

use serde_json::{Number, Value};
use time::Date;
use uuid::Uuid;

use super::{
    spec::{self, CLAUSES, Field, Part, Widget, in_row},
    typed::{Row, Typed},
};
use crate::{
    kernel::{i18n::Texts, web::Faults},
    preparation::reads::known::Known,
    requirements::{
        clauses::Clause,
        content::{Content, Core, English, MOST_TEXT, Maintained, Novelty, letters, tidy},
        fields::{
            Answer, AnswerKind, AppliesTo, Award, AwardModel, Bought, Change, Due, Effort, Evidence, EvidenceKind, FollowUp,
            Kind, Level, ParameterKind, Per, Relation, iso_date_option::parse as day,
        },
        parameters,
        workflow::preparing::Said,
    },
    taxonomy::bare_code,
};

/// The most bytes that a list may take, with room to what the database refuses.
const MOST_JSON: usize = 300_000;

/// Reads the fields. `clauses` are those that may keep their ids, `base` is what the version says so far.
pub fn said(typed: &Typed, known: &Known, clauses: &[Uuid], base: &Content, t: Texts) -> (Said, Faults) {
    let mut reading = Reading { typed, known, t, faults: Faults::default() };
    reading.lengths();
    let (clauses, english_text) = reading.clauses(clauses);
    let (evidence, english_evidence) = reading.evidence();
    let text = |name: &str| tidy(typed.get(name));
    if typed.get("titel").is_empty() {
        reading.faults.add("titel", t.preparation_fault_title());
    }
    let core = Core {
        title: text("titel"),
        text: clauses.iter().map(|clause| clause.text.clone()).collect(),
        kind: Kind::from_code(typed.get("typ")).unwrap_or(base.core.kind),
        level: Level::from_code(typed.get("niva")).unwrap_or(base.core.level),
        rationale: text("motiv"),
        proportionality: text("proportionalitet"),
        legal_floor: text("lagniva"),
        evidence,
        answer: reading.answer(),
        award: reading.award(),
        follow_up: reading.follow_up(),
        applies_to: applies_to(typed),
        parameters: reading.parameters(),
        exemptions: reading.exemptions(),
        definitions: reading.definitions(),
        appendices: reading.appendices(),
        references: reading.references(),
    };
    reading.declared(&core);
    reading.sizes(&core);
    let maintained = reading.maintained(base);
    let optional = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let english =
        English { title: optional("titel_en"), text: english_text, rationale: optional("motiv_en"), evidence: english_evidence };
    let novelty = Novelty {
        changes: Change::ALL
            .iter()
            .copied()
            .filter(|change| typed.ticked("andringar").iter().any(|code| code == change.code()))
            .collect(),
        note: text("andringsnotis"),
        running_contracts: text("pagaende_avtal"),
        transition_until: reading.day("overgang", typed.get("overgang")),
    };
    (Said { content: Content { core, maintained, english }, clauses, novelty }, reading.faults)
}

fn applies_to(typed: &Typed) -> Option<AppliesTo> {
    let ticked = typed.ticked("galler_kop");
    let kinds: Vec<Bought> = Bought::ALL.iter().copied().filter(|kind| ticked.iter().any(|code| code == kind.code())).collect();
    let per = Per::from_code(typed.get("galler_per"));
    (!kinds.is_empty() || per.is_some()).then_some(AppliesTo { kinds, per })
}

pub(super) struct Reading<'a> {
    typed: &'a Typed,
    known: &'a Known,
    pub(super) t: Texts,
    pub(super) faults: Faults,
}

impl Reading<'_> {
    /// No text is longer than its field.
    fn lengths(&mut self) {
        let t = self.t;
        let mut check = |id: String, field: &Field, text: &str| match field.widget {
            Widget::Line(most) | Widget::Area(most) => self.faults.check_length(t, id, text, most),
            Widget::Lines(most) => {
                if let Some(long) = text.lines().find(|line| line.chars().count() > most) {
                    self.faults.check_length(t, id, long, most);
                }
            }
            Widget::Date | Widget::Choice(..) | Widget::Hidden => {}
        };
        for part in spec::parts() {
            match part {
                Part::Field(field) => check(field.name.to_owned(), field, self.typed.get(field.name)),
                Part::List(list) => {
                    for (place, row) in self.typed.rows(list.name).iter().enumerate() {
                        for (column, text) in list.columns.iter().zip(row) {
                            check(in_row(column.name, place), column, text);
                        }
                    }
                }
                Part::Checks(..) => {}
            }
        }
    }

    /// The clauses with their ids, and their English texts: all of them, or none.
    fn clauses(&mut self, known: &[Uuid]) -> (Vec<Clause>, Vec<String>) {
        let rows = self.typed.rows(CLAUSES);
        let mut clauses = Vec::new();
        let mut english = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            if row[1].is_empty() {
                if !row[2].is_empty() {
                    self.faults.add(in_row("stycke", place), self.t.preparation_fault_english_alone());
                }
                continue;
            }
            let id = row[0].parse().ok().filter(|id| known.contains(id)).unwrap_or_else(Uuid::now_v7);
            clauses.push(Clause { id, text: tidy(&row[1]) });
            english.push(tidy(&row[2]));
        }
        let longest = (0..rows.len()).max_by_key(|place| rows[*place][1].len()).unwrap_or(0);
        let whole = letters(clauses.iter().map(|clause| &clause.text));
        self.faults.check_size(self.t, in_row("stycke", longest), whole, MOST_TEXT);
        if english.iter().all(String::is_empty) {
            return (clauses, Vec::new());
        }
        let lacks = rows.iter().position(|row| !row[1].is_empty() && row[2].is_empty());
        if let Some(place) = lacks {
            self.faults.add(in_row("stycke_en", place), self.t.preparation_fault_english_part());
            return (clauses, Vec::new());
        }
        (clauses, english)
    }

    /// The rows of a list in which somebody wrote something, each with its place.
    pub(super) fn rows(&self, name: &str) -> Vec<(usize, Row)> {
        let Some(list) = spec::list(name) else { return Vec::new() };
        let rows = self.typed.rows(name).iter().cloned().enumerate();
        rows.filter(|(_, row)| !super::typed::is_blank(list, row)).collect()
    }

    /// That something has to be filled in.
    pub(super) fn need(&mut self, name: &str, place: usize, text: &str) {
        if text.is_empty() {
            self.faults.add(in_row(name, place), self.t.preparation_fault_empty());
        }
    }

    fn evidence(&mut self) -> (Vec<Evidence>, Vec<Option<String>>) {
        let mut evidence = Vec::new();
        let mut english = Vec::new();
        for (place, row) in self.rows("bevis") {
            self.need("bevis_text", place, &row[1]);
            let kind = EvidenceKind::from_code(&row[0]);
            if kind.is_none() {
                self.faults.add(in_row("bevis_slag", place), self.t.preparation_fault_choose_evidence(row_number(place)));
            }
            evidence.push(Evidence {
                kind: kind.unwrap_or(EvidenceKind::Other),
                text: tidy(&row[1]),
                text_en: None,
                due: Due::from_code(&row[3]),
                equivalent_accepted: match row[4].as_str() {
                    "ja" => Some(true),
                    "nej" => Some(false),
                    _ => None,
                },
            });
            english.push(Some(tidy(&row[2])).filter(|text| !text.is_empty()));
        }
        if english.iter().all(Option::is_none) {
            english.clear();
        }
        (evidence, english)
    }

    /// A number as it is written in Swedish, or with a point.
    fn number(&mut self, id: String, text: &str) -> Option<Number> {
        if text.is_empty() {
            return None;
        }
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".").replace('\u{2212}', "-");
        let number = plain.parse::<i64>().ok().map(Number::from).or_else(|| plain.parse().ok().and_then(Number::from_f64));
        if number.is_none() {
            self.faults.add(id, self.t.preparation_fault_number());
        }
        number
    }

    pub(super) fn day(&mut self, id: impl Into<String>, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let date = day(text);
        if date.is_none() {
            self.faults.add(id.into(), self.t.preparation_fault_date());
        }
        date
    }

    /// That the least is not more than the most.
    pub(super) fn ordered(&mut self, id: String, min: Option<&Number>, max: Option<&Number>) {
        if let (Some(min), Some(max)) = (min, max)
            && min.as_f64() > max.as_f64()
        {
            self.faults.add(id, self.t.preparation_fault_range());
        }
    }

    fn answer(&mut self) -> Option<Answer> {
        let typed = self.typed;
        let min = self.number("svar_minst".to_owned(), typed.get("svar_minst"));
        let max = self.number("svar_mest".to_owned(), typed.get("svar_mest"));
        self.ordered("svar_mest".to_owned(), min.as_ref(), max.as_ref());
        let options: Vec<String> = self.rows("svarsval").into_iter().map(|(_, row)| row[0].clone()).collect();
        let unit = Some(typed.get("svar_enhet").to_owned()).filter(|unit| !unit.is_empty());
        let Some(kind) = AnswerKind::from_code(typed.get("svar_slag")) else {
            if min.is_some() || max.is_some() || unit.is_some() || !options.is_empty() {
                self.faults.add("svar_slag", self.t.preparation_fault_answer_kind());
            }
            return None;
        };
        if kind == AnswerKind::Choice && options.is_empty() {
            self.faults.add("svar_slag", self.t.preparation_fault_options());
        }
        Some(Answer { kind, unit, min, max, options })
    }

    fn award(&mut self) -> Option<Award> {
        let typed = self.typed;
        let max = self.number("utv_mest".to_owned(), typed.get("utv_mest"));
        let steps: Vec<Value> = self.rows("steg").into_iter().map(|(_, row)| Value::String(row[0].clone())).collect();
        let explanation = tidy(typed.get("utv_forklaring"));
        let Some(model) = AwardModel::from_code(typed.get("utv_modell")) else {
            if max.is_some() || !steps.is_empty() || !explanation.is_empty() {
                self.faults.add("utv_modell", self.t.preparation_fault_award_model());
            }
            return None;
        };
        if explanation.is_empty() {
            self.faults.add("utv_forklaring", self.t.preparation_fault_award_explanation());
        }
        Some(Award { model, max, steps: (!steps.is_empty()).then_some(Value::Array(steps)), explanation })
    }

    fn follow_up(&mut self) -> Option<FollowUp> {
        let typed = self.typed;
        let optional = |name: &str| Some(tidy(typed.get(name))).filter(|text| !text.is_empty());
        let days = typed.get("uppf_dagar");
        let reply_days = days.parse().ok();
        if !days.is_empty() && reply_days.is_none() {
            self.faults.add("uppf_dagar", self.t.preparation_fault_days());
        }
        let method = tidy(typed.get("uppf_metod"));
        let effort = Effort::from_code(typed.get("uppf_omfattning"));
        let names = ["uppf_omfattning", "uppf_ofta", "uppf_av", "uppf_dagar", "uppf_foljd"];
        let other = names.iter().any(|name| !typed.get(name).is_empty());
        if method.is_empty() {
            if other {
                self.faults.add("uppf_metod", self.t.preparation_fault_follow_up_method());
            }
            return None;
        }
        if effort.is_none() {
            self.faults.add("uppf_omfattning", self.t.preparation_fault_follow_up_effort());
        }
        Some(FollowUp {
            method,
            effort: effort.unwrap_or(Effort::Small),
            frequency: optional("uppf_ofta"),
            by: optional("uppf_av"),
            reply_days,
            consequence: optional("uppf_foljd"),
        })
    }

    /// A value of a parameter: a number, a day or words, by its kind.
    pub(super) fn value(&mut self, id: String, kind: ParameterKind, text: &str) -> Option<Value> {
        if text.is_empty() {
            return None;
        }
        match kind {
            ParameterKind::Number | ParameterKind::Percent => self.number(id, text).map(Value::Number),
            ParameterKind::Date => self.day(id, text).map(|date| Value::String(date.to_string())),
            ParameterKind::Choice | ParameterKind::Text => Some(Value::String(text.to_owned())),
        }
    }

    /// What stands in double braces in the text is a parameter.
    fn declared(&mut self, core: &Core) {
        for (place, row) in self.typed.rows(CLAUSES).iter().enumerate() {
            if let Some(key) = parameters::unknown([row[1].as_str()], &core.parameters).first() {
                self.faults.add(in_row("stycke", place), self.t.preparation_fault_undeclared(*key));
            }
        }
    }

    /// No list is too large as a whole.
    fn sizes(&mut self, core: &Core) {
        let size = |value: serde_json::Result<Value>| value.map_or(0, |value| value.to_string().len());
        for (id, size) in [
            ("bevisen", size(serde_json::to_value(&core.evidence))),
            ("parametrarna", size(serde_json::to_value(&core.parameters))),
            ("galler", size(serde_json::to_value(&core.exemptions))),
            ("begreppen", size(serde_json::to_value(&core.definitions))),
            ("begreppen", size(serde_json::to_value(&core.appendices))),
        ] {
            if size > MOST_JSON {
                self.faults.add(id, self.t.preparation_fault_too_much());
            }
        }
    }

    fn maintained(&mut self, base: &Content) -> Maintained {
        let typed = self.typed;
        let family = Some(typed.get("familj").to_owned()).filter(|slug| !slug.is_empty());
        if family.as_deref().is_some_and(|slug| !is_slug(slug)) {
            self.faults.add("familj", self.t.preparation_fault_family());
        }
        let relation = Relation::from_code(typed.get("relation"));
        if family.is_none() && relation.is_some() {
            self.faults.add("relation", self.t.preparation_fault_relation());
        }
        let cpv: Vec<String> = typed.get("cpv").lines().map(bare_cpv).collect();
        if let Some(wrong) = cpv.iter().find(|code| code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit())) {
            self.faults.add("cpv", self.t.preparation_fault_cpv(wrong));
        }
        if cpv.len() > 100 {
            self.faults.add("cpv", self.t.preparation_fault_fewer());
        }
        let group = typed.get("grupp").parse().ok().filter(|id| self.known.groups.iter().any(|group| group.id == *id));
        if group.is_none() {
            self.faults.add("grupp", self.t.preparation_fault_choose_group());
        }
        let objectives = self.known.objectives.iter().map(|(slug, _)| slug.clone());
        let eforms = spec::EFORMS.iter().map(|code| (*code).to_owned());
        let goals = typed.ticked("agenda").iter().filter_map(|goal| goal.parse().ok()).filter(|goal| (1..=17).contains(goal));
        Maintained {
            group: group.unwrap_or(base.maintained.group),
            relation: relation.filter(|_| family.is_some()),
            family,
            guidance: tidy(typed.get("vagledning")),
            limitations: tidy(typed.get("begransningar")),
            builds_on: tidy(typed.get("bygger_pa")),
            cpv: sorted(cpv),
            objectives: sorted(objectives.filter(|slug| typed.ticked("mal").contains(slug)).collect()),
            agenda_goals: sorted(goals.collect()),
            eforms: sorted(eforms.filter(|code| typed.ticked("eforms").contains(code)).collect()),
            gpp: spec::GPP.iter().find(|code| **code == typed.get("gpp")).map(|code| (*code).to_owned()),
            contributors: tidy(typed.get("medverkande")),
            review_by: self.day("oversyn", typed.get("oversyn")),
        }
    }
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// Eight digits: the check digit goes where it is right.
fn bare_cpv(code: &str) -> String {
    bare_code(code).unwrap_or_else(|| code.to_owned())
}

/// A row as people count.
pub(super) fn row_number(place: usize) -> String {
    (place + 1).to_string()
}

fn is_slug(slug: &str) -> bool {
    let fine = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    slug.split('-').all(fine)
}
