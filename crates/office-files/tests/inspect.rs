//! What an office file is, looked through from where it lies.
#![allow(missing_docs, reason = "tests")]

use std::io::{Cursor, Write};

use office_files::{Error, Limits, Office, inspect};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const BOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).expect("an entry");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

fn list(main: &str) -> Vec<u8> {
    format!("<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"{main}\"/></Types>").into_bytes()
}

fn of(file: &[u8]) -> Result<Office, Error> {
    within(file, 64)
}

fn within(file: &[u8], mebibytes: u64) -> Result<Office, Error> {
    inspect(Cursor::new(file), &Limits { inflated: mebibytes * 1024 * 1024, ..Limits::default() })
}

#[test]
fn a_workbook_is_one_and_with_a_program_it_is_none() {
    let book: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
    let types: (&str, &[u8]) = ("[Content_Types].xml", &list(BOOK));
    assert_eq!(of(&package(&[types, book])), Ok(Office::Xlsx));
    for program in ["xl/vbaProject.bin", "XL\\VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.bin"] {
        assert_eq!(of(&package(&[types, book, (program, b"x")])), Ok(Office::Macros), "{program}");
    }
    let macros = list("application/vnd.ms-excel.sheet.macroEnabled.main+xml");
    assert_eq!(of(&package(&[("[Content_Types].xml", &macros), book])), Ok(Office::Macros));
    assert_eq!(of(&package(&[types])), Ok(Office::Other), "a list without what it lists");
    assert_eq!(of(&package(&[book])), Ok(Office::Archive));
    assert_eq!(of(&package(&[("mimetype", b"application/vnd.oasis.opendocument.text")])), Ok(Office::Other));
}

#[test]
fn what_inflates_too_much_or_is_broken_is_refused() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", &list(BOOK));
    let blank = vec![b' '; 20 * 1024 * 1024];
    let bomb = package(&[types, ("xl/workbook.xml", &blank)]);
    assert!(bomb.len() < 100_000);
    assert_eq!(of(&bomb), Err(Error::Bomb), "by its ratio");
    let mut noise = Vec::new();
    let mut seed = 1_u32;
    for _ in 0..1024 * 1024 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise.push(u8::try_from(seed >> 24).expect("a byte"));
    }
    let names: Vec<String> = (0..8).map(|n| format!("xl/{n}.bin")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), noise.as_slice())).collect();
    assert_eq!(within(&package(&[&[types], many.as_slice()].concat()), 6), Err(Error::Bomb), "in all");
    let names: Vec<String> = (0..4_001).map(|n| format!("xl/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(of(&package(&many)), Err(Error::Bomb), "by its entries");
    let whole = package(&[types, ("xl/workbook.xml", &noise[..100_000])]);
    assert!(matches!(of(&whole[..whole.len() / 2]), Err(Error::Broken { .. })));
    let mut changed = whole.clone();
    changed[50_000] ^= 1;
    assert!(matches!(of(&changed), Err(Error::Broken { .. })), "its checksum is another");
    assert!(matches!(of(b"PK\x03\x04"), Err(Error::Broken { .. })));
    assert!(matches!(of(b""), Err(Error::Broken { .. })));
}
