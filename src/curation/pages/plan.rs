//! The lines of what is going on, for those who tell it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use time::{Date, Month};
use uuid::Uuid;

use super::{answered, day, told, under_way::state_name};
use crate::{
    curation::{
        plan::{self, Line, State, Where},
        reads::{
            plan::{self as read, Stored, UnderWay},
            tree::{self, Area},
        },
        workflow::Refused,
    },
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Layout, Routes, Visit, again, html, line,
            links::{self, words},
            unkept,
        },
    },
};

const MOST_TEXT: usize = 500;

/// The list and the forms.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::PLAN, Right::EditTaxonomy, list)
        .swedish_page(links::PLAN_NEW, Right::EditTaxonomy, new_page)
        .swedish_form(links::PLAN_NEW, Right::EditTaxonomy, add)
        .swedish_page(links::PLAN_LINE, Right::EditTaxonomy, page)
        .swedish_form(links::PLAN_LINE, Right::EditTaxonomy, edit)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// A slug of an area, or the id of a group.
    plats: String,
    text_sv: String,
    text_en: String,
    lage: String,
    fran: String,
    beslut: String,
    prioriterat: String,
    beredning: String,
    las: String,
    /// `spara`, or `ta-bort`.
    gor: String,
    /// Not empty where it is really to be removed.
    saker: String,
}

impl Form {
    fn of(stored: &Stored) -> Self {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            plats: stored.group.map_or_else(|| stored.area.clone().unwrap_or_default(), |group| group.to_string()),
            text_sv: stored.text_sv.clone(),
            text_en: stored.text_en.clone(),
            lage: words::word(words::PLAN_STATES, &stored.state).unwrap_or_default().to_owned(),
            fran: day(stored.starts_on),
            beslut: day(stored.decision_month).chars().take(7).collect(),
            prioriterat: day(stored.priority_until),
            beredning: stored.in_preparation.map(|number| number.to_string()).unwrap_or_default(),
            las: stored.lock.to_string(),
            ..Self::default()
        }
    }

    fn clean(self) -> Self {
        Self {
            plats: line(&self.plats),
            text_sv: line(&self.text_sv),
            text_en: line(&self.text_en),
            lage: self.lage,
            fran: line(&self.fran),
            beslut: line(&self.beslut),
            prioriterat: line(&self.prioriterat),
            beredning: line(&self.beredning),
            las: line(&self.las),
            gor: self.gor,
            saker: self.saker,
        }
    }

    fn said(&self, t: Texts) -> Result<Line, Faults> {
        let mut faults = Faults::default();
        if self.plats.is_empty() {
            faults.add("plats", t.curation_plan_place_missing());
        }
        for (field, text, missing) in [
            ("text_sv", &self.text_sv, t.curation_plan_text_missing()),
            ("text_en", &self.text_en, t.curation_plan_text_en_missing()),
        ] {
            if text.is_empty() {
                faults.add(field, missing);
            }
            faults.check_length(t, field, text, MOST_TEXT);
        }
        let state = words::code(words::PLAN_STATES, &self.lage).and_then(State::from_code);
        if state.is_none() {
            faults.add("lage", t.curation_plan_state_missing());
        }
        let (starts_on, decision_month, until) = (day(&self.fran), month(&self.beslut), day(&self.prioriterat));
        for (field, text, fine) in [
            ("fran", &self.fran, starts_on.is_some()),
            ("beslut", &self.beslut, decision_month.is_some()),
            ("prioriterat", &self.prioriterat, until.is_some()),
        ] {
            if !text.is_empty() && !fine {
                let text = match field {
                    "beslut" => t.curation_plan_month_wrong(),
                    "fran" => t.curation_plan_from_wrong(),
                    _ => t.curation_plan_priority_wrong(),
                };
                faults.add(field, text);
            }
        }
        // Work begins before it is decided on, and before it is urgent no more.
        if let (Some(starts), Some(decided)) = (starts_on, decision_month)
            && (starts.year(), u8::from(starts.month())) > (decided.year(), u8::from(decided.month()))
        {
            faults.add("beslut", t.curation_plan_month_before());
        }
        if let (Some(starts), Some(until)) = (starts_on, until)
            && until < starts
        {
            faults.add("prioriterat", t.curation_plan_priority_before());
        }
        let number = self.beredning.parse().ok().filter(|number| (1..=10_000).contains(number));
        if !self.beredning.is_empty() && number.is_none() {
            faults.add("beredning", t.curation_plan_number_wrong());
        }
        let state = state.filter(|_| faults.is_empty()).ok_or(faults)?;
        let place = Uuid::try_parse(&self.plats).map_or_else(|_| Where::Area(self.plats.clone()), Where::Group);
        Ok(Line {
            place,
            text_sv: self.text_sv.clone(),
            text_en: self.text_en.clone(),
            state,
            starts_on,
            decision_month,
            priority_until: until,
            in_preparation: number,
        })
    }
}

/// `2027-03`, as a browser sends a month: its first day.
fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let month: u8 = month.parse().ok().filter(|_| month.len() == 2)?;
    let year: i32 = year.parse().ok().filter(|year| (2000..=2100).contains(year))?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
}

#[derive(Template)]
#[template(path = "curation/plan.html")]
struct PlanPage {
    layout: Layout,
    areas: Vec<UnderWay>,
}

