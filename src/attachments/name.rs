//! What a file is called, whatever its sender calls it.

use crate::kernel::web::{is_fine_in_names, line};

/// The most characters of a name, as in the database.
const LONGEST: usize = 200;

/// A name without path, control characters and what turns text about; at most 200 characters, with its ending. None where
/// nothing is left.
pub fn cleaned(sent: &str) -> Option<String> {
    let bare = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = bare.chars().map(|c| if is_fine_in_names(c) { c } else { ' ' }).collect();
    let name = line(&kept);
    let name = name.trim_start_matches(['.', ' ', '-']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 10 => (stem.trim_end(), format!(".{}", ending.trim())),
        _ => (name, String::new()),
    };
    let stem: String = stem.chars().take(LONGEST - ending.chars().count()).collect();
    (!stem.is_empty()).then(|| format!("{}{ending}", stem.trim_end()))
}
