-- Reference data: what requirements are about. Editable afterwards; the IDs are fixed so that every bank has the same.

-- Product areas.
insert into product_area (id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-674f-776f-b5d8-b0bc3908e296', 'medicinteknik', 'Medicinteknik', 'Medical technology',
     'Produkter och utrustning som används när patienter undersöks, behandlas och vårdas, från handskar till magnetkameror. Området rymmer stora mängder engångsmaterial och utrustning med lång livslängd. Regelverket för medicintekniska produkter gäller alltid vid sidan av miljökraven.',
     'Products and equipment used to examine, treat and care for patients, from gloves to MRI scanners. The area holds large amounts of single-use material and equipment with a long service life. The medical device regulations always apply beside the environmental requirements.',
     1),
    ('01a20519-6751-7371-affc-a70cfb4ce0ff', 'lakemedel', 'Läkemedel', 'Pharmaceuticals',
     'Läkemedel och medicinska gaser som används i regionernas vård. Utsläpp vid tillverkning, rester i vatten och klimatpåverkande gaser är de stora miljöfrågorna. Patientsäkerhet och god tillgång går alltid först.',
     'Medicines and medical gases used in the care given by the regions. Emissions from manufacture, residues in water and gases that affect the climate are the large issues. Patient safety and availability always come first.',
     2),
    ('01a20519-6752-70e3-ace9-9f449205e7e2', 'laboratorium', 'Laboratorium', 'Laboratory',
     'Det som används i regionernas laboratorier, från reagenser till analysinstrument. Kemikalier, plast för engångsbruk och energi är de viktigaste miljöfrågorna.',
     'What is used in the laboratories of the regions, from reagents to analytical instruments. Chemicals, single-use plastics and energy are the main environmental issues.',
     3),
    ('01a20519-6753-7e57-8c8d-288c3f730305', 'hjalpmedel', 'Hjälpmedel', 'Assistive products',
     'Hjälpmedel som regionerna förskriver eller lånar ut för att människor ska klara sin vardag. Lång livslängd, reparation och återanvändning är kärnan i miljöarbetet.',
     'Assistive products that the regions prescribe or lend so that people can manage everyday life. Long service life, repair and reuse are the heart of the environmental work.',
     4),
    ('01a20519-6754-764c-89e3-d3d99a310e5e', 'livsmedel', 'Livsmedel', 'Food',
     'Mat och dryck till patienter, personal och gäster i regionernas verksamhet. Klimat, biologisk mångfald, övergödning och djurskydd möts i det här området.',
     'Food and drink for patients, staff and guests of the regions. Climate, biodiversity, eutrophication and animal welfare meet in this area.',
     5),
    ('01a20519-6755-7465-a927-49e52c363a23', 'textil', 'Textil', 'Textiles',
     'Textilier som bärs, ligger i sängen eller torkas med, och den tvätt som håller dem i bruk. Fiber, kemikalier, vatten och livslängd avgör miljöpåverkan.',
     'Textiles that are worn, lie on the bed or are used for drying, and the laundry that keeps them in use. Fibres, chemicals, water and service life decide the environmental impact.',
     6),
    ('01a20519-6756-75fa-9ca8-f0f441730f2e', 'kemiska-produkter', 'Kemiska produkter', 'Chemical products',
     'Kemiska produkter som används i städning, disk, tvätt och hygien. Innehållet ska vara känt, farliga ämnen ska bytas ut och mängden ska hållas nere.',
     'Chemical products used for cleaning, washing-up, laundry and hygiene. The contents must be known, hazardous substances replaced and amounts kept low.',
     7),
    ('01a20519-6757-7f1b-9b2c-1ac6eaba049f', 'papper', 'Papper', 'Paper',
     'Papper för kontor, tryck och hygien. Skogsbruk, returfiber och utsläpp från tillverkningen är de viktigaste miljöfrågorna.',
     'Paper for offices, print and hygiene. Forestry, recovered fibre and emissions from manufacture are the main environmental issues.',
     8),
    ('01a20519-6758-7aa7-bd6b-8c2906ce9687', 'plast-och-engangsartiklar', 'Plast och engångsartiklar', 'Plastics and disposables',
     'Engångsartiklar och andra plastprodukter som inte är medicintekniska. Målet är mindre engångsmaterial, mer återvunnen eller förnybar råvara och inga farliga ämnen.',
     'Disposables and other plastic products that are not medical devices. The aim is less single-use material, more recycled or renewable raw material and no hazardous substances.',
     9),
    ('01a20519-6759-7163-908d-127ee244169b', 'forpackningar', 'Förpackningar', 'Packaging',
     'Förpackningar och emballage som köps separat eller följer med andra varor. Minska, återanvänd och återvinn är ordningen.',
     'Packaging that is bought separately or comes with other goods. Reduce, reuse and recycle is the order.',
     10),
    ('01a20519-675a-7425-96de-fe8fc4a2f8fe', 'kontor', 'Kontor', 'Office',
     'Det som behövs i kontorsarbete, utom datorer, papper och möbler. Små artiklar i stora mängder gör innehåll, förpackning och leveranssätt viktiga.',
     'What is needed for office work, except computers, paper and furniture. Small items in large amounts make content, packaging and delivery important.',
     11),
    ('01a20519-675b-7aa4-94c5-fc242e958d38', 'it-och-telekom', 'IT och telekom', 'IT and telecommunications',
     'Datorer, telefoner, skrivare och tillhörande produkter. Tillverkningen står för en stor del av miljöpåverkan, så lång användningstid, reparation och återbruk är viktigt.',
     'Computers, telephones, printers and related products. Manufacture makes up a large part of the environmental impact, so long use, repair and reuse are important.',
     12),
    ('01a20519-675c-79db-92bb-33d6f78be0f0', 'mobler-och-inredning', 'Möbler och inredning', 'Furniture and furnishings',
     'Möbler och inredning i vårdmiljöer, kontor och väntrum. Material, ytbehandling och möjligheten att reparera och återbruka avgör.',
     'Furniture and furnishings in care settings, offices and waiting rooms. Materials, surface treatment and the scope for repair and reuse decide.',
     13),
    ('01a20519-675d-7004-ac9b-da590ecc0fe2', 'bygg-och-anlaggning', 'Bygg och anläggning', 'Construction',
     'Bygge, ombyggnad och underhåll av sjukhus och andra lokaler. Byggmaterial påverkar klimat, inomhusmiljö och vad som kan återbrukas i framtiden.',
     'Construction, conversion and maintenance of hospitals and other premises. Building materials affect the climate, the indoor environment and what can be reused in future.',
     14),
    ('01a20519-675e-7260-b7db-f87461d7fe9a', 'energi', 'Energi', 'Energy',
     'Energi som regionerna köper och den teknik som använder, flyttar eller alstrar den. Effektiv användning kommer först, därefter förnybara källor.',
     'Energy that the regions buy and the technology that uses, moves or generates it. Efficient use comes first, then renewable sources.',
     15),
    ('01a20519-675f-738c-aa77-647f4842067b', 'fordon-och-transport', 'Fordon och transport', 'Vehicles and transport',
     'Fordon som regionerna äger eller hyr och transporter som de köper. Klimat, luftkvalitet och buller är de stora miljöfrågorna.',
     'Vehicles that the regions own or lease and transport that they buy. Climate, air quality and noise are the large issues.',
     16),
    ('01a20519-6760-745b-8aa0-49103a1d0798', 'avfall', 'Avfall', 'Waste',
     'Insamling, transport och behandling av avfall från regionernas verksamhet. Det bästa är avfall som aldrig uppstår; därefter återbruk och återvinning.',
     'Collection, transport and treatment of waste from the regions. The best waste is waste that never arises; then come reuse and recycling.',
     17),
    ('01a20519-6761-7b62-b4e9-feb9191eb6f2', 'evenemang', 'Evenemang', 'Events',
     'Möten, konferenser, utställningar och andra evenemang. Resor, mat, boende och material för kort bruk ger den största miljöpåverkan.',
     'Meetings, conferences, exhibitions and other events. Travel, food, accommodation and short-lived material make the largest impact.',
     18);

-- Product groups.

-- Medicinteknik
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6762-7cb7-bdd9-d27bac6213b9', '01a20519-674f-776f-b5d8-b0bc3908e296', 'handskar', 'Handskar', 'Gloves',
     'Undersökningshandskar och operationshandskar av till exempel nitril, vinyl och latex. Viktiga miljöfrågor är ämnen som acceleratorer och mjukgörare, klimatpåverkan från råvara och tillverkning samt arbetsvillkor i leverantörskedjan. Regionerna köper stora volymer varje år.',
     'Examination gloves and surgical gloves, for example of nitrile, vinyl and latex. Important issues are substances such as accelerators and plasticisers, the climate impact of raw materials and manufacture, and working conditions in the supply chain. The regions buy large volumes every year.',
     1),
    ('01a20519-6763-72fc-a7a0-adcbebfaa85a', '01a20519-674f-776f-b5d8-b0bc3908e296', 'medicintekniska-forbrukningsartiklar', 'Medicintekniska förbrukningsartiklar', 'Medical consumables',
     'Sprutor, kanyler, katetrar, slangar, uppsamlingspåsar och annat som används en eller ett fåtal gånger i vården. Miljöfrågorna gäller PVC och ftalater, val av plast, förpackningar och avfallsmängder. Regionerna köper artiklarna på långa ramavtal till alla vårdenheter.',
     'Syringes, needles, catheters, tubing, collection bags and other items used once or a few times in care. The issues are PVC and phthalates, choice of plastics, packaging and amounts of waste. The regions buy the items under long framework agreements for all care units.',
     2),
    ('01a20519-6764-78da-8cdb-a7676f3787f6', '01a20519-674f-776f-b5d8-b0bc3908e296', 'inkontinensprodukter', 'Inkontinensprodukter', 'Incontinence products',
     'Blöjor, inkontinensskydd, hygienunderlägg och urinuppsamling för vuxna och barn. Råvaror, superabsorbenter, doftämnen och stora avfallsmängder är de viktigaste miljöfrågorna. God utprovning minskar både åtgång och kostnad.',
     'Nappies, incontinence pads, underpads and urine collection for adults and children. Raw materials, superabsorbents, fragrances and large amounts of waste are the main environmental issues. Good individual fitting lowers both consumption and cost.',
     3),
    ('01a20519-6765-7b55-8bcf-dfc880c3c8e8', '01a20519-674f-776f-b5d8-b0bc3908e296', 'sarvard', 'Sårvård', 'Wound care',
     'Kompresser, förband, plåster, bandage och omläggningsset. Miljöfrågorna gäller silver och andra biocider, PFAS, bomullsodling, sterila förpackningar och onödigt innehåll i färdiga set. Regionerna köper både enkla förband och avancerade sårprodukter.',
     'Compresses, dressings, plasters, bandages and dressing sets. The issues are silver and other biocides, PFAS, cotton farming, sterile packaging and needless contents of ready-made sets. The regions buy both simple dressings and advanced wound products.',
     4),
    ('01a20519-6766-7300-990b-da7c30727f83', '01a20519-674f-776f-b5d8-b0bc3908e296', 'bilddiagnostik', 'Bilddiagnostik', 'Diagnostic imaging',
     'Röntgen, datortomografi, magnetkamera, ultraljud, mammografi samt tillbehör och kontrastmedelshantering. Energianvändning i drift och viloläge, helium, farliga ämnen i elektronik och möjligheten att uppgradera utrustningen är centrala. Investeringarna är stora och används i många år.',
     'X-ray, computed tomography, MRI, ultrasound, mammography, accessories and handling of contrast media. Energy use in operation and idle mode, helium, hazardous substances in electronics and upgradability are central. The investments are large and in use for many years.',
     5),
    ('01a20519-6767-7749-b2f1-b641d1ce32b9', '01a20519-674f-776f-b5d8-b0bc3908e296', 'kirurgiska-instrument', 'Kirurgiska instrument', 'Surgical instruments',
     'Instrument för operation och mindre ingrepp, både flergångs och engångs, samt suturer och instrumentbrickor. Miljöfrågorna gäller livslängd och reparation, metaller, engångsmaterial och ansvar i leverantörskedjan. Valet mellan flergångs och engångs har stor betydelse.',
     'Instruments for surgery and minor procedures, both reusable and single-use, with sutures and instrument trays. The issues are service life and repair, metals, single-use material and responsibility in the supply chain. The choice between reusable and single-use matters a great deal.',
     6),
    ('01a20519-6768-70f8-bde7-6a8f392c4f79', '01a20519-674f-776f-b5d8-b0bc3908e296', 'tandvard-och-dental', 'Tandvård och dental', 'Dental care',
     'Instrument, fyllningsmaterial, förbrukningsartiklar och utrustning för folktandvård och specialisttandvård. Amalgamavskiljning, kvicksilver, bisfenoler, engångsmaterial och vattenförbrukning är återkommande miljöfrågor. Här ingår även artiklar för munhygien.',
     'Instruments, filling materials, consumables and equipment for public and specialist dental care. Amalgam separation, mercury, bisphenols, single-use material and water use are recurring issues. Items for oral hygiene belong here as well.',
     7),
    ('01a20519-6769-7927-ac2e-5640f9780aad', '01a20519-674f-776f-b5d8-b0bc3908e296', 'medicinteknisk-utrustning', 'Medicinteknisk utrustning', 'Medical equipment',
     'Utrustning för övervakning, behandling, infusion, anestesi, dialys, sterilisering och patientsängar. Energianvändning, reparerbarhet, tillgång till reservdelar, batterier och farliga ämnen i elektronik är viktiga frågor. Bilddiagnostik och instrument har egna grupper.',
     'Equipment for monitoring, treatment, infusion, anaesthesia, dialysis, sterilisation and patient beds. Energy use, repairability, spare parts, batteries and hazardous substances in electronics are important. Imaging and instruments have groups of their own.',
     8);

