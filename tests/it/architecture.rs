//! The rules of the house, kept by reading the source: who may know whom, where SQL stands, where time is asked.
//!
//! A rule that needs an exception names the file here, with the reason.

#![expect(clippy::case_sensitive_file_extension_comparisons, reason = "names of our own files, in small letters")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// Every slice and the floor it stands on; `src/lib.rs` shows the same map.
const FLOORS: &[(&str, u8)] = &[
    ("commands", 7),
    ("server", 7),
    ("admin", 6),
    ("example", 6),
    ("open_data", 6),
    ("portal", 6),
    ("imports", 5),
    ("selections", 5),
    ("curation", 4),
    ("decisions", 4),
    ("dialogue", 3),
    ("preparation", 3),
    ("proposals", 3),
    ("reports", 3),
    ("requirements", 2),
    ("accounts", 1),
    ("attachments", 1),
    ("backup", 1),
    ("organisations", 1),
    ("search", 1),
    ("tasks", 1),
    ("taxonomy", 1),
    ("kernel", 0),
];
/// Who may use whom on the same floor.
const ARROWS: &[(&str, &str)] = &[
    ("commands", "server"),
    ("accounts", "organisations"),
    ("accounts", "tasks"),
    ("proposals", "dialogue"),
    ("preparation", "proposals"),
];
/// `requirements` and `taxonomy` open `policy` and `workflow`, so that whoever writes through them asks for a permit first.
/// These write through them; pages and API only read.
const WRITERS: &[&str] = &["curation", "decisions", "imports", "example", "commands", "preparation", "proposals"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these endings, as path from the root and content.
pub fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, endings, found);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(root()).expect("below the root").to_str().expect("a name").to_owned();
    found.iter().map(|path| (name(path), fs::read_to_string(path).expect("text"))).collect()
}

/// Source without comments.
pub fn code(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |all, line| all + line + "\n")
}

/// The slice of a file of `src/`.
fn slice(name: &str) -> &str {
    name.strip_prefix("src/").expect("in src/").split(['/', '.']).next().expect("a name")
}

fn floor(slice: &str) -> u8 {
    FLOORS.iter().find(|(name, _)| *name == slice).unwrap_or_else(|| panic!("{slice} stands on no floor")).1
}

/// Every path that begins with `crate::`, groups in braces written out.
fn crate_paths(code: &str) -> BTreeSet<Vec<String>> {
    fn tree(rest: &str, prefix: &[String], found: &mut BTreeSet<Vec<String>>) -> usize {
        if let Some(inside) = rest.strip_prefix('{') {
            let mut at = 1;
            loop {
                at += rest[at..].len() - rest[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
                if rest[at..].starts_with('}') || at >= inside.len() {
                    return at + 1;
                }
                at += tree(&rest[at..], prefix, found).max(1);
                // The name that it gets here, if any.
                at += rest[at..].find([',', '}']).unwrap_or(0);
            }
        }
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let mut path = prefix.to_vec();
        path.push(rest[..length].to_owned());
        match rest[length..].strip_prefix("::") {
            Some(more) if more.starts_with(|c: char| c.is_alphabetic() || c == '{' || c == '_') => {
                length + 2 + tree(more, &path, found)
            }
            _ => {
                found.insert(path);
                length
            }
        }
    }
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            tree(&code[at + "crate::".len()..], &[], &mut found);
        }
    }
    found
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let code = "use crate::{\n a::{b, c::{self, D as E}},\n f,\n};\nfn x() { crate::g::h(crate::i::J::new()); crate::k::<T>() }";
    let found: Vec<String> = crate_paths(code).iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["a::b", "a::c::D", "a::c::self", "f", "g::h", "i::J::new", "k"]);
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_map_shows_every_slice() {
    let map = fs::read_to_string(root().join("src/lib.rs")).expect("the map");
    let mut shown = BTreeMap::new();
    let mut current = 0;
    for line in map.lines() {
        if let Some(floor) = line.strip_prefix("// Floor ") {
            current = floor[..1].parse().expect("a number");
        } else if let Some(slice) = line.strip_prefix("pub mod ") {
            shown.insert(slice.trim_end_matches(';').to_owned(), current);
        }
    }
    let expected = FLOORS.iter().map(|(slice, floor)| ((*slice).to_owned(), *floor)).collect();
    assert_eq!(shown, expected, "src/lib.rs and this test differ");
}

