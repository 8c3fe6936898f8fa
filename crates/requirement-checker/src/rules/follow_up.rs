//! Follow-up that is missing, or that nobody can plan.

use std::sync::LazyLock;

use crate::{Effort, Finding, Hint, Kind, Place, Rule, lists::List, reading::Reading};

static VAGUE: LazyLock<List> = LazyLock::new(|| Rule::FollowUp.list("vague"));
static ASKED: LazyLock<List> = LazyLock::new(|| Rule::FollowUp.list("asked"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let Some(follow_up) = reading.draft.follow_up else { return vec![Hint::at(Place::FollowUp, Finding::FollowUpMissing {})] };
    let Some(often) = follow_up.frequency.filter(|text| !text.trim().is_empty()) else {
        let needed = reading.draft.kind == Kind::ContractCondition;
        return if needed { vec![Hint::at(Place::FollowUpFrequency, Finding::FollowUpFrequencyMissing {})] } else { Vec::new() };
    };
    // "När kandidatförteckningen ändras, vid behov oftare" says enough: the words have to be all there is
    let is_all = |range: &std::ops::Range<usize>| {
        often[range.end..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty() && often[..range.start].trim().is_empty()
    };
    let words = |range: &std::ops::Range<usize>| often[range.clone()].to_owned();
    if let Some(hit) = ASKED.find(often).into_iter().find(|hit| is_all(&hit.range)) {
        if follow_up.effort != Effort::Large {
            return Vec::new();
        }
        let finding = Finding::FollowUpUnplanned { words: words(&hit.range) };
        return vec![Hint::on(Place::FollowUpFrequency, often, hit.range, finding)];
    }
    let vague = VAGUE.find(often).into_iter().find(|hit| is_all(&hit.range));
    vague
        .map(|hit| {
            let finding = Finding::FollowUpFrequencyVague { words: words(&hit.range) };
            Hint::on(Place::FollowUpFrequency, often, hit.range, finding)
        })
        .into_iter()
        .collect()
}
