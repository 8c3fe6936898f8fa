//! The parts of what the bank holds about a person, in the order in which they are shown: one entry here, one key of
//! `reads/own_data.sql`, one heading of `docs/own-data.md`. A test keeps the three the same.

use crate::kernel::i18n::Texts;

/// A text by the language.
type Text = fn(Texts) -> &'static str;

/// One part.
pub(super) struct Part {
    /// Its key in the file.
    pub(super) key: &'static str,
    /// What it is called.
    pub(super) title: Text,
    /// What is shown of it on the page, by key, with what that is called. The first one names the line. The file has more.
    pub(super) columns: &'static [(&'static str, Text)],
}

/// What a line of a log has.
const LOG: &[(&str, Text)] = &[
    ("at", |t| t.own_data_column_at()),
    ("action", |t| t.own_data_column_action()),
    ("organisation", |t| t.own_data_column_organisation()),
    ("reason", |t| t.own_data_column_reason()),
];

/// All of them.
pub(super) const PARTS: &[Part] = &[
    Part {
        key: "profile",
        title: |t| t.own_data_part_profile(),
        columns: &[
            ("name", |t| t.accounts_name()),
            ("email", |t| t.accounts_email()),
            ("email_verified_at", |t| t.own_data_column_email_verified()),
            ("language", |t| t.accounts_language()),
            ("created_at", |t| t.own_data_column_created()),
            ("password_changed_at", |t| t.own_data_column_password_changed()),
            ("email_refused_at", |t| t.own_data_column_email_refused()),
            ("id", |t| t.own_data_column_id()),
        ],
    },
    Part {
        key: "memberships",
        title: |t| t.own_data_part_memberships(),
        columns: &[
            ("organisation", |t| t.own_data_column_organisation()),
            ("roles", |t| t.own_data_column_roles()),
            ("from", |t| t.own_data_column_from()),
            ("to", |t| t.own_data_column_to()),
        ],
    },
    Part {
        key: "sessions",
        title: |t| t.own_data_part_sessions(),
        columns: &[
            ("created_at", |t| t.own_data_column_began()),
            ("browser", |t| t.own_data_column_browser()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("last_seen_at", |t| t.own_data_column_seen()),
            ("ended_at", |t| t.own_data_column_ended()),
        ],
    },
    Part {
        key: "second_factor",
        title: |t| t.own_data_part_second_factor(),
        columns: &[
            ("confirmed_at", |t| t.own_data_column_since()),
            ("recovery_codes_left", |t| t.own_data_column_codes_left()),
            ("recovery_codes_used", |t| t.own_data_column_codes_used()),
        ],
    },
    Part {
        key: "sign_in_services",
        title: |t| t.own_data_part_services(),
        columns: &[
            ("issuer", |t| t.own_data_column_issuer()),
            ("subject", |t| t.own_data_column_subject()),
            ("linked_at", |t| t.own_data_column_linked()),
            ("used_at", |t| t.own_data_column_used()),
        ],
    },
    Part {
        key: "password_links",
        title: |t| t.own_data_part_links(),
        columns: &[("created_at", |t| t.own_data_column_created()), ("ends_at", |t| t.own_data_column_to())],
    },
    Part { key: "sign_ins", title: |t| t.own_data_part_sign_ins(), columns: LOG },
    Part { key: "acts", title: |t| t.own_data_part_acts(), columns: LOG },
    Part { key: "about_me", title: |t| t.own_data_part_about(), columns: LOG },
    Part {
        key: "letters",
        title: |t| t.own_data_part_letters(),
        columns: &[
            ("subject", |t| t.own_data_column_letter()),
            ("address", |t| t.own_data_column_to_address()),
            ("written_at", |t| t.own_data_column_written()),
            ("sent_at", |t| t.own_data_column_sent()),
        ],
    },
    Part {
        key: "fault_reports",
        title: |t| t.own_data_part_reports(),
        columns: &[
            ("number", |t| t.own_data_column_number()),
            ("requirement", |t| t.own_data_column_requirement()),
            ("text", |t| t.own_data_column_text()),
            ("sent_at", |t| t.own_data_column_sent()),
        ],
    },
    Part {
        key: "selections",
        title: |t| t.own_data_part_selections(),
        columns: &[
            ("name", |t| t.accounts_name()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("created_at", |t| t.own_data_column_created()),
            ("changed_at", |t| t.own_data_column_changed()),
        ],
    },
    Part {
        key: "imports",
        title: |t| t.own_data_part_imports(),
        columns: &[
            ("file_name", |t| t.own_data_column_file()),
            ("number", |t| t.own_data_column_number()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("sent_at", |t| t.own_data_column_sent()),
        ],
    },
    Part {
        key: "report_entries",
        title: |t| t.own_data_part_report_entries(),
        columns: &[
            ("report", |t| t.own_data_column_number()),
            ("text", |t| t.own_data_column_text()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "decisions",
        title: |t| t.own_data_part_decisions(),
        columns: &[
            ("title", |t| t.own_data_column_title()),
            ("number", |t| t.own_data_column_number()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "proposals",
        title: |t| t.own_data_part_proposals(),
        columns: &[
            ("title", |t| t.own_data_column_title()),
            ("number", |t| t.own_data_column_number()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "proposal_notes",
        title: |t| t.own_data_part_proposal_notes(),
        columns: &[
            ("proposal", |t| t.own_data_column_number()),
            ("text", |t| t.own_data_column_text()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "proposal_signatures",
        title: |t| t.own_data_part_proposal_signatures(),
        columns: &[
            ("proposal", |t| t.own_data_column_number()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "comments",
        title: |t| t.own_data_part_comments(),
        columns: &[
            ("about", |t| t.own_data_column_number()),
            ("text", |t| t.own_data_column_text()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "comment_reports",
        title: |t| t.own_data_part_comment_reports(),
        columns: &[
            ("about", |t| t.own_data_column_number()),
            ("text", |t| t.own_data_column_text()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "moderations",
        title: |t| t.own_data_part_moderations(),
        columns: &[
            ("about", |t| t.own_data_column_number()),
            ("text", |t| t.own_data_column_text()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
    Part {
        key: "experiences",
        title: |t| t.own_data_part_experiences(),
        columns: &[
            ("requirement", |t| t.own_data_column_requirement()),
            ("text", |t| t.own_data_column_text()),
            ("organisation", |t| t.own_data_column_organisation()),
            ("at", |t| t.own_data_column_at()),
        ],
    },
];
