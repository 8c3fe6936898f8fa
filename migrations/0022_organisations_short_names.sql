-- What an organisation is called where there is little room: on the map of the regions, beside what somebody has written.
-- Without a short name it is called by its name.
--
-- Every row of organisation is public: the directory lists it.
alter table organisation
    add column short_sv text check (length(short_sv) between 1 and 30),
    add column short_en text check (length(short_en) between 1 and 30),
    add constraint organisation_short_in_both check ((short_sv is null) = (short_en is null));

update organisation o set short_sv = s.short_sv, short_en = s.short_en
from (values
    ('SE110', 'Stockholm', 'Stockholm'),
    ('SE121', 'Uppsala', 'Uppsala'),
    ('SE122', 'Sörmland', 'Sörmland'),
    ('SE123', 'Östergötland', 'Östergötland'),
    ('SE124', 'Örebro', 'Örebro'),
    ('SE125', 'Västmanland', 'Västmanland'),
    ('SE211', 'Jönköping', 'Jönköping'),
    ('SE212', 'Kronoberg', 'Kronoberg'),
    ('SE213', 'Kalmar', 'Kalmar'),
    ('SE214', 'Gotland', 'Gotland'),
    ('SE221', 'Blekinge', 'Blekinge'),
    ('SE224', 'Skåne', 'Skåne'),
    ('SE231', 'Halland', 'Halland'),
    ('SE232', 'Västra Götaland', 'Västra Götaland'),
    ('SE311', 'Värmland', 'Värmland'),
    ('SE312', 'Dalarna', 'Dalarna'),
    ('SE313', 'Gävleborg', 'Gävleborg'),
    ('SE321', 'Västernorrland', 'Västernorrland'),
    ('SE322', 'Jämtland Härjedalen', 'Jämtland Härjedalen'),
    ('SE331', 'Västerbotten', 'Västerbotten'),
    ('SE332', 'Norrbotten', 'Norrbotten')
) s (nuts, short_sv, short_en)
where o.nuts = s.nuts;

update organisation o set short_sv = s.short_sv, short_en = s.short_en
from (values
    ('lmc', 'LMC', 'LMC'),
    ('lfu', 'LfU', 'LfU'),
    ('lfmt', 'LfMT', 'LfMT'),
    ('natverket-for-materialkonsulenterna', 'Materialkonsulenterna', 'Material Consultants'),
    ('sekretariatet', 'Sekretariatet', 'Secretariat'),
    ('swedish-medtech', 'Swedish Medtech', 'Swedish Medtech')
) s (slug, short_sv, short_en)
where o.slug = s.slug;
