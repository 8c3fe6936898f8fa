//! The form of a new requirement.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Told, crumbs};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Crumb, Drafted, Faults, Layout, Routes, Visit, again, html, line, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    preparation::reads::known::{self, Known},
    requirements::{
        fields::{Kind, Level},
        lifecycle::{LONGEST_REASON, WhyNot},
        names,
        policy::{Prepare, Refused},
        workflow::preparing::{self, Fresh},
    },
};

/// The page, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::NEW_REQUIREMENT, Right::Prepare, page).swedish_form(
        links::NEW_REQUIREMENT,
        Right::Prepare,
        send,
    )
}

/// The most characters of a title.
const MOST_TITLE: usize = 200;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    titel: String,
    grupp: String,
    typ: String,
    niva: String,
    skal: String,
}

#[derive(Template)]
#[template(path = "preparation/new.html")]
struct NewPage {
    layout: Layout,
    known: Known,
    form: Form,
    faults: Faults,
}

impl NewPage {
    fn action(&self) -> String {
        format!("{}#{}", links::NEW_REQUIREMENT, links::FAULTS)
    }

    fn is_group(&self, id: &Uuid) -> bool {
        self.form.grupp == id.to_string()
    }

    fn types(&self) -> Vec<(&'static str, &'static str, bool)> {
        let of = |(word, code): &(&'static str, &'static str)| {
            Some((*word, names::kind(&self.layout.t, &Kind::from_code(code)?), self.form.typ == *word))
        };
        words::TYPES.iter().filter_map(of).collect()
    }

    fn levels(&self) -> Vec<(&'static str, &'static str, bool)> {
        let of = |(word, code): &(&'static str, &'static str)| {
            Some((*word, names::level(&self.layout.t, &Level::from_code(code)?), self.form.niva == *word))
        };
        words::LEVELS.iter().filter_map(of).collect()
    }
}

async fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let known = known::known(&mut *visit.app.db.read().await?, Uuid::nil()).await?;
    let layout = visit.layout(t.preparation_new(), "lmc", crumbs(visit, vec![Crumb::here(t.preparation_new())]));
    let layout = layout.without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&NewPage { layout, known, form, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    show(&visit, Form::default(), Faults::default()).await
}

async fn send(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { titel: line(&form.titel), skal: lines(&form.skal), ..form };
    if is_draft {
        return show(&visit, form, Faults::default()).await;
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.titel.is_empty() {
        faults.add("titel", t.preparation_fault_title());
    }
    faults.check_length(t, "titel", &form.titel, MOST_TITLE);
    let mut tx = visit.app.db.begin().await?;
    let known = known::known(&mut tx, Uuid::nil()).await?;
    let group = known.groups.iter().map(|group| group.id).find(|id| form.grupp == id.to_string());
    let kind = words::code(words::TYPES, &form.typ).and_then(Kind::from_code);
    let level = words::code(words::LEVELS, &form.niva).and_then(Level::from_code);
    for (missing, field, text) in [
        (group.is_none(), "grupp", t.preparation_fault_choose_group()),
        (kind.is_none(), "typ", t.preparation_fault_choose_type()),
        (level.is_none(), "niva", t.preparation_fault_choose_level()),
    ] {
        if missing {
            faults.add(field, text);
        }
    }
    if form.skal.is_empty() {
        faults.add("skal", t.preparation_fault_reason());
    }
    faults.check_length(t, "skal", &form.skal, LONGEST_REASON);
    let (Some(group), Some(kind), Some(level), true) = (group, kind, level, faults.is_empty()) else {
        drop(tx);
        let page = show(&visit, form, faults.clone()).await?;
        return again(faults, |_| Ok(page));
    };
    let begun = async {
        let permit = Prepare::within(&mut tx, &visit.actor(), None, Some(group), visit.now).await?;
        let fresh = Fresh { title: &form.titel, group, kind, level, reason: &form.skal };
        let (number, _) = preparing::create(&mut tx, &permit, &fresh, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(number)
    };
    match begun.await {
        Ok(number) => Ok(see_other(&links::workbench(number, "redigera"))),
        // A group of another area than theirs: they can choose another.
        Err(Refused::WhyNot(WhyNot::NotAllowed)) => {
            let mut faults = Faults::default();
            faults.add("grupp", t.preparation_fault_group());
            let page = show(&visit, form, faults.clone()).await?;
            again(faults, |_| Ok(page))
        }
        Err(refused) => {
            let told = Told::of(&visit, refused)?;
            let page = show(&visit, form, told.faults.clone()).await?;
            Ok(told.on(page))
        }
    }
}
