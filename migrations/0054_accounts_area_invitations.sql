-- Area coordinators are invited too: to a procurement area, and for a period.
alter table invitation drop constraint invitation_role_check;
alter table invitation
    add constraint invitation_role_check
        check (role in ('supplier_member', 'region_member', 'region_coordinator', 'area_coordinator', 'lmc_coordinator',
                        'decision_maker', 'organisation_admin')),
    -- the procurement area that an area coordinator is to look after, and when that ends
    add column letter text references procurement_area,
    add column role_ends_at timestamptz check (role_ends_at > created_at),
    add constraint invitation_area check ((role = 'area_coordinator') = (letter is not null)),
    add constraint invitation_period check (role = 'area_coordinator' or role_ends_at is null);
