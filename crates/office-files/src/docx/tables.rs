//! Tables.

use std::io::{Seek, Write};

use super::{Cell, Paragraph, Table, Writer, paragraphs::Place, parts::TEXT_WIDTH, writer::After};
use crate::{WriteError, properties::one_line};

/// What Word takes.
const MOST_COLUMNS: usize = 63;

/// A row with more text than this may be divided between pages: kept whole, it would leave much of one empty.
const WHOLE: usize = 1200;

impl<S: Write + Seek> Writer<S> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), WriteError> {
        let columns = table.widths.len();
        let header = (!table.header.is_empty()).then_some(&table.header);
        for cells in header.into_iter().chain(&table.rows).map(Vec::len) {
            if cells != columns {
                return Err(WriteError::RowWidth { cells, columns });
            }
        }
        if columns > MOST_COLUMNS {
            return Err(WriteError::TooManyColumns { columns, most: MOST_COLUMNS });
        }
        if let Some(caption) = &table.caption {
            self.paragraph(caption, Place::Caption);
        } else if self.after == After::Table || self.break_page {
            self.gap();
        }
        if header.is_none() && table.rows.is_empty() {
            return Ok(());
        }
        let widths: Vec<String> = shares(&table.widths).iter().map(u32::to_string).collect();
        self.xml.start("w:tbl", &[]);
        self.table_properties(table);
        self.xml.start("w:tblGrid", &[]);
        for width in &widths {
            self.xml.empty("w:gridCol", &[("w:w", width)]);
        }
        self.xml.end();
        if let Some(cells) = header {
            self.row(cells, &widths, |_| true, true);
        }
        for cells in &table.rows {
            self.row(cells, &widths, |column| column == 0 && table.first_column_heads, false);
            self.flush(64 * 1024)?;
        }
        self.xml.end();
        self.after = After::Table;
        Ok(())
    }

    fn table_properties(&mut self, table: &Table) {
        let flag = |set: bool| if set { "1" } else { "0" };
        // The same as bits: older programs read nothing else.
        let bits = 0x0600 | u32::from(!table.header.is_empty()) << 5 | u32::from(table.first_column_heads) << 7;
        self.xml.start("w:tblPr", &[]);
        self.xml.value("w:tblStyle", "Facts");
        self.xml.empty("w:tblW", &[("w:w", &TEXT_WIDTH.to_string()), ("w:type", "dxa")]);
        self.xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        self.xml.empty(
            "w:tblLook",
            &[
                ("w:val", &format!("{bits:04X}")),
                ("w:firstRow", flag(!table.header.is_empty())),
                ("w:lastRow", "0"),
                ("w:firstColumn", flag(table.first_column_heads)),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ],
        );
        let caption = table.caption.as_ref().map_or_else(String::new, plain);
        let description = one_line(&table.description);
        if !caption.is_empty() {
            self.xml.value("w:tblCaption", &caption);
        }
        if !description.is_empty() || !caption.is_empty() {
            self.xml.value("w:tblDescription", if description.is_empty() { &caption } else { &description });
        }
        self.xml.end();
    }

    fn row(&mut self, cells: &[Cell], widths: &[String], is_heading: impl Fn(usize) -> bool, header: bool) {
        self.xml.start("w:tr", &[]);
        let letters: usize =
            cells.iter().flat_map(|cell| &cell.paragraphs).flat_map(|p| &p.spans).map(|span| span.text.len()).sum();
        if header || letters < WHOLE {
            self.xml.start("w:trPr", &[]);
            self.xml.empty("w:cantSplit", &[]);
            if header {
                self.xml.empty("w:tblHeader", &[]);
            }
            self.xml.end();
        }
        for ((column, cell), width) in cells.iter().enumerate().zip(widths) {
            self.xml.start("w:tc", &[]);
            self.xml.start("w:tcPr", &[]);
            self.xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
            self.xml.end();
            let place = if is_heading(column) { Place::HeadingCell } else { Place::Cell };
            for paragraph in &cell.paragraphs {
                self.paragraph(paragraph, place);
            }
            if cell.paragraphs.is_empty() {
                self.paragraph(&Paragraph::default(), place);
            }
            self.xml.end();
        }
        self.xml.end();
    }
}

/// The width of the text, divided among columns; together all of it.
fn shares(widths: &[u16]) -> Vec<u32> {
    let all: u32 = widths.iter().map(|width| u32::from(*width).max(1)).sum();
    let mut left = TEXT_WIDTH;
    let mut found: Vec<u32> = widths.iter().map(|width| TEXT_WIDTH * u32::from(*width).max(1) / all).collect();
    if let Some((last, rest)) = found.split_last_mut() {
        left -= rest.iter().sum::<u32>();
        *last = left;
    }
    found
}

fn plain(paragraph: &Paragraph) -> String {
    one_line(&paragraph.spans.iter().map(|span| span.text.as_str()).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{TEXT_WIDTH, shares};

    #[test]
    fn shares_are_the_width() {
        for widths in [&[1][..], &[1, 1, 1], &[2, 5], &[0, 0], &[u16::MAX; 63], &[u16::MAX, 1]] {
            assert_eq!(shares(widths).iter().sum::<u32>(), TEXT_WIDTH);
        }
        assert_eq!(shares(&[1, 1]), [4535, 4535]);
        assert_eq!(shares(&[]), []);
    }
}
