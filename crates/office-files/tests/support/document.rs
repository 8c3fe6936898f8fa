//! Documents to test, and what they say.
#![allow(dead_code, unused_imports, missing_docs, reason = "shared by test programs that each use a part")]

#[path = "parts.rs"]
mod parts;

use office_files::{
    DateTime, Language, Limits,
    docx::{Block, Document, read},
};
pub use parts::{Parts, all, assert_package, attribute, properties};
use roxmltree::Node;

pub fn document() -> Document {
    let created = DateTime::new(2027, 3, 12, 8 * 3600 + 30 * 60).expect("a day");
    Document::new("Krav på handskar", Language::SWEDISH, created)
}

pub fn of(blocks: impl IntoIterator<Item = Block>) -> Document {
    let mut document = document();
    document.show_title = false;
    document.blocks.extend(blocks);
    document
}

pub fn written(document: &Document) -> (Vec<u8>, Parts) {
    let file = document.to_bytes().expect("a document");
    let parts = assert_package(&file);
    (file, parts)
}

pub fn texts(file: &[u8]) -> Vec<(String, String)> {
    let content = read(file, &Limits::default()).expect("it reads");
    content.paragraphs().map(|paragraph| (paragraph.style.clone(), paragraph.text.clone())).collect()
}

pub fn pair(style: &str, text: &str) -> (String, String) {
    (style.to_owned(), text.to_owned())
}

/// Whether a run has a property, and its value.
pub fn property<'a>(run: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let properties = run.children().find(|node| node.tag_name().name() == "rPr")?;
    let found = properties.children().find(|node| node.tag_name().name() == name)?;
    Some(attribute(found, "val").unwrap_or_default())
}
