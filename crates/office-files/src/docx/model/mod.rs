//! What a document consists of.

mod table;
mod text;

use std::io::{Cursor, Seek, Write};

pub use table::{Cell, Table};
pub use text::{Change, Kind, Paragraph, Span};

use super::Writer;
use crate::{DateTime, Language, WriteError};

/// A document: what it says of itself, and its blocks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// Its name: in its properties, and shown above everything unless [`show_title`](Self::show_title) is false.
    pub title: String,
    /// The language of every text that does not say otherwise.
    pub language: Language,
    /// When it was made, in UTC.
    pub created: DateTime,
    /// Whether the title stands above everything.
    pub show_title: bool,
    /// Who made it, for its properties: an organisation, or the name of a service.
    pub creator: String,
    /// What it is about, for its properties.
    pub subject: String,
    /// Words to find it by, for its properties.
    pub keywords: String,
    /// A line above each page; none where it is empty.
    pub header: String,
    /// A line below each page; none where it is empty.
    pub footer: String,
    /// The words around the number of the page, in the footer.
    pub page_numbers: Option<PageNumbers>,
    /// What is in it, from top to bottom.
    pub blocks: Vec<Block>,
}

/// `Sida 3 av 12`, in the words of the document's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageNumbers {
    /// `Sida`
    pub page: String,
    /// `av`
    pub of: String,
}

impl Document {
    /// A document with nothing in it yet.
    pub fn new(title: impl Into<String>, language: Language, created: DateTime) -> Self {
        Self {
            title: title.into(),
            language,
            created,
            show_title: true,
            creator: String::new(),
            subject: String::new(),
            keywords: String::new(),
            header: String::new(),
            footer: String::new(),
            page_numbers: None,
            blocks: Vec::new(),
        }
    }

    /// One more block.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }

    /// Writes the document.
    pub fn write_to<W: Write + Seek>(&self, to: W) -> Result<W, WriteError> {
        let mut writer = Writer::new(to, self)?;
        for block in &self.blocks {
            writer.block(block)?;
        }
        writer.finish()
    }

    /// The document as a file in memory.
    pub fn to_bytes(&self) -> Result<Vec<u8>, WriteError> {
        Ok(self.write_to(Cursor::new(Vec::new()))?.into_inner())
    }
}

/// One thing after the other.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// A heading.
    Heading {
        /// How deep. The first is [`Level::One`], and none is left out on the way down.
        level: Level,
        /// Its text.
        text: Paragraph,
    },
    /// A paragraph of one kind or other.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// What follows begins on a new page.
    PageBreak,
}

impl Block {
    /// A heading.
    pub fn heading(level: Level, text: impl Into<Paragraph>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// A paragraph.
    pub fn paragraph(text: impl Into<Paragraph>) -> Self {
        Self::Paragraph(text.into())
    }

    /// A clause: its label stands before it, and its text hangs.
    pub fn clause(label: impl Into<String>, text: impl Into<Paragraph>) -> Self {
        Self::Paragraph(text.into().kind(Kind::Clause { label: label.into() }))
    }

    /// An item of a list.
    pub fn bullet(text: impl Into<Paragraph>) -> Self {
        Self::Paragraph(text.into().kind(Kind::Bullet))
    }

    /// Something to take note of, beside the matter itself.
    pub fn note(text: impl Into<Paragraph>) -> Self {
        Self::Paragraph(text.into().kind(Kind::Note))
    }
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(paragraph)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// How deep a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A part of the document.
    One,
    /// A part of that.
    Two,
    /// A part of that.
    Three,
    /// The deepest.
    Four,
}
