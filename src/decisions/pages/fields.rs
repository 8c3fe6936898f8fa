//! What the minutes say: who decides, when, why, and what it leads to.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Told, below, day, find, id, typed, when};
use crate::{
    decisions::{
        draft::{
            Fields, MOST_BODY, MOST_CONFLICTS, MOST_DAY, MOST_DNR, MOST_PARAGRAPH, MOST_RAPPORTEUR, MOST_REASONS, MOST_TEXT,
            MOST_TITLE,
        },
        policy::Write,
        reads::draft::Draft,
        workflow::{self, Refused},
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{
            At, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, line, lines, links, see_other, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_FIELDS, Right::PrepareDecisions, page).swedish_form(
        links::DECISION_FIELDS,
        Right::PrepareDecisions,
        send,
    )
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    las: String,
    rubrik: String,
    organ: String,
    dag: String,
    paragraf: String,
    dnr: String,
    foredragande: String,
    narvarande: String,
    skal: String,
    konsekvenser: String,
    avvikande: String,
    jav: String,
    anteckning: String,
}

impl Form {
    fn of(draft: &Draft) -> Self {
        let fields = draft.fields.clone();
        Self {
            las: draft.lock.to_string(),
            rubrik: fields.title,
            organ: fields.body,
            dag: typed(fields.met_on),
            paragraf: fields.paragraph,
            dnr: fields.dnr,
            foredragande: fields.rapporteur,
            narvarande: fields.present,
            skal: fields.reasons,
            konsekvenser: fields.consequences,
            avvikande: fields.reservations,
            jav: fields.conflicts,
            anteckning: fields.note,
        }
    }

    fn clean(self) -> Self {
        Self {
            las: self.las,
            rubrik: line(&self.rubrik),
            organ: line(&self.organ),
            dag: line(&self.dag),
            paragraf: line(&self.paragraf),
            dnr: line(&self.dnr),
            foredragande: line(&self.foredragande),
            narvarande: lines(&self.narvarande),
            skal: lines(&self.skal),
            konsekvenser: lines(&self.konsekvenser),
            avvikande: lines(&self.avvikande),
            jav: lines(&self.jav),
            anteckning: lines(&self.anteckning),
        }
    }

    /// What was typed, or what is wrong with it.
    fn fields(&self, visit: &Visit) -> std::result::Result<Fields, Faults> {
        let (t, mut faults) = (visit.texts(), Faults::default());
        if self.rubrik.is_empty() {
            faults.add("rubrik", t.decisions_why_title());
        }
        let met_on = day(&self.dag);
        if matches!(met_on, Ok(Some(day)) if day > visit.today()) {
            faults.add("dag", t.decisions_day_to_come());
        }
        if met_on.is_err() {
            faults.add("dag", t.decisions_day_wrong());
        }
        for (field, text, most) in [
            ("rubrik", &self.rubrik, MOST_TITLE),
            ("organ", &self.organ, MOST_BODY),
            ("paragraf", &self.paragraf, MOST_PARAGRAPH),
            ("dnr", &self.dnr, MOST_DNR),
            ("foredragande", &self.foredragande, MOST_RAPPORTEUR),
            ("narvarande", &self.narvarande, MOST_TEXT),
            ("skal", &self.skal, MOST_REASONS),
            ("konsekvenser", &self.konsekvenser, MOST_REASONS),
            ("avvikande", &self.avvikande, MOST_TEXT),
            ("jav", &self.jav, MOST_CONFLICTS),
            ("anteckning", &self.anteckning, MOST_TEXT),
        ] {
            faults.check_length(t, field, text, most);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let own = self.clone();
        Ok(Fields {
            title: own.rubrik,
            body: own.organ,
            met_on: met_on.unwrap_or_default(),
            paragraph: own.paragraf,
            dnr: own.dnr,
            present: own.narvarande,
            reservations: own.avvikande,
            conflicts: own.jav,
            rapporteur: own.foredragande,
            reasons: own.skal,
            consequences: own.konsekvenser,
            note: own.anteckning,
        })
    }
}

#[derive(Template)]
#[template(path = "decisions/fields.html")]
struct FieldsPage {
    layout: Layout,
    draft: Draft,
    form: Form,
    faults: Faults,
    /// What somebody else has written meanwhile.
    kept: Option<Form>,
}

impl FieldsPage {
    fn action(&self) -> String {
        format!("{}#{}", links::decision_draft(self.draft.id, links::DECISION_STEP_FIELDS), links::FAULTS)
    }

    fn back(&self) -> String {
        links::decision_draft(self.draft.id, "")
    }

    /// Fields where what is kept is not what was typed.
    fn kept_fields(&self) -> Vec<(&'static str, &str)> {
        let (t, form) = (self.layout.t, &self.form);
        let Some(kept) = &self.kept else { return Vec::new() };
        let all = [
            (t.decisions_title(), &kept.rubrik, &form.rubrik),
            (t.decisions_body(), &kept.organ, &form.organ),
            (t.decisions_met(), &kept.dag, &form.dag),
            (t.decisions_paragraph(), &kept.paragraf, &form.paragraf),
            (t.decisions_dnr(), &kept.dnr, &form.dnr),
            (t.decisions_rapporteur(), &kept.foredragande, &form.foredragande),
            (t.decisions_reasons(), &kept.skal, &form.skal),
            (t.decisions_consequences(), &kept.konsekvenser, &form.konsekvenser),
            (t.decisions_present(), &kept.narvarande, &form.narvarande),
            (t.decisions_reservations(), &kept.avvikande, &form.avvikande),
            (t.decisions_conflicts(), &kept.jav, &form.jav),
            (t.decisions_note(), &kept.anteckning, &form.anteckning),
        ];
        all.into_iter().filter(|(_, kept, own)| kept != own).map(|(name, kept, _)| (name, kept.as_str())).collect()
    }
}

/// How the page is shown: with what is kept, with what was typed, or with both.
enum Shown {
    Stored,
    Typed(Form),
    Beside(Form),
}

async fn show(visit: &Visit, id: Uuid, shown: Shown, faults: Faults) -> Result<Response> {
    let draft = match find(visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    if !super::outcomes::may_write(visit, &draft) {
        return Ok(see_other(&links::decision_draft(id, "")));
    }
    let stored = Form::of(&draft);
    let (form, kept) = match shown {
        Shown::Stored => (stored, None),
        Shown::Typed(form) => (form, None),
        // Whoever has seen both goes on from what is kept now.
        Shown::Beside(form) => (Form { las: stored.las.clone(), ..form }, Some(stored)),
    };
    let t = visit.texts();
    let layout = visit.layout(t.decisions_fields_title(), "lmc", below(visit, &draft, t.decisions_fields_title()));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&FieldsPage { layout, draft, form, faults, kept })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    show(&visit, id(&text)?, Shown::Stored, Faults::default()).await
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (id, form) = (id(&text)?, form.clean());
    if is_draft {
        return show(&visit, id, Shown::Typed(form), Faults::default()).await;
    }
    let fields = match form.fields(&visit) {
        Ok(fields) => fields,
        Err(faults) => {
            let page = show(&visit, id, Shown::Typed(form), faults.clone()).await;
            return again(faults, |_| page);
        }
    };
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id, when(&visit)).await?;
        workflow::set_fields(&mut tx, &permit, (form.las.parse().unwrap_or(0), &fields), visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::decision_draft(id, ""));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().decisions_saved()));
            Ok(response)
        }
        Err(why) => {
            let beside = matches!(why, Refused::Changed);
            let told = Told::of(&visit, why)?;
            let shown = if beside { Shown::Beside(form) } else { Shown::Typed(form) };
            let page = show(&visit, id, shown, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
