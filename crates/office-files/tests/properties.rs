//! What holds for every file: nothing makes the reader fail, and a table that is written reads back.
#![allow(missing_docs, reason = "tests")]

mod support;

use calamine::{Data, Reader as _, Xlsx};
use office_files::{Limits, Table, Value, read, sniff};
use proptest::prelude::*;
use support::{Book, table};

/// Cells as people fill them in: signs that mean something to a format among them.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zåäö0-9 ]{0,12}",
        2 => "[;,\t\"\n\r|='_x&<>åÖ–]{0,8}",
        1 => any::<String>(),
    ]
}

fn grid() -> impl Strategy<Value = (usize, Vec<Vec<String>>)> {
    (1..6_usize).prop_flat_map(|width| (Just(width), prop::collection::vec(prop::collection::vec(cell(), width..=width), 0..8)))
}

/// A cell as the reader gives it; none where it is refused or empty.
fn expected(text: &str) -> Option<String> {
    let odd = text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    (!odd && !text.chars().all(char::is_whitespace)).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn assert_same(read_in: &Table, first_row: u32, rows: &[Vec<String>]) {
    for (row, number) in rows.iter().zip(first_row..) {
        let found = read_in.rows.iter().find(|found| found.number == number);
        for (column, text) in (0..).zip(row) {
            let value = found.and_then(|found| found.cell(column)).and_then(|cell| cell.value.clone().ok());
            assert_eq!(value, expected(text).map(Value::Text), "row {number}, column {column}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_fail(file in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&file, &Limits::default());
    }

    #[test]
    fn no_text_makes_it_fail(file in "(sep=.\n)?([A-Za-zåäö]{1,3}[;,\t]){0,3}\n?([\"\r\n;,a\\PC]{0,40})") {
        if let Ok(table) = read(file.as_bytes(), &Limits::default()) {
            prop_assert!(table.rows.iter().all(|row| !row.cells.is_empty()));
            prop_assert!(table.rows.is_sorted_by_key(|row| row.number));
        }
    }

    #[test]
    fn no_sheet_makes_it_fail(
        rows in "(<row( r=\"[0-9]{0,8}\")?>|</row>|<c( r=\"[A-Z]{0,4}[0-9]{0,8}\")?( s=\"[0-9]\")?( t=\"(s|b|e|d|n|str|inlineStr)\")?/?>|</c>|<v>-?[0-9.]{0,12}</v>|<is>|</is>|<t>[a-z&;#]{0,6}</t>|<f>|</f>|<!--|-->|<!\\[CDATA\\[|[a-z]){0,30}",
        merges in "(<mergeCell ref=\"[A-Z]{0,3}[0-9]{0,7}:?[A-Z]{0,3}[0-9]{0,7}\"/>){0,3}",
    ) {
        let _ = read(&Book::new().sheet("x", "", &rows, &merges).zip(), &Limits::default());
    }

    #[test]
    fn no_damage_makes_it_fail(place in any::<prop::sample::Index>(), value in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let rows = format!("<row>{}</row><row><c t=\"s\"><v>0</v></c></row>", support::text("A1", "A"));
        let mut file = Book::new().sheet("x", "", &rows, "").strings("<sst><si><t>b</t></si></sst>").zip();
        let place = place.index(file.len());
        file[place] = value;
        let _ = read(&file, &Limits::default());
        file.truncate(cut.index(file.len()));
        let _ = (sniff(&file), read(&file, &Limits::default()));
    }

    /// The `csv` crate writes, in every way that it knows.
    #[test]
    fn delimited_text_reads_back((width, rows) in grid(), separator in prop::sample::select(&b";,\t"[..]), quotes in 0..3_usize, crlf in any::<bool>()) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .quote_style([csv::QuoteStyle::Necessary, csv::QuoteStyle::Always, csv::QuoteStyle::NonNumeric][quotes])
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(Vec::new());
        writer.write_record((0..width).map(|n| format!("Rubrik {n}"))).expect("headings");
        for row in &rows {
            writer.write_record(row).expect("a row");
        }
        let file = writer.into_inner().expect("a file");
        assert_same(&table(&file), 2, &rows);
    }

    /// Windows-1252 reads as what it was.
    #[test]
    fn windows_1252_reads_back(words in prop::collection::vec("[a-zåäöÅÄÖé–”€ ]{0,20}", 1..20)) {
        let text = format!("Å\n{}\n", words.iter().map(|word| format!("ö{word}")).collect::<Vec<_>>().join("\n"));
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        prop_assert!(!lossy);
        let rows: Vec<Vec<String>> = words.iter().map(|word| vec![format!("ö{word}")]).collect();
        assert_same(&table(&bytes), 2, &rows);
    }

    /// `rust_xlsxwriter` writes, and `calamine` reads the same from it.
    #[test]
    fn workbooks_read_back((width, rows) in grid()) {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for column in 0..width {
            sheet.write_string(0, u16::try_from(column).expect("few"), format!("Rubrik {column}")).expect("a heading");
        }
        for (row, number) in rows.iter().zip(1..) {
            for (text, column) in row.iter().zip(0..) {
                sheet.write_string(number, column, text).expect("a cell");
            }
        }
        let file = book.save_to_buffer().expect("a workbook");
        // XML has two characters less than Rust: no program can write them down, and a reader may refuse the file.
        prop_assume!(!rows.iter().flatten().any(|text| text.contains(['\u{fffe}', '\u{ffff}'])));
        let ours = table(&file);
        assert_same(&ours, 2, &rows);
        let mut other = Xlsx::new(std::io::Cursor::new(&file)).expect("calamine opens it");
        let range = other.worksheet_range("Sheet1").expect("its sheet");
        for cell in ours.rows.iter().flat_map(|row| &row.cells) {
            if let (Ok(Value::Text(text)), Some(Data::String(theirs))) =
                (&cell.value, range.get_value((cell.at.row - 1, cell.at.column)))
            {
                prop_assert_eq!(text, &theirs.replace("\r\n", "\n").replace('\r', "\n"));
            }
        }
    }
}
