//! A document as it is written, block by block.

use std::io::{Seek, Write};

use zip::{CompressionMethod, DateTime as ZipTime, ZipWriter, write::SimpleFileOptions};

use super::{Block, Document, Paragraph};
use crate::{WriteError, clean, markup::Xml};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Takes one block after the other and keeps none.
pub struct Writer<S: Write + Seek> {
    zip: ZipWriter<S>,
    xml: Xml,
}

impl<S: Write + Seek> Writer<S> {
    /// Begins a document with what `head` says of it. Its own blocks are not written.
    pub fn new(to: S, head: &Document) -> Result<Self, WriteError> {
        let mut zip = ZipWriter::new(to);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(ZipTime::default());
        for (name, text) in [
            ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#),
            ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#),
        ] {
            zip.start_file(name, options).map_err(std::io::Error::from)?;
            zip.write_all(text.as_bytes())?;
        }
        zip.start_file("word/document.xml", options).map_err(std::io::Error::from)?;
        let mut xml = Xml::part();
        xml.start("w:document", &[("xmlns:w", W)]);
        xml.start("w:body", &[]);
        let mut writer = Self { zip, xml };
        writer.paragraph(&head.title.as_str().into())?;
        Ok(writer)
    }

    /// One more block.
    pub fn block(&mut self, block: &Block) -> Result<(), WriteError> {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => self.paragraph(text)?,
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    for paragraph in &cell.paragraphs {
                        self.paragraph(paragraph)?;
                    }
                }
            }
            Block::PageBreak => {}
        }
        Ok(())
    }

    /// Ends the document.
    pub fn finish(mut self) -> Result<S, WriteError> {
        let rest = self.xml.finish();
        self.zip.write_all(rest.as_bytes())?;
        Ok(self.zip.finish().map_err(std::io::Error::from)?)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), WriteError> {
        self.xml.start("w:p", &[]);
        for span in &paragraph.spans {
            self.xml.start("w:r", &[]);
            self.xml.element("w:t", &[("xml:space", "preserve")], &clean(&span.text));
            self.xml.end();
        }
        self.xml.end();
        self.zip.write_all(self.xml.take().as_bytes())?;
        Ok(())
    }
}