#[test]
fn arrows_run_downwards() {
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs"]) {
        let from = slice(&name);
        if matches!(from, "lib" | "main") {
            continue;
        }
        for path in crate_paths(&code(&source)) {
            let to = path[0].as_str();
            let fine = to == from || floor(to) < floor(from) || ARROWS.contains(&(from, to));
            if !fine {
                wrong.push(format!("{name} uses {}", path.join("::")));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn store_workflow_and_policy_are_private() {
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs"]) {
        let code = code(&source);
        let from = slice(&name);
        for path in crate_paths(&code).iter().filter(|path| path[0] != from && path[0] != "kernel" && path.len() > 1) {
            let inner = path[1].as_str();
            let open = WRITERS.contains(&from) && matches!(path[0].as_str(), "requirements" | "taxonomy");
            if inner == "store" || (matches!(inner, "workflow" | "policy") && !open) {
                wrong.push(format!("{name} reaches into {}", path.join("::")));
            }
        }
        if name.ends_with("/mod.rs") && name.matches('/').count() == 2 {
            let opens = |module: &str| code.lines().any(|line| line.trim() == format!("pub mod {module};"));
            if opens("store") || (!matches!(from, "requirements" | "taxonomy") && (opens("workflow") || opens("policy"))) {
                wrong.push(format!("{name} opens what is the slice's own"));
            }
        }
        if code.contains("workflow::publish(") && !matches!(from, "decisions" | "requirements") {
            wrong.push(format!("{name} publishes; decisions alone may"));
        }
    }
    assert_none(&wrong);
}

/// A page parses, asks and answers. What it changes, the workflow of its slice changes for it.
#[test]
fn pages_write_through_the_workflow() {
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs"]).into_iter().filter(|(name, _)| name.contains("/pages/")) {
        for path in crate_paths(&code(&source)).iter().filter(|path| path.get(1).is_some_and(|inner| inner == "store")) {
            wrong.push(format!("{name} reaches into {}", path.join("::")));
        }
    }
    assert_none(&wrong);
}

/// The files that may hold SQL.
fn holds_sql(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "src/kernel/db.rs",
        "src/kernel/audit.rs",
        "src/kernel/audit/verify.rs",
        "src/kernel/events.rs",
        "src/kernel/jobs.rs",
        "src/kernel/limits.rs",
        "src/kernel/words.rs",
        "src/requirements/findable.rs",
        // A file for each thing that the slice keeps.
        "src/taxonomy/cpv.rs",
        "src/taxonomy/groups.rs",
    ];
    name.ends_with("/store.rs") || name.contains("/store/") || name.contains("/reads/") || OTHERS.contains(&name)
}

#[test]
fn sql_stands_in_stores_and_reads() {
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs", "sql"]) {
        let code = code(&source);
        let has = [
            "sqlx::query",
            "query!(",
            "query_as!(",
            "query_scalar!(",
            "query_file!(",
            "query_file_as!(",
            "query_file_scalar!(",
            "sqlx::raw_sql",
        ]
        .iter()
        .any(|sign| code.contains(sign));
        if (has || name.ends_with(".sql")) && !holds_sql(&name) {
            wrong.push(format!("{name} holds SQL"));
        }
        if name.contains("/reads/") {
            let lower = code.to_lowercase();
            for verb in ["insert into", "update ", "delete from", "for update"] {
                if lower.contains(verb) {
                    wrong.push(format!("{name} reads, but says “{verb}”"));
                }
            }
        }
        // Every table of the bank is counted, by the names that the database gives them.
        let made_up = code.contains("AssertSqlSafe") && !["src/kernel/db.rs", "src/backup/store.rs"].contains(&name.as_str());
        if made_up {
            wrong.push(format!("{name} puts SQL together at run time"));
        }
    }
    assert_none(&wrong);
}

