//! The threads on a subject: what everybody reads, and the tab of those who prepare.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    may_speak,
    place::{Anchor, OfRequirement, Place},
};
use crate::{
    dialogue::{
        comment::Kind,
        eyes::Eyes,
        names,
        reads::{
            summary::glimpse,
            threads::{self as read, PAGE, Row, Threads, Wanted},
        },
    },
    kernel::{
        actor::Audience,
        error::Result,
        rights::Right,
        web::{
            Asked, At, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    requirements::identity::{Found, find},
};

/// Those on a requirement.
pub fn routes() -> Routes {
    Routes::new().page(links::DIALOGUE, Right::ReadPublished, page)
}

/// The most characters of what is said that stand in the list.
const GLIMPSE: usize = 320;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// `beredning`: the internal ones.
    flik: String,
    /// `obesvarade`: those that nobody has answered.
    visa: String,
    slag: String,
    stycke: String,
    efter: String,
    fore: String,
}

/// The word of the internal tab.
pub(super) const INTERNAL: &str = links::INTERNAL_DIALOGUE;

impl Asks {
    fn wanted(&self, sees_internal: bool) -> Wanted {
        let key = if self.fore.is_empty() { &self.efter } else { &self.fore };
        Wanted {
            internal: sees_internal && self.flik == INTERNAL,
            unanswered: self.visa == "obesvarade",
            kind: words::code(words::THREADS, &self.slag).and_then(Kind::from_code),
            clause: Uuid::try_parse(&self.stycke).ok(),
            key: key.parse().ok(),
            backwards: !self.fore.is_empty(),
        }
    }
}

/// A choice above the list.
struct Choice {
    label: &'static str,
    href: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "dialogue/threads.html")]
struct ThreadsPage {
    layout: Layout,
    place: Place,
    wanted: Wanted,
    threads: Threads,
    tabs: Vec<Choice>,
    choices: Vec<Choice>,
    may_speak: bool,
    pages: [String; 4],
}

impl ThreadsPage {
    fn page(&self) -> String {
        self.place.page(self.layout.lang)
    }

    /// The form of a new thread, on the clause that is chosen.
    fn new_link(&self) -> String {
        let link = links::comment_on(self.layout.lang, self.place.cited(), self.wanted.clause);
        let mark = if link.contains('?') { '&' } else { '?' };
        if self.wanted.internal { format!("{link}{mark}flik={INTERNAL}") } else { link }
    }

    fn all_link(&self) -> String {
        address(&self.layout, &self.place, &Wanted { clause: None, key: None, ..self.wanted.clone() }, None)
    }

    /// The place of the clause that is chosen, where it stands in what is shown.
    fn clause(&self) -> Option<usize> {
        self.wanted.clause.and_then(|id| self.place.clause(id)).map(|clause| clause.place)
    }

    fn link(&self, row: &Row) -> String {
        links::in_dialogue(self.layout.lang, self.place.cited(), row.id)
    }

    fn kind(&self, row: &Row) -> &'static str {
        names::kind(&self.layout.t, &row.kind)
    }

    fn state(&self, row: &Row) -> &'static str {
        names::state(&self.layout.t, &row.state())
    }

    fn tag(&self, row: &Row) -> &'static str {
        names::state_tag(&row.state())
    }

    /// How the first comment begins; none where it is not shown.
    fn said(&self, row: &Row) -> Option<String> {
        row.text.as_deref().map(|text| glimpse(text, GLIMPSE)).filter(|said| !said.is_empty())
    }

    fn is_foreign(&self, row: &Row) -> bool {
        row.language != self.layout.lang.code()
    }

    fn by(&self, row: &Row) -> String {
        row.by.called(self.layout.t, self.layout.lang)
    }

    fn side(&self, row: &Row) -> &'static str {
        row.by.side().map_or("", |side| names::side(&self.layout.t, side))
    }

    fn active(&self, row: &Row) -> String {
        self.layout.lang.moment(row.active_at)
    }

    /// What it is about, beside the whole.
    fn about(&self, row: &Row) -> Option<String> {
        let t = self.layout.t;
        row.clause?;
        Some(match row.place {
            Some(place) => t.dialogue_on_clause(place.to_string()),
            None => t.dialogue_on_gone().to_owned(),
        })
    }

    /// Whether the list comes here to those on clauses that are gone.
    fn begins_gone(&self, index: &usize) -> bool {
        let rows = &self.threads.rows;
        rows[*index].gone && (*index == 0 || !rows[*index - 1].gone)
    }

    fn written_on(&self, row: &Row) -> Option<String> {
        let version = row.version.filter(|_| row.changed && !row.gone)?;
        Some(self.layout.t.dialogue_written_on(version.to_string()))
    }

    fn seen_by(&self) -> &'static str {
        self.layout.t.dialogue_seen_inside()
    }

    fn is_closest(&self, row: &Row) -> bool {
        row.audience >= Audience::Preparers.level()
    }

    fn place_on_page(&self) -> String {
        let rows = i64::try_from(self.threads.rows.len()).unwrap_or(0);
        self.layout.t.dialogue_place(self.threads.before + 1, self.threads.before + rows, self.threads.total)
    }

    fn several_pages(&self) -> bool {
        self.threads.total > PAGE
    }
}

