//! One page a step.

pub mod ambition;
pub mod contract;
pub mod proposal;
pub mod what;

use super::asks::{Asks, Step};
use crate::kernel::web::{Crumb, Faults, Layout, Visit, links};

/// The frame of a step; `about` tells one state of it from another, in the title.
fn layout(visit: &Visit, step: Step, heading: &str, about: &str, faults: &Faults) -> Layout {
    let t = visit.texts();
    let start = Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START));
    let crumbs = if step == Step::What {
        vec![start, Crumb::here(t.guide_name())]
    } else {
        vec![start, Crumb::link(t.guide_name(), links::localized(visit.lang, links::GUIDE)), Crumb::here(heading)]
    };
    let title = if about.is_empty() { heading.to_owned() } else { format!("{heading} {about}") };
    let layout = visit.layout(&t.guide_title(title, step.number()), "selections", crumbs).described(t.guide_description());
    if faults.is_empty() { layout } else { layout.faulty() }
}

/// The step before this one, with everything that was chosen.
fn back(layout: &Layout, asks: &Asks, step: Step) -> String {
    asks.link(layout.lang, step)
}

/// What was chosen besides these, to be carried on as hidden fields.
fn carried(asks: &Asks, without: &[&str]) -> Vec<(&'static str, String)> {
    asks.pairs().into_iter().filter(|(name, _)| !without.contains(name)).collect()
}
