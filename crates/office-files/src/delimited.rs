//! Delimited text as RFC 4180 has it, and as spreadsheets write it: any line end, comma, semicolon or tab, `sep=;` above
//! the headings.

use crate::{
    address::Address,
    decode::decode,
    error::Error,
    table::{Builder, Limits, Table},
};

pub(crate) fn read(file: &[u8], limits: &Limits) -> Result<Table, Error> {
    let text = decode(file)?;
    let (separator, text) = match named_separator(&text) {
        Some((separator, rest)) => (Some(separator), rest),
        None => (likely_separator(&text), &*text),
    };
    let mut builder = Builder::new(limits);
    let mut headings = 0;
    let mut fields = Fields { rest: text, separator };
    let mut at = Address { column: 0, row: 1 };
    let mut filled = false;
    while let Some((field, ends)) = fields.next_field(at)? {
        if let Some(value) = builder.text(&field) {
            filled = true;
            builder.cell(at, value)?;
        }
        at.column += 1;
        if ends {
            if filled && !builder.has_headings() {
                headings = at.column;
            } else if filled && at.column < headings {
                return Err(Error::ShortRow { row: at.row, cells: at.column, headings });
            }
            builder.end_row()?;
            filled = false;
            at = Address { column: 0, row: at.row.checked_add(1).ok_or(Error::TooManyRows { most: limits.rows })? };
        }
    }
    builder.finish(None)
}

/// The separator that a first line `sep=;` names, and what follows that line, which is no row to Excel.
fn named_separator(text: &str) -> Option<(char, &str)> {
    let rest = text.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")).map(|_| &text[4..])?;
    let separator =
        rest.chars().next().filter(|c| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '"' | '\r' | '\n'))?;
    let rest = &rest[1..];
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n']))?;
    Some((separator, rest))
}

/// The separator that stands most often outside quotes in the first row that has something in it. None where no separator
/// does: then there is one column, and what stands in it further down separates nothing.
fn likely_separator(text: &str) -> Option<char> {
    let mut counts = [(';', 0), (',', 0), ('\t', 0)];
    let mut quoted = false;
    for c in text.trim_start_matches(['\r', '\n', ' ']).chars() {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| *separator == c).for_each(|(_, count)| *count += 1),
        }
    }
    // The first of those that tie.
    counts.into_iter().rev().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(separator, _)| separator)
}

struct Fields<'a> {
    rest: &'a str,
    /// None where there is one column.
    separator: Option<char>,
}

impl Fields<'_> {
    /// The next field, and whether it ends its row. None when the text is over.
    fn next_field(&mut self, at: Address) -> Result<Option<(String, bool)>, Error> {
        if self.rest.is_empty() {
            // After a separator one more field, an empty one, would follow; a text that ends with a line end is over.
            if at.column == 0 {
                return Ok(None);
            }
            return Ok(Some((String::new(), true)));
        }
        let Some(mut rest) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(|c| self.ends_field(c)).unwrap_or(self.rest.len());
            let (field, rest) = self.rest.split_at(end);
            self.rest = rest;
            let ends = self.pass_end();
            return Ok(Some((field.to_owned(), ends)));
        };
        let mut field = String::new();
        loop {
            let Some(end) = rest.find('"') else { return Err(Error::UnclosedQuote { at }) };
            field.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(more) => {
                    field.push('"');
                    rest = more;
                }
                None => break,
            }
        }
        if !rest.is_empty() && !rest.starts_with(|c| self.ends_field(c)) {
            return Err(Error::AfterQuote { at });
        }
        self.rest = rest;
        let ends = self.pass_end();
        Ok(Some((field, ends)))
    }

    fn ends_field(&self, c: char) -> bool {
        matches!(c, '\r' | '\n') || Some(c) == self.separator
    }

    /// Passes over what ends a field, and says whether it ends the row too.
    fn pass_end(&mut self) -> bool {
        if let Some(rest) = self.separator.and_then(|separator| self.rest.strip_prefix(separator)) {
            self.rest = rest;
            return false;
        }
        self.rest = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\r', '\n'])).unwrap_or(self.rest);
        true
    }
}
