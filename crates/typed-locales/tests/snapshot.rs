//! What the generated code looks like.

use std::path::{Path, PathBuf};

use typed_locales::{build, generate};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

#[test]
fn the_committed_code_is_what_is_generated() {
    let code = generate(&fixtures().join("locales")).unwrap();
    let file = fixtures().join("generated.rs");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(&file, &code).unwrap();
    }
    assert_eq!(code, std::fs::read_to_string(&file).unwrap());
}

#[test]
fn methods_are_typed_and_documented() {
    let code = generate(&fixtures().join("locales")).unwrap();
    for expected in [
        "    /// sv: `Krav för hållbar upphandling`\n    pub fn start_title(self) -> &'static str {\n",
        "    /// sv: `{n:int} krav` / `{n:int} krav`\n    pub fn requirements_list_hits(self, n: i64) -> String {\n",
        "    /// sv: `` Sök på \"el\" \\ `kod` rad två ``\n",
        "pub fn requirements_list_left(self, n: i64) -> String {",
        "pub fn requirements_list_by(self, author: impl std::fmt::Display, count: i64, total: i64) -> String {",
        "pub fn requirements_owner_has(self, owner: impl std::fmt::Display, n: i64, place: impl std::fmt::Display) -> String {",
        r#"(Lang::Sv, true) => format!("{} krav", Grouped(n, '\u{a0}')),"#,
        r#"(Lang::En, true) => "One requirement left".to_owned(),"#,
        r#"Lang::Sv => "Skriv {namn} så här","#,
    ] {
        assert!(code.contains(expected), "{expected}\nis not in\n{code}");
    }
}

#[test]
fn build_writes_the_code() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("locales.rs");
    build(&fixtures().join("locales"), &out).unwrap();
    assert_eq!(std::fs::read_to_string(&out).unwrap(), generate(&fixtures().join("locales")).unwrap());
    let nowhere = out.join("no-folder/locales.rs");
    let error = build(&fixtures().join("locales"), &nowhere).unwrap_err();
    assert!(error.to_string().contains("cannot be written"), "{error}");
}
