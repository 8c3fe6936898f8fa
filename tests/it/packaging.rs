//! What is written for those who run the bank fits the program.

use std::{collections::BTreeSet, fs, path::Path};

use kravbank::kernel::config::{OIDC_SETTINGS, SETTINGS};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The first code word of each row of a table whose word looks like a setting.
fn rows(document: &str) -> Vec<String> {
    document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name.to_owned()))
        .filter(|name| name == "DATABASE_URL" || name.starts_with("KRAVBANK_"))
        .collect()
}

#[test]
fn the_table_of_settings_is_the_list_of_settings() {
    // Those of sign-in services stand last, with `<N>` for the number of the service.
    let known: Vec<&str> = SETTINGS.iter().chain(OIDC_SETTINGS).map(|setting| setting.name).collect();
    assert_eq!(rows(&read("docs/operations.md")), known);
    assert_eq!(rows(&read("README.md")).into_iter().collect::<BTreeSet<_>>(), known.iter().map(|&n| n.to_owned()).collect());
}

/// Every setting that the environment file or the unit names is one that the program knows.
#[test]
fn the_package_names_settings_that_exist() {
    for file in ["packaging/kravbank.env", "packaging/kravbank.service", "packaging/Containerfile", "packaging/compose.yaml"] {
        let text = read(file);
        let mut named = BTreeSet::new();
        for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            if word.starts_with("KRAVBANK_") || word.starts_with("DATABASE_URL") {
                named.insert(word);
            }
        }
        assert!(!named.is_empty(), "{file} names no setting");
        for name in named {
            let known = name.starts_with("KRAVBANK_OIDC_1_")
                || SETTINGS.iter().any(|s| name == s.name || (s.secret && name.strip_suffix("_FILE") == Some(s.name)));
            // Read when the program is built.
            assert!(known || name == "KRAVBANK_COMMIT", "{file} names {name}");
        }
    }
}

/// The unit waits longer than the program may take to finish: notice, last requests, last jobs.
#[test]
fn the_unit_waits_until_the_program_has_finished() {
    let unit = read("packaging/kravbank.service");
    let value = |key: &str| {
        let line = unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_else(|| panic!("{key} is not set")).to_owned()
    };
    assert!(value("TimeoutStopSec").parse::<u64>().expect("seconds") > 30);
    assert_eq!(value("RestartPreventExitStatus"), "78", "wrong settings do not get better by trying again");
}
