//! XML as packages hold it: no document types, no entities but the five of XML and characters by number.

use std::{cell::Cell, io::BufRead, rc::Rc};

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesRef, BytesStart, Event},
};

use crate::{address::Address, error::Error};

/// A part as a stream of events.
pub(crate) struct Xml<R: BufRead> {
    reader: Reader<R>,
    part: String,
    /// Set when the part stopped because too much came out of it.
    over: Rc<Cell<bool>>,
}

/// What is looked at. Empty elements come as a beginning and an end.
pub(crate) enum Piece<'a> {
    Start(BytesStart<'a>),
    End(String),
    Text(String),
    Over,
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(source: R, part: String, over: Rc<Cell<bool>>) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, over }
    }

    /// The part is not what it should be.
    pub(crate) fn broken(&self, at: Option<Address>) -> Error {
        Error::Broken { part: self.part.clone(), at }
    }

    /// The next piece.
    pub(crate) fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Piece<'b>, Error> {
        // Comments and the like are passed over, and their bytes go with the next piece.
        buffer.clear();
        let event = match self.reader.read_event_into(buffer) {
            Ok(event) => event,
            Err(_) if self.over.get() => return Err(Error::Bomb),
            Err(_) => return Err(self.broken(None)),
        };
        Ok(match event {
            Event::Start(start) | Event::Empty(start) => Piece::Start(start),
            Event::End(end) => Piece::End(end.local_name().as_ref().to_owned()),
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => Piece::Text(self.resolve(&reference)?.to_string()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Piece::Text(String::new()),
            Event::DocType(_) => return Err(self.broken(None)),
            Event::Eof => Piece::Over,
        })
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        match reference.resolve_char_ref() {
            Ok(Some(c)) => Ok(c),
            Ok(None) => match &*reference.xml10_content() {
                "amp" => Ok('&'),
                "lt" => Ok('<'),
                "gt" => Ok('>'),
                "quot" => Ok('"'),
                "apos" => Ok('\''),
                _ => Err(self.broken(None)),
            },
            Err(_) => Err(self.broken(None)),
        }
    }
}

/// Whether an element or attribute has this name, whatever its prefix.
pub(crate) fn is(start: &BytesStart<'_>, name: &str) -> bool {
    start.local_name().as_ref() == name
}

/// The value of an attribute by its name without prefix.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned))
}
