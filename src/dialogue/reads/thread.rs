//! One thread with its comments.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Speaker;
use crate::dialogue::{
    comment::{Kind, Rule, Subject},
    eyes::Eyes,
    lifecycle::{State, ThreadState},
};

/// How many replies stand on a page: as many of the longest as a page can hold.
pub const PAGE: i64 = 15;

/// A thread.
#[derive(Debug, Deserialize)]
pub struct Thread {
    /// Its id, which is that of the comment that opens it.
    pub id: Uuid,
    /// What it was begun for.
    pub kind: Kind,
    state: String,
    /// Who may read it.
    pub audience: i16,
    /// Whether it waits for the approval of who began it.
    pub held: bool,
    /// Since when it stands where it does.
    #[serde(with = "time::serde::rfc3339")]
    pub state_since: OffsetDateTime,
    state_named: bool,
    state_by: Option<String>,
    state_org_sv: Option<String>,
    state_org_en: Option<String>,
    /// Whether whoever looks began it.
    pub own: bool,
    /// Whether whoever looks looks after the area that it is in.
    pub speaks: bool,
    /// The clause that it is about.
    pub clause: Option<Uuid>,
    /// The version that it was begun on.
    pub version: Option<i32>,
    /// The clause as it was, where that may be shown.
    pub quote: Option<String>,
    /// Where the clause stands now.
    pub place: Option<i32>,
    /// Whether it stands nowhere any more.
    pub gone: bool,
    /// Whether it says something else now.
    pub changed: bool,
    /// How many replies there are.
    pub total: i64,
    /// How many of them stand before the page.
    pub before: i64,
    /// The first comment where it stands, and the replies of the page.
    pub comments: Vec<Comment>,
}

/// Who said that a thread is done with.
#[derive(Debug, Clone, Copy)]
pub enum Settler<'a> {
    /// Somebody by name; none for who is erased.
    Person(Option<&'a str>),
    /// Its author, who writes for the organisation alone.
    Organisation,
}

impl Thread {
    /// Where it stands.
    pub fn state(&self) -> ThreadState {
        ThreadState::from_code(&self.state).unwrap_or(ThreadState::Open)
    }

    /// Who said that it stands there: name and organisation.
    pub fn settled_by(&self, swedish: bool) -> Option<(Settler<'_>, &str)> {
        let organisation = if swedish { &self.state_org_sv } else { &self.state_org_en };
        let who = if self.state_named { Settler::Person(self.state_by.as_deref()) } else { Settler::Organisation };
        Some((who, organisation.as_deref()?))
    }

    /// The comment that opens it.
    pub fn first(&self) -> Option<&Comment> {
        self.comments.iter().find(|comment| comment.opens)
    }

    /// The replies of the page.
    pub fn replies(&self) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(|comment| !comment.opens)
    }
}

/// Whom a reply answers.
#[derive(Debug, Deserialize)]
pub struct Answered {
    /// The comment.
    pub id: Uuid,
    /// Who wrote it.
    #[serde(flatten)]
    pub by: Speaker,
}

/// A comment.
#[derive(Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: Uuid,
    /// Its place in the order of all.
    pub number: i64,
    state: String,
    /// Whether it opens the thread.
    pub opens: bool,
    /// What it says; none where whoever looks may not read it.
    pub text: Option<String>,
    /// The language of it.
    pub language: String,
    /// For whom of those who prepare it speaks: `lmc`, `area`.
    pub official: Option<String>,
    rule: Option<String>,
    /// Whether it waits for the approval of who wrote it.
    pub held: bool,
    /// Whether whoever looks wrote it.
    pub own: bool,
    /// When it was written.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    edited: Option<OffsetDateTime>,
    /// How many versions of it were kept.
    pub versions: i64,
    /// Whether whoever looks has reported it.
    pub reported: bool,
    /// Who wrote it.
    #[serde(flatten)]
    pub by: Speaker,
    /// What it answers.
    pub answers: Option<Answered>,
}

impl Comment {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Hidden)
    }

    /// Which rule it breaks.
    pub fn rule(&self) -> Option<Rule> {
        self.rule.as_deref().and_then(Rule::from_code)
    }

    /// When it was last edited, where that left something behind.
    pub fn edited(&self) -> Option<OffsetDateTime> {
        self.edited.filter(|_| self.versions > 0)
    }
}

/// Reads a thread on a subject, with the replies beyond a number.
///
/// # Errors
/// When the database is away.
pub async fn thread(
    connection: &mut PgConnection,
    eyes: &Eyes,
    subject: &Subject,
    id: Uuid,
    (beyond, backwards): (Option<i64>, bool),
) -> sqlx::Result<Option<Thread>> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/thread.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
        id,
        subject.id,
        subject.version,
        beyond,
        backwards,
        PAGE,
    )
    .fetch_optional(connection)
    .await
    .map(|json| json.map(|json| json.0))
}
