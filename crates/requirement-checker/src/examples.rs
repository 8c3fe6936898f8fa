//! What is right and wrong by a rule: for people to read, and as the rule's tests.

use serde::Deserialize;

use crate::{
    Answer, AnswerKind, Award, Definition, Draft, Due, Effort, Evidence, EvidenceKind, FollowUp, Kind, Level, Near, Parameter,
    ParameterKind, Per, Reference, ReferenceKind, Rule, Tick,
};

/// Texts that are right and wrong by a rule, for whoever wonders what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// They give no hint of the rule. A text is the clauses, one a line.
    pub right: Vec<String>,
    /// They give one.
    pub wrong: Vec<String>,
}

impl Rule {
    /// Texts that are right and wrong by this rule. Some are so for what stands beside the text: evidence, follow-up.
    pub fn examples(self) -> Examples {
        let texts = |examples: &[Example]| examples.iter().map(|one| one.text.join("\n")).collect();
        Examples { right: texts(&self.file().right), wrong: texts(&self.file().wrong) }
    }
}

/// A draft in a rule's file, and what the rule has to say about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    #[serde(default = "specification", rename = "type")]
    kind: Kind,
    #[serde(default = "advanced")]
    level: Level,
    text: Vec<String>,
    #[serde(default)]
    rationale: String,
    #[serde(default)]
    legal_floor: String,
    #[serde(default)]
    definitions: Vec<(String, String)>,
    #[serde(default)]
    evidence: Vec<ExampleEvidence>,
    #[serde(default)]
    per: Option<Per>,
    #[serde(default)]
    follow_up: Option<ExampleFollowUp>,
    #[serde(default)]
    references: Vec<ExampleReference>,
    #[serde(default)]
    award: Option<String>,
    #[serde(default)]
    answer: Option<ExampleAnswer>,
    #[serde(default)]
    parameters: Vec<ExampleParameter>,
    #[serde(default)]
    near: Vec<(String, f32)>,
    /// What the rule finds: all of it, in order.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    #[serde(default)]
    pub(crate) hints: Vec<Expected>,
}

/// A hint that an example gives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// The finding.
    pub(crate) code: String,
    /// Where.
    pub(crate) place: String,
    /// The words.
    #[serde(default)]
    pub(crate) quote: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleEvidence {
    kind: EvidenceKind,
    text: String,
    due: Option<Due>,
    equivalent: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleFollowUp {
    method: String,
    by: Option<String>,
    frequency: Option<String>,
    effort: Effort,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleReference {
    name: String,
    kind: ReferenceKind,
    ticks: Option<Vec<Tick>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleAnswer {
    kind: AnswerKind,
    unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleParameter {
    key: String,
    kind: ParameterKind,
    unit: Option<String>,
}

fn specification() -> Kind {
    Kind::TechnicalSpecification
}

fn advanced() -> Level {
    Level::Advanced
}

impl Example {
    /// As the checker reads it.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read examples as drafts, others as texts"))]
    pub(crate) fn draft(&self) -> Draft<'_> {
        let mut draft = Draft::new(self.kind, self.level, self.text.iter().map(String::as_str).collect());
        draft.rationale = &self.rationale;
        draft.legal_floor = &self.legal_floor;
        draft.per = self.per;
        draft.definitions = self.definitions.iter().map(|(term, text)| Definition { term, text }).collect();
        let evidence = self.evidence.iter();
        draft.evidence = evidence
            .map(|one| Evidence { kind: one.kind, text: &one.text, due: one.due, equivalent_accepted: one.equivalent })
            .collect();
        draft.follow_up = self.follow_up.as_ref().map(|one| FollowUp {
            method: &one.method,
            frequency: one.frequency.as_deref(),
            by: one.by.as_deref(),
            effort: one.effort,
        });
        draft.references =
            self.references.iter().map(|one| Reference { name: &one.name, kind: one.kind, ticks: one.ticks.clone() }).collect();
        draft.award = self.award.as_deref().map(|explanation| Award { explanation });
        draft.answer = self.answer.as_ref().map(|one| Answer { kind: one.kind, unit: one.unit.as_deref() });
        draft.parameters =
            self.parameters.iter().map(|one| Parameter { key: &one.key, kind: one.kind, unit: one.unit.as_deref() }).collect();
        draft.near = self.near.iter().map(|(id, likeness)| Near { id, likeness: *likeness }).collect();
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Finding, check};

    fn found(rule: Rule, example: &Example) -> Vec<Expected> {
        let draft = example.draft();
        let of_rule = check(&draft).into_iter().filter(|hint| hint.rule() == rule);
        of_rule
            .map(|hint| Expected {
                code: hint.finding.code().to_owned(),
                place: hint.place.to_string(),
                quote: hint.span.map(|span| span.quote),
            })
            .collect()
    }

    #[test]
    fn every_rule_has_three_of_each() {
        for &rule in Rule::ALL {
            let file = rule.file();
            assert!(file.right.len() >= 3 && file.wrong.len() >= 3, "rules/{}.toml has too few examples", rule.code());
            assert!(
                file.wrong.iter().all(|one| !one.hints.is_empty()),
                "rules/{}.toml: a wrong example gives a hint",
                rule.code()
            );
            assert!(file.right.iter().all(|one| one.hints.is_empty()), "rules/{}.toml: a right example gives none", rule.code());
        }
    }

    #[test]
    fn every_finding_has_an_example() {
        for &(code, rule) in Finding::CODES {
            let expected = rule.file().wrong.iter().flat_map(|one| &one.hints);
            assert!(expected.clone().any(|hint| hint.code == code), "rules/{}.toml shows no {code}", rule.code());
        }
    }

    #[test]
    fn examples_give_what_they_say_and_nothing_else() {
        let mut faults = Vec::new();
        for &rule in Rule::ALL {
            for example in rule.file().right.iter().chain(&rule.file().wrong) {
                let found = found(rule, example);
                if found != example.hints {
                    faults.push(format!("{}: {:?}\n   found {found:#?}\n   not {:#?}", rule.code(), example.text, example.hints));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn examples_are_there_for_people() {
        let examples = Rule::Equivalent.examples();
        assert!(examples.wrong.iter().any(|text| text.contains("Svanen")));
    }
}
