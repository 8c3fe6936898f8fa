-- Nothing asks what is in force at a time without saying of which requirement. To a planner that knows little of a table that
-- is being filled, the index was a short list of all that is decided, and an import read the list for each row.
drop index requirement_version_valid;
