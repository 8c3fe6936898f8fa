-- A wording is as long as its form takes: 200,000 characters in at most 50 clauses. As JSON each of them may be two, and each
-- clause has an id and two keys. What a whole selection may hold is counted where it is written.
alter table selection_row
    add constraint selection_row_wording_length check (length(wording::text) <= 410000);
