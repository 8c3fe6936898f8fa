//! The strings that cells share, and the text of a cell that has its own.

use std::io::BufRead;

use crate::{
    error::Error,
    package::Package,
    table::Limits,
    xml::{Piece, Xml, is},
};

/// A text that stops growing a little beyond the longest that a cell may have, so that whoever counts sees that it is longer.
pub(super) struct Bounded {
    text: String,
    most: usize,
}

impl Bounded {
    pub(super) fn new(limits: &Limits) -> Self {
        // Four bytes are the longest character, seven those of an escape.
        Self { text: String::new(), most: limits.cell_chars.saturating_mul(7).saturating_add(7) }
    }

    pub(super) fn push(&mut self, more: &str) {
        let mut room = self.most.saturating_sub(self.text.len()).min(more.len());
        while !more.is_char_boundary(room) {
            room -= 1;
        }
        self.text.push_str(&more[..room]);
    }

    pub(super) fn into_text(self) -> String {
        unescaped(self.text)
    }
}

/// Excel writes characters that XML cannot hold as `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(place) = rest.find("_x") {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let code = rest.get(2..6).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()) && rest[6..].starts_with('_'));
        if let Some(c) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            plain.push(c);
            rest = &rest[7..];
        } else {
            plain.push_str("_x");
            rest = &rest[2..];
        }
    }
    plain.push_str(rest);
    plain
}

/// The shared strings, in order.
pub(super) fn read(package: &mut Package<'_>, part: &str, limits: &Limits) -> Result<Vec<String>, Error> {
    let mut xml = package.xml(part)?;
    let mut buffer = Vec::new();
    let mut strings = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) if is(&start, "si") => strings.push(read_text(&mut xml, "si", limits)?),
            Piece::Over => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of a string, up to the end of the element that holds it: all its runs, without what tells how it is read aloud.
pub(super) fn read_text<R: BufRead>(xml: &mut Xml<R>, within: &str, limits: &Limits) -> Result<String, Error> {
    let mut buffer = Vec::new();
    let mut text = Bounded::new(limits);
    let mut in_text = false;
    let mut phonetic = 0_u32;
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) if is(&start, "t") => in_text = true,
            Piece::Start(start) if is(&start, "rPh") => phonetic += 1,
            Piece::End(name) if name == "t" => in_text = false,
            Piece::End(name) if name == "rPh" => phonetic = phonetic.saturating_sub(1),
            Piece::End(name) if name == within => return Ok(text.into_text()),
            Piece::Text(more) if in_text && phonetic == 0 => text.push(&more),
            Piece::Over => return Err(xml.broken(None)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes() {
        for (from, to) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xD800_", "_xD800_"),
            ("_x_x0041_", "_xA"),
            ("_xåäö1_", "_xåäö1_"),
        ] {
            assert_eq!(unescaped(from.to_owned()), to);
        }
    }
}
