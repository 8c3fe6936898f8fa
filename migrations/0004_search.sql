-- One document for each thing that can be found. The slice that owns the thing writes its document in the same
-- transaction as the thing itself; search knows no slice.

create table search_document (
    kind       text not null check (kind ~ '^[a-z_]{1,40}$'),
    id         uuid not null,
    subject_id uuid not null,                    -- what the document is a state of (a version's requirement)
    number     bigint not null,                  -- the printed number, for order and look-up
    audience   smallint not null,
    owner_org  uuid,
    valid      tstzrange not null,               -- when the document is a current answer
    title      text not null check (length(title) <= 400),
    body       text not null,                    -- what excerpts are cut from
    facets     text[] not null default '{}',     -- 'level:basic', 'area:textil', 'cpv:3314'
    review_by  date,
    tsv        tsvector not null,
    primary key (kind, id)
);
create index search_document_tsv on search_document using gin (tsv) with (fastupdate = off);
create index search_document_facets on search_document using gin (facets) with (fastupdate = off);
create index search_document_subject on search_document (kind, subject_id);
-- what came into force last, without looking at the rest
create index search_document_latest on search_document (kind, (lower(valid)) desc, id desc);
