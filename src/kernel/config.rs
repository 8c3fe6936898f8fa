//! Settings: flags and environment variables of one name, every secret also as `*_FILE`. All faults are told at once.

use std::{
    fmt::Write as _,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use axum::http::Uri;
use ipnet::IpNet;
use lettre::{Address, message::Mailbox};

use super::{
    db,
    i18n::{Lang, Texts},
};

mod mail;
mod oidc;
mod values;

pub use mail::Mail;
pub use oidc::{OIDC_SETTINGS, OidcProvider};
pub use values::{EffortHours, GppCriteria};

/// One setting, as `check-config` explains it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Name in the environment.
    pub name: &'static str,
    /// Whether its value is hidden.
    pub secret: bool,
    /// An example of a good value.
    pub example: &'static str,
}

const fn setting(name: &'static str, secret: bool, example: &'static str) -> Setting {
    Setting { name, secret, example }
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    setting("DATABASE_URL", true, "postgres://kravbank@db.example.se/kravbank?sslmode=verify-full"),
    setting("KRAVBANK_BIND", false, "127.0.0.1:3000"),
    setting("KRAVBANK_DATA_DIR", false, "/var/lib/kravbank"),
    setting("KRAVBANK_BASE_URL", false, "https://kravbanken.example.se"),
    setting("KRAVBANK_EXAMPLE_DATA", false, "on"),
    setting("KRAVBANK_NETWORK_NAME", false, "LMC"),
    setting("KRAVBANK_PG_BIN", false, "/usr/lib/postgresql/15/bin"),
    setting("KRAVBANK_CLOCK_FILE", false, "/var/lib/kravbank/klocka"),
    setting("KRAVBANK_LOG", false, "info"),
    setting("KRAVBANK_TRUSTED_PROXIES", false, "127.0.0.1, 10.0.0.0/8"),
    setting("KRAVBANK_SECURITY_CONTACT", false, "mailto:sakerhet@example.se"),
    setting("KRAVBANK_EFFORT_HOURS", false, "2,8,40"),
    setting("KRAVBANK_GPP_CRITERIA", false, "other"),
    setting("KRAVBANK_SMTP_URL", true, "smtps://kravbanken:LOSENORD@smtp.example.se"),
    setting("KRAVBANK_MAIL_FROM", false, "Kravbanken <kravbanken@example.se>"),
    setting("KRAVBANK_METRICS_BIND", false, "127.0.0.1:9464"),
    setting("KRAVBANK_READ_ONLY", false, "off"),
];

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A flag on the command line.
    Flag,
    /// The environment.
    Environment,
    /// A file that the environment names (`*_FILE`).
    File,
    /// Nobody set it.
    Default,
}

/// The settings the program runs with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database that was asked for; none means the private one.
    pub database_url: Option<String>,
    /// Where to listen.
    pub bind: SocketAddr,
    /// Where the private database and other files live.
    pub data_dir: PathBuf,
    /// The address that visitors use, without a slash at the end.
    base_url: String,
    /// Whether this is the example bank.
    pub example: bool,
    /// Name of the network of environmental directors.
    pub network_name: String,
    /// Where Postgres' programs are, when not in one of the usual places.
    pub pg_bin: Option<PathBuf>,
    /// A file that holds the only clock; example bank only.
    pub clock_file: Option<PathBuf>,
    /// What is logged.
    pub log: String,
    /// Whose word on where a request came from is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Whom to tell of a hole, as an address; none means the page about help and contact.
    pub security_contact: Option<String>,
    /// What follow-up takes, by how much work it is.
    pub effort_hours: EffortHours,
    /// What requirements count as that do not say it themselves.
    pub gpp_criteria: GppCriteria,
    /// How letters are sent, and from whom.
    pub mail: Mail,
    /// Services that people sign in through.
    pub oidc: Vec<OidcProvider>,
    /// Where figures for Prometheus are given out; none means nowhere.
    pub metrics_bind: Option<SocketAddr>,
    /// Whether nothing can be changed, whatever administrators say.
    pub read_only: bool,
    /// Each setting with its value as it may be shown, and where it came from.
    pub shown: Vec<(Setting, String, Source)>,
    /// What is not wrong but worth knowing.
    pub warnings: Vec<String>,
}

