//! Follow-up that is missing, or that nobody can plan.

use std::sync::LazyLock;

use crate::{Effort, Finding, FollowUp, Hint, Kind, Place, Rule, lists::List, reading::Reading};

static VAGUE: LazyLock<List> = LazyLock::new(|| Rule::FollowUp.list("vague"));
static ASKED: LazyLock<List> = LazyLock::new(|| Rule::FollowUp.list("asked"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let Some(follow_up) = reading.draft.follow_up else { return vec![Hint::at(Place::FollowUp, Finding::FollowUpMissing {})] };
    let nobody = follow_up.by.is_none_or(|who| who.trim().is_empty());
    let nobody = nobody.then(|| Hint::at(Place::FollowUp, Finding::FollowUpByMissing {}));
    nobody.into_iter().chain(frequency(reading.draft.kind, &follow_up)).collect()
}

fn frequency(kind: Kind, follow_up: &FollowUp<'_>) -> Option<Hint> {
    let Some(often) = follow_up.frequency.filter(|text| !text.trim().is_empty()) else {
        let needed = kind == Kind::ContractCondition;
        return needed.then(|| Hint::at(Place::FollowUpFrequency, Finding::FollowUpFrequencyMissing {}));
    };
    // "När kandidatförteckningen ändras, vid behov oftare" says enough: the words have to be all there is
    let is_all = |range: &std::ops::Range<usize>| {
        often[range.end..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty() && often[..range.start].trim().is_empty()
    };
    let words = |range: &std::ops::Range<usize>| often[range.clone()].to_owned();
    if let Some(hit) = ASKED.find(often).into_iter().find(|hit| is_all(&hit.range)) {
        if follow_up.effort != Effort::Large {
            return None;
        }
        let finding = Finding::FollowUpUnplanned { words: words(&hit.range) };
        return Some(Hint::on(Place::FollowUpFrequency, often, hit.range, finding));
    }
    let hit = VAGUE.find(often).into_iter().find(|hit| is_all(&hit.range))?;
    let finding = Finding::FollowUpFrequencyVague { words: words(&hit.range) };
    Some(Hint::on(Place::FollowUpFrequency, often, hit.range, finding))
}
