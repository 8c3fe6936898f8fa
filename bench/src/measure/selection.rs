//! A selection of many requirements, made as a visitor makes one: by the program's own forms, in the bank that is measured.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};

use super::{
    client::{self, Answer},
    loads::{Load, Timed},
};

/// Requirements in it.
const ROWS: usize = 500;
/// So many ask for the same file at once.
const CROWD: usize = 20;
/// The name of the cookie with the key and the number of rows.
const COOKIE: &str = "korg=";

/// A file: its name, its word in the address, whether it is asked for compressed, and gate and goal in milliseconds.
type File = (&'static str, &'static str, bool, Option<(f64, f64)>);

/// All that are timed; those that have a gate are asked for by a crowd, too.
const FILES: [File; 6] = [
    ("export of 500, DOCX", "docx", true, Some((200.0, 50.0))),
    ("export of 500, XLSX", "xlsx", true, Some((300.0, 75.0))),
    ("export of 500, JSON", "json", true, Some((80.0, 15.0))),
    ("export of 500, JSON, uncompressed", "json", false, None),
    ("export of 500, CSV", "csv", true, None),
    ("export of 500, text", "txt", true, None),
];

/// Whether an export is among the loads whose names contain this.
pub fn is_wanted(only: Option<&str>) -> bool {
    only.is_none_or(|only| FILES.iter().any(|(name, ..)| name.contains(only)))
}

/// A selection that is in the bank until this is dropped.
#[derive(Debug)]
pub struct Selection {
    address: SocketAddr,
    /// `/korgar/…`
    path: String,
    cookie: String,
}

impl Selection {
    /// Makes one, and puts in requirements that are spread evenly over these.
    ///
    /// # Errors
    /// When there are too few, or the program does not take them.
    pub fn make(address: SocketAddr, numbers: &[i64]) -> anyhow::Result<Self> {
        ensure!(numbers.len() >= ROWS, "{} requirements are too few for a selection of {ROWS}", numbers.len());
        let made = client::send(address, "/korgar", "", "namn=bench")?;
        let path = made.location.clone().context("a new selection has an address")?;
        let mut selection = Self { address, path, cookie: cookie(&made)? };
        let chosen = numbers.iter().step_by(numbers.len() / ROWS).take(ROWS);
        let form: Vec<String> = chosen.map(|number| format!("krav=KB-{number:04}")).collect();
        selection.cookie = cookie(&client::send(address, "/korgar/rader", &selection.cookie, &form.join("&"))?)?;
        if !selection.cookie.ends_with(&format!(".{ROWS}")) {
            bail!("{ROWS} requirements were put into a selection, and its cookie says {:?}", selection.cookie.rsplit('.').next());
        }
        Ok(selection)
    }

    /// Its files, as its browser asks for them.
    pub fn exports(&self) -> Vec<Timed> {
        let export = |(name, word, compressed, limit): File| {
            let load = Load { compressed, ..Load::of(name, &format!("{}/export?format={word}", self.path)) };
            let timed = Timed::from(load).cookie(&self.cookie);
            limit.map_or(timed.clone(), |(gate, goal)| timed.limit(gate, goal).crowd(CROWD))
        };
        FILES.into_iter().map(export).collect()
    }
}

impl Drop for Selection {
    fn drop(&mut self) {
        // The bank is kept. Where this fails, the program throws it away by itself after thirty days.
        let _ = client::send(self.address, &format!("{}/borttagning", self.path), &self.cookie, "");
    }
}

fn cookie(answer: &Answer) -> anyhow::Result<String> {
    let found = answer.cookies.iter().find(|cookie| cookie.starts_with(COOKIE)).context("a selection has a cookie")?;
    Ok(found.split(';').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_asked_for_with_the_key() {
        let selection =
            Selection { address: ([127, 0, 0, 1], 9).into(), path: "/korgar/1".to_owned(), cookie: "korg=a.500".to_owned() };
        let exports = selection.exports();
        assert_eq!(exports.len(), FILES.len());
        assert!(exports.iter().all(|export| export.load.cookie.as_deref() == Some("korg=a.500")));
        assert_eq!(*exports[0].load.paths, ["/korgar/1/export?format=docx".to_owned()]);
        assert_eq!((exports[0].limit, exports[0].crowd), (Some((200.0, 50.0)), Some(CROWD)));
        assert_eq!((exports[3].limit, exports[3].crowd, exports[3].load.compressed), (None, None, false));
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let answer = |cookies: &[&str]| Answer { cookies: cookies.iter().map(|&one| one.into()).collect(), location: None };
        assert_eq!(cookie(&answer(&["besked=x; Path=/", "korg=a.7; Path=/; HttpOnly"])).expect("one"), "korg=a.7");
        cookie(&answer(&["besked=x"])).expect_err("none");
    }

    #[test]
    fn a_selection_is_made_only_for_exports() {
        assert!(is_wanted(None) && is_wanted(Some("export")) && is_wanted(Some("XLSX")) && !is_wanted(Some("list")));
    }
}
