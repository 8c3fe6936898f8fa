//! What is told of locale files that are wrong, and the texts of those that are not.

use std::path::{Path, PathBuf};

use typed_locales::{Entry, Error, Form, entries, generate};

/// A folder with the two files, its own for every test.
fn locales(test: &str, sv: &str, en: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("sv.toml"), sv).unwrap();
    std::fs::write(folder.join("en.toml"), en).unwrap();
    folder
}

/// The problems, without the folder.
fn problems(folder: &Path) -> Vec<String> {
    let error = generate(folder).unwrap_err();
    let Error::Locales(problems) = error else {
        panic!("{error}");
    };
    let prefix = format!("{}/", folder.display());
    problems.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
}

/// The problems when both languages have the same file, told of the Swedish one.
fn problems_in(test: &str, source: &str) -> Vec<String> {
    let mut all = problems(&locales(test, source, source));
    all.retain(|problem| problem.starts_with("sv.toml"));
    all
}

#[test]
fn differences_between_the_languages() {
    let folder = locales(
        "differences",
        "same = \"Lika\"\n\
         [list]\n\
         only_sv = \"Här\"\n\
         fewer = \"{a} och {b:int}\"\n\
         more = \"{a}\"\n\
         typed = \"{a:int}\"\n\
         shape = \"{n:int} krav\"\n",
        "same = \"Same\"\n\
         only_en = \"Here\"\n\
         [list]\n\
         fewer = \"{a}\"\n\
         more = \"{b:int} {a}\"\n\
         typed = \"{a}\"\n\
         shape = { one = \"{n:int} requirement\", other = \"{n:int} requirements\" }\n",
    );
    assert_eq!(
        problems(&folder),
        [
            "en.toml:4: `list.fewer`: the arguments differ from sv.toml: `{b:int}` is missing",
            "en.toml:5: `list.more`: the arguments differ from sv.toml: `{b:int}` is not there",
            "en.toml: `list.only_sv`: is missing; sv.toml has it",
            "en.toml:7: `list.shape`: is a plural here but a text in sv.toml",
            "en.toml:6: `list.typed`: the arguments differ from sv.toml: `{a}` is `{a:int}` there",
            "sv.toml: `only_en`: is missing; en.toml has it",
        ]
    );
    let message = generate(&folder).unwrap_err().to_string();
    assert!(message.starts_with("6 problems in the locale files:\n  "), "{message}");
}

#[test]
fn names_of_keys() {
    let source = "type = \"a\"\n\
                  by_key = \"b\"\n\
                  Big = \"c\"\n\
                  4th = \"d\"\n\
                  two__words = \"e\"\n\
                  a.b_c = \"f\"\n\
                  a_b.c = \"g\"\n\
                  error.type = \"allowed\"\n\
                  error.404 = \"allowed\"\n";
    let part = "must be words of a-z and 0-9 with a single `_` between them";
    assert_eq!(
        problems_in("keys", source),
        [
            "sv.toml:4: `4th`: a key cannot start with a digit".to_owned(),
            format!("sv.toml:3: `Big`: the key part `Big` {part}"),
            "sv.toml:7: `a_b.c`: becomes the method `a_b_c`, and so does `a.b_c`".to_owned(),
            "sv.toml:2: `by_key`: the method name `by_key` is taken".to_owned(),
            format!("sv.toml:5: `two__words`: the key part `two__words` {part}"),
            "sv.toml:1: `type`: `type` is a Rust keyword and cannot name a method".to_owned(),
        ]
    );
}

#[test]
fn placeholders() {
    let source = "a = \"{\"\n\
                  b = \"}\"\n\
                  c = \"{} {Big} {4th}\"\n\
                  d = \"{self}\"\n\
                  e = \"{x:float}\"\n\
                  f = \"{x} {x:int}\"\n\
                  g = \" \"\n";
    let name = "cannot name an argument: write words of a-z and 0-9 with a single `_` between \
                them, starting with a letter";
    assert_eq!(
        problems_in("placeholders", source),
        [
            "sv.toml:1: `a`: a `{` is not closed; write `{{` for a brace in the text".to_owned(),
            "sv.toml:2: `b`: a `}` closes nothing; write `}}` for a brace in the text".to_owned(),
            format!("sv.toml:3: `c`: `` {name}"),
            format!("sv.toml:3: `c`: `4th` {name}"),
            format!("sv.toml:3: `c`: `Big` {name}"),
            "sv.toml:4: `d`: `self` is a Rust keyword and cannot name an argument".to_owned(),
            "sv.toml:5: `e`: the argument `x` has the unknown type `float`; \
             the only type is `int`"
                .to_owned(),
            "sv.toml:6: `f`: the argument `x` is both `{x}` and `{x:int}`".to_owned(),
            "sv.toml:7: `g`: the text is empty".to_owned(),
        ]
    );
}

#[test]
fn plurals_and_values() {
    let source = "a = { one = \"x\" }\n\
                  b = { one = \"x\", other = \"y\", few = \"z\" }\n\
                  c = { one = 1, other = \"y\" }\n\
                  d = { one = \"x\", other = \"{n}\" }\n\
                  e = 5\n\
                  f = [\"x\"]\n\
                  g = { one = \"{x}\", other = \"{x:int}\" }\n";
    let keys = "a plural has exactly the keys `one` and `other`; this table has";
    assert_eq!(
        problems_in("plurals", source),
        [
            format!("sv.toml:1: `a`: {keys} `one`"),
            format!("sv.toml:2: `b`: {keys} `few`, `one`, `other`"),
            "sv.toml:3: `c.one`: the plural form `one` must be a string".to_owned(),
            "sv.toml:4: `d`: `n` is the count of a plural and must be written `{n:int}`".to_owned(),
            "sv.toml:5: `e`: must be a string or a table, not integer".to_owned(),
            "sv.toml:6: `f`: must be a string or a table, not array".to_owned(),
            "sv.toml:7: `g`: the argument `x` is both `{x}` and `{x:int}`".to_owned(),
        ]
    );
}

#[test]
fn files_that_are_not_toml_or_not_there() {
    let folder = locales("files", "a = \"1\"\na = \"2\"\nb =\n", "");
    std::fs::remove_file(folder.join("en.toml")).unwrap();
    let problems = problems(&folder);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].starts_with("en.toml: cannot be read: "));
    assert!(problems[1].starts_with("sv.toml:2: is not valid TOML: "));
    assert!(problems[2].starts_with("sv.toml:3: is not valid TOML: "));
}

#[test]
fn locales_without_texts() {
    let code = generate(&locales("empty", "", "")).unwrap();
    assert!(code.contains("pub const KEYS: &[&str] = &[];"));
    assert!(code.contains("pub fn by_key(self, _key: &str) -> Option<&'static str> {"));
    assert!(!code.contains("Grouped"));
}

#[test]
fn entries_are_the_texts_as_written() {
    let source = "[list]\n\
                  hits = { one = \"{n:int} träff\", other = \"{n:int} träffar\" }\n\
                  by = \"{{{name}}}\"\n";
    let folder = locales("entries", source, "wrong = 1");
    let entry = |key: &str, form, text: &str| Entry { key: key.to_owned(), form, text: text.to_owned() };
    assert_eq!(
        entries(&folder.join("sv.toml")).unwrap(),
        [
            entry("list_by", Form::Only, "{{{name}}}"),
            entry("list_hits", Form::One, "{n:int} träff"),
            entry("list_hits", Form::Other, "{n:int} träffar"),
        ]
    );
    assert!(entries(&folder.join("en.toml")).is_err());
}
