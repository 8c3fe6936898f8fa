//! What a document consists of.

use std::io::{Cursor, Seek, Write};

use super::Writer;
use crate::{DateTime, Language, Link, WriteError};

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

/// Text of one paragraph. Where its first letter is of a script that runs from right to left, so does the paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub spans: Vec<Span>,
    /// Its language, where that is not the document's.
    pub language: Option<Language>,
    /// Whether its text is set against the end of the line, as numbers in a column are.
    pub at_end: bool,
}

/// What a paragraph is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Running text.
    #[default]
    Plain,
    /// A clause with its label before it.
    Clause {
        /// `1`, `3.2` or `KB-0042:3/a`.
        label: String,
    },
    /// An item of a list.
    Bullet,
    /// A note beside the matter.
    Note,
}

impl Paragraph {
    /// A paragraph of these spans.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        Self { spans: spans.into_iter().collect(), ..Self::default() }
    }

    /// The paragraph as one of a kind.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// The paragraph in a language of its own.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// The paragraph set against the end of the line.
    #[must_use]
    pub fn at_end(mut self) -> Self {
        self.at_end = true;
        self
    }
}

impl From<Span> for Paragraph {
    fn from(span: Span) -> Self {
        Self::new([span])
    }
}

impl From<Vec<Span>> for Paragraph {
    fn from(spans: Vec<Span>) -> Self {
        Self::new(spans)
    }
}

impl<const N: usize> From<[Span; N]> for Paragraph {
    fn from(spans: [Span; N]) -> Self {
        Self::new(spans)
    }
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Span::from(text).into()
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Span::from(text).into()
    }
}

/// Text that looks the same from its beginning to its end.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// The text. A line end in it begins a new line of the paragraph.
    pub text: String,
    /// Whether it is strong.
    pub bold: bool,
    /// Whether it is stressed.
    pub italic: bool,
    /// Whether it shows what was changed.
    pub change: Option<Change>,
    /// Where it leads to.
    pub link: Option<Link>,
    /// Its language, where that is not the paragraph's.
    pub language: Option<Language>,
}

/// How changed wording looks: underlined or struck through, in a colour of its own. It is a look and no more: Word does not
/// offer to take the change in, and a screen reader says nothing of it, so that the words around must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// New.
    Inserted,
    /// Gone.
    Deleted,
}

impl Span {
    /// Strong text.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// Stressed text.
    #[must_use]
    pub fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// Text that looks new.
    #[must_use]
    pub fn inserted(mut self) -> Self {
        self.change = Some(Change::Inserted);
        self
    }

    /// Text that looks as if it were gone.
    #[must_use]
    pub fn deleted(mut self) -> Self {
        self.change = Some(Change::Deleted);
        self
    }

    /// Text that leads somewhere.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }

    /// Text in a language of its own.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// A table without merged cells. Its headings come again on each page, and no short row is torn in two.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// What it shows, above it.
    pub caption: Option<Paragraph>,
    /// What it shows, for those who do not see it; the caption where it is empty.
    pub description: String,
    /// What share of the width each column takes.
    pub widths: Vec<u16>,
    /// The headings of the columns; none where it is empty.
    pub header: Vec<Cell>,
    /// The rows, each of one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of each row is its heading.
    pub first_column_heads: bool,
}

impl Table {
    /// A table of so many columns, with what share of the width each takes.
    pub fn new(widths: impl Into<Vec<u16>>) -> Self {
        Self { widths: widths.into(), ..Self::default() }
    }

    /// Sets the headings of the columns.
    pub fn header<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.header = cells.into_iter().map(Into::into).collect();
    }

    /// One more row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// What is in a cell of a table: paragraphs of any kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// From top to bottom. An empty cell has none.
    pub paragraphs: Vec<Paragraph>,
}

impl Cell {
    /// A cell of these paragraphs.
    pub fn new(paragraphs: impl IntoIterator<Item = Paragraph>) -> Self {
        Self { paragraphs: paragraphs.into_iter().collect() }
    }
}

impl<T: Into<Paragraph>> From<T> for Cell {
    fn from(paragraph: T) -> Self {
        Self::new([paragraph.into()])
    }
}
