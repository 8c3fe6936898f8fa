//! The workbench of one requirement: what is open and what it lacks, what the checker says, what it changes, what can be done,
//! what happened.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Seen, crumbs, edit::near, is_written, named, number, one_sent, seen};
use crate::{
    kernel::{
        error::Result,
        i18n::Lang,
        rights::Right,
        web::{
            At, Crumb, Faults, Layout, Routes, Visit, html,
            links::{self, words},
            see_other, unkept,
        },
    },
    preparation::{
        checking::{self, Shown},
        names,
        reads::{
            known,
            one::{Happened, Named, One, Open, Opening},
        },
    },
    requirements::{
        RequirementNumber,
        begun::Begun,
        content::Core,
        diff::{self, ClauseChange, Piece, Summary},
        field_text,
        lifecycle::{LONGEST_REASON, State},
        names as fields, parameters,
        ready::Facts,
    },
};

/// The page, and where its forms are sent.
pub fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::WORKBENCH, Right::ReadPreparation, page)
        .swedish_page(links::WORKBENCH_VERSIONS, Right::Prepare, back)
        .swedish_form(links::WORKBENCH_VERSIONS, Right::Prepare, one_sent::begin)
        .swedish_page(links::WORKBENCH_STEPS, Right::Prepare, back)
        .swedish_form(links::WORKBENCH_STEPS, Right::Prepare, one_sent::step)
        .swedish_page(links::WORKBENCH_HANDLER, Right::Prepare, back)
        .swedish_post(links::WORKBENCH_HANDLER, Right::Prepare, one_sent::hand)
        .swedish_page(links::WORKBENCH_OPENINGS, Right::Prepare, back)
        .swedish_post(links::WORKBENCH_OPENINGS, Right::Prepare, one_sent::open)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// Why a revision is begun.
    pub(super) orsak: String,
    pub(super) anteckning: String,
    pub(super) steg: String,
    pub(super) skal: String,
    pub(super) las: i32,
}

/// A field that changed, in words.
struct FieldRow {
    label: String,
    before: Vec<String>,
    after: Vec<String>,
    pieces: Option<Vec<Piece>>,
}

#[derive(Template)]
#[template(path = "preparation/one.html")]
struct OnePage {
    layout: Layout,
    number: RequirementNumber,
    one: One,
    form: Form,
    faults: Faults,
    hints: Vec<Shown>,
    /// What is missing, with the way to its field.
    lacks: Vec<(String, &'static str)>,
    clauses: Vec<ClauseChange>,
    fields: Vec<FieldRow>,
    /// The clauses of the open version, where there is nothing to compare with.
    text: Vec<String>,
    me: Option<Uuid>,
}

impl OnePage {
    fn to(&self, below: &str) -> String {
        links::workbench(self.number, below)
    }

    fn faulty(&self, below: &str) -> String {
        format!("{}#{}", links::workbench(self.number, below), links::FAULTS)
    }

    /// Where a hint leads to: the editor, for who may write in it.
    fn at(&self, field: &str) -> String {
        if self.one.prepares && self.one.open.as_ref().is_some_and(|open| is_written(open.state())) {
            self.edit(field)
        } else {
            "#andringarna".to_owned()
        }
    }

    fn edit(&self, field: &str) -> String {
        format!("{}#{field}", links::workbench(self.number, "redigera"))
    }

    fn title(&self) -> String {
        self.one.title.clone().unwrap_or_else(|| self.layout.t.preparation_text_hidden().to_owned())
    }

    fn state(&self, open: &Open) -> &'static str {
        names::state(&self.layout.t, open.state())
    }

