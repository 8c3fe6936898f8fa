//! The form by which a file is sent, and the list of those that were sent before.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    imports::{
        MOST_BYTES,
        policy::Upload as Permit,
        reads::list::{self as read, Listed, PAGE, Row},
        workflow::{self, New, Refused},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, Crumb, Faults, Layout, Routes, Upload, Uploaded, Visit, again, html, line, links, see_other, unkept},
    },
};

/// The largest form: the file, and room for what stands around it.
const FORM: usize = MOST_BYTES + 1024 * 1024;
/// The most characters of a reference, as in the database.
const MOST_REFERENCE: usize = 400;
/// The most characters of the name of a file, as in the database.
const MOST_NAME: usize = 200;

/// The page, and where its form is sent.
pub(in crate::imports) fn routes() -> Routes {
    Routes::new().swedish_page(links::IMPORTS, Right::ImportToPreparation, page).swedish_post_at_most(
        FORM,
        links::IMPORTS,
        Right::ImportToPreparation,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
    fore: String,
}

/// What was chosen beside the file.
#[derive(Debug, Default)]
struct Form {
    create_groups: bool,
    skip_invalid: bool,
    replace: bool,
    reference: String,
}

impl Form {
    fn of(sent: &Uploaded) -> Self {
        let ticked = |name: &str| sent.field(name) == "ja";
        Self {
            create_groups: ticked("grupper"),
            skip_invalid: ticked("hoppa"),
            replace: ticked("ersatt"),
            reference: line(sent.field("grund")),
        }
    }
}

#[derive(Template)]
#[template(path = "imports/list.html")]
struct ListPage {
    layout: Layout,
    listed: Listed,
    form: Form,
    faults: Faults,
    pages: [String; 4],
}

impl ListPage {
    fn action(&self) -> String {
        format!("{}#{}", links::IMPORTS, links::FAULTS)
    }

    fn href(&self, row: &Row) -> String {
        links::import(row.number)
    }

    fn tag(&self, row: &Row) -> (&'static str, &'static str) {
        super::state(self.layout.t, row.state())
    }

    fn moment(&self, row: &Row) -> String {
        self.layout.lang.moment(row.at)
    }

    fn counts(&self, row: &Row) -> String {
        let t = self.layout.t;
        [t.imports_count_new(row.new), t.imports_count_changed(row.changed), t.imports_count_rejected(row.rejected)].join(", ")
    }

    fn was_examined(&self, row: &Row) -> bool {
        row.new + row.changed + row.rejected > 0 || row.accepted
    }

    fn several_pages(&self) -> bool {
        self.listed.total > PAGE
    }

    fn first(&self) -> i64 {
        self.listed.before + 1
    }

    fn last(&self) -> i64 {
        self.listed.before + i64::try_from(self.listed.imports.len()).unwrap_or(0)
    }
}

fn show(visit: &Visit, listed: Listed, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.tasks_heading(), links::INBOX.to_owned()),
        Crumb::here(t.import_heading()),
    ];
    let layout = visit.layout(t.import_heading(), "lmc", crumbs).without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let key = |row: Option<&Row>| row.map(|row| row.number.to_string()).unwrap_or_default();
    let (first, last) = (key(listed.imports.first()), key(listed.imports.last()));
    let shown = i64::try_from(listed.imports.len()).unwrap_or(0);
    let (earlier, later) = (listed.before > 0, listed.before + shown < listed.total);
    let link = |there: bool, place: Option<(&str, &str)>| {
        if there { format!("{}#lista", links::with_query(links::IMPORTS, place)) } else { String::new() }
    };
    let pages = [
        link(earlier, None),
        link(earlier, Some(("fore", first.as_str()))),
        link(later, Some(("efter", last.as_str()))),
        link(later, Some(("fore", "slut"))),
    ];
    Ok(unkept(html(&ListPage { layout, listed, form, faults, pages })?))
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let backwards = !asks.fore.is_empty();
    let key = if backwards { &asks.fore } else { &asks.efter }.parse().ok();
    let listed = read::listed(&mut *visit.app.db.read().await?, &visit.viewer, key, backwards).await?;
    show(&visit, listed, Form::default(), Faults::default())
}

async fn send(visit: Visit, upload: Upload) -> Result<Response> {
    let t = visit.texts();
    let sent = match upload.read(MOST_BYTES as u64).await {
        Ok(sent) => sent,
        Err(Error::TooLarge) => return too_large(&visit).await,
        // A form that brings no file, or breaks off, is told on the page what it lacks.
        Err(Error::UnsupportedMedia | Error::BadRequest(_)) => {
            return refused(&visit, Form::default(), ("fil", t.import_file_broken_off())).await;
        }
        Err(error) if error.is_ours() => return away(&visit, Form::default(), error),
        Err(error) => return Err(error),
    };
    let form = Form::of(&sent);
    let Some(file) = sent.file.filter(|_| !sent.several) else {
        let text = if sent.several { t.import_file_several() } else { t.import_file_none() };
        return refused(&visit, form, ("fil", text)).await;
    };
    if file.bytes == 0 {
        return refused(&visit, form, ("fil", t.import_file_empty())).await;
    }
    if form.reference.chars().count() > MOST_REFERENCE {
        let mut faults = Faults::default();
        faults.check_length(t, "grund", &form.reference, MOST_REFERENCE);
        return again_with(&visit, form, faults).await;
    }
    let name: String = line(&file.name).chars().take(MOST_NAME).collect();
    let new = New {
        file_name: if name.is_empty() { t.import_file_unnamed().to_owned() } else { name },
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        sha256: file.sha256,
        create_groups: form.create_groups,
        skip_invalid: form.skip_invalid,
        replace: form.replace,
        reference: form.reference.clone(),
    };
    let laid = async {
        let mut tx = visit.app.db.begin().await?;
        let permit = Permit::ask(&visit.actor()).ok_or(Error::NotAllowed)?;
        let number = workflow::upload(&mut tx, &permit, &new, file.file, visit.now).await.map_err(|refused| match refused {
            Refused::Database(error) => Error::from(error),
            other => Error::Internal(other.into()),
        })?;
        tx.commit().await?;
        Ok::<_, Error>(number)
    };
    match laid.await {
        Ok(number) => Ok(see_other(&links::import(number))),
        Err(error) if error.is_ours() => away(&visit, form, error),
        Err(error) => Err(error),
    }
}

/// The form again, with what was chosen; the file has to be chosen anew, since a page cannot give it back.
async fn refused(visit: &Visit, form: Form, (field, text): (&'static str, &str)) -> Result<Response> {
    let mut faults = Faults::default();
    faults.add(field, text);
    again_with(visit, form, faults).await
}

async fn again_with(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let listed = read::listed(&mut *visit.app.db.read().await?, &visit.viewer, None, false).await?;
    again(faults, |faults| show(visit, listed, form, faults))
}

async fn too_large(visit: &Visit) -> Result<Response> {
    let mut faults = Faults::default();
    faults.add("fil", visit.texts().imports_too_large());
    let listed = read::listed(&mut *visit.app.db.read().await?, &visit.viewer, None, false).await?;
    Ok((StatusCode::PAYLOAD_TOO_LARGE, show(visit, listed, Form::default(), faults)?).into_response())
}

fn away(visit: &Visit, form: Form, error: Error) -> Result<Response> {
    let t = visit.texts();
    let text = if matches!(error, Error::Unavailable(_)) { t.import_away() } else { t.form_failed() };
    let page = show(visit, Listed::default(), form, Faults::general(text))?;
    Ok(error.on_page(page))
}
