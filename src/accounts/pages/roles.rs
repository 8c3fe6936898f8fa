//! What roles are called.

use time::OffsetDateTime;

use crate::{
    accounts::reads::invitations::Invitation,
    kernel::{actor::Role, i18n::Texts, web::Layout},
};

/// The letters of the procurement areas.
pub const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// The name of a role.
pub fn name(t: &Texts, role: Role) -> &'static str {
    match role {
        Role::SupplierMember => t.accounts_role_supplier_member(),
        Role::RegionMember => t.accounts_role_region_member(),
        Role::RegionCoordinator => t.accounts_role_region_coordinator(),
        Role::AreaCoordinator => t.accounts_role_area_coordinator(),
        Role::LmcCoordinator => t.accounts_role_lmc_coordinator(),
        Role::DecisionMaker => t.accounts_role_decision_maker(),
        Role::OrganisationAdmin => t.accounts_role_organisation_admin(),
        Role::Admin => t.accounts_role_admin(),
    }
}

/// Their names in a row.
pub fn names(t: &Texts, roles: &[Role]) -> String {
    Role::ALL.iter().filter(|role| roles.contains(role)).map(|role| name(t, *role)).collect::<Vec<_>>().join(", ")
}

/// What an invitation gives.
pub(super) fn of_invitation(layout: &Layout, invitation: &Invitation) -> String {
    offered(layout, invitation.role(), invitation.letter.as_deref(), invitation.role_ends_at)
}

/// A role that is offered: that of an area coordinator with the area, and until when.
pub fn offered(layout: &Layout, role: Role, letter: Option<&str>, ends_at: Option<OffsetDateTime>) -> String {
    let t = &layout.t;
    let mut text = name(t, role).to_owned();
    if let Some(letter) = letter {
        text.push_str(&t.accounts_own_letter(letter));
    }
    if let Some(until) = ends_at {
        // The last day is the one before it ends.
        text.push_str(&t.accounts_invitation_until(layout.lang.day_of(until - time::Duration::seconds(1))));
    }
    text
}
