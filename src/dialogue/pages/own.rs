//! What one does with what one said oneself: write it anew, take it away, object to that it was hidden; and what a comment has
//! said before, for everybody.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::Told;
use crate::{
    dialogue::{
        comment::{MOST_REASON, MOST_TEXT},
        eyes::Eyes,
        lifecycle::{State, keeps_version},
        names,
        policy::Own,
        reads::comment::{self as read, Comment},
        workflow::{self, Refused, moderated},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Client, Crumb, Drafted, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, lines, links,
            markdown::{self, Rendered},
            see_other, unkept,
        },
    },
};

/// The pages, and where their forms are sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::DIALOGUE_VERSIONS, Right::ReadPublished, versions)
        .page(links::DIALOGUE_EDIT, Right::Comment, edit_page)
        .form(links::DIALOGUE_EDIT, Right::Comment, edit)
        .page(links::DIALOGUE_REMOVE, Right::Comment, remove_page)
        .post(links::DIALOGUE_REMOVE, Right::Comment, remove)
        .page(links::DIALOGUE_OBJECTION, Right::Comment, objection_page)
        .form(links::DIALOGUE_OBJECTION, Right::Comment, object)
}

/// Reads a comment for whoever looks.
pub(super) async fn found(visit: &Visit, id: Uuid) -> Result<Comment> {
    let found = read::comment(&mut *visit.app.db.read().await?, &Eyes::of(visit), id, false).await?;
    found.ok_or(Error::NotFound)
}

/// One of their own comments, to be written anew or taken away. What was met with is taken back on its own page.
async fn own(visit: &Visit, id: Uuid) -> Result<Comment> {
    Some(own_or_told(visit, id).await?).filter(|comment| !comment.experience).ok_or(Error::NotFound)
}

/// The same, or what they have met with, to object to that it is hidden.
async fn own_or_told(visit: &Visit, id: Uuid) -> Result<Comment> {
    Some(found(visit, id).await?).filter(|comment| comment.own).ok_or(Error::NotFound)
}

/// The frame of a page about a comment.
pub(super) fn frame(visit: &Visit, comment: &Comment, (title, crumb): (&str, &str), faults: &Faults) -> Layout {
    let (t, lang) = (visit.texts(), visit.lang);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(
            comment.cited.as_str(),
            if comment.cited.starts_with("F-") {
                links::proposal(lang, &comment.cited)
            } else {
                links::requirement(lang, &comment.cited)
            },
        ),
        if comment.experience {
            Crumb::link(t.dialogue_experiences(), links::experiences(lang, &comment.cited))
        } else {
            Crumb::link(t.dialogue_heading(), links::dialogue(lang, &comment.cited))
        },
        Crumb::here(crumb),
    ];
    let layout = visit.layout(title, "requirements", crumbs);
    if faults.is_empty() { layout } else { layout.faulty() }
}

#[derive(Template)]
#[template(path = "dialogue/versions.html")]
struct VersionsPage {
    layout: Layout,
    comment: Comment,
}

impl VersionsPage {
    fn back(&self) -> String {
        links::comment(self.layout.lang, self.comment.id)
    }

    fn words(&self, text: &str) -> Rendered {
        markdown::rendered(text)
    }

