//! What is opened by who has a link, in every state.

use super::{Made, NONE, ids};
use crate::support::TestApp;

/// What is opened by who has a link: invitations, passwords, addresses, applications, selections that were shared.
pub(super) async fn links(app: &TestApp, made: &mut Made) {
    let key = |digit: char| digit.to_string().repeat(64);
    let (begun, open, over) =
        ("'2026-11-20T08:00:00Z'::timestamptz", "'2026-11-25T08:00:00Z'::timestamptz", "'2026-11-21T08:00:00Z'::timestamptz");
    let person = "(select id from person where name = 'Person active')";
    app.db
        .execute(&format!(
            "insert into invitation (id, organisation_id, role, email, token_sha256, language, created_at, ends_at)
             select gen_random_uuid(), o.id, 'region_member', 'ny@walk.example', sha256('{a}'), 'sv', {begun}, {open} from organisation o where o.slug = 'region-skane'
             union all
             select gen_random_uuid(), o.id, 'region_member', 'sen@walk.example', sha256('{b}'), 'sv', {begun}, {over} from organisation o where o.slug = 'region-skane'
             union all
             select gen_random_uuid(), o.id, 'region_member', 'annan@walk.example', sha256('{d}'), 'sv', {begun}, {open} from organisation o where o.slug = 'region-uppsala';
             insert into invitation (id, organisation_id, role, language, created_at, ends_at, accepted_at, accepted_by)
             select gen_random_uuid(), o.id, 'region_member', 'sv', {begun}, {open}, {begun}, {person} from organisation o where o.slug = 'region-skane';
             insert into invitation (id, organisation_id, role, email, token_sha256, language, created_at, ends_at)
             select gen_random_uuid(), o.id, 'region_member', p.email, sha256(convert_to(p.email, 'UTF8')), 'sv', {begun}, {open}
             from organisation o, person p where o.slug = 'region-halland' and p.example is not null;
             insert into password_link values (sha256('{a}'), {person}, {begun}, {open}),
                                              (sha256('{b}'), (select id from person where name = 'Person waiting'), {begun}, {over});
             insert into email_change (token_sha256, person_id, email, created_at, ends_at)
             values (sha256('{a}'), {person}, 'bytt@walk.example', {begun}, {open}),
                    (sha256('{b}'), (select id from person where name = 'Person waiting'), 'sent@walk.example', {begun}, {over});
             insert into application (id, language, name, email, organisation_id, token_sha256, created_at, ends_at)
             select gen_random_uuid(), 'sv', 'Ny', 'sokt@walk.example', o.id, sha256('{a}'), {begun}, {open} from organisation o where o.slug = 'region-skane'
             union all
             select gen_random_uuid(), 'sv', 'Sen', 'sokt2@walk.example', o.id, sha256('{b}'), {begun}, {over} from organisation o where o.slug = 'region-skane'",
            a = key('a'),
            b = key('b'),
            d = key('d'),
        ))
        .await;
    for kind in ["Links of invitations", "Links to choose a password", "Links to show an address", "Links of applications"] {
        for (state, digit) in [("open", 'a'), ("over", 'b'), ("none, or used", 'c')] {
            made.put(kind, state, vec![("{key}", key(digit))]);
        }
    }
    let of = async |what: &str| ids(app, &format!("select id from invitation where {what}")).await[0].to_string();
    for (state, what) in [
        ("open", "email = 'ny@walk.example'"),
        ("over", "email = 'sen@walk.example'"),
        ("used", "accepted_at is not null"),
        ("of another region", "email = 'annan@walk.example'"),
    ] {
        made.put("Invitations", state, vec![("{id}", of(what).await)]);
    }
    made.put("Invitations", "none", vec![("{id}", NONE.to_owned())]);
    let mut own = Vec::new();
    for word in super::super::WHO.iter().filter(|word| **word != "besökare") {
        own.push((*word, of(&format!("email = '{word}@example.org'")).await));
    }
    made.put("Own invitations", "own", own);
    made.put("Own invitations", "another's", vec![("{id}", of("email = 'ny@walk.example'").await)]);
    made.put("Own invitations", "none", vec![("{id}", NONE.to_owned())]);
    shares(app, made).await;
}

async fn shares(app: &TestApp, made: &mut Made) {
    let selection = ids(app, "select id from selection where name = 'own'").await[0];
    for (state, digit, ends, revoked) in [
        ("open", 'a', "'2027-01-22T12:00:00Z'", "null"),
        ("over", 'b', "'2026-11-21T12:00:00Z'", "null"),
        ("taken back", 'c', "'2027-01-22T12:00:00Z'", "'2026-11-21T12:00:00Z'"),
    ] {
        let key = digit.to_string().repeat(32);
        app.db
            .execute(&format!(
                "insert into selection_share (id, selection_id, key, created_at, expires_at, revoked_at)
                 values (gen_random_uuid(), '{selection}', '{key}', '2026-11-20T12:00:00Z', {ends}, {revoked})"
            ))
            .await;
        made.put("Links to selections", state, vec![("{key}", key)]);
    }
    made.put("Links to selections", "none", vec![("{key}", "d".repeat(32))]);
}
