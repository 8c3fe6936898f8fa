//! What a file is called.

use super::Format;
use crate::kernel::web::is_fine_in_names;

/// The most characters of a name before its ending: file systems take 255 bytes.
const LONGEST: usize = 80;

/// The name of a file: that of the selection, without what file systems and people trip over.
pub fn file_name(selection: &str, format: Format) -> String {
    let kept: String = selection.chars().map(|c| if is_fine_in_names(c) { c } else { ' ' }).collect();
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    let short = short.trim_matches([' ', '.', '-']);
    let stem = if short.is_empty() { "krav" } else { short };
    format!("{stem}.{}", format.word())
}
