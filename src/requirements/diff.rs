//! What changed from one version to another: words, clauses by their lasting ids, and the other fields of the core.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;
use similar::{Algorithm, ChangeTag, capture_diff_slices_deadline};
use uuid::Uuid;

use super::{clauses::Clause, content::Core};

/// How long a comparison may search for common words before what remains is shown whole.
const TIME: Duration = Duration::from_millis(200);

/// Marks that are no part of the word they stand at.
const MARKS: [char; 14] = ['.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '"', '”', '“', '…'];

/// A stretch of two texts. Same and Removed together are the old text, Same and Added the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// In the old text only. What takes its place follows it.
    Removed(String),
    /// In the new text only.
    Added(String),
}

impl Piece {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// Compares two texts word by word. Words that changed side by side are one piece, with the blanks between them. Texts that
/// take too long to compare are removed and added whole.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    compare(old, new, Instant::now() + TIME).map_or_else(|| whole(old, new), |compared| compared.pieces)
}

/// What became of a clause. Positions are counted from one. A clause has moved if it stands in another order to the clauses
/// that stayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseChange {
    /// The text is the same.
    Unchanged {
        /// Its lasting id.
        id: Uuid,
        /// Where it stood.
        old_position: usize,
        /// Where it stands.
        new_position: usize,
        /// Whether its place among the others changed.
        moved: bool,
        /// What it says.
        text: String,
    },
    /// Some words changed.
    Changed {
        /// Its lasting id.
        id: Uuid,
        /// Where it stood.
        old_position: usize,
        /// Where it stands.
        new_position: usize,
        /// Whether its place among the others changed.
        moved: bool,
        /// What changed in it.
        pieces: Vec<Piece>,
        /// What it said.
        old: String,
        /// What it says.
        new: String,
    },
    /// Some words were replaced and more than 60 % differ, or the comparison took too long: to be shown whole.
    Rewritten {
        /// Its lasting id.
        id: Uuid,
        /// Where it stood.
        old_position: usize,
        /// Where it stands.
        new_position: usize,
        /// Whether its place among the others changed.
        moved: bool,
        /// What it said.
        old: String,
        /// What it says.
        new: String,
    },
    /// It is new.
    Added {
        /// Its lasting id.
        id: Uuid,
        /// Where it stands.
        new_position: usize,
        /// What it says.
        text: String,
    },
    /// It is gone.
    Removed {
        /// Its lasting id.
        id: Uuid,
        /// Where it stood.
        old_position: usize,
        /// What it said.
        text: String,
    },
}

impl ClauseChange {
    /// The clause's lasting id.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Unchanged { id, .. }
            | Self::Changed { id, .. }
            | Self::Rewritten { id, .. }
            | Self::Added { id, .. }
            | Self::Removed { id, .. } => *id,
        }
    }

    /// Where it stood, from one.
    pub fn old_position(&self) -> Option<usize> {
        match self {
            Self::Unchanged { old_position, .. }
            | Self::Changed { old_position, .. }
            | Self::Rewritten { old_position, .. }
            | Self::Removed { old_position, .. } => Some(*old_position),
            Self::Added { .. } => None,
        }
    }

    /// Where it stands, from one.
    pub fn new_position(&self) -> Option<usize> {
        match self {
            Self::Unchanged { new_position, .. }
            | Self::Changed { new_position, .. }
            | Self::Rewritten { new_position, .. }
            | Self::Added { new_position, .. } => Some(*new_position),
            Self::Removed { .. } => None,
        }
    }

    /// Whether its place among the clauses that stayed changed.
    pub fn moved(&self) -> bool {
        match self {
            Self::Unchanged { moved, .. } | Self::Changed { moved, .. } | Self::Rewritten { moved, .. } => *moved,
            Self::Added { .. } | Self::Removed { .. } => false,
        }
    }
}

/// Compares the clauses of two versions by id, in the order of the new version. A removed clause comes after the one that it
/// stood behind. All texts together have the time that one has in [`words`].
pub fn clauses(old: &[Clause], new: &[Clause]) -> Vec<ClauseChange> {
    let deadline = Instant::now() + TIME;
    let pairs = pairs(old, new);
    let moved = moved(&pairs);
    let mut gone = removed_behind(old, &pairs, &moved);
    let mut list = std::mem::take(&mut gone[0]);
    for (n, clause) in new.iter().enumerate() {
        match pairs[n] {
            None => list.push(ClauseChange::Added { id: clause.id, new_position: n + 1, text: clause.text.clone() }),
            Some(o) => {
                list.push(continued(&old[o], o + 1, clause, n + 1, moved[n], deadline));
                list.append(&mut gone[o + 1]);
            }
        }
    }
    list
}

