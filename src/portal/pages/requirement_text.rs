//! A requirement as plain text, to paste. Adds and changes no word of the text.

use std::fmt::Write as _;

use crate::{
    kernel::i18n::{Lang, Texts},
    portal::{labels, reads::requirement::RequirementData},
    requirements::{lifecycle::Standing, parameters},
};

/// The text, with number, version, address and hash.
pub fn plain(data: &RequirementData, standing: Standing, lang: Lang, permalink: &str, example: bool) -> String {
    let t = Texts(lang);
    let core = &data.version.core;
    let english = !lang.is_swedish() && data.version.clauses.iter().all(|clause| clause.text_en.is_some());
    let title = match &data.version.title_en {
        Some(title) if !lang.is_swedish() => title,
        _ => &core.title,
    };
    let mut out = String::new();
    if example {
        let _ = writeln!(out, "{}\n", t.requirement_text_example());
    }
    let _ = writeln!(out, "{title}");
    let _ = writeln!(
        out,
        "{}:{} · {} · {}",
        data.id(),
        data.version.number,
        labels::kind(&t, &core.kind),
        labels::level(&t, &core.level)
    );
    let _ = writeln!(out, "{}", labels::standing(&t, &standing));
    let _ = writeln!(out);
    for (place, clause) in data.version.clauses.iter().enumerate() {
        let text = clause.text_en.as_deref().filter(|_| english).unwrap_or(&clause.text);
        let _ = writeln!(out, "{}. {}\n", place + 1, parameters::plain(text, &core.parameters, lang));
    }
    for (place, evidence) in core.evidence.iter().enumerate() {
        let text = data
            .version
            .evidence_en
            .get(place)
            .and_then(Option::as_deref)
            .filter(|_| !lang.is_swedish())
            .unwrap_or(&evidence.text);
        let due = evidence.due.map(|due| format!(" ({})", labels::due(&t, &due))).unwrap_or_default();
        let _ = writeln!(out, "{}: {text}{due}", labels::evidence(&t, &evidence.kind));
    }
    if let Some(follow_up) = &core.follow_up {
        let _ = writeln!(out, "{}: {}", t.labels_field_follow_up(), follow_up.method);
    }
    if !core.evidence.is_empty() || core.follow_up.is_some() {
        let _ = writeln!(out);
    }
    if english {
        let _ = writeln!(out, "{}", t.requirement_swedish_applies());
    }
    let _ = writeln!(out, "{permalink}");
    if let Some(sha256) = &data.version.sha256 {
        let _ = writeln!(out, "SHA-256 {sha256}");
    }
    out
}