    fn moment(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn by(&self) -> String {
        self.comment.by.called(self.layout.t, self.layout.lang)
    }
}

async fn versions(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = found(&visit, id).await?;
    if comment.versions.is_empty() {
        return Ok(see_other(&links::comment(visit.lang, id)));
    }
    let t = visit.texts();
    let titles = (t.dialogue_versions_title(&comment.cited), t.dialogue_versions());
    let layout = frame(&visit, &comment, (&titles.0, titles.1), &Faults::default());
    html(&VersionsPage { layout, comment })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Text {
    text: String,
}

#[derive(Template)]
#[template(path = "dialogue/edit.html")]
struct EditPage {
    layout: Layout,
    comment: Comment,
    form: Text,
    faults: Faults,
    /// Whether what it says now stays to be read.
    keeps: bool,
}

impl EditPage {
    fn action(&self) -> String {
        format!("{}#{}", links::in_comment(self.layout.lang, self.comment.id, "redigera"), links::FAULTS)
    }

    fn back(&self) -> String {
        links::comment(self.layout.lang, self.comment.id)
    }
}

fn show_edit(visit: &Visit, comment: Comment, form: Text, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let titles = (t.dialogue_edit_title(&comment.cited), t.dialogue_edit());
    let layout = frame(visit, &comment, (&titles.0, titles.1), &faults);
    let keeps = keeps_version(comment.created, visit.now, comment.keeps);
    Ok(unkept(html(&EditPage { layout, comment, form, faults, keeps })?))
}

async fn edit_page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = own(&visit, id).await?;
    if comment.state() != State::Shown || comment.closed {
        return Ok(see_other(&links::comment(visit.lang, id)));
    }
    let form = Text { text: comment.text.clone().unwrap_or_default() };
    show_edit(&visit, comment, form, Faults::default())
}

async fn edit(visit: Visit, At(id): At<Uuid>, client: Client, Drafted { form, is_draft }: Drafted<Text>) -> Result<Response> {
    let form = Text { text: lines(&form.text) };
    let comment = own(&visit, id).await?;
    if is_draft {
        return show_edit(&visit, comment, form, Faults::default());
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.text.is_empty() {
        faults.add("text", t.dialogue_text_empty());
    }
    faults.check_length(t, "text", &form.text, MOST_TEXT);
    if !faults.is_empty() {
        return again(faults, |faults| show_edit(&visit, comment, form, faults));
    }
    let done = async {
        let mut tx = visit.app.db.begin().await?;
        let permit = Own::ask(&mut tx, &visit.actor(), id, &Eyes::of(&visit)).await?;
        workflow::edit(&mut tx, &permit, &form.text, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => Ok(see_other(&links::comment(visit.lang, id))),
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show_edit(&visit, comment, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}

#[derive(Template)]
#[template(path = "dialogue/remove.html")]
struct RemovePage {
    layout: Layout,
    comment: Comment,
}

impl RemovePage {
    fn action(&self) -> String {
        links::in_comment(self.layout.lang, self.comment.id, "ta-bort")
    }

    fn back(&self) -> String {
        links::comment(self.layout.lang, self.comment.id)
    }

    fn words(&self, text: &str) -> Rendered {
        markdown::rendered(text)
    }
}

async fn remove_page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = own(&visit, id).await?;
    if comment.state() != State::Shown {
        return Ok(see_other(&links::comment(visit.lang, id)));
    }
    let t = visit.texts();
    let titles = (t.dialogue_remove_title(&comment.cited), t.dialogue_remove());
    let layout = frame(&visit, &comment, (&titles.0, titles.1), &Faults::default());
    Ok(unkept(html(&RemovePage { layout, comment })?))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn remove(visit: Visit, At(id): At<Uuid>, Sent(Nothing {}): Sent<Nothing>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Own::ask(&mut tx, &visit.actor(), id, &Eyes::of(&visit)).await?;
        workflow::delete(&mut tx, &permit, visit.now).await?;
        let cited = permit.comment().cited.clone();
        tx.commit().await?;
        Ok::<_, Refused>(cited)
    };
    match done.await {
        Ok(cited) => {
            let mut response = see_other(&links::dialogue(visit.lang, &cited));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().dialogue_removed()));
            Ok(response)
        }
        // What is hidden stands as it is, and its author is shown where.
        Err(Refused::WhyNot(_)) => Ok(see_other(&links::comment(visit.lang, id))),
        Err(Refused::Right) => Err(Error::NotAllowed),
        Err(Refused::Database(error)) => Err(error.into()),
        Err(Refused::Away(error)) => Err(error),
        Err(Refused::NotThere | Refused::NotUntil(_)) => Err(Error::NotFound),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Objection {
    skal: String,
}

#[derive(Template)]
#[template(path = "dialogue/objection.html")]
struct ObjectionPage {
    layout: Layout,
    comment: Comment,
    form: Objection,
    faults: Faults,
}

impl ObjectionPage {
    fn action(&self) -> String {
        format!("{}#{}", links::in_comment(self.layout.lang, self.comment.id, "invandning"), links::FAULTS)
    }

    fn back(&self) -> String {
        links::comment(self.layout.lang, self.comment.id)
    }

    fn rule(&self) -> &'static str {
        self.comment.rule().map_or("", |rule| names::rule(&self.layout.t, &rule))
    }

    fn words(&self, text: &str) -> Rendered {
        markdown::rendered(text)
    }
}

fn show_objection(visit: &Visit, comment: Comment, form: Objection, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = if comment.experience {
        t.dialogue_objection_experience_title(&comment.cited)
    } else {
        t.dialogue_objection_title(&comment.cited)
    };
    let titles = (title, t.dialogue_objection());
    let layout = frame(visit, &comment, (&titles.0, titles.1), &faults);
    Ok(unkept(html(&ObjectionPage { layout, comment, form, faults })?))
}

async fn objection_page(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let comment = own_or_told(&visit, id).await?;
    if comment.state() != State::Hidden {
        return Ok(see_other(&links::comment(visit.lang, id)));
    }
    show_objection(&visit, comment, Objection::default(), Faults::default())
}

async fn object(
    visit: Visit,
    At(id): At<Uuid>,
    client: Client,
    Drafted { form, is_draft }: Drafted<Objection>,
) -> Result<Response> {
    let form = Objection { skal: lines(&form.skal) };
    let comment = own_or_told(&visit, id).await?;
    if is_draft {
        return show_objection(&visit, comment, form, Faults::default());
    }
    let (t, mut faults) = (visit.texts(), Faults::default());
    if form.skal.is_empty() {
        faults.add("skal", t.dialogue_objection_empty());
    }
    faults.check_length(t, "skal", &form.skal, MOST_REASON);
    if !faults.is_empty() {
        return again(faults, |faults| show_objection(&visit, comment, form, faults));
    }
    let done = async {
        let mut tx = visit.app.db.begin().await?;
        let permit = Own::ask(&mut tx, &visit.actor(), id, &Eyes::of(&visit)).await?;
        moderated::object(&mut tx, &permit, &form.skal, client, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&comment.place(visit.lang));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(t.dialogue_objected()));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show_objection(&visit, comment, form, told.faults.clone())?;
            Ok(told.on(&visit, page))
        }
    }
}
