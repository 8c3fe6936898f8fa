//! Settings: where they come from, and what is said when they are wrong.

use std::{
    collections::HashMap,
    os::unix::fs::PermissionsExt,
    process::{Command, Output},
};

use kravbank::kernel::config::{EffortHours, GppCriteria, SETTINGS, Settings, Source};

fn load(flags: &[(&str, &str)], environment: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
    let map = |pairs: &[(&str, &str)]| -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let (flags, environment) = (map(flags), map(environment));
    let names: Vec<String> = environment.keys().cloned().collect();
    Settings::load(&|name| flags.get(name).cloned(), &|name| environment.get(name).cloned(), &names)
}

fn faults(environment: &[(&str, &str)]) -> Vec<String> {
    load(&[], environment).expect_err("something is wrong")
}

#[test]
fn nothing_set_is_the_example_bank_on_this_machine() {
    let settings = load(&[], &[("HOME", "/home/anna")]).expect("good settings");
    assert!(settings.example && settings.database_url.is_none() && !settings.is_https());
    assert_eq!((settings.bind.to_string().as_str(), settings.base_url()), ("127.0.0.1:3000", "http://127.0.0.1:3000"));
    assert_eq!(settings.network_name, "LMC");
    assert!(settings.shown.iter().all(|(_, _, source)| *source == Source::Default));
}

#[test]
fn a_flag_goes_before_the_environment() {
    let settings =
        load(&[("KRAVBANK_BIND", "127.0.0.1:4000")], &[("KRAVBANK_BIND", "127.0.0.1:5000"), ("KRAVBANK_NETWORK_NAME", "RMC")])
            .expect("good settings");
    assert_eq!(settings.bind.port(), 4000);
    let source = |name| settings.shown.iter().find(|(setting, ..)| setting.name == name).expect("shown").2;
    assert_eq!((source("KRAVBANK_BIND"), source("KRAVBANK_NETWORK_NAME")), (Source::Flag, Source::Environment));
    for part in ["127.0.0.1:4000  (flagga)", "RMC  (miljövariabel)", "info  (förval)"] {
        assert!(settings.report().contains(part), "{}", settings.report());
    }
    assert_eq!(settings.report().lines().count(), SETTINGS.len());
}

#[test]
fn all_faults_are_told_at_once_with_name_value_and_example() {
    let faults = faults(&[
        ("DATABASE_URL", "mysql://u:hemligt@db/k"),
        ("KRAVBANK_BIND", "localhost"),
        ("KRAVBANK_BASE_URL", "kravbanken.se"),
        ("KRAVBANK_EXAMPLE_DATA", "yes"),
        ("KRAVBANK_NETWORK_NAME", &"x".repeat(41)),
        ("KRAVBANK_LOG", "a=b=c"),
        ("KRAVBANK_CLOCK_FILE", "/tmp/clock"),
    ]);
    for name in [
        "DATABASE_URL",
        "KRAVBANK_BIND",
        "KRAVBANK_BASE_URL",
        "KRAVBANK_EXAMPLE_DATA",
        "KRAVBANK_NETWORK_NAME",
        "KRAVBANK_LOG",
        "KRAVBANK_CLOCK_FILE",
    ] {
        assert_eq!(faults.iter().filter(|fault| fault.starts_with(&format!("{name}:"))).count(), 1, "{name}: {faults:#?}");
    }
    let all = faults.join("\n");
    assert!(
        all.contains(
            "KRAVBANK_BIND: värdet ”localhost” går inte att använda. Väntat: en IP-adress och en port. Exempel: 127.0.0.1:3000"
        ),
        "{all}"
    );
    assert!(!all.contains("hemligt"), "a secret was shown: {all}");
}

#[test]
fn an_address_that_no_database_can_have_is_a_fault() {
    for bad in [
        "postgres://u:hemligt@db:port/k",
        "postgres://u:hemligt@db:99999/k",
        "postgres://u:hemligt@[::1/k",
        "postgres://u:hemligt@db/k?sslmode=kanske",
    ] {
        let faults = faults(&[("DATABASE_URL", bad), ("KRAVBANK_BIND", "localhost")]);
        assert_eq!(faults.len(), 2, "{bad}: {faults:?}");
        assert!(faults[0].starts_with("DATABASE_URL:") && !faults[0].contains("hemligt"), "{faults:?}");
    }
}

