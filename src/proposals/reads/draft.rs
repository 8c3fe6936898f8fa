//! A proposal as its authors write it.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{BaseText, Group, Merged};
use crate::{
    attachments::Attachment,
    kernel::actor::Viewer,
    organisations::Senders,
    proposals::{
        lifecycle::State,
        number::ProposalNumber,
        proposal::{Kind, Lack, Reasons, There},
    },
    requirements::{
        RequirementNumber,
        clause_form::WordedClause,
        fields::{Kind as Type, Level},
    },
};

/// It, whole.
#[derive(Debug, Clone, Deserialize)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    number: Option<i64>,
    year: Option<i16>,
    /// What is wished for.
    pub kind: Kind,
    state: String,
    /// Counts every change.
    pub lock: i32,
    /// Its title.
    pub title: String,
    /// Type of requirement.
    #[serde(rename = "type")]
    pub requirement_type: Option<Type>,
    /// Level.
    pub level: Option<Level>,
    /// What was asked to be completed.
    pub said: String,
    /// Why.
    pub reasons: Reasons,
    /// The product group.
    pub group: Group,
    /// Whether similar ones were looked at.
    pub similar_seen: bool,
    /// When it was changed last.
    #[serde(with = "time::serde::rfc3339")]
    pub changed: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub changed_by: Option<String>,
    /// Whether its organisation is a supplier or an industry body.
    pub industry: bool,
    /// The organisation.
    pub owner: Uuid,
    /// Who sends in the organisation's name, if it has chosen.
    pub senders: Option<Senders>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// Its clauses.
    pub clauses: Vec<WordedClause>,
    /// What it builds on.
    pub base: Option<BaseText>,
    /// What is to be merged.
    pub merged: Vec<Merged>,
}

impl Draft {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Withdrawn)
    }

    /// What it is cited by, once it was sent in.
    pub fn cited(&self) -> Option<ProposalNumber> {
        self.number.zip(self.year).map(|(number, year)| ProposalNumber { year, number })
    }

    /// Its files as the page shows them, to be told from others.
    pub fn files(&self) -> String {
        let ids: Vec<String> = self.attachments.iter().map(|one| one.id.to_string()).collect();
        ids.join(" ")
    }

    /// The requirement that it is about.
    pub fn requirement(&self) -> Option<RequirementNumber> {
        self.base.as_ref().map(BaseText::requirement)
    }

    /// Whether it proposes anything else than what it builds on.
    pub fn is_changed(&self) -> bool {
        let Some(base) = &self.base else { return true };
        let clauses = self.clauses.iter().map(|clause| clause.text.as_str());
        self.title != base.title
            || self.requirement_type != Some(base.kind)
            || self.level != Some(base.level)
            || !clauses.eq(base.clauses.iter().map(|clause| clause.text.as_str()))
    }

    /// What it lacks that it needs before it is sent in.
    pub fn lacks(&self) -> Vec<Lack> {
        let there = There {
            kind: self.kind,
            similar: self.similar_seen,
            text: !self.clauses.is_empty(),
            type_and_level: self.requirement_type.is_some() && self.level.is_some(),
            changed: self.is_changed(),
            problem: !self.reasons.problem.is_empty(),
            gain: !self.reasons.gain.is_empty(),
            verification: !self.reasons.verification.is_empty(),
            interest: !self.industry || !self.reasons.interest.is_empty(),
        };
        there.lacks()
    }
}

/// Reads it; none where it is none of theirs.
///
/// # Errors
/// When the database is away.
pub async fn draft(
    connection: &mut PgConnection,
    (viewer, person): (&Viewer, Option<Uuid>),
    id: Uuid,
) -> sqlx::Result<Option<Draft>> {
    let read = sqlx::query_file_scalar!("src/proposals/reads/draft.sql", id, viewer.level(), viewer.organisations(), person);
    read.fetch_optional(connection).await.map(|json| json.map(|json| json.0))
}

/// One of those that the own organisation writes on.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    number: Option<i64>,
    year: Option<i16>,
    kind: String,
    /// Its state.
    pub state: String,
    /// Its title.
    pub title: String,
    /// When it was changed last.
    pub changed_at: OffsetDateTime,
    /// By whom.
    pub changed_by: Option<String>,
    requirement: Option<i64>,
}

impl Listed {
    /// What it is cited by.
    pub fn cited(&self) -> Option<ProposalNumber> {
        self.number.zip(self.year).map(|(number, year)| ProposalNumber { year, number })
    }

    /// What is wished for.
    pub fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::New)
    }

    /// The requirement that it is about.
    pub fn requirement(&self) -> Option<RequirementNumber> {
        self.requirement.map(RequirementNumber::from_db)
    }
}

/// The latest hundred of them.
///
/// # Errors
/// When the database is away.
pub async fn drafts(
    connection: &mut PgConnection,
    viewer: &Viewer,
    (person, organisation): (Option<Uuid>, Option<Uuid>),
) -> sqlx::Result<Vec<Listed>> {
    let read = sqlx::query_file_as!(
        Listed,
        "src/proposals/reads/drafts.sql",
        viewer.level(),
        viewer.organisations(),
        person,
        organisation
    );
    read.fetch_all(connection).await
}

/// Whether there is such a proposal, whoever's it is; what is in it nobody is told.
///
/// # Errors
/// When the database is away.
pub async fn is_there(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let read = sqlx::query_scalar!(
        r#"select exists (select from proposal p where p.id = $1 and may_see(p.audience, p.owner_org, 100::smallint, '{}')) as "is!""#,
        id
    );
    read.fetch_one(connection).await
}