-- Läkemedel
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-676a-7abe-a8fc-065f5a5737bc', '01a20519-6751-7371-affc-a70cfb4ce0ff', 'lakemedel', 'Läkemedel', 'Medicines',
     'Läkemedel till sjukhus och andra vårdenheter: antibiotika, hormoner, cytostatika, infusionsvätskor, vacciner med flera. Utsläpp från tillverkning, antibiotikaresistens, svårnedbrytbara ämnen, förpackningar och kassation är viktiga frågor. Regionerna upphandlar ofta tillsammans.',
     'Medicines for hospitals and other care units: antibiotics, hormones, cytostatics, infusion fluids, vaccines and more. Emissions from manufacture, antimicrobial resistance, persistent substances, packaging and discarded medicines are important. The regions often procure together.',
     1),
    ('01a20519-676b-7949-9b81-ff9d887cbcf6', '01a20519-6751-7371-affc-a70cfb4ce0ff', 'medicinska-gaser', 'Medicinska gaser', 'Medical gases',
     'Syrgas, lustgas, medicinsk luft och anestesigaser samt flaskor, tankar och återtag. Lustgas och flera anestesigaser är starka växthusgaser, så val av gas, uppsamling och destruktion har stor betydelse. Transporter och returflaskor hör också hit.',
     'Oxygen, nitrous oxide, medical air and anaesthetic gases with cylinders, tanks and take-back. Nitrous oxide and several anaesthetic gases are strong greenhouse gases, so the choice of gas, capture and destruction matter a great deal. Transport and returnable cylinders belong here too.',
     2);

-- Laboratorium
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-676c-74ba-91f4-78205a1df2df', '01a20519-6752-70e3-ace9-9f449205e7e2', 'laboratorieartiklar', 'Laboratorieartiklar', 'Laboratory supplies',
     'Reagenser, provrör, pipettspetsar, petriskålar, laboratorieglas och analysutrustning. Miljöfrågorna gäller farliga kemikalier, engångsplast, förpackningar och energianvändning i instrument och frysar. Regionerna köper ofta utrustning och förbrukning i samma avtal.',
     'Reagents, test tubes, pipette tips, petri dishes, laboratory glass and analytical equipment. The issues are hazardous chemicals, single-use plastics, packaging and energy use of instruments and freezers. The regions often buy equipment and consumables in one contract.',
     1);

-- Hjälpmedel
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-676d-74c2-bce2-85f4d9ad6803', '01a20519-6753-7e57-8c8d-288c3f730305', 'hjalpmedel', 'Hjälpmedel', 'Assistive products',
     'Rullstolar, gånghjälpmedel, lyftar, ortoser, proteser, hörapparater och andra hjälpmedel för enskilda personer. Viktiga frågor är återanvändning, reservdelar, batterier, ftalater och flamskyddsmedel. Många hjälpmedel kan rekonditioneras och lånas ut flera gånger.',
     'Wheelchairs, walking aids, lifts, orthoses, prostheses, hearing aids and other products for individuals. Important issues are reuse, spare parts, batteries, phthalates and flame retardants. Many products can be refurbished and lent several times.',
     1);

-- Livsmedel
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-676e-745e-8135-b05605b1145a', '01a20519-6754-764c-89e3-d3d99a310e5e', 'livsmedel', 'Livsmedel', 'Food',
     'Råvaror, färdiga måltider, drycker, kaffe och näringsprodukter samt måltidstjänster. Viktiga frågor är klimatpåverkan, ekologisk odling, hållbart fiske, antibiotika i djurhållning, matsvinn och förpackningar. Regionerna köper till sjukhuskök, restauranger och fikarum.',
     'Ingredients, ready meals, drinks, coffee and nutritional products, and catering services. Important issues are climate impact, organic farming, sustainable fishing, antibiotics in animal husbandry, food waste and packaging. The regions buy for hospital kitchens, restaurants and staff rooms.',
     1);

-- Textil
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-676f-7101-a561-be5158b0679b', '01a20519-6755-7465-a927-49e52c363a23', 'textilier-och-arbetsklader', 'Textilier och arbetskläder', 'Textiles and workwear',
     'Arbetskläder, patientkläder, sänglinne, handdukar, operationstextilier, gardiner och skor. Miljöfrågorna gäller bomull, syntetfibrer, färgämnen, PFAS, antibakteriella medel och hur länge plagget håller. Social hållbarhet i tillverkningen är nära kopplad.',
     'Workwear, patient clothing, bed linen, towels, surgical textiles, curtains and shoes. The issues are cotton, synthetic fibres, dyes, PFAS, antibacterial agents and how long the garment lasts. Social conditions in manufacture are closely linked.',
     1),
    ('01a20519-6770-7024-b225-0affbfbf3225', '01a20519-6755-7465-a927-49e52c363a23', 'tvatteritjanster', 'Tvätteritjänster', 'Laundry services',
     'Tvätt, hyra och logistik för textilier och arbetskläder i vården. Energi och vatten per kilo tvätt, tvättmedel, mikroplast, avloppsvatten och transporter är viktiga frågor. Tjänsten påverkar också hur länge textilierna håller.',
     'Washing, rental and logistics of textiles and workwear in care. Energy and water per kilogram of laundry, detergents, microplastics, waste water and transport are important. The service also affects how long the textiles last.',
     2);

-- Kemiska produkter
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6771-78c5-9317-c0c673a80ff1', '01a20519-6756-75fa-9ca8-f0f441730f2e', 'rengoringsmedel', 'Rengöringsmedel', 'Cleaning products',
     'Medel för städning, disk, tvätt, ytdesinfektion och handhygien samt dosering och förpackningar. Miljöfrågorna gäller allergiframkallande och miljöfarliga ämnen, svårnedbrytbara tensider, doftämnen och överdosering. Miljömärkta alternativ finns för de flesta användningar.',
     'Products for cleaning, washing-up, laundry, surface disinfection and hand hygiene, with dosing and packaging. The issues are allergens and substances hazardous to the environment, poorly degradable surfactants, fragrances and overdosing. Ecolabelled alternatives exist for most uses.',
     1);

-- Papper
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6772-7cf4-bb78-8840ca1c5c01', '01a20519-6757-7f1b-9b2c-1ac6eaba049f', 'pappersprodukter', 'Pappersprodukter', 'Paper products',
     'Kopieringspapper, kuvert, trycksaker, toalettpapper, pappershanddukar och servetter. Hållbart skogsbruk, returfiber, blekning, utsläpp till vatten och PFAS i bestruket papper är viktiga frågor. Att använda mindre papper är ofta den bästa åtgärden.',
     'Copying paper, envelopes, printed matter, toilet paper, paper towels and serviettes. Sustainable forestry, recovered fibre, bleaching, emissions to water and PFAS in coated paper are important. Using less paper is often the best measure.',
     1);

-- Plast och engångsartiklar
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6773-778a-b845-c523dc6c8847', '01a20519-6758-7aa7-bd6b-8c2906ce9687', 'plastprodukter', 'Plastprodukter', 'Plastic products',
     'Sopsäckar, påsar, engångsservis, skyddsförkläden, plastfolie och liknande artiklar. Miljöfrågorna gäller fossil råvara, tillsatser, nedskräpning och möjligheten till flergångslösningar. Vissa engångsplastprodukter är förbjudna.',
     'Refuse sacks, bags, disposable tableware, protective aprons, plastic film and similar items. The issues are fossil raw materials, additives, littering and the scope for reusable solutions. Some single-use plastic products are banned.',
     1);

-- Förpackningar
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6774-721a-b6ea-e7f3c140446d', '01a20519-6759-7163-908d-127ee244169b', 'forpackningar-och-emballage', 'Förpackningar och emballage', 'Packaging',
     'Lådor, kartonger, lastpallar, backar, påsar och matbehållare. Viktiga frågor är mängden material, återvunnet innehåll, återvinningsbarhet, PFAS i livsmedelsförpackningar och retursystem. Kraven kan också läggas på förpackningarna till andra varugrupper.',
     'Boxes, cartons, pallets, crates, bags and food containers. Important issues are the amount of material, recycled content, recyclability, PFAS in food packaging and return systems. The requirements can also be set for the packaging of other product groups.',
     1);

-- Kontor
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6775-7b1e-93eb-f277486b2a8b', '01a20519-675a-7425-96de-fe8fc4a2f8fe', 'kontorsmaterial', 'Kontorsmaterial', 'Office supplies',
     'Pennor, pärmar, batterier, tonerkassetter, whiteboardmateriel och andra kontorsartiklar. Miljöfrågorna gäller PVC och mjukgörare, kvicksilver och bly i batterier, återfyllda kassetter och samordnade leveranser. Ett mindre sortiment med miljömärkta val underlättar.',
     'Pens, binders, batteries, toner cartridges, whiteboard supplies and other office items. The issues are PVC and plasticisers, mercury and lead in batteries, refilled cartridges and coordinated deliveries. A smaller range with ecolabelled choices helps.',
     1);

