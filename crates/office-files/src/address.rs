//! Where a cell is.

use std::fmt;

/// A cell by column and row, printed as spreadsheets do: `C17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// From 0: 0 is column A.
    pub column: u32,
    /// From 1, as it is shown.
    pub row: u32,
}

/// The last column of a worksheet, XFD, from 0.
pub(crate) const LAST_COLUMN: u32 = 16_383;
/// The last row of a worksheet, from 1.
pub(crate) const LAST_ROW: u32 = 1_048_576;

impl Address {
    /// Reads `C17` or `$C$17`, within the bounds of a worksheet.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, digits) = text.split_at(letters);
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        if letters.is_empty() || letters.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let column = letters.bytes().fold(0, |column, b| column * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
        let row: u32 = digits.parse().ok()?;
        (column <= LAST_COLUMN && (1..=LAST_ROW).contains(&row)).then_some(Self { column, row })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut left = u64::from(self.column) + 1;
        while left > 0 {
            left -= 1;
            letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
            left /= 26;
        }
        for letter in letters.iter().rev() {
            write!(f, "{letter}")?;
        }
        write!(f, "{}", self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, LAST_COLUMN, LAST_ROW};

    #[test]
    fn printed_and_read_back() {
        for (column, text) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1"), (LAST_COLUMN, "XFD1")] {
            let address = Address { column, row: 1 };
            assert_eq!(address.to_string(), text);
            assert_eq!(Address::parse(text), Some(address));
        }
        assert_eq!(Address::parse("$C$17"), Some(Address { column: 2, row: 17 }));
        assert_eq!(Address::parse("XFD1048576"), Some(Address { column: LAST_COLUMN, row: LAST_ROW }));
        for odd in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A1B", "Å1", "A99999999999"] {
            assert_eq!(Address::parse(odd), None, "{odd}");
        }
    }
}
