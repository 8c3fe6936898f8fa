//! The two lists of a proposal: what is proposed, by type, and what is left out, by reason.

use super::{ProposalPage, number};
use crate::{
    kernel::i18n::Texts,
    requirements::fields::Kind,
    selections::{
        budget,
        guide::{
            propose::Out,
            reads::candidates::Line,
            words::{out, why},
        },
    },
};

/// Requirements of one reason to be left out that are shown.
const SHOWN_OUT: usize = 50;

/// A requirement that is proposed or left out.
pub struct Row<'a> {
    pub line: &'a Line,
    pub reason: String,
    pub hours: Option<i64>,
    pub ticked: bool,
}

/// The requirements of one type.
pub struct Group<'a> {
    pub kind: Kind,
    pub rows: Vec<Row<'a>>,
}

/// What is left out for one reason.
pub struct LeftOut<'a> {
    pub heading: String,
    pub text: &'static str,
    /// Whether it can be taken in all the same.
    pub may_be_ticked: bool,
    /// Whether its first box is the first of the page: what the summary of faults leads to.
    pub has_first: bool,
    pub rows: Vec<Row<'a>>,
    /// How many more there are.
    pub more: i64,
}

impl ProposalPage {
    fn row(&self, place: usize, proposed: bool, reason: String) -> Row<'_> {
        let line = &self.data.rows[place];
        let ticked = self.ticked.as_ref().map_or(proposed, |ticked| ticked.contains(&line.id().get()));
        Row { line, reason, hours: line.effort.map(|effort| budget::hours(self.wish.each, effort)), ticked }
    }

    /// What is proposed, by type.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let t = self.layout.t;
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (place, reason) in &self.proposal.rows {
            let row = self.row(*place, true, why(&t, self.data.rows[*place].level, *reason));
            match groups.last_mut().filter(|group| group.kind == row.line.kind) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { kind: row.line.kind, rows: vec![row] }),
            }
        }
        groups
    }

    /// What is left out, by reason.
    pub(super) fn left_out(&self) -> Vec<LeftOut<'_>> {
        let t = self.layout.t;
        let is_replaced = |reason: Out| matches!(reason, Out::Replaced(_));
        let part = |heading: fn(&Texts, i64) -> String, text, may_be_ticked, of: &dyn Fn(Out) -> bool| {
            let all: Vec<_> = self.proposal.out.iter().filter(|(_, reason)| of(*reason)).collect();
            let rows = all.iter().take(SHOWN_OUT).map(|(place, reason)| self.row(*place, false, out(&t, *reason))).collect();
            let more = number(all.len().saturating_sub(SHOWN_OUT));
            (!all.is_empty()).then(|| LeftOut {
                heading: heading(&t, number(all.len())),
                text,
                may_be_ticked,
                has_first: false,
                rows,
                more,
            })
        };
        let mut parts: Vec<LeftOut<'_>> = [
            part(|t, n| t.guide_out_budget_heading(n), t.guide_out_budget_text(), true, &|reason| reason == Out::OverBudget),
            part(|t, n| t.guide_out_proportion_heading(n), self.modest(), true, &|reason| reason == Out::Disproportionate),
            part(|t, n| t.guide_out_stopped_heading(n), t.guide_out_stopped_text(), false, &|reason| reason == Out::Stopped),
            part(|t, n| t.guide_out_replaced_heading(n), t.guide_out_replaced_text(), true, &is_replaced),
            part(|t, n| t.guide_out_full_heading(n), t.guide_out_full_text(), true, &|reason| reason == Out::Full),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(first) = parts.iter_mut().find(|part| part.may_be_ticked && self.proposal.rows.is_empty()) {
            first.has_first = true;
        }
        parts
    }

    /// Whether anything can be ticked at all.
    pub(super) fn has_boxes(&self) -> bool {
        !self.proposal.rows.is_empty() || self.proposal.out.iter().any(|(_, out)| *out != Out::Stopped && *out != Out::Above)
    }

    /// Where the fault of having ticked nothing leads: to the first box, or to the fault where there is none.
    pub(super) fn ticks_at(&self) -> &'static str {
        if self.has_boxes() { "krav" } else { "krav-fel" }
    }
}