#[test]
fn secrets_are_hidden_and_may_stand_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("url");
    std::fs::write(&file, "postgres://u:hemligt@db/k\n").expect("written");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("its mode is set");
    let path = file.to_str().expect("a path");
    let smtp = ("KRAVBANK_SMTP_URL", "smtps://kravbanken:ocksa-hemligt@smtp.example.se");
    let load = |extra: &[(&str, &str)]| {
        super::config::load(&[], &[&[smtp, ("KRAVBANK_MAIL_FROM", "kravbanken@example.se")], extra].concat())
    };
    let settings = load(&[("DATABASE_URL_FILE", path)]).expect("good settings");
    assert!(!format!("{settings:?}{}", settings.report()).contains("ocksa-hemligt"));
    assert_eq!(settings.database_url.as_deref(), Some("postgres://u:hemligt@db/k"));
    assert!(settings.report().contains("(dold)  (fil)") && !settings.report().contains("hemligt"), "{}", settings.report());
    assert_eq!(settings.warnings, Vec::<String>::new());
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("its mode is set");
    let settings = load(&[("DATABASE_URL_FILE", path)]).expect("good settings");
    assert!(settings.warnings[0].contains(path), "{:?}", settings.warnings);
    let faults = faults(&[("DATABASE_URL_FILE", "/nowhere/url")]);
    assert!(faults[0].contains("DATABASE_URL_FILE") && faults[0].contains("/nowhere/url"), "{faults:?}");
}

#[test]
fn whom_to_tell_of_a_hole_is_one_address() {
    let contact = |text: &str| load(&[], &[("KRAVBANK_SECURITY_CONTACT", text)]);
    for good in ["mailto:hal@region.example", "https://region.example/hal?om=kravbanken", "tel:+46-8-000000"] {
        assert_eq!(contact(good).expect("good settings").security_contact.as_deref(), Some(good));
    }
    assert_eq!(load(&[], &[]).expect("good settings").security_contact, None);
    for bad in ["hal@region.example", "http://region.example", "mailto:", "mailto:a@b.se\nContact: mailto:c@d.se", "https://å.se"]
    {
        let faults = contact(bad).expect_err("it is no such address");
        assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_SECURITY_CONTACT:"), "{bad}: {faults:?}");
    }
}

#[test]
fn letters_need_a_server_and_a_sender() {
    let mail = |pairs: &[(&str, &str)]| load(&[], pairs);
    let settings = mail(&[]).expect("good settings");
    assert_eq!((settings.mail.smtp, settings.mail.from.to_string().as_str()), (None, "Kravbanken <kravbanken@localhost>"));
    assert_eq!(settings.warnings, Vec::<String>::new(), "the private database is for trying");
    let own = mail(&[("DATABASE_URL", "postgres://db/k")]).expect("good settings");
    assert!(own.warnings.len() == 1 && own.warnings[0].contains("KRAVBANK_SMTP_URL"), "{:?}", own.warnings);
    let from = ("KRAVBANK_MAIL_FROM", "Banken <bank@example.se>");
    for good in ["smtps://a:b@smtp.example.se", "smtp://a:b@smtp.example.se?tls=required", "smtp://localhost:2525"] {
        let settings = mail(&[("KRAVBANK_SMTP_URL", good), from]).expect("good settings");
        assert_eq!((settings.mail.smtp.as_deref(), settings.mail.from.to_string().as_str()), (Some(good), from.1));
        assert_eq!(settings.warnings, Vec::<String>::new(), "{good}");
        assert_eq!(settings.mail.without_password("535 a b").contains('b'), !good.contains('@'));
    }
    let open = mail(&[("KRAVBANK_SMTP_URL", "smtp://a:b@smtp.example.se"), from]).expect("good settings");
    assert!(open.warnings.len() == 1 && open.warnings[0].contains("okrypterat"), "{:?}", open.warnings);
    for bad in ["smtp.example.se", "https://a:hemligt@smtp.example.se", "smtp://a:hemligt@smtp.example.se?tls=kanske"] {
        let faults = faults(&[("KRAVBANK_SMTP_URL", bad), from]);
        assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_SMTP_URL:"), "{faults:?}");
        assert!(!faults[0].contains("hemligt"), "{faults:?}");
    }
    let faults = faults(&[("KRAVBANK_SMTP_URL", "smtps://smtp.example.se")]);
    assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_MAIL_FROM:"), "{faults:?}");
    for bad in ["bank", "bank@", "Banken <bank@example.se>, a@b.se"] {
        let faults = mail(&[("KRAVBANK_MAIL_FROM", bad)]).expect_err("it is no sender");
        assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_MAIL_FROM:"), "{bad}: {faults:?}");
    }
}

