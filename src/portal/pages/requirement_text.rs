//! A requirement as plain text, to paste: all that a tender needs of it. Adds and changes no word of the requirement.

use std::fmt::Write as _;

use time::Date;

use super::field_text;
use crate::{
    kernel::i18n::{Lang, Texts},
    portal::{
        labels,
        reads::requirement::{ClauseText, Other, RepealData, RequirementData},
    },
    requirements::{diff::Field, fields::Evidence, lifecycle::Standing, parameters},
};

/// Fields of the core in the order in which a tender asks for them; title, type and level stand above.
const FIELDS: [Field; 13] = [
    Field::AppliesTo,
    Field::Evidence,
    Field::Answer,
    Field::Award,
    Field::FollowUp,
    Field::Exemptions,
    Field::Definitions,
    Field::Parameters,
    Field::References,
    Field::Appendices,
    Field::Rationale,
    Field::Proportionality,
    Field::LegalFloor,
];

/// The text, with number, version, address and hash.
pub fn plain(data: &RequirementData, standing: Standing, lang: Lang, permalink: &str, example: bool) -> String {
    let page = Page { data, standing, lang, t: Texts(lang) };
    let mut paragraphs = Vec::new();
    if example {
        paragraphs.push(page.t.requirement_text_example().to_owned());
    }
    paragraphs.push(page.head());
    paragraphs.push(page.marks().join("\n"));
    paragraphs.extend(page.clauses());
    paragraphs.extend(FIELDS.iter().filter_map(|field| page.field(*field)));
    paragraphs.extend(page.maintained());
    paragraphs.push(page.foot(permalink));
    paragraphs.join("\n\n") + "\n"
}

struct Page<'a> {
    data: &'a RequirementData,
    standing: Standing,
    lang: Lang,
    t: Texts,
}

