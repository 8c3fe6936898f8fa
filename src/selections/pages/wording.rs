//! The buyer's own wording of a row: one field a clause, with buttons that add, remove and move them. Until it is saved,
//! everything typed goes to and fro with the form; no script is needed and nothing is lost.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    one::{self, One},
    own,
    said::place,
    written::apart,
};
use crate::{
    kernel::{
        error::Result,
        i18n::Lang,
        rights::Right,
        web::{At, Client, Faults, Flash, Layout, Routes, Sent, Visit, html, lines, links, unkept},
    },
    requirements::{
        diff::{self, ClauseChange, Piece},
        parameters,
    },
    selections::{
        reads::rows::{ClauseText, WordedClause},
        workflow::{
            self,
            row::{self as of_row, Refused},
        },
    },
};

/// Clauses of a wording: as many as a requirement has at most.
const MOST_CLAUSES: usize = 50;
/// Characters of a clause.
const MOST_CLAUSE: usize = 8000;
/// Characters of all clauses: as many as a requirement has at most, 4 000 in each.
const MOST_TEXT: usize = MOST_CLAUSES * 4000;
/// Characters of the reason.
const MOST_REASON: usize = 2000;

/// The form and the way back from it.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::ROW_WORDING, Right::ReadPublished, page)
        .post_long(links::ROW_WORDING, Right::MakeSelection, send)
        .page(links::ROW_OWN_TEXT, Right::ReadPublished, ask)
        .post(links::ROW_OWN_TEXT, Right::MakeSelection, give_back)
}

/// What is sent: the clauses in order, each with the id of the requirement's clause that it came from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Form {
    id: Vec<String>,
    stycke: Vec<String>,
    skal: String,
    las: i32,
    /// Which button: `spara`, or `bort-2`, `efter-2`, `upp-2`, `ned-2`.
    gor: String,
}

/// What the page shows in its fields.
#[derive(Debug, Clone, Default)]
struct Draft {
    clauses: Vec<WordedClause>,
    reason: String,
    lock: i32,
    /// The clause that the browser goes to.
    focus: Option<usize>,
}

impl Draft {
    /// What is kept, or the requirement's text to begin with.
    fn of(one: &One) -> Self {
        let own = || one.row.clauses.iter().map(|clause| WordedClause { id: Some(clause.id), text: clause.text.clone() });
        Self {
            clauses: one.row.wording.clone().unwrap_or_else(|| own().collect()),
            reason: one.row.wording_reason.clone(),
            lock: one.row.lock_version,
            focus: None,
        }
    }

    /// What was sent. An id is kept where it is one of the clauses that the wording builds on, once each.
    fn sent(one: &One, form: &Form) -> Self {
        let base = one.row.wording_base.iter().flatten().chain(&one.row.clauses);
        let mut known: Vec<Uuid> = base.map(|clause| clause.id).collect();
        let mut ids = form.id.iter();
        let mut clause = |text: &String| {
            let id = ids.next().and_then(|id| id.parse().ok()).filter(|id| known.contains(id));
            known.retain(|other| Some(*other) != id);
            WordedClause { id, text: lines(text) }
        };
        let clauses = form.stycke.iter().take(MOST_CLAUSES).map(&mut clause).collect();
        Self { clauses, reason: lines(&form.skal), lock: form.las, focus: None }
    }

    /// How much it is.
    fn bytes(&self) -> usize {
        self.clauses.iter().map(|clause| clause.text.len()).sum::<usize>() + self.reason.len()
    }

    /// Does what a button says; whether it was one of those that only change the form.
    fn rearrange(&mut self, button: &str) -> bool {
        let Some((what, place)) = button.split_once('-') else { return false };
        let Some(at) = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1)) else { return false };
        let empty = WordedClause { id: None, text: String::new() };
        self.focus = Some(at);
        match what {
            "bort" if at < self.clauses.len() => {
                self.clauses.remove(at);
                if self.clauses.is_empty() {
                    self.clauses.push(empty);
                }
                self.focus = Some(at.min(self.clauses.len() - 1));
            }
            "efter" if at < self.clauses.len() && self.clauses.len() < MOST_CLAUSES => {
                self.clauses.insert(at + 1, empty);
                self.focus = Some(at + 1);
            }
            "upp" if at > 0 && at < self.clauses.len() => {
                self.clauses.swap(at, at - 1);
                self.focus = Some(at - 1);
            }
            "ned" if at + 1 < self.clauses.len() => {
                self.clauses.swap(at, at + 1);
                self.focus = Some(at + 1);
            }
            "bort" | "efter" | "upp" | "ned" => {}
            _ => return false,
        }
        true
    }

    /// What keeps it from being saved.
    fn check(&self, visit: &Visit, one: &One) -> Faults {
        let t = visit.texts();
        let mut faults = Faults::default();
        for (place, clause) in self.clauses.iter().enumerate() {
            if clause.text.is_empty() {
                faults.add(field(place), t.selection_row_clause_empty(number(place + 1)));
            }
            faults.check_length(t, field(place), &clause.text, MOST_CLAUSE);
        }
        let whole: usize = self.clauses.iter().map(|clause| clause.text.chars().count()).sum();
        if whole > MOST_TEXT {
            faults.add("", t.form_too_long(number(whole), number(MOST_TEXT)));
        }
        let own = one.row.clauses.iter().map(|clause| clause.text.as_str());
        if own.eq(self.clauses.iter().map(|clause| clause.text.as_str())) {
            faults.add("", t.selection_row_wording_same());
        }
        if self.reason.is_empty() {
            faults.add("skal", t.selection_row_wording_no_reason());
        }
        faults.check_length(t, "skal", &self.reason, MOST_REASON);
        faults
    }
}

/// The id of a clause's field.
fn field(place: usize) -> String {
    format!("stycke-{}", place + 1)
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
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
        let length = |clauses: &[WordedClause]| clauses.iter().map(|clause| clause.text.chars().count()).sum::<usize>();
        self.faults.is_empty() && length(&self.draft.clauses) > MOST_TEXT
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

fn show(visit: &Visit, one: One, draft: Draft, faults: Faults, kept: Option<Draft>) -> Result<Response> {
    let t = visit.texts();
    let title = t.selection_row_wording_title(one.row.cited());
    let layout = visit.layout(&title, "selections", one.crumbs(visit, Some(t.selection_row_wording())));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&WordingPage { layout, one, draft, faults, kept })?))
}

async fn page(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let unread = one::unread(&visit, &mut *visit.app.db.read().await?, id, row).await?;
    let here = visit.clone();
    apart(&visit, &client, unread.bytes(), move || {
        let one = One::read(&unread)?;
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

async fn send(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>, Sent(form): Sent<Form>) -> Result<Response> {
    let t = visit.texts();
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
            let longest = (0..draft.clauses.len()).max_by_key(|place| draft.clauses[*place].text.len()).unwrap_or(0);
            let mut faults = Faults::default();
            faults.add(field(longest), t.selection_row_full(workflow::MOST_TEXT / 1_000_000));
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

async fn ask(visit: Visit, client: Client, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let unread = one::unread(&visit, &mut *visit.app.db.read().await?, id, row).await?;
    let here = visit.clone();
    apart(&visit, &client, unread.bytes(), move || asked(&here, One::read(&unread)?)).await
}

/// The page that asks, with what would be changed back.
fn asked(visit: &Visit, one: One) -> Result<Response> {
    if one.row.core.is_none() {
        // Where the text may not be shown, neither may what was made of it.
        let draft = Draft::of(&one);
        return show(visit, one, draft, Faults::default(), None);
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
