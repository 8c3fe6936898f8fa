//! The editor of a version: every field on one page, saved under one lock; rows are added, moved and taken away by buttons, and
//! the checker reads what is typed before it is saved.

use askama::Template;
use axum::response::Response;

use super::{
    Seen, Told, crumbs, edit_parts,
    edit_parts::{Made, PartView, SectionView},
    edit_saved::{self, Conflict, Saved},
    is_written, named, number, seen,
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Crumb, Drafted, Faults, Flash, Layout, Routes, Visit, again, carry_flash, html, line, links, see_other, unkept,
        },
    },
    preparation::{
        checking::{self, Shown},
        editor::{merge, said::said, spec, typed::Typed},
        reads::{
            known::{self, Known},
            one::{One, Open, Opening},
        },
    },
    requirements::{RequirementNumber, diff::Piece, lifecycle::State, policy::Refused},
    search,
};

/// The page, and where it is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::WORKBENCH_EDITOR, Right::Prepare, page).swedish_form_long(
        links::WORKBENCH_EDITOR,
        Right::Prepare,
        send,
    )
}

/// Pairs of name and value, as they were sent.
type Pairs = Vec<(String, String)>;

/// What the page shows besides what is stored.
pub(super) struct Shows {
    pub(super) typed: Typed,
    pub(super) lock: i32,
    pub(super) shown: merge::Seen,
    pub(super) faults: Faults,
    pub(super) conflicts: Vec<Conflict>,
    /// What somebody else changed and follows silently.
    pub(super) followed: Vec<String>,
    pub(super) focus: Option<String>,
}

impl Shows {
    /// As it is stored.
    fn stored(seen: &Seen) -> Self {
        let (typed, lock) = stored(seen);
        let shown = merge::Seen::of(&typed);
        Self { typed, lock, shown, faults: Faults::default(), conflicts: Vec::new(), followed: Vec::new(), focus: None }
    }

    /// As it was sent.
    fn sent(pairs: &Pairs) -> Self {
        let first = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        Self {
            typed: Typed::sent(pairs),
            lock: first("las").parse().unwrap_or_default(),
            shown: merge::Seen::read(first("sett")),
            faults: Faults::default(),
            conflicts: Vec::new(),
            followed: Vec::new(),
            focus: None,
        }
    }
}

/// What is stored of the open version, and its lock.
pub(super) fn stored(seen: &Seen) -> (Typed, i32) {
    match (&seen.open, &seen.one.open) {
        (Some(version), Some(open)) => (Typed::of(&version.content, &version.clauses, &open.novelty()), open.lock),
        _ => (Typed::default(), 0),
    }
}

#[derive(Template)]
#[template(path = "preparation/edit.html")]
struct EditPage {
    layout: Layout,
    number: RequirementNumber,
    one: One,
    sections: Vec<SectionView>,
    known: Known,
    hints: Vec<Shown>,
    shows: Shows,
    me: Option<uuid::Uuid>,
}

impl EditPage {
    fn action(&self) -> String {
        format!("{}#{}", links::workbench(self.number, "redigera"), links::FAULTS)
    }

    fn at(&self, anchor: &str) -> String {
        format!("{}#{anchor}", links::workbench(self.number, "redigera"))
    }

    fn back(&self) -> String {
        links::workbench(self.number, "")
    }

    fn cited(&self) -> String {
        let version = self.one.open.as_ref().map(|open| open.number);
        version.map_or_else(|| self.number.to_string(), |version| format!("{}:{version}", self.number))
    }

    /// Others who have opened it lately.
    fn others(&self) -> Vec<&Opening> {
        let openings = self.one.open.iter().flat_map(|open| &open.openings);
        openings.filter(|opening| Some(opening.who.id) != self.me).collect()
    }

    fn other(&self, opening: &Opening) -> String {
        self.layout.t.preparation_editing(named(self.layout.t, opening.who.name.as_deref()), self.layout.lang.time_of(opening.at))
    }

    fn is_references(&self, name: &str) -> bool {
        name == spec::REFERENCES
    }

    fn pieces(&self, conflict: &Conflict) -> Vec<Piece> {
        conflict.pieces.clone()
    }

    /// What the hints are told by: how many there are.
    fn hints_count(&self) -> String {
        self.layout.t.preparation_hints_count(i64::try_from(self.hints.len()).unwrap_or(0))
    }

    fn saved_by(&self) -> Option<String> {
        let open = self.one.open.as_ref()?;
        let at = open.edited_at?;
        Some(self.layout.t.preparation_saved_by(named(self.layout.t, open.edited_by.as_deref()), self.layout.lang.moment(at)))
    }

