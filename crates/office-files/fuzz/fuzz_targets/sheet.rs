//! A worksheet and shared strings of any content, in a package that is in order: the fuzzer need not learn to zip.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use office_files::{Limits, read};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const OWN: &str = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="x" r:id="b"/></sheets></workbook>"#;
const PARTS: &str = r#"<Relationships><Relationship Id="b" Type="x/worksheet" Target="s.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="d" Type="x/styles" Target="f.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fuzz_target!(|parts: (&[u8], &[u8])| {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in [
        ("_rels/.rels", OWN.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", PARTS.as_bytes()),
        ("xl/f.xml", STYLES.as_bytes()),
        ("xl/s.xml", parts.0),
        ("xl/t.xml", parts.1),
    ] {
        archive.start_file(name, options).expect("an entry");
        archive.write_all(content).expect("its content");
    }
    let file = archive.finish().expect("an archive").into_inner();
    let _ = read(&file, &Limits::default());
});
