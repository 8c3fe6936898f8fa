//! A proposal that was sent in: what is proposed and why, where it stands, what comes next, who handles it, what has happened.

use std::collections::HashSet;

use askama::Template;
use axum::response::Response;

use super::{crumbs, merged_links, number, reasons, succession::Succession, was};
use crate::{
    accounts::{name_for, name_or_removed},
    attachments::Attachment,
    dialogue::{self, About, Eyes},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Faults, Layout, Routes, Visit, html, links},
    },
    organisations::may_send,
    proposals::{
        adapting::{self, Clash},
        lifecycle::State,
        names,
        number::ProposalNumber,
        proposal::Kind,
        reads::{
            BaseText, Other, compared,
            one::{self as read, Happened, Organisation, Proposal, Rival},
        },
    },
    requirements::{
        diff::{self, ClauseChange, Piece, Summary},
        names as requirement_names,
    },
};

/// The page.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL, Right::ReadPublished, page)
}

/// Two proposals that meet on a clause.
pub struct Collision<'a> {
    /// The place of the clause in the version that both build on, from 1.
    pub place: usize,
    /// As it is in force.
    pub base: &'a str,
    /// What each makes of it; none where it takes it away.
    pub sides: Vec<(String, Option<&'a str>)>,
}

#[derive(Template)]
#[template(path = "proposals/one.html")]
struct ProposalPage {
    layout: Layout,
    faults: Faults,
    one: Proposal,
    dialogue: dialogue::Summary,
    changes: Vec<ClauseChange>,
    clashes: Vec<Clash>,
    /// Whether the own organisation may be said to stand behind it.
    may_sign: bool,
    has_signed: bool,
    may_withdraw: bool,
    may_draft: bool,
    may_write: bool,
    may_handle: bool,
}

impl ProposalPage {
    fn file(&self, one: &Attachment) -> String {
        links::proposal_attachment(self.one.cited(), one.id)
    }

