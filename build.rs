//! Two things are made before the program is compiled: one method for each text in `locales/`, and the list of
//! static files with a hash in each name, so that a browser may keep them for ever.

#![allow(clippy::unnecessary_debug_formatting, reason = "paths are written as Rust literals")]

use std::{env, fmt::Write, fs, path::PathBuf};

use sha2::{Digest, Sha256};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rerun-if-changed=migrations");
    // Queries in files of their own are not tracked by the macro that reads them.
    println!("cargo:rerun-if-changed=src/portal/reads");
    println!("cargo:rerun-if-changed=src/open_data/reads");
    println!("cargo:rerun-if-changed=data/example");
    if let Err(error) = typed_locales::build(&root.join("locales"), &out.join("locales.rs")) {
        panic!("{error}");
    }
    println!("cargo:rustc-env=KRAVBANK_COMMIT={}", commit(&root));
    assets(&root, &out);
    embedded_files(&root, &out);
}

/// The commit that is built: what `KRAVBANK_COMMIT` says (an archive has no history), else what git says, else nothing.
/// Git is asked for a release only, lest every commit compile the whole again; `-dirty` marks what no commit holds.
fn commit(root: &std::path::Path) -> String {
    println!("cargo:rerun-if-env-changed=KRAVBANK_COMMIT");
    let given = env::var("KRAVBANK_COMMIT").unwrap_or_default();
    if !given.is_empty() || env::var("PROFILE").as_deref() != Ok("release") {
        return given;
    }
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").current_dir(root).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    // Each step of the history, and each change of the source, makes the answer another.
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", name]) {
            println!("cargo:rerun-if-changed={}", root.join(path).display());
        }
    }
    for folder in ["src", "templates", "crates"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    git(&["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]).unwrap_or_default()
}

/// Writes `assets.rs`: constants with the hashed addresses, and a table of address, media type and bytes.
fn assets(root: &std::path::Path, out: &std::path::Path) {
    let folder = root.join("static");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("static/ is readable")
        .map(|entry| entry.expect("static/ is readable").file_name().into_string().expect("names are UTF-8"))
        .collect();
    names.sort();
    let mut constants = String::new();
    let mut table = String::from("/// Every static file: address, media type, bytes.\npub const FILES: &[File] = &[\n");
    for name in names {
        let path = folder.join(&name);
        let bytes = fs::read(&path).expect("a static file is readable");
        let hash = hex::encode(&Sha256::digest(&bytes)[..8]);
        let (stem, ending) = name.rsplit_once('.').expect("a static file has an ending");
        let media = match ending {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "csv" => "text/csv; charset=utf-8",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ico" => "image/vnd.microsoft.icon",
            other => panic!("static/{name}: no media type is known for .{other}"),
        };
        let constant = name.to_uppercase().replace(['.', '-'], "_");
        let address = format!("/static/{stem}-{hash}.{ending}");
        writeln!(constants, "/// Address of `static/{name}`.\npub const {constant}: &str = {address:?};")
            .expect("writes to a string");
        writeln!(table, "    File {{ address: {constant}, media: {media:?}, bytes: include_bytes!({path:?}) }},")
            .expect("writes to a string");
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), constants + &table).expect("OUT_DIR is writable");
}

/// Writes `example_files.rs`: the example bank's files in the order they are loaded in.
fn embedded_files(root: &std::path::Path, out: &std::path::Path) {
    let folder = root.join("data/example");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("data/example/ is readable")
        .map(|entry| entry.expect("data/example/ is readable").file_name().into_string().expect("names are UTF-8"))
        .filter(|name| std::path::Path::new(name).extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    names.sort();
    let mut code = String::from("/// Name and content of each file, in loading order.\npub const FILES: &[(&str, &str)] = &[\n");
    for name in names {
        writeln!(code, "    ({name:?}, include_str!({:?})),", folder.join(&name)).expect("writes to a string");
    }
    code.push_str("];\n");
    fs::write(out.join("example_files.rs"), code).expect("OUT_DIR is writable");
}
