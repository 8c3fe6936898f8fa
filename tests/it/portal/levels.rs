//! Requirements of an area or a group by level.

use std::collections::BTreeSet;

use kravbank::imports::Target;

use super::{hits, link, walk};
use crate::support::{Import, Line, TestApp, complete, lines};

#[tokio::test(flavor = "multi_thread")]
async fn every_requirement_in_force_stands_once_on_its_level() {
    let app = TestApp::build().example().spawn().await;
    for place in ["medicinteknik", "medicinteknik/handskar", "textil"] {
        let page = app.get(&format!("/omraden/{place}/nivaer")).await.expect(200);
        for (column, level) in [(2, "bas"), (3, "avancerad"), (4, "spjutspets")] {
            let listed = walk(&app, &format!("/krav?omrade={}&niva={level}", super::escaped(place)), "next").await;
            let listed: BTreeSet<String> = listed.iter().flat_map(hits).collect();
            let shown = page.texts(&format!(".table--stack tbody td:nth-child({column}) .ref"));
            assert_eq!(shown.len(), listed.len(), "{place} {level}");
            assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), listed, "{place} {level}");
            let head = &page.texts("thead th")[column - 1];
            assert!(head.contains(&format!("{} krav", listed.len())), "{place} {level}: {head}");
            let missing = page.texts(&format!(".table--stack tbody td:nth-child({column}) > .muted:not(p)"));
            assert!(missing.iter().all(|text| text == "Saknas"), "{missing:?}");
            assert_eq!(
                head.contains(&format!("saknas på {} rad", missing.len())),
                !missing.is_empty(),
                "{place} {level}: {head}"
            );
        }
        let above = app.get(&format!("/omraden/{place}")).await.expect(200);
        assert!(above.attributes("main a", "href").contains(&format!("/omraden/{place}/nivaer")), "{place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_type_alone() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/omraden/medicinteknik/nivaer?typ=tilldelning").await.expect(200);
    let listed = walk(&app, "/krav?omrade=medicinteknik&typ=tilldelning", "next").await;
    assert_eq!(page.texts(".table--stack td .ref").len(), listed.iter().flat_map(hits).count());
    assert_eq!(page.attributes("select[name=typ] option[selected]", "value"), ["tilldelning"]);
    let whole = app.get("/omraden/medicinteknik/nivaer?typ=okant").await.expect(200);
    assert!(whole.texts(".table--stack td .ref").len() > page.texts(".table--stack td .ref").len());
    let none = app.get("/omraden/hjalpmedel/nivaer?typ=tilldelning").await.expect(200);
    assert_eq!(none.texts(".empty-state h2"), ["Inga krav av den typen gäller här"]);
    for path in ["/omraden/finns-inte/nivaer", "/omraden/textil/handskar/nivaer", "/omraden/%00/nivaer", "/omraden/Textil/nivaer"]
    {
        app.get(path).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_are_paged_by_key_there_and_back() {
    let app = TestApp::spawn().await;
    let line = |n: i64| -> Line {
        let line = complete(&format!("Krav {n}")).id(&format!("KB-{n:04}"));
        // Every third is in a family with the one after it.
        match n % 3 {
            0 => line.set("family", format!("familj-{n}")).set("level", "basic"),
            1 if n > 1 => line.set("family", format!("familj-{}", n - 1)).set("level", "spearhead"),
            _ => line.set("level", "advanced"),
        }
    };
    let all: Vec<Line> = (1..=180).map(line).collect();
    app.import(&lines(&all), Target::Current).await;
    let path = "/omraden/medicinteknik/nivaer";
    let forwards = walk(&app, path, "next").await;
    // 60 families, of which the last has one member, and 61 alone.
    let rows = |page: &crate::support::Answer| page.texts(".table--stack tbody th[scope=row]");
    assert_eq!(forwards.iter().map(|page| rows(page).len()).collect::<Vec<_>>(), [50, 50, 21]);
    let seen: Vec<String> = forwards.iter().flat_map(|page| page.texts(".table--stack td .ref")).collect();
    assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (180, 180));
    assert_eq!(forwards[1].texts(".pagination__where"), ["Rad 51–100 av 121"]);
    let last = app.get(&format!("{path}?fore=slut")).await.expect(200);
    assert_eq!(rows(&last), rows(&forwards[2]));
    let backwards = walk(&app, &format!("{path}?fore=slut"), "prev").await;
    assert_eq!(backwards.iter().rev().map(rows).collect::<Vec<_>>(), forwards.iter().map(rows).collect::<Vec<_>>());
    let filtered = link(&app.get(&format!("{path}?typ=specifikation")).await.expect(200), "next").expect("more");
    assert!(filtered.contains("typ=specifikation&efter=KB-"), "{filtered}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_group_takes_the_word_of_the_address() {
    let app = TestApp::spawn().await;
    let named = complete("Krav").set("product_area", "Textil").set("product_group", "Nivåer");
    Import::current().create_groups().accepted(&app.db, lines(&[named])).await;
    app.get("/omraden/textil/nivaer-2").await.expect(200);
    assert!(app.get("/omraden/textil/nivaer").await.expect(200).texts(".table__group").contains(&"Nivåer".to_owned()));
}
