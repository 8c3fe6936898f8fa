//! Files of the example bank, made here: a PDF of some lines of text, and a picture of some bars.

use std::fmt::Write;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{kind::Kind, workflow::New};

/// A file as the example bank has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    name: String,
    /// What a PDF says, line by line.
    #[serde(default)]
    lines: Vec<String>,
    /// How high the bars of a picture are, in hundredths.
    #[serde(default)]
    bars: Vec<u32>,
}

impl ExampleFile {
    /// It, and what is known of it.
    pub fn made(&self) -> (New, Vec<u8>) {
        let (kind, file) = if self.bars.is_empty() { (Kind::Pdf, pdf(&self.lines)) } else { (Kind::Png, png(&self.bars)) };
        let bytes = i64::try_from(file.len()).unwrap_or(i64::MAX);
        (New { name: self.name.clone(), kind, bytes, sha256: Sha256::digest(&file).to_vec() }, file)
    }
}

/// A page of A4 with a heading and lines below it, in letters of Western Europe.
fn pdf(lines: &[String]) -> Vec<u8> {
    let letters = |text: &str| -> String {
        let one = |c: char| match c {
            '(' | ')' | '\\' => format!("\\{c}"),
            c if c.is_ascii() && !c.is_ascii_control() => c.to_string(),
            c if ('\u{a0}'..='\u{ff}').contains(&c) => format!("\\{:03o}", u32::from(c)),
            _ => "?".to_owned(),
        };
        text.chars().map(one).collect()
    };
    let mut text = String::from("BT 72 760 Td 0 -24 TD /F1 18 Tf");
    for (place, line) in lines.iter().enumerate() {
        if place == 1 {
            text.push_str(" /F1 11 Tf 18 TL 0 -30 Td");
        }
        let _ = write!(text, " ({}) Tj T*", letters(line));
    }
    text.push_str(" ET");
    let title = letters(lines.first().map_or("", String::as_str));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (sv-SE) /ViewerPreferences << /DisplayDocTitle true >> >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Title ({title}) >>"),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (place, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", place + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer << /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// Bars on white above a line, in two colours and without loss; not packed, since it is small.
fn png(bars: &[u32]) -> Vec<u8> {
    const HEIGHT: u32 = 120;
    const BAR: u32 = 40;
    let width = u32::try_from(bars.len()).unwrap_or(1) * BAR * 2 + BAR;
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        // No filter.
        rows.push(0);
        for x in 0..width {
            let bar = bars.get((x / (BAR * 2)) as usize).copied().unwrap_or(0).min(100);
            let is_bar = x % (BAR * 2) >= BAR && y < HEIGHT - 2 && HEIGHT - 2 - y <= bar;
            rows.push(if is_bar { 1 } else { u8::from(y >= HEIGHT - 2) * 2 });
        }
    }
    let mut packed = vec![0x78, 0x01];
    let mut pieces = rows.chunks(0xffff).peekable();
    while let Some(piece) = pieces.next() {
        let length = u16::try_from(piece.len()).unwrap_or(u16::MAX);
        packed.push(u8::from(pieces.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(piece);
    }
    packed.extend(adler(&rows).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [&width.to_be_bytes()[..], &HEIGHT.to_be_bytes(), &[8, 3, 0, 0, 0]].concat();
    for (name, content) in [
        (b"IHDR", size.as_slice()),
        (b"PLTE", &[0xff, 0xff, 0xff, 0x1d, 0x5c, 0x5a, 0x33, 0x33, 0x33]),
        (b"IDAT", &packed),
        (b"IEND", &[]),
    ] {
        let named = [name.as_slice(), content].concat();
        file.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
        file.extend(&named);
        file.extend(crc(&named).to_be_bytes());
    }
    file
}

/// The checksum of zlib (RFC 1950).
fn adler(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    high << 16 | low
}

/// The checksum of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let one = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, one)
}
