//! Putting requirements into a selection, from wherever they are shown, and coming back to the same place.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::own;
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Client, Flash, Routes, Sent, Visit, carry_flash, carry_selections, links, see_other, unkept},
    },
    selections::workflow::{self, By, Into, MOST_ROWS, Outcome, Put, Wanted},
};

pub use crate::selections::workflow::Planned;

/// Where the form is sent; whoever comes there by hand is shown the selections.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::SELECTED, Right::ReadPublished, elsewhere)
        .post(links::SELECTED, Right::MakeSelection, send)
        .page(links::ROWS, Right::ReadPublished, rows_by_hand)
        .post(links::ROWS, Right::MakeSelection, add)
}

/// What the buttons of lists and requirements send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    /// `KB-0042` or `KB-0042:3`.
    krav: Vec<String>,
    /// The path to come back to.
    tillbaka: String,
}

/// What is put in, and where the browser goes on.
#[derive(Debug)]
pub struct Putting<'a> {
    /// The requirements.
    pub wanted: &'a [Wanted],
    /// The path to come back to, without a fragment.
    pub back: &'a str,
    /// The id of the element there that says what was done; none for the top of the page.
    pub at: Option<String>,
    /// The name of a new selection to put them into; none for the one in use.
    pub new: Option<&'a str>,
}

async fn elsewhere(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::SELECTIONS))
}

async fn send(visit: Visit, client: Client, Sent(form): Sent<Form>) -> Result<Response> {
    let wanted: Vec<Wanted> = form.krav.iter().take(MOST_ROWS).filter_map(|krav| Wanted::parse(krav)).collect();
    let at = match wanted.as_slice() {
        [] => return Err(Error::NotFound),
        // The element of a requirement is called as the button's value: with the version where it is not in force.
        [one] => Some(one.version.map_or_else(|| one.number.to_string(), |version| format!("{}-{version}", one.number))),
        _ => None,
    };
    put(&visit, &client, Putting { wanted: &wanted, back: &form.tillbaka, at, new: None }).await
}

/// Puts requirements into a selection and answers with the way back, a message and the cookie.
///
/// # Errors
/// When none of the requirements may be seen, and when the database is away.
pub async fn put(visit: &Visit, client: &Client, putting: Putting<'_>) -> Result<Response> {
    let into = putting.new.map_or(Into::InUse(visit.texts().selections_first_name()), Into::New);
    put_into(visit, client, into, putting).await
}

/// Makes a selection for a contract of which something is known, with these requirements, and shows it; where it cannot be
/// made, the page that it was sent from says why.
///
/// # Errors
/// As [`put`].
pub async fn put_planned(
    visit: &Visit,
    client: &Client,
    planned: Planned<'_>,
    wanted: &[Wanted],
    back: &str,
) -> Result<Response> {
    put_into(visit, client, Into::Planned(planned), Putting { wanted, back, at: None, new: Some(planned.name) }).await
}

