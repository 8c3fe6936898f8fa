//! The server's log file.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::home::open_own_file;

/// Beyond this size the log is set aside at the next start, replacing the one set aside before.
const LARGE: u64 = 10 * 1024 * 1024;

/// How much of the log an error message quotes at most.
const QUOTED: usize = 4 * 1024;

/// The log, opened for one start of the server.
pub(crate) struct Log {
    path: PathBuf,
    file: File,
    begin: u64,
}

impl Log {
    /// Opens the log for appending.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut file = open_own_file(path)?;
        let mut begin = file.metadata().map_err(Error::io("look at", path))?.len();
        if begin > LARGE {
            let aside = path.with_extension("log.1");
            fs::rename(path, &aside).map_err(Error::io("replace", &aside))?;
            file = open_own_file(path)?;
            begin = 0;
        }
        Ok(Self { path: path.to_owned(), file, begin })
    }

    /// The file, for a child to write to.
    pub fn handle(&self) -> Result<File, Error> {
        self.file.try_clone().map_err(Error::io("open", &self.path))
    }

    /// The end of what was written since the log was opened.
    pub fn written_since(&self) -> String {
        self.read().unwrap_or_else(|error| format!("(the log can't be read: {error})"))
    }

    fn read(&self) -> io::Result<String> {
        let end = self.file.metadata()?.len();
        let begin = self.begin.max(end.saturating_sub(QUOTED.try_into().unwrap_or(end)));
        let mut bytes = vec![0; QUOTED];
        // Leaves the file's position alone, which the server's handles share.
        let length = self.file.read_at(&mut bytes, begin)?;
        Ok(String::from_utf8_lossy(&bytes[..length]).trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_large_log_is_set_aside_and_only_new_text_is_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postgres.log");
        let log = Log::open(&path).unwrap();
        log.handle().unwrap().write_all(b"old\n").unwrap();
        let log = Log::open(&path).unwrap();
        log.handle().unwrap().write_all(b"new\n").unwrap();
        assert_eq!(log.written_since(), "new");

        File::options().write(true).open(&path).unwrap().set_len(LARGE + 1).unwrap();
        Log::open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
        assert_eq!(fs::metadata(folder.path().join("postgres.log.1")).unwrap().len(), LARGE + 1);
    }
}
