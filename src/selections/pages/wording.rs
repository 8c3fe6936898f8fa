//! The buyer's own wording of a row: one field a clause, with buttons that add, remove and move them. Until it is saved,
//! everything typed goes to and fro with the form; no script is needed and nothing is lost.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{
    draft::{Draft, Form, MOST_CLAUSE, MOST_REASON, field},
    one::{self, One},
    own,
    written::apart,
};
use crate::{
    kernel::{
        error::Result,
        i18n::Lang,
        rights::Right,
        web::{At, Client, Drafted, Faults, Flash, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{
        content::{MOST_CLAUSES, MOST_TEXT, letters},
        parameters,
    },
    selections::{
        reads::rows::ClauseText,
        workflow::row::{self as of_row, Refused},
    },
};

/// The form, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::ROW_WORDING, Right::ReadPublished, page).form_long(links::ROW_WORDING, Right::MakeSelection, send)
}

#[derive(Template)]
#[template(path = "selections/wording.html")]
struct WordingPage {
    layout: Layout,
    one: One,
    draft: Draft,
    faults: Faults,
    /// What is kept, where it was changed since the form was opened.
    kept: Option<Draft>,
}

impl WordingPage {
    fn action(&self) -> String {
        format!("{}#{}", self.one.below(self.layout.lang, "lydelse"), links::FAULTS)
    }

    /// Where a button that only changes the form leads: to the clause that it changes.
    fn action_at(&self, place: &usize) -> String {
        format!("{}#{}", self.one.below(self.layout.lang, "lydelse"), field(*place))
    }

    fn row_link(&self) -> String {
        links::row(self.layout.lang, self.one.selection, self.one.row.id)
    }

    fn own_text_link(&self) -> String {
        self.one.below(self.layout.lang, "kravets-text")
    }

    fn field(&self, place: &usize) -> String {
        field(*place)
    }

    fn title(&self) -> (&str, bool) {
        self.one.row.title(self.layout.lang)
    }

    fn is_focused(&self, place: &usize) -> bool {
        self.draft.focus == Some(*place)
    }

    fn n(&self, place: &usize) -> String {
        (place + 1).to_string()
    }

    fn is_full(&self) -> bool {
        self.draft.clauses.len() >= MOST_CLAUSES
    }

    /// A text that no form could bring back is not begun on.
    fn is_too_long(&self) -> bool {
        self.faults.is_empty() && letters(self.draft.clauses.iter().map(|clause| &clause.text)) > MOST_TEXT
    }

    /// The three texts of each clause where the wording builds on another version: what it was, what it is now, the buyer's.
    fn three(&self) -> Vec<[Option<String>; 3]> {
        let (Some(base), Some(wording)) = (&self.one.row.wording_base, &self.one.row.wording) else { return Vec::new() };
        let now = &self.one.row.clauses;
        let mut ids: Vec<Option<Uuid>> = now.iter().map(|clause| Some(clause.id)).collect();
        let others = base.iter().map(|clause| Some(clause.id)).chain(wording.iter().map(|clause| clause.id));
        for id in others.flatten() {
            if !ids.contains(&Some(id)) {
                ids.push(Some(id));
            }
        }
        // Parameters by name: it is texts that are compared, not values.
        let named = |text: &str| parameters::named(text, self.one.row.parameters(), Lang::Sv);
        let text = |clauses: &[ClauseText], id: Option<Uuid>| {
            clauses.iter().find(|clause| Some(clause.id) == id).map(|clause| named(&clause.text))
        };
        let mine = |id: Option<Uuid>| wording.iter().find(|clause| clause.id == id).map(|clause| named(&clause.text));
        let known = ids.into_iter().map(|id| [text(base, id), text(now, id), mine(id)]);
        let added = wording.iter().filter(|clause| clause.id.is_none()).map(|clause| [None, None, Some(named(&clause.text))]);
        known.chain(added).collect()
    }

    fn base_version(&self) -> String {
        self.one.row.wording_version.map(|version| version.to_string()).unwrap_or_default()
    }
}

fn show(visit: &Visit, one: One, draft: Draft, faults: Faults, kept: Option<Draft>) -> Result<Response> {
    let t = visit.texts();
    let title = t.selection_row_wording_title(one.row.cited());
    let layout = visit.layout(&title, "selections", one.crumbs(visit, Some(t.selection_row_wording())));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&WordingPage { layout, one, draft, faults, kept })?))
}

