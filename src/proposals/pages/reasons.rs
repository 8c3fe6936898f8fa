//! The fourth step: why.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    refused,
    steps::{self, Found, Step, Steps},
};
use crate::{
    attachments::Attachment,
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Drafted, Faults, Layout, Routes, Visit, again, html, lines, links, unkept},
    },
    proposals::{
        lifecycle::WhyNot,
        policy::Write,
        proposal::{Kind, MOST_INTEREST, MOST_REASON, Reasons},
        reads::draft::Draft,
        workflow::{self, Refused},
    },
};

/// The page, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_REASONS, Right::DraftProposals, page).form(
        links::PROPOSAL_REASONS,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    problem: String,
    nytta: String,
    kontroll: String,
    produkter: String,
    stod: String,
    intresse: String,
    las: i32,
    gor: String,
}

impl Form {
    fn of(draft: &Draft) -> Self {
        let reasons = draft.reasons.clone();
        Self {
            problem: reasons.problem,
            nytta: reasons.gain,
            kontroll: reasons.verification,
            produkter: reasons.products,
            stod: reasons.legal,
            intresse: reasons.interest,
            las: draft.lock,
            gor: String::new(),
        }
    }

    fn reasons(&self) -> Reasons {
        Reasons {
            problem: lines(&self.problem),
            gain: lines(&self.nytta),
            verification: lines(&self.kontroll),
            products: lines(&self.produkter),
            legal: lines(&self.stod),
            interest: lines(&self.intresse),
        }
    }

    fn check(&self, visit: &Visit) -> Faults {
        let (t, mut faults) = (visit.texts(), Faults::default());
        let reasons = self.reasons();
        let fields = [
            ("problem", &reasons.problem),
            ("nytta", &reasons.gain),
            ("kontroll", &reasons.verification),
            ("produkter", &reasons.products),
            ("stod", &reasons.legal),
        ];
        for (field, text) in fields {
            faults.check_length(t, field, text, MOST_REASON);
        }
        faults.check_length(t, "intresse", &reasons.interest, MOST_INTEREST);
        faults
    }
}

#[derive(Template)]
#[template(path = "proposals/reasons.html")]
struct ReasonsPage {
    layout: Layout,
    steps: Steps,
    draft: Draft,
    form: Form,
    faults: Faults,
    /// What is kept, where it was changed since the form was opened.
    kept: Option<Reasons>,
}

impl ReasonsPage {
    fn action(&self) -> String {
        format!("{}#{}", links::proposal_draft(self.layout.lang, self.draft.id, links::STEP_REASONS), links::FAULTS)
    }

    fn attachments(&self) -> String {
        links::proposal_draft(self.layout.lang, self.draft.id, links::STEP_ATTACHMENTS)
    }

    fn file(&self, one: &Attachment) -> String {
        links::draft_attachment(self.layout.lang, self.draft.id, one.id, "")
    }

    fn needs_gain(&self) -> bool {
        matches!(self.draft.kind, Kind::New | Kind::Change)
    }

    fn needs_verification(&self) -> bool {
        self.draft.kind == Kind::New
    }

    /// What is kept, field by field, as far as it says something.
    fn kept_fields(&self) -> Vec<(&'static str, String)> {
        self.kept.as_ref().map(|kept| said(self.layout.t, kept)).unwrap_or_default()
    }
}

/// The reasons that are given, with what they are called.
pub(super) fn said(t: crate::kernel::i18n::Texts, reasons: &Reasons) -> Vec<(&'static str, String)> {
    let all = [
        (t.proposals_problem(), &reasons.problem),
        (t.proposals_gain(), &reasons.gain),
        (t.proposals_verification(), &reasons.verification),
        (t.proposals_products(), &reasons.products),
        (t.proposals_legal(), &reasons.legal),
        (t.proposals_interest(), &reasons.interest),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.clone())).collect()
}

fn show(visit: &Visit, draft: Draft, form: Form, faults: Faults, kept: Option<Reasons>) -> Result<Response> {
    let layout = steps::layout(visit, &draft, visit.texts().proposals_step_reasons(), !faults.is_empty());
    let steps = Steps::of(visit.lang, &draft, Step::Reasons);
    Ok(unkept(html(&ReasonsPage { layout, steps, draft, form, faults, kept })?))
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let found = steps::found(&visit, &mut *visit.app.db.read().await?, id).await?;
    match found {
        Found::Draft(draft) => {
            let form = Form::of(&draft);
            show(&visit, *draft, form, Faults::default(), None)
        }
        Found::Elsewhere(response, _) => Ok(response),
    }
}

async fn send(visit: Visit, At(id): At<Uuid>, Drafted { mut form, is_draft }: Drafted<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let draft = match steps::found(&visit, &mut tx, id).await? {
        Found::Draft(draft) => *draft,
        // A colleague has sent it in: what was typed is not saved, and not lost either.
        Found::Elsewhere(_, draft) => {
            let over = Refused::WhyNot(WhyNot::NotFrom(draft.state()));
            return refused(&visit, over, |faults| show(&visit, *draft, form, faults, None));
        }
    };
    if is_draft {
        return show(&visit, draft, form, Faults::default(), None);
    }
    let faults = form.check(&visit);
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, draft, form, faults, None));
    }
    let saved = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        workflow::set_reasons(&mut tx, &permit, form.las, &form.reasons(), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match saved.await {
        Ok(()) if form.gor == "spara" => Ok(steps::to(&visit, id, Step::Reasons)),
        Ok(()) => Ok(steps::to(&visit, id, Step::Review)),
        Err(why) => {
            let mut kept = None;
            if matches!(why, Refused::WhyNot(WhyNot::Changed)) {
                // As it is by now, and what is sent next knows that.
                if let Found::Draft(now) = steps::found(&visit, &mut *visit.app.db.read().await?, id).await? {
                    form.las = now.lock;
                    kept = Some(now.reasons);
                }
            }
            refused(&visit, why, |faults| show(&visit, draft, form, faults, kept))
        }
    }
}
