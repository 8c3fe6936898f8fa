//! What was proposed: `GET /api/v1/proposals`, and each of them.

use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    paging::{List, Place},
    params::Params,
    requirement::dated,
    store,
};
use crate::{
    attachments::Attachment,
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        web::{Asked, At, Problem, Visit, links},
    },
    proposals::{Kind, ProposalNumber, lifecycle::State},
    requirements::{
        RequirementNumber,
        fields::{Kind as Type, Level, iso_date_option},
    },
    taxonomy::where_now,
};

const PATH: &str = "/api/v1/proposals";

/// A proposal as the database tells it.
#[derive(Debug, Deserialize)]
pub(super) struct ProposalRow {
    year: i16,
    number: i64,
    kind: Kind,
    state: String,
    title: String,
    r#type: Option<Type>,
    level: Option<Level>,
    product_group: String,
    #[serde(with = "rfc3339")]
    submitted_at: OffsetDateTime,
    #[serde(with = "iso_date_option")]
    answer_by: Option<Date>,
    #[serde(with = "rfc3339")]
    state_since: OffsetDateTime,
    said: String,
    organisation: Named,
    cosigners: Vec<Named>,
    base: Option<Version>,
    merges: Vec<Version>,
    merged_into: Option<Other>,
    decision: Option<String>,
    became: Option<Version>,
    text_hidden: bool,
    clauses: Vec<ProposedClause>,
    reasons: ProposalReasons,
    attachments: Vec<Attachment>,
}

/// A page of proposals.
#[derive(Debug, Deserialize)]
pub(super) struct ProposalRows {
    /// When any of it changed last.
    #[serde(with = "rfc3339::option")]
    pub(super) changed: Option<OffsetDateTime>,
    /// How many there are on all pages.
    pub(super) total: i64,
    /// Those on the page, and one more where there are more.
    pub(super) items: Vec<ProposalRow>,
}

/// Where a page of proposals ended.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct After {
    pub(super) year: i16,
    pub(super) number: i64,
}

/// What is asked of the database.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) one: Option<ProposalNumber>,
    pub(super) kinds: Vec<String>,
    pub(super) states: Vec<String>,
    pub(super) requirement: Option<i64>,
    pub(super) groups: Vec<String>,
    pub(super) after: Option<After>,
    pub(super) offset: i64,
    pub(super) limit: i64,
}

#[derive(Debug, Deserialize)]
struct Version {
    number: i64,
    version: i32,
}

impl Version {
    fn cited(&self) -> String {
        format!("{}:{}", RequirementNumber::from_db(self.number), self.version)
    }
}

#[derive(Debug, Deserialize)]
struct Other {
    year: i16,
    number: i64,
}

/// How a proposal stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ProposalState {
    Submitted,
    Returned,
    InPreparation,
    TakenIn,
    Dormant,
    Accepted,
    PartlyAccepted,
    Rejected,
    Merged,
    Withdrawn,
}

/// What is wished for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ProposalKind {
    New,
    Change,
    Repeal,
    Merge,
}

/// A proposal, as it was sent in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Proposal {
    #[schema(example = "F-2026-0017")]
    id: String,
    #[schema(value_type = ProposalKind)]
    kind: &'static str,
    #[schema(value_type = ProposalState)]
    state: &'static str,
    title: String,
    /// Null for a repeal.
    r#type: Option<Type>,
    level: Option<Level>,
    /// As `area/group`.
    #[schema(example = "medicinteknik/handskar")]
    product_group: String,
    /// The requirement that it is to change or to end.
    #[schema(example = "KB-0042")]
    requirement: Option<String>,
    /// The version in force when it was begun.
    #[schema(example = "KB-0042:3")]
    base_version: Option<String>,
    /// The versions that are to become one.
    merges: Vec<String>,
    /// The clauses as proposed; one that is as in the base version, or changed from it, has its id.
    clauses: Vec<ProposedClause>,
    /// Whether it builds on a text that may not be shown, so that its clauses are left out.
    text_hidden: bool,
    reasons: ProposalReasons,
    /// Files that were sent with it; none where `text_hidden`.
    attachments: Vec<ProposalFile>,
    organisation: Named,
    /// Who stands behind it besides.
    cosigners: Vec<Named>,
    #[serde(with = "rfc3339")]
    submitted_at: OffsetDateTime,
    #[serde(with = "rfc3339")]
    state_since: OffsetDateTime,
    /// By when it is to be answered, as long as it is open.
    #[serde(with = "iso_date_option")]
    answer_by: Option<Date>,
    /// The reason of the last step that took one; may be empty.
    reason: String,
    /// The proposal that it goes on in.
    merged_into: Option<String>,
    /// The decision that answered it.
    #[schema(example = "B-2026-0011")]
    decision: Option<String>,
    /// The version that it became part of, once that is decided.
    #[schema(example = "KB-0042:4")]
    became: Option<String>,
    links: ProposalLinks,
}

/// A clause of a proposal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ProposedClause {
    /// That of the base version; null for a new one.
    id: Option<Uuid>,
    text: String,
}