impl Settings {
    /// The address that visitors use, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The origin of [`Self::base_url`] as a browser writes it: scheme, host, and the port where it is not the usual one.
    pub fn origin(&self) -> String {
        // It was looked at when the settings were read.
        origin(&self.base_url).unwrap_or_default()
    }

    /// Whether visitors come over https.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Settings for a database somewhere, with everything else as it comes; what tests and tools start from.
    ///
    /// # Panics
    /// When the address is no database's.
    pub fn for_database(database_url: &str) -> Self {
        let given = |name: &str| (name == "DATABASE_URL").then(|| database_url.to_owned());
        // Only the address of the database is given, and the defaults are good.
        Self::load(&|_| None, &given, &[]).unwrap_or_else(|faults| panic!("{}", faults.join("\n")))
    }

    /// Reads the settings from flags and environment. `names` are all names in the environment, to find misspelt ones.
    ///
    /// # Errors
    /// Every fault found, one text each, in Swedish.
    pub fn load(
        flag: &dyn Fn(&str) -> Option<String>,
        environment: &dyn Fn(&str) -> Option<String>,
        names: &[String],
    ) -> Result<Self, Vec<String>> {
        let mut reader = Reader { flag, environment, faults: Vec::new(), warnings: Vec::new(), shown: Vec::new() };
        for name in names {
            let known = SETTINGS.iter().any(|s| name == s.name || (s.secret && name.strip_suffix("_FILE") == Some(s.name)));
            if name.starts_with("KRAVBANK_") && !known && !oidc::is_known(name) {
                reader.warnings.push(T.config_unknown(name));
            }
        }
        let database_url = reader.read(0, "");
        if let Some(url) = &database_url
            && (!(url.starts_with("postgres://") || url.starts_with("postgresql://")) || db::options(url).is_err())
        {
            reader.fault(0, url, T.config_expected_database());
        }
        let bind_text = reader.read(1, "127.0.0.1:3000").unwrap_or_default();
        let bind = bind_text.parse().unwrap_or_else(|_| {
            reader.fault(1, &bind_text, T.config_expected_bind());
            SocketAddr::from(([127, 0, 0, 1], 3000))
        });
        let data_dir = PathBuf::from(reader.read(2, &default_data_dir(environment)).unwrap_or_default());
        let base_url = reader.read(3, &format!("http://{bind}")).unwrap_or_default();
        if origin(&base_url).is_none() {
            reader.fault(3, &base_url, T.config_expected_url());
        }
        let private = database_url.is_none();
        let example_text = reader.read(4, if private { "on" } else { "off" }).unwrap_or_default();
        let example_source = reader.shown.last().map_or(Source::Default, |(_, _, source)| *source);
        let example = match example_text.as_str() {
            "on" => true,
            "off" => false,
            other => {
                reader.fault(4, other, T.config_expected_switch());
                false
            }
        };
        if example && !private {
            reader.faults.push(T.config_example_never_with_database().to_owned());
        }
        let open_to_others = !bind.ip().is_loopback() || base_url.starts_with("https://");
        if example && private && open_to_others && example_source == Source::Default {
            reader.faults.push(T.config_example_not_chosen(bind.to_string(), &base_url));
        }
        let network_name = reader.read(5, "LMC").unwrap_or_default();
        if network_name.chars().count() > 40 {
            reader.fault(5, &network_name, T.config_expected_short());
        }
        let pg_bin = reader.read(6, "").map(PathBuf::from);
        let clock_file = reader.read(7, "").map(PathBuf::from);
        if clock_file.is_some() && !example {
            reader.faults.push(T.config_clock_only_example().to_owned());
        }
        let log = reader.read(8, "info").unwrap_or_default();
        if tracing_subscriber::EnvFilter::try_new(&log).is_err() {
            reader.fault(8, &log, T.config_expected_log());
        }
        let proxies = reader.read(9, "").unwrap_or_default();
        let trusted_proxies = networks(&proxies).unwrap_or_else(|wrong| {
            reader.fault(9, &wrong, T.config_expected_networks());
            Vec::new()
        });
        let security_contact = reader.read(10, "");
        if let Some(contact) = &security_contact
            && !is_contact(contact)
        {
            reader.fault(10, contact, T.config_expected_contact());
        }
        let hours = reader.read(11, "2,8,40").unwrap_or_default();
        let effort_hours = EffortHours::parse(&hours).unwrap_or_else(|| {
            reader.fault(11, &hours, T.config_expected_hours());
            EffortHours::default()
        });
        let gpp = reader.read(12, "other").unwrap_or_default();
        let gpp_criteria = GppCriteria::from_code(&gpp).unwrap_or_else(|| {
            reader.fault(12, &gpp, T.config_expected_gpp());
            GppCriteria::Other
        });
        let mail = reader.mail(private);
        let oidc = oidc::read(&mut reader);
        let metrics_bind = reader.metrics(bind);
        let read_only = reader.read_only();
        if !reader.faults.is_empty() {
            return Err(reader.faults);
        }
        Ok(Self {
            database_url,
            bind,
            data_dir,
            base_url: base_url.trim_end_matches('/').to_owned(),
            example,
            network_name,
            pg_bin,
            clock_file,
            log,
            trusted_proxies,
            security_contact,
            effort_hours,
            gpp_criteria,
            mail,
            oidc,
            metrics_bind,
            read_only,
            shown: reader.shown,
            warnings: reader.warnings,
        })
    }

