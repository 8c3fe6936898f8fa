//! Letters that did not go, and those that wait: whom for as far as it helps, what went wrong, and another try. Never what
//! they say.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Entry, frame, told};
use crate::{
    admin::{letters as said, workflow::letters as workflow},
    kernel::{
        error::{Error, Result},
        mail::{self, Counts, Key, Listed, State},
        rights::Right,
        web::{Asked, At, Faults, Layout, Routes, Visit, again_at, html, links, see_other, too_many},
    },
};

/// How many a page has.
const PAGE: usize = 50;

/// The lists, the letter to oneself, and where the buttons are sent.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::ADMIN_LETTERS, Right::Administer, page)
        .swedish_page(links::ADMIN_LETTER_AGAIN, Right::Administer, async || see_other(links::ADMIN_LETTERS))
        .swedish_post(links::ADMIN_LETTER_AGAIN, Right::Administer, again)
        .swedish_page(links::ADMIN_TEST_LETTERS, Right::Administer, async || see_other(links::ADMIN_LETTERS))
        .swedish_post(links::ADMIN_TEST_LETTERS, Right::Administer, send_test)
        .swedish_page(links::ADMIN_TEST_LETTER, Right::Administer, test)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Query {
    /// `vantar`: those that wait, instead of those that were given up.
    visa: String,
    /// The key of the last one on the page before.
    efter: String,
}

impl Query {
    fn is_queue(&self) -> bool {
        self.visa == "vantar"
    }

    fn key(&self) -> Option<Key> {
        let (micros, id) = self.efter.split_once('.')?;
        let micros: i64 = micros.parse().ok()?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()?;
        // What Postgres cannot tell is no letter's time.
        ((1970..=9000).contains(&at.year())).then_some((at, Uuid::try_parse(id).ok()?))
    }
}

fn address(queue: bool, after: Option<Key>) -> String {
    let key = after.map(|(at, id)| format!("{}.{id}", at.unix_timestamp_nanos() / 1_000));
    let shown = queue.then_some(("visa", "vantar"));
    links::with_query(links::ADMIN_LETTERS, shown.into_iter().chain(key.as_deref().map(|key| ("efter", key))))
}

#[derive(Template)]
#[template(path = "admin/letters.html")]
struct LettersPage {
    layout: Layout,
    menu: Vec<Entry>,
    faults: Faults,
    counts: Counts,
    queue: bool,
    letters: Vec<Listed>,
    /// How letters go, and from whom.
    way: String,
    from: String,
    first: Option<String>,
    next: Option<String>,
}

impl LettersPage {
    fn tabs(&self) -> [(&'static str, String, i64, bool); 2] {
        let t = self.layout.t;
        [
            (t.admin_letters_dead(), address(false, None), self.counts.dead, !self.queue),
            (t.admin_letters_waiting(), address(true, None), self.counts.waiting, self.queue),
        ]
    }

    fn number(&self, n: &i64) -> String {
        self.layout.lang.number(*n)
    }

    fn kind(&self, letter: &Listed) -> &'static str {
        said::kind(self.layout.t, &letter.kind)
    }

    fn address(&self, letter: &Listed) -> String {
        letter.address.as_deref().map_or_else(|| self.layout.t.admin_letter_forgotten().to_owned(), said::masked)
    }

    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    /// How often it was tried, and when last; none where it never was.
    fn tries(&self, letter: &Listed) -> Option<String> {
        let at = letter.tried_at.map(|at| self.layout.lang.moment(at))?;
        Some(self.layout.t.admin_letter_tries(letter.attempts.into(), at))
    }

    fn error(&self, letter: &Listed) -> Option<String> {
        letter.last_error.as_deref().map(said::without_addresses)
    }

    /// Which one, in the order that the log has them.
    fn short(&self, letter: &Listed) -> String {
        letter.id.simple().to_string().chars().skip(20).collect()
    }

    fn again(&self, letter: &Listed) -> String {
        links::admin(links::ADMIN_LETTER_AGAIN, letter.id)
    }
}

