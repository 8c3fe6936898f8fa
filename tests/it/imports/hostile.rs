//! What strangers may send instead of a spreadsheet: each is refused, and leaves nothing behind.

use std::time::Duration;

use kravbank::imports::run_waiting;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{
    Answer, Browser, TestApp,
    browser::{BOUNDARY, multipart},
};

const IMPORTS: &str = "/lmc/import";
const XLSX: &[u8] = include_bytes!("../../../static/importexempel.xlsx");

async fn nothing_is_kept(app: &TestApp) {
    assert_eq!(app.db.value::<i64>("select count(*) from import_run").await, 0);
    assert_eq!(app.db.value::<i64>("select count(*) from import_file").await, 0);
    assert_eq!(app.db.value::<i64>("select last from counter where name = 'import'").await, 0);
}

#[track_caller]
fn told(answer: &Answer, status: u16, text: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.texts("#fel a"), [text]);
    assert_eq!(answer.attributes("#fil", "aria-invalid"), ["true"]);
    assert!(answer.texts("title")[0].starts_with("Fel: "));
}

#[tokio::test]
async fn no_file_two_files_an_empty_one() {
    let app = TestApp::build().people().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let choices = [("hoppa", "ja"), ("grund", "LMC 2026-12")];
    let page = lmc.upload(IMPORTS, &choices, &[]).await;
    told(&page, 422, "Välj en fil.");
    assert_eq!(page.attributes("input[type=checkbox][checked]", "name"), ["hoppa"], "what was chosen is kept");
    assert_eq!(page.attributes("#grund", "value"), ["LMC 2026-12"]);
    // As a browser sends it where nothing was chosen.
    told(&lmc.upload(IMPORTS, &[], &[("fil", "", b"")]).await, 422, "Välj en fil.");
    told(&lmc.upload(IMPORTS, &[], &[("fil", "a.csv", b"")]).await, 422, "Filen är tom. Välj en annan fil.");
    told(&lmc.upload(IMPORTS, &[], &[("fil", "a.csv", b"a"), ("fil", "b.csv", b"b")]).await, 422, "Välj en enda fil.");
    let long = "x".repeat(401);
    let page = lmc.upload(IMPORTS, &[("grund", &long)], &[("fil", "a.csv", b"a")]).await.expect(422);
    assert_eq!(page.attributes("#grund", "aria-invalid"), ["true"]);
    nothing_is_kept(&app).await;
}

#[tokio::test]
async fn what_breaks_off_or_is_no_such_form() {
    let app = TestApp::build().people().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let whole = multipart(&[], &[("fil", "a.csv", b"Rubrik\nx\n")]);
    for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 8] {
        let page = lmc.send_multipart(IMPORTS, whole[..cut].to_vec()).await;
        told(&page, 422, "Filen kom inte fram hel. Välj filen och skicka den igen.");
    }
    told(&lmc.post(IMPORTS, &[("fil", "a.csv")]).await, 422, "Filen kom inte fram hel. Välj filen och skicka den igen.");
    let many: Vec<(String, &str)> = (0..100).map(|n| (format!("f{n}"), "x")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    lmc.upload(IMPORTS, &many, &[("fil", "a.csv", b"a")]).await.expect(422);
    let large = "x".repeat(20_000);
    lmc.upload(IMPORTS, &[("grund", &large)], &[("fil", "a.csv", b"a")]).await.expect(413);
    nothing_is_kept(&app).await;
}