#[test]
fn hours_of_follow_up_are_three_rising_numbers() {
    let hours = |text: &str| load(&[], &[("KRAVBANK_EFFORT_HOURS", text)]);
    let of = |small, medium, large| EffortHours { small, medium, large };
    assert_eq!(load(&[], &[]).expect("good settings").effort_hours, of(2, 8, 40));
    assert_eq!(hours(" 1, 4 ,4").expect("good settings").effort_hours, of(1, 4, 4));
    assert_eq!(hours("0,0,2000").expect("good settings").effort_hours, of(0, 0, 2_000));
    for bad in ["2,8", "2,8,40,80", "8,2,40", "2,40,8", "2,8,2001", "2;8;40", "-2,8,40", "2,8,fyrtio", "2,8,4.5", ",,"] {
        let faults = hours(bad).expect_err("they are no such hours");
        assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_EFFORT_HOURS:"), "{bad}: {faults:?}");
        assert!(faults[0].contains("tre hela tal") && faults[0].ends_with("Exempel: 2,8,40"), "{faults:?}");
    }
}

#[test]
fn what_requirements_count_as_is_a_code_of_eforms() {
    let counted = |text: &str| load(&[], &[("KRAVBANK_GPP_CRITERIA", text)]);
    assert_eq!(load(&[], &[]).expect("good settings").gpp_criteria, GppCriteria::Other);
    for criteria in GppCriteria::ALL {
        assert_eq!(counted(criteria.code()).expect("good settings").gpp_criteria, criteria);
    }
    for bad in ["EU", "nationell", "gpp-eu"] {
        let faults = counted(bad).expect_err("it is no such code");
        assert!(faults.len() == 1 && faults[0].starts_with("KRAVBANK_GPP_CRITERIA:"), "{bad}: {faults:?}");
    }
}

#[test]
fn a_misspelt_setting_is_warned_about() {
    let settings = load(&[], &[("KRAVBANK_BINDD", "x"), ("KRAVBANK_LOG", "info"), ("PATH", "/bin")]).expect("good settings");
    assert_eq!(settings.warnings.len(), 1);
    assert!(settings.warnings[0].contains("KRAVBANK_BINDD"));
    // Only a secret is read from a file.
    let settings = load(&[], &[("KRAVBANK_LOG_FILE", "x")]).expect("good settings");
    assert_eq!(settings.warnings.len(), 1);
    assert!(settings.warnings[0].contains("KRAVBANK_LOG_FILE"));
}

#[test]
fn the_example_bank_is_not_shown_to_others_by_accident() {
    let url = ("DATABASE_URL", "postgres://db/k");
    assert!(!load(&[], &[url]).expect("good settings").example);
    assert_eq!(faults(&[url, ("KRAVBANK_EXAMPLE_DATA", "on")]).len(), 1, "never with a database of its own");
    for open in
        [("KRAVBANK_BIND", "0.0.0.0:3000"), ("KRAVBANK_BIND", "[::]:3000"), ("KRAVBANK_BASE_URL", "https://kravbanken.se")]
    {
        assert_eq!(faults(&[open]).len(), 1, "{open:?}");
        assert!(load(&[], &[open, ("KRAVBANK_EXAMPLE_DATA", "on")]).expect("chosen").example);
        assert!(!load(&[], &[open, ("KRAVBANK_EXAMPLE_DATA", "off")]).expect("chosen").example);
        assert!(!load(&[], &[open, url]).expect("no example").example);
    }
    assert!(load(&[], &[("KRAVBANK_BIND", "[::1]:3000")]).expect("this machine alone").example);
    assert_eq!(faults(&[("KRAVBANK_CLOCK_FILE", "/c"), ("KRAVBANK_EXAMPLE_DATA", "off")]).len(), 1);
}

fn program(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kravbank"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs")
}

