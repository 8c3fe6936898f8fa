//! The command line: what each command does, and how it ends.

use std::{io::IsTerminal, path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Args, Parser, Subcommand};
use private_postgres::Supervisor;
use sqlx::postgres::PgConnectOptions;

use crate::{
    admin, example,
    kernel::{
        clock::Clock,
        config::Settings,
        db::{self, Db},
        i18n::{Lang, Texts},
        telemetry,
        web::{App, links},
        words,
    },
    server,
};

mod accounts;
mod backup;
mod export;
mod import;
mod log;
mod out;
mod reports;

use out::{aside, say};

/// The command line speaks Swedish.
const T: Texts = Texts(Lang::Sv);
const BAD_INPUT: u8 = 65;
const BAD_CONFIGURATION: u8 = 78;

/// Kravbanken: regionernas gemensamma miljökrav
#[derive(Debug, Parser)]
#[command(name = "kravbank", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Varje inställning finns också som miljövariabel; `check-config` visar alla.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inställningar")]
struct Flags {
    /// Databasens adress (`DATABASE_URL`); utan den startas en egen Postgres
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Adress och port att lyssna på (`KRAVBANK_BIND`)
    #[arg(long, global = true, value_name = "ADRESS")]
    bind: Option<String>,
    /// Katalog för den egna databasen (`KRAVBANK_DATA_DIR`)
    #[arg(long, global = true, value_name = "KATALOG")]
    data_dir: Option<String>,
    /// Adressen som besökarna använder (`KRAVBANK_BASE_URL`)
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// Exempelbanken: on eller off (`KRAVBANK_EXAMPLE_DATA`)
    #[arg(long, global = true, value_name = "LÄGE")]
    example_data: Option<String>,
    /// Nätverkets namn (`KRAVBANK_NETWORK_NAME`)
    #[arg(long, global = true, value_name = "NAMN")]
    network_name: Option<String>,
    /// Katalog med Postgres program (`KRAVBANK_PG_BIN`)
    #[arg(long, global = true, value_name = "KATALOG")]
    pg_bin: Option<String>,
    /// Fil med den enda klockan, bara i exempelbanken (`KRAVBANK_CLOCK_FILE`)
    #[arg(long, global = true, value_name = "FIL")]
    clock_file: Option<String>,
    /// Vad som loggas (`KRAVBANK_LOG`)
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
    /// Proxyservrar vars uppgift om besökarens adress gäller (`KRAVBANK_TRUSTED_PROXIES`)
    #[arg(long, global = true, value_name = "NÄT")]
    trusted_proxies: Option<String>,
    /// Vart säkerhetshål anmäls (`KRAVBANK_SECURITY_CONTACT`)
    #[arg(long, global = true, value_name = "ADRESS")]
    security_contact: Option<String>,
    /// Timmar per avtal och år för liten, medel och stor uppföljning (`KRAVBANK_EFFORT_HOURS`)
    #[arg(long, global = true, value_name = "TIMMAR")]
    effort_hours: Option<String>,
    /// Vad bankens krav räknas som i eForms BT-805 (`KRAVBANK_GPP_CRITERIA`)
    #[arg(long, global = true, value_name = "KOD")]
    gpp_criteria: Option<String>,
    /// SMTP-servern som skickar brev, med namn och lösenord i adressen (`KRAVBANK_SMTP_URL`)
    #[arg(long, global = true, value_name = "URL")]
    smtp_url: Option<String>,
    /// Vem breven är från (`KRAVBANK_MAIL_FROM`)
    #[arg(long, global = true, value_name = "AVSÄNDARE")]
    mail_from: Option<String>,
    /// Adress och port för mätvärden till Prometheus; utan den lämnas inga ut (`KRAVBANK_METRICS_BIND`)
    #[arg(long, global = true, value_name = "ADRESS")]
    metrics_bind: Option<String>,
    /// Läsläge, där ingenting går att ändra: on eller off (`KRAVBANK_READ_ONLY`)
    #[arg(long, global = true, value_name = "LÄGE")]
    read_only: Option<String>,
}

