//! The five steps of a proposal: where one is, what is done, and the way to the others.

use axum::response::Response;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    accounts::name_or_removed,
    kernel::{
        error::{Error, Result},
        i18n::{Lang, Texts},
        web::{Crumb, Layout, Visit, links, see_other},
    },
    proposals::{
        names,
        proposal::{Kind, Lack},
        reads::{
            self,
            draft::{self, Draft},
        },
    },
};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What it is about.
    Subject,
    /// What is like it.
    Similar,
    /// Its text.
    Text,
    /// Why.
    Reasons,
    /// All of it.
    Review,
}

impl Step {
    const ALL: [Self; 5] = [Self::Subject, Self::Similar, Self::Text, Self::Reasons, Self::Review];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Subject => "",
            Self::Similar => links::STEP_SIMILAR,
            Self::Text => links::STEP_TEXT,
            Self::Reasons => links::STEP_REASONS,
            Self::Review => links::STEP_REVIEW,
        }
    }

    fn name(self, t: Texts) -> &'static str {
        match self {
            Self::Subject => t.proposals_step_subject(),
            Self::Similar => t.proposals_step_similar(),
            Self::Text => t.proposals_step_text(),
            Self::Reasons => t.proposals_step_reasons(),
            Self::Review => t.proposals_step_review(),
        }
    }

    /// The steps of a kind: what is to end has no text of its own.
    fn of(kind: Kind) -> Vec<Self> {
        Self::ALL.into_iter().filter(|step| *step != Self::Text || kind.has_text()).collect()
    }

    /// The one after it.
    pub fn next(self, kind: Kind) -> Self {
        let steps = Self::of(kind);
        let after = steps.iter().position(|step| *step == self).map_or(0, |place| place + 1);
        steps.get(after).copied().unwrap_or(Self::Review)
    }
}

/// A step as the page lists it.
#[derive(Debug)]
pub struct Listed {
    /// What it is called.
    pub name: &'static str,
    /// Where it is.
    pub href: String,
    /// Whether one is there.
    pub is_here: bool,
    /// Whether nothing is lacking in it.
    pub is_done: bool,
}

/// What all steps show above their form.
#[derive(Debug)]
pub struct Steps {
    /// `Steg 2 av 5`.
    pub place: String,
    /// Each of them; none before there is a draft.
    pub all: Vec<Listed>,
    /// Who changed the draft last, and when.
    pub saved: Option<String>,
    /// What was asked to be completed.
    pub asked: String,
}

impl Steps {
    /// Before there is a draft.
    pub fn first(t: Texts) -> Self {
        Self { place: t.proposals_step_first().to_owned(), all: Vec::new(), saved: None, asked: String::new() }
    }

    /// Of a draft.
    pub fn of(lang: Lang, draft: &Draft, here: Step) -> Self {
        let t = Texts(lang);
        let steps = Step::of(draft.kind);
        let lacks = draft.lacks();
        let lacking = |step: Step| lacks.iter().any(|lack| names::lack(&t, *lack).1 == step.word());
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let place = steps.iter().position(|step| *step == here).map_or(1, |place| place + 1);
        let all = steps.iter().map(|step| Listed {
            name: step.name(t),
            href: links::proposal_draft(lang, draft.id, step.word()),
            is_here: *step == here,
            is_done: *step != Step::Review && !lacking(*step),
        });
        let by = name_or_removed(t, draft.changed_by.as_deref());
        Self {
            place: t.proposals_step_place(number(place), number(steps.len())),
            all: all.collect(),
            saved: Some(t.proposals_saved_by(lang.moment(draft.changed), by)),
            asked: if draft.state() == crate::proposals::lifecycle::State::Returned { draft.said.clone() } else { String::new() },
        }
    }
}

/// A draft of theirs; what was sent in has a page of its own.
pub enum Found {
    /// It.
    Draft(Box<Draft>),
    /// It was sent in: it, and 303 to its page.
    Elsewhere(Response, Box<Draft>),
}

/// Reads it.
///
/// # Errors
/// [`Error::NotTheirs`] and [`Error::Nobodys`], which the visitor is told alike.
pub async fn found(visit: &Visit, connection: &mut PgConnection, id: Uuid) -> Result<Found> {
    let (kind, person) = ("proposal", visit.actor().person().0);
    let Some(draft) = draft::draft(connection, (&visit.viewer, person), id).await? else {
        let is_there = reads::draft::is_there(connection, id).await?;
        return Err(if is_there { Error::NotTheirs { kind, id } } else { Error::Nobodys { kind, id } });
    };
    match draft.cited() {
        Some(number) if !draft.state().is_written() => {
            Ok(Found::Elsewhere(see_other(&links::proposal(visit.lang, number)), Box::new(draft)))
        }
        _ => Ok(Found::Draft(Box::new(draft))),
    }
}

/// The frame of a step.
pub fn layout(visit: &Visit, draft: &Draft, title: &str, is_faulty: bool) -> Layout {
    let t = visit.texts();
    let drafts = Crumb::link(t.proposals_drafts_heading(), links::localized(visit.lang, links::PROPOSAL_DRAFTS));
    let named = t.proposals_step_title(title, draft.title.as_str());
    let layout = visit.layout(&named, "proposals", super::crumbs(visit, vec![drafts, Crumb::here(title)]));
    if is_faulty { layout.faulty() } else { layout }
}

/// 303 to another step of the draft.
pub fn to(visit: &Visit, id: Uuid, step: Step) -> Response {
    see_other(&links::proposal_draft(visit.lang, id, step.word()))
}

/// The lacks of a draft with the words for each and where it is put right.
pub fn lacking(lang: Lang, draft: &Draft, lacks: &[Lack]) -> Vec<(&'static str, String)> {
    let t = Texts(lang);
    let one = |lack: &Lack| {
        let (text, step, field) = names::lack(&t, *lack);
        (text, format!("{}#{field}", links::proposal_draft(lang, draft.id, step)))
    };
    lacks.iter().map(one).collect()
}