impl PlanPage {
    fn state(&self, line: &read::Line) -> &'static str {
        state_name(self.layout.t, &line.state)
    }

    fn href(&self, line: &read::Line) -> String {
        links::plan_line(line.id)
    }

    fn text<'a>(&self, line: &'a read::Line) -> &'a str {
        line.text(self.layout.lang)
    }

    fn new_one(&self) -> &'static str {
        links::PLAN_NEW
    }

    fn public(&self) -> &'static str {
        links::UNDER_WAY
    }
}

#[derive(Template)]
#[template(path = "curation/plan_line.html")]
struct LinePage {
    layout: Layout,
    faults: Faults,
    form: Form,
    areas: Vec<Area>,
    action: String,
    is_new: bool,
    /// What is stored, where somebody else has changed it meanwhile.
    stored: Option<Form>,
}

impl LinePage {
    fn states(&self) -> Vec<(&'static str, &'static str)> {
        words::PLAN_STATES.iter().map(|(word, code)| (*word, state_name(self.layout.t, code))).collect()
    }

    fn is_group(&self, id: &Uuid) -> bool {
        self.form.plats == id.to_string()
    }

    fn heading(&self) -> &'static str {
        if self.is_new { self.layout.t.curation_plan_new() } else { self.layout.t.curation_plan_edit() }
    }
}

async fn list(visit: Visit) -> Result<Response> {
    let me = visit.actor().person().0;
    let mut areas = read::under_way(&mut *visit.app.db.read().await?, &visit.viewer, visit.today(), me).await?;
    areas.retain(|area| !area.lines.is_empty());
    let layout = super::frame(&visit, visit.texts().curation_plan(), Vec::new(), &Faults::default());
    html(&PlanPage { layout, areas })
}

async fn show(visit: &Visit, id: Option<Uuid>, form: Option<Form>, faults: Faults) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let there = match id {
        Some(id) => Some(Form::of(&read::line(&mut connection, id).await?.ok_or(Error::NotFound)?)),
        None => None,
    };
    let areas = tree::tree(&mut connection, visit.today()).await?;
    drop(connection);
    let t = visit.texts();
    let changed = matches!((&form, &there), (Some(form), Some(there)) if form.las != there.las);
    let stored = there.clone().filter(|_| changed);
    let lock = there.as_ref().map(|there| there.las.clone()).unwrap_or_default();
    let form = form.map_or_else(|| there.unwrap_or_default(), |form| Form { las: lock, ..form });
    let title = id.map_or_else(|| t.curation_plan_new().to_owned(), |_| t.curation_plan_title(&form.text_sv));
    let page = LinePage {
        layout: super::frame(visit, &title, vec![Crumb::link(t.curation_plan(), links::PLAN.to_owned())], &faults),
        faults,
        form,
        areas,
        action: super::to_faults(&id.map_or_else(|| links::PLAN_NEW.to_owned(), links::plan_line)),
        is_new: id.is_none(),
        stored,
    };
    Ok(unkept(html(&page)?))
}

async fn new_page(visit: Visit) -> Result<Response> {
    show(&visit, None, None, Faults::default()).await
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, Some(id), None, Faults::default()).await
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    write(visit, None, form.clean(), is_draft).await
}

async fn edit(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    write(visit, Some(id), form.clean(), is_draft).await
}

async fn write(visit: Visit, id: Option<Uuid>, form: Form, is_draft: bool) -> Result<Response> {
    let t = visit.texts();
    if is_draft {
        return show(&visit, id, Some(form), Faults::default()).await;
    }
    let actor = visit.actor();
    if form.gor == "ta-bort" && form.saker.is_empty() {
        let mut faults = Faults::default();
        faults.add("saker", t.curation_plan_remove_ask());
        let page = show(&visit, id, Some(form), faults.clone()).await;
        return again(faults, |_| page);
    }
    if let Some(id) = id.filter(|_| form.gor == "ta-bort") {
        let mut tx = visit.app.db.begin().await?;
        return match plan::remove(&mut tx, &actor, id, visit.now).await {
            Ok(()) => {
                tx.commit().await?;
                Ok(told(&visit, links::PLAN, t.curation_plan_removed()))
            }
            Err(why) => {
                drop(tx);
                Err(refused(&visit, why).err().unwrap_or(Error::NotFound))
            }
        };
    }
    let said = match form.said(t) {
        Ok(said) => said,
        Err(faults) => return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show(&visit, id, Some(form), faults).await?)),
    };
    let mut tx = visit.app.db.begin().await?;
    let seen = id.map(|id| (id, form.las.parse().unwrap_or_default()));
    match plan::put(&mut tx, &actor, seen, &said, visit.now).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(told(&visit, links::PLAN, t.curation_plan_saved()))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show(&visit, id, Some(form), faults).await?))
        }
    }
}

/// What can be said of what was refused, and with which status.
fn refused(visit: &Visit, why: Refused) -> Result<(Faults, StatusCode)> {
    match why {
        Refused::NoLine => Err(Error::NotFound),
        Refused::LineChanged => Ok((Faults::general(visit.texts().curation_changed()), StatusCode::CONFLICT)),
        Refused::NoPlace => {
            let mut faults = Faults::default();
            faults.add("plats", visit.texts().curation_plan_place_missing());
            Ok((faults, StatusCode::UNPROCESSABLE_ENTITY))
        }
        other => super::refused(visit, other),
    }
}
