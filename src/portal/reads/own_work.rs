//! What somebody has written themselves, and what they are invited to: their own pages.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    dialogue::{self, Eyes, lifecycle::ThreadState},
    kernel::{actor::Role, i18n::Lang},
    proposals::{self, ProposalNumber, lifecycle::State},
    requirements::RequirementNumber,
};

/// How many of each stand on the first of the pages.
pub const FEW: i64 = 5;
/// How many stand on a page of what was said.
pub const PAGE: i64 = 20;

/// All of it.
#[derive(Debug, Deserialize)]
pub struct Work {
    /// The procurement areas that they look after now, by membership.
    pub letters: Vec<(Uuid, String)>,
    /// What they are invited to.
    pub invitations: Vec<Invitation>,
    /// What they have begun for the organisation that they act for.
    pub drafts: Few<Draft>,
    /// What they sent in, or began and others sent in.
    pub proposals: Few<Proposal>,
    /// What they have said in the dialogue.
    pub comments: Comments,
}

/// The latest of something.
#[derive(Debug, Deserialize)]
pub struct Few<One> {
    /// How many there are in all.
    pub total: i64,
    /// The latest of them.
    pub rows: Vec<One>,
}

/// An invitation that can be answered.
#[derive(Debug, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: Uuid,
    sv: String,
    en: String,
    role: String,
    /// The procurement area of an area coordinator.
    pub letter: Option<String>,
    /// When the role ends, where it does.
    #[serde(with = "time::serde::rfc3339::option")]
    pub role_ends_at: Option<OffsetDateTime>,
    /// When it is over.
    #[serde(with = "time::serde::rfc3339")]
    pub ends_at: OffsetDateTime,
}

impl Invitation {
    /// The organisation's name.
    pub fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }

    /// The role that it gives.
    pub fn role(&self) -> Role {
        // The database knows no other word, and this one gives the least.
        Role::from_code(&self.role).unwrap_or(Role::SupplierMember)
    }
}

/// A proposal that is being written.
#[derive(Debug, Deserialize)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    /// What is wished for.
    pub kind: proposals::Kind,
    /// Its title.
    pub title: String,
    /// When it was changed last.
    #[serde(with = "time::serde::rfc3339")]
    pub changed: OffsetDateTime,
    requirement: Option<i64>,
}

impl Draft {
    /// The requirement that it is about.
    pub fn requirement(&self) -> Option<RequirementNumber> {
        self.requirement.map(RequirementNumber::from_db)
    }
}

/// A proposal that was sent in.
#[derive(Debug, Deserialize)]
pub struct Proposal {
    number: i64,
    year: i16,
    state: String,
    /// Its title.
    pub title: String,
    /// Whether it waits for the approval of who sent it.
    pub held: bool,
}

impl Proposal {
    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Submitted)
    }
}

/// A page of what they have said.
#[derive(Debug, Deserialize)]
pub struct Comments {
    /// How many there are in all.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// The page, latest first.
    pub rows: Vec<Comment>,
}

/// One thing that they have said.
#[derive(Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: Uuid,
    /// Its place among all.
    pub number: i64,
    /// What it is about, as that is cited.
    pub cited: String,
    /// What that was called, where it may be shown.
    pub title: Option<String>,
    /// Whether it begins a thread.
    pub opens: bool,
    /// What its thread was begun for.
    pub kind: dialogue::Kind,
    state: String,
    thread_state: String,
    /// Whether it waits for the approval of who wrote it.
    pub held: bool,
    /// When it was said.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// How many others have answered it.
    pub answers: i64,
    /// Whether one of them spoke for those who prepare.
    pub official: bool,
}

impl Comment {
    /// Whether it is hidden because it breaks a rule.
    pub fn is_hidden(&self) -> bool {
        self.state == "hidden"
    }

    /// Where its thread stands.
    pub fn thread_state(&self) -> ThreadState {
        ThreadState::from_code(&self.thread_state).unwrap_or(ThreadState::Open)
    }
}

/// What of it is asked for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Beyond which number of what was said.
    pub key: Option<i64>,
    /// Towards the later ones.
    pub backwards: bool,
    /// What was said, a page of it, and nothing else.
    pub comments_alone: bool,
}

/// Reads it.
///
/// # Errors
/// When the database is away.
pub async fn work(connection: &mut PgConnection, person: Uuid, eyes: &Eyes, wanted: &Wanted) -> sqlx::Result<Work> {
    let read = sqlx::query_file_scalar!(
        "src/portal/reads/own_work.sql",
        person,
        eyes.acting,
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.today,
        eyes.now,
        wanted.key,
        wanted.backwards,
        if wanted.comments_alone { PAGE } else { FEW },
        !wanted.comments_alone,
    );
    read.fetch_one(connection).await.map(|json| json.0)
}
