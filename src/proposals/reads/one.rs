//! A proposal that was sent in, as everybody sees it.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{BaseText, Group, Merged, Other, named};
use crate::{
    attachments::Attachment,
    kernel::{i18n::Lang, web::Visit},
    organisations::Senders,
    proposals::{
        lifecycle::State,
        number::ProposalNumber,
        proposal::{Kind, Reasons},
    },
    requirements::{
        RequirementNumber,
        clause_form::WordedClause,
        clauses::Clause,
        fields::{Kind as Type, Level},
        parameters,
    },
};

/// It, whole.
#[derive(Debug, Clone, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: Uuid,
    number: i64,
    year: i16,
    /// What is wished for.
    pub kind: Kind,
    state: String,
    /// Its title.
    pub title: String,
    /// Type of requirement.
    #[serde(rename = "type")]
    pub requirement_type: Option<Type>,
    /// Level.
    pub level: Option<Level>,
    /// The reason of the last step that took one.
    pub said: String,
    /// Why; known products only for who may see them.
    pub reasons: Reasons,
    /// The product group.
    pub group: Group,
    /// When it came in.
    #[serde(with = "time::serde::rfc3339")]
    pub submitted: OffsetDateTime,
    /// By when it is answered.
    #[serde(with = "crate::requirements::fields::iso_date_option")]
    pub answer_by: Option<Date>,
    /// Whether it waits for the approval of who sent it.
    pub held: bool,
    /// Whether it is of the viewer's organisation.
    pub own: bool,
    /// Whether it builds on a text that may not be shown, so that neither may its own.
    pub text_hidden: bool,
    /// Whether the viewer is one of those who handle it, or prepare.
    pub handles: bool,
    /// Who sends in the name of the viewer's organisation, if it has chosen.
    pub senders: Option<Senders>,
    /// Whose it is.
    pub organisation: Organisation,
    /// Who wrote it; none where the account was erased.
    pub author: Option<String>,
    /// Who handles it.
    pub handler: Option<Handler>,
    /// Its clauses.
    pub clauses: Vec<WordedClause>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// What it builds on.
    pub base: Option<BaseText>,
    /// What is in force now, where that is another version.
    pub current: Option<BaseText>,
    /// That a requirement that it wants changed or merged is repealed, as long as it is open and not taken in.
    pub repealed: Option<Repealed>,
    /// What is to be merged.
    pub merged: Vec<Merged>,
    /// What it goes on in.
    pub into: Option<Other>,
    /// The decision that answered it, as it is cited.
    pub decision: Option<String>,
    /// The version that it became part of, once that is decided.
    pub became: Option<Merged>,
    /// What goes on in it.
    pub absorbed: Vec<Other>,
    /// Who else stands behind it.
    pub cosigners: Vec<Cosigner>,
    /// Others that are open on the same requirement.
    pub others: Vec<Rival>,
    /// What has happened to it.
    pub events: Vec<Happened>,
    /// What those who prepare wrote; none for others.
    pub notes: Vec<Note>,
}

impl Proposal {
    /// Whether it can be taken in as it stands: somebody may, its text may be shown, and what it wants changed applies.
    pub fn can_be_taken(&self) -> bool {
        let applies = self.repealed.is_none() || self.kind == Kind::Merge;
        matches!(self.state(), State::Submitted | State::InPreparation) && !self.text_hidden && applies
    }

    /// The same, with all its texts as people read them: names instead of the marks of what a buyer fills in.
    #[must_use]
    pub fn in_words(mut self, lang: Lang) -> Self {
        let Some(base) = &mut self.base else {
            let merged: Vec<_> = self.merged.iter().flat_map(|merged| merged.parameters.clone()).collect();
            named(&mut self.clauses, &merged, lang);
            return self;
        };
        named(&mut self.clauses, &base.parameters, lang);
        for rival in &mut self.others {
            named(&mut rival.clauses, &base.parameters, lang);
            rival.base = parameters::named_clauses(&rival.base, &base.parameters, lang);
        }
        base.clauses = base.named(lang);
        if let Some(current) = &mut self.current {
            current.clauses = current.named(lang);
        }
        self
    }

    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Submitted)
    }
}

