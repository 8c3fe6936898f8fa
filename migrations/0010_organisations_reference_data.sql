-- Reference data: who takes part. Editable afterwards; the IDs are fixed so that every bank has the same.
-- Sources: the names of the 21 regions and Eurostat's NUTS 2021 classification (level 3).

-- The 21 regions, in the order of their county codes.
insert into organisation (id, slug, kind, name_sv, name_en, about_sv, about_en, nuts, homepage) values
    ('01a20519-6735-7f63-bdee-c8b3a240f8fc', 'region-stockholm', 'region', 'Region Stockholm', 'Region Stockholm',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Stockholms län.',
     'Responsible for health care, dental care, public transport and regional development in Stockholm County.',
     'SE110', 'https://www.regionstockholm.se'),
    ('01a20519-6736-7395-9768-7a1102ec8d1e', 'region-uppsala', 'region', 'Region Uppsala', 'Region Uppsala',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Uppsala län.',
     'Responsible for health care, dental care, public transport and regional development in Uppsala County.',
     'SE121', 'https://www.regionuppsala.se'),
    ('01a20519-6737-7f43-a050-1490a64cdd17', 'region-sormland', 'region', 'Region Sörmland', 'Region Sörmland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Södermanlands län.',
     'Responsible for health care, dental care, public transport and regional development in Södermanland County.',
     'SE122', 'https://www.regionsormland.se'),
    ('01a20519-6738-7399-ae0a-857f5ded8a78', 'region-ostergotland', 'region', 'Region Östergötland', 'Region Östergötland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Östergötlands län.',
     'Responsible for health care, dental care, public transport and regional development in Östergötland County.',
     'SE123', 'https://www.regionostergotland.se'),
    ('01a20519-6739-76d5-8628-3c7704aa0652', 'region-jonkopings-lan', 'region', 'Region Jönköpings län', 'Region Jönköping County',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Jönköpings län.',
     'Responsible for health care, dental care, public transport and regional development in Jönköping County.',
     'SE211', 'https://www.rjl.se'),
    ('01a20519-673a-7952-a63f-f8bbcd07bf99', 'region-kronoberg', 'region', 'Region Kronoberg', 'Region Kronoberg',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Kronobergs län.',
     'Responsible for health care, dental care, public transport and regional development in Kronoberg County.',
     'SE212', 'https://www.regionkronoberg.se'),
    ('01a20519-673b-7dc6-b9de-19c107e6ef2c', 'region-kalmar-lan', 'region', 'Region Kalmar län', 'Region Kalmar County',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Kalmar län.',
     'Responsible for health care, dental care, public transport and regional development in Kalmar County.',
     'SE213', 'https://www.regionkalmar.se'),
    ('01a20519-673c-7487-ae40-5dc586f0c756', 'region-gotland', 'region', 'Region Gotland', 'Region Gotland',
     'Region Gotland är både region och kommun. Den ansvarar för hälso- och sjukvård, tandvård och kommunens verksamhet på Gotland.',
     'Region Gotland is both a region and a municipality. It is responsible for health care, dental care and municipal services on Gotland.',
     'SE214', 'https://www.gotland.se'),
    ('01a20519-673d-7c9a-a305-8e10dba053a5', 'region-blekinge', 'region', 'Region Blekinge', 'Region Blekinge',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Blekinge län.',
     'Responsible for health care, dental care, public transport and regional development in Blekinge County.',
     'SE221', 'https://www.regionblekinge.se'),
    ('01a20519-673e-72a2-943b-5b38d0a82933', 'region-skane', 'region', 'Region Skåne', 'Region Skåne',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Skåne län.',
     'Responsible for health care, dental care, public transport and regional development in Skåne County.',
     'SE224', 'https://www.skane.se'),
    ('01a20519-673f-73a2-89f4-f6f6981a5bc4', 'region-halland', 'region', 'Region Halland', 'Region Halland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Hallands län.',
     'Responsible for health care, dental care, public transport and regional development in Halland County.',
     'SE231', 'https://www.regionhalland.se'),
    ('01a20519-6740-7dfd-9048-6e9517d39be5', 'vastra-gotalandsregionen', 'region', 'Västra Götalandsregionen', 'Region Västra Götaland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Västra Götalands län.',
     'Responsible for health care, dental care, public transport and regional development in Västra Götaland County.',
     'SE232', 'https://www.vgregion.se'),
    ('01a20519-6741-728d-bb63-b592c11db507', 'region-varmland', 'region', 'Region Värmland', 'Region Värmland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Värmlands län.',
     'Responsible for health care, dental care, public transport and regional development in Värmland County.',
     'SE311', 'https://www.regionvarmland.se'),
    ('01a20519-6742-7fe3-9144-9b241a3b2a18', 'region-orebro-lan', 'region', 'Region Örebro län', 'Region Örebro County',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Örebro län.',
     'Responsible for health care, dental care, public transport and regional development in Örebro County.',
     'SE124', 'https://www.regionorebrolan.se'),
    ('01a20519-6743-751b-bc90-83f844d4c00c', 'region-vastmanland', 'region', 'Region Västmanland', 'Region Västmanland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Västmanlands län.',
     'Responsible for health care, dental care, public transport and regional development in Västmanland County.',
     'SE125', 'https://www.regionvastmanland.se'),
    ('01a20519-6744-7ca5-ba32-a1ccd6d5bd11', 'region-dalarna', 'region', 'Region Dalarna', 'Region Dalarna',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Dalarnas län.',
     'Responsible for health care, dental care, public transport and regional development in Dalarna County.',
     'SE312', 'https://www.regiondalarna.se'),
    ('01a20519-6745-7d6b-b83b-0e5b5617326f', 'region-gavleborg', 'region', 'Region Gävleborg', 'Region Gävleborg',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Gävleborgs län.',
     'Responsible for health care, dental care, public transport and regional development in Gävleborg County.',
     'SE313', 'https://www.regiongavleborg.se'),
    ('01a20519-6746-7d16-898e-6001d464ac02', 'region-vasternorrland', 'region', 'Region Västernorrland', 'Region Västernorrland',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Västernorrlands län.',
     'Responsible for health care, dental care, public transport and regional development in Västernorrland County.',
     'SE321', 'https://www.rvn.se'),
    ('01a20519-6747-73a8-a12f-57b05d2cc6b0', 'region-jamtland-harjedalen', 'region', 'Region Jämtland Härjedalen', 'Region Jämtland Härjedalen',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Jämtlands län.',
     'Responsible for health care, dental care, public transport and regional development in Jämtland County.',
     'SE322', 'https://www.regionjh.se'),
    ('01a20519-6748-7c3b-8b81-a3c2fc246338', 'region-vasterbotten', 'region', 'Region Västerbotten', 'Region Västerbotten',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Västerbottens län.',
     'Responsible for health care, dental care, public transport and regional development in Västerbotten County.',
     'SE331', 'https://www.regionvasterbotten.se'),
    ('01a20519-6749-7b1b-ace1-b3c3361ed826', 'region-norrbotten', 'region', 'Region Norrbotten', 'Region Norrbotten',
     'Ansvarar för hälso- och sjukvård, tandvård, kollektivtrafik och regional utveckling i Norrbottens län.',
     'Responsible for health care, dental care, public transport and regional development in Norrbotten County.',
     'SE332', 'https://www.norrbotten.se');

