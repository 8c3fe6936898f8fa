//! Bytes of delimited text as characters.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use crate::error::Error;

/// The text, without the mark that UTF-8 may begin with. UTF-8 where it is that; Windows-1252 where it cannot be.
pub(crate) fn decode(file: &[u8]) -> Result<Cow<'_, str>, Error> {
    let (marked, bytes) = match file.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (true, rest),
        None => (false, file),
    };
    let first_bad = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error.valid_up_to(),
    };
    let line = |place: usize| 1 + bytes[..place].iter().filter(|b| **b == b'\n').count() as u64;
    // Letters of Windows-1252 rarely look like UTF-8 (”MILJÖ” does), and UTF-8 that is damaged is damaged here and there.
    if marked || letters_in_utf8(bytes) > letters_outside(bytes) {
        return Err(Error::Encoding { line: line(first_bad) });
    }
    // Bytes that the code page leaves open.
    if let Some(place) = bytes.iter().position(|b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)) {
        return Err(Error::Encoding { line: line(place) });
    }
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

fn letters_in_utf8(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count()
}

fn letters_outside(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum()
}
