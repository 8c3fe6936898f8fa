//! One reference for those who look after it, and a new one: what is cited, what stands beside, what holds of it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    answered, day,
    reference_form::{Form, MOST_EDITION, MOST_NAME, MOST_NOTE, MOST_URL},
    told,
};
use crate::{
    accounts::name_or_removed,
    curation::{
        reads::references::{self as read, Met, Reference},
        workflow::{self, Refused},
    },
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Layout, Routes, Visit, html, line,
            links::{self, words},
            see_other, unkept,
        },
    },
    taxonomy::references::{Condition, Mark, Unchanged},
};

/// The forms, and where they are sent.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::REFERENCE_NEW, Right::EditTaxonomy, new_page)
        .swedish_form(links::REFERENCE_NEW, Right::EditTaxonomy, add)
        .swedish_page(links::REFERENCE_EDITED, Right::EditTaxonomy, page)
        .swedish_form(links::REFERENCE_EDITED, Right::EditTaxonomy, edit)
        .swedish_page(links::REFERENCE_STATUS, Right::EditTaxonomy, back)
        .swedish_form(links::REFERENCE_STATUS, Right::EditTaxonomy, mark)
}

/// What a kind is called.
pub(super) fn kind_name(t: Texts, kind: &str) -> &'static str {
    match kind {
        "law" => t.labels_reference_law(),
        "standard" => t.labels_reference_standard(),
        _ => t.labels_reference_label(),
    }
}

/// What a status is called.
pub(super) fn status_name(t: Texts, status: &str) -> &'static str {
    match status {
        "replaced" => t.curation_reference_replaced(),
        "retired" => t.curation_reference_retired(),
        "same" => t.curation_reference_same(),
        _ => t.curation_reference_in_force(),
    }
}

/// The look of its tag.
pub(super) fn status_tag(status: &str) -> &'static str {
    match status {
        "replaced" => "superseded",
        "retired" => "repealed",
        "same" => "preparation",
        _ => "current",
    }
}

/// What a condition is called.
pub(super) fn condition_name(t: Texts, condition: Condition) -> &'static str {
    match condition {
        Condition::Relevant => t.curation_reference_relevant(),
        Condition::Objective => t.curation_reference_objective(),
        Condition::OpenProcess => t.curation_reference_open_process(),
        Condition::Accessible => t.curation_reference_accessible(),
        Condition::Independent => t.curation_reference_independent(),
        Condition::ThirdParty => t.curation_reference_third_party(),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct MarkForm {
    /// `ersatt`, `upphord`, `galler` or `samma`.
    gor: String,
    /// What it leads to.
    mot: String,
    upphor: String,
    bekrafta: String,
    status_las: String,
}

/// One that there is, with what it may lead to.
struct There {
    one: Reference,
    others: Vec<(Uuid, String)>,
}

#[derive(Template)]
#[template(path = "curation/reference.html")]
struct ReferencePage {
    layout: Layout,
    faults: Faults,
    form: Form,
    mark: MarkForm,
    /// None for a new one.
    there: Option<There>,
    /// Whether somebody has changed it meanwhile.
    changed: bool,
    action: String,
}

impl ReferencePage {
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        words::REFERENCE_KINDS.iter().map(|(word, code)| (*word, kind_name(self.layout.t, code))).collect()
    }

    fn kind(&self, one: &Reference) -> &'static str {
        kind_name(self.layout.t, &one.kind)
    }

    fn status(&self, one: &Reference) -> &'static str {
        status_name(self.layout.t, &one.own_status)
    }

    fn tag(&self, one: &Reference) -> &'static str {
        status_tag(&one.own_status)
    }

    fn is_frozen(&self) -> bool {
        self.there.as_ref().is_some_and(|there| there.one.frozen)
    }

    /// Conditions are met by labels; of a new one nobody knows yet which kind it is.
    fn is_label(&self) -> bool {
        self.there.as_ref().is_none_or(|there| there.one.kind == "label")
    }

    fn conditions(&self) -> Vec<(&'static str, &'static str, bool, String)> {
        let t = self.layout.t;
        let all = Condition::ALL.into_iter();
        all.map(|one| {
            let met = self.there.as_ref().and_then(|there| there.one.conditions.iter().find(|met| met.code == one.code()));
            let ticked = self.form.villkor.iter().any(|code| code == one.code());
            (one.code(), condition_name(t, one), ticked, met.map(|met| self.met(met)).unwrap_or_default())
        })
        .collect()
    }

    /// Who ticked it and when.
    fn met(&self, met: &Met) -> String {
        let t = self.layout.t;
        match met.at {
            Some(at) if met.person => {
                t.curation_reference_met_by(name_or_removed(t, met.name.as_deref()), self.layout.lang.day_of(at))
            }
            Some(at) => t.curation_reference_met_on(self.layout.lang.day_of(at)),
            None => t.curation_reference_met_before().to_owned(),
        }
    }

    fn public(&self, id: &Uuid) -> String {
        links::reference(self.layout.lang, id)
    }

    /// The one of the same name, where that is in the way.
    fn taken(&self) -> Option<String> {
        self.form.taken.map(|other| links::edited_reference(other, ""))
    }

    fn mark_action(&self, id: &Uuid) -> String {
        super::to_faults(&links::edited_reference(id, "status"))
    }

    fn is_chosen(&self, id: &Uuid) -> bool {
        self.mark.mot == id.to_string()
    }

    fn day(&self, day: &time::Date) -> String {
        self.layout.lang.date(*day)
    }

    fn period(&self, one: &Reference) -> String {
        let day = |day: Option<time::Date>| day.map(|day| self.layout.lang.date(day)).unwrap_or_default();
        format!("{} – {}", day(one.from), day(one.to)).trim_matches([' ', '–']).to_owned()
    }
}

