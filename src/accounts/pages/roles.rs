//! What roles are called.

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

/// What an invitation gives: an area coordinator with the area, and until when.
pub(super) fn of_invitation(layout: &Layout, invitation: &Invitation) -> String {
    let t = &layout.t;
    let mut text = name(t, invitation.role()).to_owned();
    if let Some(letter) = &invitation.letter {
        text.push_str(&t.accounts_own_letter(letter));
    }
    if let Some(until) = invitation.role_ends_at {
        // The last day is the one before it ends.
        text.push_str(&t.accounts_invitation_until(layout.lang.day_of(until - time::Duration::seconds(1))));
    }
    text
}
