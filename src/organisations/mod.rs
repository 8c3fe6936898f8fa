//! Who takes part: regions, national bodies, other buyers, suppliers and their industry bodies. Those that are listed are
//! public, and the pages read the tables (`portal/reads/organisation*`); one that has applied is listed when it is approved.

pub mod country;
mod joining;
pub mod number;
mod policy;
mod senders;
mod store;
mod workflow;

pub use joining::{Proposed, list, propose};
pub use senders::{Senders, may_send, sending_roles};
pub use workflow::{Edited, Facts, Names, New, Refused, add, edit, find, kind, names, senders, set_senders};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most characters of an organisation's name.
pub const MOST_ORGANISATION: usize = 200;

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrganisationKind)]
pub enum Kind {
    /// One of the regions of Sweden.
    Region,
    /// A network of the regions, or what they run together.
    NationalBody,
    /// What companies of one line run together.
    IndustryBody,
    /// A buyer that is no region.
    ContractingAuthority,
    /// A company that sells, or may.
    Supplier,
}

impl Kind {
    /// Every kind, in the order of the directory.
    pub const ALL: [Self; 5] = [Self::Region, Self::NationalBody, Self::IndustryBody, Self::ContractingAuthority, Self::Supplier];

    /// The code that is stored and exchanged.
    pub fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::NationalBody => "national_body",
            Self::IndustryBody => "industry_body",
            Self::ContractingAuthority => "contracting_authority",
            Self::Supplier => "supplier",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whether it can be the slug of an organisation.
pub fn is_slug(text: &str) -> bool {
    (1..=80).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