async fn read(visit: &Visit, id: Uuid) -> Result<There> {
    let mut connection = visit.app.db.read().await?;
    let one = read::one(&mut connection, &visit.viewer, visit.now, (id, 0)).await?.ok_or(Error::NotFound)?;
    let others = read::others(&mut connection, &one.kind, id).await?;
    Ok(There { one, others })
}

fn show(visit: &Visit, there: Option<There>, (form, mark): (Option<Form>, MarkForm), faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = there
        .as_ref()
        .map_or_else(|| t.curation_reference_new().to_owned(), |there| t.curation_reference_title(there.one.label()));
    let above = vec![Crumb::link(t.curation_references(), links::REFERENCES.to_owned())];
    let stored = there.as_ref().map(|there| Form::of(&there.one)).unwrap_or_default();
    let changed = form.as_ref().is_some_and(|form| there.is_some() && form.las != stored.las);
    let form = form.map_or_else(|| stored.clone(), |form| Form { las: stored.las.clone(), ..form });
    let page = ReferencePage {
        layout: super::frame(visit, &title, above, &faults),
        faults,
        mark: MarkForm { status_las: stored.las, ..mark },
        form,
        action: super::to_faults(
            &there.as_ref().map_or_else(|| links::REFERENCE_NEW.to_owned(), |there| links::edited_reference(there.one.id, "")),
        ),
        there,
        changed,
    };
    Ok(unkept(html(&page)?))
}

async fn new_page(visit: Visit) -> Result<Response> {
    show(&visit, None, (None, MarkForm::default()), Faults::default())
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, Some(read(&visit, id).await?), (None, MarkForm::default()), Faults::default())
}

async fn back(At(id): At<Uuid>) -> Result<Response> {
    Ok(see_other(&links::edited_reference(id, "")))
}

/// What can be said of what was refused, and with which status.
fn refused(visit: &Visit, why: Refused) -> Result<(Faults, StatusCode)> {
    let t = visit.texts();
    let Refused::Reference(why) = why else { return super::refused(visit, why) };
    let (field, text) = match why {
        Unchanged::NotThere => return Err(Error::NotFound),
        Unchanged::Database(error) => return Err(error.into()),
        Unchanged::Changed => return Ok((Faults::general(t.curation_changed()), StatusCode::CONFLICT)),
        Unchanged::Taken(_) => ("namn", t.curation_reference_taken()),
        Unchanged::Frozen => ("namn", t.curation_reference_frozen()),
        Unchanged::NoGoal => ("mot", t.curation_reference_no_goal()),
    };
    let mut faults = Faults::default();
    faults.add(field, text);
    Ok((faults, StatusCode::UNPROCESSABLE_ENTITY))
}

/// The one that is in the way, for a link to it.
fn taken(why: &Refused) -> Option<Uuid> {
    match why {
        Refused::Reference(Unchanged::Taken(other)) => Some(*other),
        _ => None,
    }
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form, mut faults) = (visit.texts(), form.clean(), Faults::default());
    if is_draft {
        return show(&visit, None, (Some(form), MarkForm::default()), faults);
    }
    let beside = form.beside(t, form.kind() == Some("label"), &mut faults);
    let Some(cited) = form.cited(t, &mut faults) else {
        return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show(&visit, None, (Some(form), MarkForm::default()), faults)?));
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::add_reference(&mut tx, &visit.actor(), (&cited, &beside), visit.now).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(told(&visit, &links::edited_reference(id, ""), t.curation_reference_added()))
        }
        Err(why) => {
            drop(tx);
            let form = Form { taken: taken(&why), ..form };
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show(&visit, None, (Some(form), MarkForm::default()), faults)?))
        }
    }
}

