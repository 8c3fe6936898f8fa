//! Requirements that the caller found to be like this one.

use crate::{Finding, Hint, Place, reading::Reading};

/// From which likeness another requirement is said to be the same.
pub const LIKE: f32 = 0.6;

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let like = reading.draft.near.iter().filter(|near| near.likeness >= LIKE);
    like.map(|near| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
        let percent = (near.likeness.clamp(0.0, 1.0) * 100.0).round() as u8;
        Hint::at(Place::Requirement, Finding::SameAs { id: near.id.to_owned(), percent })
    })
    .collect()
}
