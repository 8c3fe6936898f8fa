//! What changed between two versions: nothing lost, nothing invented, readable.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use kravbank::requirements::{
    clauses::Clause,
    content::Core,
    diff::{ClauseChange, Field, FieldChange, Piece, Summary, clauses, fields, words},
};
use proptest::{collection::vec, prelude::*, sample::subsequence};
use serde_json::{Value, json};
use uuid::Uuid;

/// `högst [-0,3-]{+0,1+} %`
fn marked(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        })
        .collect()
}

fn compared(old: &str, new: &str) -> String {
    marked(&words(old, new))
}

fn old_text(pieces: &[Piece]) -> String {
    pieces.iter().filter(|piece| !matches!(piece, Piece::Added(_))).map(Piece::text).collect()
}

fn new_text(pieces: &[Piece]) -> String {
    pieces.iter().filter(|piece| !matches!(piece, Piece::Removed(_))).map(Piece::text).collect()
}

fn clause(id: u128, text: &str) -> Clause {
    Clause { id: Uuid::from_u128(id), text: text.to_owned() }
}

/// One line a clause: what became of it, where it stood, where it stands, `~` if it moved, what it says.
fn told(old: &[Clause], new: &[Clause]) -> Vec<String> {
    let place = |position: Option<usize>| position.map_or("–".to_owned(), |position| position.to_string());
    clauses(old, new)
        .iter()
        .map(|change| {
            let (what, text) = match change {
                ClauseChange::Unchanged { text, .. } => ("same", text.clone()),
                ClauseChange::Changed { pieces, .. } => ("changed", marked(pieces)),
                ClauseChange::Rewritten { old, new, .. } => ("rewritten", format!("{old} → {new}")),
                ClauseChange::Added { text, .. } => ("added", text.clone()),
                ClauseChange::Removed { text, .. } => ("removed", text.clone()),
            };
            let moved = if change.moved() { "~" } else { "" };
            format!("{what} {}→{}{moved}: {text}", place(change.old_position()), place(change.new_position()))
        })
        .collect()
}

fn core(more: &Value) -> Core {
    let mut core = json!({"title": "Handskar", "text": ["Ett."], "type": "technical_specification", "level": "basic"});
    for (name, value) in more.as_object().unwrap() {
        core[name] = value.clone();
    }
    serde_json::from_value(core).unwrap()
}

#[test]
fn a_changed_number_is_marked_alone() {
    assert_eq!(
        compared("Halten får vara högst 0,3 viktprocent (0,3 %).", "Halten får vara högst 0,1 viktprocent (0,1 %)."),
        "Halten får vara högst [-0,3-]{+0,1+} viktprocent ([-0,3-]{+0,1+} %)."
    );
}

#[test]
fn marks_at_a_word_are_no_part_of_it() {
    assert_eq!(
        compared("Det gäller nya avtal.", "Det gäller nya avtal, även tillägg."),
        "Det gäller nya avtal{+, även tillägg+}."
    );
    assert_eq!(compared("enligt {{standard}}.", "enligt \"{{standard}}\"."), "enligt {+\"+}{{standard}}{+\"+}.");
    assert_eq!(compared("Se https://a.se/x.", "Se https://a.se/y."), "Se [-https://a.se/x-]{+https://a.se/y+}.");
}

#[test]
fn words_changed_side_by_side_are_one_piece() {
    assert_eq!(
        compared("Leverantören ska varje år lämna en rapport.", "Leverantören ska på beställarens begäran lämna en rapport."),
        "Leverantören ska [-varje år-]{+på beställarens begäran+} lämna en rapport."
    );
    assert_eq!(compared("a b c d", "a d"), "a [-b c -]d");
    assert_eq!(compared("b c d", "d"), "[-b c -]d");
    assert_eq!(compared("a", "a b c"), "a{+ b c+}");
}

#[test]
fn blanks_are_compared_too() {
    assert_eq!(compared("ett\n\ntvå", "ett två"), "ett[-\n\n-]{+ +}två");
    assert_eq!(compared("ett  två ", "ett två"), "ett [- -]två[- -]");
}

