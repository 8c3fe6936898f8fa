//! Everything that can be wrong with the locale files.

use std::fmt;
use std::path::PathBuf;

/// Why no code was generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The locale files are wrong: every problem found, sorted by file, key and line.
    #[error("{}", listing(.0))]
    Locales(Vec<Problem>),
    /// The generated code could not be written.
    #[error("{}: cannot be written: {source}", file.display())]
    Write {
        /// The file to be written.
        file: PathBuf,
        /// What the operating system answered.
        source: std::io::Error,
    },
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file to be mended.
    pub file: PathBuf,
    /// The key as the file nests it, with dots; none when the whole file is concerned.
    pub key: Option<String>,
    /// The line, counted from 1; none for something that is missing.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file, a key or a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file could not be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file is not TOML.
    #[error("is not valid TOML: {0}")]
    Syntax(String),
    /// A part of the key is not `snake_case`.
    #[error("the key part `{0}` must be words of a-z and 0-9 with a single `_` between them")]
    KeyPart(String),
    /// The flattened key starts with a digit.
    #[error("a key cannot start with a digit")]
    KeyDigit,
    /// The flattened key is a Rust keyword.
    #[error("`{0}` is a Rust keyword and cannot name a method")]
    KeyKeyword(String),
    /// The flattened key is the name of a method that always exists.
    #[error("the method name `{0}` is taken")]
    KeyTaken(String),
    /// Two keys flatten to the same method name.
    #[error("becomes the method `{method}`, and so does `{other}`")]
    Collision {
        /// The method name.
        method: String,
        /// The key, with dots, that came first.
        other: String,
    },
    /// The value is neither a string nor a table.
    #[error("must be a string or a table, not {0}")]
    NotText(&'static str),
    /// A table has `one` or `other` but is not a plural.
    #[error("a plural has exactly the keys `one` and `other`; this table has {0}")]
    PluralKeys(String),
    /// A form of a plural is not a string.
    #[error("the plural form `{0}` must be a string")]
    PluralForm(&'static str),
    /// The `n` of a plural is used as text.
    #[error("`n` is the count of a plural and must be written `{{n:int}}`")]
    PluralCount,
    /// The text is empty or only white space.
    #[error("the text is empty")]
    Empty,
    /// A `{` is never closed.
    #[error("a `{{` is not closed; write `{{{{` for a brace in the text")]
    Unclosed,
    /// A `}` closes nothing.
    #[error("a `}}` closes nothing; write `}}}}` for a brace in the text")]
    Unopened,
    /// The name in a placeholder is not a possible argument name.
    #[error(
        "`{0}` cannot name an argument: write words of a-z and 0-9 with a single `_` between them, \
         starting with a letter"
    )]
    ArgumentName(String),
    /// The name in a placeholder is a Rust keyword.
    #[error("`{0}` is a Rust keyword and cannot name an argument")]
    ArgumentKeyword(String),
    /// The type in a placeholder is not known.
    #[error("the argument `{name}` has the unknown type `{kind}`; the only type is `int`")]
    ArgumentType {
        /// The argument.
        name: String,
        /// What stands after the colon.
        kind: String,
    },
    /// One key uses an argument both as text and as a number.
    #[error("the argument `{0}` is both `{{{0}}}` and `{{{0}:int}}`")]
    TwoTypes(String),
    /// The other language has the key.
    #[error("is missing; {0} has it")]
    Missing(String),
    /// One language has a plural, the other a text.
    #[error("is {here} here but {there} in {other}")]
    Shape {
        /// What this file has.
        here: &'static str,
        /// What the other file has.
        there: &'static str,
        /// The other file.
        other: String,
    },
    /// The languages take different arguments.
    #[error("the arguments differ from {other}: {difference}")]
    Arguments {
        /// The other file.
        other: String,
        /// What differs, argument by argument.
        difference: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(key) = &self.key {
            write!(f, ": `{key}`")?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// The problems, one a line, under a line that counts them.
fn listing(problems: &[Problem]) -> String {
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        more => format!("{more} problems"),
    };
    let mut lines = vec![format!("{count} in the locale files:")];
    lines.extend(problems.iter().map(|problem| format!("  {problem}")));
    lines.join("\n")
}

/// Ends in the problems, sorted, when there are any.
pub(crate) fn none_of(mut problems: Vec<Problem>) -> Result<(), Error> {
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort();
    problems.dedup();
    Err(Error::Locales(problems))
}
