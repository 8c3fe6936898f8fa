//! Which formats are dates. Nothing else of a style matters here.

use std::collections::HashMap;

use crate::{
    error::Error,
    package::Package,
    xml::{Piece, attribute, is},
};

/// For each format that cells can have: whether it shows a day.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Vec<bool>, Error> {
    let mut xml = package.xml(part)?;
    let mut buffer = Vec::new();
    let mut custom: HashMap<u32, bool> = HashMap::new();
    let mut dates = Vec::new();
    let mut in_cells = false;
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) if is(&start, "numFmt") => {
                if let (Some(id), Some(code)) = (attribute(&start, "numFmtId"), attribute(&start, "formatCode"))
                    && let Ok(id) = id.parse()
                {
                    custom.insert(id, shows_a_day(&code));
                }
            }
            Piece::Start(start) if is(&start, "cellXfs") => in_cells = true,
            Piece::End(name) if name == "cellXfs" => in_cells = false,
            Piece::Start(start) if in_cells && is(&start, "xf") => {
                let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                dates.push(custom.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            Piece::Over => return Ok(dates),
            _ => {}
        }
    }
}

/// The formats that every program knows by number (ECMA-376, 18.8.30), those of East Asia included.
fn built_in(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57..=58)
}

/// Whether a format code shows a year or a day: outside quotes, brackets and escapes, in its first section.
fn shows_a_day(code: &str) -> bool {
    if code.eq_ignore_ascii_case("general") || code.eq_ignore_ascii_case("standard") {
        return false;
    }
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => while signs.next().is_some_and(|c| c != '"') {},
            '[' => while signs.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => drop(signs.next()),
            ';' => return false,
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_a_day;

    #[test]
    fn format_codes() {
        for day in ["yyyy-mm-dd", "[$-41D]d mmmm yyyy", "YYYY\\-MM\\-DD", "\"den \"d/m", "mmm yy"] {
            assert!(shows_a_day(day), "{day}");
        }
        for other in ["General", "0.00", "[Red]0", "\"dygn\" 0", "0\\d", "hh:mm", "[h]:mm:ss", "0;d", "@", "Standard", "\"", "["]
        {
            assert!(!shows_a_day(other), "{other}");
        }
    }
}
