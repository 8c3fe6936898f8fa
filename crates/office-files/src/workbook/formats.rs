//! What cells look like.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::csv::guard;

const INK: Color = Color::RGB(0x0018_221f);
const LINE: Color = Color::RGB(0x00d6_d6cc);
const EDGE: Color = Color::RGB(0x006f_7b77);
const BRAND: Color = Color::RGB(0x0010_403b);

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Link,
}

/// Every format that cells have.
pub(super) struct Formats {
    pub(super) heading: Format,
    pub(super) empty: Format,
    pub(super) number: Format,
    pub(super) day: Format,
    pub(super) time: Format,
    pub(super) answer: Format,
    /// By look, then by whether the text is one to guard, then by whether it runs from right to left.
    texts: [[[Format; 2]; 2]; 2],
}

impl Formats {
    pub(super) fn new() -> Self {
        let base = Format::new()
            .set_font_color(INK)
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(LINE);
        let wrapped = base.clone().set_text_wrap();
        let link =
            wrapped.clone().set_font_color(Color::RGB(0x000a_5573)).set_underline(rust_xlsxwriter::FormatUnderline::Single);
        // What is left of a formula stays text, too, when somebody edits the cell.
        let both_ways = |format: Format| [format.clone(), format.set_reading_direction(2)];
        let guarded = |format: Format| [both_ways(format.clone()), both_ways(format.set_quote_prefix())];
        Self {
            heading: Format::new()
                .set_bold()
                .set_font_color(INK)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00e2_eee8))
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(BRAND),
            empty: base.clone(),
            number: base.clone().set_align(FormatAlign::Right).set_indent(1),
            day: base.clone().set_num_format("yyyy\\-mm\\-dd").set_align(FormatAlign::Left),
            time: base.clone().set_num_format("yyyy\\-mm\\-dd\\ hh:mm").set_align(FormatAlign::Left),
            // Known by its frame, not by its colour alone.
            answer: wrapped
                .clone()
                .set_unlocked()
                .set_background_color(Color::RGB(0x00ff_faeb))
                .set_border(FormatBorder::Thin)
                .set_border_color(EDGE),
            texts: [guarded(wrapped), guarded(link)],
        }
    }

    pub(super) fn text(&self, text: &str, look: Look) -> &Format {
        let guarded = guard(text).len() > text.len();
        let right_to_left = crate::bidi::base([text].into_iter()) == crate::bidi::Direction::RightToLeft;
        &self.texts[usize::from(look == Look::Link)][usize::from(guarded)][usize::from(right_to_left)]
    }
}