    fn tag(&self, open: &Open) -> &'static str {
        names::state_tag(open.state())
    }

    fn is_written(&self, open: &Open) -> bool {
        is_written(open.state())
    }

    fn cited(&self, version: &i32) -> String {
        format!("{}:{version}", self.number)
    }

    fn version(&self, version: &i32) -> String {
        links::version(self.layout.lang, self.number, *version)
    }

    fn day(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.day_of(*at)
    }

    fn moment(&self, at: &time::OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn review_by(&self) -> Option<String> {
        self.one.review_by.map(|day| self.layout.lang.date(day))
    }

    #[allow(clippy::ref_option, reason = "templates hand references over")]
    fn because(&self, because: &Option<String>) -> Option<&'static str> {
        because.as_deref().and_then(Begun::from_code).map(|because| names::begun(&self.layout.t, because))
    }

    fn name(&self, one: &Named) -> String {
        named(self.layout.t, one.name.as_deref())
    }

    fn is_mine(&self, one: &Named) -> bool {
        Some(one.id) == self.me
    }

    fn others<'a>(&self, open: &'a Open) -> Vec<&'a Opening> {
        open.openings.iter().filter(|opening| Some(opening.who.id) != self.me).collect()
    }

    fn other(&self, opening: &Opening) -> String {
        self.layout.t.preparation_editing(self.name(&opening.who), self.layout.lang.time_of(opening.at))
    }

    fn edited(&self, open: &Open) -> Option<String> {
        let at = open.edited_at?;
        Some(self.layout.t.preparation_saved_by(named(self.layout.t, open.edited_by.as_deref()), self.layout.lang.moment(at)))
    }

    /// Whether a version may be begun, and from what.
    fn may_begin(&self) -> bool {
        self.one.prepares && self.one.open.is_none() && !self.one.repealed
    }

    fn reasons(&self) -> Vec<(&'static str, &'static str)> {
        let of =
            |(word, code): &(&'static str, &'static str)| Some((*word, names::begun(&self.layout.t, Begun::from_code(code)?)));
        words::BEGUN.iter().filter_map(of).collect()
    }

    /// What can be done with the open version: word, name, what it means.
    fn steps(&self, open: &Open) -> Vec<(&'static str, &'static str, &'static str)> {
        let t = self.layout.t;
        let submit = ("lagg-fram", t.preparation_do_submit(), t.preparation_do_submit_hint());
        let give_back = ("ta-tillbaka", t.preparation_do_return(), t.preparation_do_return_hint());
        let discard = ("forkasta", t.preparation_do_discard(), t.preparation_do_discard_hint());
        match open.state() {
            State::Preparation if self.lacks.is_empty() => vec![submit, discard],
            State::Preparation => vec![discard],
            State::Ready => vec![give_back, discard],
            _ => Vec::new(),
        }
    }

    fn hints_count(&self) -> String {
        self.layout.t.preparation_hints_count(i64::try_from(self.hints.len()).unwrap_or(0))
    }

    fn lacks_count(&self) -> String {
        self.layout.t.preparation_lacks_count(i64::try_from(self.lacks.len()).unwrap_or(0))
    }

    fn summary(&self) -> String {
        let summary = Summary::of(&self.clauses);
        let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.layout.t.proposals_summary(n(summary.changed), n(summary.added), n(summary.removed))
    }

    fn has_changes(&self) -> bool {
        !Summary::of(&self.clauses).nothing_changed() || !self.fields.is_empty()
    }

    fn happened(&self, event: &Happened) -> String {
        let what = names::happened(&self.layout.t, &event.kind);
        match event.version {
            Some(version) => format!("{what} ({}:{version})", self.number),
            None => what.to_owned(),
        }
    }

    fn by(&self, event: &Happened) -> String {
        let organisation = event.organisation.as_deref().unwrap_or_default();
        match (event.person, organisation) {
            (true, "") => named(self.layout.t, event.name.as_deref()),
            (true, organisation) => crate::accounts::name_for(self.layout.t, event.name.as_deref(), organisation),
            (false, _) => String::new(),
        }
    }
}

pub(super) async fn show(visit: &Visit, number: RequirementNumber, seen: Seen, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let Seen { one, open, decided } = seen;
    let (mut hints, mut lacks, mut clauses, mut changed, mut text) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    if let (Some(version), Some(open)) = (&open, &one.open) {
        let core = &version.content.core;
        let mut connection = visit.app.db.read().await?;
        let near = near(visit, &mut connection, &one, core).await?;
        let cited = known::cited_now(&mut connection, &core.references, visit.now).await?;
        drop(connection);
        hints = checking::hints(&t, core, &near, &cited);
        let facts = Facts::of(&version.content, &open.novelty(), one.base.is_none());
        lacks = facts.why_not_yet().into_iter().map(|reason| names::reason(&t, reason)).collect();
        if let Some(before) = &decided {
            let read = |clauses, core: &Core| parameters::named_clauses(clauses, &core.parameters, Lang::Sv);
            let (was, is) = (read(&before.clauses, &before.content.core), read(&version.clauses, core));
            clauses = diff::clauses(&was, &is);
            changed = diff::fields(&before.content.core, core);
        } else {
            text = parameters::named_clauses(&version.clauses, &core.parameters, Lang::Sv)
                .into_iter()
                .map(|clause| clause.text)
                .collect();
        }
    }
    let fields = changed
        .into_iter()
        .map(|change| FieldRow {
            label: fields::field(&t, change.field.code()).to_owned(),
            before: field_text::lines(&t, visit.lang, change.field, &change.before),
            after: field_text::lines(&t, visit.lang, change.field, &change.after),
            pieces: change.pieces,
        })
        .collect();
    let layout = visit
        .layout(&t.preparation_one_title(number), "lmc", crumbs(visit, vec![Crumb::here(number.to_string())]))
        .without_alternate();
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let me = visit.actor().person().0;
    Ok(unkept(html(&OnePage { layout, number, one, form, faults, hints, lacks, clauses, fields, text, me })?))
}

/// The page as it stands now.
pub(super) async fn shown(visit: &Visit, number: RequirementNumber, form: Form, faults: Faults) -> Result<Response> {
    let seen = seen(visit, &mut *visit.app.db.read().await?, number).await?;
    show(visit, number, seen, form, faults).await
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => shown(&visit, number, Form::default(), Faults::default()).await,
        Err(response) => Ok(response),
    }
}

async fn back(visit: Visit, At(text): At<String>) -> Result<Response> {
    Ok(match number(&visit, &text)? {
        Ok(number) => see_other(&links::workbench(number, "")),
        Err(response) => response,
    })
}