-- IT och telekom
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6776-7202-ba36-2f1ce3dd0aa4', '01a20519-675b-7aa4-94c5-fc242e958d38', 'datorer-och-bildskarmar', 'Datorer och bildskärmar', 'Computers and monitors',
     'Bärbara och stationära datorer, bildskärmar, servrar, lagring och tillbehör. Energianvändning, utbytbara delar, farliga ämnen som halogenerade flamskyddsmedel, konfliktmineraler och arbetsvillkor är viktiga frågor. Regionerna köper både nytt och rekonditionerat.',
     'Laptops, desktop computers, monitors, servers, storage and accessories. Energy use, replaceable parts, hazardous substances such as halogenated flame retardants, conflict minerals and working conditions are important. The regions buy both new and refurbished products.',
     1),
    ('01a20519-6777-7999-abbe-bdcd435a147b', '01a20519-675b-7aa4-94c5-fc242e958d38', 'mobiltelefoner-och-surfplattor', 'Mobiltelefoner och surfplattor', 'Mobile phones and tablets',
     'Mobiltelefoner, surfplattor, läsplattor och tillbehör som laddare, skal och hörlurar. Utbytbara batterier, säkerhetsuppdateringar under lång tid, reparation och ansvarsfulla råvaror är de viktigaste frågorna. Återtag av uttjänta enheter hör till avtalet.',
     'Mobile phones, tablets, reading devices and accessories such as chargers, cases and headsets. Replaceable batteries, security updates over a long time, repair and responsible raw materials are the main issues. Take-back of used devices is part of the contract.',
     2),
    ('01a20519-6778-72a5-8243-7aaafdead32d', '01a20519-675b-7aa4-94c5-fc242e958d38', 'skrivare-och-multifunktionsmaskiner', 'Skrivare och multifunktionsmaskiner', 'Printers and multifunction devices',
     'Skrivare, kopiatorer, multifunktionsmaskiner, etikettskrivare och utskrift som tjänst. Energianvändning, utsläpp till inomhusluften, buller, tonerkassetter och dubbelsidig utskrift är viktiga frågor. Ett väl planerat antal maskiner ger lägst miljöpåverkan.',
     'Printers, copiers, multifunction devices, label printers and print as a service. Energy use, emissions to indoor air, noise, toner cartridges and double-sided printing are important. A well-planned number of machines gives the lowest impact.',
     3);

-- Möbler och inredning
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-6779-79e7-b714-a322a437d2b1', '01a20519-675c-79db-92bb-33d6f78be0f0', 'mobler', 'Möbler', 'Furniture',
     'Stolar, skrivbord, soffor, skåp, vårdmöbler, madrasser och inredningstextil som hör till möbeln. Miljöfrågorna gäller hållbart trä, formaldehyd, flamskyddsmedel, PFAS, hållbarhet och återbruk. Många regioner köper renoverade möbler och renoveringstjänster.',
     'Chairs, desks, sofas, cabinets, care furniture, mattresses and fabrics that belong to the furniture. The issues are sustainable timber, formaldehyde, flame retardants, PFAS, durability and reuse. Many regions buy refurbished furniture and refurbishment services.',
     1);

-- Bygg och anläggning
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-677a-71c9-b44a-7ee48c53ad7c', '01a20519-675d-7004-ac9b-da590ecc0fe2', 'byggprodukter', 'Byggprodukter', 'Construction products',
     'Golv, färg, fönster, isolering, betong, skivor och andra varor som byggs in, samt byggentreprenader. Klimatpåverkan över livscykeln, farliga ämnen, dokumentation av inbyggda varor och återbruk är viktiga frågor. Krav ställs ofta på entreprenören och gäller alla inbyggda varor.',
     'Flooring, paint, windows, insulation, concrete, boards and other products that are built in, and construction works. Climate impact over the life cycle, hazardous substances, documentation of products and reuse are important. Requirements are often set for the contractor and apply to all built-in products.',
     1);

-- Energi
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-677b-7d82-a99d-035cd47cf9c8', '01a20519-675e-7260-b7db-f87461d7fe9a', 'energi-och-installation', 'Energi och installation', 'Energy and building services',
     'El, fjärrvärme, belysning, ventilation, kyla, värmepumpar och solceller. Viktiga frågor är energieffektivitet, köldmedier, förnybar el, tungmetaller och byte till LED. Livscykelkostnaden visar ofta att det energisnåla valet är billigast.',
     'Electricity, district heating, lighting, ventilation, cooling, heat pumps and solar cells. Important issues are energy efficiency, refrigerants, renewable electricity, heavy metals and the change to LED. The life-cycle cost often shows that the energy-saving choice is the cheapest.',
     1);

-- Fordon och transport
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-677c-7df3-90a7-0a001fef9a05', '01a20519-675f-738c-aa77-647f4842067b', 'fordon', 'Fordon', 'Vehicles',
     'Personbilar, lätta lastbilar, ambulanser, bussar, cyklar samt däck och laddutrustning. Utsläpp, drivmedel, energianvändning, däckbuller och batterier är viktiga frågor. Lagen om miljökrav vid upphandling av bilar styr en del av kraven.',
     'Cars, vans, ambulances, buses, bicycles, tyres and charging equipment. Emissions, fuels, energy use, tyre noise and batteries are important. The law on environmental requirements when cars are procured governs some of the requirements.',
     1),
    ('01a20519-677d-7742-a4e3-bc4e5cef0115', '01a20519-675f-738c-aa77-647f4842067b', 'transporttjanster', 'Transporttjänster', 'Transport services',
     'Varutransporter, budtjänster, sjukresor, taxi, kollektivtrafik och resor i tjänsten. Fossilfria drivmedel, samordnade leveranser, fyllnadsgrad, buller och redovisning av utsläpp är viktiga frågor. Kraven kan också användas för transporter som ingår i ett varuavtal.',
     'Freight, courier services, patient transport, taxi, public transport and business travel. Fossil-free fuels, coordinated deliveries, load factors, noise and reporting of emissions are important. The requirements can also be used for transport that is part of a contract for goods.',
     2);

-- Avfall
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-677e-7890-ba94-543fe2a8ecb1', '01a20519-6760-745b-8aa0-49103a1d0798', 'avfallstjanster', 'Avfallstjänster', 'Waste services',
     'Hämtning och behandling av matavfall, förpackningar, smittförande och farligt avfall, samt kärl och behållare. Källsortering, återvinningsgrad, fossilfria fordon, buller och spårbar redovisning är viktiga frågor. Vårdens avfall kräver särskilda lösningar för säkerhet och sekretess.',
     'Collection and treatment of food waste, packaging, infectious and hazardous waste, with bins and containers. Sorting at source, recycling rates, fossil-free vehicles, noise and traceable reporting are important. Waste from care needs special solutions for safety and secrecy.',
     1);

-- Evenemang
insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position) values
    ('01a20519-677f-7fb9-acf4-9771b27eef97', '01a20519-6761-7b62-b4e9-feb9191eb6f2', 'konferens-och-evenemang', 'Konferens och evenemang', 'Conferences and events',
     'Konferensanläggningar, hotell, mässor, montrar och evenemangstjänster. Miljömärkta anläggningar, resor med låg klimatpåverkan, ekologisk mat, matsvinn och återanvändbara montrar är viktiga frågor. Digitala möten är ofta ett alternativ.',
     'Conference venues, hotels, fairs, stands and event services. Ecolabelled venues, travel with low climate impact, organic food, food waste and reusable stands are important. Digital meetings are often an alternative.',
     1);

-- Which procurement area owned which group 2023–2025. A group that the division for those years does not name has no owner.
insert into product_group_owner (group_id, letter, valid) values
    ('01a20519-6767-7749-b2f1-b641d1ce32b9', 'A', '[2023-01-01,2026-01-01)'), -- Kirurgiska instrument
    ('01a20519-6772-7cf4-bb78-8840ca1c5c01', 'A', '[2023-01-01,2026-01-01)'), -- Pappersprodukter
    ('01a20519-6773-778a-b845-c523dc6c8847', 'A', '[2023-01-01,2026-01-01)'), -- Plastprodukter
    ('01a20519-676e-745e-8135-b05605b1145a', 'B', '[2023-01-01,2026-01-01)'), -- Livsmedel
    ('01a20519-6771-78c5-9317-c0c673a80ff1', 'B', '[2023-01-01,2026-01-01)'), -- Rengöringsmedel
    ('01a20519-6766-7300-990b-da7c30727f83', 'C', '[2023-01-01,2026-01-01)'), -- Bilddiagnostik
    ('01a20519-6776-7202-ba36-2f1ce3dd0aa4', 'C', '[2023-01-01,2026-01-01)'), -- Datorer och bildskärmar
    ('01a20519-6777-7999-abbe-bdcd435a147b', 'C', '[2023-01-01,2026-01-01)'), -- Mobiltelefoner och surfplattor
    ('01a20519-6778-72a5-8243-7aaafdead32d', 'C', '[2023-01-01,2026-01-01)'), -- Skrivare och multifunktionsmaskiner
    ('01a20519-6765-7b55-8bcf-dfc880c3c8e8', 'D', '[2023-01-01,2026-01-01)'), -- Sårvård
    ('01a20519-6768-70f8-bde7-6a8f392c4f79', 'D', '[2023-01-01,2026-01-01)'), -- Tandvård och dental
    ('01a20519-676a-7abe-a8fc-065f5a5737bc', 'E', '[2023-01-01,2026-01-01)'), -- Läkemedel
    ('01a20519-676b-7949-9b81-ff9d887cbcf6', 'E', '[2023-01-01,2026-01-01)'), -- Medicinska gaser
    ('01a20519-6762-7cb7-bdd9-d27bac6213b9', 'F', '[2023-01-01,2026-01-01)'), -- Handskar
    ('01a20519-6763-72fc-a7a0-adcbebfaa85a', 'F', '[2023-01-01,2026-01-01)'), -- Medicintekniska förbrukningsartiklar
    ('01a20519-6764-78da-8cdb-a7676f3787f6', 'F', '[2023-01-01,2026-01-01)'), -- Inkontinensprodukter
    ('01a20519-6769-7927-ac2e-5640f9780aad', 'G', '[2023-01-01,2026-01-01)'), -- Medicinteknisk utrustning
    ('01a20519-676f-7101-a561-be5158b0679b', 'H', '[2023-01-01,2026-01-01)'), -- Textilier och arbetskläder
    ('01a20519-6770-7024-b225-0affbfbf3225', 'H', '[2023-01-01,2026-01-01)'); -- Tvätteritjänster