/// The page where the text may not be shown: nothing is made of it then.
///
/// # Errors
/// When it cannot be rendered.
pub fn hidden(visit: &Visit, one: One) -> Result<Response> {
    let draft = Draft::of(&one);
    show(visit, one, draft, Faults::default(), None)
}

async fn page(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let unread = one::unread(&visit, &mut *visit.app.db.read().await?, id, row).await?;
    let here = visit.clone();
    apart(&visit, &client, unread.bytes(), move || {
        let one = One::read(&unread)?.for_change()?;
        let draft = Draft::of(&one);
        show(&here, one, draft, Faults::default(), None)
    })
    .await
}

/// The page once more, with what was typed.
async fn again(
    visit: &Visit,
    client: &Client,
    status: StatusCode,
    one: One,
    (draft, faults, kept): (Draft, Faults, Option<Draft>),
) -> Result<Response> {
    let here = visit.clone();
    let page = apart(visit, client, one.bytes + draft.bytes(), move || show(&here, one, draft, faults, kept)).await?;
    Ok((status, page).into_response())
}

async fn send(
    visit: Visit,
    client: Client,
    At((id, row)): At<(Uuid, Uuid)>,
    Drafted { form, is_draft }: Drafted<Form>,
) -> Result<Response> {
    let t = visit.texts();
    if is_draft {
        let one = one::found(&visit, &mut *visit.app.db.read().await?, id, row).await?.for_change()?;
        let draft = Draft::sent(&one, &form);
        return again(&visit, &client, StatusCode::OK, one, (draft, Faults::default(), None)).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let (permit, locked) = one::locked(&mut tx, &visit, id, row).await?;
    if locked.is_removed() {
        return Ok(one::gone(&visit, id));
    }
    let one = one::found(&visit, &mut tx, id, row).await?;
    let mut draft = Draft::sent(&one, &form);
    // Where the text may not be shown nothing builds on it.
    if one.row.core.is_none() || draft.rearrange(&form.gor) {
        drop(tx);
        return again(&visit, &client, StatusCode::OK, one, (draft, Faults::default(), None)).await;
    }
    let faults = draft.check(&visit, &one);
    // Where it was changed since, that comes first.
    if !faults.is_empty() && draft.lock == locked.lock_version() {
        drop(tx);
        return again(&visit, &client, StatusCode::UNPROCESSABLE_ENTITY, one, (draft, faults, None)).await;
    }
    // What builds on a clause that this version no longer has is the buyer's own from now on.
    let mut clauses = draft.clauses.clone();
    for clause in &mut clauses {
        clause.id = clause.id.filter(|id| one.row.clauses.iter().any(|own| own.id == *id));
    }
    let wording = (clauses.as_slice(), draft.reason.as_str());
    let rows = match of_row::word(&mut tx, &permit, &locked, draft.lock, wording, visit.now).await? {
        Ok(rows) => rows,
        Err(Refused::Gone) => return Ok(one::gone(&visit, id)),
        Err(Refused::Full) => {
            let faults = draft.full(t);
            drop(tx);
            return again(&visit, &client, StatusCode::UNPROCESSABLE_ENTITY, one, (draft, faults, None)).await;
        }
        Err(Refused::Changed) => {
            let kept = Draft::of(&one);
            draft.lock = locked.lock_version();
            let faults = Faults::general(t.selection_row_changed_since());
            drop(tx);
            return again(&visit, &client, StatusCode::CONFLICT, one, (draft, faults, Some(kept))).await;
        }
    };
    tx.commit().await?;
    let flash = Flash::new(t.selection_row_wording_saved(one.row.cited()));
    Ok(own::back(&visit, &links::row(visit.lang, id, row), Some(rows), Some(&flash)))
}