/// The list with these choices, and a page of it.
fn address(layout: &Layout, place: &Place, wanted: &Wanted, turn: Option<(&str, &str)>) -> String {
    let clause = wanted.clause.map(|id| id.to_string());
    let mut asked: Vec<(&str, &str)> = Vec::new();
    asked.extend(wanted.internal.then_some(("flik", INTERNAL)));
    asked.extend(wanted.unanswered.then_some(("visa", "obesvarade")));
    asked.extend(wanted.kind.and_then(|kind| words::word(words::THREADS, kind.code())).map(|word| ("slag", word)));
    asked.extend(clause.as_deref().map(|clause| ("stycke", clause)));
    asked.extend(turn);
    links::with_query(&links::dialogue(layout.lang, place.cited()), asked)
}

/// The list for a subject.
///
/// # Errors
/// Not found where whoever looks may not see it.
pub async fn show<A: Anchor>(visit: Visit, anchor: A, asks: Asks) -> Result<Response> {
    let sees_internal = visit.viewer.level() >= Audience::Authorities.level();
    let wanted = asks.wanted(sees_internal);
    let mut connection = visit.app.db.read().await?;
    let place = anchor.place(&visit, &mut connection, None).await?;
    let threads = read::threads(&mut connection, &Eyes::of(&visit), &place.subject, &wanted).await?;
    drop(connection);
    let t = visit.texts();
    let cited = place.cited().to_owned();
    let mut crumbs = place.crumbs.clone();
    crumbs.push(Crumb::here(t.dialogue_heading()));
    let heading = if wanted.internal { t.dialogue_internal_title(&cited) } else { t.dialogue_title(&cited) };
    // What is narrowed has another title.
    let clause = wanted.clause.and_then(|id| place.clause(id)).map(|clause| t.dialogue_on_clause(clause.place.to_string()));
    let narrowed: Vec<String> = [
        clause,
        wanted.unanswered.then(|| t.dialogue_unanswered().to_owned()),
        wanted.kind.map(|kind| names::kind(&t, &kind).to_owned()),
        (threads.before > 0).then(|| t.dialogue_from(threads.before + 1)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let title = if narrowed.is_empty() { heading } else { format!("{heading}: {}", narrowed.join(", ")) };
    let layout = visit.layout(&title, place.section, crumbs).described(t.dialogue_lead());
    let to = |wanted: Wanted| address(&layout, &place, &Wanted { key: None, ..wanted }, None);
    let tab = |internal: bool, label: &'static str, count: i64| Choice {
        label,
        href: to(Wanted { internal, ..Wanted::default() }),
        count,
        chosen: internal == wanted.internal,
    };
    let tabs = if sees_internal {
        vec![tab(false, t.dialogue_tab_public(), threads.public), tab(true, t.dialogue_tab_internal(), threads.internal)]
    } else {
        Vec::new()
    };
    let choice = |label: &'static str, count: i64, unanswered: bool, kind: Option<Kind>| Choice {
        label,
        href: to(Wanted { unanswered, kind, ..wanted.clone() }),
        count,
        chosen: wanted.unanswered == unanswered && wanted.kind == kind,
    };
    let mut choices = vec![
        choice(t.dialogue_all(), threads.on_tab(), false, None),
        choice(t.dialogue_unanswered(), threads.unanswered, true, None),
    ];
    choices.extend(Kind::ALL.map(|kind| choice(names::kind(&t, &kind), threads.count(kind), false, Some(kind))));
    let shown = i64::try_from(threads.rows.len()).unwrap_or(0);
    let key = |row: Option<&Row>| row.map(|row| row.key().to_string()).unwrap_or_default();
    let (first, last) = (key(threads.rows.first()), key(threads.rows.last()));
    let (earlier, later) = (threads.before > 0, threads.before + shown < threads.total);
    let end = format!("{}.1", i64::MAX);
    let turn = |there: bool, turn: Option<(&str, &str)>| {
        if there { format!("{}#lista", address(&layout, &place, &wanted, turn)) } else { String::new() }
    };
    let pages = [
        turn(earlier, None),
        turn(earlier, Some(("fore", first.as_str()))),
        turn(later, Some(("efter", last.as_str()))),
        turn(later, Some(("fore", end.as_str()))),
    ];
    let speaks = (visit.who.is_none() || may_speak(&visit)) && place.subject.is_open && (place.is_public || sees_internal);
    html(&ThreadsPage { layout, place, wanted, threads, tabs, choices, may_speak: speaks, pages })
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    match find(&visit, &id)? {
        Found::Number(number) => show(visit, OfRequirement(number), asks).await,
        Found::Elsewhere(response) => Ok(response),
    }
}