-- A short list of the Common Procurement Vocabulary 2008: what health care buys, with all parents.
-- Source: Publications Office of the European Union, CC BY 4.0. Names word for word, codes without check digit.
-- The whole list is loaded with `kravbank import-cpv`.
insert into cpv_code (code, name_sv, name_en) values
    ('03000000', 'Jordbruks-, jakt-, fiske- och skogsbruksprodukter samt tillhörande produkter', 'Agricultural, farming, fishing, forestry and related products'),
    ('03200000', 'Spannmål, potatis, grönsaker, frukt och nötter', 'Cereals, potatoes, vegetables, fruits and nuts'),
    ('03220000', 'Grönsaker, frukt och nötter', 'Vegetables, fruits and nuts'),
    ('03300000', 'Jordbruks-, jakt- och fiskeprodukter', 'Farming, hunting and fishing products'),
    ('03310000', 'Fisk, skaldjur och akvatiska produkter', 'Fish, crustaceans and aquatic products'),
    ('03311000', 'Fisk', 'Fish'),
    ('09000000', 'Petroleumprodukter, bränsle, elektricitet och andra energikällor', 'Petroleum products, fuel, electricity and other sources of energy'),
    ('09300000', 'Elektricitet, värme, sol- och kärnenergi', 'Electricity, heating, solar and nuclear energy'),
    ('09310000', 'Elektricitet', 'Electricity'),
    ('09330000', 'Solenergi', 'Solar energy'),
    ('09331000', 'Solcellsplattor', 'Solar panels'),
    ('09331200', 'Solcellsmoduler', 'Solar photovoltaic modules'),
    ('15000000', 'Livsmedel, drycker, tobak o d', 'Food, beverages, tobacco and related products'),
    ('15100000', 'Animaliska livsmedel, kött och köttprodukter', 'Animal products, meat and meat products'),
    ('15110000', 'Kött', 'Meat'),
    ('15200000', 'Beredd och konserverad fisk', 'Prepared and preserved fish'),
    ('15210000', 'Fiskfiléer, fisklever och rom', 'Fish fillets, fish livers and roe'),
    ('15211000', 'Fiskfiléer', 'Fish fillets'),
    ('15220000', 'Fryst fisk, fiskfiléer och övrig fisk', 'Frozen fish, fish fillets and other fish meat'),
    ('15221000', 'Fryst fisk', 'Frozen fish'),
    ('15500000', 'Mejeriprodukter', 'Dairy products'),
    ('15510000', 'Mjölk och grädde', 'Milk and cream'),
    ('15511000', 'Mjölk', 'Milk'),
    ('15800000', 'Diverse livsmedel', 'Miscellaneous food products'),
    ('15810000', 'Brödprodukter, färska bakverk och kakor', 'Bread products, fresh pastry goods and cakes'),
    ('15860000', 'Kaffe, te och liknande produkter', 'Coffee, tea and related products'),
    ('15861000', 'Kaffe', 'Coffee'),
    ('15900000', 'Drycker, tobak o d', 'Beverages, tobacco and related products'),
    ('15980000', 'Alkoholfria drycker', 'Non-alcoholic beverages'),
    ('18000000', 'Kläder, skor, väskor och tillbehör', 'Clothing, footwear, luggage articles and accessories'),
    ('18100000', 'Yrkeskläder, särskilda arbetskläder och tillbehör', 'Occupational clothing, special workwear and accessories'),
    ('18110000', 'Arbetskläder för män', 'Occupational clothing'),
    ('18140000', 'Tillbehör till arbetskläder', 'Workwear accessories'),
    ('18143000', 'Skyddskläder', 'Protective gear'),
    ('18200000', 'Ytterkläder', 'Outerwear'),
    ('18220000', 'Impregnerade kläder', 'Weatherproof clothing'),
    ('18221000', 'Regnkläder', 'Waterproof clothing'),
    ('18400000', 'Specialkläder och tillbehör', 'Special clothing and accessories'),
    ('18420000', 'Klädesaccessoarer', 'Clothing accessories'),
    ('18424000', 'Handskar', 'Gloves'),
    ('18424300', 'Engångshandskar', 'Disposable gloves'),
    ('18900000', 'Väskor, sadelvaror, säckar och påsar', 'Luggage, saddlery, sacks and bags'),
    ('18930000', 'Säckar och påsar', 'Sacks and bags'),
    ('19000000', 'Skinn och textilier, plast- och gummimaterial', 'Leather and textile fabrics, plastic and rubber materials'),
    ('19500000', 'Gummi- och plastmaterial', 'Rubber and plastic materials'),
    ('19520000', 'Plastprodukter', 'Plastic products'),
    ('19600000', 'Skinnrester, textil-, gummi- och plastavfall', 'Leather, textile, rubber and plastic waste'),
    ('19640000', 'Sopsäckar och soppåsar av polyeten', 'Polythene waste and refuse sacks and bags'),
    ('24000000', 'Kemiska produkter', 'Chemical products'),
    ('24100000', 'Gaser', 'Gases'),
    ('24110000', 'Industrigaser', 'Industrial gases'),
    ('24111000', 'Väte, argon, ädelgaser, kväve och syre', 'Hydrogen, argon, rare gases, nitrogen and oxygen'),
    ('24111500', 'Gaser för medicinskt bruk', 'Medical gases'),
    ('24111900', 'Syre', 'Oxygen'),
    ('30000000', 'Kontorsmaskiner, datorer samt kontors- och datorutrustning, utom möbler och programvara', 'Office and computing machinery, equipment and supplies except furniture and software packages'),
    ('30100000', 'Kontorsmaskiner, kontorsutrustning och kontorsmateriel, utom datorer, skrivare och möbler', 'Office machinery, equipment and supplies except computers, printers and furniture'),
    ('30120000', 'Utrustning för kopiering och offsettryckning', 'Photocopying and offset printing equipment'),
    ('30121000', 'Utrustning för fotokopiering och termokopiering', 'Photocopying and thermocopying equipment'),
    ('30121100', 'Fotokopieringsmaskiner', 'Photocopiers'),
    ('30121200', 'Utrustning för fotokopiering', 'Photocopying equipment'),
    ('30125000', 'Delar och tillbehör till kopiatorer', 'Parts and accessories of photocopying apparatus'),
    ('30125100', 'Kolpulverpatroner', 'Toner cartridges'),
    ('30125110', 'Toner för laserskrivare/faxmaskiner', 'Toner for laser printers/fax machines'),
    ('30190000', 'Diverse kontorsutrustning och kontorsmateriel', 'Various office equipment and supplies'),
    ('30192000', 'Kontorsmateriel', 'Office supplies'),
    ('30192700', 'Skriv- och kontorsmateriel', 'Stationery'),
    ('30197000', 'Mindre kontorsartiklar', 'Small office equipment'),
    ('30197200', 'Ringpärmar och gem', 'Ring binders and paper clips'),
    ('30197210', 'Ringpärmar', 'Ring binders'),
    ('30197600', 'Förädlat papper och kartong', 'Processed paper and paperboard'),
    ('30197630', 'Tryckpapper', 'Printing paper'),
    ('30197640', 'Självkopierande eller övrigt kopieringspapper', 'Self-copy or other copy paper'),
    ('30197643', 'Kopieringspapper', 'Photocopier paper'),
    ('30199000', 'Pappersvaror och övriga föremål', 'Paper stationery and other items'),
    ('30199200', 'Kuvert, korrespondenskort och brevkort', 'Envelopes, letter cards and plain postcards'),
    ('30199230', 'Kuvert', 'Envelopes'),
    ('30200000', 'Datorer och datamateriel', 'Computer equipment and supplies'),
    ('30210000', 'Databehandlingsmaskiner (maskinvara)', 'Data-processing machines (hardware)'),
    ('30213000', 'Persondatorer', 'Personal computers'),
    ('30213100', 'Bärbara datorer', 'Portable computers'),
    ('30213200', 'Portföljdator', 'Tablet computer'),
    ('30213300', 'Stationär dator', 'Desktop computer'),
    ('30230000', 'Datorrelaterad utrustning', 'Computer-related equipment'),
    ('30231000', 'Datorskärmar och manöverenheter', 'Computer screens and consoles'),
    ('30231300', 'Bildskärmar', 'Display screens'),
    ('30231310', 'Platta bildskärmar', 'Flat panel displays'),
    ('30232000', 'Kringutrustning', 'Peripheral equipment'),
    ('30232100', 'Skrivare och kurvskrivare', 'Printers and plotters'),
    ('30232110', 'Lasertryckare', 'Laser printers'),
    ('30237000', 'Delar och tillbehör till datorer', 'Parts, accessories and supplies for computers'),
    ('30237200', 'Datortillbehör', 'Computer accessories'),
    ('30237280', 'Tillbehör för kraftförsörjning', 'Power supply accessories'),
    ('31000000', 'Elektriska maskiner, apparater och förbrukningsvaror samt elektrisk utrustning; belysning', 'Electrical machinery, apparatus, equipment and consumables; lighting'),
    ('31100000', 'Elektriska motorer, generatorer och transformatorer', 'Electric motors, generators and transformers'),
    ('31150000', 'Ballast för urladdningslampor eller urladdningsrör', 'Ballasts for discharge lamps or tubes'),
    ('31158000', 'Laddningsanordningar', 'Chargers'),
    ('31158100', 'Batteriladdningsdon', 'Battery chargers'),
    ('31500000', 'Belysningsarmatur och elektriska lampor', 'Lighting equipment and electric lamps'),
    ('31520000', 'Lampor och belysningsarmatur', 'Lamps and light fittings'),
    ('31524000', 'Tak- och väggarmatur', 'Ceiling or wall light fittings'),
    ('32000000', 'Radio-, televisions-, kommuniktions- och telekommunikationsutrustning samt tillhörande utrustning', 'Radio, television, communication, telecommunication and related equipment'),
    ('32200000', 'Överföringsutrustning för radiotelefoni, radiotelegrafi, radiosändning och television', 'Transmission apparatus for radiotelephony, radiotelegraphy, radio broadcasting and television'),
    ('32250000', 'Mobiltelefoner', 'Mobile telephones'),
    ('33000000', 'Medicinsk utrustning, läkemedel och hygienartiklar', 'Medical equipments, pharmaceuticals and personal care products'),
    ('33100000', 'Medicinsk utrustning', 'Medical equipments'),
    ('33110000', 'Utrustning för medicinsk, odontologisk och veterinärmedicinsk bildbehandling', 'Imaging equipment for medical, dental and veterinary use'),
    ('33111000', 'Röntgenapparatur', 'X-ray devices'),
    ('33112000', 'Utrustning för medicinsk bildbehandling med ultraljud och doppler', 'Echo, ultrasound and doppler imaging equipment'),
    ('33112200', 'Ultraljudsapparat', 'Ultrasonic unit'),
    ('33113000', 'MRT-utrustning', 'Magnetic resonance imaging equipment'),
    ('33115000', 'Utrustning för tomografi', 'Tomography devices'),
    ('33115100', 'Datortomografer ("CT scanner")', 'CT scanners'),
    ('33120000', 'System för registrering och undersökningsutrustning', 'Recording systems and exploration devices'),
    ('33130000', 'Utrustning och instrument för tandvård och underspecialiteter', 'Dental and subspecialty instruments and devices'),
    ('33131000', 'Tandläkarinstrument', 'Dental hand instrument'),
    ('33131300', 'Engångsinstrument för tandläkarbruk', 'Dental disposable instrument'),
    ('33140000', 'Medicinska förbrukningsartiklar', 'Medical consumables'),
    ('33141000', 'Engångsartiklar för icke-kemiskt medicinskt bruk och hematologiska förbrukningsartiklar', 'Disposable non-chemical medical consumables and haematological consumables'),
    ('33141100', 'Förbandsartiklar; clips, suturer och ligaturer', 'Dressings; clip, suture, ligature supplies'),
    ('33141110', 'Förbandsartiklar', 'Dressings'),
    ('33141111', 'Klisterbandage', 'Adhesive dressings'),
    ('33141112', 'Plåster', 'Plasters'),
    ('33141114', 'Gasbinda', 'Medical gauze'),
    ('33141116', 'Omläggningsset', 'Dressing packs'),
    ('33141119', 'Kompresser', 'Compresses'),
    ('33141120', 'Clips, suturer och ligaturer', 'Clip, suture, ligature supplies'),
    ('33141121', 'Kirurgiska suturer', 'Surgical sutures'),
    ('33141123', 'Behållare för skarpa föremål', 'Sharps containers'),
    ('33141200', 'Katetrar', 'Catheters'),
    ('33141220', 'Kanyler', 'Cannulae'),
    ('33141300', 'Utrustning för venpunktering och blodprovstagning', 'Venepuncture, blood sampling devices'),
    ('33141310', 'Injektionssprutor', 'Syringes'),
    ('33141320', 'Nålar för medicinskt bruk', 'Medical needles'),
    ('33141400', 'Avbitartång och bisturi; operationshandskar', 'Wire-cutter and bistoury; surgical gloves'),
    ('33141420', 'Operationshandskar', 'Surgical gloves'),
    ('33141600', 'Uppsamlingsbehållare och -påsar, dränageset och dylikt', 'Collector and collection bags, drainage and kits'),
    ('33141610', 'Uppsamlingspåse', 'Collection bag'),
    ('33141615', 'Urinpåsar', 'Bags for urine'),
    ('33141620', 'Utrustning för medicinskt bruk för specifika ändamål i förpackningar (sets)', 'Medical kits'),
    ('33141621', 'Inkontinensset', 'Incontinence kit'),
    ('33141624', 'Infusionsaggregat', 'Administration sets'),
    ('33141640', 'Drän', 'Drain'),
    ('33141641', 'Sonder', 'Probes'),
    ('33141700', 'Ortopediska artiklar', 'Orthopaedic supplies'),
    ('33141720', 'Gånghjälpmedel', 'Walking aids'),
    ('33141800', 'Förbrukningsartiklar för tandvård', 'Dental consumables'),
    ('33160000', 'Operationsteknik', 'Operating techniques'),
    ('33162000', 'Apparatur och instrument för operationssalar', 'Operating theatre devices and instruments'),
    ('33162200', 'Operationsinstrument', 'Operating-theatre instruments'),
    ('33168000', 'Apparatur för endoskopi och endokirurgi', 'Endoscopy, endosurgery devices'),
    ('33168100', 'Endoskop', 'Endoscopes'),
    ('33169000', 'Kirurgiska instrument', 'Surgical instruments'),
    ('33170000', 'Anestesi och återupplivning', 'Anaesthesia and resuscitation'),
    ('33180000', 'Funktionellt stöd', 'Functional support'),
    ('33182000', 'Apparatur för understöd av hjärtfunktioner', 'Cardiac support devices'),
    ('33182100', 'Defibrillator', 'Defibrillator'),
    ('33185000', 'Hörapparater', 'Hearing aids'),
    ('33190000', 'Diverse medicinktekniska produkter', 'Miscellaneous medical devices and products'),
    ('33191000', 'Utrustning för sterilisering, desinfektion och hygien', 'Sterilisation, disinfection and hygiene devices'),
    ('33191100', 'Steriliseringsapparat', 'Steriliser'),
    ('33191110', 'Autoklaver', 'Autoclaves'),
    ('33192000', 'Möbler för sjukvårdsändamål', 'Medical furniture'),
    ('33192100', 'Sjukbäddar', 'Beds for medical use'),
    ('33192120', 'Sjukhussängar', 'Hospital beds'),
    ('33192500', 'Provrör', 'Test tubes'),
    ('33192600', 'Lyftanordningar för vårdsektorn', 'Lifting equipment for health care sector'),
    ('33193000', 'Invalidfordon, rullstolar och tillhörande utrustning', 'Invalid carriages, wheelchairs and associated devices'),
    ('33193100', 'Invalidfordon och rullstolar', 'Invalid carriages and wheelchairs'),
    ('33193120', 'Rullstolar', 'Wheelchairs'),
    ('33194000', 'Apparatur och instrument för transfusion och infusion', 'Devices and instruments for transfusion and infusion'),
    ('33194100', 'Utrustning för infusion', 'Devices and instruments for infusion'),
    ('33194110', 'Infusionspumpar', 'Infusion pumps'),
    ('33194120', 'Infusionsartiklar', 'Infusion supplies'),
    ('33196000', 'Medicinska hjälpmedel', 'Medical aids'),
    ('33196200', 'Hjälpmedel för funktionshindrade personer', 'Devices for the disabled'),
    ('33198000', 'Sjukvårdsartiklar av papper', 'Hospital paper articles'),
    ('33199000', 'Sjukvårdskläder', 'Medical clothing'),
    ('33600000', 'Läkemedel', 'Pharmaceutical products'),
    ('33650000', 'Antiinfektiva medel för systemiskt bruk, vacciner, cytostatika/cytotoxiska medel, samt immunmodulerande medel', 'General anti-infectives for systemic use, vaccines, antineoplastic and immunodulating agents'),
    ('33651000', 'Antiinfektiva medel för systemiskt bruk', 'General anti-infectives for systemic use and vaccines'),
    ('33651100', 'Antibakteriella medel för systemiskt bruk', 'Antibacterials for systemic use'),
    ('33651600', 'Vacciner', 'Vaccines'),
    ('33660000', 'Läkemedel som verkar på nervsystemet och sinnesorganen', 'Medicinal products for the nervous system and sensory organs'),
    ('33661000', 'Läkemedel som verkar på nervsystemet', 'Medicinal products for the nervous system'),
    ('33661100', 'Anestetika', 'Anaesthetics'),
    ('33690000', 'Varia', 'Various medicinal products'),
    ('33692000', 'Farmaceutiska lösningar', 'Medical solutions'),
    ('33692100', 'Infusionslösningar', 'Infusion solutions'),
    ('33696000', 'Reagens och kontrastmedel', 'Reagents and contrast media'),
    ('33696500', 'Laboratoriereagenser', 'Laboratory reagents'),
    ('33696800', 'Kontrastmedel', 'X-ray contrast media'),
    ('33700000', 'Hygienartiklar', 'Personal care products'),
    ('33740000', 'Hand- och nagelvårdsprodukter', 'Hand and nails care products'),
    ('33741000', 'Handvårdsprodukter', 'Hand care products'),
    ('33741300', 'Handsteriliseringsmedel', 'Hand sanitizer'),
    ('33750000', 'Babyvårdsprodukter', 'Baby care products'),
    ('33751000', 'Engångsblöjor', 'Disposable nappies'),
    ('33760000', 'Toalettpapper, näsdukar, handdukar och servetter', 'Toilet paper, handkerchiefs, hand towels and serviettes'),
    ('33761000', 'Toalettpapper', 'Toilet paper'),
    ('33763000', 'Pappershanddukar', 'Paper hand towels'),
    ('33764000', 'Pappersservetter', 'Paper serviettes'),
    ('33770000', 'Sanitetspapper', 'Paper sanitary'),
    ('33771000', 'Sanitetsartiklar av papper', 'Sanitary paper products'),
    ('33790000', 'Laboratorieglas, hygieniskt eller farmaceutiskt glas', 'Laboratory, hygienic or pharmaceutical glassware'),
    ('33793000', 'Laboratorieglas', 'Laboratory glassware'),
    ('34000000', 'Transportutrustning och transporthjälpmedel', 'Transport equipment and auxiliary products to transportation'),
    ('34100000', 'Motorfordon', 'Motor vehicles'),
    ('34110000', 'Personbilar', 'Passenger cars'),
    ('34114000', 'Specialfordon', 'Specialist vehicles'),
    ('34114100', 'Utryckningsfordon', 'Emergency vehicles'),
    ('34114120', 'Paramedicinska fordon', 'Paramedic vehicles'),
    ('34114121', 'Ambulanser', 'Ambulances'),
    ('34120000', 'Motorfordon för transport av tio personer eller fler', 'Motor vehicles for the transport of 10 or more persons'),
    ('34121000', 'Bussar', 'Buses and coaches'),
    ('34130000', 'Motorfordon för godstransport', 'Motor vehicles for the transport of goods'),
    ('34136000', 'Skåpbilar', 'Vans'),
    ('34140000', 'Tyngre motorfordon', 'Heavy-duty motor vehicles'),
    ('34144000', 'Motorfordon för särskilda syften', 'Special-purpose motor vehicles'),
    ('34144900', 'Elfordon', 'Electric vehicles'),
    ('34300000', 'Delar och tillbehör till fordon och tillhörande motorer', 'Parts and accessories for vehicles and their engines'),
    ('34350000', 'Däck till lätta och tunga fordon', 'Tyres for heavy/light-duty vehicles'),
    ('34351000', 'Däck till lätta fordon', 'Light-duty tyres'),
    ('34351100', 'Bildäck', 'Tyres for motor cars'),
    ('38000000', 'Laboratorieutrustning, optisk utrustning och precisionsutrustning (exkl. glas)', 'Laboratory, optical and precision equipments (excl. glasses)'),
    ('38400000', 'Instrument för kontroll av fysikaliska egenskaper', 'Instruments for checking physical characteristics'),
    ('38430000', 'Detektions- och analysutrustning', 'Detection and analysis apparatus'),
    ('38437000', 'Pipetter för laboratorier och tillbehör', 'Laboratory pipettes and accessories'),
    ('38437100', 'Pipetter', 'Pipettes'),
    ('38437110', 'Pipettspetsar', 'Pipette tips'),
    ('39000000', 'Möbler (inkl. kontorsmöbler), inredning, hushållsapparater (exkl. belysning) och rengöringsprodukter', 'Furniture (incl. office furniture), furnishings, domestic appliances (excl. lighting) and cleaning products'),
    ('39100000', 'Möbler', 'Furniture'),
    ('39110000', 'Säten, stolar och relaterade produkter, och tillhörande delar', 'Seats, chairs and related products, and associated parts'),
    ('39112000', 'Stolar', 'Chairs'),
    ('39120000', 'Bord, skåp, skrivbord och bokhyllor', 'Tables, cupboards, desk and bookcases'),
    ('39121000', 'Skrivbord och bord', 'Desks and tables'),
    ('39121100', 'Skrivbord', 'Desks'),
    ('39122000', 'Skåp och bokhyllor', 'Cupboards and bookcases'),
    ('39130000', 'Kontorsmöbler', 'Office furniture'),
    ('39200000', 'Inredning', 'Furnishing'),
    ('39220000', 'Köksutrustning, hushållsartiklar och materiel för catering', 'Kitchen equipment, household and domestic items and catering supplies'),
    ('39221000', 'Köksutrustning', 'Kitchen equipment'),
    ('39221100', 'Köksgeråd', 'Kitchenware'),
    ('39221130', 'Matbehållare', 'Food containers'),
    ('39222000', 'Produkter för catering', 'Catering supplies'),
    ('39222100', 'Engångsartiklar för catering', 'Disposable catering supplies'),
    ('39222120', 'Engångskoppar', 'Disposable cups'),
    ('39300000', 'Diverse utrustning', 'Miscellaneous equipment'),
    ('39330000', 'Desinfektionsutrustning', 'Disinfection equipment'),
    ('39500000', 'Textilvaror', 'Textile articles'),
    ('39510000', 'Hushållstextilier', 'Textile household articles'),
    ('39512000', 'Sänglinne', 'Bed linen'),
    ('39512100', 'Lakan', 'Sheets'),
    ('39514000', 'Badrums- och kökslinne', 'Toilet and kitchen linen'),
    ('39514100', 'Handdukar', 'Towels'),
    ('39518000', 'Sjukhuslinne', 'Hospital linen'),
    ('39700000', 'Hushållsapparater', 'Domestic appliances'),
    ('39710000', 'Elektriska hushållsapparater', 'Electrical domestic appliances'),
    ('39711000', 'Elektriska hushållsapparater för livsmedel', 'Electrical domestic appliances for use with foodstuffs'),
    ('39711100', 'Kylskåp och frysar', 'Refrigerators and freezers'),
    ('39711120', 'Frysar', 'Freezers'),
    ('39800000', 'Rengörings- och polermedel', 'Cleaning and polishing products'),
    ('39830000', 'Rengöringsmedel', 'Cleaning products'),
    ('39831000', 'Tvättmedel', 'Washing preparations'),
    ('39831200', 'Tvätt, disk och rengöringsmedel', 'Detergents'),
    ('39831210', 'Maskindiskmedel', 'Dishwasher detergents'),
    ('39831240', 'Rengöringssammansättningar', 'Cleaning compounds'),
    ('39832000', 'Diskmedel', 'Dishwashing products'),
    ('42000000', 'Industrimaskiner', 'Industrial machinery'),
    ('42500000', 'Kyl- och ventilationsutrustning', 'Cooling and ventilation equipment'),
    ('42510000', 'Värmeväxlare, luftkonditionerings- och kylutrustning samt filtreringsapparater', 'Heat-exchange units, air-conditioning and refrigerating equipment, and filtering machinery'),
    ('42511000', 'Värmeväxlare och kondensorer för luft eller andra gaser', 'Heat-exchange units and machinery for liquefying air or other gases'),
    ('42511100', 'Värmeväxlare', 'Heat-exchange units'),
    ('42511110', 'Värmepumpar', 'Heat pumps'),
    ('42512000', 'Installationer för luftkonditionering', 'Air-conditioning installations'),
    ('42513000', 'Kyl- och frysutrustning', 'Refrigerating and freezing equipment'),
    ('44000000', 'Konstruktioner och konstruktionsmaterial; konstruktionshjälpmedel (utom elutrustning)', 'Construction structures and materials; auxiliary products to construction (except electric apparatus)'),
    ('44100000', 'Konstruktionsmaterial och tillhörande föremål', 'Construction materials and associated items'),
    ('44110000', 'Konstruktionsmaterial', 'Construction materials'),
    ('44111000', 'Byggnadsmaterial', 'Building materials'),
    ('44111400', 'Målarfärg och väggbeklädnadsmaterial', 'Paints and wallcoverings'),
    ('44112000', 'Diverse byggnadskonstruktioner', 'Miscellaneous building structures'),
    ('44112200', 'Golvbeläggningar', 'Floor coverings'),
    ('44114000', 'Betong', 'Concrete'),
    ('44114100', 'Färdigblandad betong', 'Ready-mixed concrete'),
    ('44140000', 'Byggmaterialrelaterade produkter', 'Products related to construction materials'),
    ('44143000', 'Pallar', 'Pallets'),
    ('44200000', 'Konstruktionsprodukter', 'Structural products'),
    ('44220000', 'Inredningssnickerier', 'Builders'' joinery'),
    ('44221000', 'Fönster, dörrar och liknande föremål', 'Windows, doors and related items'),
    ('44221100', 'Fönster', 'Windows'),
    ('44600000', 'Tankar, reservoarer och behållare; värmeledningselement och centralvärmepannor', 'Tanks, reservoirs and containers; central-heating radiators and boilers'),
    ('44610000', 'Tankar, reservoarer, behållare och tryckkärl', 'Tanks, reservoirs, containers and pressure vessels'),
    ('44612000', 'Behållare för kondenserad gas', 'Liquefied-gas containers'),
    ('44612200', 'Gastuber', 'Gas tanks'),
    ('44617000', 'Lådor', 'Boxes'),
    ('44617100', 'Kartonger', 'Cartons'),
    ('44800000', 'Färger, fernissor och mastix', 'Paints, varnishes and mastics'),
    ('44810000', 'Färger', 'Paints'),
    ('45000000', 'Anläggningsarbete', 'Construction work'),
    ('45200000', 'Delar av eller kompletta bygg- och anläggningsarbeten samt väg- och vattenarbeten', 'Works for complete or part construction and civil engineering work'),
    ('45210000', 'Byggnadsanläggning', 'Building construction work'),
    ('45215000', 'Bygg- och anläggningsarbeten: byggnader med anknytning till hälso- och socialvård, krematorier och offentliga toaletter', 'Construction work for buildings relating to health and social services, for crematoriums and public conveniences'),
    ('45300000', 'Byggnadsinstallationsarbeten', 'Building installation work'),
    ('45330000', 'Rörmokeriarbeten', 'Plumbing and sanitary works'),
    ('45331000', 'Installation av värme, ventilation och luftkonditionering', 'Heating, ventilation and air-conditioning installation work'),
    ('50000000', 'Reparation och underhåll', 'Repair and maintenance services'),
    ('50800000', 'Diverse reparationer och underhåll', 'Miscellaneous repair and maintenance services'),
    ('50830000', 'Lagning av kläder och textilier', 'Repair services of garments and textiles'),
    ('55000000', 'Hotell-, restaurang- och detaljhandelstjänster', 'Hotel, restaurant and retail trade services'),
    ('55100000', 'Hotelltjänster', 'Hotel services'),
    ('55110000', 'Hotellinkvartering', 'Hotel accommodation services'),
    ('55120000', 'Mötes- och konferenstjänster på hotell', 'Hotel meeting and conference services'),
    ('55300000', 'Restaurang- och serveringstjänster', 'Restaurant and food-serving services'),
    ('55320000', 'Måltidsservering', 'Meal-serving services'),
    ('55500000', 'Matsalstjänster och catering', 'Canteen and catering services'),
    ('55520000', 'Catering', 'Catering services'),
    ('60000000', 'Transporter (utom avfallstransport)', 'Transport services (excl. Waste transport)'),
    ('60100000', 'Vägtransporter', 'Road transport services'),
    ('60112000', 'Kollektivtrafik på väg', 'Public road transport services'),
    ('60120000', 'Taxitjänster', 'Taxi services'),
    ('60160000', 'Posttransport på väg', 'Mail transport by road'),
    ('60161000', 'Pakettransporter', 'Parcel transport services'),
    ('64000000', 'Post- och telekommunikationstjänster', 'Postal and telecommunications services'),
    ('64100000', 'Post- och budtjänster', 'Post and courier services'),
    ('64120000', 'Budtjänster', 'Courier services'),
    ('79000000', 'Företagstjänster: lagstiftning, marknadsföring, rådgivning, rekrytering, tryckning och säkerhet', 'Business services: law, marketing, consulting, recruitment, printing and security'),
    ('79900000', 'Diverse företags- och övriga tjänster', 'Miscellaneous business and business-related services'),
    ('79950000', 'Tjänster för organisering av utställningar, mässor och kongresser', 'Exhibition, fair and congress organisation services'),
    ('79952000', 'Evenemang', 'Event services'),
    ('90000000', 'Avlopps- och avfallshantering, sanering och miljötjänster', 'Sewage, refuse, cleaning and environmental services'),
    ('90500000', 'Avfallstjänster', 'Refuse and waste related services'),
    ('90510000', 'Avfallshantering', 'Refuse disposal and treatment'),
    ('90511000', 'Sophämtning', 'Refuse collection services'),
    ('90512000', 'Avfallstransport', 'Refuse transport services'),
    ('90513000', 'Hantering av ofarligt avfall', 'Non-hazardous refuse and waste treatment and disposal services'),
    ('90514000', 'Återvinning av avfall', 'Refuse recycling services'),
    ('90520000', 'Hantering av radioaktivt, giftigt, medicinskt och farligt avfall', 'Radioactive-, toxic-, medical- and hazardous waste services'),
    ('90524000', 'Tjänster i samband med medicinskt avfall', 'Medical waste services'),
    ('90524400', 'Insamling, transport och hantering av sjukhusavfall', 'Collection, transport and disposal of hospital waste'),
    ('98000000', 'Andra samhälleliga och personliga tjänster', 'Other community, social and personal services'),
    ('98300000', 'Diverse tjänster', 'Miscellaneous services'),
    ('98310000', 'Tvätt- och kemtvättstjänster', 'Washing and dry-cleaning services'),
    ('98311000', 'Tvättinsamling', 'Laundry-collection services'),
    ('98311100', 'Tvätthantering', 'Laundry-management services'),
    ('98311200', 'Drift av tvätteri', 'Laundry-operation services'),
    ('98390000', 'Andra tjänster', 'Other services'),
    ('98393000', 'Skräddartjänster', 'Tailoring services');

