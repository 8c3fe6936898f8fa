//! What can stand instead of a row: another member of its family, what came after a repeal, the version in force.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    one::{self, One},
    said::place,
    written::apart,
};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{At, Client, Flash, Layout, Routes, Sent, Visit, html, links, see_other, unkept},
    },
    requirements::{
        RequirementNumber,
        clauses::{Clause, carry_ids},
        diff::{self, ClauseChange, Piece},
        fields::Relation,
        names, parameters,
    },
    selections::{
        policy::EditRow,
        reads::{
            instead::{self as read, Instead},
            rows::ClauseText,
        },
        values,
        workflow::row::{self as of_row, Exchanged},
    },
};

/// The pages, and where their forms are sent.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::ROW_SWAP, Right::ReadPublished, choose)
        .post(links::ROW_SWAP, Right::MakeSelection, swap)
        .page(links::ROW_UPDATE, Right::ReadPublished, preview)
        .post(links::ROW_UPDATE, Right::MakeSelection, update)
        .post(links::ROW_SWAP_BACK, Right::MakeSelection, swap_back)
        .page(links::ROW_SWAP_BACK, Right::ReadPublished, back_by_hand)
}

/// One of those that can be chosen, with what it would change.
struct Choice {
    one: Instead,
    /// What it says, with everything filled in.
    text: Vec<Clause>,
    /// What changes, where the two have a clause in common.
    changes: Vec<ClauseChange>,
    /// Names of filled-in parameters whose values would not come along.
    lost: Vec<String>,
}

impl Choice {
    fn of(row: &One, instead: Instead) -> Self {
        let old = row.own_text();
        let (kept, lost) = values::carried(&row.row.values, row.row.parameters(), &instead.core.parameters);
        let filled = |clause: &ClauseText| parameters::filled(&clause.text, &instead.core.parameters, &kept, Lang::Sv);
        let texts = instead.clauses.iter();
        let new: Vec<Clause> = if instead.same {
            texts.map(|clause| Clause { id: clause.id, text: filled(clause) }).collect()
        } else {
            // Clauses of another requirement have other ids: the likest stand beside each other.
            carry_ids(&old, &texts.map(filled).collect::<Vec<_>>())
        };
        let changes = diff::clauses(&old, &new);
        let common = changes.iter().any(|change| change.old_position().is_some() && change.new_position().is_some());
        Self { changes: if common { changes } else { Vec::new() }, text: new, one: instead, lost }
    }
}

#[derive(Template)]
#[template(path = "selections/swap.html")]
struct SwapPage {
    layout: Layout,
    one: One,
    choices: Vec<Choice>,
}

impl SwapPage {
    fn action(&self) -> String {
        self.one.below(self.layout.lang, "byte")
    }

    fn back(&self) -> String {
        place(self.layout.lang, self.one.selection, self.one.row.id)
    }

    fn title(&self, choice: &Choice) -> (String, bool) {
        let (title, foreign) = choice.one.title(self.layout.lang);
        (title.to_owned(), foreign)
    }

    fn relation(&self, choice: &Choice) -> Option<&'static str> {
        let t = self.layout.t;
        choice.one.relation.map(|relation| match relation {
            Relation::Replaces => t.labels_relation_replaces(),
            Relation::AddsTo => t.labels_relation_adds_to(),
        })
    }

    fn own_title(&self) -> (&str, bool) {
        self.one.row.title(self.layout.lang)
    }

    fn link(&self, choice: &Choice) -> String {
        links::requirement(self.layout.lang, choice.one.number())
    }
}

#[derive(Template)]
#[template(path = "selections/update.html")]
struct UpdatePage {
    layout: Layout,
    one: One,
    choice: Choice,
}

impl UpdatePage {
    fn action(&self) -> String {
        self.one.below(self.layout.lang, "uppdatering")
    }

    fn back(&self) -> String {
        place(self.layout.lang, self.one.selection, self.one.row.id)
    }

    fn compare_link(&self) -> String {
        links::compare(self.layout.lang, self.one.row.number(), self.one.row.version, self.choice.one.version)
    }
}

/// A page of the row and of what can stand instead of it, worked on apart where that is much to compare. Two round trips: one
/// statement for both would say again all that the statement for a row says.
async fn page(
    visit: &Visit,
    client: &Client,
    (id, row): (Uuid, Uuid),
    show: fn(&Visit, One, Vec<Instead>) -> Result<Response>,
) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let unread = one::unread(visit, &mut connection, id, row).await?;
    let all = read::instead(&mut connection, &visit.viewer, visit.now, &one::access(visit, id), row).await?;
    drop(connection);
    let all = all.ok_or(Error::NotFound)?;
    let here = visit.clone();
    apart(visit, client, unread.bytes() + all.bytes(), move || show(&here, One::read(&unread)?.for_change()?, all.read()?)).await
}

async fn choose(visit: Visit, client: Client, At(row): At<(Uuid, Uuid)>) -> Result<Response> {
    page(&visit, &client, row, choices).await
}

