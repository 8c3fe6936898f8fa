//! What a browser calls itself, in two words: so that somebody knows their own again in a list. No version, nothing that
//! tells one browser of a kind from another.

/// The first word that occurs, by its sign in the header. The order matters: Chrome says that it is Safari too.
fn first(header: &str, signs: &[(&str, &'static str)]) -> Option<&'static str> {
    signs.iter().find(|(sign, _)| header.contains(sign)).map(|(_, name)| *name)
}

/// `Firefox · Windows`; empty where nothing is known.
pub(super) fn name(user_agent: &str) -> String {
    let program = first(
        user_agent,
        &[
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
    );
    let system = first(
        user_agent,
        &[
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Windows", "Windows"),
            ("Macintosh", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ],
    );
    [program, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
