//! A document to go on writing in: headings, running text or a table for each requirement.

use office_files::{
    DateTime, Link, WriteError,
    docx::{self, Cell, Kind, Level, PageNumbers, Paragraph, Span, Table},
};

use super::{Form, language};
use crate::{
    kernel::i18n::{Lang, Texts},
    selections::document::{Block, Document, Group, Item, Line, Part, Side, Text, Words},
};

/// The document.
pub fn write(document: &Document, form: Form, made: DateTime) -> Result<Vec<u8>, WriteError> {
    let words = Words::of(document.languages);
    let t = Texts(document.main());
    let mut out = docx::Document::new(&document.name, language(document.main()), made);
    t.layout_name().clone_into(&mut out.creator);
    out.subject = words.say(|t, _| t.selection_export_subject()).line();
    out.header = document.notice.as_ref().map_or_else(|| document.name.clone(), Text::line);
    out.footer = words.say(|t, lang| t.selection_export_footer(lang.date(document.date))).line();
    out.page_numbers =
        Some(PageNumbers { page: t.selection_export_page().to_owned(), of: t.selection_export_page_of().to_owned() });
    if let Some(notice) = &document.notice {
        out.push(docx::Block::paragraph(Span::from(notice.line()).bold()));
    }
    for side in sides(document.languages.is_both()) {
        let lang = document.source[0].lang_on(*side);
        let source: Vec<&str> = document.source.iter().map(|source| source.on(*side)).collect();
        out.push(docx::Block::note(in_language(document, Paragraph::from(source.join(" ")), lang)));
    }
    let writer = Writer { document, form };
    for group in &document.groups {
        writer.group(&mut out, group);
    }
    out.to_bytes()
}

/// The sides that a text has.
fn sides(both: bool) -> &'static [Side] {
    if both { &[Side::Main, Side::Beside] } else { &[Side::Main] }
}

/// A text on a side as a paragraph in its language.
fn spoken(document: &Document, text: &Text, side: Side) -> Paragraph {
    in_language(document, Paragraph::new([Span::from(text.on(side))]), text.lang_on(side))
}

/// A paragraph that says its language where that is not the document's.
fn in_language(document: &Document, paragraph: Paragraph, lang: Lang) -> Paragraph {
    if lang == document.main() { paragraph } else { paragraph.language(language(lang)) }
}

struct Writer<'a> {
    document: &'a Document,
    form: Form,
}

impl Writer<'_> {
    fn group(&self, out: &mut docx::Document, group: &Group) {
        out.push(docx::Block::heading(Level::One, group.label.line()));
        for item in &group.items {
            out.push(docx::Block::heading(Level::Two, spoken(self.document, &item.title, Side::Main)));
            if item.title.beside.is_some() {
                out.push(docx::Block::paragraph(spoken(self.document, &item.title, Side::Beside)));
            }
            match self.form {
                Form::Running => self.running(out, item),
                Form::Tables => out.push(self.table(item)),
            }
        }
    }

    fn running(&self, out: &mut docx::Document, item: &Item) {
        let marks = [Span::from(item.cited.as_str()).bold(), Span::from(format!(" · {}", item.level_label.line()))];
        out.push(docx::Block::paragraph(Paragraph::new(marks)));
        for block in &item.blocks {
            if block.has_beside() {
                out.push(self.side_by_side(block));
                continue;
            }
            match block.lines.as_slice() {
                [line] if block.part != Part::Clauses && line.facts.is_empty() && line.lead.is_none() => {
                    out.push(docx::Block::paragraph(self.run_in(block, line)));
                }
                lines => {
                    out.push(docx::Block::heading(Level::Three, block.label.line()));
                    for (place, line) in lines.iter().enumerate() {
                        out.push(docx::Block::from(self.line(line, Side::Main).kind(kind(block, place))));
                    }
                }
            }
        }
    }

    /// A label in front of the one line that it has.
    fn run_in(&self, block: &Block, line: &Line) -> Paragraph {
        let mut spans = vec![Span::from(format!("{}: ", block.label.line())).bold()];
        spans.extend(self.spans(line, Side::Main));
        Paragraph::new(spans)
    }

    /// Swedish to the left, English to the right.
    fn side_by_side(&self, block: &Block) -> Table {
        let mut table = Table::new([1, 1]);
        table.caption = Some(block.label.line().into());
        table.description = block.label.line();
        table.header([Lang::Sv, Lang::En].map(|lang| Texts(lang).selection_export_language()));
        for (place, line) in block.lines.iter().enumerate() {
            let cell = |side| Cell::new([self.line(line, side).kind(kind(block, place))]);
            table.row([cell(Side::Main), cell(Side::Beside)]);
        }
        table
    }

    /// A requirement as a table: what each part is called, and what it says.
    fn table(&self, item: &Item) -> Table {
        let both = self.document.languages.is_both();
        let mut table = if both { Table::new([3, 7, 7]) } else { Table::new([2, 7]) };
        table.description = format!("{} {}", item.cited, item.title.text);
        table.first_column_heads = true;
        let mut head = vec![Cell::from(item.cited.as_str())];
        if both {
            head.extend([Lang::Sv, Lang::En].map(|lang| Cell::from(Texts(lang).selection_export_language())));
        } else {
            head.push(Cell::from(item.level_label.line()));
        }
        table.header(head);
        if both {
            let level = Words::of(self.document.languages).say(|t, _| t.selection_export_column_level()).line();
            let level_of = |side| Cell::new([spoken(self.document, &item.level_label, side)]);
            table.row([Cell::from(level), level_of(Side::Main), level_of(Side::Beside)]);
        }
        for block in &item.blocks {
            let lines = |side| {
                let line = |(place, line)| self.line(line, side).kind(kind(block, place));
                Cell::new(block.lines.iter().enumerate().map(line))
            };
            let mut row = vec![Cell::from(block.label.line()), lines(Side::Main)];
            if both {
                row.push(if block.has_beside() { lines(Side::Beside) } else { Cell::from("") });
            }
            table.row(row);
        }
        table
    }

    fn line(&self, line: &Line, side: Side) -> Paragraph {
        Paragraph::new(self.spans(line, side))
    }

    /// A line in pieces, each in its language; what is said of the text stands on lines below it.
    fn spans(&self, line: &Line, side: Side) -> Vec<Span> {
        let in_language =
            |span: Span, lang: Lang| if lang == self.document.main() { span } else { span.language(language(lang)) };
        let mut spans = Vec::new();
        if let Some(lead) = &line.lead {
            let after = if line.text.is_some() { ": " } else { "" };
            spans.push(in_language(Span::from(format!("{}{after}", lead.on(side))).italic(), lead.lang_on(side)));
        }
        if let Some(text) = &line.text {
            let span = in_language(Span::from(text.on(side)), text.lang_on(side));
            spans.push(match line.link.as_deref().and_then(Link::new) {
                Some(address) => span.link(address),
                None => span,
            });
        }
        for (place, (name, value)) in line.facts.iter().enumerate() {
            let begin = if place == 0 && spans.is_empty() { "" } else { "\n" };
            spans.push(in_language(Span::from(format!("{begin}{}: ", name.on(side))).italic(), name.lang_on(side)));
            spans.push(in_language(Span::from(value.on(side)), value.lang_on(side)));
        }
        spans
    }
}

/// A clause with its number, a point of a list, or the only thing there is to say.
fn kind(block: &Block, place: usize) -> Kind {
    match block.part {
        Part::Clauses => Kind::Clause { label: (place + 1).to_string() },
        _ if block.lines.len() > 1 => Kind::Bullet,
        _ => Kind::Plain,
    }
}
