//! One text: literals and placeholders, alone or as the forms of a plural.

use std::fmt;

use crate::error::Fault;
use crate::name;

/// The argument every plural is chosen on.
const COUNT: &str = "n";

/// What an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `{name}`: anything that can be displayed.
    Text,
    /// `{name:int}`: an `i64`, printed with thousands separators.
    Int,
}

/// An argument of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Text => write!(f, "{{{}}}", self.name),
            Kind::Int => write!(f, "{{{}:int}}", self.name),
        }
    }
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Text with its braces unescaped.
    Literal(String),
    /// A placeholder.
    Argument(Argument),
}

/// A text taken apart.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text as the file has it.
    pub(crate) raw: String,
    pub(crate) segments: Vec<Segment>,
}

/// What a key stands for.
#[derive(Debug)]
pub(crate) enum Leaf {
    /// One text.
    Text(Text),
    /// Two forms, chosen on `n`.
    Plural { one: Text, other: Text },
}

impl Text {
    /// Takes a text apart, or tells everything that is wrong with it.
    pub(crate) fn parse(raw: &str) -> Result<Self, Vec<Fault>> {
        let mut segments = Vec::new();
        let mut faults = Vec::new();
        let mut literal = String::new();
        let mut rest = raw;
        if raw.trim().is_empty() {
            faults.push(Fault::Empty);
        }
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                literal.push_str(brace);
                rest = after;
            } else if brace == "}" {
                faults.push(Fault::Unopened);
            } else if let Some((inside, after)) = rest.split_once('}') {
                match placeholder(inside) {
                    Ok(argument) => {
                        if !literal.is_empty() {
                            segments.push(Segment::Literal(std::mem::take(&mut literal)));
                        }
                        segments.push(Segment::Argument(argument));
                    }
                    Err(fault) => faults.push(fault),
                }
                rest = after;
            } else {
                faults.push(Fault::Unclosed);
                break;
            }
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            segments.push(Segment::Literal(literal));
        }
        if faults.is_empty() {
            let raw = raw.to_owned();
            Ok(Self { raw, segments })
        } else {
            Err(faults)
        }
    }

    fn arguments(&self) -> impl Iterator<Item = &Argument> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Argument(argument) => Some(argument),
            Segment::Literal(_) => None,
        })
    }
}

/// Reads what stands between the braces.
fn placeholder(inside: &str) -> Result<Argument, Fault> {
    let (name, kind) = match inside.split_once(':') {
        None => (inside, Kind::Text),
        Some((name, "int")) => (name, Kind::Int),
        Some((name, kind)) => {
            return Err(Fault::ArgumentType { name: name.to_owned(), kind: kind.to_owned() });
        }
    };
    let name = name.to_owned();
    if !name::is_snake_case(&name) || name::starts_with_digit(&name) {
        Err(Fault::ArgumentName(name))
    } else if name::is_keyword(&name) {
        Err(Fault::ArgumentKeyword(name))
    } else {
        Ok(Argument { name, kind })
    }
}

impl Leaf {
    /// What to call it in a message.
    pub(crate) fn shape(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Plural { .. } => "a plural",
        }
    }

    /// The arguments by first occurrence, in a plural from its `other` form; its count is an
    /// argument even when no form prints it, and then the last one.
    pub(crate) fn arguments(&self) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        for argument in self.occurrences() {
            if !arguments.iter().any(|known| known.name == argument.name) {
                arguments.push(argument.clone());
            }
        }
        if matches!(self, Self::Plural { .. }) && !arguments.iter().any(|a| a.name == COUNT) {
            arguments.push(Argument { name: COUNT.to_owned(), kind: Kind::Int });
        }
        arguments
    }

    /// Arguments used with two types, or a count that is not a number.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for argument in self.arguments() {
            let mut kinds =
                self.occurrences().filter(|occurrence| occurrence.name == argument.name).map(|occurrence| occurrence.kind);
            if matches!(self, Self::Plural { .. }) && argument.name == COUNT {
                if kinds.any(|kind| kind != Kind::Int) {
                    faults.push(Fault::PluralCount);
                }
            } else if kinds.any(|kind| kind != argument.kind) {
                faults.push(Fault::TwoTypes(argument.name));
            }
        }
        faults
    }

    fn occurrences(&self) -> impl Iterator<Item = &Argument> {
        let (first, second) = match self {
            Self::Text(text) => (text, None),
            Self::Plural { one, other } => (other, Some(one)),
        };
        first.arguments().chain(second.into_iter().flat_map(Text::arguments))
    }
}