-- Which CPV codes belong to which group. A requirement may carry other codes; these are the ones offered first.

-- Medicinteknik: Handskar
insert into product_group_cpv (group_id, code)
select '01a20519-6762-7cb7-bdd9-d27bac6213b9'::uuid, unnest(array[
    '18424300', '33141400', '33141420'
]);

-- Medicinteknik: Medicintekniska förbrukningsartiklar
insert into product_group_cpv (group_id, code)
select '01a20519-6763-72fc-a7a0-adcbebfaa85a'::uuid, unnest(array[
    '33140000', '33141000', '33141200', '33141220', '33141300', '33141310', '33141320', '33141600', '33141610', '33141615',
    '33141624', '33141641', '33194120', '33198000', '33199000'
]);

-- Medicinteknik: Inkontinensprodukter
insert into product_group_cpv (group_id, code)
select '01a20519-6764-78da-8cdb-a7676f3787f6'::uuid, unnest(array[
    '33141615', '33141621', '33751000', '33771000'
]);

-- Medicinteknik: Sårvård
insert into product_group_cpv (group_id, code)
select '01a20519-6765-7b55-8bcf-dfc880c3c8e8'::uuid, unnest(array[
    '33141100', '33141110', '33141111', '33141112', '33141114', '33141116', '33141119'
]);

