-- Settings that are words: what the network is called, who is host of the records, what the accessibility statement adds.
-- A word without a row is that of the environment, or of the program. What stands here is public: pages show it to everybody.
create table setting_word (
    key        text primary key check (key ~ '^[a-z_]{1,40}$'),
    value      text not null check (length(value) between 1 and 2000 and value !~ '[\u0001-\u0008\u000b-\u001f\u007f]'),
    changed_at timestamptz not null
);
