-- Every organisation that is listed.
select slug from organisation where listed order by slug