-- Medicinteknik: Bilddiagnostik
insert into product_group_cpv (group_id, code)
select '01a20519-6766-7300-990b-da7c30727f83'::uuid, unnest(array[
    '33110000', '33111000', '33112200', '33113000', '33115000', '33115100', '33696800'
]);

-- Medicinteknik: Kirurgiska instrument
insert into product_group_cpv (group_id, code)
select '01a20519-6767-7749-b2f1-b641d1ce32b9'::uuid, unnest(array[
    '33141120', '33141121', '33160000', '33162200', '33168000', '33168100', '33169000'
]);

-- Medicinteknik: Tandvård och dental
insert into product_group_cpv (group_id, code)
select '01a20519-6768-70f8-bde7-6a8f392c4f79'::uuid, unnest(array[
    '33130000', '33131000', '33131300', '33141800'
]);

-- Medicinteknik: Medicinteknisk utrustning
insert into product_group_cpv (group_id, code)
select '01a20519-6769-7927-ac2e-5640f9780aad'::uuid, unnest(array[
    '33100000', '33120000', '33170000', '33180000', '33182000', '33182100', '33190000', '33191000', '33191100', '33191110',
    '33192000', '33192120', '33194000', '33194110', '39330000'
]);

-- Läkemedel: Läkemedel
insert into product_group_cpv (group_id, code)
select '01a20519-676a-7abe-a8fc-065f5a5737bc'::uuid, unnest(array[
    '33600000', '33650000', '33651100', '33651600', '33660000', '33661100', '33690000', '33692000', '33692100'
]);

-- Läkemedel: Medicinska gaser
insert into product_group_cpv (group_id, code)
select '01a20519-676b-7949-9b81-ff9d887cbcf6'::uuid, unnest(array[
    '24110000', '24111000', '24111500', '24111900', '33661100', '44612200'
]);

-- Laboratorium: Laboratorieartiklar
insert into product_group_cpv (group_id, code)
select '01a20519-676c-74ba-91f4-78205a1df2df'::uuid, unnest(array[
    '33192500', '33696000', '33696500', '33790000', '33793000', '38000000', '38437000', '38437100', '38437110', '39711120'
]);

-- Hjälpmedel: Hjälpmedel
insert into product_group_cpv (group_id, code)
select '01a20519-676d-74c2-bce2-85f4d9ad6803'::uuid, unnest(array[
    '33141700', '33141720', '33185000', '33192600', '33193000', '33193120', '33196000', '33196200'
]);

-- Livsmedel: Livsmedel
insert into product_group_cpv (group_id, code)
select '01a20519-676e-745e-8135-b05605b1145a'::uuid, unnest(array[
    '03200000', '03220000', '03310000', '03311000', '15000000', '15100000', '15110000', '15200000', '15211000', '15221000',
    '15500000', '15511000', '15800000', '15810000', '15860000', '15861000', '15900000', '15980000', '55320000', '55500000',
    '55520000'
]);

-- Textil: Textilier och arbetskläder
insert into product_group_cpv (group_id, code)
select '01a20519-676f-7101-a561-be5158b0679b'::uuid, unnest(array[
    '18100000', '18110000', '18143000', '18220000', '18221000', '33199000', '39500000', '39510000', '39512000', '39512100',
    '39514000', '39514100', '39518000', '50830000', '98393000'
]);

-- Textil: Tvätteritjänster
insert into product_group_cpv (group_id, code)
select '01a20519-6770-7024-b225-0affbfbf3225'::uuid, unnest(array[
    '39831000', '39831200', '98310000', '98311000', '98311100', '98311200'
]);

-- Kemiska produkter: Rengöringsmedel
insert into product_group_cpv (group_id, code)
select '01a20519-6771-78c5-9317-c0c673a80ff1'::uuid, unnest(array[
    '33740000', '33741300', '39800000', '39830000', '39831000', '39831200', '39831210', '39831240', '39832000'
]);

-- Papper: Pappersprodukter
insert into product_group_cpv (group_id, code)
select '01a20519-6772-7cf4-bb78-8840ca1c5c01'::uuid, unnest(array[
    '30197600', '30197630', '30197643', '30199000', '30199230', '33760000', '33761000', '33763000', '33764000'
]);

