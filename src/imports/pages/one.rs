//! One file: how far the work on it is, its report, and what is to become of it.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office_files::csv::{Dialect, Writer};
use serde::Deserialize;
use time::OffsetDateTime;

use crate::{
    imports::{
        lifecycle::{State, WhyNot},
        policy::Settle,
        reads::one::{self as read, Line, One, PAGE, Same},
        workflow::{self, KEPT, Refused},
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, At, Crumb, Flash, Layout, Routes, Visit, carry_flash, html,
            links::{self, words},
            see_other, unkept,
        },
    },
    requirements::RequirementNumber,
};

/// The page, where its buttons are sent, and the report as a file.
pub(in crate::imports) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::IMPORT, Right::ImportToPreparation, page)
        .swedish_page(links::IMPORT_CONFIRMATION, Right::ImportToPreparation, back)
        .swedish_post(links::IMPORT_CONFIRMATION, Right::ImportToPreparation, confirm)
        .swedish_page(links::IMPORT_CANCELLATION, Right::ImportToPreparation, back)
        .swedish_post(links::IMPORT_CANCELLATION, Right::ImportToPreparation, cancel)
        .swedish_page(links::IMPORT_FAULTS, Right::ImportToPreparation, file)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    /// The part of the report.
    visa: String,
    efter: String,
    fore: String,
}

/// A part of the report.
struct Part {
    label: String,
    href: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "imports/one.html")]
struct OnePage {
    layout: Layout,
    number: i64,
    one: One,
    parts: Vec<Part>,
    pages: [String; 4],
}

impl OnePage {
    fn is(&self, state: &str) -> bool {
        self.one.state().code() == state
    }

    fn is_at_work(&self) -> bool {
        self.one.state().is_at_work()
    }

    fn has_report(&self) -> bool {
        self.one.examined.is_some()
    }

    fn tag(&self) -> (&'static str, &'static str) {
        super::state(self.layout.t, self.one.state())
    }

    fn same_state(&self, same: &Same) -> &'static str {
        super::state(self.layout.t, same.state()).1
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    fn href(&self, number: &i64) -> String {
        links::import(*number)
    }

    fn below(&self, rest: &str) -> String {
        format!("{}/{rest}", links::import(self.number))
    }

    /// How large the file is, in words.
    fn size(&self) -> String {
        let kibibytes = (self.one.bytes + 1023) / 1024;
        if kibibytes < 1024 {
            self.layout.t.import_size_small(self.layout.lang.number(kibibytes))
        } else {
            self.layout.t.import_size_large(self.layout.lang.number((kibibytes + 1023) / 1024))
        }
    }

    fn kept_until(&self) -> String {
        self.layout.lang.day_of(self.one.created + KEPT)
    }

    /// What is to be done next, in the first sentence under the heading.
    fn summary(&self) -> String {
        let (t, one) = (self.layout.t, &self.one);
        match one.state() {
            State::Uploaded => t.import_says_uploaded().to_owned(),
            State::Confirmed => t.import_says_confirmed().to_owned(),
            State::Examined if one.accepted && one.new + one.changed == 0 => t.import_says_nothing().to_owned(),
            State::Examined if one.accepted && one.rejected > 0 => t.import_says_rest(one.rejected),
            State::Examined if one.accepted => t.import_says_ready().to_owned(),
            State::Examined => t.import_says_rejected(one.rejected),
            State::Done => t.import_says_done().to_owned(),
            State::Refused => t.import_says_refused().to_owned(),
            State::Failed => t.import_says_failed().to_owned(),
            State::Cancelled => t.import_says_cancelled().to_owned(),
        }
    }

