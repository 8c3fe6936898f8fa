//! Texts that those who handle proposals answer with: the list, and a form for each.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Texts,
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, carry_flash, html, line, lines,
            links::{self, words},
            see_other, unkept,
        },
    },
    proposals::{
        lifecycle::{LONGEST_REASON, WhyNot},
        reads::templates::{self as read, Template},
        workflow::{
            Refused,
            templates::{self, Worded},
        },
    },
};

/// The list and the forms.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::TEMPLATES, Right::HandleInbox, list)
        .swedish_page(links::TEMPLATE_NEW, Right::HandleInbox, new_page)
        .swedish_form(links::TEMPLATE_NEW, Right::HandleInbox, add)
        .swedish_page(links::TEMPLATE, Right::HandleInbox, page)
        .swedish_form(links::TEMPLATE, Right::HandleInbox, edit)
}

const MOST_NAME: usize = 120;

/// What a text is for.
pub fn kind_name(t: Texts, kind: &str) -> &'static str {
    match kind {
        "return" => t.proposals_do_return(),
        "rest" => t.proposals_do_rest(),
        "merge" => t.proposals_do_merge(),
        "reject" => t.proposals_do_reject(),
        _ => t.proposals_template_general(),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    namn: String,
    slag: String,
    text: String,
    las: String,
    /// `spara`, or `ta-bort`.
    gor: String,
}

impl Form {
    fn of(there: &Template) -> Self {
        Self {
            namn: there.name.clone(),
            slag: words::word(words::TEMPLATES, &there.kind).unwrap_or_default().to_owned(),
            text: there.text.clone(),
            las: there.lock.to_string(),
            gor: String::new(),
        }
    }

    fn faults(&self, t: Texts) -> Faults {
        let mut faults = Faults::default();
        if self.namn.is_empty() {
            faults.add("namn", t.proposals_template_name_missing());
        }
        faults.check_length(t, "namn", &self.namn, MOST_NAME);
        if words::code(words::TEMPLATES, &self.slag).is_none() {
            faults.add("slag", t.proposals_template_kind_missing());
        }
        if self.text.is_empty() {
            faults.add("text", t.proposals_template_text_missing());
        }
        faults.check_length(t, "text", &self.text, LONGEST_REASON);
        if let Some(unknown) = read::unknown_placeholder(&self.text) {
            faults.add("text", t.proposals_template_unknown(unknown, read::PLACEHOLDERS.join(", ")));
        }
        faults
    }
}

#[derive(askama::Template)]
#[template(path = "proposals/templates.html")]
struct ListPage {
    layout: Layout,
    templates: Vec<Template>,
}

impl ListPage {
    fn kind(&self, one: &Template) -> &'static str {
        kind_name(self.layout.t, &one.kind)
    }

    fn href(&self, one: &Template) -> String {
        links::template(one.id)
    }

    fn new_one(&self) -> &'static str {
        links::TEMPLATE_NEW
    }
}

#[derive(askama::Template)]
#[template(path = "proposals/template.html")]
struct FormPage {
    layout: Layout,
    faults: Faults,
    form: Form,
    action: String,
    is_new: bool,
    /// What is stored, where somebody else has changed it meanwhile.
    stored: Option<Form>,
}

impl FormPage {
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        words::TEMPLATES.iter().map(|(word, code)| (*word, kind_name(self.layout.t, code))).collect()
    }

    fn heading(&self) -> &'static str {
        if self.is_new { self.layout.t.proposals_template_new() } else { self.layout.t.proposals_template_edit() }
    }
}

fn frame(visit: &Visit, title: &str, above: Option<Crumb>) -> Layout {
    let t = visit.texts();
    let mut crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::link(t.tasks_heading(), links::INBOX.to_owned())];
    crumbs.extend(above);
    crumbs.push(Crumb::here(title));
    visit.layout(title, "lmc", crumbs).without_alternate()
}

async fn list(visit: Visit) -> Result<Response> {
    let templates = read::templates(&mut *visit.app.db.read().await?).await?;
    html(&ListPage { layout: frame(&visit, visit.texts().proposals_templates(), None), templates })
}

async fn show(visit: &Visit, id: Option<Uuid>, form: Option<Form>, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let there = match id {
        Some(id) => {
            let all = read::templates(&mut *visit.app.db.read().await?).await?;
            Some(Form::of(all.iter().find(|one| one.id == id).ok_or(Error::NotFound)?))
        }
        None => None,
    };
    let stored = there.clone().filter(|there| form.as_ref().is_some_and(|form| form.las != there.las));
    let lock = there.as_ref().map(|there| there.las.clone()).unwrap_or_default();
    let name = there.as_ref().map(|there| there.namn.clone());
    let form = form.map_or_else(|| there.unwrap_or_default(), |form| Form { las: lock, ..form });
    let title = name.map_or_else(|| t.proposals_template_new().to_owned(), |name| t.proposals_template_title(name));
    let layout = frame(visit, &title, Some(Crumb::link(t.proposals_templates(), links::TEMPLATES.to_owned())));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let to = id.map_or_else(|| links::TEMPLATE_NEW.to_owned(), links::template);
    let action = format!("{to}#{}", links::FAULTS);
    Ok(unkept(html(&FormPage { layout, faults, form, action, is_new: id.is_none(), stored })?))
}

async fn new_page(visit: Visit) -> Result<Response> {
    show(&visit, None, None, Faults::default()).await
}

async fn page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, Some(id), None, Faults::default()).await
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    write(visit, None, form, is_draft).await
}

async fn edit(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    write(visit, Some(id), form, is_draft).await
}

fn told(visit: &Visit, text: &str) -> Response {
    let mut response = see_other(links::TEMPLATES);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    response
}

async fn write(visit: Visit, id: Option<Uuid>, form: Form, is_draft: bool) -> Result<Response> {
    let t = visit.texts();
    let form = Form { namn: line(&form.namn), text: lines(&form.text), las: line(&form.las), ..form };
    if is_draft {
        return show(&visit, id, Some(form), Faults::default()).await;
    }
    let mut tx = visit.app.db.begin().await?;
    if let Some(id) = id.filter(|_| form.gor == "ta-bort") {
        templates::remove(&mut tx, &visit.actor(), id, visit.now).await.map_err(error)?;
        tx.commit().await?;
        return Ok(told(&visit, t.proposals_template_removed()));
    }
    let mut faults = form.faults(t);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if faults.is_empty() {
        let kind = words::code(words::TEMPLATES, &form.slag).unwrap_or_default();
        let worded = Worded { name: &form.namn, kind, text: &form.text };
        let seen = id.map(|id| (id, form.las.parse().unwrap_or_default()));
        match templates::put(&mut tx, &visit.actor(), seen, worded, visit.now).await {
            Ok(Some(_)) => {
                tx.commit().await?;
                return Ok(told(&visit, t.proposals_template_saved()));
            }
            Ok(None) => faults.add("namn", t.proposals_template_name_taken()),
            Err(Refused::WhyNot(WhyNot::Changed)) => {
                faults = Faults::general(t.proposals_template_changed());
                status = StatusCode::CONFLICT;
            }
            Err(why) => return Err(error(why)),
        }
    }
    drop(tx);
    Ok((status, show(&visit, id, Some(form), faults).await?).into_response())
}

fn error(why: Refused) -> Error {
    match why {
        Refused::Database(error) => error.into(),
        Refused::NotThere => Error::NotFound,
        _ => Error::NotAllowed,
    }
}
