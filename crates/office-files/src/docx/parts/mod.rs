//! The parts of a document beside its text.

use super::Document;
use crate::{
    WriteError,
    markup::Xml,
    properties::{Properties, one_line},
};

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The style of what stands between tables, and says nothing.
pub(super) const GAP_STYLE: &str = "Gap";

/// The style of marks of direction, which are no part of the text.
pub(super) const ISOLATE_STYLE: &str = "Isolate";

/// Between the margins of an A4 page, in twentieths of a point.
pub(super) const TEXT_WIDTH: u32 = 9070;

/// The names of the parts that the text refers to, by the last word of their type.
const BESIDE: [(&str, &str, &str); 7] = [
    ("styles", "styles", "styles.xml"),
    ("settings", "settings", "settings.xml"),
    ("numbering", "numbering", "numbering.xml"),
    ("fonts", "fontTable", "fontTable.xml"),
    ("theme", "theme", "theme/theme1.xml"),
    ("header", "header", "header1.xml"),
    ("footer", "footer", "footer1.xml"),
];

/// Every part that does not depend on the text.
pub(super) fn all(head: &Document) -> Result<[(&'static str, String); 11], WriteError> {
    let properties = Properties {
        title: &head.title,
        subject: &head.subject,
        creator: &head.creator,
        keywords: &head.keywords,
        language: &head.language,
        created: head.created,
    };
    let in_language = |part: &str| part.replace("{language}", head.language.tag());
    Ok([
        ("[Content_Types].xml", include_str!("content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("rels.xml").to_owned()),
        ("docProps/core.xml", properties.core()?),
        ("docProps/app.xml", include_str!("app.xml").to_owned()),
        ("word/styles.xml", in_language(include_str!("styles.xml"))),
        ("word/settings.xml", in_language(include_str!("settings.xml"))),
        ("word/numbering.xml", include_str!("numbering.xml").to_owned()),
        ("word/fontTable.xml", include_str!("fontTable.xml").to_owned()),
        ("word/theme/theme1.xml", include_str!("theme.xml").to_owned()),
        ("word/header1.xml", header(head)),
        ("word/footer1.xml", footer(head)),
    ])
}

/// What the text refers to: the parts beside it, and where it leads.
pub(super) fn document_relations<'a>(links: impl Iterator<Item = (String, &'a str)>) -> String {
    let mut xml = Xml::part();
    xml.start("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
    for (id, kind, target) in BESIDE {
        xml.empty("Relationship", &[("Id", id), ("Type", &format!("{RELATIONS}/{kind}")), ("Target", target)]);
    }
    for (id, address) in links {
        let kind = format!("{RELATIONS}/hyperlink");
        xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", address), ("TargetMode", "External")]);
    }
    xml.finish()
}

/// The page that everything stands on: A4 with margins.
pub(super) fn section(xml: &mut Xml) {
    xml.start("w:sectPr", &[]);
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "header")]);
    xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "footer")]);
    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", "1531"),
            ("w:right", "1418"),
            ("w:bottom", "1418"),
            ("w:left", "1418"),
            ("w:header", "709"),
            ("w:footer", "624"),
            ("w:gutter", "0"),
        ],
    );
    xml.empty("w:cols", &[("w:space", "708")]);
    xml.end();
}

fn header(head: &Document) -> String {
    let mut xml = Xml::part();
    xml.start("w:hdr", &[("xmlns:w", WORD)]);
    begin_line(&mut xml, "Header");
    text(&mut xml, &head.header);
    xml.finish()
}

/// The line below each page, and the number of the page at the end of it, or on a line of its own where there is no room.
fn footer(head: &Document) -> String {
    const ONE_LINE: usize = 75;
    let mut xml = Xml::part();
    xml.start("w:ftr", &[("xmlns:w", WORD)]);
    begin_line(&mut xml, "Footer");
    text(&mut xml, &head.footer);
    if let Some(words) = &head.page_numbers {
        if head.footer.chars().count() > ONE_LINE {
            xml.end();
            begin_line(&mut xml, "Footer");
        }
        xml.start("w:r", &[]);
        xml.empty("w:tab", &[]);
        xml.end();
        text(&mut xml, &format!("{} ", words.page));
        field(&mut xml, " PAGE ");
        text(&mut xml, &format!(" {} ", words.of));
        field(&mut xml, " NUMPAGES ");
    }
    xml.finish()
}

fn begin_line(xml: &mut Xml, style: &str) {
    xml.start("w:p", &[]);
    xml.start("w:pPr", &[]);
    xml.value("w:pStyle", style);
    xml.end();
}

fn text(xml: &mut Xml, text: &str) {
    let line = one_line(text);
    if !line.is_empty() {
        // Blanks around words of the page's number are wanted.
        let blank = |there: bool| if there { " " } else { "" };
        xml.start("w:r", &[]);
        let line = format!("{}{line}{}", blank(text.starts_with(' ')), blank(text.ends_with(' ')));
        xml.element("w:t", &[("xml:space", "preserve")], &line);
        xml.end();
    }
}

/// A number that the program counts when it sets the pages.
fn field(xml: &mut Xml, instruction: &str) {
    xml.start("w:fldSimple", &[("w:instr", instruction)]);
    text(xml, "1");
    xml.end();
}
