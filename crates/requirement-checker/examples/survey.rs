//! What the rules find in files of the exchange format (JSON lines): figures for each finding, and samples to judge.
//!
//! ```sh
//! cargo run -p requirement-checker --example survey -- data/example/*.jsonl
//! cargo run -p requirement-checker --example survey -- --show vague_word data/example/*.jsonl
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::ExitCode,
};

use requirement_checker::{
    Answer, AnswerKind, Award, Definition, Draft, Due, Effort, Evidence, EvidenceKind, Finding, FollowUp, Kind, Level, Parameter,
    ParameterKind, Per, Place, Reference, ReferenceKind, check,
};
use serde_json::Value;

fn main() -> ExitCode {
    let mut files = Vec::new();
    let mut shown = Vec::new();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--show" { shown.extend(arguments.next()) } else { files.push(argument) }
    }
    if files.is_empty() {
        eprintln!("usage: survey [--show CODE]… FILE.jsonl…");
        return ExitCode::FAILURE;
    }
    let mut requirements = 0_usize;
    let mut hints_of = BTreeMap::<&str, usize>::new();
    let mut having = BTreeMap::<&str, usize>::new();
    for file in files {
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(fault) => {
                eprintln!("{file}: {fault}");
                return ExitCode::FAILURE;
            }
        };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let Some(value) = serde_json::from_str::<Value>(line).ok() else { continue };
            let Some(draft) = draft(&value) else { continue };
            requirements += 1;
            let hints = check(&draft);
            for code in hints.iter().map(|hint| hint.finding.code()).collect::<BTreeSet<_>>() {
                *having.entry(code).or_default() += 1;
            }
            for hint in &hints {
                let code = hint.finding.code();
                *hints_of.entry(code).or_default() += 1;
                if shown.iter().any(|one| one == code) {
                    let around = match hint.place {
                        Place::Clause(n) => draft.clauses[n - 1],
                        Place::Evidence(n) => draft.evidence[n - 1].text,
                        _ => "",
                    };
                    let quote = hint.span.as_ref().map_or("", |span| &span.quote);
                    let id = value["id"].as_str().unwrap_or("-");
                    println!("{code}\t{id}\t{}\t{}\t[{quote}]\t{around}\t{:?}", draft.kind.code(), hint.place, hint.finding);
                }
            }
        }
    }
    println!("{requirements} requirements");
    for (code, rule) in Finding::CODES {
        let (hints, in_how_many) = (hints_of.get(code).copied().unwrap_or(0), having.get(code).copied().unwrap_or(0));
        println!(
            "{:16} {code:28} {hints:5} hints in {in_how_many:4} = {:3} %",
            rule.code(),
            in_how_many * 100 / requirements.max(1)
        );
    }
    ExitCode::SUCCESS
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn draft(value: &Value) -> Option<Draft<'_>> {
    let kind = Kind::from_code(text(value, "type"))?;
    let level = Level::from_code(text(value, "level"))?;
    let mut draft = Draft::new(kind, level, list(value, "text").filter_map(Value::as_str).collect());
    draft.title = text(value, "title");
    draft.rationale = text(value, "rationale");
    draft.proportionality = text(value, "proportionality");
    draft.legal_floor = text(value, "legal_floor");
    draft.evidence = list(value, "evidence")
        .filter_map(|one| {
            Some(Evidence {
                kind: EvidenceKind::from_code(text(one, "kind"))?,
                text: text(one, "text"),
                due: Due::from_code(text(one, "due")),
                equivalent_accepted: one["equivalent_accepted"].as_bool(),
            })
        })
        .collect();
    let follow_up = &value["follow_up"];
    draft.follow_up = Effort::from_code(text(follow_up, "effort")).map(|effort| FollowUp {
        method: text(follow_up, "method"),
        frequency: follow_up["frequency"].as_str(),
        by: follow_up["by"].as_str(),
        effort,
    });
    draft.references = list(value, "references")
        .filter_map(|one| {
            Some(Reference { name: text(one, "name"), kind: ReferenceKind::from_code(text(one, "kind"))?, ticks: None })
        })
        .collect();
    draft.award = value["award"].is_object().then(|| Award { explanation: text(&value["award"], "explanation") });
    let answer = &value["answer"];
    draft.answer = AnswerKind::from_code(text(answer, "kind")).map(|kind| Answer { kind, unit: answer["unit"].as_str() });
    draft.parameters = list(value, "parameters")
        .filter_map(|one| {
            Some(Parameter {
                key: text(one, "key"),
                kind: ParameterKind::from_code(text(one, "kind"))?,
                unit: one["unit"].as_str(),
            })
        })
        .collect();
    draft.per = Per::from_code(text(&value["applies_to"], "per"));
    draft.definitions =
        list(value, "definitions").map(|one| Definition { term: text(one, "term"), text: text(one, "text") }).collect();
    Some(draft)
}