impl Flags {
    fn get(&self, name: &str) -> Option<String> {
        match name {
            "DATABASE_URL" => self.database_url.clone(),
            "KRAVBANK_BIND" => self.bind.clone(),
            "KRAVBANK_DATA_DIR" => self.data_dir.clone(),
            "KRAVBANK_BASE_URL" => self.base_url.clone(),
            "KRAVBANK_EXAMPLE_DATA" => self.example_data.clone(),
            "KRAVBANK_NETWORK_NAME" => self.network_name.clone(),
            "KRAVBANK_PG_BIN" => self.pg_bin.clone(),
            "KRAVBANK_CLOCK_FILE" => self.clock_file.clone(),
            "KRAVBANK_LOG" => self.log.clone(),
            "KRAVBANK_TRUSTED_PROXIES" => self.trusted_proxies.clone(),
            "KRAVBANK_SECURITY_CONTACT" => self.security_contact.clone(),
            "KRAVBANK_EFFORT_HOURS" => self.effort_hours.clone(),
            "KRAVBANK_GPP_CRITERIA" => self.gpp_criteria.clone(),
            "KRAVBANK_SMTP_URL" => self.smtp_url.clone(),
            "KRAVBANK_MAIL_FROM" => self.mail_from.clone(),
            "KRAVBANK_METRICS_BIND" => self.metrics_bind.clone(),
            "KRAVBANK_READ_ONLY" => self.read_only.clone(),
            _ => None,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starta tjänsten (det som händer utan kommando)
    Serve,
    /// Visa alla inställningar, varifrån de kommer och vad som är fel
    CheckConfig,
    /// För databasens schema till programmets version
    Migrate {
        /// Visa bara vad som skulle göras
        #[arg(long)]
        dry_run: bool,
    },
    /// Läs in krav från ett kalkylblad (.xlsx, .csv) eller rader av JSON (.jsonl); formatet står på sidan /importformat
    Import(import::Args),
    /// Läs in CPV-listan: kod, svenskt namn, engelskt namn, åtskilda av tabb
    ImportCpv {
        /// Filen
        file: PathBuf,
    },
    /// Lista felrapporter som inte är hanterade, äldst först (innehåller personuppgifter)
    Reports {
        /// Ett JSON-objekt per rad
        #[arg(long)]
        json: bool,
    },
    /// Skapa en administratör, eller gör någon till det; skriver ut en länk som går att använda en gång
    CreateAdmin(accounts::Args),
    /// Skriv hela banken till en fil: databasen, filerna och en förteckning med antal och kontrollsummor
    Backup(backup::Take),
    /// Lägg tillbaka en säkerhetskopia i en tom databas och jämför med förteckningen
    Restore(backup::Restore),
    /// Skriv allt offentligt innehåll som öppna filer (JSON och CSV) till en tom katalog
    ExportAll(export::Args),
    /// Räkna om revisionsloggens kedja av sigill; slutar med 1 om något är ändrat
    VerifyLog,
    /// Fråga en tjänst som kör om den är redo
    Healthcheck,
    /// Visa programmets och schemats version
    Version,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let environment = |name: &str| std::env::var(name).ok();
    let names: Vec<String> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let settings = match Settings::load(&|name| cli.flags.get(name), &environment, &names) {
        Ok(settings) => settings,
        Err(faults) => {
            for fault in faults {
                aside!("{fault}");
            }
            return ExitCode::from(BAD_CONFIGURATION);
        }
    };
    let command = cli.command.unwrap_or(Command::Serve);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            aside!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(command, settings)) {
        Ok(code) => code,
        Err(error) => {
            aside!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, settings: Settings) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => serve(settings).await,
        Command::CheckConfig => check_config(&settings).await,
        Command::Migrate { dry_run } => {
            let database = Database::find(&settings).await?;
            let done = db::migrate(&database.options, dry_run).await?;
            say!("{}", T.commands_migrated(done.from.to_string(), done.to.to_string()))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(args) => import::requirements(&settings, args).await,
        Command::ImportCpv { file } => import::cpv(&settings, &file).await,
        Command::Reports { json } => reports::list(&settings, json).await,
        Command::CreateAdmin(args) => accounts::create(&settings, args).await,
        Command::Backup(args) => backup::take(&settings, args).await,
        Command::Restore(args) => backup::restore(&settings, args).await,
        Command::ExportAll(args) => export::all(&settings, args).await,
        Command::VerifyLog => log::verify(&settings).await,
        Command::Healthcheck => healthcheck(&settings).await,
        Command::Version => {
            say!("kravbank {} · {} · schema {}", env!("CARGO_PKG_VERSION"), commit(), db::newest())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A database that is there, and what keeps it there.
struct Database {
    options: PgConnectOptions,
    /// The private server stays up as long as this lives.
    _private: Option<Supervisor>,
}

impl Database {
    /// The database that the settings name, or the private one, started where it does not run.
    async fn find(settings: &Settings) -> anyhow::Result<Self> {
        if let Some(url) = &settings.database_url {
            return Ok(Self { options: db::options(url)?, _private: None });
        }
        let mut wanted = private_postgres::Options::new(settings.data_dir.join("postgres"));
        wanted.bin_dir.clone_from(&settings.pg_bin);
        let private = tokio::task::spawn_blocking(move || Supervisor::start(wanted)).await??;
        let connection = private.connection();
        let superuser =
            PgConnectOptions::new_without_pgpass().socket(&connection.socket_dir).port(connection.port).username(connection.user);
        let name = if settings.example { "kravbank_exempel" } else { "kravbank" };
        db::create(&superuser, name).await?;
        Ok(Self { options: superuser.database(name), _private: Some(private) })
    }
}

/// How far something has come, on a terminal; nothing elsewhere.
fn progress_bar() -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(0);
    if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// The commit that the program was built from, as `build.rs` found it.
fn commit() -> &'static str {
    let commit = env!("KRAVBANK_COMMIT");
    if commit.is_empty() { T.commands_no_commit() } else { commit }
}

async fn serve(settings: Settings) -> anyhow::Result<ExitCode> {
    telemetry::init(&settings.log);
    for warning in &settings.warnings {
        tracing::warn!(warning, "configuration");
    }
    // The address first: a second program on it stops before it touches a database.
    let listener = server::listen(settings.bind).await?;
    let figures = match settings.metrics_bind {
        Some(bind) => Some(server::listen(bind).await?),
        None => None,
    };
    let mut stop = Box::pin(stop_signal());
    let database = tokio::select! {
        database = Database::find(&settings) => database?,
        () = &mut stop => return Ok(ExitCode::SUCCESS),
    };
    db::migrate(&database.options, false).await?;
    let clock = clock(&settings);
    let pool = Db::open(database.options.clone(), 16);
    // The first connections may take longer than a page would wait for one.
    db::patiently(async || pool.read().await.map(drop)).await?;
    if settings.example {
        let mut tx = pool.begin().await?;
        let loaded = example::load(&mut tx, clock.now()).await?;
        tx.commit().await?;
        if loaded {
            tracing::info!("the example bank was loaded");
        }
    }
    let address = settings.base_url().to_owned();
    let app = App::new(pool, clock, settings);
    db::patiently(async || log::note_start(&app).await).await?;
    db::patiently(async || app.words.load(&app.db).await).await?;
    tokio::spawn(words::listen(app.clone()));
    if let Some(listener) = figures {
        // It ends with the program.
        tokio::spawn(admin::give_figures(app.clone(), listener));
    }
    tracing::info!(address, version = env!("CARGO_PKG_VERSION"), commit = commit(), schema = db::newest(), "ready");
    if std::io::stderr().is_terminal() {
        aside!("{}", T.commands_serving(&address));
    }
    // Nobody runs this bank yet. Whoever reads the log may be the first.
    if let Some(key) = db::patiently(async || crate::accounts::offer_setup(&app).await).await? {
        let page = format!("{address}{}", links::SETUP);
        tracing::warn!(page, key, "there is no administrator; open the page and give it the key");
        if std::io::stderr().is_terminal() {
            aside!("{}", T.commands_setup(&page, &key));
        }
    }
    server::serve(app, listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}

fn clock(settings: &Settings) -> Clock {
    match &settings.clock_file {
        Some(path) => Clock::File(Arc::new(path.clone())),
        None => Clock::System,
    }
}

/// Resolves when the process is told to end.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without signals the process is ended from outside.
    let _ = tokio::signal::ctrl_c().await;
}

async fn check_config(settings: &Settings) -> anyhow::Result<ExitCode> {
    out::whole(&settings.report())?;
    for warning in &settings.warnings {
        say!("{warning}")?;
    }
    let mut good = true;
    if let Some(url) = &settings.database_url {
        match db::roles_are_apart(&db::options(url)?).await {
            Ok(true) => {}
            Ok(false) => say!("{}", T.config_one_role())?,
            Err(error) => {
                good = false;
                say!("{}", T.config_no_database(error))?;
            }
        }
    }
    if good {
        say!("{}", T.config_good())?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn healthcheck(settings: &Settings) -> anyhow::Result<ExitCode> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let answer = tokio::time::timeout(std::time::Duration::from_secs(3), async {
        let mut socket = tokio::net::TcpStream::connect(settings.bind).await?;
        socket.write_all(b"GET /readyz HTTP/1.0\r\n\r\n").await?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    })
    .await;
    match answer {
        Ok(Ok(answer)) if answer.split_whitespace().nth(1) == Some("200") => {
            say!("{}", T.commands_healthy())?;
            Ok(ExitCode::SUCCESS)
        }
        Ok(Ok(answer)) => {
            say!("{}", T.commands_unhealthy(answer.lines().last().unwrap_or_default()))?;
            Ok(ExitCode::FAILURE)
        }
        Ok(Err(_)) | Err(_) => {
            say!("{}", T.commands_no_answer(settings.bind.to_string()))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
