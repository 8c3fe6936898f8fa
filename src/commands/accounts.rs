//! `create-admin`: the first account, and the way back in when the last one is lost.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args as Arguments;
use sqlx::Connection;

use super::{
    BAD_INPUT, Database, T, clock,
    out::{aside, say},
};
use crate::{
    accounts::{MOST_NAME, Refused, create_admin, mail_link},
    kernel::{
        actor::{Actor, System},
        config::Settings,
        db,
        i18n::Lang,
        web::{is_email, line, links},
    },
};

/// What is asked for.
#[derive(Debug, Arguments)]
pub(super) struct Args {
    /// E-postadressen som kontot får, eller redan har
    #[arg(long, value_name = "ADRESS")]
    email: String,
    /// Namnet, om kontot är nytt
    #[arg(long, value_name = "NAMN")]
    name: Option<String>,
    /// Adressnamnet för organisationen som administratören arbetar för
    #[arg(long, default_value = "sekretariatet", value_name = "ORGANISATION")]
    organisation: String,
}

/// Makes the account and prints the link to it.
pub(super) async fn create(settings: &Settings, args: Args) -> anyhow::Result<ExitCode> {
    if !is_email(&args.email) {
        aside!("{}", T.accounts_command_email(&args.email));
        return Ok(ExitCode::from(BAD_INPUT));
    }
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    let mut tx = connection.begin().await?;
    let actor = Actor::System(System::CommandLine);
    let name = args.name.as_deref().map_or_else(|| T.accounts_role_admin().to_owned(), line);
    let length = name.chars().count();
    if !(1..=MOST_NAME).contains(&length) {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        aside!("{}", T.form_too_long(number(length), number(MOST_NAME)));
        return Ok(ExitCode::from(BAD_INPUT));
    }
    let wanted = (args.email.as_str(), name.as_str(), args.organisation.as_str());
    let now = clock(settings).now();
    let invited = match create_admin(&mut tx, &actor, wanted, now).await {
        Ok(invited) => invited,
        Err(Refused::Organisation(slug)) => {
            aside!("{}", T.accounts_command_organisation(slug));
            return Ok(ExitCode::from(BAD_INPUT));
        }
        Err(Refused::Closed) => {
            eprintln!("{}", T.accounts_command_closed(&args.email));
            eprintln!("{}", T.accounts_command_closed_how(format!("{}{}", settings.base_url(), links::ADMIN_ACCOUNTS)));
            return Ok(ExitCode::from(BAD_INPUT));
        }
        Err(error) => return Err(error.into()),
    };
    // A letter too, where there is somebody to send it; the link is printed all the same.
    let is_mailed = settings.mail.smtp.is_some() && mail_link(&mut tx, &actor, &invited, now).await?;
    tx.commit().await?;
    say!("{}", if invited.is_new { T.accounts_command_new(&args.email) } else { T.accounts_command_known(&args.email) })?;
    say!("{}", T.accounts_command_link(Lang::Sv.moment(invited.ends_at)))?;
    say!("{}{}", settings.base_url(), invited.path)?;
    if is_mailed {
        say!("{}", T.accounts_command_mailed(&args.email))?;
    }
    Ok(ExitCode::SUCCESS)
}
