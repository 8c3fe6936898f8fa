//! The audit log: who did what, when, for whom.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::{Date, format_description::well_known::Iso8601};
use uuid::Uuid;

use super::{Entry, frame};
use crate::{
    admin::{
        events::{self, Group, action_label},
        reads::log::{self, Line, PAGE, Wanted},
    },
    kernel::{
        clock,
        error::Result,
        rights::Right,
        web::{Asked, Faults, Layout, Routes, Visit, html, line, links},
    },
};

/// Where it is.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_LOG, Right::ReadLog, page)
}

/// The most letters of a filter.
const MOST: usize = 100;

/// What is asked for, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Query {
    person: String,
    organisation: String,
    handelse: String,
    objekt: String,
    fran: String,
    till: String,
    begaran: String,
    fore: String,
}

impl Query {
    fn clean(self) -> Self {
        let one = |text: String| line(&text).chars().take(MOST).collect::<String>();
        Self {
            person: one(self.person),
            organisation: one(self.organisation),
            handelse: one(self.handelse),
            objekt: one(self.objekt),
            fran: one(self.fran),
            till: one(self.till),
            begaran: one(self.begaran),
            fore: one(self.fore),
        }
    }

    /// The filters by their names, those that are set.
    fn set(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("person", self.person.as_str()),
            ("organisation", &self.organisation),
            ("handelse", &self.handelse),
            ("objekt", &self.objekt),
            ("fran", &self.fran),
            ("till", &self.till),
            ("begaran", &self.begaran),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// What is to be read, with a fault for each filter that cannot be.
    fn wanted(&self, visit: &Visit, faults: &mut Faults) -> Wanted {
        let t = visit.texts();
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut day = |field: &'static str, text: &str| {
            let date = Date::parse(text, &Iso8601::DATE).ok();
            if date.is_none() && !text.is_empty() {
                faults.add(field, t.admin_log_no_date());
            }
            date
        };
        let (from, until) = (day("fran", &self.fran), day("till", &self.till));
        let is_action = action_label(t, &self.handelse).is_some();
        let object = Uuid::parse_str(&self.objekt).ok();
        if object.is_none() && !self.objekt.is_empty() {
            faults.add("objekt", t.admin_log_no_id());
        }
        Wanted {
            person: some(&self.person),
            organisation: some(&self.organisation),
            action: some(&self.handelse).filter(|_| is_action),
            begins: some(&self.handelse).filter(|_| !is_action),
            object,
            from: from.map(clock::start_of_day),
            // The whole of the last day.
            until: until.and_then(Date::next_day).map(clock::start_of_day),
            request: some(&self.begaran),
            before: self.fore.parse().ok(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/log.html")]
struct LogPage {
    layout: Layout,
    menu: Vec<Entry>,
    query: Query,
    faults: Faults,
    lines: Vec<Line>,
    older: Option<String>,
    newest: Option<String>,
}

impl LogPage {
    /// Day and time of day to the second, as somebody who compares wants it.
    fn moment(&self, line: &Line) -> String {
        let at = clock::in_sweden(line.at);
        format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
    }

    fn who(&self, line: &Line) -> String {
        let t = self.layout.t;
        match (line.actor.as_str(), &line.name) {
            ("person", Some(name)) => name.clone(),
            ("person", None) => t.admin_log_erased().to_owned(),
            ("visitor", _) => t.admin_log_visitor().to_owned(),
            ("import", _) => t.admin_log_import().to_owned(),
            ("example", _) => t.admin_log_example().to_owned(),
            ("job", _) => t.admin_log_job().to_owned(),
            _ => t.admin_log_command().to_owned(),
        }
    }

    /// What was done, in words; the word of the log where there are none.
    fn label<'a>(&self, line: &'a Line) -> Option<&'a str> {
        action_label(self.layout.t, &line.action)
    }

    /// Every action, to choose from.
    fn groups(&self) -> Vec<Group> {
        events::groups(self.layout.t)
    }

    fn is_chosen(&self, code: &str) -> bool {
        self.query.handelse == code
    }

    /// The beginning of an action that was asked for by hand; none where one was chosen.
    fn begins(&self) -> Option<&str> {
        let typed = self.query.handelse.as_str();
        (!typed.is_empty() && action_label(self.layout.t, typed).is_none()).then_some(typed)
    }

    /// The log with the lines of this person, organisation or request alone.
    fn only(&self, name: &str, value: &impl std::fmt::Display) -> String {
        links::with_query(links::ADMIN_LOG, [(name, value.to_string().as_str())])
    }

    fn object(&self, line: &Line) -> String {
        let name = line.object_name.clone().or_else(|| line.object.map(|id| id.to_string()));
        name.map_or_else(|| line.object_kind.clone(), |name| format!("{}: {name}", line.object_kind))
    }

    /// What was there before and what is there now, written out; none where nothing is told.
    fn values(&self, line: &Line) -> Vec<(&'static str, String)> {
        let t = self.layout.t;
        let written = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap_or_default();
        let all = [(t.admin_log_old(), &line.old), (t.admin_log_new(), &line.new)];
        all.into_iter().filter_map(|(label, value)| Some((label, written(value.as_ref()?)))).collect()
    }

    fn is_open(&self) -> bool {
        !self.query.set().is_empty() || !self.faults.is_empty()
    }
}

async fn page(visit: Visit, Asked(query): Asked<Query>) -> Result<Response> {
    let query = query.clean();
    let mut faults = Faults::default();
    let wanted = query.wanted(&visit, &mut faults);
    let mut lines = if faults.is_empty() { log::lines(&mut *visit.app.db.read().await?, &wanted).await? } else { Vec::new() };
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > most;
    lines.truncate(most);
    let older = lines.last().filter(|_| more).map(|last| {
        let before = last.id.to_string();
        let place = ("fore", before.as_str());
        links::with_query(links::ADMIN_LOG, query.set().into_iter().chain([place]))
    });
    let newest = wanted.before.map(|_| links::with_query(links::ADMIN_LOG, query.set()));
    let (layout, menu) = frame(&visit, visit.texts().admin_log(), links::ADMIN_LOG, None);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    html(&LogPage { layout, menu, query, faults, lines, older, newest })
}
