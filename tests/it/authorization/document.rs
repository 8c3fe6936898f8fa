//! `docs/rights.md` is made from the code and the tables of these tests.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use kravbank::{
    kernel::{
        actor::{Role, System},
        rights::Right,
        web::Language,
    },
    server,
};

use super::{
    objects::TABLES,
    requirements::{STATES, expected, expected_of_preparers},
};

/// `docs/rights.md`, made from the code: the rights with their holders, and every route with the right that it takes.
fn rights_document() -> String {
    let mut text = String::from(
        "# Rights\n\nWho may do what, and what each address takes. Made from `src/kernel/rights.rs` and the routes by \
         `tests/it/authorization` (`UPDATE_DOCS=1 cargo test rights` writes it anew). What is not listed is denied.\n\n",
    );
    let roles = Role::ALL.map(|role| format!("{role:?}")).join(" | ");
    let _ = writeln!(text, "| Right | Visitor | {roles} |\n|---|{}", "---|".repeat(Role::ALL.len() + 1));
    let mark = |yes: bool| if yes { "✓" } else { "" };
    for right in Right::ALL {
        let holders = Role::ALL.map(|role| mark(right.of(role))).join(" | ");
        let _ = writeln!(text, "| {right:?} | {} | {holders} |", mark(right.of_visitor()));
    }
    let systems = [System::CommandLine, System::Example, System::Import, System::Job];
    let _ = writeln!(
        text,
        "\nThe program itself, where it acts without a person:\n\n| Right | {} |\n|---|{}",
        systems.map(|system| format!("{system:?}")).join(" | "),
        "---|".repeat(systems.len())
    );
    for right in Right::ALL {
        let _ = writeln!(text, "| {right:?} | {} |", systems.map(|system| mark(right.of_system(system))).join(" | "));
    }
    text.push_str(
        "\n\"Asks again\": whoever sends it has proved within ten minutes who they are, or proves it first.\n\n\
         | Method | Address | Also under `/en` | Takes | Asks again |\n|---|---|---|---|---|\n",
    );
    let routes = server::routes();
    let mut rows: BTreeMap<(&str, String), String> = BTreeMap::new();
    for route in routes.list() {
        let row = format!(
            "| {} | `{}` | {} | {:?} | {} |",
            route.method,
            route.path,
            mark(route.language == Language::Both),
            route.right,
            mark(route.proved)
        );
        let twice = rows.insert((route.path, route.method.to_string()), row);
        assert_eq!(twice, None, "one address twice");
    }
    for row in rows.values() {
        let _ = writeln!(text, "{row}");
    }
    text.push('\n');
    text.push_str(&requirements_by_state());
    text.push('\n');
    text.push_str(TABLES);
    text
}

/// What is answered at the addresses of a requirement, state by state.
fn requirements_by_state() -> String {
    let mut text = String::from(
        "# Answers by state\n\nWhat the tests ask for, whoever asks, in every state that a thing can have. Whoever lacks the right of an \
         address is led to sign in (303), or told so (401, 403); that stands in no row.\n\n## Requirements\n\n",
    );
    let states = STATES.map(|(name, _, _)| name).join(" | ");
    let _ = writeln!(text, "| Route | Who | {states} |\n|---|---|{}", "---|".repeat(STATES.len()));
    for route in server::routes().list() {
        for (who, statuses) in [("anybody", expected(route.path)), ("who prepares or decides", expected_of_preparers(route.path))]
        {
            if let Some(statuses) = statuses {
                let statuses = statuses.map(|status| status.to_string()).join(" | ");
                let _ = writeln!(text, "| {} `{}` | {who} | {statuses} |", route.method, route.path);
            }
        }
    }
    text
}

#[test]
fn the_document_of_rights_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rights.md");
    let expected = rights_document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("it is written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == expected, "docs/rights.md is stale: UPDATE_DOCS=1 cargo test rights");
}