#[test]
fn texts_that_are_empty_or_alike_need_few_pieces() {
    assert_eq!(words("", ""), []);
    assert_eq!(words("å ä ö", "å ä ö"), [Piece::Same("å ä ö".to_owned())]);
    assert_eq!(words("", "nytt"), [Piece::Added("nytt".to_owned())]);
    assert_eq!(words("gammalt", ""), [Piece::Removed("gammalt".to_owned())]);
}

#[test]
fn texts_that_take_too_long_are_shown_whole() {
    let noise = |seed: u64| {
        let step = |n: &u64| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        let words: Vec<String> =
            std::iter::successors(Some(seed), step).skip(1).take(60_000).map(|n| format!("w{}", (n >> 33) % 50)).collect();
        words.join(" ")
    };
    let (old, new) = (noise(1), noise(2));
    let begun = Instant::now();
    let pieces = words(&old, &new);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(pieces, [Piece::Removed(old), Piece::Added(new)]);
}

#[test]
fn clauses_are_aligned_by_id() {
    let old = [
        clause(1, "Handskarna ska vara puderfria."),
        clause(2, "Halten får vara högst 0,3 %."),
        clause(3, "Äldre intyg godtas."),
        clause(4, "Uppgifter lämnas årligen av leverantören."),
    ];
    let new = [
        clause(1, "Handskarna ska vara puderfria."),
        clause(5, "Förpackningen ska kunna återvinnas."),
        clause(2, "Halten får vara högst 0,1 %."),
        clause(4, "På begäran redovisas allt som efterfrågas."),
    ];
    assert_eq!(
        told(&old, &new),
        [
            "same 1→1: Handskarna ska vara puderfria.",
            "added –→2: Förpackningen ska kunna återvinnas.",
            "changed 2→3: Halten får vara högst [-0,3-]{+0,1+} %.",
            "removed 3→–: Äldre intyg godtas.",
            "rewritten 4→4: Uppgifter lämnas årligen av leverantören. → På begäran redovisas allt som efterfrågas.",
        ]
    );
    let summary = Summary::of(&clauses(&old, &new));
    assert_eq!(summary, Summary { changed: 2, added: 1, removed: 1, unchanged: 1, moved: 0 });
    assert!(!summary.nothing_changed());
    assert!(Summary::of(&clauses(&old, &old)).nothing_changed());
}

#[test]
fn only_what_changed_its_order_has_moved() {
    let old = [clause(1, "a"), clause(2, "b"), clause(3, "c"), clause(4, "d")];
    let new = [clause(4, "d"), clause(1, "a"), clause(2, "b"), clause(3, "c")];
    assert_eq!(told(&old, &new), ["same 4→1~: d", "same 1→2: a", "same 2→3: b", "same 3→4: c"]);
    let shorter = [clause(2, "b"), clause(4, "d")];
    assert_eq!(told(&old, &shorter), ["removed 1→–: a", "same 2→1: b", "removed 3→–: c", "same 4→2: d"]);
}

#[test]
fn a_removed_clause_stays_behind_the_one_that_stayed() {
    let old = [clause(1, "a"), clause(2, "b"), clause(3, "c"), clause(4, "d"), clause(5, "e")];
    let new = [clause(3, "c"), clause(1, "a"), clause(6, "f"), clause(5, "e")];
    assert_eq!(
        told(&old, &new),
        ["removed 2→–: b", "same 3→1: c", "removed 4→–: d", "same 1→2~: a", "added –→3: f", "same 5→4: e"]
    );
}

#[test]
fn a_clause_that_only_grew_is_not_rewritten() {
    let grown =
        "Papperet ska vara svanenmärkt, eller uppfylla kraven i annan likvärdig märkning av typ I som omfattar hela livscykeln.";
    assert_eq!(
        told(&[clause(1, "Papperet ska vara svanenmärkt.")], &[clause(1, grown)]),
        [
            "changed 1→1: Papperet ska vara svanenmärkt{+, eller uppfylla kraven i annan likvärdig märkning av typ I som omfattar hela livscykeln+}."
        ]
    );
}

