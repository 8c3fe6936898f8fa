//! Reads the text of a document back: paragraphs and tables in order, with their styles.

use super::parts::{GAP_STYLE, ISOLATE_STYLE};
use crate::{
    Error, Kind, Limits,
    package::Package,
    xml::{Piece, attribute, is},
};

/// What a document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// Its name, from its properties.
    pub title: Option<String>,
    /// Its language, from its properties.
    pub language: Option<String>,
    /// What is in it, from top to bottom.
    pub blocks: Vec<Read>,
}

impl Content {
    /// Every paragraph, those in tables among them, from top to bottom.
    pub fn paragraphs(&self) -> impl Iterator<Item = &ReadParagraph> {
        self.blocks.iter().flat_map(|block| {
            let (alone, rows) = match block {
                Read::Paragraph(paragraph) => (Some(paragraph), None),
                Read::Table { rows, .. } => (None, Some(rows)),
            };
            alone.into_iter().chain(rows.into_iter().flatten().flatten().flatten())
        })
    }
}

/// A paragraph, or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Read {
    /// A paragraph outside tables.
    Paragraph(ReadParagraph),
    /// A table. What a table within it holds counts as its cell's.
    Table {
        /// How many of its rows are headings, from the first.
        header_rows: usize,
        /// The paragraphs of the cells of the rows.
        rows: Vec<Vec<Vec<ReadParagraph>>>,
    },
}

/// A paragraph: its style by its name in the file, and its text. Line ends are LF, and what a reviewer has deleted is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadParagraph {
    /// `Heading1`; `Normal` where it has none.
    pub style: String,
    /// The text. The label of a clause and the clause have a tab between them.
    pub text: String,
}

/// Elements within one another beyond this are no document.
const DEEPEST: usize = 256;

/// Reads a document within limits: [`Limits::rows`] for paragraphs, rows and cells together, and those for bytes and text.
///
/// # Errors
/// When it is no document, or too much of one.
pub fn read(file: &[u8], limits: &Limits) -> Result<Content, Error> {
    if file.len() as u64 > limits.bytes {
        return Err(Error::TooLarge { most: limits.bytes });
    }
    match crate::sniff(file) {
        Kind::Word if file.starts_with(b"PK") => {}
        Kind::BrokenZip => return Err(Error::Broken { part: String::new(), at: None }),
        Kind::Encrypted => return Err(Error::Encrypted),
        other => return Err(Error::NotADocument(other)),
    }
    let mut package = Package::open(file, limits)?;
    let main = package.main()?;
    let mut content = Content::default();
    if package.has("docProps/core.xml") {
        properties(&mut package, &mut content, limits)?;
    }
    content.blocks = body(&mut package, &main, limits)?;
    Ok(content)
}

fn properties(package: &mut Package<'_>, content: &mut Content, limits: &Limits) -> Result<(), Error> {
    let mut xml = package.xml("docProps/core.xml")?;
    let mut buffer = Vec::new();
    let mut within = String::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) => start.local_name().as_ref().clone_into(&mut within),
            Piece::End(_) => within.clear(),
            Piece::Text(text) if !text.is_empty() => {
                let field = match within.as_str() {
                    "title" => content.title.get_or_insert_default(),
                    "language" => content.language.get_or_insert_default(),
                    _ => continue,
                };
                if field.len() + text.len() > limits.cell_chars {
                    return Err(Error::TooMuchText { most: limits.cell_chars as u64 });
                }
                field.push_str(&text);
            }
            Piece::Text(_) => {}
            Piece::Over => return Ok(()),
        }
    }
}

/// What has been read so far.
struct Reader<'a> {
    limits: &'a Limits,
    blocks: Vec<Read>,
    /// Paragraphs that have begun: more than one where a text box stands in one.
    open: Vec<ReadParagraph>,
    /// The table, and how many are open within one another.
    table: Option<(usize, Vec<Vec<Vec<ReadParagraph>>>)>,
    tables: usize,
    text: u64,
    things: usize,
    /// Elements whose content is not shown.
    hidden: usize,
    /// Runs that are open, and whether the innermost is text.
    runs: usize,
    in_text: bool,
    isolate: bool,
}

