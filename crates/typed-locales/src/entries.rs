//! The texts of one file as they are written.

use std::fmt;
use std::path::Path;

use crate::error::{Error, none_of};
use crate::parse::parse;
use crate::text::Leaf;

/// One text of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The flattened key, which is also the name of the method.
    pub key: String,
    /// Which form of the key this is.
    pub form: Form,
    /// The text as it is written, placeholders and doubled braces included.
    pub text: String,
}

/// Which form of a key a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The only one: the key is not a plural.
    Only,
    /// The plural's form for one.
    One,
    /// The plural's form for every other count.
    Other,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Only => "only",
            Self::One => "one",
            Self::Other => "other",
        })
    }
}

/// The texts of one file, say `locales/sv.toml`, sorted by key and form.
///
/// Meant for tests of the texts themselves: plain language, unused keys.
///
/// # Errors
///
/// Everything that is wrong with the file; it is not compared with the other language.
pub fn entries(file: &Path) -> Result<Vec<Entry>, Error> {
    let mut problems = Vec::new();
    let locale = parse(file, &mut problems);
    none_of(problems)?;
    let mut entries = Vec::new();
    for (key, found) in locale.into_iter().flat_map(|locale| locale.found) {
        let mut push = |form, text: &str| {
            entries.push(Entry { key: key.clone(), form, text: text.to_owned() });
        };
        match found.leaf {
            Some(Leaf::Text(text)) => push(Form::Only, &text.raw),
            Some(Leaf::Plural { one, other }) => {
                push(Form::One, &one.raw);
                push(Form::Other, &other.raw);
            }
            None => {}
        }
    }
    Ok(entries)
}