/// How many clauses became what. Each counts once as changed, added, removed or unchanged; `moved` is counted besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// The text changed, a little or altogether.
    pub changed: usize,
    /// New ones.
    pub added: usize,
    /// Those that are gone.
    pub removed: usize,
    /// The text is the same.
    pub unchanged: usize,
    /// The place among the others changed.
    pub moved: usize,
}

impl Summary {
    /// Counts a list of [`clauses`].
    pub fn of(changes: &[ClauseChange]) -> Self {
        let mut summary = Self::default();
        for change in changes {
            match change {
                ClauseChange::Unchanged { .. } => summary.unchanged += 1,
                ClauseChange::Changed { .. } | ClauseChange::Rewritten { .. } => summary.changed += 1,
                ClauseChange::Added { .. } => summary.added += 1,
                ClauseChange::Removed { .. } => summary.removed += 1,
            }
            summary.moved += usize::from(change.moved());
        }
        summary
    }

    /// Whether every clause stands as it stood.
    pub fn nothing_changed(&self) -> bool {
        self.changed + self.added + self.removed + self.moved == 0
    }
}

/// A field of the core other than its clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Title.
    Title,
    /// Type.
    Kind,
    /// Level.
    Level,
    /// Rationale.
    Rationale,
    /// Proportionality.
    Proportionality,
    /// What the law demands.
    LegalFloor,
    /// Evidence.
    Evidence,
    /// What the tenderer fills in.
    Answer,
    /// How it is valued.
    Award,
    /// Follow-up.
    FollowUp,
    /// What it is met by.
    AppliesTo,
    /// What the buyer fills in.
    Parameters,
    /// Exemptions.
    Exemptions,
    /// Definitions.
    Definitions,
    /// Appendices.
    Appendices,
    /// References.
    References,
}

impl Field {
    /// Every field, in the order of the core.
    pub const ALL: &'static [Self] = &[
        Self::Title,
        Self::Kind,
        Self::Level,
        Self::Rationale,
        Self::Proportionality,
        Self::LegalFloor,
        Self::Evidence,
        Self::Answer,
        Self::Award,
        Self::FollowUp,
        Self::AppliesTo,
        Self::Parameters,
        Self::Exemptions,
        Self::Definitions,
        Self::Appendices,
        Self::References,
    ];

    /// The field's name in the exchange format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kind => "type",
            Self::Level => "level",
            Self::Rationale => "rationale",
            Self::Proportionality => "proportionality",
            Self::LegalFloor => "legal_floor",
            Self::Evidence => "evidence",
            Self::Answer => "answer",
            Self::Award => "award",
            Self::FollowUp => "follow_up",
            Self::AppliesTo => "applies_to",
            Self::Parameters => "parameters",
            Self::Exemptions => "exemptions",
            Self::Definitions => "definitions",
            Self::Appendices => "appendices",
            Self::References => "references",
        }
    }

    /// What the field holds, in the exchange format; null when it is empty.
    pub fn value(self, core: &Core) -> Value {
        match self {
            Self::Title => value(&core.title),
            Self::Kind => value(&core.kind),
            Self::Level => value(&core.level),
            Self::Rationale => value(&core.rationale),
            Self::Proportionality => value(&core.proportionality),
            Self::LegalFloor => value(&core.legal_floor),
            Self::Evidence => value(&core.evidence),
            Self::Answer => value(&core.answer),
            Self::Award => value(&core.award),
            Self::FollowUp => value(&core.follow_up),
            Self::AppliesTo => value(&core.applies_to),
            Self::Parameters => value(&core.parameters),
            Self::Exemptions => value(&core.exemptions),
            Self::Definitions => value(&core.definitions),
            Self::Appendices => value(&core.appendices),
            Self::References => value(&core.references),
        }
    }

    /// The field's text, where it is nothing but text.
    pub fn plain(self, core: &Core) -> Option<&str> {
        match self {
            Self::Title => Some(&core.title),
            Self::Rationale => Some(&core.rationale),
            Self::Proportionality => Some(&core.proportionality),
            Self::LegalFloor => Some(&core.legal_floor),
            _ => None,
        }
    }
}

/// A field that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Which one.
    pub field: Field,
    /// What it held, in the exchange format; null when it was empty.
    pub before: Value,
    /// What it holds; null when it is empty.
    pub after: Value,
    /// What changed, for a plain text that was not rewritten as a clause can be.
    pub pieces: Option<Vec<Piece>>,
}

