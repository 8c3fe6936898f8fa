-- The environmental quality objectives in their order.
select slug, name_sv as name, name_en, description_sv as description, description_en from objective order by position
