//! What is said where the requirement that a proposal wants changed is repealed, and others came instead.

use crate::{
    kernel::{
        i18n::{Lang, Texts},
        web::links,
    },
    proposals::reads::one::{Proposal, Repealed, Successor},
};

/// What comes instead of a requirement, with its page and where a change of it is proposed.
pub struct Instead<'a> {
    /// What it is cited by.
    pub cited: String,
    /// Its page.
    pub link: String,
    /// Where a change of it is proposed.
    pub propose: String,
    /// Its title; empty where it may not be shown.
    pub title: &'a str,
}

/// What is said, in words.
pub struct Succession<'a> {
    /// Above it.
    pub heading: String,
    /// What has become of the requirement.
    pub ended: String,
    /// What comes instead.
    pub instead: Vec<Instead<'a>>,
}

impl<'a> Succession<'a> {
    /// None where the requirement is not repealed, or the proposal needs nothing any more.
    pub fn of(t: Texts, lang: Lang, one: &'a Proposal) -> Option<Self> {
        let repealed = one.repealed.as_ref()?;
        let cited = repealed.requirement().to_string();
        let instead: Vec<Instead<'a>> = repealed.successors.iter().map(|one| instead(lang, one)).collect();
        let names: Vec<&str> = instead.iter().map(|one| one.cited.as_str()).collect();
        let heading = match names.as_slice() {
            [] => t.proposals_repealed().to_owned(),
            names => t.proposals_adapt_to(names.join(", ")),
        };
        Some(Self { heading, ended: ended(t, lang, cited, repealed), instead })
    }
}

fn ended(t: Texts, lang: Lang, cited: String, repealed: &Repealed) -> String {
    if repealed.over {
        t.proposals_repealed_text(cited)
    } else {
        t.proposals_repealed_from(cited, lang.day_of(repealed.effective))
    }
}

fn instead(lang: Lang, successor: &Successor) -> Instead<'_> {
    let number = successor.requirement();
    Instead {
        cited: number.to_string(),
        link: links::requirement(lang, number),
        propose: links::propose_on(lang, number),
        title: &successor.title,
    }
}
