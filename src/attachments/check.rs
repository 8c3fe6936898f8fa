//! What a file is, by its content. What its name says is only held against that; nothing is unpacked or kept.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
};

use office_files::{Error as OfficeError, Limits, Office, inspect};

use super::{MOST_BYTES, kind::Kind};

/// What an office file may inflate to, in all and part by part: what is sent is at most ten mebibytes.
const INFLATED: u64 = 256 * 1024 * 1024;
/// How much of a file's end is looked at for how a PDF ends.
const TAIL: u64 = 4096;

/// What a file is that is none of those that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A document, workbook or presentation from before 2007.
    OldOffice,
    /// A presentation, a template, an OpenDocument file.
    OtherOffice,
    /// An archive.
    Archive,
    /// An image of another kind.
    OtherImage,
    /// A web page, or a drawing that can hold a program.
    Page,
    /// A program.
    Program,
    /// Text of one sort or other.
    Text,
    /// Nothing that is known.
    Unknown,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// There is nothing in it.
    Empty,
    /// It is of another kind.
    Kind(Seen),
    /// It is fine, and its name says that it is something else.
    Named(Kind),
    /// It holds macros or other programs.
    Macros,
    /// It is under a password.
    Encrypted,
    /// It inflates beyond all measure.
    Bomb,
    /// It is cut off or damaged.
    Broken(Kind),
}

/// Says what a file is, or why it is not taken; ends at its beginning.
///
/// # Errors
/// When the file cannot be read from where it was put down.
pub fn look_through(file: &mut File, name: &str) -> io::Result<Result<Kind, Wrong>> {
    let found = kind(file)?;
    file.rewind()?;
    Ok(found.and_then(|kind| if kind.is_named(name) { Ok(kind) } else { Err(Wrong::Named(kind)) }))
}

fn kind(file: &mut File) -> io::Result<Result<Kind, Wrong>> {
    file.rewind()?;
    let mut head = Vec::new();
    file.by_ref().take(1024).read_to_end(&mut head)?;
    file.rewind()?;
    let begins = |with: &[u8]| head.starts_with(with);
    let whole = |kind, is_whole| if is_whole { Ok(kind) } else { Err(Wrong::Broken(kind)) };
    Ok(if head.is_empty() {
        Err(Wrong::Empty)
    } else if begins(b"%PDF-") {
        whole(Kind::Pdf, is_whole_pdf(file)?)
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        whole(Kind::Png, is_whole_png(file)?)
    } else if begins(b"\xff\xd8\xff") {
        whole(Kind::Jpeg, is_whole_jpeg(file)?)
    } else if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        package(file)
    } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        // A new file under a password lies in one of the old kind.
        if holds(file, &wide("EncryptedPackage"))? { Err(Wrong::Encrypted) } else { Err(Wrong::Kind(Seen::OldOffice)) }
    } else {
        Err(Wrong::Kind(other(&head)))
    })
}

fn other(head: &[u8]) -> Seen {
    let begins = |with: &[u8]| head.starts_with(with);
    let at = |place: usize, with: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(with));
    if begins(b"MZ") || begins(b"\x7fELF") || begins(b"#!") || begins(b"\xcf\xfa\xed\xfe") || begins(b"\xca\xfe\xba\xbe") {
        return Seen::Program;
    }
    if begins(b"GIF8")
        || begins(b"BM")
        || begins(b"II*\0")
        || begins(b"MM\0*")
        || at(8, b"WEBP")
        || at(4, b"ftypheic")
        || at(4, b"ftypavif")
    {
        return Seen::OtherImage;
    }
    if begins(b"\x1f\x8b") || begins(b"7z\xbc\xaf\x27\x1c") || begins(b"Rar!\x1a") || begins(b"BZh") || begins(b"\xfd7zXZ\0") {
        return Seen::Archive;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if text.contains(&0) {
        return Seen::Unknown;
    }
    if text.trim_ascii_start().starts_with(b"<") { Seen::Page } else { Seen::Text }
}

