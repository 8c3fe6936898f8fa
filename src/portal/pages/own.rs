//! One's own page: who one is here, what one has written, whom one acts for, and the way to what can be changed.

use askama::Template;
use axum::response::Response;

use super::own_comments::Said;
use crate::{
    accounts::roles,
    dialogue::Eyes,
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Membership, Routes, Visit, Who, html, links},
    },
    portal::reads::own_work::{self as read, Draft, FEW, Few, Invitation, Proposal, Wanted},
    proposals,
};

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::OWN, Right::OwnAccount, page)
}

#[derive(Template)]
#[template(path = "portal/own.html")]
struct OwnPage {
    layout: Layout,
    who: Who,
    letters: Vec<(uuid::Uuid, String)>,
    invitations: Vec<Invitation>,
    drafts: Few<Draft>,
    proposals: Few<Proposal>,
    said: Said,
    comments: i64,
}

impl OwnPage {
    fn roles(&self, membership: &Membership) -> String {
        let mut names = roles::names(&self.layout.t, &membership.roles);
        for (_, letter) in self.letters.iter().filter(|(id, _)| *id == membership.id) {
            names.push_str(&self.layout.t.accounts_own_letter(letter));
        }
        names
    }

    fn is_acting(&self, membership: &Membership) -> bool {
        self.who.acting == Some(membership.id)
    }

    /// Whether some role rests until a second factor is shown.
    fn rests(&self, membership: &Membership) -> bool {
        self.who.second_at.is_none() && membership.roles.iter().any(|role| role.needs_second_factor())
    }

    /// What waits for them, for who may see what waits.
    fn waiting(&self) -> Option<String> {
        let t = self.layout.t;
        let some = || if self.who.waiting > 0 { t.tasks_own_count(self.who.waiting) } else { t.tasks_own_none().to_owned() };
        Right::ReadInbox.held_by(&self.who.actor()).then(some)
    }

    fn role(&self, invitation: &Invitation) -> String {
        roles::offered(&self.layout, invitation.role(), invitation.letter.as_deref(), invitation.role_ends_at)
    }

    fn answer(&self, invitation: &Invitation) -> String {
        links::own_invitation(self.layout.lang, invitation.id)
    }

    fn until(&self, invitation: &Invitation) -> String {
        self.layout.lang.day_of(invitation.ends_at)
    }

    /// Whether they write proposals for the organisation that they act for.
    fn drafts_proposals(&self) -> bool {
        self.who.membership().is_some() && Right::DraftProposals.held_by(&self.who.actor())
    }

    /// Whether there is anything that they have written, or could; also for whom nobody has given a role yet.
    fn writes(&self) -> bool {
        !self.has_written_nothing() || self.who.roles().is_empty() || Right::Comment.held_by(&self.who.actor())
    }

    fn has_written_nothing(&self) -> bool {
        self.drafts.total + self.proposals.total + self.comments == 0
    }

    fn draft(&self, draft: &Draft) -> String {
        links::proposal_draft(self.layout.lang, draft.id, links::STEP_REVIEW)
    }

    fn draft_kind(&self, draft: &Draft) -> &'static str {
        proposals::kind_name(&self.layout.t, &draft.kind)
    }

    fn saved(&self, draft: &Draft) -> String {
        self.layout.t.own_work_begun(self.layout.lang.moment(draft.changed))
    }

    fn proposal(&self, proposal: &Proposal) -> String {
        links::proposal(self.layout.lang, proposal.cited())
    }

    fn state(&self, proposal: &Proposal) -> &'static str {
        proposals::state_name(&self.layout.t, &proposal.state())
    }

    fn tag(&self, proposal: &Proposal) -> &'static str {
        proposals::state_tag(&proposal.state())
    }

    fn next(&self, proposal: &Proposal) -> &'static str {
        if proposal.held { self.layout.t.proposals_held_text() } else { proposals::next_step(&self.layout.t, &proposal.state()) }
    }

    /// That there are more than these.
    fn shown_of(&self, total: i64) -> Option<String> {
        (total > FEW).then(|| self.layout.t.own_work_shown_of(FEW, total))
    }

    /// The proposals of theirs and of their organisation, whatever has become of them.
    fn all_proposals(&self) -> String {
        let all = links::words::word(links::words::PROPOSAL_STATES, "all").unwrap_or_default();
        links::with_query(&self.layout.href(links::PROPOSALS), [("visa", all), ("vara", "1")])
    }

    /// Whether they look after who belongs to the organisation that they act for.
    fn invites(&self) -> bool {
        Right::Invite.held_by(&self.who.actor())
    }

    fn approves(&self) -> bool {
        Right::ApproveAccounts.held_by(&self.who.actor())
    }

    fn organisation(&self) -> String {
        self.layout.href(links::OWN_ORGANISATION)
    }

    fn register(&self) -> String {
        self.layout.href(links::REGISTER)
    }

    fn approval(&self) -> &'static str {
        links::LMC_ACCOUNTS
    }

    fn acting(&self) -> String {
        self.layout.href(links::ACTING)
    }

    fn account(&self) -> String {
        self.layout.href(links::OWN_ACCOUNT)
    }

    fn sessions(&self) -> String {
        self.layout.href(links::OWN_SESSIONS)
    }

    fn two_steps(&self) -> String {
        self.layout.href(links::TWO_STEPS)
    }

    fn data(&self) -> String {
        self.layout.href(links::OWN_DATA)
    }

    fn erase(&self) -> String {
        self.layout.href(links::OWN_ERASE)
    }

    fn selections(&self) -> String {
        self.layout.href(links::SELECTIONS)
    }

    fn sign_out(&self) -> String {
        self.layout.href(links::SIGN_OUT)
    }
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    let work = read::work(&mut *visit.app.db.read().await?, who.person, &Eyes::of(&visit), &Wanted::default()).await?;
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.accounts_own())];
    let layout = visit.layout(t.accounts_own(), "own", crumbs);
    html(&OwnPage {
        said: Said::of(work.comments.rows, visit.lang),
        comments: work.comments.total,
        letters: work.letters,
        invitations: work.invitations,
        drafts: work.drafts,
        proposals: work.proposals,
        layout,
        who,
    })
}
