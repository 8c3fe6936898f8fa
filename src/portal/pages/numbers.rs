//! Numbers of what is no requirement, typed where one searches: of a decision, of a proposal. They lead straight to it.

use crate::{
    decisions::{self, DecisionNumber},
    kernel::{
        error::Result,
        web::{Visit, links},
    },
    proposals::{self, ProposalNumber},
};

/// The address of what was typed, where it is the number of something that can be read here.
///
/// # Errors
/// When the database is away.
pub(super) async fn address_of(visit: &Visit, typed: &str) -> Result<Option<String>> {
    // As numbers stand in texts that somebody has set nicely.
    let typed = typed.replace(['\u{2011}', '\u{2013}'], "-");
    if let Some(number) = ProposalNumber::parse(&typed) {
        let there = proposals::can_be_read(&mut *visit.app.db.read().await?, visit, number).await?;
        return Ok(there.then(|| links::proposal(visit.lang, number)));
    }
    // Without a year only as it is printed: vitamins have numbers too.
    let decision =
        DecisionNumber::parse(&typed).filter(|number| number.year.is_some() || number.to_string().eq_ignore_ascii_case(&typed));
    if let Some(number) = decision {
        let there = decisions::is_made(&mut *visit.app.db.read().await?, number).await?;
        return Ok(there.then(|| links::decision(visit.lang, number)));
    }
    Ok(None)
}
