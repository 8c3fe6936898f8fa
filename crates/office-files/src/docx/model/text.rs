//! Paragraphs and the text in them.

use crate::{Language, Link};

/// Text of one paragraph. Where its first letter is of a script that runs from right to left, so does the paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub spans: Vec<Span>,
    /// Its language, where that is not the document's.
    pub language: Option<Language>,
    /// Whether its text is set against the end of the line, as numbers in a column are.
    pub at_end: bool,
}

/// What a paragraph is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Running text.
    #[default]
    Plain,
    /// A clause with its label before it.
    Clause {
        /// `1`, `3.2` or `KB-0042:3/a`.
        label: String,
    },
    /// An item of a list.
    Bullet,
    /// A note beside the matter.
    Note,
}

impl Paragraph {
    /// A paragraph of these spans.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        Self { spans: spans.into_iter().collect(), ..Self::default() }
    }

    /// The paragraph as one of a kind.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// The paragraph in a language of its own.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// The paragraph set against the end of the line.
    #[must_use]
    pub fn at_end(mut self) -> Self {
        self.at_end = true;
        self
    }
}

impl From<Span> for Paragraph {
    fn from(span: Span) -> Self {
        Self::new([span])
    }
}

impl From<Vec<Span>> for Paragraph {
    fn from(spans: Vec<Span>) -> Self {
        Self::new(spans)
    }
}

impl<const N: usize> From<[Span; N]> for Paragraph {
    fn from(spans: [Span; N]) -> Self {
        Self::new(spans)
    }
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Span::from(text).into()
    }
}

impl From<&String> for Paragraph {
    fn from(text: &String) -> Self {
        Span::from(text).into()
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Span::from(text).into()
    }
}

/// Text that looks the same from its beginning to its end.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// The text. A line end in it begins a new line of the paragraph.
    pub text: String,
    /// Whether it is strong.
    pub bold: bool,
    /// Whether it is stressed.
    pub italic: bool,
    /// Whether it shows what was changed.
    pub change: Option<Change>,
    /// Where it leads to.
    pub link: Option<Link>,
    /// Its language, where that is not the paragraph's.
    pub language: Option<Language>,
}

/// How changed wording looks: underlined or struck through, in a colour of its own. It is a look and no more: Word does not
/// offer to take the change in, and a screen reader says nothing of it, so that the words around must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// New.
    Inserted,
    /// Gone.
    Deleted,
}

impl Span {
    /// Strong text.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// Stressed text.
    #[must_use]
    pub fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// Text that looks new.
    #[must_use]
    pub fn inserted(mut self) -> Self {
        self.change = Some(Change::Inserted);
        self
    }

    /// Text that looks as if it were gone.
    #[must_use]
    pub fn deleted(mut self) -> Self {
        self.change = Some(Change::Deleted);
        self
    }

    /// Text that leads somewhere.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }

    /// Text in a language of its own.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Span {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