-- National bodies and the industry body. The display name of LMC in the pages is a setting; this is the name of the organisation.
insert into organisation (id, slug, kind, name_sv, name_en, about_sv, about_en, nuts, homepage) values
    ('01a20519-674a-736d-a066-50e384cedce9', 'lmc', 'national_body',
     'LMC – regionernas nätverk för miljöchefer', 'LMC – the regions’ network of environmental directors',
     'Här möts regionernas miljöchefer. Nätverket förvaltar kravbanken: det tar emot förslag, bereder krav och samordnar remisser.',
     'This is where the environmental directors of the regions meet. The network looks after the bank: it receives proposals, prepares requirements and coordinates consultations.',
     null, null),
    ('01a20519-674b-70ce-b1ed-8320c6126f81', 'lfu', 'national_body',
     'LfU – regionernas nätverk för inköps- och upphandlingschefer', 'LfU – the regions’ network of procurement directors',
     'Här möts de som leder inköp och upphandling i regionerna. Nätverket bidrar med kunskap om vad som fungerar i en upphandling och om hur avtal följs upp.',
     'This is where those who lead purchasing and procurement in the regions meet. The network knows what works in a tender and how contracts are followed up.',
     null, null),
    ('01a20519-674c-7cdf-8f04-0b4e02500a5b', 'lfmt', 'national_body',
     'LfMT – regionernas nätverk för chefer inom medicinsk teknik', 'LfMT – the regions’ network of medical technology directors',
     'Här möts de som leder regionernas medicintekniska verksamhet. Nätverket bidrar med kunskap om utrustning i vården: funktion, säkerhet, service och livslängd.',
     'This is where those who lead medical technology in the regions meet. The network knows the equipment used in care: function, safety, service and service life.',
     null, null),
    ('01a20519-674d-7d25-86da-7fa2be0fe318', 'natverket-for-materialkonsulenterna', 'national_body',
     'Nätverket för Materialkonsulenterna', 'The Network of Material Consultants',
     'Här möts regionernas materialkonsulenter, som bedömer och väljer förbrukningsmaterial till vården. Nätverket bidrar med kunskap om hur produkter används i vardagen.',
     'This is where the material consultants of the regions meet; they assess and choose consumables for care. The network knows how products are used in everyday work.',
     null, null),
    ('01a20531-b416-770c-9664-cdfae43a8e89', 'sekretariatet', 'national_body',
     'Sekretariatet', 'The Secretariat',
     'Sköter kravbankens vardag åt nätverken: tar emot och diarieför handlingar, förbereder möten och beslut och svarar på frågor om hur banken fungerar.',
     'Runs the bank from day to day for the networks: it receives and registers documents, prepares meetings and decisions, and answers questions about how the bank works.',
     null, null),
    ('01a20519-674e-7f1b-9336-6a9f0c410c79', 'swedish-medtech', 'industry_body',
     'Swedish Medtech', 'Swedish Medtech',
     'Branschorganisation för medicintekniska företag i Sverige. Den svarar på remisser för branschen och beskriver vad som är genomförbart och när.',
     'Industry body for medical technology companies in Sweden. It answers consultations for the industry and describes what is feasible and when.',
     null, 'https://www.swedishmedtech.se');

