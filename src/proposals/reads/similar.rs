//! What is like a draft: requirements in force, and open proposals.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::draft::Draft;
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    proposals::{lifecycle::State, number::ProposalNumber},
    requirements::RequirementNumber,
    search::{self, Alike, Wanted},
};

/// How many of each are shown.
const MOST: usize = 5;

/// A requirement that is like it.
#[derive(Debug, Clone)]
pub struct LikeRequirement {
    /// Its number.
    pub number: RequirementNumber,
    /// Its title.
    pub title: String,
    /// Why it is shown.
    pub alike: Alike,
}

/// An open proposal that is like it.
#[derive(Debug, Clone)]
pub struct LikeProposal {
    /// What it is cited by.
    pub number: ProposalNumber,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// Whether it is about the same requirement.
    pub same_requirement: bool,
    /// Why it is shown.
    pub alike: Alike,
    name_sv: String,
    name_en: String,
}

impl LikeProposal {
    /// Whose it is.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }
}

/// Both, most alike first.
///
/// # Errors
/// When the database is away.
pub async fn similar(
    connection: &mut PgConnection,
    viewer: &Viewer,
    draft: &Draft,
    now: OffsetDateTime,
) -> sqlx::Result<(Vec<LikeRequirement>, Vec<LikeProposal>)> {
    let text: Vec<&str> = draft.clauses.iter().map(|clause| clause.text.as_str()).collect();
    let text = text.join(" ");
    let among = draft.group.facet();
    let wanted = Wanted { title: &draft.title, text: &text, among: &among, most: MOST + 1 };
    let found = search::similar(connection, viewer, now, wanted).await?;
    // What it builds on is like it, which is no news.
    let own: Vec<i64> =
        draft.base.iter().map(|base| base.number).chain(draft.merged.iter().map(|merged| merged.number)).collect();
    let requirements = found.into_iter().filter(|one| !own.contains(&one.number)).take(MOST);
    let requirements = requirements.map(|one| LikeRequirement {
        number: RequirementNumber::from_db(one.number),
        title: one.title,
        alike: one.alike,
    });
    let requirements: Vec<LikeRequirement> = requirements.collect();
    let rows = proposals(connection, viewer, draft, &own).await?;
    let mut proposals: Vec<(usize, LikeProposal)> = rows
        .into_iter()
        .filter_map(|row| {
            let percent = usize::try_from(row.percent).unwrap_or(0);
            let alike = Alike::of((&draft.title, &text), (&row.title, &row.text), percent);
            let rank = if row.same_requirement { Some(usize::MAX) } else { alike.rank() }?;
            let proposal = LikeProposal {
                number: ProposalNumber { year: row.year, number: row.number },
                title: row.title,
                state: State::from_code(&row.state).unwrap_or(State::Submitted),
                same_requirement: row.same_requirement,
                alike,
                name_sv: row.name_sv,
                name_en: row.name_en,
            };
            Some((rank, proposal))
        })
        .collect();
    proposals.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.number.number.cmp(&a.1.number.number)));
    Ok((requirements, proposals.into_iter().take(MOST).map(|(_, proposal)| proposal).collect()))
}

struct Row {
    number: i64,
    year: i16,
    title: String,
    state: String,
    percent: i32,
    same_requirement: bool,
    name_sv: String,
    name_en: String,
    text: String,
}

async fn proposals(connection: &mut PgConnection, viewer: &Viewer, draft: &Draft, own: &[i64]) -> sqlx::Result<Vec<Row>> {
    sqlx::query_file_as!(
        Row,
        "src/proposals/reads/alike.sql",
        draft.title,
        draft.group.id,
        own,
        draft.id,
        viewer.level(),
        viewer.organisations(),
    )
    .fetch_all(connection)
    .await
}