impl Page<'_> {
    fn head(&self) -> String {
        let (t, version) = (self.t, &self.data.version);
        let title = self.localized(&version.core.title, version.title_en.as_deref());
        let (kind, level) = (labels::kind(&t, &version.core.kind), labels::level(&t, &version.core.level));
        format!("{title}\n{}:{} · {kind} · {level}", self.data.id(), version.number)
    }

    /// Where the version stands, and a line for each banner of its page.
    fn marks(&self) -> Vec<String> {
        let (t, data) = (self.t, self.data);
        let mut status = format!("{}: {}", t.list_group_status(), labels::standing(&t, &self.standing));
        if let Some(day) = data.shown().and_then(|row| row.from_day) {
            let label =
                if self.standing == Standing::Coming { t.requirement_takes_effect() } else { t.requirement_in_force_from() };
            let _ = write!(status, ". {label} {}", self.lang.date(day));
        }
        let mut marks = vec![status];
        if let Some(stop) = &data.stop {
            let since = self.sentence(t.requirement_stop_text(), stop.since);
            marks.push(format!("{}. {since} {}", t.requirement_stop_title(), stop.reason));
        }
        if let Some(repeal) = data.repeal.as_ref().filter(|repeal| !repeal.over) {
            let ends = self.sentence(t.requirement_ending_text(), repeal.effective);
            marks.push(format!("{}. {ends} {}{}", t.requirement_ending_title(), repeal.reason, self.successors(repeal)));
        }
        match self.standing {
            Standing::Repealed => marks.push(self.repealed()),
            Standing::Superseded => marks.push(self.superseded()),
            Standing::Coming => marks.push(t.requirement_coming_title().to_owned()),
            Standing::InPreparation => {
                marks.push(format!("{}. {}", t.requirement_preparation_title(), t.requirement_preparation_text()));
            }
            Standing::Current if data.overdue => {
                let day = self.sentence(t.requirement_overdue_text(), data.review_by);
                marks.push(format!("{}. {day} {}", t.requirement_overdue_title(), t.requirement_overdue_holds()));
            }
            Standing::Current | Standing::Dropped => {}
        }
        if data.version.origin == "import" {
            marks.push(self.imported());
        }
        marks
    }

    fn repealed(&self) -> String {
        let t = self.t;
        let mut line = format!("{}.", t.requirement_repealed_title());
        if let Some(repeal) = &self.data.repeal {
            let day = self.sentence(t.requirement_repealed_text(), repeal.effective);
            let _ = write!(line, " {day} {} {}", t.requirement_still_in_contracts(), repeal.reason);
            let successors = self.successors(repeal);
            if successors.is_empty() {
                line.push(' ');
                line.push_str(t.requirement_no_successor());
            } else {
                line.push_str(&successors);
            }
        }
        line
    }

    fn superseded(&self) -> String {
        let (t, data) = (self.t, self.data);
        let mut line = format!("{}.", t.requirement_superseded_title());
        if let Some(row) = data.shown() {
            let _ = write!(line, " {}", self.sentence(&t.requirement_superseded_text(row.number.to_string()), row.to_day));
            // The version that took over began on the day on which this one ended.
            let next = data.versions.iter().find(|other| other.number > row.number && other.from_day == row.to_day);
            if let Some(next) = next {
                let _ = write!(line, " {}.", t.requirement_read_current(data.id(), next.number.to_string()));
            }
        }
        format!("{line} {}", t.requirement_still_in_contracts())
    }

    fn imported(&self) -> String {
        let t = self.t;
        let mut line = format!("{}. {}", t.requirement_imported_title(), t.requirement_imported_text());
        if let Some(decision) = &self.data.version.decision {
            let _ = write!(line, " {}", self.sentence(&t.requirement_imported_on(decision.id()), decision.day));
            if !decision.reference.is_empty() {
                let _ = write!(line, " {} {}.", t.requirement_imported_reference(), decision.reference);
            }
        }
        line
    }

    fn successors(&self, repeal: &RepealData) -> String {
        let name = |other: &Other| {
            let how = match other.kind.as_str() {
                "merged" => self.t.requirement_successor_merged(),
                "split" => self.t.requirement_successor_split(),
                _ => self.t.requirement_successor_replaced(),
            };
            format!(" {how} {} {}.", other.id(), self.localized(&other.title, other.title_en.as_deref()))
        };
        repeal.successors.iter().map(name).collect()
    }

    fn clauses(&self) -> Vec<String> {
        let version = &self.data.version;
        let english = self.in_english();
        let clause = |(place, clause): (usize, &ClauseText)| {
            let text = clause.text_en.as_deref().filter(|_| english).unwrap_or(&clause.text);
            format!(
                "{}. {}",
                place + 1,
                parameters::plain(text, &version.core.parameters, if english { Lang::En } else { Lang::Sv })
            )
        };
        version.clauses.iter().enumerate().map(clause).collect()
    }

    /// A field of the core under its name; none where it is empty.
    fn field(&self, field: Field) -> Option<String> {
        let core = &self.data.version.core;
        let lines = match field {
            Field::Evidence => self.evidence(),
            Field::Rationale if !self.lang.is_swedish() && self.data.version.rationale_en.is_some() => {
                self.data.version.rationale_en.iter().cloned().collect()
            }
            other => field_text::lines(&self.t, self.lang, other, &other.value(core)),
        };
        paragraph(labels::field(&self.t, field.code()), &lines)
    }

    fn evidence(&self) -> Vec<String> {
        let version = &self.data.version;
        let line = |(place, evidence): (usize, &Evidence)| {
            let english = version.evidence_en.get(place).and_then(Option::as_deref);
            field_text::evidence(&self.t, evidence, self.localized(&evidence.text, english))
        };
        version.core.evidence.iter().enumerate().map(line).collect()
    }

    /// What is kept beside the decided text.
    fn maintained(&self) -> Vec<String> {
        let (t, data) = (self.t, self.data);
        let transition = data.version.transition_until.map(|day| self.sentence(t.requirement_transition_text(), Some(day)));
        [
            (t.requirement_limitations(), data.limitations.clone()),
            (t.requirement_guidance(), data.guidance.clone()),
            (t.requirement_transition(), transition.unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(label, text)| paragraph(label, &[text]))
        .collect()
    }

    fn foot(&self, permalink: &str) -> String {
        let mut foot = format!("{}:{}\n{permalink}", self.data.id(), self.data.version.number);
        if let Some(sha256) = &self.data.version.sha256 {
            let _ = write!(foot, "\nSHA-256 {sha256}");
        }
        if self.in_english() { format!("{}\n{foot}", self.t.requirement_swedish_applies()) } else { foot }
    }

    fn in_english(&self) -> bool {
        !self.lang.is_swedish() && self.data.version.clauses.iter().all(|clause| clause.text_en.is_some())
    }

    fn localized<'a>(&self, swedish: &'a str, english: Option<&'a str>) -> &'a str {
        english.filter(|_| !self.lang.is_swedish()).unwrap_or(swedish)
    }

    /// A sentence that ends in a day, if there is one.
    fn sentence(&self, words: &str, day: Option<Date>) -> String {
        day.map_or_else(|| format!("{words}."), |day| format!("{words} {}.", self.lang.date(day)))
    }
}

/// A label and what belongs to it: in its line, or a line each.
fn paragraph(label: &str, lines: &[String]) -> Option<String> {
    match lines {
        [] => None,
        [line] => Some(format!("{label}: {line}")),
        lines => Some(format!("{label}:\n– {}", lines.join("\n– "))),
    }
}
