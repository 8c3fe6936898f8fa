//! Delimited text: what is read lies under headings, in order, within the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office_files::{Limits, Value, read};

fuzz_target!(|text: &str| {
    let limits = Limits { rows: 50, columns: 10, cell_chars: 40, ..Limits::default() };
    if let Ok(table) = read(text.as_bytes(), &limits) {
        assert!(table.rows.len() <= limits.rows && table.headings.len() <= 10);
        assert!(table.rows.is_sorted_by_key(|row| row.number));
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            assert!(table.headings.iter().any(|heading| heading.at.column == cell.at.column));
            if let Ok(Value::Text(text)) = &cell.value {
                assert!(text.chars().count() <= limits.cell_chars && !text.contains('\r'));
            }
        }
    }
});
