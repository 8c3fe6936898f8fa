//! What hurts: an area or a group that is retired, a group that is moved or merged. Asked with what it touches, and done when
//! it is said that one knows.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{answered, area, group, place::OwnerForm, refused, told, told_of_place};
use crate::{
    curation::{
        reads::tree::{self as read, Area, Group, Place},
        workflow::{self, Change, Refused},
    },
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{At, Crumb, Drafted, Faults, Layout, Routes, Visit, html, line, links, unkept},
    },
};

/// Both pages, and where their forms are sent.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::TAXONOMY_AREA_CHANGE, Right::EditTaxonomy, area_page)
        .swedish_form(links::TAXONOMY_AREA_CHANGE, Right::EditTaxonomy, change_area)
        .swedish_page(links::TAXONOMY_GROUP_CHANGE, Right::EditTaxonomy, group_page)
        .swedish_form(links::TAXONOMY_GROUP_CHANGE, Right::EditTaxonomy, change_group)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// `flytta`, `sla-ihop`, `avveckla` or `ateruppta`.
    gor: String,
    /// Into which area.
    omrade: String,
    /// Into which group.
    grupp: String,
    /// `ja`: that it is meant.
    bekrafta: String,
    las: String,
}

#[derive(Template)]
#[template(path = "curation/change.html")]
struct ChangePage {
    layout: Layout,
    faults: Faults,
    form: Form,
    place: Place,
    action: String,
    /// The group, where it is one.
    id: Option<Uuid>,
    /// The area that it stands in.
    own_area: String,
    /// Where it may be put.
    areas: Vec<Area>,
    back: String,
}

impl ChangePage {
    /// Areas that it may be moved to.
    fn moves_to(&self) -> Vec<&Area> {
        self.areas.iter().filter(|area| !area.retired && area.slug != self.own_area).collect()
    }

    /// Groups of an area that it may become part of.
    fn merges_into<'a>(&self, area: &'a Area) -> Vec<&'a Group> {
        area.groups.iter().filter(|group| !group.retired && !area.retired && Some(group.id) != self.id).collect()
    }

    fn is_group(&self) -> bool {
        self.id.is_some()
    }

    /// What it touches.
    fn touched(&self) -> String {
        let t = self.layout.t;
        t.curation_touched(t.curation_requirements(self.place.requirements), t.curation_proposals(self.place.proposals))
    }

    fn is_chosen(&self, group: &Group) -> bool {
        self.form.grupp == group.id.to_string()
    }
}

async fn show_area(visit: &Visit, slug: &str, form: Form, faults: Faults) -> Result<Response> {
    let place = area::read(visit, slug).await?;
    let (t, back) = (visit.texts(), links::edited_area(slug, ""));
    let title = t.curation_change_area_title(&place.name_sv);
    let above = vec![
        Crumb::link(t.curation_tree(), links::TAXONOMY.to_owned()),
        Crumb::link(t.curation_area_title(&place.name_sv), back.clone()),
    ];
    let page = ChangePage {
        layout: super::frame(visit, &title, above, &faults),
        faults,
        form: Form { las: place.lock.to_string(), ..form },
        action: super::to_faults(&links::edited_area(slug, links::TAXONOMY_CHANGE)),
        own_area: place.slug.clone(),
        place,
        id: None,
        areas: Vec::new(),
        back,
    };
    Ok(unkept(html(&page)?))
}

async fn show_group(visit: &Visit, id: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let there = group::read(visit, id, OwnerForm::default()).await?.facts;
    let areas = read::tree(&mut *visit.app.db.read().await?, visit.today()).await?;
    let (t, back) = (visit.texts(), links::edited_group(id, ""));
    let title = t.curation_change_group_title(&there.place.name_sv, &there.area_name);
    let above = vec![
        Crumb::link(t.curation_tree(), links::TAXONOMY.to_owned()),
        Crumb::link(t.curation_group_title(&there.place.name_sv, &there.area_name), back.clone()),
    ];
    let page = ChangePage {
        layout: super::frame(visit, &title, above, &faults),
        faults,
        form: Form { las: there.place.lock.to_string(), ..form },
        place: there.place,
        action: super::to_faults(&links::edited_group(id, links::TAXONOMY_CHANGE)),
        id: Some(id),
        own_area: there.area,
        areas,
        back,
    };
    Ok(unkept(html(&page)?))
}

