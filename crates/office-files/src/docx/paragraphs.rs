//! Paragraphs and what is in them.

use std::io::{Seek, Write};

use super::{
    Change, Kind, Level, Paragraph, Span, Writer,
    parts::{GAP_STYLE, ISOLATE_STYLE},
    writer::After,
};
use crate::{
    Language,
    bidi::{self, Direction},
    clean,
    markup::Xml,
    properties::one_line,
};

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Heading(Level),
    Body,
    Caption,
    Cell,
    HeadingCell,
}

impl Place {
    fn style(self, kind: &Kind) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Heading(Level::One) => "Heading1",
            Self::Heading(Level::Two) => "Heading2",
            Self::Heading(Level::Three) => "Heading3",
            Self::Heading(Level::Four) => "Heading4",
            Self::Caption => "Caption",
            Self::Cell => "TableContents",
            Self::HeadingCell => "TableHeading",
            Self::Body => match kind {
                Kind::Plain => "Normal",
                Kind::Clause { .. } => "Clause",
                Kind::Bullet => "ListBullet",
                Kind::Note => "Note",
            },
        }
    }

    /// Whether what a paragraph is can be seen there: in headings and captions it is nothing but text.
    fn shows(self, kind: &Kind) -> bool {
        *kind != Kind::Plain && matches!(self, Self::Body | Self::Cell | Self::HeadingCell)
    }
}

impl<S: Write + Seek> Writer<S> {
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, place: Place) {
        let base = bidi::base(paragraph.spans.iter().map(|span| span.text.as_str()));
        let label = match &paragraph.kind {
            Kind::Clause { label } if place.shows(&paragraph.kind) => Some(one_line(label)),
            _ => None,
        };
        self.xml.start("w:p", &[]);
        self.paragraph_properties(paragraph, place, base, label.as_deref());
        if let Some(label) = label.as_deref().filter(|label| !label.is_empty()) {
            self.xml.start("w:r", &[]);
            self.xml.start("w:rPr", &[]);
            self.xml.value("w:rStyle", "ClauseLabel");
            self.xml.end();
            text(&mut self.xml, label);
            self.xml.empty("w:tab", &[]);
            self.xml.end();
        }
        let alone = paragraph.spans.len() == 1 && label.is_none();
        for span in &paragraph.spans {
            let isolated = !alone && bidi::reorders(&span.text, base);
            self.span(span, paragraph.language.as_ref(), base, isolated);
        }
        self.xml.end();
        self.after = After::Text;
    }

    fn paragraph_properties(&mut self, paragraph: &Paragraph, place: Place, base: Direction, label: Option<&str>) {
        let spaced = self.after == After::Table && matches!(place, Place::Body) && paragraph.kind != Kind::Note;
        let xml = &mut self.xml;
        let style = place.style(&paragraph.kind);
        xml.start("w:pPr", &[]);
        if style != "Normal" {
            xml.value("w:pStyle", style);
        }
        if std::mem::take(&mut self.break_page) {
            xml.empty("w:pageBreakBefore", &[]);
        }
        let in_cell = matches!(place, Place::Cell | Place::HeadingCell);
        let bullet_in_cell = in_cell && paragraph.kind == Kind::Bullet;
        if bullet_in_cell {
            xml.start("w:numPr", &[]);
            xml.value("w:ilvl", "0");
            xml.value("w:numId", "1");
            xml.end();
        }
        let hang = label.and_then(|label| hang(label, in_cell)).map(|hang| hang.to_string());
        if let Some(hang) = &hang {
            xml.start("w:tabs", &[]);
            xml.empty("w:tab", &[("w:val", "left"), ("w:pos", hang)]);
            xml.end();
        }
        if base == Direction::RightToLeft {
            xml.empty("w:bidi", &[]);
        }
        if spaced {
            xml.empty("w:spacing", &[("w:before", "240")]);
        }
        match (label, &hang) {
            (Some(""), None) => xml.empty("w:ind", &[("w:firstLine", "0")]),
            (Some(""), Some(hang)) => xml.empty("w:ind", &[("w:left", hang), ("w:firstLine", "0")]),
            (Some(_), Some(hang)) => xml.empty("w:ind", &[("w:left", hang), ("w:hanging", hang)]),
            _ => {}
        }
        if bullet_in_cell {
            xml.empty("w:ind", &[("w:left", "283"), ("w:hanging", "227")]);
        }
        if paragraph.at_end {
            xml.value("w:jc", "right");
        }
        xml.end();
    }

    fn span(&mut self, span: &Span, language: Option<&Language>, base: Direction, isolated: bool) {
        let whole = clean(&span.text);
        if whole.is_empty() {
            return;
        }
        if isolated {
            self.isolate(bidi::ISOLATE);
        }
        if let Some(link) = &span.link {
            let id = self.link(link);
            self.xml.start("w:hyperlink", &[("r:id", &id), ("w:history", "1")]);
        }
        let language = span.language.as_ref().or(language);
        for (direction, part) in bidi::runs(&whole, base) {
            self.xml.start("w:r", &[]);
            run_properties(&mut self.xml, span, language, direction, part);
            text(&mut self.xml, part);
            self.xml.end();
        }
        if span.link.is_some() {
            self.xml.end();
        }
        if isolated {
            self.isolate(bidi::END_OF_ISOLATE);
        }
    }

    /// A mark of direction, which is no part of the text: its style says so to whoever reads the file.
    fn isolate(&mut self, mark: &str) {
        self.xml.start("w:r", &[]);
        self.xml.start("w:rPr", &[]);
        self.xml.value("w:rStyle", ISOLATE_STYLE);
        self.xml.end();
        self.xml.element("w:t", &[], mark);
        self.xml.end();
    }

    /// As little as can stand between two tables, or before one that begins a page.
    pub(super) fn gap(&mut self) {
        self.xml.start("w:p", &[]);
        self.xml.start("w:pPr", &[]);
        self.xml.value("w:pStyle", GAP_STYLE);
        if std::mem::take(&mut self.break_page) {
            self.xml.empty("w:pageBreakBefore", &[]);
        }
        self.xml.end();
        self.xml.end();
        self.after = After::Text;
    }
}