-- Plast och engångsartiklar: Plastprodukter
insert into product_group_cpv (group_id, code)
select '01a20519-6773-778a-b845-c523dc6c8847'::uuid, unnest(array[
    '18930000', '19500000', '19520000', '19640000', '39222000', '39222100', '39222120'
]);

-- Förpackningar: Förpackningar och emballage
insert into product_group_cpv (group_id, code)
select '01a20519-6774-721a-b6ea-e7f3c140446d'::uuid, unnest(array[
    '18930000', '39221130', '39222100', '44143000', '44610000', '44617000', '44617100'
]);

-- Kontor: Kontorsmaterial
insert into product_group_cpv (group_id, code)
select '01a20519-6775-7b1e-93eb-f277486b2a8b'::uuid, unnest(array[
    '30125100', '30125110', '30190000', '30192000', '30192700', '30197000', '30197200', '30197210', '30197630', '30197643'
]);

-- IT och telekom: Datorer och bildskärmar
insert into product_group_cpv (group_id, code)
select '01a20519-6776-7202-ba36-2f1ce3dd0aa4'::uuid, unnest(array[
    '30200000', '30210000', '30213000', '30213100', '30213300', '30230000', '30231000', '30231300', '30231310', '30237000',
    '30237200', '30237280'
]);

-- IT och telekom: Mobiltelefoner och surfplattor
insert into product_group_cpv (group_id, code)
select '01a20519-6777-7999-abbe-bdcd435a147b'::uuid, unnest(array[
    '30213200', '31158100', '32250000'
]);

-- IT och telekom: Skrivare och multifunktionsmaskiner
insert into product_group_cpv (group_id, code)
select '01a20519-6778-72a5-8243-7aaafdead32d'::uuid, unnest(array[
    '30120000', '30121000', '30121100', '30121200', '30125000', '30125100', '30125110', '30232100', '30232110'
]);

-- Möbler och inredning: Möbler
insert into product_group_cpv (group_id, code)
select '01a20519-6779-79e7-b714-a322a437d2b1'::uuid, unnest(array[
    '33192000', '39100000', '39110000', '39112000', '39120000', '39121000', '39121100', '39122000', '39130000'
]);

-- Bygg och anläggning: Byggprodukter
insert into product_group_cpv (group_id, code)
select '01a20519-677a-71c9-b44a-7ee48c53ad7c'::uuid, unnest(array[
    '44100000', '44110000', '44111000', '44111400', '44112200', '44114000', '44114100', '44220000', '44221100', '44810000',
    '45000000', '45200000', '45210000', '45215000'
]);

-- Energi: Energi och installation
insert into product_group_cpv (group_id, code)
select '01a20519-677b-7d82-a99d-035cd47cf9c8'::uuid, unnest(array[
    '09300000', '09310000', '09330000', '09331200', '31500000', '31520000', '31524000', '42500000', '42510000', '42511110',
    '42512000', '42513000', '45330000', '45331000'
]);

-- Fordon och transport: Fordon
insert into product_group_cpv (group_id, code)
select '01a20519-677c-7df3-90a7-0a001fef9a05'::uuid, unnest(array[
    '31158000', '34100000', '34110000', '34114000', '34114121', '34120000', '34121000', '34130000', '34136000', '34144900',
    '34350000', '34351000', '34351100'
]);

-- Fordon och transport: Transporttjänster
insert into product_group_cpv (group_id, code)
select '01a20519-677d-7742-a4e3-bc4e5cef0115'::uuid, unnest(array[
    '60000000', '60100000', '60112000', '60120000', '60160000', '60161000', '64120000'
]);

-- Avfall: Avfallstjänster
insert into product_group_cpv (group_id, code)
select '01a20519-677e-7890-ba94-543fe2a8ecb1'::uuid, unnest(array[
    '33141123', '90500000', '90510000', '90511000', '90512000', '90513000', '90514000', '90520000', '90524000', '90524400'
]);

-- Evenemang: Konferens och evenemang
insert into product_group_cpv (group_id, code)
select '01a20519-677f-7fb9-acf4-9771b27eef97'::uuid, unnest(array[
    '55100000', '55110000', '55120000', '55300000', '79950000', '79952000'
]);

-- The sixteen national environmental quality objectives, official names; the descriptions are our own words.
insert into objective (slug, position, name_sv, name_en, description_sv, description_en) values
    ('begransad-klimatpaverkan', 1, 'Begränsad klimatpåverkan', 'Reduced Climate Impact',
     'Halten av växthusgaser i luften ska hållas så låg att människan inte stör klimatet på ett farligt sätt.',
     'Greenhouse gases in the air are kept low enough for people not to disturb the climate dangerously.'),
    ('frisk-luft', 2, 'Frisk luft', 'Clean Air',
     'Luften ska vara så ren att den inte skadar människor, djur, växter eller byggnader.',
     'The air is clean enough not to harm people, animals, plants or buildings.'),
    ('bara-naturlig-forsurning', 3, 'Bara naturlig försurning', 'Natural Acidification Only',
     'Nedfall och markanvändning ska inte göra mark och vatten surare än vad naturen tål.',
     'Deposition and land use do not make soil and water more acid than nature can bear.'),
    ('giftfri-miljo', 4, 'Giftfri miljö', 'A Non-Toxic Environment',
     'Ämnen som samhället skapar eller utvinner ska inte hota människors hälsa eller den biologiska mångfalden.',
     'Substances made or extracted by society do not threaten human health or biodiversity.'),
    ('skyddande-ozonskikt', 5, 'Skyddande ozonskikt', 'A Protective Ozone Layer',
     'Ozonskiktet ska återhämta sig så att det skyddar mot skadlig UV-strålning.',
     'The ozone layer recovers so that it protects against harmful UV radiation.'),
    ('saker-stralmiljo', 6, 'Säker strålmiljö', 'A Safe Radiation Environment',
     'Människor och natur ska skyddas mot skadlig strålning.',
     'People and nature are protected against harmful radiation.'),
    ('ingen-overgodning', 7, 'Ingen övergödning', 'Zero Eutrophication',
     'Gödande ämnen i mark och vatten ska inte skada hälsa, mångfald eller möjligheten att använda vattnet.',
     'Nutrients in soil and water do not harm health, biodiversity or the use of water.'),
    ('levande-sjoar-och-vattendrag', 8, 'Levande sjöar och vattendrag', 'Flourishing Lakes and Streams',
     'Sjöar och vattendrag ska fungera ekologiskt och deras livsmiljöer ska bevaras.',
     'Lakes and streams work ecologically and their habitats are kept.'),
    ('grundvatten-av-god-kvalitet', 9, 'Grundvatten av god kvalitet', 'Good-Quality Groundwater',
     'Grundvattnet ska ge säkert dricksvatten och goda livsmiljöer i sjöar och vattendrag.',
     'Groundwater gives safe drinking water and good habitats in lakes and streams.'),
    ('hav-i-balans', 10, 'Hav i balans samt levande kust och skärgård', 'A Balanced Marine Environment, Flourishing Coastal Areas and Archipelagos',
     'Haven ska ha en hållbar produktion och mångfald, och kust och skärgård ska brukas varsamt.',
     'The seas have lasting productivity and diversity, and coasts and archipelagos are used with care.'),
    ('myllrande-vatmarker', 11, 'Myllrande våtmarker', 'Thriving Wetlands',
     'Våtmarkerna ska finnas kvar och kunna rena, lagra och hysa liv.',
     'Wetlands remain and can purify, store and harbour life.'),
    ('levande-skogar', 12, 'Levande skogar', 'Sustainable Forests',
     'Skogen ska brukas så att den växer väl, rymmer mångfald och är till glädje för människor.',
     'Forests are used so that they grow well, hold biodiversity and give people joy.'),
    ('ett-rikt-odlingslandskap', 13, 'Ett rikt odlingslandskap', 'A Varied Agricultural Landscape',
     'Jordbruksmarken ska ge mat på lång sikt samtidigt som mångfald och kulturvärden stärks.',
     'Farmland yields food in the long term while biodiversity and cultural values grow stronger.'),
    ('storslagen-fjallmiljo', 14, 'Storslagen fjällmiljö', 'A Magnificent Mountain Landscape',
     'Fjällen ska behålla sin ursprunglighet, sin mångfald och sina upplevelsevärden.',
     'The mountains keep their natural character, their diversity and their value for recreation.'),
    ('god-bebyggd-miljo', 15, 'God bebyggd miljö', 'A Good Built Environment',
     'Städer, tätorter och byggnader ska vara sunda att leva i och hushålla med mark, energi och material.',
     'Towns and buildings are healthy to live in and sparing with land, energy and materials.'),
    ('ett-rikt-vaxt-och-djurliv', 16, 'Ett rikt växt- och djurliv', 'A Rich Diversity of Plant and Animal Life',
     'Arter och deras livsmiljöer ska finnas kvar och kunna leva vidare i livskraftiga bestånd.',
     'Species and their habitats remain and can live on in viable populations.');

-- The seventeen goals of Agenda 2030, official short names.
insert into agenda_goal (number, name_sv, name_en) values
    (1, 'Ingen fattigdom', 'No Poverty'),
    (2, 'Ingen hunger', 'Zero Hunger'),
    (3, 'God hälsa och välbefinnande', 'Good Health and Well-being'),
    (4, 'God utbildning för alla', 'Quality Education'),
    (5, 'Jämställdhet', 'Gender Equality'),
    (6, 'Rent vatten och sanitet för alla', 'Clean Water and Sanitation'),
    (7, 'Hållbar energi för alla', 'Affordable and Clean Energy'),
    (8, 'Anständiga arbetsvillkor och ekonomisk tillväxt', 'Decent Work and Economic Growth'),
    (9, 'Hållbar industri, innovationer och infrastruktur', 'Industry, Innovation and Infrastructure'),
    (10, 'Minskad ojämlikhet', 'Reduced Inequalities'),
    (11, 'Hållbara städer och samhällen', 'Sustainable Cities and Communities'),
    (12, 'Hållbar konsumtion och produktion', 'Responsible Consumption and Production'),
    (13, 'Bekämpa klimatförändringarna', 'Climate Action'),
    (14, 'Hav och marina resurser', 'Life Below Water'),
    (15, 'Ekosystem och biologisk mångfald', 'Life on Land'),
    (16, 'Fredliga och inkluderande samhällen', 'Peace, Justice and Strong Institutions'),
    (17, 'Genomförande och globalt partnerskap', 'Partnerships for the Goals');

-- References. The date is the entry into force, or for MDR, IVDR, biocides and batteries the later day from which the act applies.

