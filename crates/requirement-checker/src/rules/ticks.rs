//! A cited label with conditions that nobody has ticked.

use crate::{Finding, Hint, Place, ReferenceKind, Tick, reading::Reading};

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let labels = reading.draft.references.iter().enumerate().filter(|(_, one)| one.kind == ReferenceKind::Label);
    labels
        .filter_map(|(at, label)| {
            let ticks = label.ticks.as_ref()?;
            let missing: Vec<Tick> = Tick::ALL.iter().copied().filter(|tick| !ticks.contains(tick)).collect();
            let finding = Finding::LabelTicksMissing { label: label.name.to_owned(), missing: missing.clone() };
            (!missing.is_empty()).then(|| Hint::at(Place::Reference(at + 1), finding))
        })
        .collect()
}
