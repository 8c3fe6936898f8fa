//! Files of proposals: what is taken, what is refused and how that is told, who gets them.

use office_files::{
    DateTime, Language,
    docx::{Block, Document},
};

use super::{attempt, bank, lock, sent, written};
use crate::support::{Answer, Browser, TestApp, browser::multipart};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\nstartxref\n0\n%%EOF\n";
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\
    \x0d\x0a\x2d\xb4\0\0\0\0IEND\xaeB`\x82";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\
    \xff\xda\0\x08\x01\x01\0\0\x3f\0\x7f\xff\xd9";
const XLSX: &[u8] = include_bytes!("../../../static/importexempel.xlsx");
const MOST: usize = 10 * 1024 * 1024;

fn docx() -> Vec<u8> {
    let created = DateTime::new(2026, 11, 22, 0).expect("a day");
    let mut document = Document::new("Mätningar", Language::new("sv").expect("a language"), created);
    document.push(Block::paragraph("Fem handskar."));
    document.to_bytes().expect("a document")
}

/// A package of these entries, not packed; each stands `times` in its directory.
fn package(entries: &[(&str, &[u8])], times: usize) -> Vec<u8> {
    let (mut file, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, content) in entries {
        let at = u32::try_from(file.len()).expect("small");
        let size = u32::try_from(content.len()).expect("small").to_le_bytes();
        let crc = !content.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
        });
        let length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let facts = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &crc.to_le_bytes(), &size, &size, &length, &[0, 0]].concat();
        file.extend([b"PK\x03\x04", facts.as_slice(), name.as_bytes(), content].concat());
        for _ in 0..times {
            directory.extend([&b"PK\x01\x02\x14\0"[..], &facts, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
            count += 1;
        }
    }
    let (at, size) = (u32::try_from(file.len()).expect("small"), u32::try_from(directory.len()).expect("small"));
    file.extend(directory);
    let count = count.to_le_bytes();
    file.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat());
    file
}

fn types(main: &str, more: &str) -> Vec<u8> {
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{main}\"/>{more}</Types>"
    )
    .into_bytes()
}

fn page_of(id: &str) -> String {
    format!("/forslag/utkast/{id}/bilagor")
}

async fn upload(browser: &Browser<'_>, id: &str, name: &str, file: &[u8]) -> Answer {
    browser.upload(&page_of(id), &[], &[("fil", name, file)]).await
}

async fn files(app: &TestApp) -> i64 {
    app.db.value("select count(*) from attachment").await
}

/// Where the file of this name is, from a page.
fn link(page: &Answer, name: &str) -> String {
    let names = page.texts("main ul li > a:first-child");
    let place = names.iter().position(|text| text == name).unwrap_or_else(|| panic!("{name}: {names:?}"));
    page.attributes("main ul li > a:first-child", "href")[place].clone()
}

/// Sends in what was seen; gives the number.
async fn sent_with_files(browser: &Browser<'_>, id: &str) -> String {
    let path = format!("/forslag/utkast/{id}/granska");
    let page = browser.get(&path).await.expect(200);
    let shown = page.attributes("input[name=bilagor]", "value")[0].clone();
    let lock = lock(browser, &path).await;
    let answer = browser.post(&path, &[("las", &lock), ("bilagor", &shown)]).await.expect(303);
    answer.header("location").split('/').nth(2).expect("a number").to_owned()
}

#[tokio::test]
async fn each_kind_is_taken_and_given_out_as_it_came() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let docx = docx();
    let large = [PDF, &vec![b' '; MOST - PDF.len() * 2], PDF].concat();
    let kinds: [(&str, &[u8], &str); 5] = [
        ("C:\\filer\\Mätning, åäö.PDF", &large, "application/pdf"),
        ("bild.png", PNG, "image/png"),
        ("foto.jpeg", JPEG, "image/jpeg"),
        ("text.docx", &docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("tabell.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];
    assert!(author.get(&format!("/forslag/utkast/{id}/skalen")).await.text().contains(&page_of(&id)));
    for (name, file, media_type) in kinds {
        upload(&author, &id, name, file).await.expect(303);
        let page = author.get(&page_of(&id)).await.expect(200);
        let name = name.rsplit('\\').next().expect("a name");
        assert_eq!(page.texts(".flash__text"), [format!("Filen {name} är bifogad.")]);
        let got = author.get(&link(&page, name)).await.expect(200);
        assert!(got.body == file, "{name} comes back as it was");
        assert_eq!(got.header("content-type"), media_type);
        assert_eq!(got.header("content-length"), file.len().to_string());
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(got.header("cache-control"), "private, no-store");
    }
    let page = author.get(&page_of(&id)).await.expect(200);
    assert!(page.text().contains("(PDF, 10 MB)") && page.text().contains("(PNG, 67 byte)"), "{}", page.text());
    // No sixth one.
    assert!(page.attributes("input[type=file]", "name").is_empty() && page.text().contains("Det finns fem bilagor"));
    let sixth = upload(&author, &id, "sex.pdf", &[PDF, b"%%EOF"].concat()).await.expect(422);
    assert!(sixth.texts("#fel li")[0].contains("Det finns fem bilagor"));
    assert_eq!(files(&app).await, 5);
    // The review shows them, and sends no others than were shown.
    let path = format!("/forslag/utkast/{id}/granska");
    let review = author.get(&path).await.expect(200);
    link(&review, "foto.jpeg");
    let seen = lock(&author, &path).await;
    author.post(&path, &[("las", &seen)]).await.expect(409);
    let number = sent_with_files(&author, &id).await;
    let public = app.get(&format!("/forslag/{number}")).await.expect(200);
    assert!(public.text().contains("söker inte efter virus"));
    let href = link(&public, "Mätning, åäö.PDF");
    assert!(href.starts_with(&format!("/forslag/{number}/bilagor/")), "{href}");
    let got = app.get(&href).await.expect(200);
    assert!(got.body == large);
    assert_eq!(
        got.header("content-disposition"),
        "attachment; filename=\"Matning, aao.PDF\"; filename*=UTF-8''M%C3%A4tning%2C%20%C3%A5%C3%A4%C3%B6.PDF"
    );
    assert_eq!((got.header("cache-control"), got.header("content-encoding")), ("private, no-cache", ""));
    let tag = got.header("etag").to_owned();
    assert_eq!(tag.len(), 66);
    let known = app.get_with(&href, &[("if-none-match", &tag)]).await.expect(304);
    assert!(known.body.is_empty() && known.header("content-security-policy").contains("sandbox"));
    assert!(app.get_with(&href, &[("accept-encoding", "gzip, br")]).await.header("content-encoding").is_empty());
    // So do those who handle it, the API, and what one holds about its author.
    let lmc = Browser::signed_in(&app, "lmc").await;
    link(&lmc.get(&format!("/lmc/forslag/{number}")).await.expect(200), "tabell.xlsx");
    let api = app.get(&format!("/api/v1/proposals/{number}")).await.expect(200).json();
    let listed = api["attachments"].as_array().expect("files");
    assert_eq!((listed.len(), &listed[1]["name"], &listed[1]["bytes"]), (5, &"bild.png".into(), &67.into()));
    assert_eq!(format!("\"{}\"", listed[0]["sha256"].as_str().expect("a hash")), tag);
    assert!(listed[0]["link"].as_str().expect("a link").ends_with(&href));
    author.get("/mitt/uppgifter").await.expect(200);
    author.post("/mitt/uppgifter/utdrag", &[("form", "fil")]).await;
    let own = author.get("/mitt/uppgifter/utdrag/fil").await.expect(200).json();
    assert_eq!(own["attachments"].as_array().map(Vec::len), Some(5));
    // Other spellings of the number lead there; other ids to nothing.
    let rest = href.rsplit('/').next().expect("an id").to_owned();
    assert_eq!(app.get(&format!("/forslag/{}/bilagor/{rest}", number.to_lowercase())).await.status, 308);
    app.get(&format!("/forslag/{number}/bilagor/x")).await.expect(404);
    app.get(&format!("/forslag/{number}/bilagor/{id}")).await.expect(404);
}

#[tokio::test]
async fn what_is_not_taken_is_told_at_the_field() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    let book: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
    let of = |types: Vec<u8>, more: &[(&str, &[u8])], times| {
        let list: (&str, &[u8]) = ("[Content_Types].xml", &types);
        package(&[&[list, book], more].concat(), times)
    };
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("tom.pdf", Vec::new(), "Filen är tom."),
        ("bild.pdf", PNG.to_vec(), "Filen bild.pdf är av typen PNG. Ge den ett namn som slutar på .png"),
        ("mätning", PDF.to_vec(), "slutar på .pdf"),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "Filen är en webbsida eller ett XML-dokument."),
        ("bild.png", b"GIF89a".to_vec(), "Filen är en bild i ett annat format."),
        ("x.pdf", b"MZ\x90\0".to_vec(), "Filen är ett program."),
        ("x.pdf", b"Hej.".to_vec(), "Filen är ren text. Välj en PDF,"),
        ("x.xlsx", package(&[("a.txt", b"Hej")], 1), "Filen är ett arkiv med andra filer."),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Workbook".to_vec(), "Office-fil i det gamla formatet"),
        ("x.xlsx", encrypted, "Filen är skyddad med lösenord."),
        ("x.xlsx", of(types(macros, ""), &[], 1), "Filen innehåller makron"),
        ("x.xlsx", of(types(sheet, ""), &[("xl/vbaProject.bin", b"x")], 1), "Filen innehåller makron"),
        ("x.xlsx", of(types(sheet, ""), &[("xl/macrosheets/sheet1.xml", b"<x/>")], 1), "Filen innehåller makron"),
        ("x.xlsx", of(types("application/x-mall", ""), &[], 1), "en presentation, en mall"),
        ("x.docx", of(types(sheet, ""), &[], 1), "Filen x.docx är av typen XLSX."),
        (
            "x.xlsx",
            of(types(sheet, ""), &[("xl/a.bin", &vec![b'x'; 1_000_000])], 1500),
            "Filen blir för stor när den packas upp.",
        ),
        ("x.xlsx", of(types(sheet, ""), &[], 3000), "Filen blir för stor när den packas upp."),
        ("x.xlsx", XLSX[..XLSX.len() / 2].to_vec(), "Filen är skadad eller avkortad. Öppna den i Word eller Excel"),
        ("x.pdf", PDF[..20].to_vec(), "Filen börjar som PDF men är skadad"),
        ("x.png", PNG[..60].to_vec(), "Filen börjar som PNG men är skadad"),
        ("x.png", [PNG, b"<script>"].concat(), "Filen börjar som PNG men är skadad"),
        ("x.jpg", JPEG[..JPEG.len() - 2].to_vec(), "Filen börjar som JPG men är skadad"),
    ];
    for (name, file, text) in cases {
        let page = upload(&author, &id, name, &file).await;
        assert_eq!(page.status, 422, "{name}: {text}");
        let told = page.texts("#fil-fel");
        assert!(told.len() == 1 && told[0].contains(text), "{name}: {told:?}, not {text}");
        assert_eq!(page.attributes("#fel a", "href"), ["#fil"]);
    }
    let path = page_of(&id);
    let large = [PDF, &vec![b' '; MOST + 1 - PDF.len() * 2], PDF].concat();
    assert_eq!(large.len(), MOST + 1);
    let page = upload(&author, &id, "stor.pdf", &large).await.expect(413);
    assert!(page.texts("#fil-fel")[0].contains("Filen är större än 10 MB."), "{}", page.text());
    let two = author.upload(&path, &[], &[("fil", "a.pdf", PDF), ("fil", "b.png", PNG)]).await.expect(422);
    assert!(two.texts("#fil-fel")[0].contains("Välj en enda fil."));
    let none = author.upload(&path, &[], &[("fil", "", b"")]).await.expect(422);
    assert!(none.texts("#fil-fel")[0].contains("Välj en fil."));
    let whole = multipart(&[], &[("fil", "a.pdf", PDF)]);
    let cut = author.send_multipart(&path, whole[..whole.len() - 8].to_vec()).await.expect(422);
    assert!(cut.texts("#fil-fel")[0].contains("kom inte fram hel"));
    let (files, parts): (i64, i64) = (files(&app).await, app.db.value("select count(*) from attachment_part").await);
    assert_eq!((files, parts), (0, 0), "nothing is kept");
    // In English too.
    let english = author.upload(&format!("/en{path}"), &[], &[("fil", "x.pdf", b"Hej.")]).await.expect(422);
    assert!(english.texts("#fil-fel")[0].contains("The file is plain text."));
    // The same file is there once, whatever it is called.
    upload(&author, &id, "a.pdf", PDF).await.expect(303);
    let twice = upload(&author, &id, "b.pdf", PDF).await.expect(422);
    assert!(twice.texts("#fil-fel")[0].contains("Filen är redan bifogad."));
}

#[tokio::test]
async fn names_are_cleaned() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let long = format!("{}.pdf", "å".repeat(300));
    let cut = format!("{}.pdf", "å".repeat(196));
    let cases = [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\\b\\c.pdf", "c.pdf"),
        ("tv%22å%0d%0aSet-Cookie: x.pdf", "tv 22å 0d 0aSet-Cookie x.pdf"),
        ("fdp\u{202e}exe.pdf", "fdp exe.pdf"),
        (&long, cut.as_str()),
    ];
    for (place, (sent, kept)) in cases.into_iter().enumerate() {
        let file = [PDF, place.to_string().as_bytes(), b"%%EOF"].concat();
        upload(&author, &id, sent, &file).await.expect(303);
        let page = author.get(&page_of(&id)).await.expect(200);
        let got = author.get(&link(&page, kept)).await.expect(200);
        let named = got.header("content-disposition");
        assert!(named.starts_with("attachment; filename=\"") && named.matches('"').count() == 2, "{named}");
        assert!(got.header("set-cookie").is_empty());
    }
    for wrong in ["a/b.pdf", "a\nb.pdf", "", &"a".repeat(201)] {
        let (name, file) = (wrong.replace('\'', ""), "select subject_id, owner_org, person_id, at from attachment limit 1");
        let statement = format!(
            "insert into attachment (id, subject_kind, subject_id, audience, owner_org, person_id, at, name, media_type, bytes, sha256)
             select gen_random_uuid(), 'proposal', x.subject_id, 100, x.owner_org, x.person_id, x.at, '{name}', 'image/png', 1, sha256('x')
             from ({file}) x"
        );
        assert!(attempt(&app, &statement).await.is_err(), "{name:?}");
    }
}

#[tokio::test]
async fn only_who_may_see_what_a_file_hangs_on_gets_it() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    upload(&author, &id, "Kanariefil.pdf", PDF).await.expect(303);
    let own = link(&author.get(&page_of(&id)).await, "Kanariefil.pdf");
    let file = own.rsplit('/').next().expect("an id").to_owned();
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    colleague.get(&own).await.expect(200);
    for word in ["upphandlare2", "leverantor", "lmc"] {
        let other = Browser::signed_in(&app, word).await;
        for path in [page_of(&id), own.clone(), format!("{own}/ta-bort")] {
            other.get(&path).await.expect(404);
        }
        other.post(&format!("{own}/ta-bort"), &[]).await.expect(404);
        upload(&other, &id, "min.pdf", PDF).await.expect(404);
    }
    // Nobody who walks about finds it.
    assert_eq!(app.get(&own).await.status, 303);
    for path in ["/forslag?visa=alla", "/forslag/F-2026-0001", "/api/v1/proposals", "/krav/KB-0001", "/krav?q=Kanarie"] {
        assert!(!app.get(path).await.text().contains("Kanariefil"), "{path}");
    }
    app.get(&format!("/forslag/F-2026-0001/bilagor/{file}")).await.expect(404);
    // A colleague takes it away after having been asked, and a draft that is thrown away takes what is left with it.
    let asked = colleague.get(&format!("{own}/ta-bort")).await.expect(200);
    assert_eq!(asked.texts("h1"), ["Ta bort bilagan Kanariefil.pdf?"]);
    let page = colleague.post_on(&format!("{own}/ta-bort"), &[]).await;
    assert_eq!(page.texts(".flash__text"), ["Bilagan Kanariefil.pdf är borttagen."]);
    colleague.post(&format!("{own}/ta-bort"), &[]).await.expect(404);
    author.get(&own).await.expect(404);
    upload(&author, &id, "kvar.png", PNG).await.expect(303);
    author.post(&format!("/forslag/utkast/{id}/ta-bort"), &[]).await.expect(303);
    let parts: i64 = app.db.value("select count(*) from attachment_part").await;
    assert_eq!((files(&app).await, parts), (0, 0));
    let log: String =
        app.db.value("select string_agg(action, ' ' order by id) from audit where object_kind = 'attachment'").await;
    assert_eq!(log, "attachment.add attachment.remove attachment.add");
}

#[tokio::test]
async fn what_was_sent_in_stays_until_it_is_sent_again() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    upload(&author, &id, "gammal.pdf", PDF).await.expect(303);
    let of_draft = link(&author.get(&page_of(&id)).await, "gammal.pdf");
    let number = sent_with_files(&author, &id).await;
    let path = format!("/forslag/{number}");
    let public = link(&app.get(&path).await, "gammal.pdf");
    // It stands, by every way.
    assert_eq!(author.get(&page_of(&id)).await.expect(303).header("location"), path);
    author.post(&format!("{of_draft}/ta-bort"), &[]).await.expect(303);
    upload(&author, &id, "sen.png", PNG).await.expect(303);
    assert_eq!(files(&app).await, 1);
    for statement in [
        "delete from attachment",
        "delete from attachment_part",
        "update attachment set name = 'annan.pdf'",
        "update attachment set state = 'leaving'",
        "update attachment_part set bytes = '\\x00'",
    ] {
        let told = attempt(&app, statement).await.expect_err(statement);
        assert!(told.contains("kept") || told.contains("stands as it was sent"), "{statement}: {told}");
    }
    // While it is completed others have what was sent in.
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post(&format!("/lmc/forslag/{number}/steg"), &[("steg", "komplettera"), ("skal", "Hur?")]).await.expect(303);
    let asked = author.get(&format!("{of_draft}/ta-bort")).await.expect(200);
    assert!(asked.text().contains("ser andra den till dess"));
    author.post(&format!("{of_draft}/ta-bort"), &[]).await.expect(303);
    upload(&author, &id, "ny.png", PNG).await.expect(303);
    let page = app.get(&path).await.expect(200).text();
    assert!(page.contains("gammal.pdf") && !page.contains("ny.png"));
    app.get(&public).await.expect(200);
    author.get(&of_draft).await.expect(404);
    sent_with_files(&author, &id).await;
    let page = app.get(&path).await.expect(200).text();
    assert!(!page.contains("gammal.pdf") && page.contains("ny.png"));
    app.get(&public).await.expect(404);
}

#[tokio::test]
async fn held_and_hidden_ones_give_nothing_out() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "leverantor").await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor')")
        .await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    upload(&author, &id, "a.pdf", PDF).await.expect(303);
    author.get(&link(&author.get(&page_of(&id)).await, "a.pdf")).await.expect(200);
    let number = sent_with_files(&author, &id).await;
    let own = link(&author.get(&format!("/forslag/{number}")).await.expect(200), "a.pdf");
    author.get(&own).await.expect(200);
    app.get(&own).await.expect(404);
    Browser::signed_in(&app, "lmc").await.get(&own).await.expect(404);
    app.db.execute("update membership set approved = true").await;
    app.get(&own).await.expect(200);
    // A text that may not be shown may be in its files.
    app.db.execute("set session_replication_role = replica; update requirement_version set not_shown_since = created_at, not_shown_reason = 'Fel'").await;
    app.get(&own).await.expect(404);
    assert!(!app.get(&format!("/forslag/{number}")).await.expect(200).text().contains("a.pdf"));
    let api = app.get(&format!("/api/v1/proposals/{number}")).await.expect(200).json();
    assert_eq!(api["attachments"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn a_day_has_room_for_so_many() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    for n in 0..15 {
        upload(&author, &id, "a.pdf", &[PDF, n.to_string().as_bytes()].concat()).await.expect(303);
        app.db.execute("delete from attachment").await;
    }
    let page = upload(&author, &id, "a.pdf", PDF).await.expect(429);
    assert!(!page.header("retry-after").is_empty() && page.texts("#fel li").len() == 1);
    // Nor has an organisation.
    app.db.execute("delete from limit_hit").await;
    app.db
        .execute(
            "insert into attachment (id, subject_kind, subject_id, audience, owner_org, person_id, at, name, media_type, bytes, sha256)
             select gen_random_uuid(), 'proposal', p.id, 100, p.owner_org, p.author_id, p.created_at, 'x', 'image/png', 10485760, sha256(n::text::bytea)
             from proposal p, generate_series(1, 102) n",
        )
        .await;
    app.db
        .execute("set session_replication_role = replica; update attachment set subject_id = gen_random_uuid(), bytes = 10485760")
        .await;
    app.db.execute("set session_replication_role = replica; insert into attachment select gen_random_uuid(), subject_kind, subject_id, state, audience, owner_org, person_id, at, given_at, name, media_type, 4194304, sha256('y') from attachment limit 1").await;
    let page = upload(&author, &id, "a.pdf", PDF).await.expect(422);
    assert!(page.texts("#fil-fel")[0].contains("tar all plats"), "{}", page.text());
    // What others send in is as before.
    let other = Browser::signed_in(&app, "upphandlare2").await;
    let theirs = written(&other, "Handsken ska vara fri från ftalater, nästan.").await;
    upload(&other, &theirs, "a.pdf", PDF).await.expect(303);
    let seen = other.get(&format!("/forslag/utkast/{theirs}/granska")).await.expect(200);
    assert_eq!(seen.attributes("input[name=bilagor]", "value")[0].len(), 36);
    let _ = sent(&author, &id).await;
}