/// The string literals of a source.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'']) {
        if rest[at..].starts_with('\'') {
            // A character or a lifetime.
            let after = &rest[at + 1..];
            let length = after.char_indices().nth(1).map_or(after.len(), |(next, _)| next);
            rest = if after.starts_with('\\') {
                &after[after[2..].find('\'').map_or(1, |end| end + 3)..]
            } else if after[length..].starts_with('\'') {
                &after[length + 1..]
            } else {
                after
            };
            continue;
        }
        let hashes = rest[..at].chars().rev().take_while(|c| *c == '#').count();
        let raw = rest[..at - hashes].ends_with('r');
        let body = &rest[at + 1..];
        let end = if raw {
            body.find(&format!("\"{}", "#".repeat(hashes))).unwrap_or(body.len())
        } else {
            let mut escaped = false;
            body.find(|c| {
                let end = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                end
            })
            .unwrap_or(body.len())
        };
        found.push(body[..end].to_owned());
        rest = &body[(end + 1).min(body.len())..];
    }
    found
}

#[test]
fn literals_are_found() {
    let code = "f('\"', \"a\\\"b\", r#\"c \"d\" e\"#, '\\'', \"f\")";
    assert_eq!(literals(code), ["a\\\"b", "c \"d\" e", "f"]);
}

/// Whoever reads what not all may see asks the one rule. The files below write, or lock what is to be written, and give
/// nothing to a visitor.
#[test]
fn what_not_all_may_see_is_read_through_the_rule() {
    // What the catalogue holds is asked for through `Viewer::sees`, which a test keeps the same.
    const REVIEWED: &[&str] = &[
        "src/requirements/store/",
        "src/requirements/findable.rs",
        "src/search/store.rs",
        "src/search/catalogue/store.rs",
        // Writes what a permit names, which is locked by the key of its browser.
        "src/selections/store",
        // Puts a version into a draft that was found for whoever drafts, under a permit over its requirement.
        "src/decisions/store/draft.rs",
        // Lists what is the person's own, by name alone.
        "src/portal/reads/own_data.sql",
    ];
    // Functions of the database that ask it themselves.
    const ASKING: &[&str] =
        &["may_see(", "listed_requirement($1, $2", "published_version($1, $2", "opened_selection(", "selection_right("];
    const GUARDED: &[&str] = &[
        "requirement_version",
        "search_document",
        "version_clause",
        "version_english",
        "clause_english",
        "version_reference",
        "version_core",
        "requirement_stop",
        "selection",
        "selection_row",
        "selection_share",
        "event",
    ];
    let guarded = |sql: &str| {
        let words: BTreeSet<&str> = sql.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let is_sql = ["select", "update", "delete", "insert"].iter().any(|verb| words.contains(verb));
        is_sql && GUARDED.iter().any(|table| words.contains(table)) && !ASKING.iter().any(|rule| sql.contains(rule))
    };
    for (migration, name, asks) in [
        ("0015_search_catalogue", "listed_requirement", "may_see("),
        ("0015_search_catalogue", "published_version", "may_see("),
        ("0017_search_words", "findable_document", "may_see("),
        ("0040_selections_of_organisations", "selection_right", "may_see("),
        ("0017_search_words", "found_by_words", "findable_document(of_kind, viewer_level, viewer_orgs"),
    ] {
        let functions = fs::read_to_string(root().join(format!("migrations/{migration}.sql"))).expect("the migration");
        let body = functions.split_once(&format!("create function {name}(")).map_or("", |(_, rest)| rest);
        let body = body.split("\nend;").next().unwrap_or_default();
        let alone = GUARDED.iter().all(|table| !body.contains(&format!("from {table}")));
        assert!(body.contains(asks) && (alone || asks == "may_see("), "{name} asks may_see");
    }
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs", "sql"]) {
        if REVIEWED.iter().any(|file| name.starts_with(file)) || name.starts_with("src/kernel/") {
            continue;
        }
        let statements = if name.ends_with(".sql") { vec![source] } else { literals(&code(&source)) };
        for sql in statements.iter().filter(|sql| guarded(sql)) {
            wrong.push(format!("{name} does not ask may_see: {}…", sql.trim().chars().take(80).collect::<String>()));
        }
    }
    assert_none(&wrong);
}

