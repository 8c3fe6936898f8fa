//! What the pages of one row share: the row, the way there, its text with everything filled in.

use axum::response::Response;
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

use super::{own, said::place};
use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        web::{Crumb, Flash, Visit, links},
    },
    requirements::{
        clauses::Clause,
        parameters::{self, Segment},
    },
    selections::{
        Holder,
        policy::{Edit, EditRow, Reach},
        reads::{
            Access, Unread,
            rows::{self as read, WholeRow, WholeSelection},
        },
    },
};

/// A row and the selection it stands in.
#[derive(Debug)]
pub struct One {
    /// The selection.
    pub selection: Uuid,
    /// What that is called.
    pub name: String,
    /// The row.
    pub row: WholeRow,
    /// Whether it may be changed.
    pub may_edit: bool,
    /// How much was read of it.
    pub bytes: usize,
}

/// By what right this browser opens the selection.
pub fn access(visit: &Visit, selection: Uuid) -> Access {
    Access::Holder(Holder::asking(visit), selection)
}

/// The row of this browser's own selection, as the database gives it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such selection, and when the database is away.
pub async fn unread(visit: &Visit, connection: &mut PgConnection, selection: Uuid, row: Uuid) -> Result<Unread<WholeSelection>> {
    let found = read::rows(connection, &visit.viewer, visit.now, &access(visit, selection), Some(row)).await?;
    found.ok_or(Error::NotFound)
}

/// The row of this browser's own selection.
///
/// # Errors
/// [`Error::NotFound`] where there is none, and when the database is away.
pub async fn found(visit: &Visit, connection: &mut PgConnection, selection: Uuid, row: Uuid) -> Result<One> {
    let unread = unread(visit, connection, selection, row).await?;
    let bytes = unread.bytes();
    One::of(unread.read_aside().await?, bytes)
}

/// The permits for a selection of this browser's own and for its row, be it taken out or not.
///
/// # Errors
/// [`Error::NotFound`] where there is none, and when the database refuses.
pub async fn locked(tx: &mut PgConnection, visit: &Visit, selection: Uuid, row: Uuid) -> Result<(Edit, EditRow)> {
    let permit = own::own(tx, visit, selection).await?;
    let row = EditRow::ask(tx, &permit, row).await?.ok_or(Error::NotFound)?;
    Ok((permit, row))
}

/// 303 to a row on the page of its selection.
pub fn to_row(visit: &Visit, selection: Uuid, row: Uuid, rows: Option<i64>, flash: &Flash) -> Response {
    own::back(visit, &place(visit.lang, selection, row), rows, Some(flash))
}

/// 303 to the selection: the row was taken out, or changed for another, since the page was opened.
pub fn gone(visit: &Visit, selection: Uuid) -> Response {
    let flash = Flash::new(visit.texts().selection_row_gone());
    own::back(visit, &links::selection(visit.lang, selection), None, Some(&flash))
}

impl One {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such row, and when the database holds what this program cannot read.
    pub fn read(unread: &Unread<WholeSelection>) -> Result<Self> {
        Self::of(unread.read()?, unread.bytes())
    }

    /// The same for a page that only leads to a change.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] where it may only be read.
    pub fn for_change(self) -> Result<Self> {
        if self.may_edit { Ok(self) } else { Err(Error::NotAllowed) }
    }

    fn of(selection: WholeSelection, bytes: usize) -> Result<Self> {
        let row = selection.rows.into_iter().next().ok_or(Error::NotFound)?;
        let may_edit = Reach::of(selection.right) >= Some(Reach::Edit);
        Ok(Self { selection: selection.id, name: selection.name, row, may_edit, bytes })
    }

    /// The way to the row; to a page below it where `here` says what that is called.
    pub fn crumbs(&self, visit: &Visit, here: Option<&str>) -> Vec<Crumb> {
        let t = visit.texts();
        let mut crumbs = vec![
            Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
            Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
            Crumb::link(&self.name, place(visit.lang, self.selection, self.row.id)),
        ];
        match here {
            Some(here) => {
                crumbs.push(Crumb::link(self.row.cited(), links::row(visit.lang, self.selection, self.row.id)));
                crumbs.push(Crumb::here(here));
            }
            None => crumbs.push(Crumb::here(self.row.cited())),
        }
        crumbs
    }

    /// A path below the row.
    pub fn below(&self, lang: Lang, rest: &str) -> String {
        links::in_row(lang, self.selection, self.row.id, rest)
    }

    /// The language that the text is shown in: English where the whole text is there in English.
    pub fn text_lang(&self, lang: Lang) -> Lang {
        let english = !lang.is_swedish() && self.row.clauses.iter().all(|clause| clause.text_en.is_some());
        if english { Lang::En } else { Lang::Sv }
    }

    /// The clauses in a language, as pieces with everything filled in.
    pub fn clauses(&self, lang: Lang) -> Vec<Vec<Segment>> {
        let text = |clause: &read::ClauseText| {
            let text = clause.text_en.as_deref().filter(|_| !lang.is_swedish()).unwrap_or(&clause.text);
            parameters::filled_segments(text, self.row.parameters(), &self.row.values, lang)
        };
        self.row.clauses.iter().map(text).collect()
    }

    /// The requirement's clauses in Swedish with everything filled in.
    pub fn own_text(&self) -> Vec<Clause> {
        let filled = |text: &str| parameters::filled(text, self.row.parameters(), &self.row.values, Lang::Sv);
        self.row.clauses.iter().map(|clause| Clause { id: clause.id, text: filled(&clause.text) }).collect()
    }

    /// The buyer's wording with everything filled in; none where there is no such wording. A clause of theirs has an id that
    /// is no other clause's.
    pub fn worded_text(&self) -> Option<Vec<Clause>> {
        let filled = |text: &str| parameters::filled(text, self.row.parameters(), &self.row.values, Lang::Sv);
        let clauses = self.row.wording.as_ref()?.iter();
        let id = |place: usize| Uuid::from_u128(place as u128 + 1);
        Some(
            clauses
                .enumerate()
                .map(|(place, clause)| Clause { id: clause.id.unwrap_or_else(|| id(place)), text: filled(&clause.text) })
                .collect(),
        )
    }
}

/// An exemption as a page shows it.
#[derive(Debug)]
pub struct ShownExemption {
    /// Its place.
    pub place: usize,
    /// What is exempted.
    pub what: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<Date>,
    /// Whether it has ended.
    pub ended: bool,
    /// Whether it is used.
    pub used: bool,
}
