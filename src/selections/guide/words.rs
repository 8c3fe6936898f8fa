//! Why a requirement is proposed or left out, in words.

use super::propose::{Out, Why};
use crate::{
    kernel::i18n::Texts,
    requirements::{RequirementNumber, fields::Level, names},
};

fn id(number: i64) -> String {
    RequirementNumber::from_db(number).to_string()
}

/// Why it is proposed.
pub fn why(t: &Texts, level: Level, why: Why) -> String {
    let level = names::level(t, &level).to_lowercase();
    match why {
        Why::Level => t.guide_why_level(level),
        Why::Highest { replaces: None } => t.guide_why_highest(level),
        Why::Highest { replaces: Some(lower) } => t.guide_why_replaces(level, id(lower)),
        Why::Kept(higher) => t.guide_why_kept(id(higher)),
        Why::Instead(higher, out) => match out {
            Out::Disproportionate => t.guide_why_instead_proportion(id(higher)),
            Out::OverBudget => t.guide_why_instead_budget(id(higher)),
            _ => t.guide_why_instead_stopped(id(higher)),
        },
    }
}

/// Why it is left out.
pub fn out(t: &Texts, out: Out) -> String {
    match out {
        Out::Stopped => t.guide_out_stopped().to_owned(),
        Out::Above => t.guide_out_above().to_owned(),
        Out::Disproportionate => t.guide_out_proportion().to_owned(),
        Out::OverBudget => t.guide_out_budget().to_owned(),
        Out::Replaced(by) => t.guide_out_replaced(id(by)),
        Out::Full => t.guide_out_full().to_owned(),
    }
}