    /// Every setting, its value and where it came from, one a line.
    pub fn report(&self) -> String {
        let mut text = String::new();
        for (setting, value, source) in &self.shown {
            let source = match source {
                Source::Flag => T.config_source_flag(),
                Source::Environment => T.config_source_environment(),
                Source::File => T.config_source_file(),
                Source::Default => T.config_source_default(),
            };
            let value = if value.is_empty() { "–" } else { value };
            let _ = writeln!(text, "{:<24} {value}  ({source})", setting.name);
        }
        text
    }
}

/// The origin of an address as a browser writes it; none for what is no web address.
fn origin(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let usual = match uri.scheme_str()? {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let port = uri.port_u16().filter(|port| *port != usual).map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}", uri.scheme_str()?, uri.host()?.to_ascii_lowercase()))
}

/// Whether the program asks at this address: over https, or on this machine.
pub fn is_service(address: &str) -> bool {
    oidc::is_service(address)
}

/// Addresses and networks between commas.
///
/// # Errors
/// The first part that is neither.
fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().or_else(|_| part.parse::<IpAddr>().map(IpNet::from)).map_err(|_| part.to_owned())).collect()
}

/// The command line speaks Swedish.
const T: Texts = Texts(Lang::Sv);

/// Whom letters are from where they become files.
const NOBODY: &str = "kravbanken@localhost";

/// Where a setting stands in [`SETTINGS`].
fn place(name: &str) -> usize {
    SETTINGS.iter().position(|setting| setting.name == name).unwrap_or_default()
}

struct Reader<'a> {
    flag: &'a dyn Fn(&str) -> Option<String>,
    environment: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<String>,
    warnings: Vec<String>,
    shown: Vec<(Setting, String, Source)>,
}

