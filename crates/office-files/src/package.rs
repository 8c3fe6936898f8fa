//! The zip around a workbook. What its directory says of sizes is a claim; what comes out is counted.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use zip::ZipArchive;

use crate::xml::Xml;
use crate::{error::Error, table::Limits};

/// Parts by name, opened one at a time.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Number of each entry by its name in small letters, since writers differ in case.
    names: HashMap<String, usize>,
    limits: &'a Limits,
    /// What all parts may still inflate to.
    left: Rc<Cell<u64>>,
}

/// A part as it comes out.
pub(crate) type Source<'p> = Box<dyn BufRead + 'p>;

/// A ratio says little about a small part.
const ALWAYS: u64 = 1024 * 1024;

impl<'a> Package<'a> {
    pub(crate) fn open(file: &'a [u8], limits: &'a Limits) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(file)).map_err(|_| broken(""))?;
        // An honest bomb is known before anything comes out.
        if archive.decompressed_size().is_some_and(|size| size > u128::from(limits.inflated) * 2) {
            return Err(Error::Bomb);
        }
        let names = (0..archive.len())
            .filter_map(|place| Some((archive.name_for_index(place)?.ok()?.replace('\\', "/").to_lowercase(), place)))
            .collect();
        Ok(Self { archive, names, limits, left: Rc::new(Cell::new(limits.inflated)) })
    }

    pub(crate) fn has(&self, part: &str) -> bool {
        self.names.contains_key(&part.to_lowercase())
    }

    /// Opens a part as XML.
    pub(crate) fn xml(&mut self, part: &str) -> Result<Xml<Source<'_>>, Error> {
        let place = *self.names.get(&part.to_lowercase()).ok_or_else(|| broken(part))?;
        let file = self.archive.by_index(place).map_err(|_| broken(part))?;
        let packed = file.compressed_size();
        let over = Rc::new(Cell::new(false));
        let most = self.limits.part.min(packed.saturating_mul(self.limits.ratio).saturating_add(ALWAYS));
        let counted = Counted { file, most, all: self.left.clone(), over: over.clone() };
        Ok(Xml::new(Box::new(BufReader::new(counted)), part.to_owned(), over))
    }
}

fn broken(part: &str) -> Error {
    Error::Broken { part: part.to_owned(), at: None }
}

/// A part that stops when too much comes out of it.
struct Counted<R> {
    file: R,
    most: u64,
    all: Rc<Cell<u64>>,
    over: Rc<Cell<bool>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let all = self.all.get().checked_sub(read as u64);
        if let (Some(most), Some(all)) = (self.most.checked_sub(read as u64), all) {
            self.most = most;
            self.all.set(all);
            Ok(read)
        } else {
            self.over.set(true);
            Err(io::Error::other("inflates beyond its limit"))
        }
    }
}
