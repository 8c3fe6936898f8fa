//! What a spreadsheet says in fewer words than the format has: what it leaves out stays as it is stored.

use super::{
    report::Fault,
    row::{Patch, Row},
};
use crate::requirements::{
    content::{Content, tidy},
    fields::{Evidence, FollowUp},
};

/// What a piece of evidence of the same kind and text says besides, where the one given has no room for it.
pub fn complete(item: &mut Evidence, base: &Content) {
    let same = |(_, old): &(usize, &Evidence)| old.kind == item.kind && old.text == tidy(&item.text);
    if let Some((place, old)) = base.core.evidence.iter().enumerate().find(same) {
        item.text_en = base.english.evidence.get(place).cloned().flatten();
        (item.due, item.equivalent_accepted) = (old.due, old.equivalent_accepted);
    }
}

/// The follow-up, given as a whole or in two parts.
pub fn follow_up(row: &Row, old: Option<&FollowUp>, faults: &mut Vec<Fault>) -> Option<FollowUp> {
    let whole = row.follow_up.over_option(old);
    let parts = &row.follow_up_parts;
    if parts.method == Patch::Keep && parts.effort == Patch::Keep {
        return whole;
    }
    let method = parts.method.over_option(whole.as_ref().map(|whole| &whole.method)).unwrap_or_default();
    match (method.is_empty(), parts.effort.over_option(whole.as_ref().map(|whole| &whole.effort))) {
        (true, None) => None,
        (false, Some(effort)) => Some(match whole {
            Some(whole) => FollowUp { method, effort, ..whole },
            None => FollowUp { method, effort, frequency: None, by: None, reply_days: None, consequence: None },
        }),
        (false, None) => {
            faults.push(Fault::new("effort", String::new(), "effort"));
            None
        }
        (true, Some(_)) => {
            faults.push(Fault::new("follow_up", String::new(), "follow_up_method"));
            None
        }
    }
}
