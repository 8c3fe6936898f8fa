//! The files of an export: each is counted and hashed as it is written, and the list of them comes last.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The list of files.
const MANIFEST: &str = "manifest.json";

/// What a folder says of itself, in `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// What it is, when it was made, of which bank.
    #[serde(flatten)]
    pub about: Map<String, Value>,
    /// Every other file, by its path.
    pub files: BTreeMap<String, Sum>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Its rows, without that of the headings; none for a text to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Its length.
    pub bytes: u64,
    /// The hash of its content, in small letters.
    pub sha256: String,
}

/// Where the files go.
pub(super) struct Folder {
    path: PathBuf,
    kept: BTreeMap<String, Sum>,
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), kept: BTreeMap::new() }
    }

    /// Begins a file; it must not be there.
    pub(super) fn begin(&self, name: &str) -> anyhow::Result<Out> {
        let path = self.path.join(name);
        let open = || -> io::Result<File> {
            fs::create_dir_all(path.parent().unwrap_or(&self.path))?;
            OpenOptions::new().write(true).create_new(true).open(&path)
        };
        let file = open().with_context(|| path.display().to_string())?;
        Ok(Out { name: name.to_owned(), to: BufWriter::new(file), hash: Sha256::new(), bytes: 0 })
    }

    /// Begins a file of lines.
    pub(super) fn lines(&self, name: &str) -> anyhow::Result<Lines> {
        Ok(Lines { out: self.begin(name)?, rows: 0 })
    }

    /// Ends a file of lines.
    pub(super) fn keep(&mut self, lines: Lines) -> anyhow::Result<()> {
        self.end(lines.out, Some(lines.rows))
    }

    /// Ends a file.
    pub(super) fn end(&mut self, mut out: Out, rows: Option<u64>) -> anyhow::Result<()> {
        out.to.flush().with_context(|| out.name.clone())?;
        out.to.get_ref().sync_all().with_context(|| out.name.clone())?;
        self.kept.insert(out.name, Sum { rows, bytes: out.bytes, sha256: hex::encode(out.hash.finalize()) });
        Ok(())
    }

    /// A text to read.
    pub(super) fn text(&mut self, name: &str, text: &str) -> anyhow::Result<()> {
        let mut out = self.begin(name)?;
        out.write_all(text.as_bytes())?;
        self.end(out, None)
    }

    /// Writes the list of files.
    pub(super) fn finish(self, about: Value) -> anyhow::Result<Manifest> {
        let Value::Object(about) = about else { anyhow::bail!("no object") };
        let mut out = self.begin(MANIFEST)?;
        let manifest = Manifest { about, files: self.kept };
        out.write_all((serde_json::to_string_pretty(&manifest)? + "\n").as_bytes())?;
        out.to.flush()?;
        out.to.get_ref().sync_all()?;
        Ok(manifest)
    }
}

/// A file that is being written.
pub(super) struct Out {
    name: String,
    to: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Out {
    /// How long it is by now.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Write for Out {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.to.write(part)?;
        self.hash.update(&part[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A file of lines.
pub(super) struct Lines {
    out: Out,
    rows: u64,
}

impl Lines {
    /// One more object.
    pub(super) fn line(&mut self, value: &Value) -> anyhow::Result<()> {
        self.plain(&serde_json::to_string(value)?)
    }

    /// One more line as it is.
    pub(super) fn plain(&mut self, line: &str) -> anyhow::Result<()> {
        self.out.write_all(line.as_bytes()).and_then(|()| self.out.write_all(b"\n")).with_context(|| self.out.name.clone())?;
        self.rows += 1;
        Ok(())
    }

    /// How many there are by now.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// How long the file is by now.
    pub(super) fn bytes(&self) -> u64 {
        self.out.bytes()
    }
}