/// How far the text of a clause hangs, where the style's own distance does not do.
fn hang(label: &str, in_cell: bool) -> Option<usize> {
    let letters = label.chars().count();
    match (in_cell, letters) {
        (false, 0..=4) => None,
        (true, 0..=3) => Some(397),
        // In steps, so that neighbours stand in line.
        _ => Some((letters * 112 + 170).div_ceil(284).min(10) * 284),
    }
}

fn run_properties(xml: &mut Xml, span: &Span, language: Option<&Language>, direction: Direction, text: &str) {
    let style = match span.change {
        Some(Change::Inserted) => Some("Inserted"),
        Some(Change::Deleted) => Some("Deleted"),
        None => span.link.as_ref().map(|_| "Hyperlink"),
    };
    let right_to_left = direction == Direction::RightToLeft;
    if style.is_none() && !span.bold && !span.italic && !right_to_left && language.is_none() {
        return;
    }
    xml.start("w:rPr", &[]);
    if let Some(style) = style {
        xml.value("w:rStyle", style);
    }
    for (set, names) in [(span.bold, ["w:b", "w:bCs"]), (span.italic, ["w:i", "w:iCs"])] {
        for name in names.into_iter().filter(|_| set) {
            xml.empty(name, &[]);
        }
    }
    match (right_to_left, language) {
        (true, language) => {
            xml.empty("w:rtl", &[]);
            xml.empty("w:lang", &[("w:bidi", language.map_or_else(|| bidi::language(text), Language::tag))]);
        }
        (false, Some(language)) => xml.empty("w:lang", &[("w:val", language.tag())]),
        (false, None) => {}
    }
    xml.end();
}

/// Text as Word has it: some characters are elements there.
fn text(xml: &mut Xml, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\t', '\u{ad}', '\u{2011}']).unwrap_or(rest.len());
        if end > 0 {
            xml.element("w:t", &[("xml:space", "preserve")], &rest[..end]);
        }
        rest = &rest[end..];
        let mut chars = rest.chars();
        match chars.next() {
            Some('\n') => xml.empty("w:br", &[]),
            Some('\t') => xml.empty("w:tab", &[]),
            Some('\u{ad}') => xml.empty("w:softHyphen", &[]),
            Some(_) => xml.empty("w:noBreakHyphen", &[]),
            None => {}
        }
        rest = chars.as_str();
    }
}
