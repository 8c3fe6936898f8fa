//! Writes Word documents that hold up before the law on accessibility: headings that are headings, tables whose headings
//! are known as such and come again on each page, the language of every text, title and properties.
//!
//! ```
//! use office_files::{DateTime, Language, docx::{Block, Document, Level, Table}};
//!
//! let created = DateTime::new(2027, 3, 12, 8 * 3600).ok_or("no day")?;
//! let mut document = Document::new("Krav på handskar", Language::SWEDISH, created);
//! document.push(Block::heading(Level::One, "Tvättråd"));
//! document.push(Block::clause("1", "Leverantören ska lämna tvättråd på svenska."));
//! let mut facts = Table::new([2, 5]);
//! facts.caption = Some("Uppgifter om kravet".into());
//! facts.first_column_heads = true;
//! facts.row(["Nivå", "Bas"]);
//! document.push(facts);
//! let file: Vec<u8> = document.to_bytes()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is long is written as it comes: [`Writer`] takes one [`Block`] after the other and keeps none.
//!
//! What the file says is what it was given. The label of a clause is text, not a number that Word counts, since it is cited
//! and must be the same in every copy. Characters that XML cannot hold are left out as [`crate::clean`] does, tabs and line
//! ends become Word's own. The same document is the same bytes.

mod model;
mod paragraphs;
mod parts;
mod read;
mod tables;
mod writer;

pub use model::{Block, Cell, Change, Document, Kind, Level, PageNumbers, Paragraph, Span, Table};
pub use read::{Content, Read, ReadParagraph, read};
pub use writer::Writer;
