//! Any text, written in every format, reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office_files::{
    DateTime, Language, Limits, clean,
    csv::{Dialect, Writer, guard, restore},
    docx::{self, Block, Document},
    read,
    workbook::{Cell, Column, Sheet, Workbook, pieces},
};

fuzz_target!(|texts: (&str, &str)| {
    let created = DateTime::new(2027, 3, 12, 0).expect("a day");
    let mut document = Document::new(texts.0, Language::SWEDISH, created);
    document.show_title = false;
    document.push(Block::clause(texts.1, texts.0));
    document.push(Block::paragraph(texts.0));
    let file = document.to_bytes().expect("a document");
    let content = docx::read(&file, &Limits { cell_chars: usize::MAX, ..Limits::default() }).expect("it reads");
    assert_eq!(content.paragraphs().nth(1).map(|paragraph| paragraph.text.as_str()), Some(&*clean(texts.0)));

    let mut sheet = Sheet::new(Sheet::name_from(texts.1), [Column::new("a", "A", 10.0)]);
    let mut writer = Writer::new(Vec::new(), Dialect::Excel).expect("a beginning");
    writer.row(["A"]).expect("headings");
    for piece in pieces(texts.0) {
        sheet.row([Cell::from(piece)]);
        writer.row([piece]).expect("a row");
    }
    let mut workbook = Workbook::new(texts.0, Language::SWEDISH, created);
    workbook.push(sheet);
    read(&workbook.to_bytes().expect("a workbook"), &Limits::default()).expect("it reads");

    let file = writer.finish().expect("an end").0;
    let table = read(&file, &Limits::default()).expect("it reads");
    for (row, piece) in table.rows.iter().zip(pieces(texts.0).iter().filter(|piece| !guard(&clean(piece)).trim().is_empty())) {
        if let Some(Ok(office_files::Value::Text(text))) = row.cell(0).map(|cell| &cell.value) {
            assert_eq!(restore(text), clean(piece));
        }
    }
});
