//! Texts of a document: in its one language, or in Swedish with English beside.

use std::borrow::Cow;

use serde::Serialize;

use crate::kernel::i18n::{Lang, Texts};

/// The languages of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Languages {
    /// Swedish.
    #[default]
    Swedish,
    /// English; what has no English text stands in Swedish, and is marked so.
    English,
    /// Swedish with English beside it.
    Both,
}

impl Languages {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Swedish, Self::English, Self::Both];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
            Self::Both => "bada",
        }
    }

    /// The languages with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|languages| languages.word() == word)
    }

    /// What is offered first on a page in this language.
    pub fn of(lang: Lang) -> Self {
        if lang.is_swedish() { Self::Swedish } else { Self::English }
    }

    /// The language that the document begins with.
    pub fn main(self) -> Lang {
        if self == Self::English { Lang::En } else { Lang::Sv }
    }

    /// Whether English stands beside Swedish.
    pub fn is_both(self) -> bool {
        self == Self::Both
    }
}

/// One of the two sides of a document in both languages. A document in one language has the first alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The language of the document; Swedish where there are both.
    Main,
    /// English, where there are both.
    Beside,
}

/// What no XML may hold is in no format, so that all say the same.
fn cleaned(text: String) -> String {
    match office_files::clean(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean,
    }
}

/// A text as the document has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The words.
    pub text: String,
    /// The language that they are in.
    #[serde(serialize_with = "code")]
    pub lang: Lang,
    /// The same in English, in a document with both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

fn code<S: serde::Serializer>(lang: &Lang, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(lang.code())
}

impl Text {
    /// A text that is in Swedish alone.
    pub fn swedish(text: impl Into<String>) -> Self {
        Self { text: cleaned(text.into()), lang: Lang::Sv, beside: None }
    }

    /// The words on a side; where there are none in English, the Swedish ones.
    pub fn on(&self, side: Side) -> &str {
        match side {
            Side::Main => &self.text,
            Side::Beside => self.beside.as_deref().unwrap_or(&self.text),
        }
    }

    /// The language of the words on a side.
    pub fn lang_on(&self, side: Side) -> Lang {
        if side == Side::Beside && self.beside.is_some() { Lang::En } else { self.lang }
    }

    /// Both, one after the other: `Bevis / Evidence`. For labels, which are short.
    pub fn line(&self) -> String {
        match &self.beside {
            Some(beside) if *beside != self.text => format!("{} / {beside}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// The words that the document has of its own.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    languages: Languages,
}

impl Words {
    /// In these languages.
    pub fn of(languages: Languages) -> Self {
        Self { languages }
    }

    /// The language that the document begins with.
    pub fn main(self) -> Lang {
        self.languages.main()
    }

    /// A text of the interface, in the languages of the document.
    pub fn say<S: Into<String>>(self, say: impl Fn(&Texts, Lang) -> S) -> Text {
        let main = self.main();
        let beside = self.languages.is_both().then(|| say(&Texts(Lang::En), Lang::En).into());
        Text { text: say(&Texts(main), main).into(), lang: main, beside }
    }

    /// A text of a requirement: in English where there is English and it is asked for.
    pub fn of_requirement(self, swedish: impl Into<String>, english: Option<String>) -> Text {
        match (self.languages, english) {
            (Languages::English, Some(english)) => Text { text: cleaned(english), lang: Lang::En, beside: None },
            (Languages::Both, beside) => Text { beside: beside.map(cleaned), ..Text::swedish(swedish) },
            (Languages::Swedish | Languages::English, _) => Text::swedish(swedish),
        }
    }
}
