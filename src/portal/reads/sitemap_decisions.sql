-- Every decision; all of them are public. The latest, where there are more than a part may hold.
-- $1 the most
select d.number, d.year from decision d order by d.number desc limit $1