fn choices(visit: &Visit, one: One, all: Vec<Instead>) -> Result<Response> {
    let choices = all.into_iter().filter(|other| !other.same).map(|other| Choice::of(&one, other)).collect();
    let t = visit.texts();
    let crumbs = one.crumbs(visit, Some(t.selection_row_swap()));
    let layout = visit.layout(&t.selection_row_swap_title(one.row.cited()), "selections", crumbs);
    Ok(unkept(html(&SwapPage { layout, one, choices })?))
}

async fn preview(visit: Visit, client: Client, At(row): At<(Uuid, Uuid)>) -> Result<Response> {
    page(&visit, &client, row, newer).await
}

fn newer(visit: &Visit, one: One, all: Vec<Instead>) -> Result<Response> {
    let Some(newer) = all.into_iter().find(|other| other.same && other.version != one.row.version) else {
        let flash = Flash::new(visit.texts().selection_row_up_to_date());
        return Ok(one::to_row(visit, one.selection, one.row.id, None, &flash));
    };
    let choice = Choice::of(&one, newer);
    let t = visit.texts();
    let crumbs = one.crumbs(visit, Some(t.selection_row_update()));
    let layout = visit.layout(&t.selection_row_update_title(one.row.cited()), "selections", crumbs);
    Ok(unkept(html(&UpdatePage { layout, one, choice })?))
}

/// What is chosen: `KB-0042`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    krav: String,
}

async fn swap(visit: Visit, At((id, row)): At<(Uuid, Uuid)>, Sent(chosen): Sent<Chosen>) -> Result<Response> {
    let Some(number) = RequirementNumber::parse_loosely(&chosen.krav) else {
        // Nothing was chosen.
        return Ok(see_other(&links::in_row(visit.lang, id, row, "byte")));
    };
    let t = visit.texts();
    exchange(&visit, id, row, number, |one, other| t.selection_row_swapped(one.row.cited(), other.cited())).await
}

async fn update(visit: Visit, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let number = match one::found(&visit, &mut connection, id, row).await {
        Ok(one) => one.row.number(),
        // It was taken out, or it never was: what locks it says which.
        Err(Error::NotFound) => RequirementNumber::from_db(0),
        Err(error) => return Err(error),
    };
    drop(connection);
    let t = visit.texts();
    exchange(&visit, id, row, number, |_, other| t.selection_row_updated(other.cited())).await
}

/// Puts the version in force of a requirement in the place of a row. Place, note and the values that fit come along; a
/// wording too where the requirement is the same.
async fn exchange(
    visit: &Visit,
    id: Uuid,
    row: Uuid,
    number: RequirementNumber,
    said: impl FnOnce(&One, &Instead) -> String,
) -> Result<Response> {
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let (permit, locked) = one::locked(&mut tx, visit, id, row).await?;
    if locked.is_removed() {
        return Ok(one::gone(visit, id));
    }
    let one = one::found(visit, &mut tx, id, row).await?;
    let all = read::instead(&mut tx, &visit.viewer, visit.now, &one::access(visit, id), row).await?.ok_or(Error::NotFound)?;
    let other = all.read_aside().await?.into_iter().find(|other| other.number() == number).ok_or(Error::NotFound)?;
    let pair = (&one.row, &other);
    let (new, lost, rows) = match of_row::exchange(&mut tx, &permit, &locked, &visit.viewer, pair, visit.now).await? {
        Exchanged::Done { row, lost, rows } => (row, lost, rows),
        Exchanged::UpToDate => return Ok(one::to_row(visit, id, row, None, &Flash::new(t.selection_row_up_to_date()))),
        Exchanged::NotFound => return Err(Error::NotFound),
    };
    tx.commit().await?;
    let mut text = said(&one, &other);
    if !lost.is_empty() {
        text = format!("{text} {}", t.selection_row_values_lost(lost.join(", ")));
    }
    if one.row.wording.is_some() {
        let of_wording = if other.same { t.selection_row_wording_stays() } else { t.selection_row_wording_left() };
        text = format!("{text} {of_wording}");
    }
    let undo = links::in_row(visit.lang, id, new, &format!("aterbyte/{row}"));
    let flash = Flash { at: Some(format!("rad-{new}")), undo: Some((t.selections_undo().to_owned(), undo)), ..Flash::new(text) };
    Ok(one::to_row(visit, id, new, Some(rows), &flash))
}

async fn swap_back(visit: Visit, At((id, row, other)): At<(Uuid, Uuid, Uuid)>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let (permit, new) = one::locked(&mut tx, &visit, id, row).await?;
    let old = EditRow::ask(&mut tx, &permit, other).await?.ok_or(Error::NotFound)?;
    let (done, rows) = of_row::exchange_back(&mut tx, &permit, &new, &old, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    let text = if done { t.selection_row_swapped_back() } else { t.selections_nothing_to_undo() };
    let at = if !done && old.is_removed() { row } else { other };
    let flash = Flash { at: Some(format!("rad-{at}")), ..Flash::new(text) };
    Ok(one::to_row(&visit, id, at, Some(rows), &flash))
}

async fn back_by_hand(visit: Visit, At((id, _, _)): At<(Uuid, Uuid, Uuid)>) -> Response {
    see_other(&links::selection(visit.lang, id))
}