    fn figures(&self) -> [(&'static str, i64); 5] {
        let (t, one) = (self.layout.t, &self.one);
        [
            (t.import_figure_new(), one.new),
            (t.import_figure_changed(), one.changed),
            (t.import_figure_unchanged(), one.unchanged),
            (t.import_figure_rejected(), one.rejected),
            (t.import_figure_warnings(), one.warnings),
        ]
    }

    /// The first and the last number that is given to requirements that brought none.
    fn numbers(&self) -> Option<String> {
        let (first, last) = self.one.first.zip(self.one.last)?;
        let (first, last) = (RequirementNumber::from_db(first), RequirementNumber::from_db(last));
        Some(if first == last { first.to_string() } else { self.layout.t.import_numbers(first, last) })
    }

    fn can_read_in(&self) -> bool {
        self.one.accepted && self.one.new + self.one.changed > 0
    }

    fn choices(&self) -> Vec<&'static str> {
        let (t, one) = (self.layout.t, &self.one);
        let all = [
            (one.create_groups, t.import_option_groups()),
            (one.skip_invalid, t.import_option_skip()),
            (one.replace, t.import_option_replace()),
        ];
        all.into_iter().filter(|(chosen, _)| *chosen).map(|(_, name)| name).collect()
    }

    fn shows_faults(&self) -> bool {
        matches!(self.one.part.as_str(), "rejected" | "warning")
    }

    fn shows_warnings(&self) -> bool {
        self.one.part == "warning"
    }

    fn place(&self, line: &Line) -> String {
        match &line.cell {
            Some(cell) => cell.clone(),
            None => self.layout.t.import_line(line.line.to_string()),
        }
    }

    fn cited(&self, line: &Line) -> String {
        line.number.zip(line.version).map_or_else(String::new, |(n, v)| format!("{}:{v}", RequirementNumber::from_db(n)))
    }

    /// Where the requirement is, once it was read in.
    fn version(&self, line: &Line) -> Option<String> {
        let (number, version) = line.number.zip(line.version)?;
        let there = self.one.state() == State::Done;
        there.then(|| links::version(self.layout.lang, RequirementNumber::from_db(number), version))
    }

    fn several_pages(&self) -> bool {
        self.one.count(&self.one.part) > PAGE
    }

    fn first(&self) -> i64 {
        self.one.before + 1
    }

    fn last(&self) -> i64 {
        self.one.before + i64::try_from(self.one.lines.len()).unwrap_or(0)
    }

    fn of(&self) -> i64 {
        self.one.count(&self.one.part)
    }

    /// How far the work is, in hundredths.
    fn percent(&self) -> i64 {
        if self.one.of > 0 { self.one.done * 100 / self.one.of } else { 0 }
    }
}

/// The number, as it is written in addresses and in no other way.
fn parse(number: &str) -> Result<i64> {
    number.parse().ok().filter(|n: &i64| *n > 0 && n.to_string() == number).ok_or(Error::NotFound)
}

async fn page(visit: Visit, At(number): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    let number = parse(&number)?;
    let backwards = !asks.fore.is_empty();
    let key = if backwards { &asks.fore } else { &asks.efter }.parse().ok();
    let part = words::code(words::REPORT_PARTS, &asks.visa);
    let mut connection = visit.app.db.read().await?;
    let one = read::one(&mut connection, &visit.viewer, number, part, key, backwards).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let path = links::import(number);
    let address = |part: &str, place: Option<(&str, &str)>| {
        let word = words::word(words::REPORT_PARTS, part).map(|word| ("visa", word));
        format!("{}#rapport", links::with_query(&path, word.into_iter().chain(place)))
    };
    let names = [
        ("rejected", t.import_part_rejected()),
        ("warning", t.import_part_warnings()),
        ("new", t.import_part_new()),
        ("changed", t.import_part_changed()),
    ];
    let parts = names.into_iter().filter(|(part, _)| one.count(part) > 0);
    let parts = parts.map(|(part, name)| Part {
        label: name.to_owned(),
        href: address(part, None),
        count: one.count(part),
        chosen: one.part == part,
    });
    let parts = parts.collect();
    let key = |line: Option<&Line>| line.map(|line| line.place.to_string()).unwrap_or_default();
    let (first, last) = (key(one.lines.first()), key(one.lines.last()));
    let shown = i64::try_from(one.lines.len()).unwrap_or(0);
    let (earlier, later) = (one.before > 0, one.before + shown < one.count(&one.part));
    let link = |there: bool, place: Option<(&str, &str)>| if there { address(&one.part, place) } else { String::new() };
    let pages = [
        link(earlier, None),
        link(earlier, Some(("fore", first.as_str()))),
        link(later, Some(("efter", last.as_str()))),
        link(later, Some(("fore", "slut"))),
    ];
    let heading = t.import_number(number.to_string());
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::START.to_owned()),
        Crumb::link(t.tasks_heading(), links::INBOX.to_owned()),
        Crumb::link(t.import_heading(), links::IMPORTS.to_owned()),
        Crumb::here(&heading),
    ];
    let layout = visit.layout(&heading, "lmc", crumbs).without_alternate();
    Ok(unkept(html(&OnePage { layout, number, one, parts, pages })?))
}

