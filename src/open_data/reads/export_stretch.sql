-- The highest number among the next requirements after a number; null where there are none. $1 number · $2 how many
select max(n.number) from (select r.number from requirement r where r.number > $1 order by r.number limit $2) n
