//! What somebody is called where what they did is shown: whoever has had their account erased has no name any more.

use crate::kernel::i18n::Texts;

/// The name, or that the account is erased. `person.name` is null for nobody else, so that whoever joins `person` hands over
/// what the column holds.
pub fn name_or_removed(t: Texts, name: Option<&str>) -> &str {
    name.unwrap_or_else(|| t.accounts_removed())
}

/// The same with the organisation that it was done for: name, comma, organisation.
pub fn name_for(t: Texts, name: Option<&str>, organisation: &str) -> String {
    format!("{}, {organisation}", name_or_removed(t, name))
}
