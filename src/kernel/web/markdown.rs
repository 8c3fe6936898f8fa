//! What people write to each other, as a page: paragraphs, lists, emphasis and links, and nothing else. A library reads it; what
//! it finds is let through by name, so that what is not known here comes out as the words that stand in it.

use std::fmt;

use askama::filters::HtmlSafe;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How deep lists are shown in each other.
const DEPTH: usize = 4;

/// A text as HTML, made of escaped words and of the tags below alone.
#[derive(Debug, Clone)]
pub struct Rendered(String);

impl fmt::Display for Rendered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Rendered {}

/// The text as it is shown.
pub fn rendered(text: &str) -> Rendered {
    let mut out = Out::default();
    for event in Parser::new_ext(text, Options::empty()) {
        out.take(event);
    }
    out.paragraph(false);
    Rendered(out.html)
}

/// The words alone, in one line: for lists, titles and letters.
pub fn plain(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => words.push_str(&text),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) | Event::Start(_) => {}
            _ => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Out {
    html: String,
    /// Whether words stand in a paragraph.
    in_paragraph: bool,
    /// Each list that is open, and whether it is shown as one.
    lists: Vec<(bool, bool)>,
    /// Links that are open, and whether each leads anywhere.
    links: Vec<bool>,
}

impl Out {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::FootnoteReference(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.paragraph(false),
            Event::TaskListMarker(_) => {}
        }
    }

    fn words(&mut self, text: &str) {
        // What stands between blocks is put into one; in a list that is tight it stands by itself.
        if self.lists.is_empty() {
            self.paragraph(true);
        }
        escape(&mut self.html, text);
    }

    fn paragraph(&mut self, opens: bool) {
        if self.in_paragraph != opens {
            self.html.push_str(if opens { "<p>" } else { "</p>\n" });
            self.in_paragraph = opens;
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => self.paragraph(true),
            Tag::List(first) => {
                self.paragraph(false);
                let shown = self.lists.len() < DEPTH;
                self.lists.push((first.is_some(), shown));
                if shown {
                    self.html.push_str(if first.is_some() { "<ol>\n" } else { "<ul>\n" });
                }
            }
            Tag::Item => {
                let shown = self.lists.last().is_some_and(|(_, shown)| *shown);
                self.html.push_str(if shown { "<li>" } else { "<br>\n" });
            }
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Link { dest_url, .. } => {
                let leads = is_link(dest_url);
                self.links.push(leads);
                if leads {
                    self.inline("<a href=\"");
                    escape(&mut self.html, dest_url);
                    self.html.push_str("\" rel=\"nofollow noopener ugc\">");
                }
            }
            // Pictures are their words; all else that there is, is not asked for.
            _ => {}
        }
    }

    fn inline(&mut self, tag: &str) {
        if self.lists.is_empty() {
            self.paragraph(true);
        }
        self.html.push_str(tag);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.paragraph(false),
            TagEnd::List(_) => {
                self.paragraph(false);
                if let Some((ordered, true)) = self.lists.pop() {
                    self.html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
                }
            }
            TagEnd::Item => {
                self.paragraph(false);
                if self.lists.last().is_some_and(|(_, shown)| *shown) {
                    self.html.push_str("</li>\n");
                }
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Link if self.links.pop() == Some(true) => self.html.push_str("</a>"),
            _ => {}
        }
    }
}

/// Whether a link leads to where links may lead.
fn is_link(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let known = ["http", "https", "mailto"];
    let scheme = lower.split_once(':').map(|(scheme, _)| scheme);
    let whole = lower.starts_with("mailto:") || lower.contains("://");
    scheme.is_some_and(|scheme| known.contains(&scheme)) && whole && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