async fn area_page(visit: Visit, At(slug): At<String>) -> Result<Response> {
    show_area(&visit, &slug, Form::default(), Faults::default()).await
}

async fn group_page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show_group(&visit, id, Form::default(), Faults::default()).await
}

impl Form {
    fn clean(self) -> Self {
        Self { omrade: line(&self.omrade), grupp: line(&self.grupp), las: line(&self.las), ..self }
    }

    fn lock(&self) -> i32 {
        self.las.parse().unwrap_or_default()
    }

    /// What is to be done with a group, or what is lacking.
    fn change(&self, t: Texts) -> Result<Change<'_>, Faults> {
        let mut faults = Faults::default();
        let change = match self.gor.as_str() {
            "flytta" if self.omrade.is_empty() => {
                faults.add("omrade", t.curation_move_missing());
                None
            }
            "flytta" => Some(Change::Move(&self.omrade)),
            "sla-ihop" => {
                let into = Uuid::try_parse(&self.grupp).ok();
                if into.is_none() {
                    faults.add("grupp", t.curation_merge_missing());
                }
                into.map(Change::Merge)
            }
            "avveckla" => Some(Change::Retire),
            "ateruppta" => return Ok(Change::Restore),
            _ => {
                faults.add("gor", t.curation_change_missing());
                None
            }
        };
        if self.bekrafta != "ja" {
            faults.add("bekrafta", t.curation_confirm_missing());
        }
        change.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

/// Faults of the tree stand at the fields that this page has.
fn placed(visit: &Visit, why: Refused, form: &Form) -> Result<(Faults, StatusCode)> {
    let (faults, status) = refused(visit, why)?;
    let field = if form.gor == "sla-ihop" { "grupp" } else { "omrade" };
    let mut placed = Faults::default();
    for fault in faults.all() {
        if fault.field.is_empty() { placed.add("", fault.text.clone()) } else { placed.add(field, fault.text.clone()) }
    }
    Ok((placed, status))
}

async fn change_area(visit: Visit, At(slug): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    if is_draft {
        return show_area(&visit, &slug, form, Faults::default()).await;
    }
    let retires = match form.change(t) {
        Ok(Change::Retire) => true,
        Ok(Change::Restore) => false,
        Ok(_) => {
            let mut faults = Faults::default();
            faults.add("gor", t.curation_change_missing());
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_area(&visit, &slug, form, faults).await?));
        }
        Err(faults) => {
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_area(&visit, &slug, form.clone(), faults).await?));
        }
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::retire_area(&mut tx, &visit.actor(), (&slug, form.lock()), retires, visit.now).await {
        Ok(()) => {
            tx.commit().await?;
            let text = if retires { t.curation_area_retired() } else { t.curation_area_restored() };
            Ok(told(&visit, &links::edited_area(&slug, ""), text))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = placed(&visit, why, &form)?;
            Ok(answered(status, show_area(&visit, &slug, form, faults).await?))
        }
    }
}

async fn change_group(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    if is_draft {
        return show_group(&visit, id, form, Faults::default()).await;
    }
    let change = match form.change(t) {
        Ok(change) => change,
        Err(faults) => {
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_group(&visit, id, form.clone(), faults).await?));
        }
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::change_group(&mut tx, &visit.actor(), (id, form.lock()), change, visit.now).await {
        Ok(found) => {
            tx.commit().await?;
            let (to, text) = match change {
                Change::Move(_) => (id, t.curation_group_moved()),
                Change::Merge(into) => (into, t.curation_group_merged()),
                Change::Retire => (id, t.curation_group_retired()),
                Change::Restore => (id, t.curation_group_restored()),
            };
            Ok(told_of_place(&visit, &links::edited_group(to, ""), text, found))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = placed(&visit, why, &form)?;
            Ok(answered(status, show_group(&visit, id, form, faults).await?))
        }
    }
}