/// Whoever asks for the address of a button is shown the file.
async fn back(At(number): At<String>) -> Result<Response> {
    Ok(see_other(&links::import(parse(&number)?)))
}

async fn confirm(visit: Visit, At(number): At<String>) -> Result<Response> {
    let number = parse(&number)?;
    let mut tx = visit.app.db.begin().await?;
    let permit = Settle::ask(&mut tx, &visit.actor(), number).await?.ok_or(Error::NotFound)?;
    let done = workflow::confirm(&mut tx, &permit, visit.now).await;
    settled(&visit, tx, number, done, None).await
}

async fn cancel(visit: Visit, At(number): At<String>) -> Result<Response> {
    let t = visit.texts();
    let number = parse(&number)?;
    let mut tx = visit.app.db.begin().await?;
    let permit = Settle::ask(&mut tx, &visit.actor(), number).await?.ok_or(Error::NotFound)?;
    let done = workflow::cancel(&mut tx, &permit, t.import_why_hand(), visit.now).await;
    settled(&visit, tx, number, done, Some(t.import_cancelled_flash())).await
}

/// Back to the file, which shows how it stands; where it stood otherwise than was seen, with a word about it.
async fn settled(
    visit: &Visit,
    tx: sqlx::Transaction<'static, sqlx::Postgres>,
    number: i64,
    done: Result<(), Refused>,
    told: Option<&str>,
) -> Result<Response> {
    let t = visit.texts();
    let text = match done {
        Ok(()) => {
            tx.commit().await?;
            told
        }
        Err(Refused::WhyNot(WhyNot::Rejected)) => Some(t.import_not_rejected()),
        Err(Refused::WhyNot(WhyNot::NotFrom(_))) => Some(t.import_not_from()),
        Err(Refused::NotThere) => return Err(Error::NotFound),
        Err(Refused::Database(error)) => return Err(error.into()),
        Err(error @ Refused::File(_)) => return Err(Error::Internal(error.into())),
    };
    let mut response = see_other(&links::import(number));
    if let Some(text) = text {
        carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    }
    Ok(response)
}

async fn file(visit: Visit, At(number): At<String>) -> Result<Response> {
    let t = visit.texts();
    let number = parse(&number)?;
    let told = read::told(&mut *visit.app.db.read().await?, &visit.viewer, number).await?.ok_or(Error::NotFound)?;
    let write = || {
        let mut writer = Writer::new(Vec::new(), Dialect::Excel)?;
        let headings = [t.import_column_kind(), t.import_column_row(), t.import_column_cell(), t.import_column_heading()];
        writer.row(headings.into_iter().chain([t.import_column_value(), t.import_column_expected()]))?;
        for one in &told {
            let kind = if one.kind == "rejected" { t.import_kind_rejected() } else { t.import_kind_warning() };
            let row = one.line.to_string();
            let cell = one.cell.as_deref().unwrap_or_default();
            writer.row([kind, &row, cell, &one.heading, &one.value, &one.said])?;
        }
        Ok::<_, office_files::WriteError>(writer.finish()?.0)
    };
    let body = write().map_err(anyhow::Error::from)?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}-{number}.csv\"", t.import_file_word()))
        .map_err(anyhow::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, body).into_response())
}
