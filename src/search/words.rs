//! What a search by words asks of the database besides the words, made from the question that the catalogue answers: so page
//! and API narrow in one way, and as lists without words do.

use super::catalogue::{Question, standing};

/// How many documents with the words are looked at; a bank in which more have them is not counted through.
pub const MOST: i64 = 10_000;
/// How many hits are put in order of relevance. Where there are more, these are such as have the words in their titles, before
/// any others.
pub const BEST: i64 = 500;
/// No facet is longer. What is can only have been made up, and is compared by its beginning.
const LONGEST: usize = 400;
/// The facets that change with the time; no index knows them.
const STANDING: &str = "standing:";

/// What hits must be, as function `found_by_words` takes it (migration 0017). The facets of a document are lexemes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    /// What has to be there whatever filters choose, as `tsquery`.
    pub must: Option<String>,
    /// What filters choose, as `tsquery`; none where nothing is chosen.
    pub narrow: Option<String>,
    /// Standings, any of which a hit has.
    pub standings: Vec<String>,
    /// Whether a hit's review is overdue.
    pub only_overdue: bool,
}

impl Narrowed {
    /// What a question narrows to; its number is another search.
    pub fn new(question: &Question) -> Self {
        let chosen = |of_time: bool| {
            let filters = question.filters.iter().map(|filter| &filter.chosen).filter(|chosen| !chosen.is_empty());
            filters.filter(move |chosen| chosen.iter().all(|facet| is_of_time(facet)) == of_time)
        };
        let standings = chosen(true).flatten().filter_map(|facet| facet.strip_prefix(STANDING)).map(str::to_owned);
        Self {
            must: all(question.cpv.iter().map(|digits| format!("{}:*", lexeme(&format!("cpv:{digits}"))))),
            narrow: all(chosen(false).map(|chosen| any(chosen))),
            standings: standings.collect(),
            only_overdue: chosen(true).flatten().any(|facet| facet == standing::OVERDUE),
        }
    }
}

fn is_of_time(facet: &str) -> bool {
    facet.starts_with(STANDING) || facet == standing::OVERDUE
}

fn all(conditions: impl Iterator<Item = String>) -> Option<String> {
    let conditions: Vec<String> = conditions.collect();
    (!conditions.is_empty()).then(|| conditions.join(" & "))
}

fn any(facets: &[String]) -> String {
    let lexemes: Vec<String> = facets.iter().map(|facet| lexeme(facet)).collect();
    format!("({})", lexemes.join(" | "))
}

/// A lexeme as a query writes it, whatever characters it has.
fn lexeme(facet: &str) -> String {
    let short: String = facet.chars().take(LONGEST).collect();
    format!("'{}'", short.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use time::{OffsetDateTime, macros::date};

    use super::*;
    use crate::kernel::actor::Viewer;

    fn question() -> Question {
        Question::in_force(&Viewer::anonymous(), OffsetDateTime::UNIX_EPOCH, date!(2026 - 11 - 22))
    }

    #[test]
    fn without_filters_the_standing_alone_narrows() {
        let expected = Narrowed { must: None, narrow: None, standings: vec!["current".to_owned()], only_overdue: false };
        assert_eq!(Narrowed::new(&question()), expected);
    }

    #[test]
    fn choices_of_a_filter_widen_and_filters_narrow() {
        let choose = |facets: &[&str]| facets.iter().map(ToString::to_string).collect();
        let mut question = question()
            .with(&["area:", "group:"], choose(&["area:textil", "group:a/b"]))
            .with(&["level:"], Vec::new())
            .with(&["type:"], choose(&["type:award_criterion"]))
            .with(&["review:"], choose(&[standing::OVERDUE]));
        question.cpv = vec!["33".to_owned(), "331414".to_owned()];
        let narrowed = Narrowed::new(&question);
        assert_eq!(narrowed.narrow.as_deref(), Some("('area:textil' | 'group:a/b') & ('type:award_criterion')"));
        assert_eq!(narrowed.must.as_deref(), Some("'cpv:33':* & 'cpv:331414':*"));
        assert!(narrowed.only_overdue && narrowed.standings == ["current"]);
    }

    #[test]
    fn what_somebody_made_up_stays_one_lexeme() {
        let narrowed = Narrowed::new(&question().with(&["area:"], vec!["area:' | \\' & !x".to_owned(), "\u{f6}".repeat(9_000)]));
        assert_eq!(narrowed.narrow, Some(format!("('area:'' | \\\\'' & !x' | '{}')", "\u{f6}".repeat(LONGEST))));
    }
}
