//! One page a file.

pub mod list;
pub mod one;

use crate::{imports::lifecycle::State, kernel::i18n::Texts};

/// What a state is called, and the look of its tag.
fn state(t: Texts, state: State) -> (&'static str, &'static str) {
    match state {
        State::Uploaded => ("consultation", t.import_state_uploaded()),
        State::Examined => ("overdue", t.import_state_examined()),
        State::Confirmed => ("consultation", t.import_state_confirmed()),
        State::Done => ("current", t.import_state_done()),
        State::Refused => ("repealed", t.import_state_refused()),
        State::Failed => ("repealed", t.import_state_failed()),
        State::Cancelled => ("superseded", t.import_state_cancelled()),
    }
}
