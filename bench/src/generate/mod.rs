//! A bank of any size with requirements of real length, the same for the same seed.

mod bank;
mod check;
mod draw;
mod exchange;
mod fill;
mod requirement;
mod rows;
mod words;

pub use bank::{Bank, Cited, Group, TODAY};
pub use check::{Invariant, check};
pub use exchange::exchange;
pub use fill::{Report, fill, groups};
pub use requirement::{Requirement, Valid, Version, make};
pub use words::Words;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{
        Bank, Group, Words,
        draw::{self, Stream, Zipf},
        make,
        rows::Rows,
        words,
    };

    fn bank(seed: u64, count: i64) -> Bank {
        let group = |number: u128| Group {
            id: Uuid::from_u128(number),
            area: "omrade".to_owned(),
            slug: format!("grupp-{number}"),
            names: ("Område".to_owned(), format!("Grupp {number}")),
        };
        Bank::new(seed, count, (1..=20).map(group).collect(), &[]).expect("the repository's files are in the exchange format")
    }

    fn rows(seed: u64, numbers: impl Iterator<Item = i64>) -> Rows {
        let bank = bank(seed, 40);
        let mut rows = Rows::shared(&bank);
        for number in numbers {
            rows.add(&bank, &make(&bank, number));
        }
        rows
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(rows(1, 1..=40), rows(1, 1..=40));
        assert_ne!(rows(1, 1..=40).tables, rows(2, 1..=40).tables);
    }

    #[test]
    fn a_requirement_is_the_same_whatever_was_made_before_it() {
        let bank = bank(1, 40);
        let alone = make(&bank, 17);
        for number in 1..17 {
            make(&bank, number);
        }
        assert_eq!(make(&bank, 17), alone);
        assert_eq!(alone.id, bank.requirement_id(17));
    }

    #[test]
    fn texts_keep_their_length_and_their_parameters() {
        let words = Words::new(1).expect("files");
        let mut rng = draw::stream(1, Stream::Requirement(1));
        let text = "Leverantören ska senast {{dagar}} dagar efter avtalsstart, enligt SS-EN 455-2:2015, lämna rapporten.";
        let varied = words.vary(&mut rng, text, 100);
        assert_eq!(varied.split(' ').count(), text.split(' ').count(), "{varied}");
        assert!(varied.contains("ska senast {{dagar}} ") || varied.contains(" {{dagar}} "), "{varied}");
        assert!(varied.contains("455-2:2015") && varied.ends_with('.') && varied.starts_with(char::is_uppercase), "{varied}");
        assert_ne!(varied, text);
        assert_eq!(words.vary(&mut rng, text, 0), text);
    }

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(words::cut("kort nog", 8), "kort nog");
        assert_eq!(words::cut("åtta tecken och mer", 8), "åtta");
    }

    #[test]
    fn ranks_follow_the_law() {
        let law = Zipf::new(1_000);
        let mut rng = draw::stream(1, Stream::Groups);
        let mut met = [0_u32; 1_000];
        for _ in 0..100_000 {
            met[law.draw(&mut rng)] += 1;
        }
        // 1 / H(1000) is 13.4 %.
        assert!((12_900..13_900).contains(&met[0]), "{}", met[0]);
        assert!((6_300..7_100).contains(&met[1]), "{}", met[1]);
        assert!(met[999] < 60, "{}", met[999]);
    }

    #[test]
    fn weights_are_kept() {
        let mut rng = draw::stream(1, Stream::Groups);
        let mut met = [0_u32; 3];
        for _ in 0..10_000 {
            met[draw::weighted(&mut rng, &[45, 0, 55])] += 1;
        }
        assert!(met[1] == 0 && (4_200..4_800).contains(&met[0]), "{met:?}");
    }
}
