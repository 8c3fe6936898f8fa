//! The third step: the text, one field a clause, with buttons that add, remove and move them. Saved also half done.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    refused,
    steps::{self, Found, Step, Steps},
};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            At, Drafted, Faults, Layout, Routes, Visit, again, html, line,
            links::{self, words},
            unkept,
        },
    },
    proposals::{
        lifecycle::WhyNot,
        policy::Write,
        proposal::{Kind, MOST_TITLE, Text},
        reads::draft::Draft,
        workflow::{self, Refused},
    },
    requirements::{
        clause_form::{self, WordedClause, field},
        content::{MOST_CLAUSE, MOST_CLAUSES, MOST_TEXT, letters},
        fields::{Kind as Type, Level},
        names, parameters,
    },
};

/// The page, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_TEXT, Right::DraftProposals, page).form_long(
        links::PROPOSAL_TEXT,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    titel: String,
    typ: String,
    niva: String,
    id: Vec<String>,
    stycke: Vec<String>,
    las: i32,
    /// Which button: `spara`, `vidare`, or `bort-2`, `efter-2`, `upp-2`, `ned-2`.
    gor: String,
}

/// What the page shows in its fields.
#[derive(Debug, Clone)]
struct Typed {
    text: Text,
    lock: i32,
    /// The clause that the browser goes to.
    focus: Option<usize>,
}

impl Typed {
    fn of(draft: &Draft) -> Self {
        let clauses = if draft.clauses.is_empty() { vec![WordedClause::empty()] } else { draft.clauses.clone() };
        let text = Text { title: draft.title.clone(), kind: draft.requirement_type, level: draft.level, clauses };
        Self { text, lock: draft.lock, focus: None }
    }

    fn sent(draft: &Draft, form: &Form) -> Self {
        let known = draft.base.iter().flat_map(|base| &base.clauses).map(|clause| clause.id);
        let mut clauses = clause_form::sent(&form.id, &form.stycke, known, MOST_CLAUSES);
        if clauses.is_empty() {
            clauses.push(WordedClause::empty());
        }
        let text = Text {
            title: line(&form.titel),
            kind: words::code(words::TYPES, &form.typ).and_then(Type::from_code),
            level: words::code(words::LEVELS, &form.niva).and_then(Level::from_code),
            clauses,
        };
        Self { text, lock: form.las, focus: None }
    }

    /// What keeps it from being saved. What is not there yet does not.
    fn check(&self, visit: &Visit, draft: &Draft) -> Faults {
        let (t, mut faults) = (visit.texts(), Faults::default());
        // What is merged brings the values of several.
        let parameters = draft.base.as_ref().map_or(&[][..], |base| &base.parameters);
        let checks = draft.kind != Kind::Merge;
        if self.text.title.is_empty() {
            faults.add("titel", t.proposals_title_empty());
        }
        faults.check_length(t, "titel", &self.text.title, MOST_TITLE);
        for (place, clause) in self.text.clauses.iter().enumerate() {
            faults.check_length(t, field(place), &clause.text, MOST_CLAUSE);
            if let Some(mark) = parameters::unknown([clause.text.as_str()], parameters).first().filter(|_| checks) {
                faults.add(field(place), t.proposals_text_unknown(format!("{{{{{mark}}}}}")));
            }
        }
        faults.check_size(t, "", letters(self.text.clauses.iter().map(|clause| &clause.text)), MOST_TEXT);
        faults
    }

    /// As it is kept: clauses that say nothing are left out.
    fn kept(&self) -> Text {
        let clauses = self.text.clauses.iter().filter(|clause| !clause.text.is_empty()).cloned().collect();
        Text { clauses, ..self.text.clone() }
    }
}

#[derive(Template)]
#[template(path = "proposals/text.html")]
struct TextPage {
    layout: Layout,
    steps: Steps,
    id: Uuid,
    draft: Draft,
    typed: Typed,
    faults: Faults,
    /// What is kept, where it was changed since the form was opened.
    kept: Option<Typed>,
}

impl TextPage {
    fn action(&self) -> String {
        format!("{}#{}", links::proposal_draft(self.layout.lang, self.id, links::STEP_TEXT), links::FAULTS)
    }

    fn action_at(&self, place: &usize) -> String {
        format!("{}#{}", links::proposal_draft(self.layout.lang, self.id, links::STEP_TEXT), field(*place))
    }

    fn field(&self, place: &usize) -> String {
        field(*place)
    }

