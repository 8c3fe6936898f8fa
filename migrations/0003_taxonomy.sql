-- What requirements are about: the bank's own tree, CPV, objectives, and what they refer to.

create table product_area (
    id             uuid primary key,
    slug           text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    name_sv        text not null unique check (length(name_sv) between 1 and 120),
    name_en        text not null check (length(name_en) between 1 and 120),
    description_sv text not null default '' check (length(description_sv) <= 2000),
    description_en text not null default '' check (length(description_en) <= 2000),
    position       int not null
);

create table product_group (
    id             uuid primary key,
    area_id        uuid not null references product_area,
    slug           text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    name_sv        text not null check (length(name_sv) between 1 and 120),
    name_en        text not null check (length(name_en) between 1 and 120),
    description_sv text not null default '' check (length(description_sv) <= 2000),
    description_en text not null default '' check (length(description_en) <= 2000),
    position       int not null,
    unique (area_id, slug),
    unique (area_id, name_sv)
);

-- A group is owned by one procurement area at a time; periods never overlap.
create table product_group_owner (
    group_id uuid not null references product_group,
    letter   text not null references procurement_area,
    valid    daterange not null check (not isempty(valid)),
    primary key (group_id, letter, valid),
    exclude using gist (group_id with =, valid with &&)
);
create index product_group_owner_letter on product_group_owner (letter);

-- Common Procurement Vocabulary 2008. Without check digit.
create table cpv_code (
    code    text primary key check (code ~ '^[0-9]{8}$'),
    name_sv text not null check (length(name_sv) between 1 and 400),
    name_en text not null check (length(name_en) between 1 and 400)
);

create table product_group_cpv (
    group_id uuid not null references product_group,
    code     text not null references cpv_code,
    primary key (group_id, code)
);
create index product_group_cpv_code on product_group_cpv (code);

-- The sixteen national environmental quality objectives.
create table objective (
    slug           text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    position       int not null unique,
    name_sv        text not null unique,
    name_en        text not null unique,
    description_sv text not null default '' check (length(description_sv) <= 2000),
    description_en text not null default '' check (length(description_en) <= 2000)
);

create table agenda_goal (
    number  smallint primary key check (number between 1 and 17),
    name_sv text not null unique,
    name_en text not null unique
);

-- A law, standard or label as an object of its own. An edition is a row: versions cite the edition they were decided with.
create table reference (
    id            uuid primary key,
    kind          text not null check (kind in ('law', 'standard', 'label')),
    name          text not null check (length(name) between 1 and 300),
    edition       text not null default '' check (length(edition) <= 100),
    url           text check (url ~ '^https?://' and length(url) <= 600),
    in_force_from date,
    in_force_to   date check (in_force_to >= in_force_from),
    -- LOU 2016:1145 9:12–15, which of the six conditions the label meets; and the criteria that a buyer may ask for
    label_conditions text[] not null default '{}'
        check (label_conditions <@ array['relevant', 'objective', 'open_process', 'accessible', 'independent', 'third_party_verified']),
    label_criteria   text check (length(label_criteria) <= 2000),
    check (kind = 'label' or (label_conditions = '{}' and label_criteria is null)),
    unique (kind, name, edition)
);