impl Reader<'_> {
    /// The value of the setting at this place of [`SETTINGS`]; none where it is unset and has no default.
    fn read(&mut self, place: usize, default: &str) -> Option<String> {
        self.read_setting(SETTINGS[place], default)
    }

    fn read_setting(&mut self, setting: Setting, default: &str) -> Option<String> {
        let file_name = format!("{}_FILE", setting.name);
        let (value, source) = if let Some(value) = (self.flag)(setting.name) {
            (value, Source::Flag)
        } else if let Some(value) = (self.environment)(setting.name).filter(|value| !value.is_empty()) {
            (value, Source::Environment)
        } else if setting.secret
            && let Some(file) = (self.environment)(&file_name)
        {
            self.warn_if_open(&file);
            match std::fs::read_to_string(&file) {
                Ok(text) => (text.trim_end().to_owned(), Source::File),
                Err(error) => {
                    self.faults.push(T.config_unreadable_file(&file_name, &file, error));
                    (String::new(), Source::File)
                }
            }
        } else {
            (default.to_owned(), Source::Default)
        };
        let shown = if setting.secret && !value.is_empty() { T.config_hidden().to_owned() } else { value.clone() };
        self.shown.push((setting, shown, source));
        Some(value).filter(|value| !value.is_empty())
    }

    fn fault(&mut self, place: usize, value: &str, expected: &str) {
        self.fault_of(SETTINGS[place], value, expected);
    }

    fn fault_of(&mut self, setting: Setting, value: &str, expected: &str) {
        let value = if setting.secret { T.config_hidden() } else { value };
        self.faults.push(T.config_fault(setting.name, value, expected, setting.example));
    }

    /// Where figures are given out: an address of its own, which no visitor reaches.
    fn metrics(&mut self, bind: SocketAddr) -> Option<SocketAddr> {
        let place = place("KRAVBANK_METRICS_BIND");
        let text = self.read(place, "")?;
        let Some(address) = text.parse::<SocketAddr>().ok().filter(|address| *address != bind) else {
            self.fault(place, &text, T.config_expected_metrics());
            return None;
        };
        if address.ip().is_unspecified() {
            self.warnings.push(T.config_metrics_open(&text));
        }
        Some(address)
    }

    /// Whether nothing can be changed.
    fn read_only(&mut self) -> bool {
        let place = place("KRAVBANK_READ_ONLY");
        let text = self.read(place, "off").unwrap_or_default();
        if !matches!(text.as_str(), "on" | "off") {
            self.fault(place, &text, T.config_expected_switch());
        }
        text == "on"
    }

    /// How letters are sent. Without a server they become files, which nobody gets: with a database of one's own that is worth
    /// a warning.
    fn mail(&mut self, private: bool) -> Mail {
        let (server, sender) = (place("KRAVBANK_SMTP_URL"), place("KRAVBANK_MAIL_FROM"));
        let smtp = self.read(server, "");
        match &smtp {
            Some(url) if !mail::is_smtp(url) => self.fault(server, url, T.config_expected_smtp()),
            Some(url) if mail::is_open(url) => self.warnings.push(T.config_smtp_open().to_owned()),
            None if !private => self.warnings.push(T.config_no_smtp().to_owned()),
            _ => {}
        }
        let given = self.read(sender, "");
        if smtp.is_some() && given.is_none() {
            self.fault(sender, "", T.config_expected_sender());
        }
        let text = given.unwrap_or_else(|| NOBODY.to_owned());
        let from = mail::sender(&text, T.layout_name()).unwrap_or_else(|| {
            self.fault(sender, &text, T.config_expected_sender());
            Mailbox::new(None, Address::new_dangerous("kravbanken", "localhost"))
        });
        Mail { smtp, from }
    }

    #[cfg(unix)]
    fn warn_if_open(&mut self, file: &str) {
        use std::os::unix::fs::PermissionsExt;
        if let Ok(meta) = std::fs::metadata(file)
            && meta.permissions().mode() & 0o004 != 0
        {
            self.warnings.push(T.config_world_readable(file));
        }
    }

    #[cfg(not(unix))]
    fn warn_if_open(&mut self, _file: &str) {}
}

/// Whether it may stand in `security.txt`: one address that is https, an e-mail address or a telephone number.
fn is_contact(text: &str) -> bool {
    ["https://", "mailto:", "tel:"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
        && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Root keeps its data in the system's place, everybody else in their own.
fn default_data_dir(environment: &dyn Fn(&str) -> Option<String>) -> String {
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        return "/var/lib/kravbank".to_owned();
    }
    if let Some(home) = environment("XDG_DATA_HOME").filter(|home| !home.is_empty()) {
        return format!("{home}/kravbank");
    }
    match environment("HOME").filter(|home| !home.is_empty()) {
        Some(home) => format!("{home}/.local/share/kravbank"),
        None => std::env::temp_dir().join("kravbank").display().to_string(),
    }
}
