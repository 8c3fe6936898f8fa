//! What a file is, by its content.

use std::io::Cursor;

use zip::ZipArchive;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// No byte, or nothing but blanks.
    Empty,
    /// Text of one sort or other; delimited, it is hoped.
    Text,
    /// Lines of JSON objects, to judge by the first character.
    Json,
    /// An Excel workbook, with macros or without.
    Xlsx,
    /// An Excel workbook in binary form.
    Xlsb,
    /// An Excel workbook from before 2007.
    Xls,
    /// An Office document under a password.
    Encrypted,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A Word document, old or new.
    Word,
    /// A presentation.
    Presentation,
    /// A PDF.
    Pdf,
    /// An image.
    Image,
    /// A web page, whatever its name says.
    Html,
    /// XML that is no workbook.
    Xml,
    /// Rich text.
    Rtf,
    /// An archive of something else.
    Archive,
    /// An archive that cannot be opened: cut off, as a rule.
    BrokenZip,
    /// Text in UTF-16.
    Utf16,
    /// Something else that is no text.
    Binary,
}

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How much of a text is looked at.
const HEAD: usize = 4096;

pub(crate) fn sniff(file: &[u8]) -> Kind {
    let head = &file[..file.len().min(HEAD)];
    let begins = |with: &[u8]| head.starts_with(with);
    if begins(OLE) {
        return ole(file);
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return package(file);
    }
    if begins(b"%PDF-") {
        return Kind::Pdf;
    }
    if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") || (begins(b"BM") && head.contains(&0)) {
        return Kind::Image;
    }
    if begins(b"\x1f\x8b") || begins(b"7z\xbc\xaf\x27\x1c") || begins(b"Rar!\x1a") || begins(b"BZh") || begins(b"\xfd7zXZ\0") {
        return Kind::Archive;
    }
    if begins(b"{\\rtf") {
        return Kind::Rtf;
    }
    if begins(b"\xff\xfe") || begins(b"\xfe\xff") {
        return Kind::Utf16;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let zeros = text.iter().filter(|b| **b == 0).count();
    if zeros * 3 > text.len() {
        return if zeros * 3 > text.len() * 2 { Kind::Binary } else { Kind::Utf16 };
    }
    let Some(start) = text.iter().position(|b| !b.is_ascii_whitespace()) else {
        let blank = file.iter().skip(head.len()).all(u8::is_ascii_whitespace);
        return if blank { Kind::Empty } else { Kind::Text };
    };
    let text = text[start..].to_ascii_lowercase();
    match text[0] {
        b'{' => Kind::Json,
        b'<' if ["<!doctype html", "<html", "<table", "<body", "<head", "<meta"]
            .iter()
            .any(|tag| contains(&text, tag.as_bytes())) =>
        {
            Kind::Html
        }
        b'<' if text.starts_with(b"<?xml") || text.starts_with(b"<!--") || text.starts_with(b"<!doctype") => Kind::Xml,
        _ => Kind::Text,
    }
}

/// The names inside an OLE file are UTF-16, and enough to tell its kinds apart.
fn ole(file: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(file, &wide)
    };
    if has("EncryptedPackage") {
        Kind::Encrypted
    } else if has("Workbook") || has("Book") {
        Kind::Xls
    } else if has("WordDocument") {
        Kind::Word
    } else if has("PowerPoint Document") {
        Kind::Presentation
    } else {
        Kind::Binary
    }
}

fn package(file: &[u8]) -> Kind {
    let Ok(archive) = ZipArchive::new(Cursor::new(file)) else { return Kind::BrokenZip };
    // The first entry of an OpenDocument file says what it is, uncompressed.
    if contains(&file[..file.len().min(200)], b"mimetypeapplication/vnd.oasis.opendocument.") {
        return if contains(&file[..file.len().min(200)], b"opendocument.spreadsheet") { Kind::Ods } else { Kind::Archive };
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|entry| entry == name);
    let under = |folder: &str| names.iter().any(|entry| entry.starts_with(folder));
    if has("xl/workbook.bin") {
        Kind::Xlsb
    } else if has("word/document.xml") {
        Kind::Word
    } else if has("ppt/presentation.xml") {
        Kind::Presentation
    } else if has("_rels/.rels") && (has("[content_types].xml") || under("xl/")) {
        Kind::Xlsx
    } else {
        Kind::Archive
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
