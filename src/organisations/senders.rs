//! Who may send in the name of an organisation. Pure.

use serde::Deserialize;

use super::Kind;
use crate::kernel::{
    actor::{Actor, Role},
    rights::Right,
};

/// Who may, of those who belong to it and may write for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Senders {
    /// Everybody.
    Everybody,
    /// Those alone whose role is to look after it, or to coordinate.
    Entrusted,
}

impl Senders {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Everybody, Self::Entrusted];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Entrusted => "entrusted",
        }
    }

    /// That of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|senders| senders.code() == code)
    }

    /// What holds in an organisation of this kind that has not chosen, in the words of the choice.
    pub fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Supplier | Kind::IndustryBody => Self::Entrusted,
            Kind::Region | Kind::NationalBody | Kind::ContractingAuthority => Self::Everybody,
        }
    }
}

/// Whether a role sends in an organisation that has chosen so, or not at all: then as the rights table says.
fn sends(chosen: Option<Senders>, role: Role) -> bool {
    match chosen {
        None => Right::SendProposals.of(role),
        Some(Senders::Everybody) => Right::DraftProposals.of(role),
        Some(Senders::Entrusted) => Right::SendProposals.of(role) && role != Role::RegionMember,
    }
}

/// The roles that send in an organisation that has chosen so.
pub fn sending_roles(chosen: Option<Senders>) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| sends(chosen, *role)).collect()
}

/// Whether somebody who acts for the organisation sends in its name.
pub fn may_send(chosen: Option<Senders>, actor: &Actor) -> bool {
    matches!(actor, Actor::Person { organisation: Some(_), roles, .. } if roles.iter().any(|role| sends(chosen, *role)))
}
