//! The directory of organisations, and the page of each.

use std::collections::BTreeSet;

use super::{link, total, walk};
use crate::support::TestApp;

/// A bank with suppliers enough for three pages, whose names begin with every letter that Swedish sorts in its own way.
async fn with_suppliers() -> TestApp {
    let app = TestApp::spawn().await;
    app.db
        .execute(
            "insert into organisation (id, slug, kind, name_sv, name_en, about_sv)
             select gen_random_uuid(), 'bolag-' || n, 'supplier',
                    (array['Ö', 'Z', 'Ä', 'A', 'Å'])[1 + n % 5] || 'bolaget ' || lpad(n::text, 3, '0'),
                    'Company ' || lpad(n::text, 3, '0'), case when n = 7 then 'Säljer <b>handskar</b>. Och annat.' else '' end
             from generate_series(1, 130) n",
        )
        .await;
    app.db
        .execute(
            "insert into organisation (id, slug, kind, name_sv, name_en)
             values (gen_random_uuid(), 'kammarkollegiet', 'contracting_authority', 'Kammarkollegiet', 'Kammarkollegiet')",
        )
        .await;
    app
}

/// Letters that a reader does not see.
fn seen(text: &str) -> String {
    text.replace('\u{ad}', "")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_and_the_table_say_the_same() {
    let app = TestApp::build().example().spawn().await;
    for (prefix, area) in [("", ", upphandlingsområde"), ("/en", ", procurement area")] {
        let page = app.get(&format!("{prefix}/organisationer")).await.expect(200);
        let tiles = page.attributes(".regions-map a", "href");
        assert_eq!(tiles.iter().collect::<BTreeSet<_>>().len(), 21);
        let names: Vec<String> = page.texts(".regions-map a").iter().map(|name| seen(name)).collect();
        assert_eq!((names[0].as_str(), names[20].as_str()), (&*format!("Norrbotten{area} A"), &*format!("Blekinge{area} G")));
        // Whoever reads the table learns of each region the same letter.
        let mut from_table = BTreeSet::new();
        for letter in "abcdefgh".chars() {
            for href in page.attributes(&format!("#omrade-{letter} td:nth-of-type(1) a"), "href") {
                from_table.insert((href, letter.to_ascii_uppercase().to_string()));
            }
        }
        let letters = page.texts(".region-tile__letter");
        assert_eq!(tiles.into_iter().zip(letters).collect::<BTreeSet<_>>(), from_table);
        // Each has a place of its own on the map.
        let places: BTreeSet<String> = page.attributes(".regions-map > li", "class").into_iter().collect();
        assert_eq!(places.len(), 21);
        let stylesheet = include_str!("../../../static/app.css");
        for place in places {
            assert!(stylesheet.contains(&format!(".{place} {{ grid-area:")), "{place}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_counts_as_the_list_does() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/organisationer").await.expect(200);
    let (mut sum, mut areas) = (0, 0);
    for row in page.attributes("tbody tr", "id") {
        let links = page.attributes(&format!("#{row} a[href^='/krav?']"), "href");
        let counts = page.texts(&format!("#{row} a[href^='/krav?']"));
        assert_eq!(links.len(), 1, "{row}");
        let listed = total(&app.get(&links[0]).await.expect(200));
        assert_eq!(super::number(&counts[0]), listed, "{row}");
        assert_eq!(links[0].matches("omrade=").count(), page.texts(&format!("#{row} a[href^='/omraden/']")).len(), "{row}");
        (sum, areas) = (sum + listed, areas + 1);
    }
    assert_eq!(areas, 8);
    assert_eq!(sum, total(&app.get("/krav").await.expect(200)), "every group has somebody who looks after it");
    assert_eq!(app.queries_of("/organisationer").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_nobody_is_of_is_left_out() {
    let app = TestApp::spawn().await;
    let page = app.get("/organisationer").await.expect(200);
    assert_eq!(page.texts("main h2"), ["Regioner", "Nationella organ", "Branschorganisationer"]);
    assert_eq!(page.texts("#slag option"), ["Alla slag", "Regioner", "Nationella organ", "Branschorganisationer"]);
    let app = with_suppliers().await;
    let page = app.get("/organisationer").await.expect(200);
    assert_eq!(
        page.texts("main h2")[1..],
        ["Nationella organ", "Branschorganisationer", "Andra upphandlande myndigheter", "Leverantörer (130)"]
    );
    let suppliers = page.attributes("section[aria-labelledby=slag-supplier] .tile a", "href");
    assert_eq!(suppliers.len(), 12, "the first of many");
    assert_eq!(page.attributes("a[href='/organisationer?slag=leverantor']", "href").len(), 1, "the others are a link away");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_suppliers_come_in_pages() {
    let app = with_suppliers().await;
    let pages = walk(&app, "/organisationer?slag=leverantor", "next").await;
    assert_eq!(pages.len(), 3);
    let forwards: Vec<String> = pages.iter().flat_map(|page| page.texts(".hits h3 a")).collect();
    assert_eq!(forwards.len(), 130);
    let initials: Vec<char> = forwards.iter().filter_map(|name| name.chars().next()).collect();
    let mut shown = initials.clone();
    shown.dedup();
    assert_eq!(shown, ['A', 'Z', 'Å', 'Ä', 'Ö'], "in the order of the Swedish alphabet");
    assert!(pages[1].texts("title")[0].starts_with("Leverantörer: 130, 51–100 –"), "{:?}", pages[1].texts("title"));
    assert_eq!(pages[1].texts(".pagination__where"), ["51–100 av 130"]);
    // And back again, from the last page.
    let last = pages[0].attributes(".pagination a", "href").pop().expect("the last page");
    assert!(last.ends_with("fore=slut#resultat"), "{last}");
    let last = app.get(&last).await.expect(200);
    assert_eq!(last.texts(".hits h3 a"), forwards[100..]);
    let before = link(&last, "prev").expect("a page before");
    assert_eq!(app.get(&before).await.expect(200).texts(".hits h3 a"), forwards[50..100]);
    // In English by the English name, and all of it in one question.
    let english = app.get("/en/organisationer?slag=leverantor").await.expect(200);
    assert_eq!(english.texts(".hits h3 a")[..2], ["Company 001", "Company 002"]);
    assert_eq!(app.queries_of("/organisationer?slag=leverantor&efter=bolag-9").await.len(), 1);
    // A neighbour that is gone is none.
    let gone = app.get("/organisationer?slag=leverantor&efter=gick-i-konkurs").await.expect(200);
    assert_eq!(gone.texts(".hits h3 a"), forwards[..50]);
    for odd in ["efter=%C3%A5", "fore=", "efter=", "q=%25", "q=_", "q=%5C", "q=%27"] {
        app.get(&format!("/organisationer?slag=leverantor&{odd}")).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_by_its_words() {
    let app = with_suppliers().await;
    let found = async |query: &str| app.get(&format!("/organisationer?{query}")).await.expect(200);
    let names = async |query: &str| found(query).await.texts(".hits h3 a");
    assert_eq!(names("q=NORRBOTTEN").await, ["Region Norrbotten"]);
    assert_eq!(names("q=%C3%96STERG").await, ["Region Östergötland"], "capital letters of the Swedish alphabet");
    assert_eq!(names("q=medicinsk+lfmt").await.len(), 1, "each word, in any order");
    assert_eq!(names("q=industry").await, Vec::<String>::new(), "names are searched, kinds are chosen");
    assert_eq!(names("q=bolaget+007").await.len(), 1);
    assert_eq!(names("q=bolaget+007&slag=region").await, Vec::<String>::new());
    assert_eq!(names("slag=myndighet").await, ["Kammarkollegiet"]);
    assert_eq!(names("slag=okant&q=kammar").await, ["Kammarkollegiet"], "an unknown kind is passed over");
    for nothing in ["q=%25", "q=_", "q=xyzzy"] {
        let page = found(nothing).await;
        assert_eq!(page.texts("#resultat"), ["Ingen organisation hittades"], "{nothing}");
    }
    assert_eq!(found("q=+&slag=").await.texts("#regioner").len(), 1, "nothing asked is the whole directory");
    let page = found("q=bolaget+007").await;
    assert_eq!(page.texts(".hit__excerpt"), ["Säljer <b>handskar</b>."], "what somebody wrote is text");
    assert_eq!(page.attributes("#q", "value"), ["bolaget 007"]);
    app.get("/organisationer?q=%00").await.expect(400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_shows_what_its_area_looks_after() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/organisationer/region-kalmar-lan").await.expect(200);
    assert_eq!(page.texts("h1"), ["Region Kalmar län"]);
    assert_eq!(page.texts("[aria-label=Brödsmulor] li").last().map(String::as_str), Some("Kalmar"));
    let others = page.attributes("aside a[href^='/organisationer/']", "href");
    assert_eq!(others, ["/organisationer/region-jonkopings-lan", "/organisationer/region-ostergotland"]);
    assert_eq!(page.attributes("aside a[href*='#']", "href"), ["/organisationer#omrade-f"]);
    assert_eq!(page.attributes("aside a[rel=noopener]", "href"), ["https://www.regionkalmar.se"]);
    let groups = page.texts("[aria-labelledby=idag] tbody th");
    assert!(groups.iter().any(|group| group == "Handskar"), "{groups:?}");
    for (place, href) in page.attributes("[aria-labelledby=idag] td a[href^='/krav?']", "href").into_iter().enumerate() {
        let said = page.texts("[aria-labelledby=idag] td a[href^='/krav?']")[place].clone();
        let said = said.split(" krav").next().unwrap_or_default().to_owned();
        assert_eq!(super::number(&said), total(&app.get(&href).await.expect(200)), "{href}");
    }
    assert_eq!(page.texts("[aria-labelledby=tidigare] tbody tr").len(), 3);
    assert_eq!(page.texts("[aria-labelledby=kommande]").len(), 0, "nothing is decided for later");
    assert_eq!(app.queries_of("/organisationer/region-kalmar-lan").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moves_is_told_with_its_days() {
    let app = TestApp::build().example().spawn().await;
    let gloves = "(select id from product_group where slug = 'handskar')";
    // The gloves go to E for a year, and come back.
    app.db
        .execute(&format!(
            "update product_group_owner set valid = '[2026-01-01,2027-01-01)' where group_id = {gloves} and valid @> date '2026-11-22';
             insert into product_group_owner (group_id, letter, valid) values
                 ({gloves}, 'E', '[2027-01-01,2028-01-01)'), ({gloves}, 'F', '[2028-01-01,2028-06-01)');"
        ))
        .await;
    let page = app.get("/organisationer/region-kalmar-lan").await.expect(200);
    assert_eq!(
        page.texts("[aria-labelledby=kommande] tbody tr td:last-of-type"),
        ["Period1 januari 2028 – 31 maj 2028, område F"]
    );
    let west = app.get("/organisationer/vastra-gotalandsregionen").await.expect(200);
    assert_eq!(west.texts("[aria-labelledby=kommande] tbody th"), ["Handskar"]);
    assert_eq!(west.texts("[aria-labelledby=idag] > p")[0], "Regionen är ett eget upphandlingsområde, E.");

    // A region moves to another area in the middle of the year, and has had its part in both.
    let kalmar = "(select id from organisation where slug = 'region-kalmar-lan')";
    app.db
        .execute(&format!(
            "update procurement_area_region set valid = '[2023-01-01,2026-07-01)' where organisation_id = {kalmar};
             insert into procurement_area_region (letter, organisation_id, valid) values ('H', {kalmar}, '[2026-07-01,)');"
        ))
        .await;
    let page = app.get("/organisationer/region-kalmar-lan").await.expect(200);
    assert_eq!(page.attributes("aside a[href^='/organisationer/']", "href"), ["/organisationer/region-skane"]);
    let now = page.texts("[aria-labelledby=idag] tbody td:nth-of-type(2)");
    assert!(now.iter().all(|period| period == "Period1 juli 2026 – 31 december 2028"), "{now:?}");
    let earlier = page.texts("[aria-labelledby=tidigare] tbody td:last-of-type");
    assert_eq!(earlier[0], "Period1 januari 2026 – 30 juni 2026, område F");
    assert!(earlier.contains(&"Period2023–2025, område F".to_owned()), "{earlier:?}");
    assert_eq!(page.texts("[aria-labelledby=kommande]").len(), 0, "the gloves come back to an area that it has left");

    // And one that is in no area is still on the map.
    app.db.execute(&format!("delete from procurement_area_region where organisation_id = {kalmar} and letter = 'H'")).await;
    let page = app.get("/organisationer/region-kalmar-lan").await.expect(200);
    assert_eq!(page.texts("[aria-labelledby=idag] > p"), ["Regionen hör inte till något upphandlingsområde just nu."]);
    let directory = app.get("/organisationer").await.expect(200);
    assert_eq!(directory.texts(".at-se213 a"), ["Kalmar"]);
    assert_eq!(directory.texts("tbody tr:last-of-type th"), ["Inget område"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_organisations_have_pages_too() {
    let app = with_suppliers().await;
    let lmc = app.get("/organisationer/lmc").await.expect(200);
    assert_eq!(lmc.texts("main table").len() + lmc.texts("main aside").len(), 0);
    assert_eq!(lmc.attributes("main a[href*='slag=']", "href"), ["/organisationer?slag=nationellt-organ"]);
    let supplier = app.get("/organisationer/bolag-7").await.expect(200);
    assert_eq!(supplier.texts(".lead"), ["Säljer <b>handskar</b>. Och annat."]);
    let english = app.get("/en/organisationer/bolag-7").await.expect(200);
    assert_eq!(english.attributes(".lead", "lang"), ["sv"], "no English text, so the Swedish one, as such");
    assert_eq!(english.texts("h1"), ["Company 007"]);
    let silent = app.get("/organisationer/bolag-8").await.expect(200);
    assert_eq!(silent.texts(".lead").len(), 0);
    assert!(silent.attributes("meta[name=description]", "content")[0].contains("Leverantör"));
    for path in ["finns-inte", "LMC", "lmc%00", "%C3%A5", "lmc/x"] {
        app.get(&format!("/organisationer/{path}")).await.expect(404);
        app.get(&format!("/en/organisationer/{path}")).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_named_is_linked() {
    let app = TestApp::build().example().spawn().await;
    let group = app.get("/omraden/medicinteknik/handskar").await.expect(200);
    let links: BTreeSet<String> =
        group.attributes("[aria-labelledby=ansvar] a[href^='/organisationer/']", "href").into_iter().collect();
    assert_eq!(links.len(), 3, "{links:?}");
    for path in links {
        app.get(&path).await.expect(200);
    }
    let requirement = app.get("/krav/KB-0001").await.expect(200);
    let area = requirement.attributes("[aria-labelledby=fakta] a[href*='/organisationer#']", "href");
    let (page, anchor) = area[0].split_once('#').expect("a place on a page");
    assert_eq!(app.get(page).await.expect(200).texts(&format!("#{anchor}")).len(), 1);
    for path in ["/", "/om", "/omraden", "/en/krav"] {
        let all = app.get(path).await.expect(200).attributes("a", "href");
        assert!(all.iter().any(|href| href.ends_with("/organisationer")), "{path}");
    }
}
