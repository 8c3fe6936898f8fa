-- What is going on, area by area, as those who look after the bank tell it to everybody.

create table plan_line (
    id             uuid primary key,
    -- of an area, or of one group
    area_id        uuid references product_area,
    group_id       uuid references product_group,
    text_sv        text not null check (length(text_sv) between 1 and 500),
    text_en        text not null check (length(text_en) between 1 and 500),
    state          text not null check (state in ('planned', 'under_way', 'done')),
    starts_on      date,
    -- the first day of the month in which a decision is expected
    decision_month date check (extract(day from decision_month) = 1),
    priority_until date,
    -- how many requirements are in preparation, as far as that is told
    in_preparation int check (in_preparation between 1 and 10000),
    lock           int not null default 1 check (lock > 0),
    changed_at     timestamptz not null,
    check ((area_id is null) <> (group_id is null))
);
create index plan_line_area on plan_line (area_id) where area_id is not null;
create index plan_line_group on plan_line (group_id) where group_id is not null;