fn package(file: &mut File) -> Result<Kind, Wrong> {
    let limits = Limits { bytes: MOST_BYTES as u64, part: INFLATED, inflated: INFLATED, ..Limits::default() };
    match inspect(&mut *file, &limits) {
        Ok(Office::Docx) => Ok(Kind::Docx),
        Ok(Office::Xlsx) => Ok(Kind::Xlsx),
        Ok(Office::Macros) => Err(Wrong::Macros),
        Ok(Office::Archive) => Err(Wrong::Kind(Seen::Archive)),
        Ok(_) => Err(Wrong::Kind(Seen::OtherOffice)),
        Err(OfficeError::Encrypted) => Err(Wrong::Encrypted),
        Err(OfficeError::Bomb) => Err(Wrong::Bomb),
        Err(_) => Err(Wrong::Broken(Kind::Docx)),
    }
}

/// It says of itself where it ends.
fn is_whole_pdf(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    Ok(tail.windows(5).any(|window| window == b"%%EOF"))
}

/// Its chunks follow one another from the first to the last, and nothing comes after.
fn is_whole_png(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut source = BufReader::new(file);
    let mut at = source.seek(SeekFrom::Start(8))?;
    let mut is_first = true;
    loop {
        let mut chunk = [0; 8];
        if source.read_exact(&mut chunk).is_err() {
            return Ok(false);
        }
        let [a, b, c, d, name @ ..] = chunk;
        let bytes = u32::from_be_bytes([a, b, c, d]);
        at += 12 + u64::from(bytes);
        if at > length || (is_first && (&name != b"IHDR" || bytes != 13)) {
            return Ok(false);
        }
        if &name == b"IEND" {
            return Ok(at == length);
        }
        is_first = false;
        source.seek_relative(i64::from(bytes) + 4)?;
    }
}

/// Its segments follow one another to the picture, which has a size and an end.
fn is_whole_jpeg(file: &mut File) -> io::Result<bool> {
    let mut source = BufReader::new(file);
    source.seek(SeekFrom::Start(2))?;
    let mut has_size = false;
    loop {
        let mut marker = [0; 2];
        if source.read_exact(&mut marker).is_err() || marker[0] != 0xff {
            return Ok(false);
        }
        // Bytes that fill up.
        while marker[1] == 0xff {
            if source.read_exact(&mut marker[1..]).is_err() {
                return Ok(false);
            }
        }
        let mut length = [0; 2];
        if matches!(marker[1], 0x00 | 0x01 | 0xd0..=0xd9) || source.read_exact(&mut length).is_err() {
            return Ok(false);
        }
        let Some(bytes) = u16::from_be_bytes(length).checked_sub(2) else { return Ok(false) };
        has_size |= matches!(marker[1], 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) && bytes >= 6;
        source.seek_relative(i64::from(bytes))?;
        if marker[1] == 0xda {
            return Ok(has_size && found_in(source, b"\xff\xd9")?);
        }
    }
}

/// Whether a few bytes stand anywhere in a file.
fn holds(file: &mut File, sought: &[u8]) -> io::Result<bool> {
    file.rewind()?;
    found_in(BufReader::new(file), sought)
}

fn found_in(mut source: impl BufRead, sought: &[u8]) -> io::Result<bool> {
    // What may be the beginning of it is kept from one piece to the next.
    let mut kept: Vec<u8> = Vec::new();
    loop {
        let piece = source.fill_buf()?;
        if piece.is_empty() {
            return Ok(false);
        }
        kept.extend_from_slice(piece);
        let read = piece.len();
        source.consume(read);
        if kept.windows(sought.len()).any(|window| window == sought) {
            return Ok(true);
        }
        kept.drain(..kept.len().saturating_sub(sought.len() - 1));
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
