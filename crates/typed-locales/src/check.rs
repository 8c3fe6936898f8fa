//! Both languages side by side.

use crate::error::{Fault, Problem};
use crate::parse::{Found, Locale};
use crate::text::{Argument, Leaf};

/// Tells every key that only one language has, or that differs between them. Swedish sets the
/// standard, so a difference is told of the English file.
pub(crate) fn check(swedish: &Locale, english: &Locale, problems: &mut Vec<Problem>) {
    missing(english, swedish, problems);
    missing(swedish, english, problems);
    for (method, found) in &english.found {
        let (Some(here), Some(there)) = (found.leaf.as_ref(), swedish.found.get(method).and_then(|sv| sv.leaf.as_ref())) else {
            continue;
        };
        if let Some(fault) = difference(here, there, swedish.name()) {
            problems.push(problem(english, found, Some(found.line), fault));
        }
    }
}

/// Tells the keys that `locale` lacks and `other` has.
fn missing(locale: &Locale, other: &Locale, problems: &mut Vec<Problem>) {
    for (method, found) in &other.found {
        if !locale.found.contains_key(method) {
            problems.push(problem(locale, found, None, Fault::Missing(other.name())));
        }
    }
}

fn problem(locale: &Locale, found: &Found, line: Option<usize>, fault: Fault) -> Problem {
    Problem { file: locale.file.clone(), key: Some(found.key.clone()), line, fault }
}

fn difference(here: &Leaf, there: &Leaf, other: String) -> Option<Fault> {
    if here.shape() != there.shape() {
        return Some(Fault::Shape { here: here.shape(), there: there.shape(), other });
    }
    let (ours, theirs) = (here.arguments(), there.arguments());
    let mut differences = Vec::new();
    for argument in &theirs {
        match named(&ours, &argument.name) {
            None => differences.push(format!("`{argument}` is missing")),
            Some(our) if our.kind != argument.kind => {
                differences.push(format!("`{our}` is `{argument}` there"));
            }
            Some(_) => {}
        }
    }
    for argument in &ours {
        if named(&theirs, &argument.name).is_none() {
            differences.push(format!("`{argument}` is not there"));
        }
    }
    (!differences.is_empty()).then(|| Fault::Arguments { other, difference: differences.join(", ") })
}

fn named<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Argument> {
    arguments.iter().find(|argument| argument.name == name)
}
