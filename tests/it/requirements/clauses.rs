//! Which clause of a new version is which clause of the one before.

use std::collections::HashSet;

use kravbank::requirements::clauses::{Clause, carry_ids, likeness};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

fn old(texts: &[&str]) -> Vec<Clause> {
    (1..).zip(texts).map(|(id, text)| Clause { id: Uuid::from_u128(id), text: (*text).to_owned() }).collect()
}

/// For each new text the place of the old clause that it continues, from 1; 0 for a new one.
fn carried(before: &[&str], after: &[&str]) -> Vec<u128> {
    let after: Vec<String> = after.iter().map(|text| (*text).to_owned()).collect();
    let clauses = carry_ids(&old(before), &after);
    clauses.iter().map(|clause| if clause.id.as_u128() <= before.len() as u128 { clause.id.as_u128() } else { 0 }).collect()
}

#[test]
fn equal_text_keeps_its_id_wherever_it_goes() {
    assert_eq!(carried(&["Ett.", "Två.", "Tre."], &["Tre.", "Ett.", "Två."]), [3, 1, 2]);
    assert_eq!(carried(&["Samma.", "Samma."], &["Samma.", "Samma.", "Samma."]), [1, 2, 0], "one each, in order");
}

#[test]
fn changed_text_goes_to_the_nearest() {
    let long = "Handskarna ska vara fria från ftalater i alla delar av varan";
    assert_eq!(carried(&[long], &["Handskarna ska vara fria från bisfenoler i alla delar av varan"]), [1]);
    assert_eq!(carried(&[long], &["Leverantören redovisar sin energianvändning varje år"]), [0]);
    // An equal one comes first, however like another is.
    assert_eq!(carried(&[long], &[&format!("{long} nu"), long]), [0, 1]);
    // The nearer of two candidates wins, not the first.
    assert_eq!(carried(&["a b c d e"], &["a b c x y", "a b c d x"]), [0, 1]);
    assert_eq!(carried(&["a b c d e", "a b c d f"], &["a b c d f g", "a b c d e g"]), [2, 1]);
}

#[test]
fn sixty_per_cent_is_enough() {
    assert_eq!(carried(&["a b c d e"], &["a b c x y"]), [1], "3 of 5 words");
    assert_eq!(carried(&["a b c d e"], &["a b x y z"]), [0], "2 of 5 words");
    assert!((likeness("a b c d e", "a b c x y") - 0.6).abs() < 1e-6);
    assert!((likeness("", "") - 1.0).abs() < 1e-6);
    assert!(likeness("a", "") < 1e-6);
}

#[test]
fn two_hundred_clauses_find_their_own_whatever_they_say() {
    // Every clause like every other but for one word in thirty, and turned around: as much work as there can be.
    let clause = |n: usize, at: usize| -> String {
        let word = |w: usize| if w == at { format!("stycke-{n}") } else { format!("ord-{w}") };
        (0..30).map(word).collect::<Vec<_>>().join(" ")
    };
    let before: Vec<String> = (0..200).map(|n| clause(n, 3)).collect();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let after: Vec<String> = (0..200).rev().map(|n| format!("{} nu", clause(n, 3))).collect();
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    let expected: Vec<u128> = (1..=200).rev().collect();
    assert_eq!(carried(&before, &after), expected);
    // The same words in another order, each clause a thousand letters: what is too much to look at is taken by what it shares.
    let turned: Vec<String> =
        (0..200).map(|n| (0..150).map(|w| format!("ord-{}", (w * 7 + n) % 150)).collect::<Vec<_>>().join(" ")).collect();
    let straight: Vec<String> =
        (0..200).map(|n| (0..150).map(|w| format!("ord-{}", (w * 11 + n) % 150)).collect::<Vec<_>>().join(" ")).collect();
    let (turned, straight): (Vec<&str>, Vec<&str>) =
        (turned.iter().map(String::as_str).collect(), straight.iter().map(String::as_str).collect());
    let once = carried(&turned, &straight);
    assert_eq!(once, carried(&turned, &straight));
    assert!(once.iter().filter(|id| **id > 0).count() > 100, "{once:?}");
}

fn text() -> impl Strategy<Value = String> {
    vec(prop::sample::select(vec!["a", "b", "c", "ska", "å", "\u{0}", "{{x}}"]), 0..8).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn ids_are_kept_once_and_texts_as_they_are(before in vec(text(), 0..12), after in vec(text(), 0..12)) {
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let before = old(&before);
        let clauses = carry_ids(&before, &after);
        prop_assert_eq!(clauses.iter().map(|c| c.text.clone()).collect::<Vec<_>>(), after.clone());
        let ids: HashSet<Uuid> = clauses.iter().map(|c| c.id).collect();
        prop_assert_eq!(ids.len(), clauses.len(), "one id for one clause");
        // As many equal texts keep their ids as there are on the side that has fewer.
        for text in &after {
            let was: HashSet<Uuid> = before.iter().filter(|c| c.text == *text).map(|c| c.id).collect();
            let copies = after.iter().filter(|t| *t == text).count();
            let kept = clauses.iter().filter(|c| c.text == *text && was.contains(&c.id)).count();
            prop_assert_eq!(kept, was.len().min(copies));
        }
        // An id that a changed text carries is that of a text like it.
        for clause in &clauses {
            if let Some(was) = before.iter().find(|c| c.id == clause.id) {
                prop_assert!(likeness(&was.text, &clause.text) >= 0.6);
            }
        }
        // Twice the same gives the same old ids.
        let again = carry_ids(&before, &after);
        for (one, other) in clauses.iter().zip(&again) {
            prop_assert_eq!(before.iter().any(|c| c.id == one.id), before.iter().any(|c| c.id == other.id));
        }
    }

    #[test]
    fn likeness_is_a_share_of_what_both_have(a in text(), b in text()) {
        let share = likeness(&a, &b);
        prop_assert!((0.0..=1.0).contains(&share));
        prop_assert!((likeness(&a, &a) - 1.0).abs() < 1e-6);
        // No more than the words of the one that stand in the other; nothing where they have none in common.
        let in_common = a.split_whitespace().filter(|word| b.split_whitespace().any(|other| other == *word)).count();
        let all = a.split_whitespace().count() + b.split_whitespace().count();
        if all > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a few words")]
            let most = 2.0 * in_common as f32 / all as f32;
            prop_assert!(share <= most + 1e-6, "{share} {most}");
        }
    }
}
