//! The way back from a wording of the buyer's own to the requirement's text.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use super::{
    one::{self, One},
    own,
    said::place,
    wording,
    written::apart,
};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Client, Flash, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::diff::{self, ClauseChange, Piece},
    selections::workflow::row as of_row,
};

/// The page that asks, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::ROW_OWN_TEXT, Right::ReadPublished, ask).post(links::ROW_OWN_TEXT, Right::MakeSelection, give_back)
}

#[derive(Template)]
#[template(path = "selections/own_text.html")]
struct OwnTextPage {
    layout: Layout,
    one: One,
    changes: Vec<ClauseChange>,
}

impl OwnTextPage {
    fn action(&self) -> String {
        self.one.below(self.layout.lang, "kravets-text")
    }

    fn row_link(&self) -> String {
        links::row(self.layout.lang, self.one.selection, self.one.row.id)
    }
}

async fn ask(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let unread = one::unread(&visit, &mut *visit.app.db.read().await?, id, row).await?;
    let here = visit.clone();
    apart(&visit, &client, unread.bytes(), move || asked(&here, One::read(&unread)?.for_change()?)).await
}

/// The page that asks, with what would be changed back.
fn asked(visit: &Visit, one: One) -> Result<Response> {
    if one.row.core.is_none() {
        // Neither may what was made of it be shown.
        return wording::hidden(visit, one);
    }
    let Some(worded) = one.worded_text() else {
        return Ok(own::back(visit, &place(visit.lang, one.selection, one.row.id), None, None));
    };
    let t = visit.texts();
    let changes = diff::clauses(&one.own_text(), &worded);
    let crumbs = one.crumbs(visit, Some(t.selection_row_own_text()));
    let layout = visit.layout(&t.selection_row_own_text_title(one.row.cited()), "selections", crumbs);
    Ok(unkept(html(&OwnTextPage { layout, one, changes })?))
}

async fn give_back(visit: Visit, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let (permit, locked) = one::locked(&mut tx, &visit, id, row).await?;
    if locked.is_removed() {
        return Ok(one::gone(&visit, id));
    }
    let rows = of_row::unword(&mut tx, &permit, &locked, visit.now).await?;
    tx.commit().await?;
    Ok(one::to_row(&visit, id, row, Some(rows), &Flash::new(visit.texts().selection_row_own_text_back())))
}
