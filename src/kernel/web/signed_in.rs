//! Who has signed in, as pages, permits and the frame meet them. The slice `accounts` finds it out, once a request; it
//! travels with the request and, for the frame, with the answer.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};
use time::OffsetDateTime;
use uuid::Uuid;

use super::App;
use crate::kernel::{
    actor::{Actor, Role, Viewer},
    error::Error,
    i18n::Lang,
};

/// The most characters that a name has where there is little room.
const ROOM: usize = 26;

/// What a person does for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: Uuid,
    /// The organisation.
    pub organisation: Uuid,
    /// The organisation's name in Swedish.
    pub name_sv: String,
    /// The organisation's name in English.
    pub name_en: String,
    /// The name in Swedish where there is little room.
    pub short_sv: String,
    /// The name in English where there is little room.
    pub short_en: String,
    /// Whether somebody said that the person belongs there. Until then what they send is not shown.
    pub approved: bool,
    /// Every role, whether or not it can be used right now.
    pub roles: Vec<Role>,
}

impl Membership {
    /// The organisation's name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Sv => &self.name_sv,
            Lang::En => &self.name_en,
        }
    }

    /// The organisation's name where there is little room: the short one where the whole would not fit.
    pub fn short_name(&self, lang: Lang) -> &str {
        let whole = self.name(lang);
        let short = if lang.is_swedish() { &self.short_sv } else { &self.short_en };
        if whole.chars().count() > ROOM { short } else { whole }
    }
}

/// A person who has signed in, in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session's id; it opens nothing.
    pub session: Uuid,
    /// The person.
    pub person: Uuid,
    /// The person's name.
    pub name: String,
    /// When they last proved who they are.
    pub proved_at: OffsetDateTime,
    /// When they last did so with a second factor.
    pub second_at: Option<OffsetDateTime>,
    /// Whether that was lately enough for what hurts others: with the second factor, where they have one.
    pub proved_lately: bool,
    /// What they do for organisations, by name.
    pub memberships: Vec<Membership>,
    /// The one that they act for now.
    pub acting: Option<Uuid>,
    /// How many tasks they have taken that still wait.
    pub waiting: i64,
}

impl SignedIn {
    /// What they do now.
    pub fn membership(&self) -> Option<&Membership> {
        self.memberships.iter().find(|one| Some(one.id) == self.acting)
    }

    /// What a form that is shown to them says of for whom it is: the membership, or themselves without one.
    pub fn shown_for(&self) -> Uuid {
        self.membership().map_or(self.person, |membership| membership.id)
    }

    /// The roles that can be used now: some want a second factor, and who is not approved has only what shows nothing that is
    /// not public.
    pub fn roles(&self) -> Vec<Role> {
        let all = self.membership().map_or(&[][..], |membership| &membership.roles);
        let approved = self.membership().is_some_and(|membership| membership.approved);
        let all = all.iter().copied().filter(|role| approved || *role == Role::SupplierMember);
        all.filter(|role| self.second_at.is_some() || !role.needs_second_factor()).collect()
    }

    /// The roles that rest until they show a second factor, whatever they act for.
    pub fn resting(&self) -> Vec<Role> {
        let all = self.memberships.iter().flat_map(|membership| &membership.roles).copied();
        all.filter(|role| self.second_at.is_none() && role.needs_second_factor()).collect()
    }

    /// Who does what they do.
    pub fn actor(&self) -> Actor {
        let organisation = self.membership().map(|membership| membership.organisation);
        Actor::Person { id: self.person, organisation, roles: self.roles() }
    }

    /// What they may see. Whose roles all rest, or are over, sees what a visitor sees; so does who only says that they work
    /// there, as long as nobody has said so too.
    pub fn viewer(&self) -> Viewer {
        let roles = self.roles();
        match self.membership() {
            Some(membership) if membership.approved && !roles.is_empty() => Viewer::acting(membership.organisation, &roles),
            _ => Viewer::anonymous(),
        }
    }
}

/// Who has signed in, as it travels.
#[derive(Debug, Clone)]
pub struct Who(pub Arc<SignedIn>);

impl FromRequestParts<App> for Who {
    type Rejection = Error;

    /// For pages that take it: the gate has let nobody else in.
    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotSignedIn)
    }
}

impl std::ops::Deref for Who {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}
