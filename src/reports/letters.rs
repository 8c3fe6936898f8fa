//! What the one who sent a report is written.

use super::{
    lifecycle::{Entry, Outcome},
    store::Locked,
};
use crate::kernel::{
    i18n::Texts,
    mail::{Letter, To},
};

/// The letter and whom it is for; none where nothing is to be sent or there is no address.
pub(super) fn letter(report: &Locked, entry: &Entry<'_>, network: &str) -> Option<(To, Letter)> {
    let address = report.email.clone().filter(|_| entry.is_sent())?;
    let t = Texts(report.language);
    let number = report.number;
    let letter = Letter::new("report_answer", report.language, t.report_letter_subject(number));
    let letter = match entry.outcome() {
        Some(outcome) => letter.paragraph(t.report_letter_closed(number, network, outcome_sentence(t, outcome))),
        None => letter.paragraph(t.report_letter_answer(number, network)),
    };
    let letter = letter.paragraph(entry.text()).small(t.report_letter_why(number));
    Some((To { person: report.person, address }, letter))
}

fn outcome_sentence(t: Texts, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Corrected => t.report_letter_corrected(),
        Outcome::NoFault => t.report_letter_no_fault(),
        Outcome::Already => t.report_letter_already(),
        Outcome::Unclear => t.report_letter_unclear(),
    }
}
