//! What an office file is, from where it lies: entry by entry, counted as it is inflated and kept nowhere.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    rc::Rc,
};

use zip::ZipArchive;

use crate::{
    error::Error,
    package::Counted,
    table::Limits,
    xml::{Piece, Xml, attribute, is},
};

/// What an office file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Office {
    /// A document of Word without macros.
    Docx,
    /// A workbook of Excel without macros.
    Xlsx,
    /// A document or workbook that holds macros or other programs.
    Macros,
    /// A package of another kind: a presentation, a template, an OpenDocument file.
    Other,
    /// An archive that is no office file.
    Archive,
}

/// The most entries of a package. A large document has some hundred.
const MOST_ENTRIES: usize = 4_000;
/// The longest list of content types.
const LIST: u64 = 4 * 1024 * 1024;
const CONTENT_TYPES: &str = "[content_types].xml";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// Looks through a package: what its list of content types says, whether every entry comes out whole and within the limits
/// ([`Limits::part`], [`Limits::inflated`], [`Limits::ratio`]), whether there is a program in it. Ends where it began or
/// elsewhere; whoever reads on rewinds.
///
/// # Errors
/// [`Error::Bomb`], [`Error::Encrypted`] and [`Error::Broken`]; the last also for what is no archive.
pub fn inspect<R: Read + Seek>(mut file: R, limits: &Limits) -> Result<Office, Error> {
    if entries(&mut file).map_err(|_| broken(""))? > MOST_ENTRIES {
        return Err(Error::Bomb);
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| broken(""))?;
    // An honest bomb is known before anything comes out.
    if archive.decompressed_size().is_some_and(|size| size > u128::from(limits.inflated) * 2) {
        return Err(Error::Bomb);
    }
    let left = Rc::new(Cell::new(limits.inflated));
    let mut found = Found::default();
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|_| broken(""))?;
        let name = entry.name().map_err(|_| broken(""))?.replace('\\', "/").to_lowercase();
        if entry.encrypted() {
            return Err(Error::Encrypted);
        }
        drop(entry);
        let file = archive.by_index(place).map_err(|_| broken(&name))?;
        let over = Rc::new(Cell::new(false));
        let counted = Counted::new(file, limits, left.clone(), over.clone());
        if name == CONTENT_TYPES {
            found.list(BufReader::new(counted.take(LIST)), over)?;
        } else {
            found.entry(&name);
            // Read to its end, its checksum is compared as well.
            io::copy(&mut { counted }, &mut io::sink()).map_err(|_| if over.get() { Error::Bomb } else { broken(&name) })?;
        }
    }
    Ok(found.kind())
}

/// What has been seen of a package.
#[derive(Default)]
struct Found {
    has_list: bool,
    /// What the list says.
    said_docx: bool,
    said_xlsx: bool,
    /// What there is.
    document: bool,
    workbook: bool,
    program: bool,
    opendocument: bool,
}

impl Found {
    fn entry(&mut self, name: &str) {
        self.document |= is_part(name, "word/document");
        self.workbook |= is_part(name, "xl/workbook");
        self.program |= ["vbaproject", "vbadata", "/activex/", "/macrosheets/"].iter().any(|sign| name.contains(sign));
        self.opendocument |= name == "mimetype" || name == "meta-inf/manifest.xml";
    }

    /// Reads the list of content types: it, and not the name of the file, says what the main part is.
    fn list<R: BufRead>(&mut self, source: R, over: Rc<Cell<bool>>) -> Result<(), Error> {
        let mut xml = Xml::new(source, CONTENT_TYPES.to_owned(), over);
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Piece::Start(start) if is(&start, "Override") || is(&start, "Default") => {
                    let kind = attribute(&start, "ContentType").unwrap_or_default();
                    let lower = kind.to_ascii_lowercase();
                    self.said_docx |= lower == DOCX;
                    self.said_xlsx |= lower == XLSX;
                    self.program |=
                        ["macroenabled", "vbaproject", "macrosheet", "activex"].iter().any(|sign| lower.contains(sign));
                }
                Piece::Over => break,
                _ => {}
            }
        }
        self.has_list = true;
        Ok(())
    }

    fn kind(&self) -> Office {
        match self {
            Self { has_list: true, program: true, .. } => Office::Macros,
            Self { said_docx: true, document: true, workbook: false, .. } => Office::Docx,
            Self { said_xlsx: true, workbook: true, document: false, .. } => Office::Xlsx,
            Self { has_list: true, .. } | Self { opendocument: true, .. } => Office::Other,
            _ => Office::Archive,
        }
    }
}

/// Whether a name, in small letters, is that of a part or of one that a writer numbers: `word/document2.xml`.
fn is_part(name: &str, part: &str) -> bool {
    name.strip_prefix(part)
        .and_then(|rest| rest.strip_suffix(".xml"))
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

/// How many entries the directories of an archive can hold, whichever of them a reader takes for the true one: each entry
/// begins with the same four bytes. Nothing of them is kept.
fn entries<R: Read + Seek>(file: &mut R) -> io::Result<usize> {
    const SIGN: &[u8] = b"PK\x01\x02";
    file.seek(SeekFrom::Start(0))?;
    let mut source = BufReader::new(&mut *file);
    let (mut count, mut matched) = (0, 0);
    loop {
        let piece = source.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        for byte in piece {
            matched = if *byte == SIGN[matched] { matched + 1 } else { usize::from(*byte == SIGN[0]) };
            if matched == SIGN.len() {
                count += 1;
                matched = 0;
            }
        }
        let read = piece.len();
        source.consume(read);
    }
    drop(source);
    file.seek(SeekFrom::Start(0))?;
    Ok(count)
}

fn broken(part: &str) -> Error {
    Error::Broken { part: part.to_owned(), at: None }
}
