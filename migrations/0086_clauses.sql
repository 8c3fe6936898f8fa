-- A version has up to 200 clauses, and so has the wording of a buyer. How long they are together is counted where they are written.
alter table version_clause drop constraint version_clause_position_check;
alter table version_clause add constraint version_clause_position_check check (position between 1 and 200);
alter table selection_row drop constraint selection_row_wording_check;
alter table selection_row
    add constraint selection_row_wording_check check (jsonb_typeof(wording) = 'array' and jsonb_array_length(wording) between 1 and 200);
-- 200,000 characters are at most twice as many in JSON, and each of 200 clauses has an id and two keys.
alter table selection_row drop constraint selection_row_wording_length;
alter table selection_row add constraint selection_row_wording_length check (length(wording::text) <= 440000);
