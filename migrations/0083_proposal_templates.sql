-- Texts that those who handle proposals answer with again and again.

create table answer_template (
    id         uuid primary key,
    name       text not null unique check (length(name) between 1 and 120),
    kind       text not null check (kind in ('general', 'return', 'rest', 'merge', 'reject')),
    text       text not null check (length(text) between 1 and 4000),
    lock       int not null default 1 check (lock > 0),
    changed_at timestamptz not null
);