#[test]
fn the_program_ends_with_78_and_says_why() {
    for command in [&["check-config"][..], &["serve"], &[], &["import", "x.jsonl"]] {
        let output = program(command, &[("KRAVBANK_BIND", "här"), ("KRAVBANK_EXAMPLE_DATA", "kanske")]);
        assert_eq!(output.status.code(), Some(78), "{command:?}");
        let told = String::from_utf8(output.stderr).expect("text");
        assert_eq!(told.lines().count(), 2, "{told}");
    }
    let output = program(&["check-config"], &[("HOME", "/nowhere"), ("KRAVBANK_NONSENSE", "1")]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stdout).expect("text");
    assert!(told.contains("KRAVBANK_NONSENSE") && told.contains("Inställningarna går att använda."), "{told}");
}

#[test]
fn a_database_that_is_not_there_is_told() {
    // Nobody listens there.
    let nobody = ("DATABASE_URL", "postgres://u@127.0.0.1:1/k");
    let output = program(&["check-config"], &[nobody]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stdout).expect("text");
    assert!(told.contains("databasen gick inte att nå") && !told.contains("Inställningarna går att använda."), "{told}");
    // Somebody listens, and never says a word.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let silent = format!("postgres://u@{}/k", listener.local_addr().expect("an address"));
    for (url, part) in [(nobody.1, "DATABASE_URL"), (&silent, "inget svar inom 5 sekunder")] {
        let output = program(&["migrate"], &[("DATABASE_URL", url)]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stderr).expect("text");
        assert!(told.contains("Databasen gick inte att nå") && told.contains(part), "{told}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("krav.jsonl");
    // Without content on the disk.
    std::fs::File::create(&path).and_then(|file| file.set_len(100 * 1024 * 1024 + 1)).expect("a large file");
    for command in ["import", "import-cpv"] {
        let output = program(&[command, path.to_str().expect("a path")], &[("HOME", "/nowhere")]);
        assert_eq!(output.status.code(), Some(65), "{command}");
        assert_eq!(String::from_utf8(output.stderr).expect("text").trim(), "Filen är större än 100 MiB.");
    }
}

#[test]
fn the_program_explains_itself() {
    let output = program(&["--help"], &[]);
    let told = String::from_utf8(output.stdout).expect("text");
    for command in ["serve", "check-config", "migrate", "import", "import-cpv", "healthcheck", "version"] {
        assert!(
            told.lines().any(|line| line.trim_start().starts_with(command) && line.trim().len() > command.len() + 4),
            "{command}: {told}"
        );
    }
    assert_eq!(program(&["flyg"], &[]).status.code(), Some(2));
    let version = program(&["version"], &[]);
    let told = String::from_utf8(version.stdout).expect("text");
    let commit = if env!("KRAVBANK_COMMIT").is_empty() { "okänd incheckning" } else { env!("KRAVBANK_COMMIT") };
    let newest = kravbank::kernel::db::newest();
    assert_eq!(told, format!("kravbank {} · {commit} · schema {newest}\n", env!("CARGO_PKG_VERSION")));
    let bad = program(&["import", "/nowhere/krav.jsonl"], &[("HOME", "/nowhere")]);
    assert_eq!(bad.status.code(), Some(65), "bad input data");
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("krav.pdf");
    std::fs::write(&odd, "%PDF").expect("written");
    // A bank of its own: the one of this machine may have a newer schema. Started by root, Postgres runs as another user.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("open to Postgres");
    let bank = folder.path().join("bank");
    let environment = [("HOME", "/nowhere"), ("KRAVBANK_DATA_DIR", bank.to_str().expect("a path"))];
    assert_eq!(program(&["import", odd.to_str().expect("a path")], &environment).status.code(), Some(65));
    // Nobody listens there.
    assert_eq!(program(&["healthcheck"], &[("KRAVBANK_BIND", "127.0.0.1:1")]).status.code(), Some(1));
}

#[test]
fn proxies_are_addresses_and_networks() {
    let settings = load(&[], &[("KRAVBANK_TRUSTED_PROXIES", " 127.0.0.1,10.0.0.0/8 , ::1, ")]).expect("good settings");
    let networks: Vec<String> = settings.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]);
    assert!(load(&[], &[]).expect("good settings").trusted_proxies.is_empty(), "nobody is trusted unasked");
    assert!(settings.report().contains("KRAVBANK_TRUSTED_PROXIES"), "{}", settings.report());
    for wrong in ["proxy.example.se", "10.0.0.0/33", "10.0.0", "*"] {
        let faults = faults(&[("KRAVBANK_TRUSTED_PROXIES", &format!("127.0.0.1, {wrong}"))]);
        assert!(faults.len() == 1 && faults[0].contains(&format!("”{wrong}”")), "{faults:?}");
    }
}

