//! What the library that writes workbooks leaves to do: the language in the properties, and addresses with percent signs.

use std::io::{Cursor, Error, Read as _, Write as _};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::WriteError;

/// Stands for a percent sign in an address. Addresses are ASCII: nothing else in them looks like it.
pub(super) const PERCENT: &str = "\u{e000}";

const CORE: &str = "docProps/core.xml";

/// The package with these properties. Everything but what changes is copied as it is packed.
pub(super) fn package(file: &[u8], core: &str) -> Result<Vec<u8>, WriteError> {
    let mut from = ZipArchive::new(Cursor::new(file)).map_err(Error::from)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len() + 1024)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for place in 0..from.len() {
        let mut part = from.by_index(place).map_err(Error::from)?;
        let name = part.name().map_err(Error::from)?.into_owned();
        let links = name.starts_with("xl/worksheets/_rels/");
        if name != CORE && !links {
            to.raw_copy_file(part).map_err(Error::from)?;
            continue;
        }
        to.start_file(name, options).map_err(Error::from)?;
        if links {
            let mut text = String::new();
            part.read_to_string(&mut text)?;
            to.write_all(text.replace(PERCENT, "%").as_bytes())?;
        } else {
            to.write_all(core.as_bytes())?;
        }
    }
    Ok(to.finish().map_err(Error::from)?.into_inner())
}
