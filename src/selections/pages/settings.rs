//! What a selection says of itself, which one is in use, and its end.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    own::{self, Back},
    selections::check_name,
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, html, line, links, see_other, unkept},
    },
    selections::{
        Holder,
        reads::{
            Access,
            selection::{self as read, SelectionData},
        },
        workflow::{self, MOST_NAME, Planned},
    },
};

/// The forms, and where they are sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::SELECTION_SETTINGS, Right::ReadPublished, settings)
        .form(links::SELECTION_SETTINGS, Right::MakeSelection, save)
        .page(links::SELECTION_REMOVE, Right::ReadPublished, ask)
        .post(links::SELECTION_REMOVAL, Right::MakeSelection, remove)
        .post(links::SELECTION_IN_USE, Right::MakeSelection, use_it)
        .page(links::SELECTION_IN_USE, Right::ReadPublished, elsewhere)
        .page(links::SELECTION_REMOVAL, Right::ReadPublished, elsewhere)
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    namn: String,
    timmar: String,
    ar: String,
    /// The state of the selection that the form was filled with.
    las: String,
}

impl Form {
    fn of(data: &SelectionData) -> Self {
        let text = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
        Self {
            namn: data.name.clone(),
            timmar: text(data.follow_up_hours),
            ar: text(data.contract_years),
            las: data.lock_version.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "selections/settings.html")]
struct SettingsPage {
    layout: Layout,
    id: Uuid,
    /// Whether who asks decides about it too.
    mine: bool,
    form: Form,
    faults: Faults,
}

impl SettingsPage {
    fn action(&self) -> String {
        format!("{}#{}", links::in_selection(self.layout.lang, self.id, "uppgifter"), links::FAULTS)
    }

    fn link(&self) -> String {
        links::selection(self.layout.lang, self.id)
    }

    fn copy_action(&self) -> String {
        links::in_selection(self.layout.lang, self.id, "kopior")
    }

    fn remove_link(&self) -> String {
        links::in_selection(self.layout.lang, self.id, "ta-bort")
    }
}

#[derive(Template)]
#[template(path = "selections/remove.html")]
struct RemovePage {
    layout: Layout,
    data: SelectionData,
}

impl RemovePage {
    fn action(&self) -> String {
        links::in_selection(self.layout.lang, self.data.id, "borttagning")
    }

    fn link(&self) -> String {
        links::selection(self.layout.lang, self.data.id)
    }

    fn rows(&self) -> i64 {
        i64::try_from(self.data.rows.len()).unwrap_or(i64::MAX)
    }
}

/// The selection of this browser, or nothing that one may know of.
async fn found(visit: &Visit, id: Uuid) -> Result<SelectionData> {
    let access = Access::Holder(Holder::asking(visit), id);
    let mut connection = visit.app.db.read().await?;
    let found = read::selection(&mut connection, &visit.viewer, visit.now, &access).await?.ok_or(Error::NotFound)?;
    drop(connection);
    Ok(found.read_aside().await?)
}

fn crumbs(visit: &Visit, id: Uuid, name: &str, here: &str) -> Vec<Crumb> {
    let t = visit.texts();
    vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
        Crumb::link(name, links::selection(visit.lang, id)),
        Crumb::here(here),
    ]
}

fn show(visit: &Visit, id: Uuid, (name, mine): (&str, bool), form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let layout =
        visit.layout(&t.selections_settings_title(name), "selections", crumbs(visit, id, name, t.selections_settings_heading()));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&SettingsPage { layout, id, mine, form, faults })?))
}

async fn settings(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let data = found(&visit, id).await?;
    if !data.may_edit() {
        return Err(Error::NotAllowed);
    }
    let form = Form::of(&data);
    show(&visit, id, (&data.name, data.is_mine()), form, Faults::default())
}

/// A whole number within limits; nothing for an empty field.
fn whole(visit: &Visit, faults: &mut Faults, field: &'static str, text: &str, least: i32, most: i32) -> Option<i32> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return None;
    }
    let number = digits.parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        faults.add(field, visit.texts().selections_whole_number(i64::from(least), i64::from(most)));
    }
    number
}

async fn save(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { namn: line(&form.namn), timmar: line(&form.timmar), ar: line(&form.ar), las: line(&form.las) };
    if is_draft {
        let data = found(&visit, id).await?;
        return show(&visit, id, (&data.name, data.is_mine()), form, Faults::default());
    }
    let mut faults = Faults::default();
    check_name(&visit, &mut faults, &form.namn);
    let hours = whole(&visit, &mut faults, "timmar", &form.timmar, 0, 100_000);
    let years = whole(&visit, &mut faults, "ar", &form.ar, 1, 50);
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    if !faults.is_empty() {
        let page = show(&visit, id, (permit.name(), permit.decides()), form, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let seen = form.las.parse().unwrap_or_default();
    let planned = Planned { name: &form.namn, follow_up_hours: hours, contract_years: years };
    if !workflow::describe(&mut tx, &permit, planned, seen, visit.now).await? {
        drop(tx);
        return changed_meanwhile(&visit, id, form).await;
    }
    tx.commit().await?;
    let flash = Flash::new(visit.texts().selections_saved());
    Ok(own::back(&visit, &links::selection(visit.lang, id), None, Some(&flash)))
}

/// The form with what was typed, and what stands there since it was changed in another window. Sent once more, it holds.
async fn changed_meanwhile(visit: &Visit, id: Uuid, form: Form) -> Result<Response> {
    let data = found(visit, id).await?;
    let t = visit.texts();
    let now = Form::of(&data);
    let shown = |text: &str| if text.is_empty() { t.selections_not_said().to_owned() } else { text.to_owned() };
    let faults = Faults::general(t.selections_changed_meanwhile(&now.namn, shown(&now.ar), shown(&now.timmar)));
    let page = show(visit, id, (&data.name, data.is_mine()), Form { las: now.las, ..form }, faults)?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn use_it(visit: Visit, At(id): At<Uuid>, Sent(back): Sent<Back>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    let rows = workflow::use_it(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    let flash = Flash::new(visit.texts().selections_in_use_now(permit.name()));
    let to = if back.tillbaka.is_empty() { links::selection(visit.lang, id) } else { back.tillbaka };
    Ok(own::back(&visit, &to, Some(rows), Some(&flash)))
}

async fn ask(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let data = found(&visit, id).await?;
    if !data.is_mine() {
        return Err(Error::NotAllowed);
    }
    let t = visit.texts();
    let layout = visit.layout(
        &t.selections_remove_title(&data.name),
        "selections",
        crumbs(&visit, id, &data.name, t.selections_remove_heading()),
    );
    Ok(unkept(html(&RemovePage { layout, data })?))
}

async fn remove(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    let rows = workflow::remove(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    let flash = Flash::new(visit.texts().selections_removed(permit.edit().name()));
    Ok(own::back(&visit, &links::localized(visit.lang, links::SELECTIONS), Some(rows), Some(&flash)))
}

/// Whoever asks for the address of a form by hand is shown the selection.
async fn elsewhere(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::selection(visit.lang, id))
}
