-- What is decided and not in force yet is found by its day: a draft of a decision that calls back lists it.
create index requirement_version_to_come on requirement_version (lower(valid)) where state = 'decided' and not isempty(valid);
