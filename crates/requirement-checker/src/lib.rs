//! Reads a draft of an environmental procurement requirement in Swedish and gives hints: what a court, a supplier, whoever
//! follows it up or whoever reads it would stumble over. All are advice.
//!
//! It knows nothing of who asks: no clock, no files, no database, and no words of its own for people. A [`Hint`] says what
//! was found ([`Finding`], with what a message needs to say), where ([`Place`]) and in which words ([`Span`]).
//!
//! ```
//! use requirement_checker::{Draft, Finding, Kind, Level, Place, Rule, check};
//!
//! let draft = Draft::new(Kind::TechnicalSpecification, Level::Basic, vec!["Handdukarna ska vara märkta med Svanen."]);
//! let hints = check(&draft);
//! let hint = hints.iter().find(|hint| hint.rule() == Rule::Equivalent).expect("one");
//! assert_eq!(hint.finding, Finding::LabelWithoutEquivalent { name: "Svanen".to_owned() });
//! assert_eq!(hint.place, Place::Clause(1));
//! assert_eq!(hint.span.as_ref().expect("words").quote, "Svanen");
//! ```
//!
//! The rules are made to be right rather than to find everything: a hint that is wrong costs more than one that is missing.
//! Words, patterns and exceptions stand in `rules/*.toml`, with examples of right and wrong that are its tests;
//! [`Rule::examples`] has them for people too.

mod draft;
mod examples;
mod hint;
mod lists;
mod reading;
mod rules;
mod sentences;

pub use draft::{
    Answer, AnswerKind, Award, Definition, Draft, Due, Effort, Evidence, EvidenceKind, FollowUp, Kind, Level, Near, Parameter,
    ParameterKind, Per, Reference, ReferenceKind, Tick,
};
pub use examples::Examples;
pub use hint::{Finding, Hint, Name, Place, Rule, Severity, Span};
pub use rules::{LIKE, MOST_WORDS};

/// What there is to say about a draft, by place. Takes time in proportion to the text; the first call reads the rules.
pub fn check(draft: &Draft<'_>) -> Vec<Hint> {
    rules::find(&reading::Reading::new(draft))
}
