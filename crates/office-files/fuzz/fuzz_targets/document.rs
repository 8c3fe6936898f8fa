//! The text of a document, in a package that is in order: the fuzzer need not learn to zip.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use office_files::{Limits, docx::read};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const OWN: &str = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fuzz_target!(|parts: (&[u8], &[u8])| {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in [("_rels/.rels", OWN.as_bytes()), ("word/document.xml", parts.0), ("docProps/core.xml", parts.1)] {
        archive.start_file(name, options).expect("an entry");
        archive.write_all(content).expect("its content");
    }
    let file = archive.finish().expect("an archive").into_inner();
    if let Ok(content) = read(&file, &Limits::default()) {
        assert!(content.paragraphs().count() <= Limits::default().rows);
    }
});