-- The eight procurement areas.
insert into procurement_area (letter, name_sv, name_en) values
    ('A', 'Område A – Västernorrland, Jämtland Härjedalen, Västerbotten och Norrbotten', 'Area A – Västernorrland, Jämtland Härjedalen, Västerbotten and Norrbotten'),
    ('B', 'Område B – Uppsala, Västmanland, Dalarna och Gävleborg', 'Area B – Uppsala, Västmanland, Dalarna and Gävleborg'),
    ('C', 'Område C – Stockholm', 'Area C – Stockholm'),
    ('D', 'Område D – Sörmland, Värmland, Örebro och Gotland', 'Area D – Sörmland, Värmland, Örebro and Gotland'),
    ('E', 'Område E – Västra Götaland', 'Area E – Västra Götaland'),
    ('F', 'Område F – Jönköping, Kalmar och Östergötland', 'Area F – Jönköping, Kalmar and Östergötland'),
    ('G', 'Område G – Kronoberg, Blekinge och Halland', 'Area G – Kronoberg, Blekinge and Halland'),
    ('H', 'Område H – Skåne', 'Area H – Skåne');

-- Which regions they consist of, since 2023-01-01 and until further notice.
insert into procurement_area_region (letter, organisation_id, valid) values
    ('A', '01a20519-6746-7d16-898e-6001d464ac02', '[2023-01-01,)'), -- Region Västernorrland
    ('A', '01a20519-6747-73a8-a12f-57b05d2cc6b0', '[2023-01-01,)'), -- Region Jämtland Härjedalen
    ('A', '01a20519-6748-7c3b-8b81-a3c2fc246338', '[2023-01-01,)'), -- Region Västerbotten
    ('A', '01a20519-6749-7b1b-ace1-b3c3361ed826', '[2023-01-01,)'), -- Region Norrbotten
    ('B', '01a20519-6736-7395-9768-7a1102ec8d1e', '[2023-01-01,)'), -- Region Uppsala
    ('B', '01a20519-6743-751b-bc90-83f844d4c00c', '[2023-01-01,)'), -- Region Västmanland
    ('B', '01a20519-6744-7ca5-ba32-a1ccd6d5bd11', '[2023-01-01,)'), -- Region Dalarna
    ('B', '01a20519-6745-7d6b-b83b-0e5b5617326f', '[2023-01-01,)'), -- Region Gävleborg
    ('C', '01a20519-6735-7f63-bdee-c8b3a240f8fc', '[2023-01-01,)'), -- Region Stockholm
    ('D', '01a20519-6737-7f43-a050-1490a64cdd17', '[2023-01-01,)'), -- Region Sörmland
    ('D', '01a20519-6741-728d-bb63-b592c11db507', '[2023-01-01,)'), -- Region Värmland
    ('D', '01a20519-6742-7fe3-9144-9b241a3b2a18', '[2023-01-01,)'), -- Region Örebro län
    ('D', '01a20519-673c-7487-ae40-5dc586f0c756', '[2023-01-01,)'), -- Region Gotland
    ('E', '01a20519-6740-7dfd-9048-6e9517d39be5', '[2023-01-01,)'), -- Västra Götalandsregionen
    ('F', '01a20519-6739-76d5-8628-3c7704aa0652', '[2023-01-01,)'), -- Region Jönköpings län
    ('F', '01a20519-673b-7dc6-b9de-19c107e6ef2c', '[2023-01-01,)'), -- Region Kalmar län
    ('F', '01a20519-6738-7399-ae0a-857f5ded8a78', '[2023-01-01,)'), -- Region Östergötland
    ('G', '01a20519-673a-7952-a63f-f8bbcd07bf99', '[2023-01-01,)'), -- Region Kronoberg
    ('G', '01a20519-673d-7c9a-a305-8e10dba053a5', '[2023-01-01,)'), -- Region Blekinge
    ('G', '01a20519-673f-73a2-89f4-f6f6981a5bc4', '[2023-01-01,)'), -- Region Halland
    ('H', '01a20519-673e-72a2-943b-5b38d0a82933', '[2023-01-01,)'); -- Region Skåne
