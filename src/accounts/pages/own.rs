//! One's own page: who one is here, whom one acts for, and the way to what can be changed.

use askama::Template;
use axum::response::Response;

use super::roles;
use crate::{
    accounts::reads::{
        account,
        invitations::{self, Invitation},
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Membership, Routes, Visit, Who, html, links},
    },
};

/// Where it is.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::OWN, Right::OwnAccount, page)
}

#[derive(Template)]
#[template(path = "accounts/own.html")]
struct OwnPage {
    layout: Layout,
    who: Who,
    letters: Vec<(uuid::Uuid, String)>,
    invitations: Vec<Invitation>,
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
        roles::of_invitation(&self.layout, invitation)
    }

    fn answer(&self, invitation: &Invitation) -> String {
        links::own_invitation(self.layout.lang, invitation.id)
    }

    fn until(&self, invitation: &Invitation) -> String {
        self.layout.lang.day_of(invitation.ends_at)
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
    let mut connection = visit.app.db.read().await?;
    let letters = account::letters(&mut connection, &who, visit.now).await?;
    let invitations = invitations::of_person(&mut connection, who.person, visit.now).await?;
    drop(connection);
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.accounts_own())];
    let layout = visit.layout(t.accounts_own(), "own", crumbs);
    html(&OwnPage { layout, who, letters, invitations })
}
