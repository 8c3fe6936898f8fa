//! Services that people sign in through: any number of them, each a handful of settings with its number in their names.

use super::{Reader, Setting, T, origin};

/// The highest number that a service can have.
const MOST: u8 = 20;

/// What is set for each service; `<N>` stands for its number.
pub const OIDC_SETTINGS: &[Setting] = &[
    Setting { name: "KRAVBANK_OIDC_<N>_ISSUER", secret: false, example: "https://login.example.se" },
    Setting { name: "KRAVBANK_OIDC_<N>_CLIENT_ID", secret: false, example: "kravbanken" },
    Setting { name: "KRAVBANK_OIDC_<N>_CLIENT_SECRET", secret: true, example: "(from the service)" },
    Setting { name: "KRAVBANK_OIDC_<N>_NAME", secret: false, example: "Region Halland" },
    Setting { name: "KRAVBANK_OIDC_<N>_DOMAINS", secret: false, example: "skane.se, skanetrafiken.se" },
    Setting { name: "KRAVBANK_OIDC_<N>_ORGANISATION", secret: false, example: "region-skane" },
];

/// A service that people sign in through.
#[derive(Clone)]
pub struct OidcProvider {
    /// Its number in the names of the settings, and in addresses.
    pub number: u8,
    /// Its address, as it writes it itself.
    pub issuer: String,
    /// Who we are to it.
    pub client_id: String,
    /// How we prove that.
    pub client_secret: String,
    /// What it is called on the button.
    pub name: String,
    /// The domains whose addresses get an account by it; none means all.
    pub domains: Vec<String>,
    /// The slug of the organisation that everybody works for who comes in through it.
    pub organisation: Option<String>,
}

/// Without the secret.
impl std::fmt::Debug for OidcProvider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OidcProvider").field("number", &self.number).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl OidcProvider {
    /// Whether an address may get an account by it.
    pub fn takes(&self, email: &str) -> bool {
        let Some((_, domain)) = email.rsplit_once('@') else { return false };
        self.domains.is_empty() || self.domains.iter().any(|one| one.eq_ignore_ascii_case(domain))
    }
}

/// Whether a name in the environment is one of these, itself or as `*_FILE`.
pub(super) fn is_known(name: &str) -> bool {
    (1..=MOST).any(|number| {
        OIDC_SETTINGS.iter().any(|setting| {
            let own = numbered(setting, number);
            name == own || (setting.secret && name.strip_suffix("_FILE") == Some(&own))
        })
    })
}

fn numbered(setting: &Setting, number: u8) -> String {
    setting.name.replace("<N>", &number.to_string())
}

/// Reads every service that anything is set for.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<OidcProvider> {
    let mut found = Vec::new();
    for number in 1..=MOST {
        let is_set = |setting: &Setting| {
            let name = numbered(setting, number);
            let given = |name: &str| (reader.environment)(name).is_some_and(|value| !value.is_empty());
            given(&name) || (setting.secret && given(&format!("{name}_FILE")))
        };
        if OIDC_SETTINGS.iter().any(is_set) {
            found.extend(read_one(reader, number));
        }
    }
    found
}

fn read_one(reader: &mut Reader<'_>, number: u8) -> Option<OidcProvider> {
    // Settings live as long as the program, and so do their names.
    let settings: Vec<Setting> =
        OIDC_SETTINGS.iter().map(|setting| Setting { name: numbered(setting, number).leak(), ..*setting }).collect();
    let values: Vec<Option<String>> = settings.iter().map(|setting| reader.read_setting(*setting, "")).collect();
    let before = reader.faults.len();
    for (setting, value) in settings.iter().zip(&values).take(3) {
        if value.is_none() {
            reader.faults.push(T.config_oidc_missing(setting.name, setting.example));
        }
    }
    let [issuer, client_id, client_secret, name, domains, organisation] = values.try_into().ok()?;
    let issuer = issuer.unwrap_or_default();
    if !issuer.is_empty() && !is_issuer(&issuer) {
        reader.fault_of(settings[0], &issuer, T.config_expected_issuer());
    }
    let domains: Vec<String> = domains
        .unwrap_or_default()
        .split(',')
        .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
        .filter(|domain| !domain.is_empty())
        .collect();
    if let Some(wrong) = domains.iter().find(|domain| !is_domain(domain)) {
        reader.fault_of(settings[4], wrong, T.config_expected_domains());
    }
    let host = issuer.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
    let name = name.unwrap_or(host);
    if name.chars().count() > 60 {
        reader.fault_of(settings[3], &name, T.config_expected_name());
    }
    let is_good = reader.faults.len() == before;
    is_good.then(|| OidcProvider {
        number,
        issuer,
        client_id: client_id.unwrap_or_default(),
        client_secret: client_secret.unwrap_or_default(),
        name,
        domains,
        organisation,
    })
}

/// The address of a service, without anything that would be cut off before it is asked.
fn is_issuer(address: &str) -> bool {
    is_service(address) && !address.contains(['?', '#'])
}

/// Over https, or on this machine.
pub(super) fn is_service(address: &str) -> bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    origin(address).is_some_and(|origin| {
        origin.starts_with("https://")
            || local.iter().any(|local| origin.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
    })
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
}
