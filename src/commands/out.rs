//! What the command line prints. Whoever reads may stop reading (`kravbank reports | head -1`): then nothing more is said, what
//! was begun is finished, and the program ends as it would have ended.

use std::{
    fmt,
    io::{self, Write},
};

/// Prints a line to whoever asked.
macro_rules! say {
    ($($text:tt)*) => { $crate::commands::out::line(format_args!($($text)*)) };
}
/// Prints a line to whoever watches; there is nobody to tell that they do not.
macro_rules! aside {
    ($($text:tt)*) => { $crate::commands::out::beside(format_args!($($text)*)) };
}
pub(super) use {aside, say};

/// Prints a line.
///
/// # Errors
/// Where it cannot be written, but for a pipe that nobody reads any more.
pub(super) fn line(text: fmt::Arguments<'_>) -> io::Result<()> {
    whole(&format!("{text}\n"))
}

/// Prints a text as it stands.
///
/// # Errors
/// As [`line()`].
pub(super) fn whole(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    heard(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Prints a line beside what was asked for.
pub(super) fn beside(text: fmt::Arguments<'_>) {
    // Nobody watches, or the terminal is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether it was written, or nobody wants to read it.
fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