#[test]
fn routes_and_time_have_one_place_each() {
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs", "sql"]) {
        let code = code(&source);
        let mut only = |place: &str, signs: &[&str], what: &str| {
            if name != place
                && let Some(sign) = signs.iter().find(|sign| code.contains(**sign))
            {
                wrong.push(format!("{name} {what}: {sign}"));
            }
        };
        only("src/kernel/web/routes.rs", &[".route(", ".route_service(", ".nest("], "mounts by itself");
        let clocks = ["now_utc()", "SystemTime::now", "UtcDateTime::now", "Timestamp::now", "Zoned::now", "now_local("];
        only("src/kernel/clock.rs", &clocks, "asks the machine's clock");
        only("", &["use axum::extract::Query", "use axum::Form", "axum::extract::Form"], "takes input without our answers");
    }
    // The clock of the database is another one.
    for (name, source) in files("src", &["rs", "sql"]).into_iter().chain(files("migrations", &["sql"])) {
        let statements = if name.ends_with(".sql") { vec![source] } else { literals(&code(&source)) };
        for sql in statements {
            let sql: String =
                sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n").to_lowercase();
            let words = |sign: &str| sql.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == sign);
            if ["current_timestamp", "current_date", "localtimestamp", "clock_timestamp", "statement_timestamp"]
                .iter()
                .any(|sign| words(sign))
                || sql.contains(" now()")
            {
                wrong.push(format!("{name} asks the database's clock"));
            }
        }
    }
    assert_none(&wrong);
}

/// What people read stands in `locales/`, in both languages.
#[test]
fn texts_stand_in_locales() {
    const ALLOWED: &[(&str, &str)] = &[
        ("src/kernel/web/links.rs", "addresses are Swedish in both languages"),
        ("src/commands.rs", "help of the command line, which is Swedish"),
        ("src/kernel/db.rs", "letters that a database must know"),
        ("src/selections/document/equivalent.rs", "words that are looked for in requirements, which are Swedish"),
    ];
    let swedish = |text: &str| text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']);
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs"]) {
        if ALLOWED.iter().any(|(file, _)| name == *file) {
            continue;
        }
        for text in literals(&code(&source)).iter().filter(|text| swedish(text)) {
            wrong.push(format!("{name}: “{text}”"));
        }
    }
    for (name, source) in files("templates", &["html"]) {
        let mut rest = source.as_str();
        let mut shown = String::new();
        while let Some((before, comment)) = rest.split_once("{#") {
            shown.push_str(before);
            rest = comment.split_once("#}").map_or("", |(_, after)| after);
        }
        shown.push_str(rest);
        for line in shown.lines().filter(|line| swedish(line)) {
            wrong.push(format!("{name}: {}", line.trim()));
        }
    }
    assert_none(&wrong);
}

/// Nothing from anywhere else: no page asks a third party for anything, and no template runs script of its own.
#[test]
fn templates_load_only_from_here() {
    let mut wrong = Vec::new();
    for (name, source) in files("templates", &["html"]).into_iter().chain(files("static", &["css", "js", "svg"])) {
        let lower = source.to_lowercase();
        for sign in [
            "src=\"http",
            "src=\"//",
            "href=\"//",
            "url(http",
            "url(\"http",
            "@import",
            "<style",
            " style=\"",
            "|safe",
            "javascript:",
            " onclick=",
            " onload=",
        ] {
            let fine = name.ends_with(".svg") && matches!(sign, "<style" | " style=\"");
            if lower.contains(sign) && !fine {
                wrong.push(format!("{name} has {sign}"));
            }
        }
    }
    assert_none(&wrong);
}

/// Lines that are neither blank nor comment.
#[test]
fn files_are_short() {
    const LONGEST: usize = 400;
    // One algorithm in three parts that are read together.
    const REVIEWED: &[(&str, usize)] = &[("src/requirements/diff.rs", 500)];
    let mut wrong = Vec::new();
    for (name, source) in files("src", &["rs"]) {
        let lines = code(&source).lines().filter(|line| !line.trim().is_empty()).count();
        let most = REVIEWED.iter().find(|(file, _)| name == *file).map_or(LONGEST, |(_, most)| *most);
        if lines > most {
            wrong.push(format!("{name} has {lines} lines; split it by page or by verb"));
        }
    }
    assert_none(&wrong);
}

