//! What a requirement says, block by block.

use serde_json::{Number, Value};
use time::{Date, OffsetDateTime};

use super::{Block, Line, Options, Origin, Part, Text, Words, permalink};
use crate::{
    kernel::i18n::{Lang, Texts},
    requirements::{
        content::Core,
        fields::{Answer, Award, Evidence, FollowUp, Reference},
        lifecycle::Standing,
        names,
        parameters::{filled, print},
    },
    selections::{reads::rows::WholeRow, values::printed},
};

/// The blocks of a row; what it does not say has none.
pub(super) fn of(row: &WholeRow, words: Words, options: Options, origin: Origin<'_>, today: Date) -> Vec<Block> {
    let written = Written { row, words, now: origin.now, today };
    let mut blocks = Vec::with_capacity(12);
    let mut push = |part: Part, lines: Vec<Line>| {
        if !lines.is_empty() {
            blocks.push(Block { part, label: written.label(part, &lines), lines });
        }
    };
    push(Part::Status, written.status());
    if let Some(core) = &row.core {
        push(Part::OwnWording, written.own_wording());
        push(Part::Clauses, written.clauses(core));
        push(Part::Parameters, written.parameters(core));
        push(Part::Exemptions, written.exemptions(core));
        push(Part::Definitions, core.definitions.iter().map(|d| Line::led(sv(&d.term), sv(&d.text))).collect());
        push(Part::Appendices, core.appendices.iter().map(|a| Line::led(sv(&a.title), sv(&a.text))).collect());
        push(Part::References, core.references.iter().map(|reference| written.reference(reference)).collect());
        push(Part::AppliesTo, written.applies_to(core));
        push(Part::Evidence, core.evidence.iter().enumerate().map(|(place, one)| written.evidence(place, one)).collect());
        push(Part::Answer, core.answer.iter().flat_map(|answer| written.answer(answer)).collect());
        push(Part::Award, core.award.iter().flat_map(|award| written.award(award)).collect());
        push(Part::FollowUp, core.follow_up.iter().map(|follow_up| written.follow_up(follow_up)).collect());
    }
    if options.notes && !row.note.is_empty() {
        push(Part::Note, vec![Line::text(sv(&row.note))]);
    }
    let address = permalink(origin.base_url, words.main(), row);
    push(Part::Permalink, vec![Line { link: Some(address.clone()), ..Line::text(words.say(|_, _| address.clone())).bare() }]);
    if let Some(hash) = row.sha256.as_ref().filter(|_| row.wording.is_none()) {
        push(Part::Hash, vec![Line::text(words.say(|_, _| hash.clone())).bare()]);
    }
    blocks
}

/// A text that exists in Swedish alone.
fn sv(text: &str) -> Text {
    Text::swedish(text)
}

impl Line {
    /// The same where it is of no language: an address, a sum.
    fn bare(mut self) -> Self {
        if let Some(text) = &mut self.text {
            text.beside = None;
        }
        self
    }
}

struct Written<'a> {
    row: &'a WholeRow,
    words: Words,
    now: OffsetDateTime,
    today: Date,
}