async fn edit(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let there = read(&visit, id).await?;
    // What is frozen is no part of the form.
    let form = form.clean();
    let kept = Form::of(&there.one);
    let form = if there.one.frozen {
        Form { anteckning: form.anteckning, kriterier: form.kriterier, villkor: form.villkor, las: form.las, ..kept }
    } else {
        Form { slag: kept.slag, ..form }
    };
    if is_draft {
        return show(&visit, Some(there), (Some(form), MarkForm::default()), faults);
    }
    let beside = form.beside(t, there.one.kind == "label", &mut faults);
    let cited = if there.one.frozen { None } else { form.cited(t, &mut faults) };
    if !faults.is_empty() {
        return Ok(answered(
            StatusCode::UNPROCESSABLE_ENTITY,
            show(&visit, Some(there), (Some(form), MarkForm::default()), faults)?,
        ));
    }
    let mut tx = visit.app.db.begin().await?;
    match workflow::edit_reference(&mut tx, &visit.actor(), (id, form.lock()), (cited.as_ref(), &beside), visit.now).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(told(&visit, &links::edited_reference(id, ""), t.curation_reference_saved()))
        }
        Err(why) => {
            drop(tx);
            let form = Form { taken: taken(&why), ..form };
            let (faults, status) = refused(&visit, why)?;
            let there = read(&visit, id).await?;
            Ok(answered(status, show(&visit, Some(there), (Some(form), MarkForm::default()), faults)?))
        }
    }
}

/// What becomes of it.
enum Said {
    Mark(Mark),
    Same(Uuid),
}

fn said(t: Texts, form: &MarkForm, today: time::Date) -> Result<Said, Faults> {
    let (mut faults, to) = (Faults::default(), Uuid::try_parse(&form.mot).ok());
    if matches!(form.gor.as_str(), "ersatt" | "samma") && to.is_none() {
        faults.add("mot", t.curation_reference_goal_missing());
    }
    // What was chosen is not dropped unseen: what is over, or holds again, leads nowhere.
    if matches!(form.gor.as_str(), "upphord" | "galler") && !form.mot.is_empty() {
        faults.add("mot", t.curation_reference_goal_unwanted());
    }
    match day(&form.upphor) {
        None if !form.upphor.is_empty() => faults.add("upphor", t.curation_reference_ended_wrong()),
        Some(day) if day > today => faults.add("upphor", t.curation_reference_ended_to_come()),
        _ => {}
    }
    if form.gor != "galler" && form.bekrafta != "ja" {
        faults.add("bekrafta", t.curation_confirm_missing());
    }
    let said = match (form.gor.as_str(), to) {
        ("ersatt", Some(to)) => Some(Said::Mark(Mark::Replaced(to))),
        ("samma", Some(to)) => Some(Said::Same(to)),
        ("upphord", _) => Some(Said::Mark(Mark::Retired)),
        ("galler", _) => Some(Said::Mark(Mark::InForce)),
        ("ersatt" | "samma", None) => None,
        _ => {
            faults.add("gor", t.curation_change_missing());
            None
        }
    };
    said.filter(|_| faults.is_empty()).ok_or(faults)
}

async fn mark(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<MarkForm>) -> Result<Response> {
    let visit = visit.on(&links::edited_reference(id, ""));
    let t = visit.texts();
    let form = MarkForm { mot: line(&form.mot), upphor: line(&form.upphor), status_las: line(&form.status_las), ..form };
    if is_draft {
        return show(&visit, Some(read(&visit, id).await?), (None, form), Faults::default());
    }
    let said = match said(t, &form, visit.today()) {
        Ok(said) => said,
        Err(faults) => {
            let page = show(&visit, Some(read(&visit, id).await?), (None, form), faults)?;
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    let seen = (id, form.status_las.parse().unwrap_or_default());
    let mut tx = visit.app.db.begin().await?;
    let actor = visit.actor();
    let done = match said {
        Said::Mark(mark) => {
            workflow::mark_reference(&mut tx, &actor, seen, (mark, day(&form.upphor)), visit.now).await.map(|()| id)
        }
        Said::Same(into) => {
            workflow::merge_reference(&mut tx, &actor, seen, into, visit.now).await.map(|kept| if kept { id } else { into })
        }
    };
    match done {
        Ok(to) => {
            tx.commit().await?;
            Ok(told(&visit, &links::edited_reference(to, ""), t.curation_reference_marked()))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show(&visit, Some(read(&visit, id).await?), (None, form), faults)?))
        }
    }
}