#[test]
fn every_field_but_the_clauses_is_compared() {
    let full = core(&json!({
        "rationale": "r", "proportionality": "p", "legal_floor": "l", "evidence": [{"kind": "label", "text": "Svanen"}],
        "answer": {"kind": "number", "unit": "%", "max": 0.3}, "award": {"model": "points", "explanation": "e"},
        "follow_up": {"method": "m", "effort": "small"}, "applies_to": {"kinds": ["goods"]},
        "parameters": [{"key": "halt", "label": "Halt", "kind": "percent"}],
        "exemptions": [{"what": "w", "reason": "r", "until": "2027-06-30"}], "definitions": [{"term": "t", "text": "x"}],
        "appendices": [{"title": "t", "text": "x"}], "references": [{"name": "LOU", "kind": "law"}],
    }));
    let exchanged = serde_json::to_value(&full).unwrap();
    let names: BTreeSet<&str> =
        exchanged.as_object().unwrap().keys().map(String::as_str).filter(|name| *name != "text").collect();
    assert_eq!(names, Field::ALL.iter().map(|field| field.code()).collect());
    for field in Field::ALL {
        assert_eq!(field.value(&full), exchanged[field.code()], "{}", field.code());
    }
    let plain: Vec<&str> = Field::ALL.iter().filter(|field| field.plain(&full).is_some()).map(|field| field.code()).collect();
    assert_eq!(plain, ["title", "rationale", "proportionality", "legal_floor"]);
    assert_eq!(fields(&full, &full), []);
    let bare = core(&json!({}));
    let changed: Vec<Field> = fields(&bare, &full).iter().map(|change| change.field).collect();
    assert_eq!(
        changed,
        Field::ALL.iter().copied().filter(|field| !["title", "type", "level"].contains(&field.code())).collect::<Vec<_>>()
    );
    assert!(fields(&bare, &full).iter().all(|change| change.before.is_null() && !change.after.is_null()));
}

#[test]
fn changed_fields_say_before_and_after() {
    let old = core(&json!({"rationale": "Ftalater stör hormoner.", "legal_floor": "Reach gäller."}));
    let new = core(&json!({
        "level": "advanced", "rationale": "Vissa ftalater stör hormoner.", "legal_floor": "Lagen säger inget.",
        "evidence": [{"kind": "label", "text": "Svanen"}],
    }));
    let changes = fields(&old, &new);
    assert_eq!(changes[0], FieldChange { field: Field::Level, before: json!("basic"), after: json!("advanced"), pieces: None });
    assert_eq!(changes[1].field, Field::Rationale);
    assert_eq!(marked(changes[1].pieces.as_ref().unwrap()), "[-Ftalater-]{+Vissa ftalater+} stör hormoner.");
    assert_eq!(
        changes[2],
        FieldChange {
            field: Field::LegalFloor,
            before: json!("Reach gäller."),
            after: json!("Lagen säger inget."),
            pieces: None
        }
    );
    assert_eq!(
        changes[3],
        FieldChange {
            field: Field::Evidence,
            before: Value::Null,
            after: json!([{"kind": "label", "text": "Svanen"}]),
            pieces: None
        }
    );
    assert_eq!(changes.len(), 4);
}

/// Words of which some recur, marks, Swedish letters, emoji, line breaks.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-cåäö]{1,2}",
        2 => prop::sample::select(vec!["👩‍🔬", "🌍", "{{halt}}", "0,3", "§ 9:12", "CO₂", "e\u{301}", "#️⃣"]).prop_map(str::to_owned),
        2 => "[.,:;!?()\"”…–-]{1,3}",
        6 => "[ \n\t\u{a0}]{1,2}",
        1 => "\\PC{0,6}",
    ];
    vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// Two versions: some of ten clauses each, in any order, with texts of their own.