#[tokio::test]
async fn two_hundred_megabytes() {
    let app = TestApp::build().people().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let address = app.url.trim_start_matches("http://").to_owned();
    let form = lmc.shown_for_in(IMPORTS).await;
    // It is announced, and refused before it is sent.
    let head = |length: u64| {
        format!(
            "POST {form} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n\
             Content-Length: {length}\r\n\r\n",
            lmc.header()
        )
    };
    let mut socket = TcpStream::connect(&address).await.expect("a connection");
    socket.write_all(head(200 * 1024 * 1024).as_bytes()).await.expect("sent");
    let mut answer = vec![0; 4096];
    let read =
        tokio::time::timeout(Duration::from_secs(10), socket.read(&mut answer)).await.expect("at once").expect("an answer");
    assert!(String::from_utf8_lossy(&answer[..read]).starts_with("HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer[..read]));
    // It is not announced, and cut off when it is too much; what was taken of it is nowhere.
    let mut socket = TcpStream::connect(&address).await.expect("a connection");
    let chunked = head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    socket.write_all(chunked.as_bytes()).await.expect("sent");
    let begin = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"a.csv\"\r\n\r\n");
    socket.write_all(format!("{:x}\r\n{begin}\r\n", begin.len()).as_bytes()).await.expect("sent");
    let piece = [b"100000\r\n".as_slice(), &vec![b'x'; 1024 * 1024], b"\r\n"].concat();
    let mut taken = 0;
    for _ in 0..200 {
        if socket.write_all(&piece).await.is_err() {
            break;
        }
        taken += 1;
    }
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{taken} MiB: {answer}");
    nothing_is_kept(&app).await;
}

#[tokio::test]
async fn files_that_are_something_else() {
    let app = TestApp::build().people().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let cases: [(&str, &[u8], &str); 5] = [
        ("krav.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Filen är en PDF."),
        ("krav.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Filen är en bild."),
        ("krav.csv", b"\xff\xfeR\0u\0b\0r\0i\0k\0", "UTF-16"),
        ("krav.xlsx", &XLSX[..XLSX.len() / 2], "Arbetsboken är skadad eller avkortad."),
        ("krav.csv", b"Namn;Pris\na;b\n", "rubriken \u{201d}Namn\u{201d} är okänd"),
    ];
    let bomb = bomb();
    if bomb.is_none() {
        eprintln!("python3 is not here; the archive that unpacks to too much was not tried");
    }
    let cases = cases.into_iter().chain(bomb.iter().map(|bomb| ("krav.xlsx", bomb.as_slice(), "Filen")));
    for (number, (name, file, text)) in (1..).zip(cases) {
        lmc.upload(IMPORTS, &[], &[("fil", name, file)]).await.expect(303);
        run_waiting(&app.app).await.expect("the work is done");
        let page = lmc.get(&format!("/lmc/import/{number}")).await.expect(200);
        assert_eq!(page.texts(".page-header .tag"), ["Misslyckad"], "{text}");
        assert!(page.texts("#lage")[0].contains(text), "{text}: {}", page.texts("#lage")[0]);
    }
    assert_eq!(app.db.value::<i64>("select count(*) from import_file").await, 0, "nothing that cannot be read in is kept");
    // Names that want to be more than names.
    for name in ["../../etc/passwd", "a\"b.csv", "<script>alert(1)</script>.csv"] {
        lmc.upload(IMPORTS, &[], &[("fil", &name.replace('"', "%22"), b"Rubrik\nx\n")]).await.expect(303);
    }
    let list = lmc.get(IMPORTS).await.text();
    assert!(!list.contains("<script>alert") && !list.contains("etc/"), "names are shown as text, without a path");
}

#[tokio::test]
async fn other_sites_send_nothing() {
    let app = TestApp::build().people().spawn().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let media = format!("multipart/form-data; boundary={BOUNDARY}");
    let cookie = lmc.header();
    for site in ["cross-site", "same-site"] {
        let headers = [("cookie", cookie.as_str()), ("content-type", media.as_str()), ("sec-fetch-site", site)];
        let body = multipart(&[], &[("fil", "a.csv", b"Rubrik\nx\n")]);
        app.send(reqwest::Method::POST, IMPORTS, &headers, body).await.expect(403);
    }
    nothing_is_kept(&app).await;
}

/// A small archive that says it is a workbook and unpacks to much more than one can be.
fn bomb() -> Option<Vec<u8>> {
    use std::process::Command;
    let script = "import zipfile,io,sys\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\n\
        z.writestr('[Content_Types].xml','<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>')\n\
        z.writestr('_rels/.rels','<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>')\n\
        z.writestr('xl/workbook.xml',' '*700000000)\nz.close()\nsys.stdout.buffer.write(b.getvalue())";
    let made = Command::new("python3").args(["-c", script]).output().ok()?;
    assert!(made.status.success() && made.stdout.len() < 2_000_000, "{}", made.stdout.len());
    Some(made.stdout)
}
