//! What roles are called.

use crate::kernel::{actor::Role, i18n::Texts};

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
pub(super) fn names(t: &Texts, roles: &[Role]) -> String {
    Role::ALL.iter().filter(|role| roles.contains(role)).map(|role| name(t, *role)).collect::<Vec<_>>().join(", ")
}
