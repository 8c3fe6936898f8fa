-- Who takes part: regions, national bodies, industry bodies, suppliers.

create table organisation (
    id       uuid primary key,
    slug     text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    kind     text not null check (kind in ('region', 'national_body', 'contracting_authority', 'supplier', 'industry_body')),
    name_sv  text not null unique check (length(name_sv) between 1 and 200),
    name_en  text not null check (length(name_en) between 1 and 200),
    about_sv text not null default '' check (length(about_sv) <= 2000),
    about_en text not null default '' check (length(about_en) <= 2000),
    nuts     text unique check (nuts ~ '^SE[0-9]{3}$'),
    homepage text check (homepage ~ '^https://' and length(homepage) <= 400),
    check ((kind = 'region') = (nuts is not null))
);

-- The eight procurement areas A–H that the regions share the country between.
create table procurement_area (
    letter  text primary key check (letter ~ '^[A-H]$'),
    name_sv text not null check (length(name_sv) between 1 and 200),
    name_en text not null check (length(name_en) between 1 and 200)
);

-- Which regions make up a procurement area, and when.
create table procurement_area_region (
    letter          text not null references procurement_area,
    organisation_id uuid not null references organisation,
    valid           daterange not null check (not isempty(valid)),
    primary key (letter, organisation_id, valid),
    exclude using gist (organisation_id with =, valid with &&)
);