    fn is_focused(&self, place: &usize) -> bool {
        self.typed.focus == Some(*place)
    }

    fn n(&self, place: &usize) -> String {
        (place + 1).to_string()
    }

    fn is_full(&self) -> bool {
        self.typed.text.clauses.len() >= MOST_CLAUSES
    }

    fn base(&self) -> Option<(String, String)> {
        let base = self.draft.base.as_ref()?;
        Some((base.cited(), links::version(self.layout.lang, base.requirement(), base.version)))
    }

    /// The marks of what a buyer fills in, where the text has such places: `{{limit}}`.
    fn places(&self) -> Option<String> {
        let parameters = &self.draft.base.as_ref()?.parameters;
        let marks: Vec<String> = parameters.iter().map(|parameter| format!("{{{{{}}}}}", parameter.key)).collect();
        Some(marks.join(", ")).filter(|marks| !marks.is_empty())
    }

    fn is_merge(&self) -> bool {
        self.draft.kind == Kind::Merge
    }

    fn types(&self) -> Vec<(&'static str, &'static str, bool)> {
        let of = |(word, code): &(&'static str, &'static str)| {
            let kind = Type::from_code(code)?;
            Some((*word, names::kind(&self.layout.t, &kind), self.typed.text.kind == Some(kind)))
        };
        words::TYPES.iter().filter_map(of).collect()
    }

    fn levels(&self) -> Vec<(&'static str, &'static str, bool)> {
        let of = |(word, code): &(&'static str, &'static str)| {
            let level = Level::from_code(code)?;
            Some((*word, names::level(&self.layout.t, &level), self.typed.text.level == Some(level)))
        };
        words::LEVELS.iter().filter_map(of).collect()
    }
}

fn show(visit: &Visit, draft: Draft, typed: Typed, faults: Faults, kept: Option<Typed>) -> Result<Response> {
    let layout = steps::layout(visit, &draft, visit.texts().proposals_step_text(), !faults.is_empty());
    let steps = Steps::of(visit.lang, &draft, Step::Text);
    Ok(unkept(html(&TextPage { layout, steps, id: draft.id, draft, typed, faults, kept })?))
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let found = steps::found(&visit, &mut *visit.app.db.read().await?, id).await?;
    let draft = match found {
        Found::Draft(draft) => *draft,
        Found::Elsewhere(response, _) => return Ok(response),
    };
    if !draft.kind.has_text() {
        return Ok(steps::to(&visit, id, Step::Reasons));
    }
    let typed = Typed::of(&draft);
    show(&visit, draft, typed, Faults::default(), None)
}

async fn send(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let draft = match steps::found(&visit, &mut tx, id).await? {
        Found::Draft(draft) => *draft,
        // A colleague has sent it in: what was typed is not saved, and not lost either.
        Found::Elsewhere(_, draft) => {
            let typed = Typed::sent(&draft, &form);
            let over = Refused::WhyNot(WhyNot::NotFrom(draft.state()));
            return refused(&visit, over, |faults| show(&visit, *draft, typed, faults, None));
        }
    };
    if !draft.kind.has_text() {
        return Ok(steps::to(&visit, id, Step::Reasons));
    }
    let mut typed = Typed::sent(&draft, &form);
    if is_draft {
        return show(&visit, draft, typed, Faults::default(), None);
    }
    if let Some(focus) = clause_form::rearrange(&mut typed.text.clauses, &form.gor, MOST_CLAUSES) {
        typed.focus = Some(focus);
        return Ok((StatusCode::OK, show(&visit, draft, typed, Faults::default(), None)?).into_response());
    }
    let faults = typed.check(&visit, &draft);
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, draft, typed, faults, None));
    }
    let saved = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        workflow::set_text(&mut tx, &permit, typed.lock, &typed.kept(), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match saved.await {
        Ok(()) if form.gor == "spara" => Ok(steps::to(&visit, id, Step::Text)),
        Ok(()) => Ok(steps::to(&visit, id, Step::Reasons)),
        Err(why) => {
            let mut kept = None;
            if matches!(why, Refused::WhyNot(WhyNot::Changed)) {
                // As it is by now, and what is sent next knows that.
                if let Found::Draft(now) = steps::found(&visit, &mut *visit.app.db.read().await?, id).await? {
                    typed.lock = now.lock;
                    kept = Some(Typed::of(&now));
                }
            }
            refused(&visit, why, |faults| show(&visit, draft, typed, faults, kept))
        }
    }
}
