//! Accounts and what belongs to them, in every state.

use super::{Made, NONE, ids};
use crate::support::TestApp;

/// Accounts, memberships, applications, sessions, services.
pub(super) async fn accounts(app: &TestApp, made: &mut Made) {
    let at = "'2026-11-01T08:00:00Z'";
    for (state, closed, erased) in
        [("active", false, false), ("waiting", false, false), ("closed", true, false), ("erased", false, true)]
    {
        let (name, email) = if erased {
            ("null".to_owned(), "null".to_owned())
        } else {
            (format!("'Person {state}'"), format!("'{state}@walk.example'"))
        };
        let time = |there: bool| if there { at } else { "null" };
        app.db
            .execute(&format!(
                "insert into person (id, name, email, email_verified_at, created_at, disabled_at, erased_at)
                 values (gen_random_uuid(), {name}, {email}, {at}, {at}, {}, {})",
                time(closed),
                time(erased),
            ))
            .await;
        let query = if erased {
            "select id from person where erased_at is not null".to_owned()
        } else {
            format!("select id from person where name = 'Person {state}'")
        };
        let id = ids(app, &query).await[0];
        made.put("Accounts", state, vec![("{id}", id.to_string())]);
        if !erased {
            let secret = "5e".repeat(20);
            app.db.execute(&format!("insert into second_factor values ('{id}', '\\x{secret}', {at}, 1)")).await;
        }
        let organisation = if state == "closed" { "region-uppsala" } else { "region-skane" };
        let valid = if erased {
            "tstzrange('2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z')"
        } else {
            "tstzrange('2026-11-01T08:00:00Z', null)"
        };
        app.db
            .execute(&format!(
                "insert into membership (id, person_id, organisation_id, approved, valid)
                 select gen_random_uuid(), '{id}', o.id, {}, {valid} from organisation o where o.slug = '{organisation}';
                 insert into membership_role (membership_id, role, valid)
                 select m.id, 'region_member', m.valid from membership m where m.person_id = '{id}'",
                state != "waiting",
            ))
            .await;
        let member = ids(app, &format!("select id from membership where person_id = '{id}'")).await[0];
        let member_state = match state {
            "active" => "of the region",
            "waiting" => "waiting",
            "closed" => "of another region",
            _ => "over",
        };
        made.put("Members", member_state, vec![("{id}", member.to_string())]);
    }
    made.put("Accounts", "none", vec![("{id}", NONE.to_owned())]);
    made.put("Members", "none", vec![("{id}", NONE.to_owned())]);
    let mut own = Vec::new();
    for word in super::super::WHO.iter().filter(|word| **word != "besökare") {
        let found = ids(app, &format!("select m.id from membership m join person p on p.id = m.person_id where p.example = '{word}' order by m.id limit 1")).await;
        own.push((*word, found[0].to_string()));
    }
    made.put("Members", "own", own);
    applications(app, made).await;
    sessions(app, made).await;
}

async fn applications(app: &TestApp, made: &mut Made) {
    for (state, name, decision) in [
        ("waiting", "Person waiting", "null, null, null"),
        ("of another region", "Person closed", "null, null, null"),
        ("decided", "Person active", "'refused', '2026-11-02T08:00:00Z', 'Nej.'"),
    ] {
        app.db
            .execute(&format!(
                "insert into application (id, language, organisation_id, created_at, ends_at, verified_at, membership_id, decision, decided_at, reason)
                 select gen_random_uuid(), 'sv', m.organisation_id, '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z', '2026-11-01T08:00:00Z', m.id, {decision}
                 from membership m join person p on p.id = m.person_id where p.name = '{name}'"
            ))
            .await;
        let query = format!(
            "select a.id from application a join membership m on m.id = a.membership_id join person p on p.id = m.person_id where p.name = '{name}'"
        );
        made.put("Applications", state, vec![("{id}", ids(app, &query).await[0].to_string())]);
    }
    made.put("Applications", "none", vec![("{id}", NONE.to_owned())]);
}

/// Sessions and services, one's own and others'.
async fn sessions(app: &TestApp, made: &mut Made) {
    app.db
        .execute(
            "insert into identity (id, person_id, issuer, subject, linked_at, used_at)
             select gen_random_uuid(), p.id, 'https://id.example', coalesce(p.example, p.name, p.id::text), p.created_at, p.created_at
             from person p where p.erased_at is null;
             insert into session (id, token_sha256, person_id, created_at, seen_at, proved_at, ends_at, ended_at, ended_why)
             select gen_random_uuid(), sha256(convert_to(p.id || w.why, 'UTF8')), p.id, t.at, t.at, t.at, t.at + interval '7 days',
                    case when w.why = 'ended' then t.at end, case when w.why = 'ended' then 'owner' end
             from person p, (values ('open'), ('ended')) w(why), (values ('2026-11-22T11:59:00Z'::timestamptz)) t(at) where p.example is not null",
        )
        .await;
    for (kind, table, states) in [
        ("Services", "identity", vec![("own", "true")]),
        ("Sessions", "session", vec![("own", "s.ended_at is null"), ("own, over", "s.ended_at is not null")]),
    ] {
        for (state, which) in states {
            let mut own = Vec::new();
            for word in super::super::WHO.iter().filter(|word| **word != "besökare") {
                let query = format!(
                    "select s.id from {table} s join person p on p.id = s.person_id where p.example = '{word}' and {which} order by s.id desc limit 1"
                );
                own.push((*word, ids(app, &query).await[0].to_string()));
            }
            made.put(kind, state, own);
        }
        let query =
            format!("select s.id from {table} s join person p on p.id = s.person_id where p.example = 'leverantor2' limit 1");
        made.put(kind, "another's", vec![("{id}", ids(app, &query).await[0].to_string())]);
        made.put(kind, "none", vec![("{id}", NONE.to_owned())]);
    }
}
