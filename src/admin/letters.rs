//! What letters are called, and how much of an address is shown to who looks after them: enough to see which server will not
//! have it, not whose it is.

use crate::kernel::i18n::Texts;

/// What a kind of letter is called; only that it is a letter where it has no name.
pub fn kind(t: Texts, code: &str) -> &'static str {
    match code {
        "account_erased" => t.admin_letter_account_erased(),
        "account_link" => t.admin_letter_account_link(),
        "account_there" => t.admin_letter_account_there(),
        "application_approved" => t.admin_letter_application_approved(),
        "application_asked" => t.admin_letter_application_asked(),
        "application_confirm" => t.admin_letter_application_confirm(),
        "application_refused" => t.admin_letter_application_refused(),
        "dialogue_answered" => t.admin_letter_dialogue_answered(),
        "dialogue_hidden" => t.admin_letter_dialogue_hidden(),
        "dialogue_masked" => t.admin_letter_dialogue_masked(),
        "dialogue_objection" => t.admin_letter_dialogue_objection(),
        "email_changed" => t.admin_letter_email_changed(),
        "email_confirm" => t.admin_letter_email_confirm(),
        "identity_linked" => t.admin_letter_identity_linked(),
        "identity_unlinked" => t.admin_letter_identity_unlinked(),
        "invitation" => t.admin_letter_invitation(),
        "many_tries" => t.admin_letter_many_tries(),
        "membership_ended" => t.admin_letter_membership_ended(),
        "new_sign_in" => t.admin_letter_new_sign_in(),
        "own_data_export" => t.admin_letter_own_data_export(),
        "password_changed" => t.admin_letter_password_changed(),
        "password_reset" => t.admin_letter_password_reset(),
        "recovery_codes" => t.admin_letter_recovery_codes(),
        "decision_made" => t.admin_letter_decision_made(),
        "proposal_received" => t.admin_letter_proposal_received(),
        "proposal_returned" => t.admin_letter_proposal_returned(),
        "proposal_begun" => t.admin_letter_proposal_begun(),
        "proposal_rested" => t.admin_letter_proposal_rested(),
        "proposal_rejected" => t.admin_letter_proposal_rejected(),
        "proposal_taken_in" => t.admin_letter_proposal_taken_in(),
        "proposal_answered" => t.admin_letter_proposal_answered(),
        "proposal_succeeded" => t.admin_letter_proposal_succeeded(),
        "proposal_merged" => t.admin_letter_proposal_merged(),
        "report_answer" => t.admin_letter_report_answer(),
        "role_changed" => t.admin_letter_role_changed(),
        "second_factor_removed" => t.admin_letter_second_factor_removed(),
        "second_factor_reset" => t.admin_letter_second_factor_reset(),
        "second_factor_set" => t.admin_letter_second_factor_set(),
        "selection_handed_over" => t.admin_letter_selection_handed_over(),
        "test_letter" => t.admin_test(),
        "wrong_codes" => t.admin_letter_wrong_codes(),
        _ => t.admin_letter_other(),
    }
}

/// `a…@region.example`: the first letter and the server.
pub(super) fn masked(address: &str) -> String {
    let (name, host) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
}

/// The same in what a server said, which likes to repeat the address.
pub(super) fn without_addresses(text: &str) -> String {
    let is_edge = |c: char| c.is_whitespace() || "<>\"'(),;:[]".contains(c);
    let mut all = String::with_capacity(text.len());
    for part in text.split_inclusive(is_edge) {
        let word = part.trim_end_matches(is_edge);
        if word.contains('@') {
            all.push_str(&masked(word));
            all.push_str(&part[word.len()..]);
        } else {
            all.push_str(part);
        }
    }
    all
}