async fn show(visit: &Visit, query: &Query, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let (queue, key) = (query.is_queue(), query.key());
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut connection = visit.app.db.read().await?;
    let mut letters = if queue {
        mail::in_queue(&mut connection, key, most).await?
    } else {
        mail::given_up(&mut connection, key, most).await?
    };
    let counts = mail::counts(&mut connection).await?;
    drop(connection);
    let more = letters.len() > PAGE;
    letters.truncate(PAGE);
    let last = letters.last().filter(|_| more);
    let next =
        last.map(|letter| address(queue, Some((letter.dead_at.filter(|_| !queue).unwrap_or(letter.created_at), letter.id))));
    let title = if queue { t.admin_letters_queue() } else { t.admin_letters() };
    let (layout, menu) = frame(visit, title, links::ADMIN_LETTERS, None);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let settings = &visit.app.settings.mail;
    let way = settings.server().map_or_else(|| t.admin_letters_files().to_owned(), |server| t.admin_letters_server(server));
    html(&LettersPage {
        layout,
        menu,
        faults,
        counts,
        queue,
        letters,
        way,
        from: settings.from.to_string(),
        first: key.map(|_| address(queue, None)),
        next,
    })
}

async fn page(visit: Visit, Asked(query): Asked<Query>) -> Result<Response> {
    show(&visit, &query, Faults::default()).await
}

async fn again(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let done = workflow::send_again(&mut tx, &visit.actor(), id, visit.now).await?.ok_or(Error::NotAllowed)?;
    tx.commit().await?;
    let t = visit.texts();
    Ok(told(&visit, links::ADMIN_LETTERS, if done { t.admin_letter_tried() } else { t.admin_letter_gone() }))
}

async fn send_test(visit: Visit) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let tried = workflow::send_test(&mut tx, &visit.actor(), visit.now).await?.ok_or(Error::NotAllowed)?;
    let t = visit.texts();
    match tried {
        workflow::Tried::Sent(id) => {
            tx.commit().await?;
            Ok(see_other(&links::admin(links::ADMIN_TEST_LETTER, id)))
        }
        workflow::Tried::NoAddress => {
            drop(tx);
            let visit = visit.on(links::ADMIN_LETTERS);
            let page = show(&visit, &Query::default(), Faults::general(t.admin_test_no_address())).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        workflow::Tried::NotUntil(at) => {
            drop(tx);
            let visit = visit.on(links::ADMIN_LETTERS);
            let faults = Faults::general(match again_at(&visit, at) {
                (None, time) => t.admin_test_wait(time),
                (Some(day), time) => t.admin_test_wait_day(visit.lang.date(day), time),
            });
            Ok(too_many(show(&visit, &Query::default(), faults).await?, &visit, at))
        }
    }
}

#[derive(Template)]
#[template(path = "admin/test_letter.html")]
struct TestPage {
    layout: Layout,
    menu: Vec<Entry>,
    letter: Listed,
    from: String,
    server: Option<String>,
}

impl TestPage {
    fn moment(&self, at: &OffsetDateTime) -> String {
        self.layout.lang.moment(*at)
    }

    /// What has become of it, and what to do: mark, words.
    fn state(&self) -> (&'static str, String) {
        let t = self.layout.t;
        match (self.letter.state(), &self.server) {
            (State::Sent, Some(server)) => ("success", t.admin_test_sent(server)),
            (State::Sent, None) => ("success", t.admin_test_file().to_owned()),
            (State::Dead, _) if self.letter.refused => ("warning", t.admin_test_refused().to_owned()),
            (State::Dead, _) => ("warning", t.admin_test_dead().to_owned()),
            (State::Waiting, _) if self.letter.attempts > 0 => ("warning", t.admin_test_failing().to_owned()),
            (State::Waiting, _) => ("info", t.admin_test_waiting().to_owned()),
        }
    }

    fn is_over(&self) -> bool {
        self.letter.state() != State::Waiting
    }

    fn here(&self) -> String {
        links::admin(links::ADMIN_TEST_LETTER, self.letter.id)
    }
}

/// One's own only: of what is written to others nobody is told here.
async fn test(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let t = visit.texts();
    let person = visit.actor().person().0.ok_or(Error::NotFound)?;
    let found = mail::one_to(&mut *visit.app.db.read().await?, id, person, workflow::TEST_LETTER).await?;
    let letter = found.ok_or(Error::NotFound)?;
    let above = Some((t.admin_letters(), links::ADMIN_LETTERS.to_owned()));
    let (layout, menu) = frame(&visit, t.admin_test(), "", above);
    let settings = &visit.app.settings.mail;
    html(&TestPage { layout, menu, letter, from: settings.from.to_string(), server: settings.server() })
}