    fn kind(&self) -> &'static str {
        names::kind(&self.layout.t, &self.one.kind)
    }

    fn state(&self) -> &'static str {
        names::state(&self.layout.t, &self.one.state())
    }

    fn tag(&self) -> &'static str {
        names::state_tag(&self.one.state())
    }

    fn next(&self) -> &'static str {
        names::next(&self.layout.t, &self.one.state())
    }

    fn group(&self) -> (String, String) {
        let (lang, group) = (self.layout.lang, &self.one.group);
        (format!("{}, {}", group.area(lang), group.name(lang)), links::group(lang, &group.area_slug, &group.slug))
    }

    fn base(&self) -> Option<(String, String)> {
        self.one.base.as_ref().map(|base| self.cited(base))
    }

    fn cited(&self, base: &BaseText) -> (String, String) {
        (base.cited(), links::version(self.layout.lang, base.requirement(), base.version))
    }

    /// The decision that answered it, with its page.
    fn decision(&self) -> Option<(&str, String)> {
        let decision = self.one.decision.as_deref()?;
        Some((decision, links::decision(self.layout.lang, decision)))
    }

    /// The version that it became part of, with its page and title.
    fn became(&self) -> Option<(String, String, &str)> {
        let became = self.one.became.as_ref()?;
        let link = links::version(self.layout.lang, became.requirement(), became.version);
        Some((became.cited(), link, became.title.as_str()))
    }

    fn merged(&self) -> Vec<(String, String, &str)> {
        merged_links(self.layout.lang, &self.one.merged)
    }

    /// The organisation with the page of it, where there is one.
    fn organisation(&self, organisation: &Organisation) -> (String, Option<String>) {
        let page = organisation.slug.as_ref().map(|slug| links::organisation(self.layout.lang, slug));
        (organisation.name(self.layout.lang).to_owned(), page)
    }

    fn other(&self, other: &Other) -> (String, String) {
        (other.cited().to_string(), links::proposal(self.layout.lang, other.cited()))
    }

    fn author(&self) -> &str {
        name_or_removed(self.layout.t, self.one.author.as_deref())
    }

    /// That what it wants changed is repealed, and what comes instead.
    fn succession(&self) -> Option<Succession<'_>> {
        Succession::of(self.layout.t, self.layout.lang, &self.one)
    }

    /// What is to be done about that, by its author or by those who prepare.
    fn adapting(&self, succession: &Succession<'_>) -> &'static str {
        let t = self.layout.t;
        match (succession.instead.is_empty(), self.one.own && self.may_draft) {
            (true, _) => t.proposals_repealed_none(),
            (false, true) => t.proposals_adapt_own(),
            (false, false) => t.proposals_adapt_others(),
        }
    }

    fn is_change(&self) -> bool {
        self.one.kind == Kind::Change
    }

    fn answer_by(&self) -> Option<String> {
        let waits = matches!(self.one.state(), State::Submitted | State::InPreparation | State::TakenIn);
        self.one.answer_by.filter(|_| waits && !self.one.held).map(|day| self.layout.lang.date(day))
    }

    fn handler(&self) -> String {
        match &self.one.handler {
            Some(handler) => name_for(self.layout.t, handler.name.as_deref(), handler.organisation(self.layout.lang)),
            None => self.layout.t.proposals_nobody().to_owned(),
        }
    }

    /// Title, type and level as they are proposed, with what they were.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let (t, one) = (self.layout.t, &self.one);
        if !one.kind.has_text() {
            return Vec::new();
        }
        let base = one.base.as_ref();
        let mut facts = Vec::new();
        if let Some(kind) = one.requirement_type {
            let before = base.map(|base| requirement_names::kind(&t, &base.kind));
            facts.push((t.proposals_type(), was(t, requirement_names::kind(&t, &kind), before)));
        }
        if let Some(level) = one.level {
            let before = base.map(|base| requirement_names::level(&t, &base.level));
            facts.push((t.proposals_level(), was(t, requirement_names::level(&t, &level), before)));
        }
        if base.is_some_and(|base| base.title != one.title) {
            facts.push((t.proposals_title(), was(t, &one.title, base.map(|base| base.title.as_str()))));
        }
        facts
    }

    fn summary(&self) -> String {
        let summary = Summary::of(&self.changes);
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.layout.t.proposals_summary(number(summary.changed), number(summary.added), number(summary.removed))
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        reasons::said(self.layout.t, &self.one.reasons)
    }

    fn is_secret(&self, name: &str) -> bool {
        name == self.layout.t.proposals_products()
    }

    fn is_title(&self, name: &str) -> bool {
        name == self.layout.t.proposals_title()
    }

    fn has_new_text(&self) -> bool {
        matches!(self.one.kind, Kind::New | Kind::Merge)
    }

    fn happened(&self, event: &Happened) -> &'static str {
        names::happened(&self.layout.t, &event.kind)
    }

    fn by<'a>(&self, event: &'a Happened) -> &'a str {
        event.organisation(self.layout.lang).unwrap_or("")
    }

    fn rival<'a>(&self, rival: &'a Rival) -> &'a str {
        rival.organisation(self.layout.lang)
    }

    fn rival_kind(&self, rival: &Rival) -> &'static str {
        names::kind(&self.layout.t, &rival.kind)
    }

    /// The clauses that this one and others both want changed, as far as both build on the text in force.
    fn collisions(&self) -> Vec<Collision<'_>> {
        let Some(base) = &self.one.base else { return Vec::new() };
        if self.one.kind != Kind::Change || self.one.text_hidden {
            return Vec::new();
        }
        let ours = adapting::touched(&base.clauses, &self.one.clauses);
        let others: Vec<(&Rival, HashSet<_>)> = self
            .one
            .others
            .iter()
            .filter(|rival| rival.kind == Kind::Change)
            .map(|rival| (rival, adapting::touched(&rival.base, &rival.clauses)))
            .collect();
        let mut collisions = Vec::new();
        for (place, clause) in base.clauses.iter().enumerate().filter(|(_, clause)| ours.contains(&clause.id)) {
            let text = |clauses: &'_ [crate::requirements::clause_form::WordedClause]| {
                clauses.iter().position(|own| own.id == Some(clause.id))
            };
            let met = others.iter().filter(|(_, theirs)| theirs.contains(&clause.id));
            let mut sides: Vec<(String, Option<&str>)> = met
                .map(|(rival, _)| {
                    let at = text(&rival.clauses);
                    (rival.other.cited().to_string(), at.map(|at| rival.clauses[at].text.as_str()))
                })
                .collect();
            if !sides.is_empty() {
                let own = text(&self.one.clauses).map(|at| self.one.clauses[at].text.as_str());
                sides.insert(0, (self.one.cited().to_string(), own));
                collisions.push(Collision { place: place + 1, base: &clause.text, sides });
            }
        }
        collisions
    }

    fn cited_text(&self) -> String {
        self.one.cited().to_string()
    }

    fn dialogue_link(&self) -> String {
        links::dialogue(self.layout.lang, &self.cited_text())
    }

    /// The form of a new thread, where one can be begun by whoever looks.
    fn comment_link(&self) -> String {
        let may = self.layout.who.as_ref().is_none_or(|who| Right::Comment.held_by(&who.actor()));
        let is_open = self.one.state().is_open() && !self.one.held;
        if may && is_open { links::comment_on(self.layout.lang, &self.cited_text(), None) } else { String::new() }
    }

    fn to(&self, below: &str) -> String {
        links::in_proposal(self.layout.lang, self.one.cited(), below)
    }

    fn edit(&self) -> String {
        links::proposal_draft(self.layout.lang, self.one.id, links::STEP_REVIEW)
    }

    fn handled(&self) -> String {
        links::handled_proposal(self.one.cited(), "")
    }

    fn moment(&self, event: &Happened) -> String {
        self.layout.lang.moment(event.at)
    }
}

