//! The reports that wait, for an operator at the command line.

use std::fmt::Write;

use serde::Serialize;
use time::OffsetDateTime;

use crate::kernel::i18n::{Lang, Texts};

/// A report that nobody has dealt with.
#[derive(Debug, Clone, Serialize)]
pub struct OpenReport {
    /// `FR-0017`.
    pub number: String,
    /// `accessibility` or `requirement`.
    pub kind: String,
    /// When it came in.
    #[serde(with = "time::serde::rfc3339")]
    pub received: OffsetDateTime,
    /// The language that it was written in, as far as the form tells: `sv` or `en`.
    pub language: String,
    /// The requirement that it is about: `KB-0042`.
    pub requirement: Option<String>,
    /// Its version.
    pub version: Option<i32>,
    /// The place of the clause in the version, from 1.
    pub clause: Option<i32>,
    /// What kind of fault: `text`, `reference`, `fact`, `english` or `other`.
    pub topic: Option<String>,
    /// What is wrong.
    pub text: String,
    /// Where, in the visitor's words.
    pub place: String,
    /// What is used to read the page.
    pub assistive: String,
    /// The organisation that the one who sent it acted for, where somebody had signed in.
    pub organisation: Option<String>,
    /// Where to answer, as long as it is kept.
    pub email: Option<String>,
}

/// The reports as they are printed: text to read, or one JSON object a line.
///
/// # Errors
/// When one cannot be written as JSON, which is a fault of ours.
pub fn listing(reports: &[OpenReport], as_json: bool) -> serde_json::Result<String> {
    // The command line speaks Swedish.
    const T: Texts = Texts(Lang::Sv);
    let mut text = String::new();
    if as_json {
        for report in reports {
            text.push_str(&serde_json::to_string(report)?);
            text.push('\n');
        }
        return Ok(text);
    }
    if reports.is_empty() {
        return Ok(format!("{}\n", T.report_listing_none()));
    }
    // Writing to a string does not fail.
    for report in reports {
        let received = format!("{} {}", Lang::Sv.day_of(report.received), Lang::Sv.time_of(report.received));
        let _ = writeln!(text, "{} · {received} · {}", report.number, report.language);
        let version = report.version.map(|version| format!(":{version}")).unwrap_or_default();
        let about = report.requirement.as_ref().map(|requirement| format!("{requirement}{version}"));
        let rows = [
            (T.report_listing_about(), about.unwrap_or_default()),
            (T.report_listing_clause(), report.clause.map(|clause| clause.to_string()).unwrap_or_default()),
            (T.report_listing_topic(), report.topic.clone().unwrap_or_default()),
            (T.report_listing_place(), report.place.clone()),
            (T.report_listing_assistive(), report.assistive.clone()),
            (T.report_listing_organisation(), report.organisation.clone().unwrap_or_default()),
            (T.report_listing_email(), report.email.clone().unwrap_or_default()),
        ];
        for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(text, "  {label}: {value}");
        }
        for line in report.text.lines() {
            let _ = writeln!(text, "  | {line}");
        }
        text.push('\n');
    }
    let count = i64::try_from(reports.len()).unwrap_or(i64::MAX);
    let _ = writeln!(text, "{}", T.report_listing_count(count));
    Ok(text)
}