/// Every field that changed besides the clauses, in the order of [`Field::ALL`].
pub fn fields(old: &Core, new: &Core) -> Vec<FieldChange> {
    let deadline = Instant::now() + TIME;
    Field::ALL
        .iter()
        .map(|field| (*field, field.value(old), field.value(new)))
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| {
            let pieces = field.plain(old).zip(field.plain(new)).and_then(|(old, new)| readable(old, new, deadline));
            FieldChange { field, before, after, pieces }
        })
        .collect()
}

/// A part of the core in the exchange format.
fn value<T: Serialize>(part: &T) -> Value {
    match serde_json::to_value(part) {
        Ok(Value::String(text)) if text.is_empty() => Value::Null,
        Ok(Value::Array(list)) if list.is_empty() => Value::Null,
        // Nothing that was read from the exchange format or the database fails.
        other => other.unwrap_or_default(),
    }
}

/// Which old clause each new one continues.
fn pairs(old: &[Clause], new: &[Clause]) -> Vec<Option<usize>> {
    let mut taken = vec![false; old.len()];
    new.iter()
        .map(|clause| {
            let found = (0..old.len()).find(|o| !taken[*o] && old[*o].id == clause.id)?;
            taken[found] = true;
            Some(found)
        })
        .collect()
}

/// Which new clauses changed their place: all but the longest series that stands in its old order.
fn moved(pairs: &[Option<usize>]) -> Vec<bool> {
    // For each clause that stayed, the length of the longest such series that starts with it.
    let mut series = vec![0; pairs.len()];
    for n in (0..pairs.len()).rev() {
        let Some(place) = pairs[n] else { continue };
        let rest = (n + 1..pairs.len()).filter(|later| pairs[*later] > Some(place)).map(|later| series[later]).max();
        series[n] = 1 + rest.unwrap_or(0);
    }
    let mut missing = series.iter().copied().max().unwrap_or(0);
    let mut last = None;
    let mut moved = vec![false; pairs.len()];
    for (n, place) in pairs.iter().enumerate().filter(|(_, place)| place.is_some()) {
        if series[n] == missing && *place > last {
            missing -= 1;
            last = *place;
        } else {
            moved[n] = true;
        }
    }
    moved
}

/// The removed clauses: at zero those that stood first, at `o + 1` those behind the old clause `o`, which did not move.
fn removed_behind(old: &[Clause], pairs: &[Option<usize>], moved: &[bool]) -> Vec<Vec<ClauseChange>> {
    let mut gone = vec![Vec::new(); old.len() + 1];
    let mut behind = 0;
    for (o, clause) in old.iter().enumerate() {
        match pairs.iter().position(|pair| *pair == Some(o)) {
            None => gone[behind].push(ClauseChange::Removed { id: clause.id, old_position: o + 1, text: clause.text.clone() }),
            Some(n) if !moved[n] => behind = o + 1,
            Some(_) => {}
        }
    }
    gone
}

/// What became of a clause that is in both versions.
fn continued(
    was: &Clause,
    old_position: usize,
    is: &Clause,
    new_position: usize,
    moved: bool,
    deadline: Instant,
) -> ClauseChange {
    let id = is.id;
    if was.text == is.text {
        return ClauseChange::Unchanged { id, old_position, new_position, moved, text: is.text.clone() };
    }
    let (old, new) = (was.text.clone(), is.text.clone());
    match readable(&old, &new, deadline) {
        Some(pieces) => ClauseChange::Changed { id, old_position, new_position, moved, pieces, old, new },
        None => ClauseChange::Rewritten { id, old_position, new_position, moved, old, new },
    }
}

/// What changed in a text, unless that is better shown by the two texts as wholes.
fn readable(old: &str, new: &str, deadline: Instant) -> Option<Vec<Piece>> {
    compare(old, new, deadline).filter(|compared| !compared.is_rewritten()).map(|compared| compared.pieces)
}

/// Two texts side by side, and how many words they share.
#[derive(Default)]
struct Compared {
    pieces: Vec<Piece>,
    kept: usize,
    removed: usize,
    added: usize,
}

impl Compared {
    /// Words were replaced, and more than 60 % of both texts' words are in one of them only. A text that only grew or
    /// shrank reads well however much it did.
    fn is_rewritten(&self) -> bool {
        let differ = self.removed + self.added;
        self.removed > 0 && self.added > 0 && differ * 100 > (differ + 2 * self.kept) * 60
    }
}

