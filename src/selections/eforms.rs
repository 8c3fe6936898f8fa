//! What to write of a selection in the notice, field by field of eForms. Pure.
//!
//! The lists are those of the eForms SDK: `strategic-procurement` (BT-06), `environmental-impact` (BT-774) and
//! `gpp-criteria` (BT-805), <https://docs.ted.europa.eu/eforms/latest/reference/code-lists/>. Where BT-06 names a goal, the
//! rules of the SDK ask for its description, BT-777.

use std::fmt::Write;

use crate::{
    kernel::{
        config::GppCriteria,
        i18n::{Lang, Texts},
    },
    requirements::{
        fields::{Kind, Level},
        names,
    },
};

/// The one goal of BT-06 that requirements of this bank serve: reduction of environmental impacts.
pub const STRATEGIC: &str = "env-imp";
/// The codes of BT-774, `other` last.
pub const IMPACTS: [&str; 7] = ["clim-mitig", "clim-adapt", "circ-econ", "pollu-prev", "water-mar", "biodiv-eco", "other"];
/// The most characters of the description.
pub const MOST_DESCRIPTION: usize = 4_000;

/// What a code of BT-774 is called.
pub fn impact(t: &Texts, code: &str) -> &'static str {
    match code {
        "clim-mitig" => t.selection_overview_impact_clim_mitig(),
        "clim-adapt" => t.selection_overview_impact_clim_adapt(),
        "circ-econ" => t.selection_overview_impact_circ_econ(),
        "pollu-prev" => t.selection_overview_impact_pollu_prev(),
        "water-mar" => t.selection_overview_impact_water_mar(),
        "biodiv-eco" => t.selection_overview_impact_biodiv_eco(),
        _ => t.selection_overview_impact_misc(),
    }
}

/// What a code of BT-805 is called.
pub fn criteria(t: &Texts, criteria: GppCriteria) -> &'static str {
    match criteria {
        GppCriteria::Eu => t.selection_overview_gpp_eu(),
        GppCriteria::National => t.selection_overview_gpp_national(),
        GppCriteria::Other => t.selection_overview_gpp_misc(),
        GppCriteria::None => t.selection_overview_gpp_none(),
    }
}

/// The values of BT-805: what each row counts as, its own word before the bank's. `none` stands only where nothing else does,
/// since it says that there are no criteria.
pub fn gpp<'a>(rows: impl IntoIterator<Item = Option<&'a str>>, bank: GppCriteria) -> Vec<GppCriteria> {
    let mut found: Vec<GppCriteria> = Vec::new();
    for own in rows {
        let counts = own.and_then(GppCriteria::from_code).unwrap_or(bank);
        if !found.contains(&counts) {
            found.push(counts);
        }
    }
    found.sort_unstable();
    if found.len() > 1 {
        found.retain(|criteria| *criteria != GppCriteria::None);
    }
    found
}

/// What the description is made of, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described<'a> {
    /// Type and level of each row.
    pub rows: Vec<(Kind, Level)>,
    /// Categories of BT-774 that are served.
    pub impacts: Vec<&'a str>,
    /// Names of the environmental objectives that are served.
    pub objectives: Vec<&'a str>,
    /// Each row as it is cited: title and `KB-0042:3`.
    pub titles: Vec<Titled<'a>>,
}

/// A row as it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whether the title is in another language than the description: there is no English one.
    pub foreign: bool,
    /// `KB-0042:3`.
    pub cited: String,
}

/// A part of a description, all of it in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// Whether they are in another language than the description.
    pub foreign: bool,
}

/// The parts of a description as one text.
pub fn whole(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

/// The description (BT-777): plain sentences, then the requirements one by one as far as they fit.
pub fn description(lang: Lang, of: &Described<'_>) -> Vec<Part> {
    let t = Texts(lang);
    let mut text = t.selection_overview_description_goal().to_owned();
    let mut sentence = |words: String| {
        text.push(' ');
        text.push_str(&words);
    };
    let kinds = Kind::ALL.iter().filter_map(|kind| counted(&of.rows, |row| row.0 == *kind, names::kind(&t, kind)));
    sentence(t.selection_overview_description_rows(number(of.rows.len()), in_a_row(&t, kinds)));
    let levels = Level::ALL.iter().filter_map(|level| counted(&of.rows, |row| row.1 == *level, names::level(&t, level)));
    sentence(t.selection_overview_description_levels(in_a_row(&t, levels)));
    let impacts = of.impacts.iter().filter(|code| **code != "other").map(|code| small(impact(&t, code)));
    let impacts = in_a_row(&t, impacts);
    if !impacts.is_empty() {
        sentence(t.selection_overview_description_impacts(impacts));
    }
    if !of.objectives.is_empty() {
        sentence(t.selection_overview_description_objectives(in_a_row(&t, of.objectives.iter().map(|name| (*name).to_owned()))));
    }
    with_titles(&t, text, &of.titles)
}

/// The text with the requirements one by one; where not all fit, how many are left.
fn with_titles(t: &Texts, mut text: String, titles: &[Titled<'_>]) -> Vec<Part> {
    let length = |text: &str| text.chars().count();
    // Room for the number of those that are left, which is written last.
    let room =
        MOST_DESCRIPTION.saturating_sub(length(&text) + length(&t.selection_overview_description_more(number(titles.len()))) + 2);
    let mut used = length(t.selection_overview_description_titles()) + 1;
    let shown = titles.iter().take_while(|titled| {
        // The blank, the brackets and the mark after it.
        used += length(titled.title) + length(&titled.cited) + 5;
        used <= room
    });
    let shown: Vec<&Titled<'_>> = shown.collect();
    let mut parts = Vec::new();
    if !shown.is_empty() {
        text.push(' ');
        text.push_str(t.selection_overview_description_titles());
        text.push(' ');
    }
    for (place, titled) in shown.iter().enumerate() {
        if titled.foreign {
            parts.push(Part { text: std::mem::take(&mut text), foreign: false });
            parts.push(Part { text: titled.title.to_owned(), foreign: true });
        } else {
            text.push_str(titled.title);
        }
        let mark = if place + 1 == shown.len() { "." } else { "; " };
        let _ = write!(text, " ({}){mark}", titled.cited);
    }
    if (1..titles.len()).contains(&shown.len()) {
        text.push(' ');
        text.push_str(&t.selection_overview_description_more(number(titles.len() - shown.len())));
    }
    parts.push(Part { text, foreign: false });
    parts
}

/// `8 technical specification`: how many rows are of a sort, with its name; none where no row is.
fn counted(rows: &[(Kind, Level)], of: impl Fn(&(Kind, Level)) -> bool, name: &str) -> Option<String> {
    let n = rows.iter().filter(|row| of(row)).count();
    (n > 0).then(|| format!("{} ({n})", small(name)))
}

/// The words with a small first letter, as they stand inside a sentence; abbreviations as they are.
pub fn small(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// `a, b and c`.
fn in_a_row(t: &Texts, words: impl IntoIterator<Item = String>) -> String {
    let words: Vec<String> = words.into_iter().collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), t.selection_overview_and()),
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
