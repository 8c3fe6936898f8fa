//! Search by words: narrowed alike by page and API, and cut off where more have the words than are looked at.

use std::collections::BTreeSet;

use kravbank::imports::Target;
use sqlx::{PgConnection, Row};

use crate::support::{NOW, TestApp, complete, lines};

/// How the page asks for something and how the API does.
const PAIRS: [(&str, &str); 9] = [
    ("q=handskar", "q=handskar"),
    ("q=ska&niva=bas", "q=ska&level=basic"),
    ("q=ska&niva=bas&niva=avancerad&typ=specifikation", "q=ska&level=basic&level=advanced&type=technical_specification"),
    ("q=ska&omrade=textil&omrade=medicinteknik%2Fhandskar", "q=ska&product_group=handskar&product_area=textil"),
    ("q=ska&miljomal=giftfri-miljo&status=ersatt", "q=ska&objective=giftfri-miljo&status=superseded"),
    ("q=ska&cpv=33", "q=ska&cpv=33"),
    ("q=%22ska+vara%22", "q=%22ska+vara%22"),
    ("q=-handskar&niva=bas", "q=-handskar&level=basic"),
    ("q=handskar+or+-ska", "q=handskar+or+-ska"),
];

#[tokio::test(flavor = "multi_thread")]
async fn page_and_api_find_the_same() {
    let app = TestApp::build().example().spawn().await;
    let mut met = 0;
    for (page, api) in PAIRS {
        let found = walk(&app, page).await;
        let items = app.get(&format!("/api/v1/requirements?{api}&limit=100")).await.expect(200).json();
        let told: BTreeSet<String> = items["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect();
        // One filter is of one kind on the page and of two in the API: they widen there, and narrow here.
        if !page.contains("omrade") {
            assert_eq!(found, told, "{page}");
        }
        met += usize::from(!found.is_empty());
    }
    assert!(met >= PAIRS.len() - 1, "{met}: the example bank has little to find");
}

/// The numbers on all pages.
async fn walk(app: &TestApp, query: &str) -> BTreeSet<String> {
    let (mut found, mut path) = (BTreeSet::new(), Some(format!("/krav?{query}")));
    while let Some(at) = path {
        let page = app.get(&at).await.expect(200);
        found.extend(page.texts(".hit .ref").into_iter().map(|text| text.split(':').next().unwrap_or_default().to_owned()));
        path = page
            .attributes(".pagination a[rel=next]", "href")
            .pop()
            .map(|href| href.split('#').next().unwrap_or_default().to_owned());
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_are_no_words_and_what_is_made_up_is_no_fault() {
    let app = TestApp::build().example().spawn().await;
    let total = async |path: &str| app.get(path).await.expect(200).json()["total"].as_i64().expect("a number");
    // A facet that is typed is other words.
    let typed = "select count(*) from (select distinct unnest(facets) as facet from search_document) f
                 where to_tsvector('swedish', facet) @@ ('''' || facet || '''')::tsquery
                    or websearch_to_tsquery('swedish', facet)::text like '%' || facet || '%'";
    assert_eq!(app.db.value::<i64>(typed).await, 0);
    // Words that search passes over find nothing, whatever is chosen.
    for query in ["q=och", "q=och&cpv=33", "q=och&level=basic"] {
        assert_eq!(total(&format!("/api/v1/requirements?{query}")).await, 0, "{query}");
    }
    let long = "x".repeat(4_000);
    for area in ["a%27b", "a%5C", "%27+%7C+%21x", "a%27%3A*", long.as_str()] {
        let page = app.get(&format!("/krav?q=ska&omrade={area}")).await.expect(200);
        assert!(page.texts(".hit .ref").is_empty(), "{area}");
    }
}

/// What the function finds in the order that it gives; and all that it looked at.
async fn found(
    connection: &mut PgConnection,
    words: &str,
    narrow: Option<&str>,
    most: i64,
    best: i64,
) -> (Vec<(i64, f64)>, usize) {
    let rows = sqlx::query(
        "select number, place, cardinality(looked_at) as looked_at from found_by_words('requirement', 0::smallint, '{}', $1, $2, $3, null,
             $4::text::tsquery, '{current}', false, null, 'relevance', $5, $6) order by place, number",
    )
    .bind(NOW)
    .bind(NOW.date())
    .bind(words)
    .bind(narrow)
    .bind(most)
    .bind(best)
    .fetch_all(connection)
    .await
    .expect("an answer");
    let looked_at = rows.iter().find_map(|row| row.get::<Option<i32>, _>("looked_at")).expect("one row with all of them");
    let hits = rows.iter().filter_map(|row| Some((row.get::<Option<i64>, _>("number")?, row.get("place")))).collect();
    (hits, usize::try_from(looked_at).expect("a count"))
}

#[tokio::test(flavor = "multi_thread")]
async fn where_more_have_the_words_than_are_looked_at_titles_come_first() {
    let app = TestApp::spawn().await;
    let file: Vec<_> = (1..=40)
        .map(|n| {
            // Only the last four have the word in their titles; one in four is advanced.
            let title = if n > 36 { format!("Solceller {n}") } else { format!("Krav {n}") };
            let level = if n % 4 == 0 { "advanced" } else { "basic" };
            complete(&title).id(&format!("KB-{n:04}")).set("level", level).text(&["Varan ska drivas med solceller."])
        })
        .collect();
    app.import(&lines(&file), Target::Current).await;
    let mut connection = app.db.connect().await;
    let numbers = |hits: &[(i64, f64)]| hits.iter().map(|(number, _)| *number).collect::<Vec<_>>();

    let (all, looked_at) = found(&mut connection, "solceller", None, 100, 100).await;
    assert_eq!((all.len(), looked_at), (40, 40));
    assert_eq!(numbers(&all)[..4], [37, 38, 39, 40], "all are ranked");
    assert!(all.iter().all(|(_, place)| *place < 0.0));

    // Ten are looked at: the ones with titles are found all the same, and ranked before the others.
    let (some, looked_at) = found(&mut connection, "solceller", None, 10, 6).await;
    assert!((10..=14).contains(&some.len()) && looked_at == 10, "{} {looked_at}", some.len());
    assert_eq!(numbers(&some)[..4], [37, 38, 39, 40]);
    assert_eq!(some.iter().filter(|(_, place)| *place < 0.0).count(), 6, "six are ranked");

    // What is chosen narrows before anything is cut off.
    let advanced: Vec<i64> = (1..=10).map(|n| n * 4).collect();
    let (narrowed, looked_at) = found(&mut connection, "solceller", Some("'level:advanced'"), 10, 100).await;
    let mut found_numbers = numbers(&narrowed);
    found_numbers.sort_unstable();
    assert_eq!((found_numbers, looked_at), (advanced, 10));
}
