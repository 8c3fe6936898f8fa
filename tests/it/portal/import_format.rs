//! The page that explains spreadsheets shows what the importer knows.

use kravbank::imports::columns::COLUMNS;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn every_column_is_explained_in_both_languages() {
    let app = TestApp::build().spawn().await;
    for path in ["/importformat", "/en/importformat"] {
        let page = app.get(path).await.expect(200);
        let headings = page.texts("tbody th span[lang=sv]");
        assert_eq!(headings, COLUMNS.iter().map(|column| column.heading().to_owned()).collect::<Vec<_>>(), "{path}");
        let cells = page.texts("tbody td");
        assert_eq!(cells.len(), COLUMNS.len() * 3);
        assert!(cells.iter().all(|cell| !cell.trim().is_empty()), "{path}: a cell is empty: {cells:#?}");
        for word in ["Särskilt kontraktsvillkor", "Spjutspets", "provningsrapport", "medel"] {
            assert!(cells.iter().any(|cell| cell.contains(word)), "{path} does not allow {word}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_are_downloaded_as_they_are() {
    let app = TestApp::build().spawn().await;
    let page = app.get("/importformat").await.expect(200);
    let files = page.attributes("a[download]", "href");
    for (address, media, bytes) in [
        (
            &files[0],
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            &include_bytes!("../../../static/importexempel.xlsx")[..],
        ),
        (&files[1], "text/csv; charset=utf-8", include_bytes!("../../../static/importexempel.csv")),
    ] {
        let file = app.get(address).await.expect(200);
        assert_eq!(file.header("content-type"), media);
        assert_eq!(file.body, bytes);
    }
    assert!(app.get("/om").await.expect(200).attributes("main a", "href").contains(&"/importformat".to_owned()));
}