/// What is needed is in the repository; nothing points at the place where it was made.
#[test]
fn nothing_outside_the_repository_is_named() {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let skipped = matches!(name.as_str(), "target" | ".git" | "node_modules" | ".dev" | "out");
            if path.is_symlink() || skipped {
                continue;
            }
            if path.is_dir() { collect(&path, found) } else { found.push(path) }
        }
    }
    let mut all = Vec::new();
    collect(root(), &mut all);
    let outside = ["..", "shared"].join("/");
    let wrong: Vec<String> = all
        .iter()
        .filter(|path| fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(&outside)))
        .map(|path| format!("{} names {outside}", path.display()))
        .collect();
    assert_none(&wrong);
}

/// A migration that has landed is never edited: databases out there have run it. `UPDATE_DOCS=1` notes new ones, and only
/// those.
#[test]
fn migrations_that_have_landed_stay_as_they_are() {
    let list = root().join("tests/data/migrations.sha256");
    let noted: BTreeMap<String, String> = fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned())))
        .collect();
    let there: BTreeMap<String, String> = files("migrations", &["sql"])
        .into_iter()
        .map(|(name, text)| (name.trim_start_matches("migrations/").to_owned(), hex::encode(Sha256::digest(text))))
        .collect();
    let mut wrong: Vec<String> = noted
        .iter()
        .filter(|(name, hash)| there.get(*name) != Some(hash))
        .map(|(name, _)| format!("{name} has landed and was changed; write a new migration instead"))
        .collect();
    let numbers: BTreeSet<&str> = there.keys().filter_map(|name| name.split('_').next()).collect();
    if numbers.len() != there.len() {
        wrong.push("two migrations have one number".to_owned());
    }
    if std::env::var_os("UPDATE_DOCS").is_some() && wrong.is_empty() {
        let mut text = String::new();
        for (name, hash) in &there {
            let _ = writeln!(text, "{hash}  {name}");
        }
        fs::write(&list, text).expect("the list is written");
    } else {
        wrong.extend(
            there.keys().filter(|name| !noted.contains_key(*name)).map(|name| format!("{name} is new: UPDATE_DOCS=1 notes it")),
        );
    }
    assert_none(&wrong);
}

/// A form that is sent says for whom it was shown. One with a file says it in its address, since its body is not looked into.
#[test]
fn every_form_that_is_sent_says_for_whom_it_was_shown() {
    let (mut wrong, mut forms) = (Vec::new(), 0);
    for (name, template) in files("templates", &["html"]) {
        for (at, _) in template.match_indices("method=\"post\"") {
            forms += 1;
            let start = template[..at].rfind("<form").expect("a form");
            let end = template[at..].find("</form>").map_or(template.len(), |end| at + end);
            let form = &template[start..end];
            let fine = if form.contains("multipart/form-data") {
                form.contains("with_som(")
            } else {
                form.contains(">{{ layout.som() }}")
            };
            if !fine {
                wrong.push(format!("{name}: {}…", form.chars().take(100).collect::<String>()));
            }
        }
    }
    assert!(forms > 30, "only {forms} forms");
    assert_none(&wrong);
}

/// What is typed into a field for a password or a code never travels with a form that could not be sent.
#[test]
fn fields_of_secrets_are_known_by_their_names() {
    let (mut wrong, mut fields) = (Vec::new(), 0);
    for (name, template) in files("templates", &["html"]) {
        for line in template.lines() {
            let of_macro =
                ["\"password\"", "one-time-code", "field::code(", "field::recovery("].iter().any(|sign| line.contains(sign))
                    && line.contains("field::");
            let of_input = ["type=\"password\"", "autocomplete=\"one-time-code\""].iter().any(|sign| line.contains(sign));
            let field = if of_macro {
                line.split('"').nth(1)
            } else if of_input {
                line.split(" name=\"").nth(1).and_then(|rest| rest.split('"').next())
            } else {
                continue;
            };
            // The macros take the name from the page.
            if field.is_some_and(|field| field.starts_with("{{")) {
                continue;
            }
            fields += 1;
            let known = |field: &str| kravbank::kernel::web::SECRET.iter().any(|secret| field.starts_with(secret));
            if !field.is_some_and(known) {
                wrong.push(format!("{name}: {}", line.trim()));
            }
        }
    }
    assert!(fields >= 4, "only {fields} fields");
    assert_none(&wrong);
}