/// Why it is proposed. Each may be empty.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ProposalReasons {
    problem: String,
    gain: String,
    verification: String,
    legal: String,
    interest: String,
}

/// A file that hangs on a proposal. Nobody has looked for viruses in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProposalFile {
    name: String,
    #[schema(example = "application/pdf")]
    media_type: String,
    bytes: i64,
    /// In hexadecimal.
    sha256: String,
    /// Where it is.
    link: String,
}

impl ProposalFile {
    fn of(file: Attachment, base: &str, number: ProposalNumber) -> Self {
        let link = format!("{base}{}", links::proposal_attachment(number, file.id));
        Self { name: file.name, media_type: file.media_type, bytes: file.bytes, sha256: file.sha256, link }
    }
}

/// An organisation by name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Named {
    /// Null where it is in no list.
    slug: Option<String>,
    name: String,
    name_en: String,
}

/// Where a proposal can be read about.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProposalLinks {
    #[serde(rename = "self")]
    this: String,
    /// Its page.
    html: String,
}

impl ProposalRow {
    fn number(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }

    /// As it is seen from outside.
    fn body(self, base: &str) -> Proposal {
        let number = self.number();
        let state = State::from_code(&self.state).unwrap_or(State::Submitted);
        let links = ProposalLinks {
            this: format!("{base}{PATH}/{number}"),
            html: format!("{base}{}", links::proposal(Lang::Sv, number)),
        };
        Proposal {
            id: number.to_string(),
            kind: self.kind.code(),
            state: state.code(),
            title: self.title,
            r#type: self.r#type,
            level: self.level,
            product_group: self.product_group,
            requirement: self.base.as_ref().map(|base| RequirementNumber::from_db(base.number).to_string()),
            base_version: self.base.as_ref().map(Version::cited),
            merges: self.merges.iter().map(Version::cited).collect(),
            clauses: self.clauses,
            text_hidden: self.text_hidden,
            reasons: self.reasons,
            attachments: self.attachments.into_iter().map(|file| ProposalFile::of(file, base, number)).collect(),
            organisation: self.organisation,
            cosigners: self.cosigners,
            submitted_at: self.submitted_at,
            state_since: self.state_since,
            answer_by: self.answer_by.filter(|_| state.is_open()),
            reason: self.said,
            merged_into: self.merged_into.map(|into| ProposalNumber { year: into.year, number: into.number }.to_string()),
            decision: self.decision,
            became: self.became.as_ref().map(Version::cited),
            links,
        }
    }
}

/// Proposals, the latest first
#[utoipa::path(
    get,
    path = "/api/v1/proposals",
    operation_id = "proposals",
    tag = "proposals",
    params(
        ("kind" = Option<Vec<ProposalKind>>, Query),
        ("state" = Option<Vec<ProposalState>>, Query),
        ("requirement" = Option<String>, Query),
        ("product_group" = Option<Vec<String>>, Query),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<Proposal>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let params = Params::read(query, &["kind", "state", "requirement", "product_group", "limit", "page", "cursor"])?;
    let place: Place<After> = Place::read(&params, &visit.app, PATH)?;
    let mut wanted = Wanted {
        one: None,
        kinds: params.codes("kind", &Kind::ALL.map(Kind::code))?,
        states: params.codes("state", &State::PUBLIC.map(State::code))?,
        requirement: params.requirement()?.map(RequirementNumber::get),
        groups: params.slugs("product_group")?,
        after: place.after,
        offset: place.passed_over(),
        limit: i64::from(place.limit),
    };
    let mut connection = visit.app.db.read().await?;
    wanted.groups = where_now(&mut connection, wanted.groups).await?;
    let rows = store::proposals(&mut connection, &visit.viewer, &wanted).await?;
    drop(connection);
    let base = visit.app.settings.base_url();
    let page = place.keyed(
        (&params, &visit.app, PATH),
        rows.items,
        rows.total,
        |row| After { year: row.year, number: row.number },
        |row| row.body(base),
    )?;
    dated(&page, rows.changed)
}

/// One proposal
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{id}",
    operation_id = "proposal",
    tag = "proposals",
    params(("id" = String, Path, description = "The number", example = "F-2026-0001")),
    responses(
        (status = 200, description = "The proposal", body = Proposal),
        (status = 308, description = "The number is spelt otherwise"),
        (status = 404, description = "No such proposal", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(visit: Visit, At(text): At<String>, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    let number = ProposalNumber::parse(&text).ok_or(Error::NotFound)?;
    if number.to_string() != text {
        return Ok(Redirect::permanent(&format!("{PATH}/{number}")).into_response());
    }
    let wanted = Wanted { one: Some(number), limit: 1, ..Wanted::default() };
    let mut connection = visit.app.db.read().await?;
    let rows = store::proposals(&mut connection, &visit.viewer, &wanted).await?;
    drop(connection);
    let row = rows.items.into_iter().next().ok_or(Error::NotFound)?;
    dated(&row.body(visit.app.settings.base_url()), rows.changed)
}