    /// Conflicts as they go with the form.
    fn conflicting(&self) -> String {
        self.shows.conflicts.iter().map(|conflict| conflict.unit.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn cited_as(&self, reference: &crate::requirements::fields::Reference) -> String {
        cited_as(reference)
    }
}

fn cited_as(reference: &crate::requirements::fields::Reference) -> String {
    match &reference.edition {
        Some(edition) => format!("{}, {edition}", reference.name),
        None => reference.name.clone(),
    }
}

/// What is near the text, of what is in force; without the requirement itself.
pub(super) async fn near(
    visit: &Visit,
    connection: &mut sqlx::PgConnection,
    one: &One,
    core: &crate::requirements::content::Core,
) -> sqlx::Result<Vec<search::Similar>> {
    let (among, text) = (format!("group:{}", one.group_path), core.text.join("\n"));
    let wanted = search::Wanted { title: &core.title, text: &text, among: &among, most: 6 };
    let mut near = search::similar(connection, &visit.viewer, visit.now, wanted).await?;
    near.retain(|similar| similar.subject != one.id);
    Ok(near)
}

async fn show(visit: &Visit, number: RequirementNumber, seen: Seen, mut shows: Shows) -> Result<Response> {
    let t = visit.texts();
    let mut connection = visit.app.db.read().await?;
    let known = known::known(&mut connection, seen.one.group).await?;
    let mut hints = Vec::new();
    if let Some(version) = &seen.open {
        let (said, _) = said(&shows.typed, &known, &[], &version.content, t);
        let near = near(visit, &mut connection, &seen.one, &said.content.core).await?;
        let cited = known::cited_now(&mut connection, &said.content.core.references, visit.now).await?;
        hints = checking::hints(&t, &said.content.core, &near, &cited);
    }
    drop(connection);
    edit_saved::complete(t, &mut shows, &stored(&seen).0, &known);
    let focus = shows.focus.as_deref();
    let made = Made { t, typed: &shows.typed, known: &known, faults: &shows.faults, hints: &hints, focus };
    let sections = made.sections();
    let crumbs = crumbs(
        visit,
        vec![Crumb::link(number.to_string(), links::workbench(number, "")), Crumb::here(t.preparation_edit_crumb())],
    );
    let layout = visit.layout(&t.preparation_edit_title(number), "lmc", crumbs).without_alternate();
    let layout = if shows.faults.is_empty() { layout } else { layout.faulty() };
    let me = visit.actor().person().0;
    Ok(unkept(html(&EditPage { layout, number, one: seen.one, sections, known, hints, shows, me })?))
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let seen = seen(&visit, &mut *visit.app.db.read().await?, number).await?;
    if !seen.one.prepares {
        return Err(Error::NotAllowed);
    }
    if !seen.one.open.as_ref().is_some_and(|open| is_written(open.state())) {
        return Ok(see_other(&links::workbench(number, "")));
    }
    let shows = Shows::stored(&seen);
    show(&visit, number, seen, shows).await
}

async fn send(visit: Visit, At(text): At<String>, Drafted { form, is_draft }: Drafted<Pairs>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let t = visit.texts();
    let mut tx = visit.app.db.begin().await?;
    let seen = seen(&visit, &mut tx, number).await?;
    if !seen.one.prepares {
        return Err(Error::NotAllowed);
    }
    let mut shows = Shows::sent(&form);
    let asked = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    edit_saved::conflicting(&mut shows, &form);
    if is_draft {
        drop(tx);
        return show(&visit, number, seen, shows).await;
    }
    let button = asked("gor");
    if let Some(focus) = shows.typed.rearrange(button) {
        shows.focus = Some(focus);
        drop(tx);
        return show(&visit, number, seen, shows).await;
    }
    if button == "granska" {
        shows.typed = shows.typed.tidied();
        drop(tx);
        return show(&visit, number, seen, shows).await;
    }
    if button == "valj-kalla" {
        let wanted = line(asked("kalla_finns"));
        let known = known::known(&mut tx, seen.one.group).await?;
        drop(tx);
        match known.references.iter().find(|reference| cited_as(reference).to_lowercase() == wanted.to_lowercase()) {
            Some(reference) => {
                shows.typed.cite(reference);
                let last = shows.typed.rows(spec::REFERENCES).len() - 1;
                shows.focus = Some(spec::in_row("kalla_namn", last));
            }
            None => shows.faults.add("kalla_finns", t.preparation_fault_no_reference()),
        }
        let faults = shows.faults.clone();
        let page = show(&visit, number, seen, shows).await?;
        return if faults.is_empty() { Ok(page) } else { again(faults, |_| Ok(page)) };
    }
    let saved = edit_saved::save(&visit, &mut tx, &seen, &mut shows, &form).await;
    match saved {
        Ok(Saved::Done) => {
            tx.commit().await?;
            let done = button == "klar";
            let below = if done { "" } else { "redigera" };
            let mut response = see_other(&links::workbench(number, below));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(t.preparation_saved()));
            Ok(response)
        }
        Ok(Saved::Faulty) => {
            drop(tx);
            let faults = shows.faults.clone();
            let page = show(&visit, number, seen, shows).await?;
            again(faults, |_| Ok(page))
        }
        Ok(Saved::Changed) => {
            drop(tx);
            let told = Told::of(&visit, Refused::WhyNot(crate::requirements::lifecycle::WhyNot::Changed))?;
            edit_saved::merged(&visit, number, &mut shows).await?;
            // What is said leads to what is to be chosen, or to what follows by itself.
            let place = match (shows.conflicts.is_empty(), shows.followed.is_empty()) {
                (false, _) => "krockar",
                (true, false) => "foljer",
                (true, true) => "",
            };
            shows.faults = Faults::default();
            for fault in told.faults.all() {
                shows.faults.add(place, fault.text.clone());
            }
            let now = super::seen(&visit, &mut *visit.app.db.read().await?, number).await?;
            let page = show(&visit, number, now, shows).await?;
            Ok(told.on(page))
        }
        Err(refused) => {
            drop(tx);
            let told = Told::of(&visit, refused)?;
            shows.faults = told.faults.clone();
            let page = show(&visit, number, seen, shows).await?;
            Ok(told.on(page))
        }
    }
}

/// The names of what follows silently, for the page.
pub(super) fn names_of(visit: &Visit, units: &[String], typed: &Typed) -> Vec<String> {
    units.iter().map(|unit| edit_parts::unit_name(visit.texts(), unit, typed)).collect()
}

/// That a version is no longer written.
pub(super) fn over(seen: &Seen) -> Refused {
    let state = seen.one.open.as_ref().map_or(State::Discarded, Open::state);
    Refused::WhyNot(crate::requirements::lifecycle::WhyNot::NotFrom(state))
}