/// The old text removed and the new one added, as wholes.
fn whole(old: &str, new: &str) -> Vec<Piece> {
    let mut run = Run { removed: old.to_owned(), added: new.to_owned() };
    let mut pieces = Vec::new();
    run.close(&mut pieces);
    pieces
}

/// Compares word by word; none if that is not done by the deadline.
fn compare(old: &str, new: &str, deadline: Instant) -> Option<Compared> {
    let (old, old_end) = tokens(old);
    let (new, new_end) = tokens(new);
    let old_words: Vec<&str> = old.iter().map(|token| token.word).collect();
    let new_words: Vec<&str> = new.iter().map(|token| token.word).collect();
    let steps = capture_diff_slices_deadline(Algorithm::Patience, &old_words, &new_words, Some(deadline));
    if Instant::now() > deadline {
        return None;
    }
    let mut compared = Compared::default();
    let mut run = Run::default();
    for change in steps.iter().flat_map(|step| step.iter_changes(&old_words, &new_words)) {
        let was = change.old_index().map(|o| old[o]).unwrap_or_default();
        let is = change.new_index().map(|n| new[n]).unwrap_or_default();
        run.removed.push_str(was.blank);
        run.added.push_str(is.blank);
        let counts = usize::from(change.value().chars().any(|c| !MARKS.contains(&c)));
        match change.tag() {
            ChangeTag::Equal => {
                run.close(&mut compared.pieces);
                push_same(&mut compared.pieces, is.word);
                compared.kept += counts;
            }
            ChangeTag::Delete => {
                run.removed.push_str(was.word);
                compared.removed += counts;
            }
            ChangeTag::Insert => {
                run.added.push_str(is.word);
                compared.added += counts;
            }
        }
    }
    run.removed.push_str(old_end);
    run.added.push_str(new_end);
    run.close(&mut compared.pieces);
    Some(compared)
}

/// A word or a mark, and the blank before it.
#[derive(Debug, Clone, Copy, Default)]
struct Token<'a> {
    blank: &'a str,
    word: &'a str,
}

/// The words and marks of a text, and the blank at its end.
fn tokens(text: &str) -> (Vec<Token<'_>>, &str) {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        let (blank, words) = rest.split_at(rest.len() - rest.trim_start().len());
        if words.is_empty() {
            return (tokens, blank);
        }
        let (chunk, after) = words.split_at(words.find(char::is_whitespace).unwrap_or(words.len()));
        push_chunk(&mut tokens, blank, chunk);
        rest = after;
    }
}

/// Takes what stands between two blanks apart into marks, a word with the marks inside it, and marks: `(0,3` `)` `.`.
fn push_chunk<'a>(tokens: &mut Vec<Token<'a>>, blank: &'a str, chunk: &'a str) {
    let (front, rest) = chunk.split_at(chunk.len() - chunk.trim_start_matches(MARKS).len());
    let (word, back) = rest.split_at(rest.trim_end_matches(MARKS).len());
    let marks = |text: &'a str| text.split_inclusive(|_: char| true);
    let parts = marks(front).chain(Some(word).filter(|word| !word.is_empty())).chain(marks(back));
    tokens.extend(parts.enumerate().map(|(place, word)| Token { blank: if place == 0 { blank } else { "" }, word }));
}

/// Changes side by side.
#[derive(Default)]
struct Run {
    removed: String,
    added: String,
}

impl Run {
    /// Adds the run to the pieces and empties it. Blanks that both sides begin or end with are the same.
    fn close(&mut self, pieces: &mut Vec<Piece>) {
        let Self { removed, added } = std::mem::take(self);
        let front = shared_blank(removed.chars(), added.chars());
        let (blank, removed) = removed.split_at(front);
        let added = added.split_at(front).1;
        let back = shared_blank(removed.chars().rev(), added.chars().rev());
        let (removed, end) = removed.split_at(removed.len() - back);
        let added = added.split_at(added.len() - back).0;
        push_same(pieces, blank);
        if !removed.is_empty() {
            pieces.push(Piece::Removed(removed.to_owned()));
        }
        if !added.is_empty() {
            pieces.push(Piece::Added(added.to_owned()));
        }
        push_same(pieces, end);
    }
}

/// How many bytes of blank two texts begin with alike.
fn shared_blank(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b && a.is_whitespace()).map(|(a, _)| a.len_utf8()).sum()
}

/// Adds to the last piece if that is the same in both texts too.
fn push_same(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Same(before)) => before.push_str(text),
        _ => pieces.push(Piece::Same(text.to_owned())),
    }
}
