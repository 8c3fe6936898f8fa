//! A property of the product in a qualification requirement. One hint a clause.

use std::sync::LazyLock;

use crate::{
    Finding, Hint, Kind, Per, Place, Rule,
    lists::List,
    reading::{Clause, Reading},
};

static PROPERTIES: LazyLock<List> = LazyLock::new(|| Rule::Qualification.list("properties"));
static SUPPLIER: LazyLock<List> = LazyLock::new(|| Rule::Qualification.list("supplier"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    if reading.draft.kind != Kind::Qualification {
        return Vec::new();
    }
    let in_clause = |clause: &Clause<'_>| {
        let about_supplier = |range: &std::ops::Range<usize>| SUPPLIER.is_in(&clause.text[range.clone()]);
        let about_product = clause.sentences.iter().filter(|one| !about_supplier(&one.range));
        let hit = about_product.into_iter().find_map(|one| PROPERTIES.find_in(clause.text, &one.range).into_iter().next())?;
        let words = clause.text[hit.range.clone()].to_owned();
        Some(Hint::on(clause.place, clause.text, hit.range, Finding::ProductInQualification { words }))
    };
    let per_article = reading.draft.per == Some(Per::Article);
    let per_article = per_article.then(|| Hint::at(Place::AppliesTo, Finding::QualificationPerArticle {}));
    reading.clauses.iter().filter_map(in_clause).chain(per_article).collect()
}