fn versions() -> impl Strategy<Value = (Vec<Clause>, Vec<Clause>)> {
    let version = || {
        let ids = subsequence((1..=10_u128).collect::<Vec<_>>(), 0..=10).prop_shuffle();
        ids.prop_flat_map(|ids| {
            let texts = vec("[ab](,? [ab]){0,3}", ids.len());
            texts.prop_map(move |texts| ids.iter().zip(texts).map(|(id, text)| clause(*id, &text)).collect())
        })
    };
    (version(), version())
}

proptest! {
    #[test]
    fn pieces_make_up_both_texts(old in text(), new in text()) {
        let pieces = words(&old, &new);
        prop_assert_eq!(old_text(&pieces), &old[..]);
        prop_assert_eq!(new_text(&pieces), &new[..]);
        prop_assert!(pieces.iter().all(|piece| !piece.text().is_empty()));
        for pair in pieces.windows(2) {
            match (&pair[0], &pair[1]) {
                (Piece::Removed(removed), Piece::Added(added)) => prop_assert_ne!(removed, added),
                (before, after) => {
                    let one_is_same = matches!(before, Piece::Same(_)) != matches!(after, Piece::Same(_));
                    prop_assert!(one_is_same, "{:?}", pieces);
                }
            }
        }
        // A blank that both texts have does not part two changes.
        for three in pieces.windows(3) {
            if let [Piece::Removed(_) | Piece::Added(_), Piece::Same(between), Piece::Removed(_) | Piece::Added(_)] = three {
                prop_assert!(!between.trim().is_empty(), "{:?}", pieces);
            }
        }
    }

    #[test]
    fn a_text_is_the_same_as_itself(text in text()) {
        prop_assert!(words(&text, &text).iter().all(|piece| *piece == Piece::Same(text.clone())));
    }

    #[test]
    fn every_clause_is_there_once((old, new) in versions()) {
        let changes = clauses(&old, &new);
        let mut stood: Vec<usize> = changes.iter().filter_map(ClauseChange::old_position).collect();
        stood.sort_unstable();
        prop_assert_eq!(stood, (1..=old.len()).collect::<Vec<_>>());
        let stands: Vec<usize> = changes.iter().filter_map(ClauseChange::new_position).collect();
        prop_assert_eq!(stands, (1..=new.len()).collect::<Vec<_>>());
        for change in &changes {
            let was = change.old_position().map(|position| &old[position - 1]);
            let is = change.new_position().map(|position| &new[position - 1]);
            prop_assert!(was.into_iter().chain(is).all(|clause| clause.id == change.id()));
            match change {
                ClauseChange::Unchanged { text, .. } => {
                    prop_assert!(was.zip(is).is_some_and(|(was, is)| was.text == *text && is.text == *text));
                }
                ClauseChange::Changed { pieces, old, new, .. } => {
                    prop_assert_eq!(old, &old_text(pieces));
                    prop_assert_eq!(new, &new_text(pieces));
                    prop_assert!(was.zip(is).is_some_and(|(was, is)| was.text == *old && is.text == *new && old != new));
                }
                ClauseChange::Rewritten { old, new, .. } => {
                    prop_assert!(was.zip(is).is_some_and(|(was, is)| was.text == *old && is.text == *new && old != new));
                }
                ClauseChange::Added { text, id, .. } => {
                    prop_assert!(is.is_some_and(|is| is.text == *text) && old.iter().all(|clause| clause.id != *id));
                }
                ClauseChange::Removed { text, id, .. } => {
                    prop_assert!(was.is_some_and(|was| was.text == *text) && new.iter().all(|clause| clause.id != *id));
                }
            }
        }
    }

    #[test]
    fn what_has_not_moved_stands_in_its_order((old, new) in versions()) {
        let changes = clauses(&old, &new);
        let steady: Vec<usize> = changes.iter().filter(|change| !change.moved()).filter_map(ClauseChange::old_position).collect();
        prop_assert!(steady.is_sorted(), "{:?}", steady);
    }
}
