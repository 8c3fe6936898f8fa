//! Text to paste, by type.

use std::fmt::Write as _;

use crate::selections::document::{Block, Document, Item, Line, Part, Side};

/// The whole selection. Nothing is wrapped: a line is a paragraph.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    if let Some(notice) = &document.notice {
        line(&notice.line());
        line("");
    }
    line(&document.name);
    for source in &document.source {
        line(&source.line());
    }
    for group in &document.groups {
        let label = group.label.line();
        line("");
        line("");
        line(&label);
        line(&"=".repeat(label.chars().count()));
        for item in &group.items {
            line("");
            line(&of_item(item));
        }
    }
    // What no text may hold in any format is not held in this one either.
    office_files::clean(&out).into_owned()
}

fn of_item(item: &Item) -> String {
    let mut paragraphs =
        vec![format!("{}\n{} · {}", both(&item.title.text, item.title.beside.as_deref()), item.cited, item.level_label.line())];
    for block in &item.blocks {
        paragraphs.push(of_block(block, Side::Main));
        if block.has_beside() {
            paragraphs.push(of_block(block, Side::Beside));
        }
    }
    paragraphs.join("\n\n") + "\n"
}

fn both(text: &str, beside: Option<&str>) -> String {
    beside.map_or_else(|| text.to_owned(), |beside| format!("{text}\n{beside}"))
}

fn of_block(block: &Block, side: Side) -> String {
    let label = block.label.on(side);
    match (block.part, block.lines.as_slice()) {
        (Part::Clauses, lines) => {
            let mut text = format!("{label}\n");
            for (place, line) in lines.iter().enumerate() {
                let _ = write!(text, "\n{}. {}\n", place + 1, line.plain(side));
            }
            text.trim_end().to_owned()
        }
        (_, [line]) if line.facts.is_empty() && line.lead.is_none() => format!("{label}: {}", line.plain(side)),
        (_, lines) => {
            let lines: Vec<String> = lines.iter().map(|line| bullet(line, side)).collect();
            format!("{label}\n{}", lines.join("\n"))
        }
    }
}

/// A line with what is said of it below.
fn bullet(line: &Line, side: Side) -> String {
    let mut bullet = String::from("- ");
    bullet.push_str(&line.plain(side).replace('\n', "\n  "));
    bullet
}
