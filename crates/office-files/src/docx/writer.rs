//! A document as it is written, block by block.

use std::{
    collections::HashMap,
    fmt,
    io::{Seek, Write},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Block, Document, paragraphs::Place, parts};
use crate::{Language, Link, WriteError, markup::Xml};

/// Takes one block after the other and keeps none.
pub struct Writer<S: Write + Seek> {
    zip: ZipWriter<S>,
    pub(super) xml: Xml,
    pub(super) language: Language,
    /// Where texts lead to, each once, by the order in which they came.
    links: HashMap<Link, usize>,
    /// What was written last, which decides on the space before the next.
    pub(super) after: After,
    /// Whether what comes next begins a page.
    pub(super) break_page: bool,
}

/// What was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Text,
    /// A table has no space below it, and two that touch become one.
    Table,
}

impl<S: Write + Seek> fmt::Debug for Writer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("language", &self.language).finish_non_exhaustive()
    }
}

/// Level 2 takes a third of the time of level 6, and what comes out is a tenth larger.
pub(super) fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(2))
        // The clock of the machine is no part of a document.
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
}

/// What is held back before it is handed to the archive.
const CHUNK: usize = 64 * 1024;

impl<S: Write + Seek> Writer<S> {
    /// Begins a document with what `head` says of it. Its own blocks are not written.
    pub fn new(to: S, head: &Document) -> Result<Self, WriteError> {
        let mut zip = ZipWriter::new(to);
        for (name, content) in parts::all(head)? {
            part(&mut zip, name)?;
            zip.write_all(content.as_bytes())?;
        }
        part(&mut zip, "word/document.xml")?;
        let mut xml = Xml::part();
        xml.start("w:document", &[("xmlns:w", parts::WORD), ("xmlns:r", parts::RELATIONS)]);
        xml.start("w:body", &[]);
        let mut writer =
            Self { zip, xml, language: head.language.clone(), links: HashMap::new(), after: After::Text, break_page: false };
        if head.show_title {
            writer.paragraph(&head.title.as_str().into(), Place::Title);
        }
        Ok(writer)
    }

    /// One more block.
    pub fn block(&mut self, block: &Block) -> Result<(), WriteError> {
        match block {
            Block::Heading { level, text } => self.paragraph(text, Place::Heading(*level)),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, Place::Body),
            Block::Table(table) => self.table(table)?,
            Block::PageBreak => self.break_page = true,
        }
        self.flush(CHUNK)
    }

    /// Ends the document, and gives back what it was written to.
    pub fn finish(mut self) -> Result<S, WriteError> {
        if self.after == After::Table {
            self.gap();
        }
        parts::section(&mut self.xml);
        self.xml.end();
        self.xml.end();
        self.flush(0)?;
        part(&mut self.zip, "word/_rels/document.xml.rels")?;
        let mut links: Vec<_> = self.links.iter().collect();
        links.sort_by_key(|(_, place)| **place);
        let links = links.into_iter().map(|(link, place)| (link_id(*place), link.address()));
        self.zip.write_all(parts::document_relations(links).as_bytes())?;
        Ok(self.zip.finish().map_err(std::io::Error::from)?)
    }

    /// The name by which a text refers to where it leads.
    pub(super) fn link(&mut self, link: &Link) -> String {
        let next = self.links.len();
        link_id(*self.links.entry(link.clone()).or_insert(next))
    }

    pub(super) fn flush(&mut self, above: usize) -> Result<(), WriteError> {
        if self.xml.len() > above {
            self.zip.write_all(self.xml.take().as_bytes())?;
        }
        Ok(())
    }
}

fn link_id(place: usize) -> String {
    format!("link{place}")
}

fn part<S: Write + Seek>(zip: &mut ZipWriter<S>, name: &str) -> Result<(), WriteError> {
    Ok(zip.start_file(name, packed()).map_err(std::io::Error::from)?)
}
