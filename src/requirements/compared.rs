//! How a comparison of clauses is shown, wherever it is.

use super::diff::{ClauseChange, Piece};
use crate::kernel::i18n::Texts;

impl ClauseChange {
    /// The place of the clause as it is printed: in the new text, or in the old one for what is gone.
    pub fn place(&self) -> String {
        self.new_position().or(self.old_position()).unwrap_or_default().to_string()
    }

    /// What became of it, in few words: “Stycke 3, ändrat”.
    pub fn heading(&self, t: &Texts) -> String {
        let n = self.place();
        match self {
            Self::Unchanged { .. } => t.compare_row_unchanged(n),
            Self::Changed { .. } => t.compare_row_changed(n),
            Self::Rewritten { .. } => t.compare_row_rewritten(n),
            Self::Added { .. } => t.compare_row_added(n),
            Self::Removed { .. } => t.compare_row_removed(n),
        }
    }

    /// Its class in the stylesheet.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Unchanged { .. } => "unchanged",
            Self::Changed { .. } | Self::Rewritten { .. } => "changed",
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
        }
    }

    /// Its words as pieces, whatever became of it.
    pub fn pieces(&self) -> Vec<Piece> {
        match self {
            Self::Unchanged { text, .. } => vec![Piece::Same(text.clone())],
            Self::Changed { pieces, .. } => pieces.clone(),
            Self::Rewritten { old, new, .. } => vec![Piece::Removed(old.clone()), Piece::Added(new.clone())],
            Self::Added { text, .. } => vec![Piece::Added(text.clone())],
            Self::Removed { text, .. } => vec![Piece::Removed(text.clone())],
        }
    }

    /// Where it stood, if its place among the others changed.
    pub fn moved_from(&self, t: &Texts) -> Option<String> {
        self.old_position().filter(|_| self.moved()).map(|n| t.compare_moved(n.to_string()))
    }
}