impl Written<'_> {
    /// What a part is called; says so where what it says is Swedish in an English document.
    fn label(&self, part: Part, lines: &[Line]) -> Text {
        let texts = || lines.iter().flat_map(|line| line.text.iter().chain(line.facts.iter().map(|(_, value)| value)));
        let is_foreign = self.words.main() == Lang::En && texts().any(|text| text.lang == Lang::Sv);
        self.words.say(|t, _| {
            let name = part.name(t);
            if is_foreign { t.selection_export_in_swedish(name) } else { name.to_owned() }
        })
    }

    fn say<S: Into<String>>(&self, say: impl Fn(&Texts, Lang) -> S) -> Text {
        self.words.say(say)
    }

    /// What has become of the requirement that whoever reads the text must know.
    fn status(&self) -> Vec<Line> {
        let row = self.row;
        let mut lines = Vec::new();
        if row.hidden {
            lines.push(Line::text(self.say(|t, _| t.selection_export_hidden())));
        }
        match row.standing(self.now) {
            Standing::Dropped => lines.push(Line::text(self.say(|t, _| t.selection_export_revoked()))),
            Standing::Coming => {
                let day = row.first_day();
                lines.push(Line::text(self.say(|t, lang| match day {
                    Some(day) => t.selection_export_coming_from(lang.date(day)),
                    None => t.selection_export_coming().to_owned(),
                })));
            }
            Standing::Superseded if row.in_force.is_none() => {
                lines.push(Line::text(self.say(|t, _| t.selection_export_ended())));
            }
            Standing::Superseded | Standing::Current | Standing::Repealed | Standing::InPreparation => {}
        }
        if let Some(stop) = &row.stop {
            let since = stop.since();
            let lead = self.say(|t, lang| match since {
                Some(day) => t.selection_export_stopped_since(lang.date(day)),
                None => t.selection_export_stopped().to_owned(),
            });
            lines.push(Line::led(lead, sv(&stop.reason)));
        }
        if let Some(repeal) = row.repeal_to_come() {
            let day = repeal.effective();
            let lead = self.say(|t, lang| match day {
                Some(day) => t.selection_export_repeal_from(lang.date(day)),
                None => t.selection_export_repeal().to_owned(),
            });
            lines.push(Line::led(lead, sv(&repeal.reason)));
        }
        if let Some(repeal) = row.repeal_over() {
            let day = repeal.effective();
            let lead = self.say(|t, lang| match day {
                Some(day) => t.selection_export_repealed_from(lang.date(day)),
                None => t.selection_export_repealed().to_owned(),
            });
            lines.push(Line::led(lead, sv(&repeal.reason)));
        }
        lines
    }

    fn own_wording(&self) -> Vec<Line> {
        if self.row.wording.is_none() {
            return Vec::new();
        }
        let builds_on = self.say(|t, _| t.selection_export_builds_on(self.row.builds_on()));
        vec![Line::text(builds_on).fact(self.say(|t, _| t.selection_export_reason()), sv(&self.row.wording_reason))]
    }

    fn clauses(&self, core: &Core) -> Vec<Line> {
        let fill = |text: &str, lang| filled(text, &core.parameters, &self.row.values, lang);
        if let Some(wording) = &self.row.wording {
            return wording.iter().map(|clause| Line::text(sv(&fill(&clause.text, Lang::Sv)))).collect();
        }
        let clause = |clause: &crate::selections::reads::rows::ClauseText| {
            let english = clause.text_en.as_ref().filter(|text| !text.is_empty()).map(|text| fill(text, Lang::En));
            Line::text(self.words.of_requirement(fill(&clause.text, Lang::Sv), english))
        };
        self.row.clauses.iter().map(clause).collect()
    }

    fn parameters(&self, core: &Core) -> Vec<Line> {
        let values = &self.row.values;
        let line = |parameter: &crate::requirements::fields::Parameter| {
            let text = self.say(|t, lang| {
                printed(parameter, values.get(&parameter.key), lang).unwrap_or_else(|| t.selection_export_no_value().to_owned())
            });
            Line::led(sv(&parameter.label), text)
        };
        core.parameters.iter().map(line).collect()
    }

    fn exemptions(&self, core: &Core) -> Vec<Line> {
        self.row
            .used_exemptions(core, self.today)
            .map(|exemption| {
                let line =
                    Line::text(sv(&exemption.what)).fact(self.say(|t, _| t.selection_export_reason()), sv(&exemption.reason));
                match exemption.until {
                    Some(until) => line.fact(self.say(|t, _| t.requirement_until()), self.say(|_, lang| lang.date(until))),
                    None => line,
                }
            })
            .collect()
    }

    fn reference(&self, reference: &Reference) -> Line {
        let mut line = Line::led(self.say(|t, _| names::reference(t, &reference.kind)), sv(&reference.name));
        if let Some(edition) = &reference.edition {
            line = line.fact(self.say(|t, _| t.selection_export_edition()), sv(edition));
        }
        if let Some(url) = &reference.url {
            let address = Text { text: url.clone(), lang: self.words.main(), beside: None };
            line = line.fact(self.say(|t, _| t.selection_export_address()), address);
        }
        line
    }

    fn applies_to(&self, core: &Core) -> Vec<Line> {
        let Some(applies_to) = &core.applies_to else { return Vec::new() };
        let text = self.say(|t, _| {
            let bought = applies_to.kinds.iter().map(|kind| names::bought(t, kind));
            bought.chain(applies_to.per.iter().map(|per| names::per(t, per))).collect::<Vec<_>>().join(", ")
        });
        if text.text.is_empty() { Vec::new() } else { vec![Line::text(text)] }
    }

    fn evidence(&self, place: usize, evidence: &Evidence) -> Line {
        let english = self.row.evidence_en.get(place).cloned().flatten().filter(|text| !text.is_empty());
        let mut line =
            Line::led(self.say(|t, _| names::evidence(t, &evidence.kind)), self.words.of_requirement(&evidence.text, english));
        if let Some(due) = &evidence.due {
            line = line.fact(self.say(|t, _| t.selection_export_due()), self.say(|t, _| names::due(t, due)));
        }
        match evidence.equivalent_accepted {
            Some(true) => {
                line.fact(self.say(|t, _| t.selection_export_equivalent()), self.say(|t, _| t.selection_export_equivalent_yes()))
            }
            Some(false) => {
                line.fact(self.say(|t, _| t.selection_export_equivalent()), self.say(|t, _| t.selection_export_equivalent_no()))
            }
            None => line,
        }
    }

    fn answer(&self, answer: &Answer) -> Vec<Line> {
        let number = |number: &Number, lang| print(&Value::Number(number.clone()), lang);
        let mut line = Line::led(self.say(|t, _| t.requirement_answers()), self.say(|t, _| names::answer(t, &answer.kind)));
        if let Some(unit) = &answer.unit {
            line = line.fact(self.say(|t, _| t.selection_export_unit()), sv(unit));
        }
        if let Some(min) = &answer.min {
            line = line.fact(self.say(|t, _| t.selection_export_least()), self.say(|_, lang| number(min, lang)));
        }
        if let Some(max) = &answer.max {
            line = line.fact(self.say(|t, _| t.selection_export_most()), self.say(|_, lang| number(max, lang)));
        }
        for option in &answer.options {
            line = line.fact(self.say(|t, _| t.selection_export_option()), sv(option));
        }
        vec![line]
    }

    fn award(&self, award: &Award) -> Vec<Line> {
        let mut line = Line::led(self.say(|t, _| t.selection_export_model()), self.say(|t, _| names::award(t, &award.model)));
        if let Some(max) = &award.max {
            let max = Value::Number(max.clone());
            line = line.fact(self.say(|t, _| t.selection_export_most()), self.say(|_, lang| print(&max, lang)));
        }
        let steps: Vec<&Value> = match &award.steps {
            Some(Value::Array(steps)) => steps.iter().collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(other) => vec![other],
        };
        for step in steps {
            line = line.fact(self.say(|t, _| t.selection_export_step()), sv(&print(step, Lang::Sv)));
        }
        let explanation = (!award.explanation.is_empty()).then(|| Line::text(sv(&award.explanation)));
        std::iter::once(line).chain(explanation).collect()
    }

    fn follow_up(&self, follow_up: &FollowUp) -> Line {
        let mut line = Line::text(sv(&follow_up.method));
        if let Some(frequency) = &follow_up.frequency {
            line = line.fact(self.say(|t, _| t.requirement_frequency()), sv(frequency));
        }
        if let Some(by) = &follow_up.by {
            line = line.fact(self.say(|t, _| t.requirement_by()), sv(by));
        }
        if let Some(days) = follow_up.reply_days {
            let text = self.say(|t, _| t.selection_export_days(i64::from(days)));
            line = line.fact(self.say(|t, _| t.selection_export_reply()), text);
        }
        if let Some(consequence) = &follow_up.consequence {
            line = line.fact(self.say(|t, _| t.requirement_consequence()), sv(consequence));
        }
        line
    }
}