async fn put_into(visit: &Visit, client: &Client, into: Into<'_>, putting: Putting<'_>) -> Result<Response> {
    let t = visit.texts();
    let (holder, key) = own::maker(visit);
    let by = By {
        actor: &visit.actor(),
        viewer: &visit.viewer,
        holder: &holder,
        client: &client.subject_of(&visit.actor()),
        now: visit.now,
        today: visit.today(),
    };
    let mut tx = visit.app.db.begin().await?;
    let outcome = workflow::put(&mut tx, by, into, putting.wanted).await?;
    if matches!(outcome, Outcome::Put(_)) {
        tx.commit().await?;
    }
    let settings = &visit.app.settings;
    let back = if links::is_local(putting.back) { putting.back } else { links::SELECTIONS };
    let back = back.split('#').next().unwrap_or(back);
    let refused = |text: String| {
        let mut response = see_other(&at(back, putting.at.as_deref()));
        carry_flash(&mut response, settings, &Flash { at: putting.at.clone(), ..Flash::new(text) });
        unkept(response)
    };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(match outcome {
        Outcome::Put(put) => {
            // What is put into a selection of its own is shown there.
            let to = match putting.new {
                Some(_) => links::selection(visit.lang, put.selection),
                None => at(back, putting.at.as_deref()),
            };
            let mut response = see_other(&to);
            carry_selections(&mut response, settings, key.as_ref(), put.rows);
            carry_flash(&mut response, settings, &Flash { at: putting.at, ..said(visit, &put, putting.new.is_some()) });
            unkept(response)
        }
        Outcome::NothingFound => return Err(Error::NotFound),
        Outcome::TooManySelections => refused(t.selections_too_many(workflow::MOST_SELECTIONS)),
        Outcome::TooManyRows { wanted, room } => refused(t.selections_no_room(number(wanted), number(MOST_ROWS), number(room))),
        Outcome::NotUntil(until) => refused(t.selections_not_until(visit.lang.time_from(until))),
    })
}

/// What is put into one selection: `KB-0042`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    krav: String,
}

/// Puts a requirement into this selection, be it the one in use or not.
async fn add(visit: Visit, At(id): At<Uuid>, client: Client, Sent(chosen): Sent<Chosen>) -> Result<Response> {
    let wanted: Vec<Wanted> = Wanted::parse(&chosen.krav).into_iter().collect();
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    let (outcome, rows) =
        workflow::put_into(&mut tx, &permit, &visit.viewer, &client.subject_of(&visit.actor()), &wanted, visit.now).await?;
    tx.commit().await?;
    into_this(&visit, id, rows, outcome)
}

async fn rows_by_hand(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::selection(visit.lang, id))
}

/// Answers what was put into one selection from a page of its own: the way back to it, with what came of it.
///
/// # Errors
/// When none of the requirements may be seen.
fn into_this(visit: &Visit, selection: Uuid, rows_in_use: i64, outcome: Outcome) -> Result<Response> {
    let t = visit.texts();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let flash = match outcome {
        Outcome::Put(put) => Flash { link: None, ..said(visit, &put, false) },
        Outcome::NothingFound => return Err(Error::NotFound),
        Outcome::TooManySelections => Flash::new(t.selections_too_many(workflow::MOST_SELECTIONS)),
        Outcome::TooManyRows { wanted, room } => {
            Flash::new(t.selections_no_room(number(wanted), number(MOST_ROWS), number(room)))
        }
        Outcome::NotUntil(until) => Flash::new(t.selections_not_until(visit.lang.time_from(until))),
    };
    Ok(own::back(visit, &links::selection(visit.lang, selection), Some(rows_in_use), Some(&flash)))
}

/// The path with the element that is to be seen.
fn at(path: &str, element: Option<&str>) -> String {
    element.map_or_else(|| path.to_owned(), |element| format!("{path}#{element}"))
}

/// What was done, in words, with the way to the selection and a way to undo it.
fn said(visit: &Visit, put: &Put, is_new: bool) -> Flash {
    let t = visit.texts();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let text = match (put.new, put.there) {
        (0, 0) => t.selections_made(&put.name),
        (0, 1) => t.selections_put_already(&put.name),
        (0, _) => t.selections_put_all_there(&put.name),
        (1, 0) => t.selections_put_one(&put.name),
        (new, 0) => t.selections_put(number(new), &put.name),
        (new, there) => t.selections_put_some(number(new), &put.name, number(there)),
    };
    Flash {
        text,
        at: None,
        link: (!is_new).then(|| (t.selections_show_it().to_owned(), links::selection(visit.lang, put.selection))),
        undo: (put.new > 0 && !is_new).then(|| {
            let rest = format!("tillagg/{}/angrat", put.batch);
            (t.selections_undo().to_owned(), links::in_selection(visit.lang, put.selection, &rest))
        }),
    }
}