/// That a requirement is repealed.
#[derive(Debug, Clone, Deserialize)]
pub struct Repealed {
    number: i64,
    /// When it ends.
    #[serde(with = "time::serde::rfc3339")]
    pub effective: OffsetDateTime,
    /// Whether it has ended.
    pub over: bool,
    /// What comes instead.
    pub successors: Vec<Successor>,
}

impl Repealed {
    /// What it is cited by.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// A requirement that comes instead of another.
#[derive(Debug, Clone, Deserialize)]
pub struct Successor {
    number: i64,
    /// Its title; empty where it may not be shown.
    pub title: String,
}

impl Successor {
    /// What it is cited by.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// An organisation, by name.
#[derive(Debug, Clone, Deserialize)]
pub struct Organisation {
    /// Its word in addresses, where it is shown.
    pub slug: Option<String>,
    name_sv: String,
    name_en: String,
}

impl Organisation {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }
}

/// An organisation that stands behind it.
#[derive(Debug, Clone, Deserialize)]
pub struct Cosigner {
    /// Its id.
    pub id: Uuid,
    /// The organisation.
    #[serde(flatten)]
    pub organisation: Organisation,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// Who handles it.
#[derive(Debug, Clone, Deserialize)]
pub struct Handler {
    /// The person.
    pub id: Uuid,
    /// Their name; none where the account was erased.
    pub name: Option<String>,
    organisation_sv: String,
    organisation_en: String,
}

impl Handler {
    /// For whom they act.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }
}

/// Another proposal on the same requirement, with its text.
#[derive(Debug, Clone, Deserialize)]
pub struct Rival {
    /// Which one.
    #[serde(flatten)]
    pub other: Other,
    /// What is wished for.
    pub kind: Kind,
    organisation_sv: String,
    organisation_en: String,
    /// Its clauses.
    pub clauses: Vec<WordedClause>,
    /// Those of the version that it builds on.
    pub base: Vec<Clause>,
}

impl Rival {
    /// Whose it is.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }
}

/// Something that happened to it.
#[derive(Debug, Clone, Deserialize)]
pub struct Happened {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What: `proposal.submitted`.
    pub kind: String,
    /// The reason given.
    pub reason: Option<String>,
    organisation_sv: Option<String>,
    organisation_en: Option<String>,
    /// Another proposal that is meant.
    pub other: Option<Other>,
}

impl Happened {
    /// Who did it.
    pub fn organisation(&self, lang: Lang) -> Option<&str> {
        if lang.is_swedish() { self.organisation_sv.as_deref() } else { self.organisation_en.as_deref() }
    }
}

/// What one of those who prepare wrote.
#[derive(Debug, Clone, Deserialize)]
pub struct Note {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub by: Option<String>,
    /// The words.
    pub text: String,
}

/// The files that hang on it; none where there is none for the viewer, or builds on a text that may not be shown.
///
/// # Errors
/// When the database is away.
pub async fn attachments(connection: &mut PgConnection, visit: &Visit, number: ProposalNumber) -> sqlx::Result<Vec<Attachment>> {
    let read = sqlx::query_file_scalar!(
        "src/proposals/reads/attachments.sql",
        number.number,
        number.year,
        visit.viewer.level(),
        visit.viewer.organisations(),
        visit.actor().person().0,
    );
    read.fetch_optional(connection).await.map(|json| json.map(|json| json.0).unwrap_or_default())
}

/// Reads it; none where there is none for the viewer.
///
/// # Errors
/// When the database is away.
pub async fn one(connection: &mut PgConnection, visit: &Visit, number: ProposalNumber) -> sqlx::Result<Option<Proposal>> {
    let (person, organisation) = visit.actor().person();
    let read = sqlx::query_file_scalar!(
        "src/proposals/reads/one.sql",
        number.number,
        number.year,
        visit.viewer.level(),
        visit.viewer.organisations(),
        visit.now,
        person,
        organisation,
        visit.today(),
    );
    read.fetch_optional(connection).await.map(|json| json.map(|json| json.0))
}
