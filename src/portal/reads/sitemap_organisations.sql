-- Every organisation.
select slug from organisation order by slug
