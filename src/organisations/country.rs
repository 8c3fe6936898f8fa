//! Countries that an organisation can be registered in.

use crate::kernel::i18n::Texts;

/// The code of each, Sweden first, then by its Swedish name; `ZZ` is any other.
pub const COUNTRIES: [&str; 36] = [
    "SE", "BE", "BG", "CY", "DK", "EE", "FI", "FR", "GR", "IE", "IS", "IT", "JP", "CA", "CN", "HR", "LV", "LI", "LT", "LU", "MT",
    "NL", "NO", "PL", "PT", "RO", "CH", "SK", "SI", "ES", "GB", "CZ", "DE", "HU", "US", "AT",
];
/// The code of a country that is not listed.
pub const OTHER: &str = "ZZ";

/// The name of a country.
pub fn name(t: Texts, code: &str) -> &'static str {
    t.by_key(&format!("organisations_country_{}", code.to_lowercase())).unwrap_or_default()
}

/// Every code with its name.
pub fn all(t: Texts) -> Vec<(&'static str, &'static str)> {
    COUNTRIES.into_iter().chain([OTHER]).map(|code| (code, name(t, code))).collect()
}

/// Whether it is one of the codes.
pub fn is_one(code: &str) -> bool {
    code == OTHER || COUNTRIES.contains(&code)
}