fn body(package: &mut Package<'_>, part: &str, limits: &Limits) -> Result<Vec<Read>, Error> {
    let mut xml = package.xml(part)?;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut reader = Reader {
        limits,
        blocks: Vec::new(),
        open: Vec::new(),
        table: None,
        tables: 0,
        text: 0,
        things: 0,
        hidden: 0,
        runs: 0,
        in_text: false,
        isolate: false,
    };
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(xml.broken(None));
                }
                let value = || attribute(&start, "val");
                if is(&start, "br") {
                    let page = attribute(&start, "type").is_some_and(|kind| kind != "textWrapping");
                    reader.push(if page { "" } else { "\n" })?;
                } else if is(&start, "pStyle") {
                    if let (Some(paragraph), Some(style)) = (reader.open.last_mut(), value()) {
                        paragraph.style = style;
                    }
                } else if is(&start, "rStyle") {
                    reader.isolate = value().is_some_and(|style| style == ISOLATE_STYLE);
                } else {
                    let name = start.local_name().as_ref().to_owned();
                    reader.start(&name)?;
                }
            }
            Piece::End(name) => {
                depth = depth.saturating_sub(1);
                reader.end(&name);
            }
            Piece::Text(text) if reader.in_text => reader.push(&text)?,
            Piece::Text(_) => {}
            Piece::Over => return if depth == 0 { Ok(reader.blocks) } else { Err(xml.broken(None)) },
        }
    }
}

impl Reader<'_> {
    fn start(&mut self, name: &str) -> Result<(), Error> {
        match name {
            "p" => {
                self.count()?;
                self.open.push(ReadParagraph { style: "Normal".to_owned(), text: String::new() });
            }
            "r" => {
                self.runs += 1;
                self.isolate = false;
            }
            "t" => self.in_text = self.runs > 0,
            "cr" => self.push("\n")?,
            "tab" if self.runs > 0 => self.push("\t")?,
            "noBreakHyphen" => self.push("\u{2011}")?,
            "softHyphen" => self.push("\u{ad}")?,
            // What a reviewer took away, and what is there for programs that know less.
            "del" | "moveFrom" | "Fallback" => self.hidden += 1,
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.table = Some((0, Vec::new()));
                }
            }
            "tr" | "tc" if self.tables == 1 => {
                self.count()?;
                if let Some((_, rows)) = &mut self.table {
                    match rows.last_mut().filter(|_| name == "tc") {
                        Some(row) => row.push(Vec::new()),
                        None => rows.push(Vec::new()),
                    }
                }
            }
            "tblHeader" if self.tables == 1 => {
                if let Some((header_rows, rows)) = &mut self.table
                    && rows.len() == *header_rows + 1
                {
                    *header_rows += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop()
                    && !(paragraph.style == GAP_STYLE && paragraph.text.is_empty())
                {
                    let cell = self.table.as_mut().and_then(|(_, rows)| rows.last_mut()?.last_mut());
                    match (self.tables, cell) {
                        (0, _) => self.blocks.push(Read::Paragraph(paragraph)),
                        (_, Some(cell)) => cell.push(paragraph),
                        _ => {}
                    }
                }
            }
            "r" => self.runs = self.runs.saturating_sub(1),
            "t" => self.in_text = false,
            "del" | "moveFrom" | "Fallback" => self.hidden = self.hidden.saturating_sub(1),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0
                    && let Some((header_rows, rows)) = self.table.take()
                {
                    self.blocks.push(Read::Table { header_rows, rows });
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Error> {
        if self.hidden > 0 || self.isolate || self.runs == 0 {
            return Ok(());
        }
        self.text += text.len() as u64;
        if self.text > self.limits.text {
            return Err(Error::TooMuchText { most: self.limits.text });
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Error> {
        self.things += 1;
        if self.things > self.limits.rows { Err(Error::TooManyRows { most: self.limits.rows }) } else { Ok(()) }
    }
}
