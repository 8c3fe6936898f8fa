//! The words of the bank, each explained once.

use askama::Template;
use axum::response::Response;

use crate::kernel::{
    error::Result,
    i18n::{Lang, Texts},
    rights::Right,
    web::{Crumb, Layout, Routes, Visit, html, links},
};

/// Where the page is.
pub fn routes() -> Routes {
    Routes::new().page(links::GLOSSARY, Right::ReadPublished, page)
}

type Text = fn(Texts) -> &'static str;

/// Slug in the anchor, the word, its explanation, slugs of words to see also.
type Word = (&'static str, Text, Text, &'static [&'static str]);

const WORDS: &[Word] = &[
    ("antagande", Texts::glossary_word_adoption, Texts::glossary_text_adoption, &["beslut"]),
    ("anvandning", Texts::glossary_word_usage, Texts::glossary_text_usage, &["korg"]),
    ("avancerad", Texts::glossary_word_advanced, Texts::glossary_text_advanced, &["niva", "bas", "spjutspets"]),
    ("avisering", Texts::glossary_word_notification, Texts::glossary_text_notification, &["bevakning"]),
    ("avvikelse", Texts::glossary_word_nonconformity, Texts::glossary_text_nonconformity, &["uppfoljningsarende", "atgardsplan"]),
    ("bas", Texts::glossary_word_basic, Texts::glossary_text_basic, &["niva", "avancerad", "spjutspets"]),
    ("beslut", Texts::glossary_word_decision, Texts::glossary_text_decision, &["gallande", "antagande"]),
    ("bevakning", Texts::glossary_word_watch, Texts::glossary_text_watch, &["avisering"]),
    ("bevis", Texts::glossary_word_evidence, Texts::glossary_text_evidence, &["uppfoljning"]),
    ("cpv", Texts::glossary_word_cpv, Texts::glossary_text_cpv, &["produktgrupp"]),
    ("dialog", Texts::glossary_word_dialogue, Texts::glossary_text_dialogue, &["trad", "kommentar", "remiss"]),
    ("diarienummer", Texts::glossary_word_case_number, Texts::glossary_text_case_number, &["beslut"]),
    ("ersatt", Texts::glossary_word_superseded, Texts::glossary_text_superseded, &["version", "gallande", "upphavt"]),
    ("forslag", Texts::glossary_word_proposal, Texts::glossary_text_proposal, &["beslut"]),
    ("gallande", Texts::glossary_word_current, Texts::glossary_text_current, &["version", "ersatt"]),
    ("hanvisning", Texts::glossary_word_reference, Texts::glossary_text_reference, &[]),
    ("kommentar", Texts::glossary_word_comment, Texts::glossary_text_comment, &["trad", "dialog"]),
    ("kontrollsumma", Texts::glossary_word_checksum, Texts::glossary_text_checksum, &["version"]),
    ("korg", Texts::glossary_word_selection, Texts::glossary_text_selection, &["parameter", "anvandning"]),
    ("krav", Texts::glossary_word_requirement, Texts::glossary_text_requirement, &["version", "stycke", "kravtyp", "niva"]),
    ("kravfamilj", Texts::glossary_word_family, Texts::glossary_text_family, &["niva", "kravtyp"]),
    (
        "kravtyp",
        Texts::glossary_word_kind,
        Texts::glossary_text_kind,
        &["kvalificeringskrav", "teknisk-specifikation", "tilldelningskriterium", "sarskilt-kontraktsvillkor"],
    ),
    ("kvalificeringskrav", Texts::glossary_word_qualification, Texts::glossary_text_qualification, &["kravtyp"]),
    ("miljomal", Texts::glossary_word_objective, Texts::glossary_text_objective, &[]),
    ("motiv", Texts::glossary_word_rationale, Texts::glossary_text_rationale, &["proportionalitet"]),
    ("niva", Texts::glossary_word_level, Texts::glossary_text_level, &["bas", "avancerad", "spjutspets", "kravfamilj"]),
    ("parameter", Texts::glossary_word_parameter, Texts::glossary_text_parameter, &["korg"]),
    ("produktgrupp", Texts::glossary_word_group, Texts::glossary_text_group, &["produktomrade", "cpv"]),
    ("produktomrade", Texts::glossary_word_area, Texts::glossary_text_area, &["produktgrupp", "upphandlingsomrade"]),
    ("proportionalitet", Texts::glossary_word_proportionality, Texts::glossary_text_proportionality, &["motiv"]),
    (
        "remiss",
        Texts::glossary_word_consultation,
        Texts::glossary_text_consultation,
        &["remissvar", "sammanstallning", "tidig-dialog"],
    ),
    ("remissvar", Texts::glossary_word_response, Texts::glossary_text_response, &["remiss", "sammanstallning"]),
    ("sammanstallning", Texts::glossary_word_summary, Texts::glossary_text_summary, &["remiss", "remissvar"]),
    ("sarskilt-kontraktsvillkor", Texts::glossary_word_condition, Texts::glossary_text_condition, &["kravtyp"]),
    ("spjutspets", Texts::glossary_word_spearhead, Texts::glossary_text_spearhead, &["niva", "bas", "avancerad"]),
    ("stopp", Texts::glossary_word_stop, Texts::glossary_text_stop, &["upphavt"]),
    ("stycke", Texts::glossary_word_clause, Texts::glossary_text_clause, &["version"]),
    ("teknisk-specifikation", Texts::glossary_word_specification, Texts::glossary_text_specification, &["kravtyp"]),
    ("tidig-dialog", Texts::glossary_word_early, Texts::glossary_text_early, &["remiss", "dialog"]),
    ("tilldelningskriterium", Texts::glossary_word_award, Texts::glossary_text_award, &["kravtyp"]),
    ("trad", Texts::glossary_word_thread, Texts::glossary_text_thread, &["dialog", "kommentar"]),
    ("undantag", Texts::glossary_word_exemption, Texts::glossary_text_exemption, &[]),
    ("uppfoljning", Texts::glossary_word_follow_up, Texts::glossary_text_follow_up, &["bevis", "uppfoljningsarende"]),
    (
        "uppfoljningsarende",
        Texts::glossary_word_follow_up_case,
        Texts::glossary_text_follow_up_case,
        &["uppfoljning", "avvikelse"],
    ),
    ("upphandlingsomrade", Texts::glossary_word_procurement_area, Texts::glossary_text_procurement_area, &["produktgrupp"]),
    ("upphavt", Texts::glossary_word_repealed, Texts::glossary_text_repealed, &["ersatt", "version"]),
    ("version", Texts::glossary_word_version, Texts::glossary_text_version, &["stycke", "gallande", "ersatt"]),
    ("atgardsplan", Texts::glossary_word_action_plan, Texts::glossary_text_action_plan, &["avvikelse", "uppfoljningsarende"]),
    ("oversyn", Texts::glossary_word_review, Texts::glossary_text_review, &["version"]),
];

/// A word as the page prints it.
struct Entry {
    slug: &'static str,
    word: &'static str,
    /// The word in the other language.
    other: &'static str,
    text: &'static str,
    see: Vec<(&'static str, String)>,
    /// The anchor of its letter, on the first word that begins with it.
    letter: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/glossary.html")]
struct GlossaryPage {
    layout: Layout,
    entries: Vec<Entry>,
}

impl GlossaryPage {
    fn new(layout: Layout) -> Self {
        let (t, other) = (layout.t, Texts(layout.lang.other()));
        let named = |slug: &&'static str| WORDS.iter().find(|word| word.0 == *slug).map(|word| (word.0, in_text((word.1)(t))));
        let mut entries: Vec<Entry> = WORDS
            .iter()
            .map(|(slug, word, text, see)| Entry {
                slug,
                word: word(t),
                other: word(other),
                text: text(t),
                see: see.iter().filter_map(named).collect(),
                letter: None,
            })
            .collect();
        entries.sort_by_cached_key(|entry| alphabetical(entry.word));
        let mut last = String::new();
        for entry in &mut entries {
            let letter = first_letter(entry.word);
            if letter != last {
                entry.letter = Some(letter.clone());
                last = letter;
            }
        }
        Self { layout, entries }
    }

    /// The letters that some word begins with.
    fn letters(&self) -> impl Iterator<Item = &String> {
        self.entries.iter().filter_map(|entry| entry.letter.as_ref())
    }

    /// The language of the words in brackets.
    fn other_lang(&self) -> Lang {
        self.layout.lang.other()
    }
}

/// A word as it stands within a sentence: no capital, abbreviations apart.
fn in_text(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(word.chars().skip(1)).collect(),
        _ => word.to_owned(),
    }
}

fn first_letter(word: &str) -> String {
    word.chars().next().into_iter().flat_map(char::to_uppercase).collect()
}

/// Swedish order: å, ä and ö after z.
fn alphabetical(word: &str) -> Vec<u32> {
    word.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'å' => 'z' as u32 + 1,
            'ä' => 'z' as u32 + 2,
            'ö' => 'z' as u32 + 3,
            other => other as u32,
        })
        .collect()
}

async fn page(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.glossary_heading())];
    let layout = visit.layout(t.glossary_heading(), "glossary", crumbs).described(t.glossary_lead());
    html(&GlossaryPage::new(layout))
}
