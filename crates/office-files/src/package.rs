//! The zip around a workbook or a document. What its directory says of sizes is a claim; what comes out is counted.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use zip::{ZipArchive, read::ZipFile};

use crate::{
    error::Error,
    table::Limits,
    xml::{Piece, Xml, attribute, is},
};

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

    /// The part that everything else hangs on: the workbook, the document.
    pub(crate) fn main(&mut self) -> Result<String, Error> {
        const OWN: &str = "_rels/.rels";
        let found = relations(self, OWN, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
        Ok(found.ok_or_else(|| broken(OWN))?.target)
    }

    /// What a part refers to within the package.
    pub(crate) fn relations_of(&mut self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let beside = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        relations(self, &beside, folder)
    }

    /// Opens a part as XML.
    pub(crate) fn xml(&mut self, part: &str) -> Result<Xml<Source<'_>>, Error> {
        let place = *self.names.get(&part.to_lowercase()).ok_or_else(|| broken(part))?;
        let file = self.archive.by_index(place).map_err(|_| broken(part))?;
        let over = Rc::new(Cell::new(false));
        let counted = Counted::new(file, self.limits, self.left.clone(), over.clone());
        Ok(Xml::new(Box::new(BufReader::new(counted)), part.to_owned(), over))
    }
}

/// What a part refers to within its package.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type: `worksheet`.
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// What a part of relations says; `folder` is where its relative targets begin.
fn relations(package: &mut Package<'_>, part: &str, folder: &str) -> Result<Vec<Relation>, Error> {
    let mut xml = package.xml(part)?;
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) if is(&start, "Relationship") => {
                if attribute(&start, "TargetMode").is_some_and(|mode| mode == "External") {
                    continue;
                }
                if let (Some(id), Some(kind), Some(target)) =
                    (attribute(&start, "Id"), attribute(&start, "Type"), attribute(&start, "Target"))
                {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    found.push(Relation { id, kind, target: resolve(folder, &target) });
                }
            }
            Piece::Over => return Ok(found),
            _ => {}
        }
    }
}

/// The name of a part from a target, which may be absolute or climb.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

fn broken(part: &str) -> Error {
    Error::Broken { part: part.to_owned(), at: None }
}

/// A part that stops when too much comes out of it.
pub(crate) struct Counted<R> {
    file: R,
    most: u64,
    all: Rc<Cell<u64>>,
    over: Rc<Cell<bool>>,
}

impl<'a, R: Read> Counted<ZipFile<'a, R>> {
    /// Counts what comes out of an entry against what all may still inflate to; `over` is set where that is too much.
    pub(crate) fn new(file: ZipFile<'a, R>, limits: &Limits, all: Rc<Cell<u64>>, over: Rc<Cell<bool>>) -> Self {
        let most = limits.part.min(file.compressed_size().saturating_mul(limits.ratio).saturating_add(ALWAYS));
        Self { file, most, all, over }
    }
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
