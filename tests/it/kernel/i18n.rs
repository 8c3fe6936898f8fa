//! Texts, dates and numbers in two languages.

use std::{collections::BTreeMap, fs, path::Path};

use kravbank::kernel::i18n::Lang;
use time::macros::{date, datetime};

#[test]
fn dates_and_numbers() {
    assert_eq!(Lang::Sv.date(date!(2027 - 03 - 12)), "12 mars 2027");
    assert_eq!(Lang::En.date(date!(2027 - 05 - 01)), "1 May 2027");
    assert_eq!(Lang::Sv.day_of(datetime!(2026-12-31 23:30 UTC)), "1 januari 2027", "the day in Sweden");
    assert_eq!(Lang::Sv.number(1_234_567), "1\u{a0}234\u{a0}567");
    assert_eq!(Lang::En.number(1_234_567), "1,234,567");
    assert_eq!(
        (Lang::Sv.number(0), Lang::Sv.number(999), Lang::Sv.number(-1000)),
        ("0".into(), "999".into(), "−1\u{a0}000".into())
    );
    assert_eq!(Lang::En.number(i64::MIN), "−9,223,372,036,854,775,808");
}

#[test]
fn the_language_is_in_the_path() {
    for (path, lang) in
        [("/", Lang::Sv), ("/en", Lang::En), ("/en/krav", Lang::En), ("/engelska", Lang::Sv), ("/krav/en", Lang::Sv)]
    {
        assert_eq!(Lang::of_path(path), lang, "{path}");
    }
}

/// Key and text of a file of texts.
fn texts(lang: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{lang}.toml"));
    let mut table = String::new();
    let mut texts = BTreeMap::new();
    for line in fs::read_to_string(&path).expect("the texts").lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut table);
        } else if let Some((key, value)) = line.split_once('=').filter(|(key, _)| !key.trim_start().starts_with('#')) {
            texts.insert(format!("{table}.{}", key.trim()), value.trim().trim_matches('"').to_owned());
        }
    }
    assert!(texts.len() > 100, "{lang} could not be read");
    texts
}

#[test]
fn texts_are_plain() {
    const BANNED: &[&str] = &[
        "erhålla",
        "erhåller",
        "erhållit",
        "avseende",
        "inkommen",
        "inkomna",
        "inkommit",
        "dylik",
        "beakta",
        "ovanstående",
        "nedanstående",
        "vederbörande",
        "härmed",
        "föreligger",
        "jämlikt",
        "medelst",
        "kriterium",
        "kriterier",
        "verifikat",
        "synpunkt",
    ];
    let mut wrong = Vec::new();
    for lang in ["sv", "en"] {
        for (key, text) in texts(lang) {
            // Lists of codes and formats are no sentences.
            if key.starts_with("imports.expected.") {
                continue;
            }
            for sentence in text.split_inclusive(['.', '?', '!', ':', '\n']) {
                let words = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
                if words > 25 {
                    wrong.push(format!("{lang} {key}: {words} words in “{}”", sentence.trim()));
                }
            }
            let lower = text.to_lowercase();
            let mut words = lower.split(|c: char| !c.is_alphabetic());
            if lang == "sv"
                && let Some(word) = words.find(|word| BANNED.iter().any(|banned| word.starts_with(banned)))
            {
                wrong.push(format!("{lang} {key}: “{word}” has a plainer word"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All source and template text, to look uses up in.
fn sources() -> String {
    fn collect(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, all);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "html" || ending == "xml" || ending == "txt")
            {
                all.push_str(&fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    collect(&root.join("src"), &mut all);
    collect(&root.join("templates"), &mut all);
    all
}

#[test]
fn every_text_is_used() {
    let sources = sources();
    let identifiers: std::collections::HashSet<&str> = sources.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    // Looked up by code: what stands before the code.
    let prefixes: Vec<String> = sources
        .split("by_key(")
        .skip(1)
        .filter_map(|rest| {
            let given = rest.trim_start().trim_start_matches("&format!(").trim_start();
            given.strip_prefix('"')?.split(['{', '"']).next().map(str::to_owned)
        })
        .filter(|prefix| !prefix.is_empty())
        .collect();
    let keys = texts("sv").into_keys().map(|key| key.replace('.', "_"));
    let plural = |key: &str| key.trim_end_matches("_one").trim_end_matches("_other").to_owned();
    let unused: Vec<String> = keys
        .filter(|key| {
            !identifiers.contains(key.as_str())
                && !identifiers.contains(plural(key).as_str())
                && !prefixes.iter().any(|prefix| key.starts_with(prefix))
        })
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:#?}");
}

#[test]
fn both_languages_say_the_same_things() {
    let (sv, en) = (texts("sv"), texts("en"));
    assert_eq!(sv.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    let words = |text: &str| {
        let said: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
        said.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
    };
    let same: Vec<_> = sv.iter().filter(|(key, text)| en[*key] == **text && words(text) > 2).collect();
    assert!(same.is_empty(), "not translated: {same:?}");
}
