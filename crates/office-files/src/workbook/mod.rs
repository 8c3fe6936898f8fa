//! Writes workbooks to work in: a table under frozen headings, cells for answers with what may be answered, everything
//! else locked (without a password: it keeps one from slips, not from wishes).
//!
//! ```
//! use office_files::{DateTime, Language, workbook::{Answer, Cell, Column, Sheet, Workbook}};
//!
//! let created = DateTime::new(2027, 3, 12, 8 * 3600).ok_or("no day")?;
//! let mut workbook = Workbook::new("Krav på handskar", Language::SWEDISH, created);
//! let mut sheet = Sheet::new("Krav", [
//!     Column::new("id", "Krav", 12.0),
//!     Column::new("text", "Kravtext", 70.0),
//!     Column::new("answer", "Ert svar", 20.0),
//! ]);
//! let answer = Answer::confirm("Ja", "Nej").hint("Svar", "Välj Ja eller Nej.");
//! sheet.row([Cell::from("KB-0042:3"), Cell::from("Leverantören ska lämna tvättråd."), Cell::Answer(answer)]);
//! workbook.push(sheet);
//! let file: Vec<u8> = workbook.to_bytes()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A text is a text, whatever it begins with: no cell is ever a formula. What is too long for a cell is an error that names
//! the cell, never cut; [`pieces()`] divides such a text. The same workbook is the same bytes.

mod answer;
mod finish;
mod formats;
mod height;
mod model;
mod pieces;
mod validation;
mod write;

pub use answer::{Answer, AnswerKind, Message};
pub use model::{Cell, Column, Sheet, Workbook};
pub use pieces::pieces;