-- Laws.
insert into reference (id, kind, name, edition, url, in_force_from) values
    ('01a2051d-a512-7e71-b00b-fd5ea4c59bb0', 'law', 'Lag (2016:1145) om offentlig upphandling (LOU)', '',
     'https://rkrattsbaser.gov.se/sfst?bet=2016:1145', '2017-01-01'),
    ('01a20521-43ad-7b02-8d82-40abd456144c', 'law', 'Miljöbalken (1998:808)', '',
     'https://rkrattsbaser.gov.se/sfst?bet=1998:808', '1999-01-01'),
    ('01a20521-43ae-7c28-a2c0-6920381d25c1', 'law', 'Avfallsförordning (2020:614)', '',
     'https://rkrattsbaser.gov.se/sfst?bet=2020:614', '2020-08-01'),
    ('01a20521-43af-7398-a045-e88d87c3a2e4', 'law', 'Lag (2011:846) om miljökrav vid upphandling av bilar och vissa tjänster inom vägtransportområdet', '',
     'https://rkrattsbaser.gov.se/sfst?bet=2011:846', '2011-07-01'),
    ('01a2051d-a517-7e07-a612-d83d055e64ac', 'law', 'Förordning (EG) nr 1907/2006 (Reach)', '',
     'https://eur-lex.europa.eu/eli/reg/2006/1907/oj', '2007-06-01'),
    ('01a20521-43b0-7848-8813-ad9a35dc76a9', 'law', 'Förordning (EG) nr 1272/2008 om klassificering, märkning och förpackning (CLP)', '',
     'https://eur-lex.europa.eu/eli/reg/2008/1272/oj', '2009-01-20'),
    ('01a20521-43b1-7c11-8e0b-76ac1ba66dc0', 'law', 'Direktiv 2011/65/EU om farliga ämnen i elutrustning (RoHS)', '',
     'https://eur-lex.europa.eu/eli/dir/2011/65/oj', '2011-07-21'),
    ('01a20521-43b2-7d1d-a433-ce2074567f35', 'law', 'Direktiv 2012/19/EU om avfall från elutrustning (WEEE)', '',
     'https://eur-lex.europa.eu/eli/dir/2012/19/oj', '2012-08-13'),
    ('01a2051d-a51b-7bc9-aa09-f150680cb800', 'law', 'Förordning (EU) nr 528/2012 om biocidprodukter', '',
     'https://eur-lex.europa.eu/eli/reg/2012/528/oj', '2013-09-01'),
    ('01a20521-43b3-7779-9f10-24b64832fb69', 'law', 'Förordning (EU) 2019/1021 om långlivade organiska föroreningar (POPs)', '',
     'https://eur-lex.europa.eu/eli/reg/2019/1021/oj', '2019-07-15'),
    ('01a2051d-a51d-72b6-82d3-841439826bc3', 'law', 'Förordning (EU) 2017/745 om medicintekniska produkter (MDR)', '',
     'https://eur-lex.europa.eu/eli/reg/2017/745/oj', '2021-05-26'),
    ('01a2051d-a51e-75d1-bd6f-a2de89a0059c', 'law', 'Förordning (EU) 2017/746 om medicintekniska produkter för in vitro-diagnostik (IVDR)', '',
     'https://eur-lex.europa.eu/eli/reg/2017/746/oj', '2022-05-26'),
    ('01a20521-43b4-7062-a6ee-9a1d75dc4c3c', 'law', 'Förordning (EU) 2024/1781 om ekodesign för hållbara produkter', '',
     'https://eur-lex.europa.eu/eli/reg/2024/1781/oj', '2024-07-18'),
    ('01a2051d-a520-7b9d-9a5d-0fe7d5d1c08f', 'law', 'Förordning (EU) 2025/40 om förpackningar och förpackningsavfall', '',
     'https://eur-lex.europa.eu/eli/reg/2025/40/oj', '2025-02-11'),
    ('01a20521-43b5-7151-a1d1-f2b70ea119b9', 'law', 'Förordning (EU) 2023/1542 om batterier', '',
     'https://eur-lex.europa.eu/eli/reg/2023/1542/oj', '2024-02-18'),
    ('01a20521-43b6-777c-bb65-7cd6143040a8', 'law', 'Direktiv (EU) 2019/904 om vissa plastprodukters miljöpåverkan (engångsplast)', '',
     'https://eur-lex.europa.eu/eli/dir/2019/904/oj', '2019-07-02'),
    ('01a20521-43b7-77e0-a807-f0b3e8586ce0', 'law', 'Förordning (EU) 2017/1369 om energimärkning', '',
     'https://eur-lex.europa.eu/eli/reg/2017/1369/oj', '2017-08-01'),
    ('01a2051d-a524-7ff0-90d7-d802ee4a0811', 'law', 'Förordning (EU) 2024/573 om fluorerade växthusgaser', '',
     'https://eur-lex.europa.eu/eli/reg/2024/573/oj', '2024-03-11');

-- Standards: number and edition only, never their text. Each edition is a row; an empty
-- edition means the one in force.
insert into reference (id, kind, name, edition, url, in_force_from) values
    ('01a2051d-a525-7c7c-a70d-13e75930d01f', 'standard', 'SS-EN ISO 14001 Miljöledningssystem', '2015', 'https://www.iso.org/standard/60857.html', '2015-09-15'),
    ('01a2051d-a526-7196-bd57-9ca93614a446', 'standard', 'SS-EN ISO 50001 Energiledningssystem', '2018', 'https://www.iso.org/standard/69426.html', null),
    ('01a2051d-a527-7459-9cec-4c0473247ab9', 'standard', 'SS-EN ISO 14024 Typ I-miljömärkning', '2018', 'https://www.iso.org/standard/72458.html', null),
    ('01a2051d-a528-772e-92ea-321bda795db8', 'standard', 'SS-EN ISO 14025 Typ III-miljödeklarationer', '2010 (ISO 14025:2006)', 'https://www.iso.org/standard/38131.html', null),
    ('01a2051d-a529-753d-ae2f-1cd928f01824', 'standard', 'SS-EN ISO 14067 Produkters koldioxidavtryck', '2018', 'https://www.iso.org/standard/71206.html', null),
    ('01a2051d-a52a-7a83-a09c-bdbd024c6b24', 'standard', 'SS-EN 15804 Miljödeklarationer för byggprodukter', '2012+A2:2019', 'https://www.sis.se/', null),
    ('01a2051d-a52b-7ebf-86fa-44a122b20861', 'standard', 'SS-EN 455-1 Medicinska engångshandskar – täthet', '2020+A1:2022', 'https://www.sis.se/', null),
    ('01a2051d-a52c-78e6-a4e7-37f1fdc95ead', 'standard', 'SS-EN 455-2 Medicinska engångshandskar – fysikaliska egenskaper', '2015', 'https://www.sis.se/', null),
    ('01a2051d-a52d-705d-bf22-ce2fdd4a0013', 'standard', 'SS-EN 455-2 Medicinska engångshandskar – fysikaliska egenskaper', '2024', 'https://www.sis.se/', null),
    ('01a2051d-a52e-7d66-ab30-e917cba6f8cc', 'standard', 'SS-EN 455-3 Medicinska engångshandskar – biologisk utvärdering', '2015', 'https://www.sis.se/', null),
    ('01a2051d-a52f-7e29-97fc-32d28f277e90', 'standard', 'SS-EN 455-3 Medicinska engångshandskar – biologisk utvärdering', '2023', 'https://www.sis.se/', null),
    ('01a2051d-a530-76d4-ab16-0d587dbfd18f', 'standard', 'SS-EN 455-4 Medicinska engångshandskar – hållbarhetstid', '2009', 'https://www.sis.se/', null),
    ('01a2051d-a531-77b7-8bb3-5e989c554cca', 'standard', 'SS-EN 13432 Förpackningar – komposterbarhet', '2000', 'https://www.sis.se/', null),
    ('01a20521-43b8-7653-8396-bd9a9962131a', 'standard', 'SS-EN 14065 Textilier behandlade i tvätteri – styrning av biokontamination', '2016', 'https://www.sis.se/', null),
    ('01a20521-43b9-7d30-ab78-8dc3d606a139', 'standard', 'SS-EN IEC 62368-1 Utrustning för ljud, video och informationsteknik – säkerhet', '2020+A11:2020', 'https://www.sis.se/', null);

-- Labels. The ticks (LOU 9:12–15) are a first assessment for editors to check against the criteria in force;
-- whether a label is relevant always depends on what is bought.
insert into reference (id, kind, name, edition, url, in_force_from, in_force_to, label_conditions, label_criteria) values
    ('01a20519-67ba-716c-99dd-c20f5286c130', 'label', 'Svanen', '', 'https://www.svanen.se/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för den produktgrupp som köps, i den utgåva som gäller när upphandlingen annonseras.'),
    ('01a20519-67bb-7f0e-afc7-84ad0252f427', 'label', 'EU Ecolabel', '', 'https://environment.ec.europa.eu/topics/circular-economy/eu-ecolabel_en', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven i kommissionens beslut för den produktgrupp som köps.'),
    ('01a2051d-a534-7ba1-a9da-65c39a47bb11', 'label', 'Svanen, hygienprodukter (023)', '', 'https://www.svanen.se/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för blöjor, inkontinensskydd, hygienunderlägg och liknande produkter.'),
    ('01a2051d-a535-7b69-aca6-1de6723a4d6c', 'label', 'EU Ecolabel, absorberande hygienprodukter', 'beslut (EU) 2023/1809', 'https://eur-lex.europa.eu/eli/dec/2023/1809/oj', '2023-09-21', '2029-12-31',
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven i beslutet för absorberande hygienprodukter.'),
    ('01a20521-43ba-76a0-9e65-4e099a3c41ff', 'label', 'Svanen, textilier, hudar, skinn och läder (039)', 'generation 5', 'https://www.svanen.se/', '2022-03-01', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för textilier, hudar, skinn och läder.'),
    ('01a20521-43bb-72aa-b2b6-8a9d123d6056', 'label', 'EU Ecolabel, textilier', 'beslut 2014/350/EU', 'https://eur-lex.europa.eu/eli/dec/2014/350/oj', '2014-06-05', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven i beslutet för textilprodukter.'),
    ('01a20519-67bc-767f-9c3a-9a998f3cc8b0', 'label', 'Bra Miljöval', '', 'https://www.bramiljoval.se/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för det produktområde som köps, till exempel el, kemiska produkter, textil eller transporter.'),
    ('01a20521-43bc-7849-95c5-06a123ee6000', 'label', 'TCO Certified', 'generation 9', 'https://tcocertified.com/', '2021-12-01', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för produktkategorin i generation 9.'),
    ('01a20521-43bd-72f1-908c-2785f0b97ea9', 'label', 'TCO Certified', 'generation 10', 'https://tcocertified.com/', '2024-12-01', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven för produktkategorin i generation 10.'),
    ('01a20521-43be-794a-b6d0-462774867158', 'label', 'EPEAT', 'IEEE 1680.1-2018', 'https://www.epeat.net/', null, null,
     '{relevant,objective,open_process,accessible,independent}',
     'De obligatoriska kraven för produktkategorin. Nivåerna silver och guld bygger på valfria krav; ange vilka som ska vara uppfyllda.'),
    ('01a20521-43bf-7d01-945c-d0786ec73ae5', 'label', 'Energy Star, datorer', 'version 8.0', 'https://www.energystar.gov/products/computers', '2020-10-15', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven på energianvändning och energisparlägen för datorer.'),
    ('01a20521-43c0-719e-ae7e-0bca94331823', 'label', 'Global Organic Textile Standard (GOTS)', '7.0', 'https://global-standard.org/', '2024-03-01', null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Kraven på ekologisk fiber och på kemikalier i tillverkningen. Ange andelen ekologisk fiber.'),
    ('01a20521-43c1-7033-b63f-f1a5e687a311', 'label', 'Oeko-Tex Standard 100', 'utgåva 2025', 'https://www.oeko-tex.com/', null, null,
     '{relevant,objective,accessible,independent,third_party_verified}',
     'Gränsvärdena för skadliga ämnen i den produktklass som motsvarar användningen.'),
    ('01a2051d-a536-7610-bd9b-230093463c82', 'label', 'FSC', 'FSC-STD-40-004 V3-1', 'https://fsc.org/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Spårbarhet från skog till vara och den märkning som krävs: 100 %, Mix eller Recycled.'),
    ('01a2051d-a537-784a-b212-070c53073682', 'label', 'PEFC', 'PEFC ST 2002:2020', 'https://www.pefc.org/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Spårbarhet från skog till vara och kravet på andel certifierad råvara.'),
    ('01a20519-67c4-7ad7-bd2b-05b5567e54d1', 'label', 'KRAV', '', 'https://www.krav.se/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Reglerna för den produktion som livsmedlet kommer från, till exempel växtodling eller djurhållning.'),
    ('01a20519-67c5-73d9-846b-3cd9dceb15d2', 'label', 'MSC', '', 'https://www.msc.org/', null, null,
     '{relevant,objective,open_process,accessible,independent,third_party_verified}',
     'Standarden för hållbart fiske och spårbarhet från fartyg till köpare.');