/// Reads it and shows it, with what was refused.
pub(super) async fn show(visit: &Visit, number: ProposalNumber, faults: Faults) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let one = read::one(&mut connection, visit, number).await?.ok_or(Error::NotFound)?.in_words(visit.lang);
    let dialogue = dialogue::summary(&mut connection, &Eyes::of(visit), (About::Proposal, one.id)).await?;
    drop(connection);
    let base = one.base.as_ref().map(|base| base.clauses.clone()).unwrap_or_default();
    let clashes = match &one.current {
        Some(current) if one.kind == Kind::Change => adapting::clashes(&base, &current.clauses, &one.clauses),
        _ => Vec::new(),
    };
    // What follows silently is shown against what is in force.
    let changes = match &one.current {
        _ if one.kind != Kind::Change => Vec::new(),
        Some(current) if clashes.is_empty() => {
            let followed = adapting::followed(&base, &current.clauses, &one.clauses);
            diff::clauses(&current.clauses, &compared(&followed))
        }
        _ => diff::clauses(&base, &compared(&one.clauses)),
    };
    let actor = visit.actor();
    let organisation = actor.person().1;
    let has_signed = organisation.is_some_and(|own| one.cosigners.iter().any(|cosigner| cosigner.id == own));
    let approved = visit.who.as_ref().and_then(|who| who.membership()).is_some_and(|membership| membership.approved);
    let sends = may_send(one.senders, &actor);
    let may_draft = organisation.is_some() && Right::DraftProposals.held_by(&actor);
    let is_open = one.state().is_open();
    let layout = visit
        .layout(
            &visit.texts().proposals_one_title(number, one.title.as_str()),
            "proposals",
            crumbs(visit, vec![Crumb::here(number.to_string())]),
        )
        .described(one.reasons.problem.chars().take(200).collect::<String>());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    html(&ProposalPage {
        layout,
        faults,
        dialogue,
        changes,
        clashes,
        may_sign: sends && approved && is_open && !one.own,
        has_signed,
        may_withdraw: may_draft && is_open && one.own && (one.held || sends),
        may_draft,
        may_write: may_draft && one.own && one.state().is_written(),
        may_handle: one.handles && Right::HandleProposals.held_by(&actor),
        one,
    })
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    match number(&visit, &text)? {
        Ok(number) => show(&visit, number, Faults::default()).await,
        Err(response) => Ok(response),
    }
}