#[test]
fn the_origin_is_written_as_a_browser_writes_it() {
    for (address, origin) in [
        ("https://Kravbanken.Example.se", "https://kravbanken.example.se"),
        ("https://kravbanken.example.se:443/", "https://kravbanken.example.se"),
        ("https://kravbanken.example.se:8443/banken/", "https://kravbanken.example.se:8443"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:80", "http://[::1]"),
    ] {
        let settings = load(&[], &[("KRAVBANK_BASE_URL", address), ("KRAVBANK_EXAMPLE_DATA", "on")]).expect("good settings");
        assert_eq!(settings.origin(), origin, "{address}");
    }
    for wrong in ["https://", "ftp://x.se", "https:///x", "https://a b"] {
        assert_eq!(faults(&[("KRAVBANK_BASE_URL", wrong), ("KRAVBANK_EXAMPLE_DATA", "on")]).len(), 1, "{wrong}");
    }
}

/// Any number of sign-in services, each with its number; what is missing is said at once, and the secret is hidden.
#[test]
fn sign_in_services_have_numbers() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), "hemligt-i-fil\n").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    let good = [
        ("KRAVBANK_OIDC_1_ISSUER", "https://login.skane.example/oidc"),
        ("KRAVBANK_OIDC_1_CLIENT_ID", "kravbanken"),
        ("KRAVBANK_OIDC_1_CLIENT_SECRET_FILE", path.as_str()),
        ("KRAVBANK_OIDC_1_DOMAINS", "skane.se, @Regionservice.se"),
        ("KRAVBANK_OIDC_7_ISSUER", "http://127.0.0.1:9000"),
        ("KRAVBANK_OIDC_7_CLIENT_ID", "k"),
        ("KRAVBANK_OIDC_7_CLIENT_SECRET", "hemligt"),
        ("KRAVBANK_OIDC_7_NAME", "Region Norrbotten"),
        ("KRAVBANK_OIDC_7_ORGANISATION", "region-norrbotten"),
    ];
    let settings = load(&[], &good).expect("good settings");
    let [one, seven] = settings.oidc.as_slice() else { panic!("{:?}", settings.oidc) };
    assert_eq!((one.number, one.name.as_str(), one.client_secret.as_str()), (1, "login.skane.example", "hemligt-i-fil"));
    assert!(
        one.takes("anna@skane.se") && one.takes("bo@REGIONSERVICE.se") && !one.takes("x@xskane.se") && !one.takes("skane.se")
    );
    assert_eq!((seven.number, seven.organisation.as_deref()), (7, Some("region-norrbotten")));
    assert!(seven.takes("anna@annan.example"));
    let shown = settings.report();
    assert!(shown.contains("KRAVBANK_OIDC_7_CLIENT_SECRET (dold)  (miljövariabel)") && !shown.contains("hemligt"), "{shown}");
    assert!(!format!("{:?}", settings.oidc).contains("hemligt"));
    let wrong = faults(&[
        ("KRAVBANK_OIDC_2_ISSUER", "http://login.example.se"),
        ("KRAVBANK_OIDC_2_DOMAINS", "anna@skane.se"),
        ("KRAVBANK_OIDC_3_NAME", "Bara ett namn"),
    ]);
    let begins = [
        "KRAVBANK_OIDC_2_CLIENT_ID saknas.",
        "KRAVBANK_OIDC_2_CLIENT_SECRET saknas.",
        "KRAVBANK_OIDC_2_ISSUER: värdet",
        "KRAVBANK_OIDC_2_DOMAINS: värdet",
        "KRAVBANK_OIDC_3_ISSUER saknas.",
        "KRAVBANK_OIDC_3_CLIENT_ID saknas.",
        "KRAVBANK_OIDC_3_CLIENT_SECRET saknas.",
    ];
    assert_eq!(wrong.len(), begins.len(), "{wrong:?}");
    for (fault, begin) in wrong.iter().zip(begins) {
        assert!(fault.starts_with(begin), "{fault}");
    }
}
